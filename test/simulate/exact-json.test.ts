import { array, assert, constantFrom, dictionary, letrec, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Digits,
  type Exact,
  exactAt,
  parseExact,
  scalarOf,
  withExactAt,
  writeExact,
} from '../../generator/simulate/exact-json.js';

const DIGITS = ['0', '-0', '1', '-12.50', '1e400', '0.10', '9'.repeat(40), '1.0E+2', String(2n ** 64n)];

const { exact } = letrec<{ exact: Exact }>((tie) => ({
  exact: oneof(
    { maxDepth: 4 },
    constantFrom<Exact[]>(null, true, false),
    string({ unit: 'binary' }),
    constantFrom(...DIGITS).map((text) => new Digits(text)),
    array(tie('exact'), { maxLength: 4 }),
    dictionary(string({ maxLength: 6 }), tie('exact'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('exact JSON', () => {
  test('is read as it was written, digit by digit', () => {
    assert(
      property(exact, (value) => {
        expect(parseExact(writeExact(value))).toEqual(value);
      }),
    );
  });

  test('is JSON to everybody else', () => {
    assert(
      property(exact, (value) => {
        const text = writeExact(value);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(JSON.parse(JSON.stringify(plain(value)))));
      }),
    );
  });

  test.each([
    '',
    '{',
    '01',
    '1.',
    '.5',
    '+1',
    '1e',
    '{1: 2}',
    '{"a": 1,}',
    "'a'",
    '"a\nb"',
    '"\\x"',
    '{} {}',
    'NaN',
    '-',
    '"a',
  ])('does not take %j for JSON', (text) => {
    expect(parseExact(text)).toBeUndefined();
  });

  test('keeps a text that looks like a number a text', () => {
    expect(parseExact('{"12": "12", "a": 12}')).toEqual({ 12: '12', a: new Digits('12') });
  });

  test('reads a text of many megabytes', () => {
    const text = `"${'\\"x'.repeat(3_000_000)}"`;
    expect(scalarOf(parseExact(text))?.length).toBe(6_000_000);
  });

  test('has a field named __proto__ like any other', () => {
    const value = withExactAt({}, ['__proto__', 'amount'], new Digits('1'));
    expect(writeExact(value)).toBe('{"__proto__":{"amount":1}}');
    expect(exactAt(parseExact('{}'), ['__proto__'])).toBeUndefined();
    expect(exactAt(parseExact('{}'), ['constructor'])).toBeUndefined();
  });
});

/** As the platform would hold it. */
function plain(value: Exact): unknown {
  if (value instanceof Digits) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

describe('a place', () => {
  test('holds what was put there, and taking it away leaves nothing', () => {
    const path = array(constantFrom('a', 'b', '0', '1'), { minLength: 1, maxLength: 4 });
    assert(
      property(exact, path, exact, (whole, at, item) => {
        // A list has no names: a place that needs one there is none.
        const put = withExactAt(isRecord(whole) ? whole : undefined, at, item);
        if (hasNameInList(put, at)) return;
        expect(exactAt(put, at)).toEqual(item);
        const taken = withExactAt(put, at, undefined);
        if (!Array.isArray(exactAt(put, at.slice(0, -1)))) expect(exactAt(taken, at)).toBeUndefined();
      }),
    );
  });

  test('makes lists of digits, and fills what is missing', () => {
    expect(withExactAt(undefined, ['list', '2', 'id'], 'x')).toEqual({ list: [null, null, { id: 'x' }] });
    expect(withExactAt({ list: ['a', 'b'] }, ['list', '0'], undefined)).toEqual({ list: ['b'] });
  });

  test('is the one item of a list where it says so', () => {
    expect(exactAt(parseExact('{"items": [{"id": 5}]}'), ['items', '[]', 'id'])).toEqual(new Digits('5'));
    expect(withExactAt({ items: ['a'] }, ['items', '[]'], 'b')).toEqual({ items: ['b'] });
  });
});

function isRecord(value: Exact): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Digits);
}

function hasNameInList(whole: Exact, path: readonly string[]): boolean {
  return path.some((key, depth) => /\D/.test(key) && Array.isArray(exactAt(whole, path.slice(0, depth))));
}
