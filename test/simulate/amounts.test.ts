import { Decimal } from 'decimal.js';
import { assert, bigInt, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromWire, isCurrency, toWire, type WireFormat } from '../../generator/simulate/amounts.js';

// Of ISO 4217, written down here: the table of the simulator is not its own judge.
const ISO = { EUR: 2, JPY: 0, KWD: 3, CLF: 4, MGA: 2 } as const;
const Exact = Decimal.clone({ precision: 200, toExpNeg: -200, toExpPos: 200 });

const currency = constantFrom(...(['EUR', 'JPY', 'KWD', 'CLF', 'MGA'] as const));
const unit = constantFrom('minor' as const, 'major' as const);
const encoding = constantFrom('integer' as const, 'number' as const, 'string' as const);
const digits = integer({ min: 0, max: 5 });
const minor = bigInt({ min: 0n, max: 10n ** 40n });

function formatWith(code: string, own: number, how: Omit<WireFormat, 'exponents'>): WireFormat {
  return { ...how, exponents: { overrides: [{ currency: code, digits: own }], unknown: [] } };
}

/** What an amount is in the units of the wire; `undefined` where these are too coarse. */
function judged(amount: bigint, code: keyof typeof ISO, own: number, format: WireFormat): Decimal | undefined {
  const major = new Exact(amount.toString()).div(new Exact(10).pow(ISO[code]));
  const units = major.mul(new Exact(10).pow(own));
  if (!units.isInteger()) return undefined;
  if (format.unit === 'minor') return units;
  return format.encoding === 'integer' && !major.isInteger() ? undefined : major;
}

describe('an amount', () => {
  test('is on the wire what decimal.js makes of it, whatever the unit, the encoding and the digits', () => {
    assert(
      property(minor, currency, unit, encoding, digits, (amount, code, of, as, own) => {
        const format = formatWith(code, own, { unit: of, encoding: as });
        const wanted = judged(amount, code, own, format);
        const written = toWire(amount, code, format);
        expect(written === undefined).toBe(wanted === undefined);
        if (written !== undefined && wanted !== undefined) expect(new Exact(written).eq(wanted)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is read as what was written', () => {
    assert(
      property(minor, currency, unit, encoding, digits, (amount, code, of, as, own) => {
        const format = formatWith(code, own, { unit: of, encoding: as });
        const written = toWire(amount, code, format);
        if (written !== undefined) expect(fromWire(written, code, format)).toBe(amount);
      }),
      { numRuns: 500 },
    );
  });

  test('in decimals is read exactly or not at all', () => {
    assert(
      property(minor, integer({ min: 0, max: 6 }), currency, digits, (amount, places, code, own) => {
        const format = formatWith(code, own, { unit: 'major', encoding: 'number' });
        const text = new Exact(amount.toString()).div(new Exact(10).pow(places)).toFixed(places);
        const wanted = new Exact(text).mul(new Exact(10).pow(ISO[code]));
        const isTaken = wanted.isInteger() && new Exact(text).mul(new Exact(10).pow(own)).isInteger();
        expect(fromWire(text, code, format)).toBe(isTaken ? BigInt(wanted.toFixed(0)) : undefined);
      }),
      { numRuns: 500 },
    );
  });

  const PLAIN: WireFormat = { unit: 'minor', encoding: 'integer', exponents: { overrides: [], unknown: ['BHD'] } };

  test.each(['', '-', '1.0', '1,000', '1e3', ' 1', '1 ', '+1', '0x1', '١', 'NaN', '--1', '1.', '.1'])(
    'is not what %j says in minor units',
    (text) => expect(fromWire(text, 'EUR', PLAIN)).toBeUndefined(),
  );

  test('cannot be written or read in a currency whose digits nobody knows, or that is none', () => {
    for (const code of ['BHD', 'ABC', '', 'constructor']) {
      expect(toWire(1n, code, PLAIN)).toBeUndefined();
      expect(fromWire('1', code, PLAIN)).toBeUndefined();
    }
  });

  test('has a currency by its three upper-case letters only', () => {
    expect(['EUR', 'JPY', 'eur', 'EURO', '978', '', 'ABC', 'constructor'].filter(isCurrency)).toEqual(['EUR', 'JPY']);
  });

  test('may be negative in an answer that lies', () => {
    expect(fromWire('-500', 'EUR', PLAIN)).toBe(-500n);
    expect(toWire(-5n, 'EUR', { ...PLAIN, unit: 'major', encoding: 'string' })).toBe('-0.05');
  });
});
