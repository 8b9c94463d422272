import { data } from 'currency-codes';
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
import { formatDecimal, parseDecimal, rescale } from '../../templates/runtime/decimal.js';
import { type Currency, ISO_4217, isCurrency } from '../../templates/runtime/iso4217.js';
import { ExactNumber, parseJson, stringifyJson } from '../../templates/runtime/json.js';
import { formatMoney, full, money, parseMoney, partial } from '../../templates/runtime/money.js';

const CURRENCIES = Object.keys(ISO_4217).filter(isCurrency);
const UNITS: readonly AmountFormat['unit'][] = ['minor', 'major'];
const ENCODINGS: readonly AmountFormat['encoding'][] = ['integer', 'number', 'string'];
const FORMATS: readonly AmountFormat[] = UNITS.flatMap((unit) => ENCODINGS.map((encoding) => ({ unit, encoding })));
const ISO: Exponents = { overrides: {}, unknown: [] };
const LIMIT = 2n ** 63n;
const minorUnits = fc.bigInt({ min: -LIMIT, max: LIMIT });
const anyCurrency = fc.constantFrom(...CURRENCIES);
const anyFormat = fc.constantFrom(...FORMATS);

/** What is no decimal number, in the eyes of anyone who has to pay it. */
const GARBAGE = [
  '',
  ' ',
  ' 1',
  '1 ',
  '1\n',
  '\t1',
  '1\u0000',
  '\u00a01',
  '１',
  '١',
  '\u22121',
  '0x10',
  '0b1',
  '1n',
  '+1',
  '--1',
  '-',
  '1.',
  '.5',
  '1.2.3',
  '1,5',
  '1,000.00',
  '1_000',
  '1e',
  'e5',
  '1e1.5',
  '1e999999999',
  '1e-999999999',
  '-1e99999999999999999999',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  'true',
  '[1]',
  '$1',
  '1 USD',
  '9'.repeat(41),
  `1.${'0'.repeat(60)}`,
];

/** Decimal text of minor units, made without the code under test. */
function majorText(minor: bigint, digits: number): string {
  const size = minor < 0n ? -minor : minor;
  const unit = 10n ** BigInt(digits);
  const fraction = digits === 0 ? '' : `.${(size % unit).toString().padStart(digits, '0')}`;
  return `${minor < 0n ? '-' : ''}${size / unit}${fraction}`;
}

function written(currency: Currency, minor: bigint, format: AmountFormat, exponents: Exponents): string | undefined {
  const { wire } = writeAmount(money(currency, minor), format, exponents);
  if (wire === undefined) return undefined;
  expect(wire instanceof ExactNumber).toBe(format.encoding !== 'string');
  return wire instanceof ExactNumber ? wire.text : wire;
}

describe('ISO 4217', () => {
  const published = new Map(data.map(({ code, digits }) => [code, digits]));
  /** Metals, units of account, test and "no currency": ISO 4217 gives them no minor unit. */
  const NO_MINOR_UNIT = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ');

  test.each(CURRENCIES.filter((code) => code !== 'XCG'))('%s has the published digits', (code) => {
    expect(ISO_4217[code]).toBe(published.get(code));
  });

  test('XCG has 2 digits, as ANG before it', () => {
    expect(ISO_4217.XCG).toBe(ISO_4217.ANG);
  });

  test('has every published code with a minor unit, and no other', () => {
    const wanted = [...published.keys()].filter((code) => !NO_MINOR_UNIT.includes(code));
    expect([...CURRENCIES].sort()).toEqual([...wanted, 'XCG'].sort());
  });

  test('is not what Intl says', () => {
    expect(ISO_4217).toMatchObject({ HUF: 2, IDR: 2, COP: 2, IQD: 3, AFN: 2, LBP: 2, ALL: 2, PKR: 2, MMK: 2, LYD: 3 });
  });

  test.each(['usd', 'Usd', ' USD', 'XXX', 'XAU', '', 'toString', '__proto__', 840, null, undefined])(
    'isCurrency(%j) is false',
    (code) => {
      expect(isCurrency(code)).toBe(false);
    },
  );
});

describe('decimal', () => {
  test('format and parse are inverse', () => {
    fc.assert(
      fc.property(minorUnits, fc.nat(8), (units, digits) => {
        const text = formatDecimal(units, digits);
        expect(text).toBe(majorText(units, digits));
        expect(parseDecimal(text, digits)).toBe(units);
      }),
    );
  });

  test('an exponent moves the point, whichever way it is written', () => {
    fc.assert(
      fc.property(minorUnits, fc.nat(6), fc.nat(6), fc.constantFrom('e', 'E'), (units, digits, up, e) => {
        expect(parseDecimal(`${units}${e}${up}`, digits)).toBe(units * 10n ** BigInt(up + digits));
        expect(parseDecimal(`${units}${e}+${up}`, 0)).toBe(units * 10n ** BigInt(up));
        expect(parseDecimal(`${formatDecimal(units, digits)}${e}${digits}`, 0)).toBe(units);
        expect(parseDecimal(`${units}${e}-${digits}`, digits)).toBe(units);
      }),
    );
  });

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
  ])('%s is finer than %i digits', (text, digits) => {
    expect(parseDecimal(text, digits)).toBeUndefined();
  });

  test.each(GARBAGE)('%j is no number', (text) => {
    for (const digits of [0, 2, 3, 4]) expect(parseDecimal(text, digits)).toBeUndefined();
  });

  // 10n ** 999999999n would take minutes, or all memory.
  test('a huge exponent is refused at once', () => {
    for (const text of ['1e999999999', '1e-999999999', '0e999999999', `1e${'9'.repeat(30)}`]) {
      expect(parseDecimal(text, 2)).toBeUndefined();
    }
  });

  test('rescale is exact or refuses', () => {
    fc.assert(
      fc.property(minorUnits, fc.nat(6), (units, shift) => {
        expect(rescale(units * 10n ** BigInt(shift), -shift)).toBe(units);
        expect(rescale(units, shift)).toBe(units * 10n ** BigInt(shift));
        if (shift > 0) expect(rescale(units * 10n ** BigInt(shift) + 1n, -shift)).toBeUndefined();
      }),
    );
  });
});

describe('amount', () => {
  test('write and read are inverse for every currency, unit and encoding', () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        for (const currency of CURRENCIES) {
          for (const format of FORMATS) {
            if (format.unit === 'major' && format.encoding === 'integer') continue;
            const text = written(currency, minor, format, ISO);
            expect(text).toBe(format.unit === 'minor' ? minor.toString() : majorText(minor, ISO_4217[currency]));
            const read = text === undefined ? undefined : readAmount(text, currency, format, ISO);
            expect([read?.currency, read?.minor]).toEqual([currency, minor]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('write and read are inverse at the edges', () => {
    const edges = [
      0n,
      1n,
      -1n,
      9n,
      10n,
      99n,
      100n,
      1000n,
      2n ** 53n - 1n,
      2n ** 53n,
      2n ** 53n + 1n,
      LIMIT - 1n,
      LIMIT,
    ];
    for (const currency of CURRENCIES) {
      for (const format of FORMATS) {
        if (format.unit === 'major' && format.encoding === 'integer') continue;
        for (const minor of edges) {
          const text = written(currency, minor, format, ISO);
          expect(readAmount(text ?? '', currency, format, ISO)?.minor).toBe(minor);
        }
      }
    }
  });

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
    test('are taken instead of ISO 4217, and nothing is rounded', () => {
      fc.assert(
        fc.property(minorUnits, anyCurrency, fc.nat(6), anyFormat, (minor, currency, digits, format) => {
          if (format.unit === 'major' && format.encoding === 'integer') return;
          const exponents: Exponents = { overrides: { [currency]: digits }, unknown: [] };
          const iso = ISO_4217[currency];
          const text = written(currency, minor, format, exponents);
          const lost = digits < iso && minor % 10n ** BigInt(iso - digits) !== 0n;
          expect(text === undefined).toBe(lost);
          if (text === undefined) return;
          const units = digits < iso ? minor / 10n ** BigInt(iso - digits) : minor * 10n ** BigInt(digits - iso);
          expect(text).toBe(format.unit === 'minor' ? units.toString() : majorText(units, digits));
          expect(readAmount(text, currency, format, exponents)?.minor).toBe(minor);
        }),
      );
    });

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

    test.each(GARBAGE)('%j is not read', (token) => {
      for (const currency of ['USD', 'JPY', 'KWD', 'CLF']) {
        for (const format of FORMATS) expect(readAmount(token, currency, format, ISO)).toBeUndefined();
      }
    });

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

describe('money', () => {
  test('parse and format are inverse for every currency', () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        for (const currency of CURRENCIES) {
          const text = formatMoney(money(currency, minor));
          expect(text).toBe(majorText(minor, ISO_4217[currency]));
          expect(parseMoney(currency, text).minor).toBe(minor);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['USD', '12.505'],
    ['JPY', '0.5'],
    ['EUR', '12,50'],
    ['EUR', ''],
    ['EUR', '1e999999999'],
  ] as const)('parseMoney(%s, %j) throws', (currency, text) => {
    expect(() => parseMoney(currency, text)).toThrow(RangeError);
    expect(() => parseMoney(currency, text)).toThrow(currency);
  });

  // Reflect.apply: what a caller without TypeScript can do.
  test.each([
    ['usd', 100n],
    ['XXX', 100n],
    ['', 100n],
    [undefined, 100n],
    ['toString', 100n],
    ['USD', 100],
    ['USD', 12.5],
    ['USD', '100'],
    ['USD', null],
    ['USD', undefined],
  ])('money(%j, %s) throws', (currency, minor) => {
    expect(() => Reflect.apply(money, undefined, [currency, minor])).toThrow(RangeError);
  });

  test('parseMoney refuses an unknown currency', () => {
    expect(() => Reflect.apply(parseMoney, undefined, ['usd', '1.00'])).toThrow(RangeError);
    expect(() => Reflect.apply(parseMoney, undefined, ['XXX', '1.00'])).toThrow(RangeError);
  });

  test.each([[12.5], [1e21], [0], [null], [undefined], [['5']]])('parseMoney takes text, not %j', (value) => {
    expect(() => Reflect.apply(parseMoney, undefined, ['USD', value])).toThrow();
  });

  test('is JSON and text', () => {
    expect(JSON.stringify({ money: money('USD', 1250n) })).toBe('{"money":{"currency":"USD","amount":"12.50"}}');
    expect(JSON.stringify(money('JPY', 1250n))).toBe('{"currency":"JPY","amount":"1250"}');
    expect(JSON.stringify(money('KWD', -5n))).toBe('{"currency":"KWD","amount":"-0.005"}');
    expect(String(money('USD', 1250n))).toBe('12.50 USD');
    expect(`${money('CLF', 1n)}`).toBe('0.0001 CLF');
  });

  test('cannot be changed', () => {
    const amount = money('USD', 1250n);
    expect(Reflect.set(amount, 'minor', 1n)).toBe(false);
    expect(amount.minor).toBe(1250n);
  });

  test('full and partial are told apart', () => {
    const amount = money('USD', 1250n);
    expect(full()).toEqual({ kind: 'full' });
    expect(full(amount)).toEqual({ kind: 'full', expect: amount });
    expect(partial(amount)).toEqual({ kind: 'partial', money: amount });
  });
});
