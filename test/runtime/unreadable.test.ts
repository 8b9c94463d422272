import { describe, expect, test } from 'vitest';
import { writeAmount } from '../../templates/runtime/amount.js';
import {
  amount,
  canonicalId,
  classify,
  count,
  detail,
  identifier,
  instant,
  integer,
  maybe,
  optionalText,
  requiredScalar,
  scalarText,
  text,
  UnreadableError,
  valueAt,
} from '../../templates/runtime/answer.js';
import { parseDecimal } from '../../templates/runtime/decimal.js';
import { type Json, parseJson } from '../../templates/runtime/json.js';
import { full, money, parseMoney } from '../../templates/runtime/money.js';

const MINOR = { unit: 'minor', encoding: 'integer', exponents: { overrides: {}, unknown: [] } } as const;
const TEXT = { unit: 'major', encoding: 'string', exponents: { overrides: {}, unknown: [] } } as const;

/** The value as a field of an answer, written as it is. */
function body(value: string): Json {
  const parsed = parseJson(`{"data":{"field":${value}}}`);
  if (parsed === undefined) throw new Error('it is no JSON');
  return parsed;
}

const PATH = ['data', 'field'];

type Reader = (body: Json, path: readonly string[]) => unknown;

const asAmount: Reader = (json, path) => amount(json, path, 'USD', MINOR);
const asText: Reader = (json, path) => amount(json, path, 'USD', TEXT);
const asDate: Reader = (json, path) => instant(json, path, 'date-time');
const asSeconds: Reader = (json, path) => instant(json, path, 'unix-seconds');

describe('what cannot be read is named by its place and by what was wanted', () => {
  test.each<[string, Reader, readonly string[], string]>([
    ['a text', text, ['null', '""', '5', '["x"]', '{}', 'true'], 'a text'],
    ['an integer', integer, ['null', '"5"', '5.5', '9007199254740992', '[5]'], 'an integer'],
    ['an id', identifier, ['null', '""', '5.5', '-5', '1e3', 'true', '["x"]'], 'an id'],
    ['an amount', asAmount, ['null', '"1250"', '12.50', '1e3', '[1250]'], 'an amount of USD in minor units'],
    ['an amount as text', asText, ['12.50', '"12.505"', '"x"', '""', 'null'], 'an amount of USD in major units'],
    ['an instant', asDate, ['null', '5', '"2026"', '"2026-13-01T00:00:00Z"', '"x2026-01-01T00:00:00Z"'], 'date-time'],
    ['seconds', asSeconds, ['null', '"5"', '5.5', '8640000000001'], 'unix-seconds'],
    ['a list', count, ['null', '5', '{}'], 'a list'],
    ['a status', requiredScalar, ['null', '""', '{}', '[]'], 'a status'],
  ])('%s', (_, read, values, wanted) => {
    for (const value of values) {
      const reading = (): unknown => read(body(value), PATH);
      expect(reading, value).toThrow(UnreadableError);
      expect(reading, value).toThrow(new RegExp(`^data\\.field is not .*${wanted}`));
    }
  });

  test('the answer as a whole', () => {
    expect(() => text(body('5'), [])).toThrow('the answer is not a text');
  });

  test('an amount whose currency nobody tells', () => {
    expect(() => amount(body('5'), PATH, undefined, MINOR)).toThrow(/^data\.field .*currency is not known/);
    expect(() => amount(body('5'), PATH, ['data', 'currency'], MINOR)).toThrow('data.currency is not a text');
    expect(() => amount(body('5'), PATH, 'BTC', MINOR)).toThrow('an amount of BTC in minor units');
  });
});

describe('what can be read', () => {
  test.each<[Reader, string, unknown]>([
    [text, '" "', ' '],
    [integer, '-9007199254740991', -9007199254740991],
    [identifier, '"0x"', '0x'],
    [identifier, '90071992547409931', '90071992547409931'],
    [asDate, '"2026-01-02t03:04:05Z"', new Date(Date.UTC(2026, 0, 2, 3, 4, 5))],
    [asDate, '"2026-01-02 03:04:05Z"', new Date(Date.UTC(2026, 0, 2, 3, 4, 5))],
    [asSeconds, '0', new Date(0)],
    [asSeconds, '1767323045', new Date(1767323045000)],
    [requiredScalar, 'false', 'false'],
    [requiredScalar, '1.50', '1.50'],
    [scalarText, '"x"', 'x'],
    [optionalText, '""', ''],
    [optionalText, '5', undefined],
    [count, '[null]', 1],
  ])('%s of %s', (read, value, wanted) => {
    expect(read(body(value), PATH)).toEqual(wanted);
  });

  test('as an amount', () => {
    expect(amount(body('1250'), PATH, 'usd', MINOR).toString()).toBe('12.50 USD');
    expect(amount(body('"12.50"'), PATH, 'USD', TEXT).toString()).toBe('12.50 USD');
  });
});

test('a place leads through objects and lists, and through nothing else', () => {
  const value = { list: [{ a: 1 }, 'text'], none: null, zero: 0, text: 'x' };
  expect(valueAt(value, ['list', '0', 'a'])).toBe(1);
  expect(valueAt(value, ['zero'])).toBe(0);
  expect(valueAt(value, [])).toBe(value);
  for (const path of [
    ['none'],
    ['none', 'a'],
    ['list', '2'],
    ['list', 'length'],
    ['text', 'length'],
    ['text', '0'],
    ['toString'],
    ['__proto__'],
  ]) {
    expect(valueAt(value, path)).toBeUndefined();
  }
});

test('what may be missing is left out, or read', () => {
  expect(maybe('note', body('null'), PATH, text)).toStrictEqual({});
  expect(maybe('note', body('"x"'), PATH, text)).toStrictEqual({ note: 'x' });
  expect(() => maybe('note', body('5'), PATH, text)).toThrow(UnreadableError);
  expect(detail('note', body('5'), PATH, text)).toStrictEqual({});
  expect(detail('note', body('5'), PATH, optionalText)).toStrictEqual({});
  expect(detail('note', body('"x"'), PATH, text)).toStrictEqual({ note: 'x' });
});

test('a status is what the map says, and nothing that a map inherits', () => {
  const statuses = { done: 'succeeded', waiting: 'pending' } as const;
  expect(['done', 'waiting', 'Done', '', 'toString', undefined].map((raw) => classify(raw, statuses))).toEqual([
    'succeeded',
    'pending',
    'unrecognized',
    'unrecognized',
    'unrecognized',
    'unrecognized',
  ]);
});

test('only what is a UUID from its first to its last character has a form of its own', () => {
  const uuid = '7C9E6679-7425-40DE-944B-E07FC1F90AE7';
  expect(canonicalId(uuid)).toBe(uuid.toLowerCase());
  for (const other of [`X${uuid}`, `${uuid}X`, 'PAY_1', uuid.replaceAll('-', ''), uuid.replace('7', 'G')]) {
    expect(canonicalId(other)).toBe(other);
  }
});

describe('an amount that cannot be written says why', () => {
  const exponents = { overrides: { USD: 1, JPY: 0 }, unknown: ['CLP'] } as const;

  test.each([
    ['CLP', 5n, MINOR, /how many decimals.*CLP is not known/],
    ['USD', 1255n, MINOR, /12\.55 USD is finer than the 1 decimals.*USD/],
    ['EUR', 1250n, { unit: 'major', encoding: 'integer' }, /12\.50 EUR has a fraction.*whole EUR/],
  ] as const)('%s %s', (currency, minor, format, problem) => {
    expect(writeAmount(money(currency, minor), format, exponents).problem).toMatch(problem);
  });

  test.each([
    [1200n, { unit: 'major', encoding: 'integer' }, { text: '12' }],
    [1250n, { unit: 'major', encoding: 'number' }, { text: '12.50' }],
    [1250n, { unit: 'major', encoding: 'string' }, '12.50'],
    [1250n, { unit: 'minor', encoding: 'string' }, '1250'],
    [1250n, { unit: 'minor', encoding: 'integer' }, { text: '1250' }],
  ] as const)('%s as %j', (minor, format, wire) => {
    const written = writeAmount(money('EUR', minor), format, exponents);
    expect(written.problem).toBeUndefined();
    if (typeof wire === 'string') expect(written.wire).toBe(wire);
    else expect(written.wire).toMatchObject(wire);
  });
});

test('money that cannot be says why', () => {
  // What a caller without types may give.
  const make = money as (currency: unknown, minor: unknown) => unknown;
  expect(() => make('usd', 5n)).toThrow(/"usd" is not an ISO 4217 currency code/);
  expect(() => make('USD', 5)).toThrow(/minor must be a bigint/);
  expect(() => parseMoney('USD', '1.005')).toThrow(/"1.005" is not an amount of USD, which has 2 decimals/);
  expect(() => parseMoney('JPY', '0.5')).toThrow(/JPY, which has 0 decimals/);
});

test('money that can be is that, and nothing more', () => {
  expect(parseMoney('USD', '12.50').minor).toBe(1250n);
  expect(parseMoney('JPY', '12').minor).toBe(12n);
  expect(full()).toStrictEqual({ kind: 'full' });
  expect(full(money('USD', 5n))).toStrictEqual({ kind: 'full', expect: money('USD', 5n) });
});

test('a number may have 40 digits, and be moved by 40 places, and no more', () => {
  expect(parseDecimal('1'.repeat(40), 0)).toBe(BigInt('1'.repeat(40)));
  expect(parseDecimal('1'.repeat(41), 0)).toBeUndefined();
  expect(parseDecimal('1e38', 2)).toBe(10n ** 40n);
  expect(parseDecimal('1e39', 2)).toBeUndefined();
  expect(parseDecimal('0e-42', 2)).toBe(0n);
  expect(parseDecimal('0e-43', 2)).toBeUndefined();
});
