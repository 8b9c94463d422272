import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDecimal, parseDecimal, rescale } from '../../templates/runtime/decimal.js';
import { formatMoney, money, parseMoney } from '../../templates/runtime/money.js';
import { CURRENCIES, wantedText } from './money-expected.js';
import { EDGES, faultsOf, pairFaultsOf, readFaultsOf, readMinor, WRITINGS } from './money-laws.js';
import { anyToken, KNOWN_TOKENS } from './money-tokens.js';

// Amounts of every size alike: few digits, many, and what lies between.
const anyMinor = fc.nat(30).chain((size) => fc.bigInt({ min: 1n, max: 10n ** BigInt(size) * 9n }));
const anySigned = fc.tuple(anyMinor, fc.boolean()).map(([minor, isNegative]) => (isNegative ? -minor : minor));
const anyWriting = fc.constantFrom(...WRITINGS);
const anyCurrency = fc.constantFrom(...CURRENCIES);

describe('an amount that is written and read again', () => {
  test('is the same, digit by digit, in every currency, unit, encoding and number of digits', () => {
    for (const writing of WRITINGS) for (const minor of EDGES) expect(faultsOf(writing, minor)).toEqual([]);
  });

  test('is the same whatever it is', () => {
    const law = fc.property(anyWriting, anyMinor, (writing, minor) => {
      expect(faultsOf(writing, minor)).toEqual([]);
    });
    fc.assert(law, { numRuns: 4000 });
  });

  test('keeps its order, and has a form of its own', () => {
    const near = fc
      .tuple(anyMinor, fc.bigInt({ min: -1000n, max: 1000n }))
      .map(([one, by]) => [one, one + by] as const);
    const pair = fc.oneof(near, fc.tuple(anyMinor, anyMinor));
    const law = fc.property(anyWriting, pair, (writing, [one, other]) => {
      expect(pairFaultsOf(writing, one, other)).toEqual([]);
    });
    fc.assert(law, { numRuns: 3000 });
  });
});

describe('a token of an answer', () => {
  test('that is known to mislead is read as what it says, or not at all', () => {
    const some = WRITINGS.filter(({ currency }) => ['USD', 'JPY', 'KWD', 'CLF', 'HUF'].includes(currency));
    for (const writing of some) {
      for (const token of KNOWN_TOKENS) expect(readFaultsOf(writing, token)).toEqual([]);
    }
  });

  test('is read as what it says, or not at all', () => {
    const law = fc.property(anyWriting, anyToken, (writing, token) => {
      expect(readFaultsOf(writing, token)).toEqual([]);
    });
    fc.assert(law, { numRuns: 8000 });
  });
});

describe('decimal text', () => {
  test('of money is parsed and formatted exactly in every currency', () => {
    for (const currency of CURRENCIES) {
      for (const minor of EDGES.flatMap((edge) => [edge, -edge])) {
        const text = wantedText(currency, minor);
        expect(formatMoney(money(currency, minor))).toBe(text);
        expect(parseMoney(currency, text).minor).toBe(minor);
      }
    }
  });

  test('of money is parsed exactly, or refused', () => {
    const law = fc.property(anyCurrency, anyToken, (currency, token) => {
      const writing = { currency, format: { unit: 'major', encoding: 'string' }, override: undefined } as const;
      expect(readFaultsOf(writing, token)).toEqual([]);
      const read = parsed(() => parseMoney(currency, token).minor);
      expect([token, read]).toEqual([token, readMinor(writing, token)]);
      // What is read by its exponent may be longer than any text that is read.
      if (read === undefined || read.toString().length > 34) return;
      expect(parseMoney(currency, formatMoney(money(currency, read))).minor).toBe(read);
    });
    fc.assert(law, { numRuns: 2000 });
  });

  test('with an exponent has its point moved, whichever way it is written', () => {
    const law = fc.property(anySigned, fc.nat(6), fc.nat(6), fc.constantFrom('e', 'E'), (units, digits, up, e) => {
      expect(parseDecimal(`${units}${e}${up}`, digits)).toBe(units * 10n ** BigInt(up + digits));
      expect(parseDecimal(`${units}${e}+${up}`, 0)).toBe(units * 10n ** BigInt(up));
      expect(parseDecimal(`${units}${e}-${digits}`, digits)).toBe(units);
      expect(parseDecimal(`${formatDecimal(units, digits)}${e}${digits}`, 0)).toBe(units);
    });
    fc.assert(law);
  });

  test('is rescaled exactly, or refused', () => {
    const law = fc.property(anySigned, fc.nat(6), (units, shift) => {
      expect(rescale(units * 10n ** BigInt(shift), -shift)).toBe(units);
      expect(rescale(units, shift)).toBe(units * 10n ** BigInt(shift));
      if (shift > 0) expect(rescale(units * 10n ** BigInt(shift) + 1n, -shift)).toBeUndefined();
    });
    fc.assert(law);
  });
});

/** What is not understood is thrown, as a RangeError and nothing else. */
function parsed(run: () => bigint): bigint | undefined {
  try {
    return run();
  } catch (cause) {
    expect(cause).toBeInstanceOf(RangeError);
    return undefined;
  }
}
