import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExactNumber, type Json, parseJson, stringifyJson } from '../../templates/runtime/json.js';

function parsed(text: string): Json {
  const json = parseJson(text);
  if (json === undefined) throw new Error(`${text.slice(0, 80)} is refused`);
  return json;
}

/** The same value with the keys of its objects in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

function nested(depth: number, inner: unknown): unknown {
  let value = inner;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

describe('stringifyJson', () => {
  test('writes what JSON.stringify would mean', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(isDeepStrictEqual(JSON.parse(stringifyJson(value)), JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
  });

  test('one value has one sequence of bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(stringifyJson(reversed(value))).toBe(stringifyJson(value));
        expect(stringifyJson(JSON.parse(stringifyJson(value)))).toBe(stringifyJson(value));
      }),
    );
  });

  test('sorts keys at every level', () => {
    expect(stringifyJson({ b: { d: 1, c: 2 }, a: [{ z: 1, y: 2 }] })).toBe('{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}');
    expect(stringifyJson({ 10: 'x', 9: 'y', a: 'z' })).toBe('{"10":"x","9":"y","a":"z"}');
  });

  test('leaves out what is undefined', () => {
    expect(stringifyJson({ a: undefined, b: null })).toBe('{"b":null}');
  });

  test('writes exact numbers digit by digit', () => {
    const value = { amount: new ExactNumber('9007199254740993'), items: [new ExactNumber('12.50')] };
    expect(stringifyJson(value)).toBe('{"amount":9007199254740993,"items":[12.50]}');
  });

  test.each(['', 'abc', 'NaN', '1e', '01', '+1', '1,"amount":5', '"1"', ' 1'])('%j is no exact number', (text) => {
    expect(() => stringifyJson({ amount: new ExactNumber(text) })).toThrow();
  });

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['bigint', 5n],
    ['function', () => 5],
    ['symbol', Symbol('x')],
  ])('refuses %s and names it', (_, value) => {
    expect(() => stringifyJson({ metadata: { order: value } })).toThrow(TypeError);
    expect(() => stringifyJson({ metadata: { order: value } })).toThrow('body.metadata.order');
    expect(() => stringifyJson([1, value])).toThrow('body.1');
    expect(() => stringifyJson(value)).toThrow('body');
  });

  test('refuses undefined where it cannot be left out', () => {
    expect(() => stringifyJson(undefined)).toThrow(TypeError);
    expect(() => stringifyJson({ list: [1, undefined] })).toThrow('body.list.1');
  });

  test('refuses a list with holes', () => {
    const holes: unknown[] = [];
    holes[1] = 1;
    expect(() => stringifyJson({ list: holes })).toThrow(TypeError);
  });

  test.each([
    ['Date', new Date(0)],
    ['Map', new Map([['order', 'x']])],
    ['Set', new Set(['x'])],
    ['RegExp', /x/],
  ])('does not write a %s as an empty object', (_, value) => {
    let text = 'refused';
    try {
      text = stringifyJson({ order: value });
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
    }
    expect(text).not.toBe('{"order":{}}');
  });

  test('refuses cycles', () => {
    const object: Record<string, unknown> = { a: 1 };
    object['self'] = { deeper: object };
    const list: unknown[] = [];
    list.push([list]);
    expect(() => stringifyJson(object)).toThrow(TypeError);
    expect(() => stringifyJson(list)).toThrow(TypeError);
  });

  test('writes the same object twice, as that is no cycle', () => {
    const shared = { a: 1 };
    expect(stringifyJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });

  test('refuses what is nested too deeply', () => {
    expect(JSON.parse(stringifyJson(nested(50, 1)))).toEqual(nested(50, 1));
    expect(() => stringifyJson(nested(100, 1))).toThrow(TypeError);
    expect(() => stringifyJson(nested(100_000, 1))).toThrow(TypeError);
  });

  test('dots in a key are no depth', () => {
    const key = 'a.'.repeat(80);
    expect(stringifyJson({ metadata: { [key]: 1 } })).toBe(`{"metadata":{${JSON.stringify(key)}:1}}`);
  });

  test('odd keys and texts are escaped', () => {
    const value = Object.fromEntries(['__proto__', '"', '\\', '\u0000', '\u2028', '\ud800'].map((key) => [key, key]));
    expect(isDeepStrictEqual(JSON.parse(stringifyJson(value)), value)).toBe(true);
  });
});

describe('parseJson', () => {
  test('agrees with JSON.parse on JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat(4), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(isDeepStrictEqual(parsed(text).value, JSON.parse(text))).toBe(true);
        expect(isDeepStrictEqual(parsed(spaced).value, JSON.parse(spaced))).toBe(true);
      }),
    );
  });

  test('agrees with JSON.parse on what is almost JSON', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '.5',
      'e3',
      'true',
      'nul',
      ' ',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let wanted: unknown;
        try {
          wanted = JSON.parse(text);
        } catch {
          expect(parseJson(text)).toBeUndefined();
          return;
        }
        // JSON.parse takes a key twice; that is tested below.
        const json = parseJson(text);
        if (json !== undefined) expect(json.value).toEqual(wanted);
      }),
    );
  });

  test('every cut of a text is refused', () => {
    const text = '{"id":"re_1","amount":12.50,"list":[1,{"a":null}],"ok":true}';
    for (let length = 0; length < text.length; length += 1) expect(parseJson(text.slice(0, length))).toBeUndefined();
    expect(parsed(text).value).toEqual(JSON.parse(text));
  });

  test.each([
    '',
    ' ',
    'undefined',
    "{'a':1}",
    '{a:1}',
    '[1,]',
    '{"a":1}x',
    '{"a":1}{"a":1}',
    '01',
    '+1',
    '1.',
    'NaN',
    '<html>',
    '\ufeff{}',
  ])('%j is refused', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  describe('numbers', () => {
    /** A JSON text and the number tokens in it, by path. */
    interface Written {
      readonly text: string;
      readonly numbers: readonly (readonly [path: readonly string[], token: string])[];
      readonly others: readonly (readonly string[])[];
    }

    const token = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.bigInt({ min: 0n, max: 10n ** 25n }),
        fc.constantFrom('', '.0', '.50', '.000', '.12345678901234567890'),
        fc.constantFrom('', 'e3', 'E+3', 'e-3', 'e0', 'E400'),
      )
      .map((parts) => parts.join(''));
    const oddKeys = [
      '',
      '0',
      '1',
      'a.b',
      '"',
      '\\',
      '\\"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '1e5',
      '-1',
      '__proto__',
      'true',
    ];
    const key = fc.oneof(fc.constantFrom(...oddKeys), fc.string({ unit: 'binary', maxLength: 6 }));
    const space = fc.constantFrom('', ' ', '\n\t');
    const escaped = (text: string): string =>
      `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
    const keyText = (text: string, escapes: boolean): string => (escapes ? escaped(text) : JSON.stringify(text));

    const leaf: fc.Arbitrary<Written> = fc.oneof(
      { weight: 3, arbitrary: token.map((text): Written => ({ text, numbers: [[[], text]], others: [] })) },
      {
        weight: 1,
        arbitrary: fc
          .oneof(fc.constantFrom('true', 'null', '[]', '{}', '"12.50"', '"\\"1"'), key.map(escaped))
          .map((text): Written => ({ text, numbers: [], others: [[]] })),
      },
    );

    function within(name: string, { numbers, others }: Written): Pick<Written, 'numbers' | 'others'> {
      return {
        numbers: numbers.map(([path, text]) => [[name, ...path], text]),
        others: others.map((path) => [name, ...path]),
      };
    }

    const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.tuple(fc.array(tie('tree'), { maxLength: 4 }), space).map(([items, gap]): Written => {
          const inner = items.map((item, index) => within(String(index), item));
          return {
            text: `[${gap}${items.map(({ text }) => `${text}${gap}`).join(`,${gap}`)}]`,
            numbers: inner.flatMap(({ numbers }) => numbers),
            others: [[], ...inner.flatMap(({ others }) => others)],
          };
        }),
        fc
          .tuple(
            fc.uniqueArray(fc.tuple(key, tie('tree'), fc.boolean()), { maxLength: 4, selector: ([name]) => name }),
            space,
          )
          .map(([fields, gap]): Written => {
            const inner = fields.map(([name, item]) => within(name, item));
            const texts = fields.map(
              ([name, item, escapes]) => `${keyText(name, escapes)}${gap}:${gap}${item.text}${gap}`,
            );
            return {
              text: `{${gap}${texts.join(`,${gap}`)}}`,
              numbers: inner.flatMap(({ numbers }) => numbers),
              others: [[], ...inner.flatMap(({ others }) => others)],
            };
          }),
      ),
    }));

    test('keep their digits at their path, whatever is around them', () => {
      fc.assert(
        fc.property(tree, ({ text, numbers, others }) => {
          const json = parsed(text);
          expect(isDeepStrictEqual(json.value, JSON.parse(text))).toBe(true);
          for (const [path, digits] of numbers) expect(json.numberAt(path)).toBe(digits);
          for (const path of others) expect(json.numberAt(path)).toBeUndefined();
        }),
        { numRuns: 500 },
      );
    });

    test('in nested lists and objects', () => {
      const json = parsed('{"a":[1,[2.0,{"b":[3e0]}],-4],"c":{"d":{},"e":5.50},"f":"6","g":[[],{},7]}');
      expect(json.numberAt(['a', '0'])).toBe('1');
      expect(json.numberAt(['a', '1', '0'])).toBe('2.0');
      expect(json.numberAt(['a', '1', '1', 'b', '0'])).toBe('3e0');
      expect(json.numberAt(['a', '2'])).toBe('-4');
      expect(json.numberAt(['c', 'e'])).toBe('5.50');
      expect(json.numberAt(['f'])).toBeUndefined();
      expect(json.numberAt(['g', '2'])).toBe('7');
      expect(json.numberAt(['a'])).toBeUndefined();
      expect(json.numberAt([])).toBeUndefined();
      expect(json.numberAt(['a.0'])).toBeUndefined();
    });

    test('alone', () => {
      expect(parsed(' 12.50 ').numberAt([])).toBe('12.50');
    });

    test('text that looks like JSON is text', () => {
      const json = parsed(String.raw`{"note":"{\"amount\":1,\\","amount":2,"x":"\\\""}`);
      expect(json.numberAt(['amount'])).toBe('2');
      expect(json.numberAt(['note', 'amount'])).toBeUndefined();
    });
  });

  describe('a key that stands twice is refused', () => {
    test.each([
      ['at the root', '{"amount":1,"amount":1}'],
      ['with other values', '{"amount":1,"x":[],"amount":"1"}'],
      ['deep', '{"a":[{"b":{"c":1,"c":2}}]}'],
      ['after an object', '{"a":{"x":1},"a":2}'],
      ['written with an escape', String.raw`{"amount":1,"\u0061mount":2}`],
      ['empty', '{"":1,"":2}'],
      ['__proto__', '{"__proto__":1,"__proto__":2}'],
    ])('%s', (_, text) => {
      expect(JSON.parse(text)).toBeDefined();
      expect(parseJson(text)).toBeUndefined();
    });

    test('but not the same key in two objects', () => {
      expect(parsed('{"a":{"a":1},"b":[{"a":1},{"a":1}]}').value).toEqual({ a: { a: 1 }, b: [{ a: 1 }, { a: 1 }] });
      expect(parsed('{"a":"b","b":"a"}').value).toEqual({ a: 'b', b: 'a' });
    });
  });

  test('too much depth is refused', () => {
    const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    const objects = (depth: number): string => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth);
    expect(parseJson(lists(64))).toBeDefined();
    expect(parseJson(objects(64))).toBeDefined();
    for (const depth of [65, 1000, 100_000]) {
      expect(parseJson(lists(depth))).toBeUndefined();
      expect(parseJson(objects(depth))).toBeUndefined();
    }
    expect(parseJson('['.repeat(100_000))).toBeUndefined();
  });

  test('a long text is read', () => {
    const note = 'a"\\'.repeat(500_000);
    expect(parsed(JSON.stringify({ note, amount: 1 })).numberAt(['amount'])).toBe('1');
  });
});

test.each(['0', '-0', '10', '1.50', '1e5', '1E5', '1e+5', '1e-50', '-1.5e10'])('%s is a number of JSON', (text) => {
  expect(stringifyJson(new ExactNumber(text))).toBe(text);
});

test.each(['', '01', '1.', '.5', '+1', '1e', '1e+', '1f5', '1e*5', '1ex', ' 1', '1 ', 'NaN', 'Infinity', '0x1', '1_0'])(
  '%j is no number of JSON',
  (text) => {
    expect(() => stringifyJson(new ExactNumber(text))).toThrow('not a JSON number');
  },
);

test('a date is written as it writes itself, and a field of that name as any other', () => {
  expect(stringifyJson({ toJSON: 'a text' })).toBe('{"toJSON":"a text"}');
  expect(stringifyJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
});
