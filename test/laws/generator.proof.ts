import { expect, test } from 'vitest';
import { describeFailure, type Report, runSeeds } from './run.js';

// Each seed is one document: REFUNDGEN_PROOF_SEED says which one is the first, REFUNDGEN_PROOF_RUNS how many there are.

const FROM = numberFrom('REFUNDGEN_PROOF_SEED', 1);
const RUNS = numberFrom('REFUNDGEN_PROOF_RUNS', 500);

/** A failure is made small in at most so many steps; each of them generates a client. */
const STEPS = 300;

function numberFrom(name: string, fallback: number): number {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1`);
  return value;
}

function shareOf({ counts }: Report, outcome: keyof Report['counts']): number {
  return counts[outcome] / RUNS;
}

test(`the ${RUNS} documents from seed ${FROM} become clients that keep the laws, or located problems`, async () => {
  const report = await runSeeds(FROM, RUNS);
  const seeds = new Map(report.failures.map((failure) => [failure.seed, failure]));
  const [first, ...others] = seeds.values();
  if (first !== undefined) {
    const more = others.map(({ fault, seed }) => `seed ${seed}: ${fault.slice(0, 300)}`);
    expect.fail([await describeFailure(first, STEPS), ...more].join('\n'));
  }
  // So few documents may be alike; of many, a good share has to become a normalized client.
  if (RUNS >= 100) expect(shareOf(report, 'normalized')).toBeGreaterThan(0.3);
});
