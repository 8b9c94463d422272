import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOutput } from '../../generator/output/write.js';
import { contents, failuresOf, generated, names, put, read, temporaryFolder, valueFrom } from './folder.js';

const CLIENT = generated('piriod/client.ts');
const FILES = [CLIENT, generated('piriod/types.ts'), generated('stripe/client.ts'), generated('index.ts')];

async function writtenFolder(): Promise<string> {
  const folder = await temporaryFolder();
  valueFrom(await writeOutput(folder, FILES));
  return folder;
}

describe('a failure', () => {
  it('leaves the old output whole when a folder is where a file should go', async () => {
    const folder = await writtenFolder();
    await mkdir(path.join(folder, 'zeta/client.ts'), { recursive: true });
    const before = await contents(folder);
    const wanted = [...FILES.map(({ path }) => generated(path, 'new')), generated('zeta/client.ts')];
    expect(failuresOf(await writeOutput(folder, wanted))).toEqual([
      expect.stringMatching(/^R052 error .*\/zeta\/client\.ts cannot be written \(EISDIR\)$/),
    ]);
    expect(await contents(folder)).toEqual(before);
  });

  it('midway removes temporary files and new folders, and leaves the old output whole', async () => {
    const folder = await writtenFolder();
    await put(folder, 'zeta', 'a file where a folder should go');
    const before = await contents(folder);
    const wanted = [
      ...FILES.map(({ path }) => generated(path, 'new')),
      generated('new/deep/client.ts'),
      generated('zeta/client.ts'),
    ];
    const result = await writeOutput(folder, wanted);
    expect(failuresOf(result)).toEqual([
      expect.stringMatching(/^R052 error .*\/zeta\/client\.ts cannot be written \((EEXIST|ENOTDIR)\)$/),
    ]);
    expect(result.problems[0]?.hint).toMatch(/^No file of the output was changed\./);
    expect(await contents(folder)).toEqual(before);
  });

  it('does not leave an output folder that was made for it', async () => {
    const parent = await temporaryFolder();
    // A folder that the system refuses to make: its name is too long.
    const wanted = [...FILES, generated(`${'z'.repeat(300)}/client.ts`)];
    const result = await writeOutput(path.join(parent, 'generated/refunds'), wanted);
    expect(failuresOf(result)).toEqual([expect.stringMatching(/^R052 .* cannot be written \(ENAMETOOLONG\)$/)]);
    expect(await names(parent)).toEqual([]);
  });

  it('is reported when the output folder is a file', async () => {
    const parent = await temporaryFolder();
    await put(parent, 'out', 'mine');
    expect(failuresOf(await writeOutput(path.join(parent, 'out'), FILES))).toEqual([
      expect.stringMatching(/^R052 error .*\(EEXIST|ENOTDIR\)$/),
    ]);
    expect(await read(parent, 'out')).toBe('mine');
  });

  it('leaves everything when the lock is not valid', async () => {
    const folder = await writtenFolder();
    await put(folder, 'refundgen.lock', '<<<<<<< ours');
    const before = await contents(folder);
    expect(failuresOf(await writeOutput(folder, [CLIENT]))).toEqual([expect.stringMatching(/^R053 /)]);
    expect(await contents(folder)).toEqual(before);
  });
});
