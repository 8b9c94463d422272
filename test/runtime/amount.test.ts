import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AmountFormat,
  type Exponents,
  exponentOf,
  readAmount,
  writeAmount,
} from '../../templates/runtime/amount.js';
import { amount as amountAt } from '../../templates/runtime/answer.js';
import { parseDecimal } from '../../templates/runtime/decimal.js';
import { type Currency, ISO_4217, isCurrency } from '../../templates/runtime/iso4217.js';
import { ExactNumber, parseJson, stringifyJson } from '../../templates/runtime/json.js';
import { money } from '../../templates/runtime/money.js';

const CURRENCIES = Object.keys(ISO_4217).filter(isCurrency);
const UNITS: readonly AmountFormat['unit'][] = ['minor', 'major'];
const ENCODINGS: readonly AmountFormat['encoding'][] = ['integer', 'number', 'string'];
const FORMATS: readonly AmountFormat[] = UNITS.flatMap((unit) => ENCODINGS.map((encoding) => ({ unit, encoding })));
const ISO: Exponents = { overrides: {}, unknown: [] };
const LIMIT = 2n ** 63n;
const minorUnits = fc.bigInt({ min: -LIMIT, max: LIMIT });
const anyCurrency = fc.constantFrom(...CURRENCIES);
const anyFormat = fc.constantFrom(...FORMATS);

function written(currency: Currency, minor: bigint, format: AmountFormat, exponents: Exponents): string | undefined {
  const { wire } = writeAmount(money(currency, minor), format, exponents);
  if (wire === undefined) return undefined;
  expect(wire instanceof ExactNumber).toBe(format.encoding !== 'string');
  return wire instanceof ExactNumber ? wire.text : wire;
}

describe('decimal', () => {
  test.each([
    ['1.5e3', 2, 150000n],
    ['1.5E+3', 0, 1500n],
    ['15e-1', 2, 150n],
    ['1e2', 0, 100n],
    ['12.5', 2, 1250n],
    ['12.5000', 2, 1250n],
    ['0', 2, 0n],
    ['-0', 2, 0n],
    ['-0.01', 2, -1n],
    ['0.1', 2, 10n],
    ['9007199254740993', 0, 9007199254740993n],
    ['90071992547409.93', 2, 9007199254740993n],
  ])('%s with %i digits', (text, digits, units) => {
    expect(parseDecimal(text, digits)).toBe(units);
  });

  test.each([
    ['0.001', 2],
    ['12.345', 2],
    ['1e-3', 2],
    ['0.5', 0],
    ['1.00001', 4],
    ['-0.5', 0],
  ])('%s is finer than %i digits', (text, digits) => {
    expect(parseDecimal(text, digits)).toBeUndefined();
  });

  // 10n ** 999999999n would take minutes, or all memory.
  test('a huge exponent is refused at once', () => {
    for (const text of ['1e999999999', '1e-999999999', '0e999999999', `1e${'9'.repeat(30)}`]) {
      expect(parseDecimal(text, 2)).toBeUndefined();
    }
  });
});

describe('amount', () => {
  test('an amount survives the JSON of request and answer', () => {
    fc.assert(
      fc.property(minorUnits, anyCurrency, anyFormat, (minor, currency, format) => {
        const { wire } = writeAmount(money(currency, minor), format, ISO);
        if (wire === undefined) return;
        const json = parseJson(stringifyJson({ data: [{ amount: wire, currency: currency.toLowerCase() }] }));
        if (json === undefined) throw new Error('the request is no JSON');
        const read = amountAt(json, ['data', '0', 'amount'], ['data', '0', 'currency'], { ...format, exponents: ISO });
        expect([read.currency, read.minor]).toEqual([currency, minor]);
      }),
    );
  });

  describe('whole major units in an integer field', () => {
    const format: AmountFormat = { unit: 'major', encoding: 'integer' };

    test('a fraction is refused', () => {
      fc.assert(
        fc.property(minorUnits, anyCurrency, (minor, currency) => {
          fc.pre(minor % 10n ** BigInt(ISO_4217[currency]) !== 0n);
          expect(writeAmount(money(currency, minor), format, ISO).problem).toContain('fraction');
        }),
      );
    });

    test('a whole amount goes out whole', () => {
      fc.assert(
        fc.property(fc.bigInt({ min: 1n, max: 2n ** 53n }), anyCurrency, (whole, currency) => {
          const minor = whole * 10n ** BigInt(ISO_4217[currency]);
          expect(written(currency, minor, format, ISO)).toBe(whole.toString());
          expect(readAmount(whole.toString(), currency, format, ISO)?.minor).toBe(minor);
        }),
      );
    });
  });

  describe('digits of the provider', () => {
    test.each([
      ['HUF', 100n, 0, '1'],
      ['ISK', 5n, 2, '500'],
      ['CLP', 5000n, 2, '500000'],
      ['CVE', 1200n, 0, '12'],
      ['UGX', 7n, 2, '700'],
      ['USD', 1n, 4, '100'],
      ['KWD', 1230n, 2, '123'],
      ['CLF', 12300n, 2, '123'],
    ] as const)('%s %s with %i digits is %s', (currency, minor, digits, wire) => {
      const exponents: Exponents = { overrides: { [currency]: digits }, unknown: [] };
      expect(written(currency, minor, { unit: 'minor', encoding: 'integer' }, exponents)).toBe(wire);
    });

    test.each([
      ['HUF', 150n, 0],
      ['KWD', 1234n, 2],
      ['USD', 1n, 1],
    ] as const)('%s %s does not fit %i digits, and says so', (currency, minor, digits) => {
      const exponents: Exponents = { overrides: { [currency]: digits }, unknown: [] };
      const { problem } = writeAmount(money(currency, minor), { unit: 'minor', encoding: 'integer' }, exponents);
      expect(problem).toContain(currency);
      expect(problem).toContain(String(digits));
    });

    test('an answer finer than ISO 4217 is not rounded', () => {
      const exponents: Exponents = { overrides: { CLP: 2 }, unknown: [] };
      expect(readAmount('12345', 'CLP', { unit: 'minor', encoding: 'integer' }, exponents)).toBeUndefined();
      expect(readAmount('123.45', 'CLP', { unit: 'major', encoding: 'number' }, exponents)).toBeUndefined();
      expect(readAmount('12300', 'CLP', { unit: 'minor', encoding: 'integer' }, exponents)?.minor).toBe(123n);
    });

    test('no override is taken for another currency', () => {
      expect(exponentOf('EUR', { overrides: { USD: 0 }, unknown: [] })).toBe(2);
      expect(exponentOf('USD', { overrides: { USD: 0 }, unknown: [] })).toBe(0);
    });
  });

  describe('a currency that nobody knows', () => {
    test('is refused in both directions', () => {
      fc.assert(
        fc.property(anyCurrency, anyFormat, (currency, format) => {
          const exponents: Exponents = { overrides: { [currency]: 2 }, unknown: [currency] };
          expect(exponentOf(currency, exponents)).toBeUndefined();
          expect(writeAmount(money(currency, 100n), format, exponents).problem).toContain(currency);
          expect(readAmount('100', currency, format, exponents)).toBeUndefined();
        }),
      );
    });

    test('has no default of 2', () => {
      const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
      const code = fc.array(letters, { minLength: 3, maxLength: 3 }).map((parts) => parts.join(''));
      fc.assert(
        fc.property(code, anyFormat, (unknown, format) => {
          fc.pre(!isCurrency(unknown));
          expect(readAmount('100', unknown, format, ISO)).toBeUndefined();
        }),
      );
    });

    test.each([
      '',
      'US',
      'USDT',
      ' USD',
      'USD ',
      '$',
      '840',
      'XXX',
      'XAU',
      'XTS',
      'toString',
      '__proto__',
      'constructor',
    ])('%j is not read', (code) => {
      for (const format of FORMATS) expect(readAmount('100', code, format, ISO)).toBeUndefined();
    });

    // Reflect.apply: what a caller without TypeScript can make by hand, and money() would refuse.
    test.each(['XXX', 'usd', '', 'toString', '__proto__'])('%j has no digits', (currency) => {
      expect(Reflect.apply(exponentOf, undefined, [currency, ISO])).toBeUndefined();
      for (const format of FORMATS) {
        const written = Reflect.apply(writeAmount, undefined, [{ currency, minor: 100n }, format, ISO]);
        expect(written).toEqual({ problem: expect.stringContaining('not known') });
      }
    });

    // 'ſ' and 'ı' become S and I in upper case.
    test.each(['ſek', 'uſd', 'ınr', 'ıSK'])('%s only looks like a code', (code) => {
      expect(readAmount('100', code, { unit: 'minor', encoding: 'integer' }, ISO)).toBeUndefined();
    });
  });

  describe('tokens', () => {
    test.each(['12.00', '12.0', '0.5', '1e3', '1.2e3', '12.'])(
      '%s in a field of minor units is not understood',
      (token) => {
        for (const encoding of ENCODINGS) {
          for (const currency of CURRENCIES) {
            expect(readAmount(token, currency, { unit: 'minor', encoding }, ISO)).toBeUndefined();
          }
        }
      },
    );

    test.each([
      ['12.50', 'USD', 1250n],
      ['12.5', 'usd', 1250n],
      ['12', 'Usd', 1200n],
      ['1.5e3', 'USD', 150000n],
      ['12.00', 'JPY', 12n],
      ['0.001', 'KWD', 1n],
      ['90071992547409.93', 'EUR', 9007199254740993n],
      ['92233720368547758.08', 'EUR', LIMIT],
      ['145.05', 'USD', 14505n],
    ])('%s %s in major units', (token, currency, minor) => {
      expect(readAmount(token, currency, { unit: 'major', encoding: 'number' }, ISO)?.minor).toBe(minor);
    });

    test.each([
      ['12.505', 'USD'],
      ['12.5', 'JPY'],
      ['0.0001', 'KWD'],
      ['1e-3', 'USD'],
    ])('%s %s is too fine to be money', (token, currency) => {
      expect(readAmount(token, currency, { unit: 'major', encoding: 'number' }, ISO)).toBeUndefined();
    });

    test('a number above 2^53 is read from its digits', () => {
      const json = parseJson('{"amount":9007199254740993,"total":90071992547409.93}');
      if (json === undefined) throw new Error('no JSON');
      const minor = { unit: 'minor', encoding: 'integer', exponents: ISO } as const;
      const major = { unit: 'major', encoding: 'number', exponents: ISO } as const;
      expect(amountAt(json, ['amount'], 'JPY', minor).minor).toBe(9007199254740993n);
      expect(amountAt(json, ['total'], 'EUR', major).minor).toBe(9007199254740993n);
    });

    test('a text is no number, and a number is no text', () => {
      const json = parseJson('{"text":"100","number":100,"flag":true,"none":null}');
      if (json === undefined) throw new Error('no JSON');
      const number = { unit: 'minor', encoding: 'integer', exponents: ISO } as const;
      const text = { unit: 'minor', encoding: 'string', exponents: ISO } as const;
      expect(amountAt(json, ['number'], 'USD', number).minor).toBe(100n);
      expect(amountAt(json, ['text'], 'USD', text).minor).toBe(100n);
      for (const key of ['text', 'flag', 'none', 'missing']) {
        expect(() => amountAt(json, [key], 'USD', number)).toThrow(key);
      }
      for (const key of ['number', 'flag', 'none', 'missing']) {
        expect(() => amountAt(json, [key], 'USD', text)).toThrow(key);
      }
      expect(() => amountAt(json, ['number'], undefined, number)).toThrow('currency');
    });
  });
});
