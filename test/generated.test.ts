import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringifyYaml } from '@redocly/openapi-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { planConfig } from '../generator/config.js';
import { discover } from '../generator/discover/discover.js';
import { emitClient, emitNativeClient } from '../generator/emit/client.js';
import { printTypes } from '../generator/emit/types.js';
import { type Compiled, compile, type ProviderInput } from '../generator/generate.js';
import { fingerprint } from '../generator/generated-file.js';
import { check } from '../generator/index.js';
import { load } from '../generator/load/load.js';
import { normalize } from '../generator/normalize/normalize.js';
import { readLock } from '../generator/output/read-lock.js';
import { slice } from '../generator/slice/slice.js';
import config from '../refundgen.config.js';
import { type Json, type JsonMap, writeJson } from './fixtures/json.js';
import { actionsOf, declare, inFolder, PACKS, type Pack, packFile, readPack, said } from './fixtures/pack.js';
import { shuffled } from './fixtures/shuffle.js';
import { valueFrom } from './output/folder.js';

function inputsIn(folder: string, names: readonly string[] = PACKS): readonly ProviderInput[] {
  return names.map((id) => ({
    id,
    spec: path.join(folder, `${id}.yaml`),
    overlay: path.join(folder, `${id}.overlay.yaml`),
  }));
}

/** The files of the packs, as another program might write them. */
function packFiles(write: (text: string, value: Json) => string): Record<string, string> {
  const files = PACKS.flatMap((name) => {
    const { spec, overlay } = readPack(name);
    return [
      [`${name}.yaml`, write(readFileSync(packFile(name, 'spec'), 'utf8'), spec)],
      [`${name}.overlay.yaml`, write(readFileSync(packFile(name, 'overlay'), 'utf8'), overlay)],
    ] as const;
  });
  return Object.fromEntries(files);
}

/** The text of every file, by its path. */
function textsOf({ files }: Compiled): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ path: file, text }) => [file, text]));
}

let compiled: Compiled;

beforeAll(async () => {
  compiled = valueFrom(await compile(inputsIn('specs')));
});

describe('what is committed is what the specs give', () => {
  // One test, so that a stale file is named however many there are; `npm run generate` writes them all.
  test('file by file', () => {
    for (const { path: file, text } of compiled.files) {
      expect(readFileSync(path.join('generated', file), 'utf8'), `generated/${file} is stale`).toBe(text);
    }
  });

  test('no file too many and none too few', () => {
    const committed = readdirSync('generated', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative('generated', path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
    const wanted = [...compiled.files.map(({ path: file }) => file), 'refundgen.lock'];
    expect(committed.sort()).toEqual(wanted.sort());
  });

  test('the lock has them all', async () => {
    const lock = valueFrom(readLock('generated'));
    expect(lock?.files).toEqual(new Map(compiled.files.map(({ path: file, text }) => [file, fingerprint(text)])));
  });

  test('the lock is of these specs', async () => {
    expect(valueFrom(await check(config, process.cwd(), { force: true }))).toEqual({
      missing: [],
      changed: [],
      orphaned: [],
    });
  });

  test('the configuration names the same specs', async () => {
    const plan = valueFrom(planConfig(config, process.cwd()));
    const named = plan.inputs.map(({ id, overlay, spec }) => ({ id, spec, overlay }));
    expect(named.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(inputsIn(path.resolve('specs')));
    expect(plan.output).toBe(path.resolve('generated'));
  });
});

describe('the same inputs give the same bytes', () => {
  test('twice', async () => {
    expect(textsOf(valueFrom(await compile(inputsIn('specs'))))).toEqual(textsOf(compiled));
  });

  test('in another order of providers', async () => {
    expect(textsOf(valueFrom(await compile([...inputsIn('specs')].reverse())))).toEqual(textsOf(compiled));
  });

  test.each(PACKS)('alone or with others: %s', async (name) => {
    const alone = textsOf(valueFrom(await compile(inputsIn('specs', [name]))));
    for (const [file, text] of Object.entries(alone).filter(([file]) => file.startsWith(`${name}/`))) {
      expect(text).toBe(textsOf(compiled)[file]);
    }
  });

  test('from another folder, and with another working directory', async () => {
    const same = packFiles((text) => text);
    await inFolder(same, async (folder) => {
      const cwd = vi.spyOn(process, 'cwd').mockReturnValue(path.join(folder, 'somewhere', 'else'));
      const elsewhere = await compile(inputsIn(folder));
      cwd.mockRestore();
      expect(textsOf(valueFrom(elsewhere))).toEqual(textsOf(compiled));
    });
  });

  test.each<readonly [string, (text: string, value: Json) => string]>([
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text) => `\ufeff${text}`],
    ['without comments', (_, value) => stringifyYaml(value)],
    ['as JSON', (_, value) => JSON.stringify(value)],
    ['as JSON in ASCII', (_, value) => writeJson(value)],
    ['with their keys in another order, as YAML', (_, value) => stringifyYaml(shuffled(value, 1))],
    ['with their keys in another order, as JSON', (_, value) => JSON.stringify(shuffled(value, 2))],
    ['with their keys in yet another order', (_, value) => JSON.stringify(shuffled(value, 3), null, 2)],
  ])('%s', async (_, write) => {
    const result = await inFolder(packFiles(write), (folder) => compile(inputsIn(folder)));
    expect(result.problems).toEqual([]);
    expect(textsOf(valueFrom(result))).toEqual(textsOf(compiled));
  });

  test('with facts that the packs do not have, their keys in another order', async () => {
    const facts: JsonMap = {
      reasons: { sideEffects: { swap: 'One.', claim: 'Two.', other: 'Three.', return: 'Four.', discount: 'Five.' } },
      errors: { kinds: { b: 'declined', a: 'refused', 'c-d': 'not_found', 10: 'declined', 9: 'declined' } },
      auth: { jwt_token: { credential: 'jwt' }, api_token: { credential: 'key' }, cookie_auth: { credential: 'sid' } },
    };
    const pack: Pack = readPack('medusa');
    actionsOf(pack).push(declare(facts));
    const texts = [0, 1, 2, 3].map((seed) => {
      const overlay = seed === 0 ? pack.overlay : shuffled(pack.overlay, seed);
      return inFolder({ 'medusa.yaml': pack.spec, 'medusa.overlay.yaml': overlay }, async (folder) =>
        textsOf(valueFrom(await compile(inputsIn(folder, ['medusa'])))),
      );
    });
    const [first, ...others] = await Promise.all(texts);
    for (const other of others) expect(other).toEqual(first);
  });
});

describe('generated text', () => {
  test('has no trace of the machine that it was made on', () => {
    const traces = [process.cwd(), tmpdir(), process.version];
    const found = compiled.files.filter(({ text }) => traces.some((trace) => text.includes(trace)));
    expect(found.map(({ path: file }) => file)).toEqual([]);
  });

  test('has line feeds only, one at its end, and a banner', () => {
    for (const { text } of compiled.files) {
      expect(text).toMatch(/^\/\/ Generated by refundgen/);
      expect(text).not.toContain('\r');
      expect(text).toMatch(/[^\n]\n$/);
    }
  });
});

/** Makes every later change of a value an exception. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const child of Object.values(value)) freeze(child);
}

test.each(PACKS)('no stage changes what it is given: %s', async (name) => {
  const [files] = inputsIn('specs', [name]);
  if (files === undefined) throw new Error('there is no input');
  const document = valueFrom(await load(files));
  const { value, spec, overlay } = document;
  for (const part of [value, spec.value, overlay?.value]) freeze(part);
  const discovery = valueFrom(discover(document));
  freeze(discovery);
  const { create } = discovery;
  if (create === undefined) throw new Error('nothing creates a refund');
  const found = [discovery.create, discovery.retrieve, discovery.payment].filter((item) => item !== undefined);
  const names = new Map(found.map(({ pointer, role }) => [pointer, `${role}It`]));
  const operations = found.map(({ pointer, role }) => ({ name: `${role}It`, pointer }));
  const small = valueFrom(slice(document, operations));
  freeze(small);
  const { api, problems } = normalize(document, { ...discovery, create }, names, name);
  if (api === undefined) throw new Error(said(problems).join('\n'));
  freeze(api);
  expect(emitClient(api).ok).toBe(true);
  expect(emitNativeClient(api).ok).toBe(true);
  await expect(printTypes(small)).resolves.toContain('export interface operations');
});
