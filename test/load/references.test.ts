import { symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { load } from '../../generator/load/load.js';
import type { SpecDocument } from '../../generator/load/spec-document.js';
import { factAt, locationOf, resolve } from '../../generator/load/spec-document.js';
import type { Result } from '../../generator/problem.js';
import { inFolder, where } from '../fixtures/pack.js';
import { json, listen } from '../loopback.js';
import { valueFrom } from '../output/folder.js';
import { loadFiles } from './load-files.js';

/** Stands in every file that must not be read. */
const SECRET = 'must-not-be-read';
const FORBIDDEN = `type: string\ndescription: ${SECRET}\n`;

function specWith(ref: string): string {
  return `openapi: 3.0.3
info: { title: Acme, version: "1" }
paths: {}
components:
  schemas:
    Refund:
      $ref: ${JSON.stringify(ref)}
`;
}

function expectRefused(result: Result<SpecDocument>): void {
  expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R006']);
  expect(result.problems.map(where)).toEqual(['spec.yaml:7:13']);
  expect(JSON.stringify(valueFrom(result).value)).not.toContain(SECRET);
}

test('files in the folder of the spec are read, in YAML and JSON, below it and back', async () => {
  const result = await loadFiles({
    'spec.yaml': specWith('./schemas/refund.yaml#/Refund'),
    'schemas/refund.yaml': 'Refund:\n  type: object\n  properties:\n    reason: { $ref: "../reason.json" }\n',
    'reason.json': { type: 'string', enum: ['duplicate'] },
  });
  expect(result.problems).toEqual([]);
  const document = valueFrom(result);
  const refund = resolve(document, '/components/schemas/Refund');
  expect(refund?.value).toMatchObject({ type: 'object' });
  expect(resolve(document, `${refund?.pointer}/properties/reason`)?.value).toEqual({
    type: 'string',
    enum: ['duplicate'],
  });
});

test('a path may stand in a file of its own', async () => {
  const result = await loadFiles({
    'spec.yaml':
      'openapi: 3.0.3\ninfo: { title: Acme, version: "1" }\npaths:\n  /refunds: { $ref: ./paths/refunds.yaml }\n',
    'paths/refunds.yaml': 'post:\r\n  operationId: createRefund\r\n',
  });
  expect(result.problems).toEqual([]);
  expect(resolve(valueFrom(result), '/paths/~1refunds')?.value).toEqual({ post: { operationId: 'createRefund' } });
});

test('files may refer to each other in a circle', async () => {
  const result = await loadFiles({
    'spec.yaml': specWith('./a.yaml'),
    'a.yaml': 'type: object\nproperties:\n  b: { $ref: ./b.yaml }\n',
    'b.yaml': 'type: object\nproperties:\n  a: { $ref: ./a.yaml }\n',
  });
  expect(result.problems).toEqual([]);
  expect(result.ok).toBe(true);
});

test('a file whose name begins with two dots is inside', async () => {
  const result = await loadFiles({ 'spec.yaml': specWith('./..refund.yaml'), '..refund.yaml': 'type: string\n' });
  expect(result.problems).toEqual([]);
});

test('a missing file is a warning at the reference', async () => {
  const result = await loadFiles({ 'spec.yaml': specWith('./nowhere.yaml') });
  expect(result.ok).toBe(true);
  expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R005']);
  expect(result.problems.map(where)).toEqual(['spec.yaml:7:13']);
});

test('what a referenced file lacks is located in that file', async () => {
  const result = await loadFiles({
    'spec.yaml': specWith('./refund.yaml'),
    'refund.yaml': 'type: object\nproperties:\n  reason:\n    $ref: "#/Nowhere"\n',
  });
  expect(result.problems.map(({ code }) => code)).toEqual(['R005']);
  expect(result.problems.map(where)).toEqual(['refund.yaml:4:11']);
});

test.each([
  ['a parent folder', '../secret.yaml'],
  ['a parent folder by a detour', './deeper/../../secret.yaml'],
  ['a sibling of the folder with its name at the beginning', '../specs-private/secret.yaml'],
])('%s is refused', async (_, ref) => {
  const files = { 'specs/spec.yaml': specWith(ref), 'secret.yaml': FORBIDDEN, 'specs-private/secret.yaml': FORBIDDEN };
  expectRefused(await loadFiles({ ...files, 'specs/deeper/empty.yaml': '' }, 'specs/spec.yaml'));
});

test('an absolute path is refused', async () => {
  await inFolder({ 'secret.yaml': FORBIDDEN }, async (folder) => {
    expectRefused(await loadFiles({ 'spec.yaml': specWith(path.join(folder, 'secret.yaml')) }));
  });
});

test('a file URL is refused', async () => {
  await inFolder({ 'secret.yaml': FORBIDDEN }, async (folder) => {
    expectRefused(await loadFiles({ 'spec.yaml': specWith(`file://${folder}/secret.yaml`) }));
  });
});

test('a link out of the folder is refused', async () => {
  await inFolder({ 'secret.yaml': FORBIDDEN }, (outside) =>
    inFolder({ 'spec.yaml': specWith('./link.yaml') }, async (folder) => {
      await symlink(path.join(outside, 'secret.yaml'), path.join(folder, 'link.yaml'));
      expectRefused(await load({ spec: path.join(folder, 'spec.yaml'), overlay: undefined }));
    }),
  );
});

test('a spec that is itself a link reads beside the file that it leads to', async () => {
  await inFolder({ 'spec.yaml': specWith('./refund.yaml'), 'refund.yaml': 'type: string\n' }, (real) =>
    inFolder({}, async (folder) => {
      await writeFile(path.join(folder, 'refund.yaml'), FORBIDDEN);
      await symlink(path.join(real, 'spec.yaml'), path.join(folder, 'spec.yaml'));
      const result = await load({ spec: path.join(folder, 'spec.yaml'), overlay: undefined });
      expect(JSON.stringify(valueFrom(result).value)).not.toContain(SECRET);
    }),
  );
});

test('a URL is refused, and nothing is requested', async () => {
  const server = await listen(json(200, { type: 'string', description: SECRET }));
  try {
    expectRefused(await loadFiles({ 'spec.yaml': specWith(`${server.url}/refund.yaml`) }));
    const chained = { 'spec.yaml': specWith('./other.yaml'), 'other.yaml': `$ref: ${server.url}/refund.yaml\n` };
    const result = await loadFiles(chained);
    expect(result.problems.map(({ code }) => code)).toContain('R006');
    expect(JSON.stringify(valueFrom(result).value)).not.toContain(SECRET);
    const shouted = `${server.url.replace('http', 'HTTP')}/refund.yaml`;
    expectRefused(await loadFiles({ 'spec.yaml': specWith(shouted) }));
    expect(server.seen).toEqual([]);
  } finally {
    await server.close();
  }
});

test.each(['https://', '//'])('%s does not even open a connection', async (scheme) => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    const result = await loadFiles({ 'spec.yaml': specWith(`${scheme}127.0.0.1:${port}/refund.yaml`) });
    expect(result.problems.map(({ severity }) => severity)).toEqual(['warning']);
    expect(connections).toBe(0);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
});

test('a folder that is allowed by name is read, and no other', async () => {
  const files = { 'api/spec.yaml': specWith('../common/refund.yaml'), 'common/refund.yaml': 'type: object\n' };
  await inFolder({ ...files, 'other/refund.yaml': FORBIDDEN }, async (folder) => {
    const spec = path.join(folder, 'api/spec.yaml');
    const allowed = await load({ spec, overlay: undefined, allow: [path.join(folder, 'common')] });
    expect(allowed.problems).toEqual([]);
    const document = valueFrom(allowed);
    expect(resolve(document, '/components/schemas/Refund')?.value).toEqual({ type: 'object' });
    const other = await load({
      spec,
      overlay: undefined,
      allow: [path.join(folder, 'other'), path.join(folder, 'none')],
    });
    expectRefused(other);
    expect(other.problems[0]?.hint).toContain('allow');
  });
});

test('what is wrong elsewhere ends nothing', async () => {
  const spec = `openapi: 3.0.3
info: { title: Acme, version: "1" }
paths:
  /refunds: { $ref: ./refunds.yaml }
  /broken: { $ref: ./broken.yaml }
  /number: { $ref: 5 }
  /empty: { $ref: '' }
  /self: { $ref: '#/paths/~1self' }
components:
  schemas:
    Loop: { $ref: ./loop.yaml }
    Whole: { $ref: './spec.yaml' }
`;
  const result = await loadFiles({
    'spec.yaml': spec,
    'refunds.yaml': 'post: { operationId: createRefund, requestBody: { $ref: ./spec.yaml#/paths } }\n',
    'broken.yaml': 'a: [\n',
    'loop.yaml': '$ref: ./loop.yaml\n',
  });
  const document = valueFrom(result);
  expect(resolve(document, '/paths/~1refunds/post/operationId')?.value).toBe('createRefund');
  expect(new Set(result.problems.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  expect(result.problems.map(({ code }) => code)).toContain('R002');
  expect(() => JSON.stringify(document.value)).not.toThrow();
});

test('one target that is missing is one warning, however often it is referred to', async () => {
  const spec = `${specWith('#/nowhere')}    Other: { $ref: '#/nowhere' }\n    Third: { $ref: '#/nowhere' }\n`;
  const { problems } = await loadFiles({ 'spec.yaml': spec });
  expect(problems.map(({ code }) => code)).toEqual(['R005']);
  expect(problems[0]?.message).toContain('and 2 more');
});

test('a property may be called $ref, and examples may hold one', async () => {
  const spec = `${specWith('#/components/schemas/Other')}    Other:
      type: object
      properties: { $ref: { type: string } }
      example: { $ref: ./nowhere.yaml }
`;
  expect((await loadFiles({ 'spec.yaml': spec })).problems).toEqual([]);
});

test('a spec may call itself by its name', async () => {
  const result = await loadFiles({
    'spec.yaml': `${specWith('spec.yaml#/components/schemas/Other')}    Other: { type: string }\n`,
  });
  expect(result.problems).toEqual([]);
  expect(resolve(valueFrom(result), '/components/schemas/Refund')?.value).toEqual({ type: 'string' });
});

test('what stands in another file is located there, and its evidence says so', async () => {
  const document = valueFrom(
    await loadFiles({
      'spec.yaml': 'openapi: 3.0.3\ninfo: {}\npaths:\n  /refunds: { $ref: ./paths/refunds.yaml }\n',
      'paths/refunds.yaml':
        'post:\n  requestBody:\n    content:\n      application/json:\n        schema: { $ref: ../refund.yaml }\n',
      'refund.yaml': 'type: object\nproperties:\n  amount: { type: integer }\n',
    }),
  );
  const body = '/paths/~1refunds/post/requestBody/content/application~1json/schema';
  const amount = `${resolve(document, body)?.pointer}/properties/amount`;
  expect(locationOf(document, amount)).toMatchObject({ line: 3, pointer: '/properties/amount' });
  expect(locationOf(document, amount).file).toMatch(/refund\.yaml$/);
  expect(factAt(document, amount, 1).evidence).toEqual({ file: 'refund.yaml', pointer: '/properties/amount' });
  expect(locationOf(document, body).file).toMatch(/paths\/refunds\.yaml$/);
  expect(factAt(document, '/paths/~1refunds', 1).evidence).toEqual({ file: 'spec.yaml', pointer: '/paths/~1refunds' });
});
