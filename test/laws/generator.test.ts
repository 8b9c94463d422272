import { describe, expect, test } from 'vitest';
import { describeFailure, runSeeds } from './run.js';

// A short part of what generator.proof.ts holds for as many documents as one likes.

const FROM = 1;
const RUNS = 10;

describe('random OpenAPI documents of every version', () => {
  test('become a client that keeps the laws, or located problems', async () => {
    const { counts, failures } = await runSeeds(FROM, RUNS);
    const [first] = failures;
    if (first !== undefined) expect.fail(await describeFailure(first, 40));
    // Laws of clients are empty where no document becomes one.
    expect(counts.normalized).toBeGreaterThan(0);
    expect(counts.native).toBeGreaterThan(0);
    expect(counts.problem).toBeGreaterThan(0);
  }, 600_000);
});
