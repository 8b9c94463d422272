import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { contents, names, put, read, temporaryFolder, valueFrom } from '../output/folder.js';
import { CONFIG, change, project, run } from './project.js';

let folder: string;

beforeEach(async () => {
  folder = await project();
  expect((await run(folder)).generated).toEqual(['chip', 'piriod']);
});

const OTHERS = { chip: CONFIG.providers['chip'] ?? { spec: '' }, piriod: CONFIG.providers['piriod'] ?? { spec: '' } };

describe('what has not changed is not generated again', () => {
  test('nothing has', async () => {
    const before = await contents(folder);
    expect((await run(folder)).generated).toEqual([]);
    expect(await contents(folder)).toEqual(before);
  });

  test('the repository lies elsewhere', async () => {
    const elsewhere = await temporaryFolder();
    await cp(folder, elsewhere, { recursive: true });
    expect((await run(elsewhere)).generated).toEqual([]);
  });

  test('only the ends of lines have', async () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    for (const file of ['specs/chip.yaml', 'specs/piriod.overlay.yaml', 'generated/chip/client.ts']) {
      await change(folder, file, crlf);
    }
    await change(folder, 'generated/refundgen.lock', crlf);
    expect((await run(folder)).generated).toEqual([]);
  });

  test('a provider was added, or removed', async () => {
    const only = { ...CONFIG, providers: { chip: OTHERS.chip } };
    expect((await run(folder, only)).generated).toEqual([]);
    expect(await names(path.join(folder, 'generated'))).not.toContain('piriod/client.ts');
    expect(await read(folder, 'generated/index.ts')).not.toContain('piriod');
    expect((await run(folder)).generated).toEqual(['piriod']);
    expect(await read(folder, 'generated/index.ts')).toContain('piriod');
  });
});

describe('what has changed is generated, and nothing else', () => {
  const CHANGES: readonly (readonly [string, (folder: string) => Promise<unknown>])[] = [
    ['a spec', (at) => change(at, 'specs/chip.yaml', (text) => `${text}\n# seen\n`)],
    ['an overlay', (at) => change(at, 'specs/chip.overlay.yaml', (text) => `${text}\n# seen\n`)],
    ['a generated file, by hand', (at) => change(at, 'generated/chip/client.ts', (text) => `${text}// mine\n`)],
    ['a generated file, removed', (at) => rm(path.join(at, 'generated/chip/types.ts'))],
    [
      'the lock, where it has an input',
      (at) => changeLock(at, /("\.\.\/specs\/chip\.yaml": ")[^"]+/, `$1${'0'.repeat(64)}`),
    ],
    ['the lock, where it has a file', (at) => changeLock(at, /("chip\/client\.ts": ")[^"]+/, `$1${'0'.repeat(64)}`)],
    ['the lock, where it lacks a file', (at) => changeLock(at, /"chip\/types\.ts": "[^"]+",\s*/, '')],
    ['the lock, where it has the contract', (at) => changeLock(at, /"amount unit": "minor"/, '"amount unit": "major"')],
  ];

  test.each(CHANGES)('%s', async (_, make) => {
    const wanted = await read(folder, 'generated/chip/types.ts');
    await make(folder);
    expect((await run(folder)).generated).toEqual(['chip']);
    expect(await read(folder, 'generated/chip/types.ts')).toBe(wanted);
    expect((await run(folder)).generated).toEqual([]);
  });

  test('with what it says now', async () => {
    await change(folder, 'specs/chip.yaml', (text) => text.replace('Refund a paid purchase', 'Refund it'));
    await run(folder);
    expect(await read(folder, 'generated/chip/types.ts')).toContain('* Refund it\n');
  });

  test('an overlay that is no longer there, or has another place', async () => {
    await put(folder, 'specs/other.yaml', await read(folder, 'specs/chip.overlay.yaml'));
    const other = { ...CONFIG, providers: { ...OTHERS, chip: { ...OTHERS.chip, overlay: 'specs/other.yaml' } } };
    expect((await run(folder, other)).generated).toEqual(['chip']);
    expect((await run(folder, other)).generated).toEqual([]);
    expect((await run(folder)).generated).toEqual(['chip']);
  });

  test('what a shared file is, by hand', async () => {
    const wanted = await read(folder, 'generated/providers.ts');
    await change(folder, 'generated/providers.ts', (text) => `${text}// mine\n`);
    const { generated, result } = await run(folder);
    expect([generated, result.ok]).toEqual([[], true]);
    expect(await read(folder, 'generated/providers.ts')).toBe(wanted);
  });

  test('everything, where the lock is of another generator', async () => {
    await changeLock(folder, /("generator": ")[^"]+/, `$1${'0'.repeat(64)}`);
    expect((await run(folder)).generated).toEqual(['chip', 'piriod']);
  });

  test('everything, where it is asked for', async () => {
    expect((await run(folder, CONFIG, { force: true })).generated).toEqual(['chip', 'piriod']);
    expect((await run(folder, CONFIG, { nativeOnly: true })).generated).toEqual(['chip', 'piriod']);
    expect((await run(folder, { ...CONFIG, importExtension: 'ts' })).generated).toEqual(['chip', 'piriod']);
  });

  function changeLock(at: string, part: RegExp, other: string): Promise<void> {
    return change(at, 'generated/refundgen.lock', (text) => {
      expect(text).toMatch(part);
      return text.replace(part, other);
    });
  }
});

describe('files that a spec refers to', () => {
  const SPLIT = 'specs/refund.yaml';

  /** The piriod spec with a schema in a file of its own. */
  async function splitSpec(): Promise<void> {
    await change(folder, 'specs/piriod.yaml', (text) =>
      text.replace(/^info:\n/m, "info:\n  x-note:\n    $ref: 'refund.yaml#/note'\n"),
    );
    await put(folder, SPLIT, 'note: one\n');
    await run(folder);
    expect((await run(folder)).generated).toEqual([]);
  }

  test('count as the spec does', async () => {
    await splitSpec();
    await put(folder, SPLIT, 'note: two\n');
    expect((await run(folder)).generated).toEqual(['piriod']);
  });

  test('count when they disappear, and when they are back', async () => {
    await splitSpec();
    await rm(path.join(folder, SPLIT));
    expect((await run(folder)).generated).toEqual(['piriod']);
    expect((await run(folder)).generated).toEqual([]);
    await put(folder, SPLIT, 'note: one\n');
    expect((await run(folder)).generated).toEqual(['piriod']);
  });
});

describe('warnings', () => {
  test('are counted for those who come later', async () => {
    await change(folder, 'specs/chip.yaml', (text) =>
      text.replace(/^info:\n/m, "info:\n  x-a:\n    $ref: 'no.yaml'\n"),
    );
    const first = await run(folder);
    expect(first.result.problems).toHaveLength(1);
    const [chip] = valueFrom((await run(folder)).result).providers;
    expect(chip).toEqual({ id: 'chip', state: 'fresh', warnings: 1 });
    expect((await run(folder, CONFIG, { force: true })).result.problems).toEqual(first.result.problems);
  });
});
