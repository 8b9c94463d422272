import type * as FileSystem from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { GeneratedFile } from '../../generator/generated-file.js';
import { checkOutput } from '../../generator/output/check.js';
import { printLock } from '../../generator/output/lock.js';
import { claimName, foldersAbove } from '../../generator/output/output-path.js';
import { writeOutput } from '../../generator/output/write.js';
import { described, generated, names, put, read, temporaryFolder, valueFrom } from './folder.js';

const power = vi.hoisted(() => ({ stepsLeft: Number.POSITIVE_INFINITY }));

// A process that is killed does nothing more: from some step on, none of what changes the disk is done. The error has no
// code, so that nothing takes it for one of the system's. A text is written half.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  const step = async <T>(run: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> => {
    power.stepsLeft -= 1;
    if (power.stepsLeft >= 0) return run();
    if (power.stepsLeft === -1) await half?.();
    throw new Error('killed');
  };
  return {
    ...real,
    mkdir: (...args: Parameters<typeof real.mkdir>) => step(() => real.mkdir(...args)),
    rename: (...args: Parameters<typeof real.rename>) => step(() => real.rename(...args)),
    rm: (...args: Parameters<typeof real.rm>) => step(() => real.rm(...args)),
    rmdir: (...args: Parameters<typeof real.rmdir>) => step(() => real.rmdir(...args)),
    writeFile: (file: string, text: string, options: object) =>
      step(
        () => real.writeFile(file, text, options),
        () => real.writeFile(file, text.slice(0, text.length / 2), options),
      ),
  };
});

const OLD = ['index.ts', 'acme/client.ts', 'acme/types.ts', 'old/client.ts', 'old/deep/types.ts'].map((file) =>
  generated(file, 'old'),
);
const NEW = ['index.ts', 'acme/client.ts', 'new/client.ts', 'new/deep/types.ts'].map((file) => generated(file, 'new'));
const THIRD = ['index.ts', 'acme/client.ts', 'third/client.ts'].map((file) => generated(file, 'third'));
const CLEAN = { missing: [], changed: [], orphaned: [] };

beforeEach(() => {
  // No process of a killed run is there any more; this one would be.
  vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
  });
});

/** A folder with the old output, in which a run to the new one was killed after some steps. */
async function killedAfter(steps: number, from = OLD, to = NEW): Promise<{ folder: string; isKilled: boolean }> {
  const folder = await temporaryFolder();
  valueFrom(await writeOutput(folder, from));
  return { folder, isKilled: await killRun(folder, steps, to) };
}

async function killRun(folder: string, steps: number, to: readonly GeneratedFile[]): Promise<boolean> {
  power.stepsLeft = steps;
  const ended = await writeOutput(folder, to).catch(() => undefined);
  const isKilled = power.stepsLeft < 0;
  power.stepsLeft = Number.POSITIVE_INFINITY;
  if (!isKilled) expect(ended?.ok).toBe(true);
  return isKilled;
}

/** Does something for each step at which a run can be killed, until there is none left. */
async function atEachStep(check: (steps: number) => Promise<boolean>): Promise<number> {
  for (let steps = 0; steps < 1000; steps += 1) if (!(await check(steps))) return steps;
  expect.fail('the run does not come to its end');
}

/** Whether a folder has these files and their lock, and no other file; claims of killed runs aside. */
async function isWholly(folder: string, files: readonly GeneratedFile[]): Promise<boolean> {
  const found = (await names(folder)).filter((name) => !name.startsWith('run-') && /\.(?:ts|lock)$/.test(name));
  if (String(found) !== String([...files.map((file) => file.path), 'refundgen.lock'].sort())) return false;
  const texts = await Promise.all(files.map(async ({ path: file, text }) => (await read(folder, file)) === text));
  return texts.every(Boolean) && (await read(folder, 'refundgen.lock')) === printLock(files);
}

async function isChecked(folder: string, files: readonly GeneratedFile[]): Promise<boolean> {
  return JSON.stringify(valueFrom(await checkOutput(folder, files))) === JSON.stringify(CLEAN);
}

describe('a run that is killed', () => {
  it('leaves the old output, the new one, or what check tells, at whatever step', async () => {
    const seen = new Set<string>();
    const steps = await atEachStep(async (step) => {
      const { folder, isKilled } = await killedAfter(step);
      const isOld = await isWholly(folder, OLD);
      const isNew = await isWholly(folder, NEW);
      expect([step, await isChecked(folder, OLD), await isChecked(folder, NEW)]).toEqual([step, isOld, isNew]);
      seen.add(isOld ? 'old' : isNew ? 'new' : 'mixed');
      return isKilled;
    });
    expect(seen).toEqual(new Set(['old', 'mixed', 'new']));
    expect(steps).toBeGreaterThan(10);
  });

  it.each([
    { next: 'the same run', wanted: NEW },
    { next: 'a run that goes back', wanted: OLD },
    { next: 'a run to something else', wanted: THIRD },
  ])('is made good by $next, without a trace or a warning', async ({ wanted }) => {
    await atEachStep(async (step) => {
      const { folder, isKilled } = await killedAfter(step);
      expect((await writeOutput(folder, wanted)).problems).toEqual([]);
      expect([step, await isWholly(folder, wanted)]).toEqual([step, true]);
      const folders = wanted.flatMap((file) => foldersAbove(file.path));
      const paths = new Set([...wanted.map((file) => file.path), ...folders, 'refundgen.lock']);
      expect([step, ...(await names(folder))]).toEqual([step, ...[...paths].sort()]);
      return isKilled;
    });
  });

  it('twice, with another output each time, is made good', async () => {
    await atEachStep(async (step) => {
      const { folder } = await killedAfter(12);
      const isKilled = await killRun(folder, step, THIRD);
      expect(await isChecked(folder, THIRD)).toBe(await isWholly(folder, THIRD));
      expect((await writeOutput(folder, OLD)).problems).toEqual([]);
      expect([step, await isWholly(folder, OLD)]).toEqual([step, true]);
      return isKilled;
    });
  });

  it('does not hide what somebody edits before the next run', async () => {
    await atEachStep(async (step) => {
      const { folder, isKilled } = await killedAfter(step);
      await put(folder, 'acme/client.ts', 'edited');
      const result = await writeOutput(folder, NEW);
      expect(described(result.problems)).toEqual([
        expect.stringMatching(/^R050 warning .*acme\/client\.ts was changed by hand since it was generated/),
      ]);
      return isKilled;
    });
  });

  it('keeps what was edited before, or says that it was overwritten', async () => {
    await atEachStep(async (step) => {
      const folder = await temporaryFolder();
      valueFrom(await writeOutput(folder, OLD));
      await put(folder, 'old/client.ts', 'edited');
      const isKilled = await killRun(folder, step, NEW);
      expect(await read(folder, 'old/client.ts')).toBe('edited');
      await writeOutput(folder, NEW);
      expect(await read(folder, 'old/client.ts')).toBe('edited');
      return isKilled;
    });
  });

  it('leaves nothing in the way of the first output of a folder', async () => {
    await atEachStep(async (step) => {
      const folder = await temporaryFolder();
      const isKilled = await killRun(folder, step, NEW);
      expect(await isChecked(folder, NEW)).toBe(await isWholly(folder, NEW));
      expect((await writeOutput(folder, OLD)).problems).toEqual([]);
      expect([step, await isWholly(folder, OLD)]).toEqual([step, true]);
      return isKilled;
    });
  });
});

describe('what a killed run has left', () => {
  it('is removed also where nothing else is to be done', async () => {
    const folder = await temporaryFolder();
    valueFrom(await writeOutput(folder, OLD));
    const before = await names(folder);
    await put(folder, path.join(claimName(999_999_999, '0'.repeat(16)), '1'), 'half');
    expect(valueFrom(await writeOutput(folder, OLD)).unchanged).toHaveLength(OLD.length);
    expect(await names(folder)).toEqual(before);
  });

  it('is told from what somebody else has put there', async () => {
    const folder = await temporaryFolder();
    const mine = ['run-1.refundgen-tmp/1', 'notes.refundgen-tmp', `acme/${claimName(1, '0'.repeat(16))}/1`];
    for (const file of mine) await put(folder, file, 'mine');
    await put(folder, claimName(1, '1'.repeat(16)), 'a file');
    valueFrom(await writeOutput(folder, OLD));
    for (const file of mine) expect(await read(folder, file)).toBe('mine');
    expect(await read(folder, claimName(1, '1'.repeat(16)))).toBe('a file');
  });
});
