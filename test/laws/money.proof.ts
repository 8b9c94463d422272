import { describe, expect, test } from 'vitest';
import { randomFrom } from '../fixtures/shuffle.js';
import { CURRENCIES } from './money-expected.js';
import { EDGES, faultsOf, pairFaultsOf, WRITINGS } from './money-laws.js';
import { openCounter } from './money-sent.js';
import { expectExact } from './money-sent-laws.js';

// REFUNDGEN_PROOF_RUNS says how many random amounts there are in each way of writing; a tenth of them is really sent.
const RUNS = Number(process.env['REFUNDGEN_PROOF_RUNS'] ?? 200);
const SEED = Number(process.env['REFUNDGEN_PROOF_SEED'] ?? 4217);

/** An amount of up to so many digits, with as many small ones as large ones. */
function amountFrom(random: () => number, digits: number): bigint {
  const size = 1 + Math.floor(random() * digits);
  const text = Array.from({ length: size }, () => Math.floor(random() * 10)).join('');
  return BigInt(text) || 1n;
}

/** Amounts around a power of ten or of two: there, digits and exponents change. */
function amountNear(random: () => number): bigint {
  const base = random() < 0.5 ? 10n ** BigInt(Math.floor(random() * 31)) : 2n ** BigInt(Math.floor(random() * 100));
  const amount = base + BigInt(Math.floor(random() * 7) - 3);
  return amount > 0n ? amount : 1n;
}

describe(`every currency, unit, encoding and number of digits, of seed ${SEED}`, () => {
  test(`writes and reads ${RUNS} random amounts exactly`, async ({ annotate }) => {
    const random = randomFrom(SEED);
    const faults: string[] = [];
    let cases = 0;
    for (const writing of WRITINGS) {
      let last = 1n;
      for (let run = 0; run < RUNS + EDGES.length; run += 1) {
        const minor = EDGES[run] ?? (random() < 0.5 ? amountFrom(random, 30) : amountNear(random));
        faults.push(...faultsOf(writing, minor), ...pairFaultsOf(writing, minor, last));
        last = minor;
        cases += 1;
      }
    }
    await annotate(`${WRITINGS.length} ways to write, ${cases} amounts, ${faults.length} faults`);
    expect(faults.slice(0, 10)).toEqual([]);
  });

  test.each(['chip', 'medusa', 'piriod', 'wooshpay'] as const)('goes out of %s exactly', async (provider) => {
    const random = randomFrom(SEED);
    const counter = await openCounter(provider);
    for (const currency of CURRENCIES) {
      for (let run = 0; run < RUNS / 10; run += 1) {
        await expectExact(provider, counter, currency, run % 2 === 0 ? amountFrom(random, 24) : amountNear(random));
      }
    }
    await counter.close();
  });
});
