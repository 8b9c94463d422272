import { expect, test } from 'vitest';
import { type Compiled, compile } from '../../generator/generate.js';
import type { Result } from '../../generator/problem.js';
import { type Json, keyed } from '../fixtures/json.js';
import { inFolder } from '../fixtures/pack.js';
import { BOMBS } from './bombs.js';

// Those that take no more than a moment; bombs.proof.ts has all, each with little memory.

const SHORT = [
  'aliases of aliases',
  'aliases of aliases as a key',
  'an alias of itself',
  'merge keys of merge keys',
  'lists in lists, as JSON',
  'lists in lists, as lines of YAML',
  'fields that lead nowhere',
  'a chain of references',
  'a schema of itself',
  'a schema of itself, very often',
  'a number that is infinite',
  'a number of 400 digits',
];

function compileText(files: Readonly<Record<string, Json>>): Promise<Result<Compiled>> {
  return inFolder(files, (folder) => compile([{ id: 'acme', spec: `${folder}/acme.yaml`, overlay: undefined }]));
}

test.each(SHORT)('%s end with a problem that has a code and a place', async (name) => {
  const bomb = BOMBS[name];
  if (bomb === undefined) throw new Error(`there is no bomb of ${name}`);
  const { ok, problems } = await compileText({ 'acme.yaml': bomb.text() });
  expect(ok).toBe(false);
  expect(bomb.codes).toContain(problems.find(({ severity }) => severity === 'error')?.code);
  for (const { location } of problems) expect(location).toBeDefined();
});

test('files of many aliases are together no larger than one', async () => {
  const lists = Array.from(
    { length: 5 },
    (_, index) => `x${index}: &a${index} [${`${index === 0 ? 1 : `*a${index - 1}`},`.repeat(10)}]\n`,
  );
  const part = `${lists.join('')}y: [${'*a4,'.repeat(10)}]\n`;
  const names = Array.from({ length: 40 }, (_, index) => `part${index}.yaml`);
  const schemas = Object.fromEntries(names.map((name) => [name.replace('.', ''), { $ref: `${name}#/x0` }]));
  const spec: Json = { openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: {}, components: { schemas } };
  const parts = names.map((name) => keyed(name, part));
  const { problems } = await compileText(Object.assign({ 'acme.yaml': spec }, ...parts));
  expect(problems.map(({ code }) => code)).toContain('R004');
});
