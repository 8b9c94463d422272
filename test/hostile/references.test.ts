import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../generator/generate.js';
import { readReferenced } from '../../generator/load/access.js';
import { load } from '../../generator/load/load.js';
import { at, type Json, type JsonMap, writeJson } from '../fixtures/json.js';
import { compilePack, type Pack, readPack } from '../fixtures/pack.js';
import { json, type Loopback, listen } from '../loopback.js';
import { contents, temporaryFolder } from '../output/folder.js';
import { guardWorld } from './guard.js';
import { POST, schemasOf } from './inject.js';

// References are the only texts of a spec that may lead to files or addresses: none leads out, and none is asked for.

const SECRET = 'what-nobody-may-read';
const guard = guardWorld();
let server: Loopback;

beforeAll(async () => {
  server = await listen(json(200, { type: 'object', description: SECRET }));
});

afterAll(() => server.close());

/** Where a reference may lead, from `spec/acme.yaml` in a folder that has `secret.yaml` in it. */
const TARGETS: Readonly<Record<string, (folder: string) => string>> = {
  'a folder above': () => '../secret.yaml',
  'a folder above, and a schema in it': () => '../secret.yaml#/schema',
  'a folder above, by a detour': () => './x/../../secret.yaml',
  'an encoded folder above': () => '%2e%2e%2fsecret.yaml',
  'an encoded folder above, twice': () => '%252e%252e%252fsecret.yaml',
  'a folder above with backslashes': () => '..\\secret.yaml',
  'an absolute path': (folder) => path.join(folder, 'secret.yaml'),
  'a file of the system': () => '/etc/passwd',
  'a device': () => '/dev/zero',
  'a process': () => '/proc/self/environ',
  'a file address': (folder) => `file://${folder}/secret.yaml`,
  'a file address without a host': () => 'file:/etc/passwd',
  'a file address of another host': () => 'file://evil.example/x.yaml',
  'a link to a file': () => 'link.yaml',
  'a link to a folder': () => 'out/secret.yaml',
  'a link to itself': () => 'circle.yaml',
  'a folder': () => '.',
  'a path with a NUL': () => 'secret.yaml\u0000.yaml',
  'a path of Windows': () => 'C:\\secret.yaml',
  'a share': () => '\\\\evil.example\\share\\x.yaml',
  'a share with slashes': () => '//evil.example/share/x.yaml',
  'an address without a protocol': () => `//${new URL(server.url).host}/x.yaml`,
  'an address': () => `${server.url}/x.yaml`,
  'an address in capitals': () => `${server.url.toUpperCase()}/x.yaml`,
  'an address with a user': () => server.url.replace('//', '//user:secret@'),
  'a metadata address': () => 'http://169.254.169.254/latest/meta-data',
  'a metadata address as a number': () => 'http://2852039166/latest/meta-data',
  'a metadata address of IPv6': () => 'http://[fd00:ec2::254]/latest/meta-data',
  'an https address': () => 'https://evil.example/x.yaml',
  'an ftp address': () => 'ftp://evil.example/x.yaml',
  'a websocket': () => 'ws://evil.example/x',
  data: () => `data:application/json,${JSON.stringify({ type: 'string', description: 'evil' })}`,
  'a script': () => 'javascript:globalThis.pwned=1',
  'a module of Node': () => 'node:fs',
  'a package': () => 'npm:evil',
  'a jar': () => 'jar:http://evil.example/x.jar!/y',
  'a very long path': () => `${'../'.repeat(5000)}etc/passwd`,
};

/** Where references stand. */
const HOLDERS: Readonly<Record<string, (pack: Pack, ref: string) => void>> = {
  'a property of an answer': (pack, $ref) => put(at(schemasOf(pack), 'Refund', 'properties'), { x: { $ref } }),
  'a property of the request': (pack, $ref) => put(at(schemasOf(pack), 'RefundCreate', 'properties'), { x: { $ref } }),
  'an answer': (pack, $ref) => put(at(pack.spec, ...POST, 'responses'), { '418': { $ref } }),
  'a parameter': (pack, $ref) => put(at(pack.spec, ...POST), { parameters: [{ $ref }] }),
  'a path': (pack, $ref) => put(at(pack.spec, 'paths'), { '/other': { $ref } }),
  'all paths': (pack, $ref) => put(pack.spec, { 'x-paths': { paths: { $ref } } }),
  'a security scheme': (pack, $ref) => put(at(pack.spec, 'components', 'securitySchemes'), { Other: { $ref } }),
  'an example': (pack, $ref) => put(at(schemasOf(pack), 'Refund'), { examples: [{ $ref }], example: { $ref } }),
  'a dynamic reference': (pack, $ref) =>
    put(at(schemasOf(pack), 'Refund', 'properties'), { x: { $dynamicRef: $ref, $id: $ref, $anchor: $ref } }),
  'a mapping': (pack, $ref) =>
    put(at(schemasOf(pack), 'Refund', 'properties'), {
      x: { oneOf: [{ type: 'object' }], discriminator: { propertyName: 'y', mapping: { z: $ref } } },
    }),
  'the schema of schemas': (pack, $ref) => put(pack.spec, { $schema: $ref, jsonSchemaDialect: $ref, $id: $ref }),
  'external documents': (pack, $ref) =>
    put(pack.spec, { externalDocs: { url: $ref }, info: { title: 'A', version: '1', termsOfService: $ref } }),
};

function put(target: JsonMap, more: JsonMap): void {
  Object.assign(target, more);
}

/** A folder with a spec in it, and with what the spec must not reach around it. */
async function worldWith(pack: Pack): Promise<{ readonly folder: string; readonly spec: string }> {
  const folder = await temporaryFolder();
  const inside = path.join(folder, 'spec');
  await mkdir(inside);
  const secret: Json = { schema: { type: 'string', description: SECRET }, type: 'string', description: SECRET };
  await writeFile(path.join(folder, 'secret.yaml'), writeJson(secret));
  await symlink(path.join(folder, 'secret.yaml'), path.join(inside, 'link.yaml'));
  await symlink(folder, path.join(inside, 'out'));
  await symlink(path.join(inside, 'circle.yaml'), path.join(inside, 'circle.yaml'));
  await writeFile(path.join(inside, 'acme.yaml'), writeJson(pack.spec));
  await writeFile(path.join(inside, 'acme.overlay.yaml'), writeJson(pack.overlay));
  return { folder, spec: path.join(inside, 'acme.yaml') };
}

describe.each(Object.entries(HOLDERS))('a reference in %s', (_holder, inject) => {
  test.each(Object.entries(TARGETS))('to %s reads nothing and asks nobody', async (_target, targetIn) => {
    const pack = readPack('wooshpay');
    const { folder, spec } = await worldWith(pack);
    inject(pack, targetIn(folder));
    await writeFile(spec, writeJson(pack.spec));
    const before = await contents(folder);
    const loaded = await load({ spec, overlay: undefined, overlays: [] });
    const said = JSON.stringify([loaded.problems, loaded.ok ? loaded.value.value : null]);
    expect(said).not.toContain(SECRET);
    expect(await contents(folder)).toEqual(before);
    expect(server.seen).toEqual([]);
    expect(guard.attempts).toEqual([]);
    for (const { code, location } of loaded.problems) {
      expect(code).toMatch(/^R00[1-6]$/);
      expect(location).toBeDefined();
    }
  });
});

test('what a reference may not read is an error where the refund needs it, and a warning elsewhere', async () => {
  const needed = readPack('wooshpay');
  HOLDERS['a property of the request']?.(needed, '../secret.yaml');
  const other = readPack('wooshpay');
  HOLDERS['a path']?.(other, '../secret.yaml');
  const [strict, lax] = [await compilePack(needed), await compilePack(other)];
  expect(strict.ok).toBe(false);
  expect(strict.problems.map(({ code }) => code)).toContain('R005');
  expect(lax.ok).toBe(true);
});

test('a link beside the spec leads out only where its target is allowed by name', async () => {
  const pack = readPack('wooshpay');
  HOLDERS['a property of an answer']?.(pack, 'link.yaml');
  const { folder, spec } = await worldWith(pack);
  const read = async (allow: readonly string[]): Promise<string> => {
    const done = await compile([{ id: 'acme', spec, overlay: spec.replace('.yaml', '.overlay.yaml'), allow }]);
    return done.ok ? done.value.files.map(({ text }) => text).join('\n') : '';
  };
  expect(await read([])).not.toContain(SECRET);
  expect(await read([path.join(folder, 'elsewhere')])).not.toContain(SECRET);
  expect(await read([folder])).toContain(SECRET);
});

test('a share is not even looked for where its folder is not allowed by name', async () => {
  const fetching = { headers: {}, origin: undefined, permits: () => false };
  const access = { root: '/spec/acme.yaml', folders: ['/spec'], fetching };
  const read = await readReferenced('\\\\evil.example\\share\\x.yaml', access);
  expect(read.problems.map(({ code }) => code)).toEqual(['R006']);
});
