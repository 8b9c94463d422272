import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NOT_ACTED_UPON } from '../../generator/normalize/errors.js';
import { at } from '../fixtures/json.js';
import { compilePack, readPack, said } from '../fixtures/pack.js';

test('the generator takes the same statuses for refusals as the runtime', () => {
  const source = readFileSync('templates/runtime/interpret.ts', 'utf8');
  const [, table = ''] = /REFUSED_STATUSES[^=]*= \{\n(.*?)\n\};/s.exec(source) ?? [];
  const refused = [...table.matchAll(/^ {2}(\d{3}): \[/gm)].map(([, status]) => Number(status));
  expect(refused).not.toEqual([]);
  expect(NOT_ACTED_UPON).toEqual(refused);
});

test('408, 409 and 425 may come after the money has moved', () => {
  for (const status of [408, 409, 425]) expect(NOT_ACTED_UPON).not.toContain(status);
});

test('a documented 4xx is asked about unless it means that nothing was done', async () => {
  const asked: number[] = [];
  const pack = readPack('piriod');
  const responses = at(pack.spec, 'paths', '/refunds/', 'post', 'responses');
  for (let status = 400; status < 500; status += 1) responses[status] = { description: 'Failed' };
  const { problems } = await compilePack(pack);
  for (const { code, message } of problems) {
    expect(code).toBe('R034');
    asked.push(Number(/answer (\d+)/.exec(message)?.[1]));
  }
  const every = Array.from({ length: 100 }, (_, index) => 400 + index);
  expect(asked).toEqual(every.filter((status) => !NOT_ACTED_UPON.includes(status)));
});

test.each(['500', '503', '5XX', '4XX', 'default'])('%s is not asked about: it proves nothing', async (status) => {
  const pack = readPack('piriod');
  at(pack.spec, 'paths', '/refunds/', 'post', 'responses')[status] = { description: 'Failed' };
  expect(said((await compilePack(pack)).problems)).toEqual([]);
});
