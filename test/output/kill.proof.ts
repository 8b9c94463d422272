import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFrom } from '../fixtures/shuffle.js';
import { put, read } from './folder.js';
import {
  ALL_VERSIONS,
  claims,
  openWorkshop,
  textsIn,
  VERSIONS,
  type Version,
  versionOf,
  type Workshop,
} from './versions.js';

const KILLS = Number(process.env['REFUNDGEN_PROOF_RUNS'] ?? 200);
const SEED = Number(process.env['REFUNDGEN_PROOF_SEED'] ?? 20261122);
/** Of four kills, three are in the phase that writes: it is short, and nearly none would be there by chance. */
const WHOLE_RUN_SHARE = 0.25;

let workshop: Workshop;
let output: string;

beforeAll(async () => {
  workshop = await openWorkshop();
  output = path.join(workshop.folder, 'out');
  await mkdir(output);
});

afterAll(() => workshop.remove());

function start(version: Version): ChildProcess {
  const args = [workshop.built.program, 'generate', ...VERSIONS[version], '-o', 'out'];
  return spawn(process.execPath, args, { cwd: workshop.folder, stdio: 'ignore' });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.on('exit', () => resolve());
  });
}

/** Waits until the run has its claim, or its end, and says when that was. */
function seenWriting(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    const watcher = watch(output, (_, name) => {
      if (name?.startsWith('run-') === true) done();
    });
    const done = () => {
      watcher.close();
      resolve(performance.now());
    };
    child.on('exit', done);
  });
}

/** Milliseconds matter while files are written: the last of them are counted without sleeping. */
async function until(moment: number): Promise<void> {
  const rest = moment - performance.now();
  if (rest > 50) await new Promise((resolve) => setTimeout(resolve, rest - 30));
  while (performance.now() < moment) await new Promise((resolve) => setImmediate(resolve));
}

/** How long a run takes, and how long of that it writes, in milliseconds. */
async function measured(version: Version): Promise<{ run: number; writing: number }> {
  const began = performance.now();
  const child = start(version);
  const since = await seenWriting(child);
  while ((await claims(output)).length > 0) await new Promise((resolve) => setImmediate(resolve));
  const writing = performance.now() - since;
  await ended(child);
  return { run: performance.now() - began, writing };
}

interface Counts {
  first: number;
  old: number;
  new: number;
  mixed: number;
  leftovers: number;
}

describe('a run of the command line that is killed', () => {
  test(`at ${KILLS} random moments, of seed ${SEED}`, async ({ annotate }) => {
    const random = randomFrom(SEED);
    const others = (version: Version) => ALL_VERSIONS.filter((each) => each !== version);
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
    const counts: Counts = { first: 0, old: 0, new: 0, mixed: 0, leftovers: 0 };
    let tooLate = 0;
    const times = [await measured('first'), await measured('second'), await measured('first')];
    const runTime = Math.max(...times.map(({ run }) => run));
    const writingTime = Math.max(...times.map(({ writing }) => writing));
    let current: Version = 'first';
    for (let kills = 0; kills < KILLS; ) {
      const next: Version = pick(others(current)) ?? current;
      const isAnywhere = random() < WHOLE_RUN_SHARE;
      const share = random();
      const began = performance.now();
      const child = start(next);
      const since = isAnywhere ? began : await seenWriting(child);
      await until(since + share * (isAnywhere ? runTime : writingTime));
      const isKilled = child.exitCode === null && child.kill('SIGKILL');
      await ended(child);
      const [repair = next, isEdited] = [pick(ALL_VERSIONS), random() < 0.5];
      if (isKilled && child.signalCode === 'SIGKILL') {
        kills += 1;
        current = await lookAt(current, next, counts, repair, isEdited);
      } else {
        tooLate += 1;
        expect(versionOf(await textsIn(output), workshop)).toBe(next);
        current = next;
      }
    }
    const { first, leftovers, mixed, old } = counts;
    const sum = `${old} wholly old, ${counts.new} wholly new, ${mixed} mixed, ${leftovers} with a claim left`;
    const spread = `${first} before it wrote anything, ${tooLate} more ended before the kill`;
    await annotate(`${KILLS} kills: ${sum}; ${spread}; run ${runTime | 0} ms, writing ${writingTime | 0} ms`);
    expect(old + counts.new + mixed).toBe(KILLS);
    if (KILLS >= 100) expect(Math.min(old, counts.new, mixed, leftovers)).toBeGreaterThan(0);
  });
});

/** Looks at what a killed run has left, and repairs it. Comes back with the version that is there then. */
async function lookAt(
  old: Version,
  next: Version,
  counts: Counts,
  repair: Version,
  isEdited: boolean,
): Promise<Version> {
  const found = versionOf(await textsIn(output), workshop);
  const left = (await claims(output)).length;
  counts.leftovers += left;
  if (found === old || found === next) {
    counts[found === old ? 'old' : 'new'] += 1;
    if (found === old && left === 0) counts.first += 1;
    if (left === 0) return found;
    expect((await workshop.check(found, 'out')).exit).toBe(0);
    return repaired(repair);
  }
  expect(found).toBe('mixed');
  counts.mixed += 1;
  for (const version of [old, next]) {
    const { exit, stderr, stdout } = await workshop.check(version, 'out');
    expect({ exit, stderr, stdout }).toEqual({
      exit: 1,
      stderr: expect.stringContaining('stale: run refundgen generate.'),
      stdout: expect.stringMatching(/^✗ (missing|changed|orphaned) +out\//),
    });
  }
  return isEdited ? repairedWithEdit(repair) : repaired(repair);
}

async function repaired(version: Version): Promise<Version> {
  const { exit, stderr } = await workshop.generate(version, 'out');
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(await textsIn(output)).toEqual(workshop.wanted[version]);
  expect(await claims(output)).toEqual([]);
  return version;
}

/** A file that somebody edits in the mixed output is not lost without a word. */
async function repairedWithEdit(version: Version): Promise<Version> {
  const file = 'acme/client.ts';
  await put(output, file, `${await read(output, file)}// by hand\n`);
  const { exit, stderr } = await workshop.generate(version, 'out');
  expect({ exit, stderr }).toEqual({
    exit: 0,
    stderr: expect.stringMatching(/^warning R050 out\/acme\/client\.ts was changed by hand since it was generated/),
  });
  expect(await textsIn(output)).toEqual(workshop.wanted[version]);
  return version;
}

describe('two runs of the command line at once', () => {
  const ROUNDS = Math.ceil(KILLS / 10);

  test(`end well both, and leave the output of one, ${ROUNDS} times`, async ({ annotate }) => {
    const random = randomFrom(SEED);
    const winners = new Map<Version | 'mixed', number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const pair: readonly Version[] = round % 4 === 0 ? ['second', 'second'] : ['first', 'third'];
      await repaired('second');
      if (random() < 0.3) await rm(output, { recursive: true });
      const ends = await Promise.all(pair.map((version) => workshop.generate(version, 'out')));
      expect(ends.map(({ exit, stderr }) => ({ exit, stderr }))).toEqual(pair.map(() => ({ exit: 0, stderr: '' })));
      const found = versionOf(await textsIn(output), workshop);
      expect(pair).toContain(found);
      expect(await claims(output)).toEqual([]);
      winners.set(found, (winners.get(found) ?? 0) + 1);
    }
    await annotate(`${ROUNDS} pairs: ${[...winners].map(([version, count]) => `${count} ${version}`).join(', ')}`);
  });

  test(`of which one is killed: the other ends well, ${ROUNDS} times`, async ({ annotate }) => {
    const random = randomFrom(SEED + 1);
    const found = new Map<string, number>();
    const { writing } = await measured('second');
    for (let round = 0; round < ROUNDS; round += 1) {
      await repaired('second');
      const victim = start('first');
      const other = workshop.generate('third', 'out');
      const since = await seenWriting(victim);
      await until(since + random() * writing * 2);
      victim.kill('SIGKILL');
      await ended(victim);
      const { exit, stderr } = await other;
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
      const version = versionOf(await textsIn(output), workshop);
      if (version === 'mixed') expect((await workshop.check('third', 'out')).exit).toBe(1);
      found.set(version, (found.get(version) ?? 0) + 1);
    }
    await annotate(`${ROUNDS} pairs, one killed: ${[...found].map((entry) => entry.join(' ')).join(', ')}`);
  });
});
