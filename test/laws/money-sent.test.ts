import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CURRENCIES } from './money-expected.js';
import { openCounter } from './money-sent.js';
import { expectExact } from './money-sent-laws.js';

const anyMinor = fc.nat(24).chain((size) => fc.bigInt({ min: 1n, max: 10n ** BigInt(size) * 9n }));

describe.each(['chip', 'medusa', 'piriod', 'wooshpay'] as const)('%s', (provider) => {
  test('gets the exact digits of an amount in every currency, and they are read back', async () => {
    const counter = await openCounter(provider);
    for (const currency of CURRENCIES) await expectExact(provider, counter, currency, 2n ** 63n);
    await counter.close();
  });

  test('gets the exact digits of any amount, and they are read back', async () => {
    const counter = await openCounter(provider);
    const law = fc.asyncProperty(fc.constantFrom(...CURRENCIES), anyMinor, (currency, minor) =>
      expectExact(provider, counter, currency, minor),
    );
    await fc.assert(law, { numRuns: 60 });
    await counter.close();
  });

  test.each([0n, -1n, -(2n ** 63n)])('gets nothing for %s', async (minor) => {
    const counter = await openCounter(provider);
    expect(await counter.refund('USD', minor)).toEqual({ kind: 'refused', body: undefined, minor: undefined });
    await counter.close();
  });
});
