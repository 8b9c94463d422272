import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Built, build } from '../cli/built.js';
import { packFile } from '../fixtures/pack.js';
import { put, read, temporaryFolder } from '../output/folder.js';

/** What runs of the installed program load, and where: only its own process can tell. */

let built: Built;

beforeAll(async () => {
  built = await build();
}, 180_000);

afterAll(() => built.remove());

/** Says on stderr what is loaded: `loaded file:///…`. */
const LOUD = `
import { register } from 'node:module';
import { writeSync } from 'node:fs';
import Module from 'node:module';
const hooks = "import { writeSync } from 'node:fs'; export const load = (url, context, next) => { writeSync(2, 'loaded ' + url + '\\\\n'); return next(url, context); };";
register('data:text/javascript,' + encodeURIComponent(hooks));
const loadCommonJs = Module._load;
Module._load = function (request, ...more) { writeSync(2, 'loaded ' + request + '\\n'); return loadCommonJs.call(this, request, ...more); };
`;

const COMPILERS = /ts-morph|typescript|openapi-core|openapi-typescript|handlebars|js-yaml|\bajv\b/;

async function loadedBy(folder: string, ...args: readonly string[]): Promise<readonly string[]> {
  const loud = path.join(folder, 'loud.mjs');
  await writeFile(loud, LOUD);
  const { exit, stderr } = await built.runWith(['--import', pathToFileURL(loud).href], folder, ...args);
  expect(exit).toBe(0);
  return [...stderr.matchAll(/^loaded (.*)$/gm)].map(([, name = '']) => name);
}

test('no compiler is loaded where nothing has changed, neither to generate nor to check', async () => {
  const folder = await temporaryFolder();
  const first = await loadedBy(folder, 'generate', 'pack:chip', 'pack:piriod');
  expect(first.some((name) => COMPILERS.test(name))).toBe(true);
  for (const command of ['generate', 'check']) {
    const loaded = await loadedBy(folder, command, 'pack:chip', 'pack:piriod');
    expect(loaded.some((name) => name.includes('/dist/start-'))).toBe(true);
    expect(loaded.filter((name) => COMPILERS.test(name))).toEqual([]);
  }
});

test('many providers are generated on several cores, as one by one', async () => {
  const folder = await temporaryFolder();
  const ids = Array.from({ length: 26 }, (_, index) => `acme-${String.fromCharCode(97 + index)}`);
  const spec = await readFile(packFile('piriod', 'spec'), 'utf8');
  const overlay = await readFile(packFile('piriod', 'overlay'), 'utf8');
  for (const id of ids) {
    await put(folder, `${id}.yaml`, id === 'acme-c' ? 'openapi: [' : spec);
    await put(folder, `${id}.overlay.yaml`, overlay);
  }
  const files = ids.map((id) => `${id}.yaml`);
  const failed = await built.run(folder, 'generate', ...files);
  expect(failed.exit).toBe(1);
  expect(failed.stderr.match(/^error R\d+ .*$/gm)).toEqual([expect.stringContaining('R002 acme-c.yaml:1')]);
  await put(folder, 'acme-c.yaml', spec);
  const { exit, stderr, stdout } = await built.run(folder, 'generate', ...files);
  expect([exit, stderr]).toEqual([0, '']);
  expect(stdout.match(/^✓ [\w-]+/gm)).toEqual(ids.map((id) => `✓ ${id}`));
  const alone = await temporaryFolder();
  await put(alone, 'acme-z.yaml', spec);
  await put(alone, 'acme-z.overlay.yaml', overlay);
  await built.run(alone, 'generate', 'acme-z.yaml');
  expect(await read(folder, 'generated/acme-z/client.ts')).toBe(await read(alone, 'generated/acme-z/client.ts'));
}, 120_000);
