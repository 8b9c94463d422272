import { lstat, mkdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOutput } from '../../generator/output/check.js';
import { printLock } from '../../generator/output/lock.js';
import { writeOutput } from '../../generator/output/write.js';
import { contents, described, failuresOf, generated, names, put, read, temporaryFolder, valueFrom } from './folder.js';

const CLIENT = generated('piriod/client.ts');
const TYPES = generated('piriod/types.ts');
const STRIPE = generated('stripe/client.ts');
const FILES = [CLIENT, TYPES, STRIPE, generated('index.ts')];

async function writtenFolder(files = FILES): Promise<string> {
  const folder = await temporaryFolder();
  valueFrom(await writeOutput(folder, files));
  return folder;
}

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

describe('writing', () => {
  it('makes the folder, the files and the lock', async () => {
    const folder = path.join(await temporaryFolder(), 'generated', 'refunds');
    const result = await writeOutput(folder, FILES);
    expect(result.problems).toEqual([]);
    expect(valueFrom(result)).toEqual({
      created: ['index.ts', 'piriod/client.ts', 'piriod/types.ts', 'stripe/client.ts'],
      changed: [],
      unchanged: [],
      removed: [],
      kept: [],
    });
    for (const file of FILES) expect(await read(folder, file.path)).toBe(file.text);
    expect(await read(folder, 'refundgen.lock')).toBe(printLock(FILES));
    expect(await names(folder)).toHaveLength(FILES.length + 3);
  });

  it('touches nothing the second time', async () => {
    const folder = await writtenFolder();
    const past = new Date('2020-01-01');
    for (const name of await names(folder)) await utimes(path.join(folder, name), past, past);
    const before = await contents(folder);
    const report = valueFrom(await writeOutput(folder, [...FILES].reverse()));
    expect(report.unchanged).toHaveLength(FILES.length);
    expect(await contents(folder)).toEqual(before);
    expect((await lstat(path.join(folder, 'piriod'))).mtime).toEqual(past);
  });

  it('changes only what differs', async () => {
    const folder = await writtenFolder();
    const before = await contents(folder);
    const changed = generated('piriod/types.ts', 'export type A = 1;');
    const result = await writeOutput(folder, [CLIENT, changed, ...FILES.slice(2)]);
    expect(result.problems).toEqual([]);
    expect(valueFrom(result).changed).toEqual(['piriod/types.ts']);
    expect(await read(folder, 'piriod/types.ts')).toBe(changed.text);
    expect((await contents(folder)).get('piriod/client.ts')).toBe(before.get('piriod/client.ts'));
  });

  it('leaves files with CRLF alone that differ in nothing else, and the lock', async () => {
    const folder = await writtenFolder();
    for (const file of FILES) await put(folder, file.path, crlf(file.text));
    await put(folder, 'refundgen.lock', crlf(printLock(FILES)));
    const before = await contents(folder);
    expect((await writeOutput(folder, FILES)).problems).toEqual([]);
    expect(await contents(folder)).toEqual(before);
  });

  it('makes a lost lock again', async () => {
    const folder = await writtenFolder();
    await put(folder, 'refundgen.lock', printLock([]));
    expect((await writeOutput(folder, FILES)).problems).toEqual([]);
    expect(await read(folder, 'refundgen.lock')).toBe(printLock(FILES));
  });

  it('refuses wanted paths that lead out, or that exclude each other', async () => {
    const folder = path.join(await temporaryFolder(), 'out');
    const wanted = [
      generated('../x.ts'),
      generated('/x.ts'),
      generated('a.ts'),
      generated('A.ts'),
      generated('A.ts/b.ts'),
    ];
    expect(failuresOf(await writeOutput(folder, wanted))).toEqual([
      expect.stringMatching(/^R052 .*"\.\.\/x\.ts"/),
      expect.stringMatching(/^R052 .*"\/x\.ts"/),
      expect.stringMatching(/^R052 .*"A\.ts" is wanted twice/),
      expect.stringMatching(/^R052 .*"A\.ts\/b\.ts" is wanted in a folder that is wanted as a file/),
    ]);
    expect(await names(path.dirname(folder))).toEqual([]);
  });
});

describe('what is no longer generated', () => {
  it('is removed, with the folders that became empty', async () => {
    const folder = await writtenFolder([...FILES, generated('old/deep/client.ts')]);
    const report = valueFrom(await writeOutput(folder, [CLIENT]));
    expect(report.removed).toEqual(['index.ts', 'old/deep/client.ts', 'piriod/types.ts', 'stripe/client.ts']);
    expect(await names(folder)).toEqual(['piriod', 'piriod/client.ts', 'refundgen.lock']);
  });

  it('leaves an empty output folder with its lock', async () => {
    const folder = await writtenFolder();
    valueFrom(await writeOutput(folder, []));
    expect(await names(folder)).toEqual(['refundgen.lock']);
  });

  it('is kept with a warning when it was edited by hand, and forgotten', async () => {
    const folder = await writtenFolder();
    await put(folder, 'stripe/client.ts', 'edited');
    const wanted = FILES.filter((file) => file !== STRIPE);
    const result = await writeOutput(folder, wanted);
    expect(valueFrom(result)).toMatchObject({ removed: [], kept: ['stripe/client.ts'] });
    expect(described(result.problems)).toEqual([
      expect.stringMatching(
        /^R050 warning .*\/stripe\/client\.ts was changed by hand since it was generated: .* left in place$/,
      ),
    ]);
    expect(await read(folder, 'stripe/client.ts')).toBe('edited');
    expect((await writeOutput(folder, wanted)).problems).toEqual([]);
    expect(valueFrom(await checkOutput(folder, wanted)).orphaned).toEqual([]);
  });
});

describe('what refundgen did not write', () => {
  it('survives, in provider folders too', async () => {
    const folder = await writtenFolder();
    const mine = ['mine.ts', 'piriod/mine.ts', 'stripe/notes.md', 'stripe/deep/mine.ts', 'client.ts.tmp'];
    for (const file of mine) await put(folder, file, 'mine');
    await mkdir(path.join(folder, 'empty'));
    const before = await contents(folder);
    valueFrom(await writeOutput(folder, [CLIENT]));
    const after = await contents(folder);
    for (const file of [...mine, 'empty']) expect(after.get(file)).toBe(before.get(file));
    expect(after.has('stripe/client.ts')).toBe(false);
  });

  it('is refused when it is in the way, all of it at once, and nothing is touched', async () => {
    const folder = await writtenFolder([CLIENT]);
    await put(folder, 'index.ts', '// mine\n');
    await put(folder, 'stripe/client.ts', 'mine');
    const before = await contents(folder);
    const result = await writeOutput(folder, [generated('piriod/client.ts', 'new'), ...FILES.slice(1)]);
    expect(failuresOf(result)).toEqual([
      expect.stringMatching(/^R051 error .*\/index\.ts was not written by refundgen$/),
      expect.stringMatching(/^R051 error .*\/stripe\/client\.ts was not written by refundgen$/),
    ]);
    expect(result.problems[0]?.hint).toBe('Nothing was written. Move it away, or choose another output folder.');
    expect(await contents(folder)).toEqual(before);
  });

  it('is no obstacle when it is what is wanted', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'plain.ts', 'plain\n');
    expect(valueFrom(await writeOutput(folder, [{ path: 'plain.ts', text: 'plain\n' }])).unchanged).toEqual([
      'plain.ts',
    ]);
  });
});

describe('files edited by hand', () => {
  it('are overwritten with a warning that names each', async () => {
    const folder = await writtenFolder();
    await put(folder, 'piriod/client.ts', `${CLIENT.text}// my change\n`);
    await put(folder, 'index.ts', 'my own');
    const result = await writeOutput(folder, FILES);
    expect(described(result.problems)).toEqual([
      expect.stringMatching(/^R050 warning .*\/index\.ts was changed by hand since it was generated: it is being/),
      expect.stringMatching(/^R050 warning .*\/piriod\/client\.ts was changed by hand since it was generated/),
    ]);
    expect(result.problems[0]?.hint).toMatch(/the spec, the overlay or a file of your own/);
    expect(valueFrom(result).changed).toEqual(['index.ts', 'piriod/client.ts']);
    expect(await read(folder, 'piriod/client.ts')).toBe(CLIENT.text);
  });

  it('are only suspected where the lock does not have them', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'piriod/client.ts', generated('', 'other').text);
    const result = await writeOutput(folder, [CLIENT]);
    expect(described(result.problems)).toEqual([
      expect.stringMatching(/^R050 warning .*\/piriod\/client\.ts may have been changed by hand/),
    ]);
    expect(await read(folder, 'piriod/client.ts')).toBe(CLIENT.text);
  });
});
