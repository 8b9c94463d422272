import type * as FileSystem from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeOutput } from '../../generator/output/write.js';
import { contents, failuresOf, generated, names, read, temporaryFolder, valueFrom } from './folder.js';

const refused = vi.hoisted(() => ({ name: 'none', step: -1, steps: 0, code: 'EBUSY' }));

// As Windows does it while another program has a file open, and as disks do it that fill up or break. Nothing that a test
// can do on a real disk makes these fail once the folder has been written to, least of all for a user who may do
// everything.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  const refuse = (...files: readonly unknown[]): void => {
    const isNamed = files.some((file) => String(file).endsWith(refused.name));
    if (isNamed || refused.steps++ === refused.step) throw Object.assign(new Error('no'), { code: refused.code });
  };
  return {
    ...real,
    mkdir: async (...args: Parameters<typeof real.mkdir>) => {
      refuse();
      return real.mkdir(...args);
    },
    rename: async (from: string, to: string) => {
      refuse(from, to);
      return real.rename(from, to);
    },
    writeFile: async (...args: Parameters<typeof real.writeFile>) => {
      refuse();
      return real.writeFile(...args);
    },
  };
});

const OLD = ['a.ts', 'b.ts', 'old.ts'].map((path) => generated(path));
const NEW = ['a.ts', 'b.ts', 'new/c.ts'].map((path) => generated(path, 'new'));

afterEach(allow);

function allow(): void {
  refused.name = 'none';
  refused.step = -1;
}

async function oldFolder(): Promise<string> {
  const folder = await temporaryFolder();
  valueFrom(await writeOutput(folder, OLD));
  return folder;
}

async function refusedWrite(name: string): Promise<string> {
  const folder = await oldFolder();
  refused.name = name;
  refused.code = 'EBUSY';
  const result = await writeOutput(folder, NEW);
  allow();
  expect(failuresOf(result)).toEqual([expect.stringMatching(/^R052 error .* cannot be written \(EBUSY\)$/)]);
  const hint = name === 'refundgen.lock' ? /^No file of the output was changed\./ : /^A part of the output may be new/;
  expect(result.problems[0]?.hint).toMatch(hint);
  return folder;
}

describe('a rename or a removal that the system refuses', () => {
  it('leaves no temporary files, and removes no orphan', async () => {
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

describe('any step that the system refuses', () => {
  it.each(['EACCES', 'ENOSPC', 'EROFS'])(
    'with %s is a problem, and the old output is whole or the problem says that it is not',
    async (code) => {
      const hints = new Set<string>();
      for (let step = 0; ; step += 1) {
        const folder = await oldFolder();
        const before = await contents(folder);
        Object.assign(refused, { step, steps: 0, code });
        const result = await writeOutput(folder, NEW);
        allow();
        if (result.ok) break;
        expect(failuresOf(result)).toEqual([expect.stringMatching(/^R052 error .* cannot be written \(E[A-Z]+\)$/)]);
        const hint = result.problems[0]?.hint ?? '';
        if (hint.startsWith('No file of the output was changed.')) expect(await contents(folder)).toEqual(before);
        else expect(hint).toMatch(/^A part of the output may be new already\. /);
        hints.add(hint);
        expect((await names(folder)).filter((name) => name.includes('run-'))).toEqual([]);
        expect((await writeOutput(folder, NEW)).problems).toEqual([]);
        expect(await names(folder)).toEqual(['a.ts', 'b.ts', 'new', 'new/c.ts', 'refundgen.lock']);
      }
      expect(hints.size).toBe(2);
    },
  );
});
