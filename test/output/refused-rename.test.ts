import type * as FileSystem from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { writeOutput } from '../../generator/output/write.js';
import { failuresOf, generated, names, read, temporaryFolder, valueFrom } from './folder.js';

const refused = vi.hoisted(() => ({ name: 'none' }));

// As Windows does it while another program has the file open. Nothing that a test can do on a real disk makes these
// fail once the folder has been written to, least of all for a user who may do everything.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  const rename: typeof real.rename = async (from, to) => {
    if (String(to).endsWith(refused.name)) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    return real.rename(from, to);
  };
  const rm: typeof real.rm = async (file, options) => {
    if (String(file).endsWith(refused.name)) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    return real.rm(file, options);
  };
  return { ...real, rename, rm };
});

const OLD = ['a.ts', 'b.ts', 'old.ts'].map((path) => generated(path));
const NEW = ['a.ts', 'b.ts', 'new/c.ts'].map((path) => generated(path, 'new'));

async function refusedWrite(name: string): Promise<string> {
  const folder = await temporaryFolder();
  valueFrom(await writeOutput(folder, OLD));
  refused.name = name;
  const result = await writeOutput(folder, NEW);
  refused.name = 'none';
  expect(failuresOf(result)).toEqual([expect.stringMatching(/^R052 error .* cannot be written \(EBUSY\)$/)]);
  expect(result.problems[0]?.hint).toMatch(/^A part of the output may be new already\./);
  return folder;
}

describe('a rename or a removal that the system refuses', () => {
  it('leaves no temporary files, removes no orphan, and keeps the old lock', async () => {
    const folder = await refusedWrite('b.ts');
    expect(await names(folder)).toEqual(['a.ts', 'b.ts', 'old.ts', 'refundgen.lock']);
    expect(await read(folder, 'b.ts')).toBe(generated('b.ts').text);
  });

  it.each(['a.ts', 'b.ts', 'c.ts', 'old.ts', 'refundgen.lock'])('at %s is made good by the next run', async (name) => {
    const folder = await refusedWrite(name);
    const result = await writeOutput(folder, NEW);
    expect(result.problems).toEqual([]);
    expect(await names(folder)).toEqual(['a.ts', 'b.ts', 'new', 'new/c.ts', 'refundgen.lock']);
    for (const file of NEW) expect(await read(folder, file.path)).toBe(file.text);
  });
});
