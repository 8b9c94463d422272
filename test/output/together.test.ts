import { existsSync } from 'node:fs';
import type * as FileSystem from 'node:fs/promises';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GeneratedFile } from '../../generator/generated-file.js';
import { checkOutput } from '../../generator/output/check.js';
import { claimName } from '../../generator/output/output-path.js';
import { writeOutput } from '../../generator/output/write.js';
import { described, failuresOf, generated, names, put, temporaryFolder, valueFrom } from './folder.js';

const pace = vi.hoisted(() => ({ turns: [0] as readonly number[], at: 0, afterStep: async (): Promise<void> => {} }));

// Each step on the disk lets the other run take some steps of its own before: which, the property decides.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  const step = async <T>(run: () => Promise<T>): Promise<T> => {
    const turns = pace.turns[pace.at++ % pace.turns.length] ?? 0;
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const done = await run();
    await pace.afterStep();
    return done;
  };
  return {
    ...real,
    mkdir: (...args: Parameters<typeof real.mkdir>) => step(() => real.mkdir(...args)),
    rename: (...args: Parameters<typeof real.rename>) => step(() => real.rename(...args)),
    writeFile: (...args: Parameters<typeof real.writeFile>) => step(() => real.writeFile(...args)),
  };
});

const OLD = ['index.ts', 'acme/client.ts', 'old/client.ts'].map((file) => generated(file, 'old'));
const LEFT = ['index.ts', 'acme/client.ts', 'left/client.ts'].map((file) => generated(file, 'left'));
const RIGHT = ['index.ts', 'acme/client.ts', 'right/deep/client.ts'].map((file) => generated(file, 'right'));
const CLEAN = { missing: [], changed: [], orphaned: [] };

afterEach(() => {
  pace.turns = [0];
  pace.afterStep = async () => {};
  vi.restoreAllMocks();
});

/** As of a process in another container: it runs, and nobody here can see it. */
function hideProcesses(): void {
  vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
  });
}

async function isWholly(folder: string, files: readonly GeneratedFile[]): Promise<boolean> {
  const report = valueFrom(await checkOutput(folder, files));
  const found = (await names(folder)).filter((name) => name.endsWith('.ts'));
  return JSON.stringify(report) === JSON.stringify(CLEAN) && found.length === files.length;
}

/** Two runs at once in one folder, and whether each ended well. */
async function both(turns: readonly number[], left = LEFT, right = RIGHT) {
  const folder = await mkdtemp(path.join(tmpdir(), 'refundgen-together-'));
  pace.turns = [0];
  valueFrom(await writeOutput(folder, OLD));
  pace.turns = turns;
  pace.at = 0;
  const ended = await Promise.all([writeOutput(folder, left), writeOutput(folder, right)]);
  pace.turns = [0];
  return { folder, ended };
}

const anyTurns = fc.array(fc.nat(12), { minLength: 5, maxLength: 60 });

describe('two runs at once', () => {
  it('write one after the other, and the output is wholly of one of them', async () => {
    const winners = new Set<string>();
    const law = fc.asyncProperty(anyTurns, async (turns) => {
      const { ended, folder } = await both(turns);
      expect(ended.flatMap(({ problems }) => problems)).toEqual([]);
      const [isLeft, isRight] = [await isWholly(folder, LEFT), await isWholly(folder, RIGHT)];
      expect(isLeft).toBe(!isRight);
      winners.add(isLeft ? 'left' : 'right');
      expect((await names(folder)).filter((name) => name.includes('run-'))).toEqual([]);
      await rm(folder, { recursive: true });
    });
    await fc.assert(law, { numRuns: 25 });
    expect(winners.size).toBe(2);
  });

  it('with one output are both done, and it is written once', async () => {
    const law = fc.asyncProperty(anyTurns, async (turns) => {
      const { ended, folder } = await both(turns, LEFT, LEFT);
      const reports = ended.map(valueFrom);
      expect(reports.map(({ created }) => created.length).sort()).toEqual([0, 1]);
      expect(await isWholly(folder, LEFT)).toBe(true);
      await rm(folder, { recursive: true });
    });
    await fc.assert(law, { numRuns: 10 });
  });

  it('that cannot see each other leave the output of one, and the other says that it is not done', async () => {
    hideProcesses();
    let overtaken = 0;
    const law = fc.asyncProperty(anyTurns, async (turns) => {
      const { ended, folder } = await both(turns);
      const wanted = [LEFT, RIGHT].filter((_, index) => ended[index]?.ok === true);
      const wholly = await Promise.all(wanted.map((files) => isWholly(folder, files)));
      expect(wholly.filter(Boolean)).toHaveLength(1);
      for (const result of ended.filter(({ ok }) => !ok)) {
        overtaken += 1;
        expect(failuresOf(result)).toEqual([
          expect.stringMatching(/^R052 error another run wrote to .* at the same time/),
        ]);
      }
      await rm(folder, { recursive: true });
    });
    await fc.assert(law, { numRuns: 60 });
    expect(overtaken).toBeGreaterThan(0);
  });
});

describe('the claim of a run that does not end', () => {
  it('is taken over when it has been waited for long enough', async () => {
    const folder = await temporaryFolder();
    valueFrom(await writeOutput(folder, OLD));
    // This process: it runs, and the number may have been given to it after the other was killed.
    await put(folder, path.join(claimName(process.pid, '0'.repeat(16)), '1'), 'half');
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 4000;
      return now;
    });
    expect((await writeOutput(folder, LEFT)).problems).toEqual([]);
    expect(clock.mock.calls.length).toBeGreaterThan(2);
    expect(await isWholly(folder, LEFT)).toBe(true);
    expect((await names(folder)).filter((name) => name.includes('run-'))).toEqual([]);
  });
});

describe('an output folder that is removed', () => {
  it('at whatever step is made again, or the run says that it is not done', async () => {
    const ends = new Set<string>();
    for (let last = 0; !ends.has('done'); last += 1) {
      const parent = await temporaryFolder();
      const folder = path.join(parent, 'out');
      valueFrom(await writeOutput(folder, OLD));
      let steps = 0;
      pace.afterStep = async () => {
        if (steps++ === last) await rm(folder, { recursive: true });
      };
      const result = await writeOutput(folder, LEFT);
      pace.afterStep = async () => {};
      if (result.ok) expect(!existsSync(folder) || (await isWholly(folder, LEFT))).toBe(true);
      else expect(described(result.problems)).toEqual([expect.stringMatching(/^R052 error .*or somebody removed it$/)]);
      ends.add(result.ok ? 'done' : 'failed');
      await mkdir(folder, { recursive: true });
      expect((await writeOutput(folder, LEFT)).problems).toEqual([]);
      expect(await isWholly(folder, LEFT)).toBe(true);
    }
    expect(ends).toEqual(new Set(['done', 'failed']));
  });
});
