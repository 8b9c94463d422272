import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AmountText } from '../../generator/normalize/evidence-text.js';
import { readStatedUnit } from '../../generator/normalize/stated-unit.js';
import { MAJOR, MINOR, OPEN, POINTLESS, SILENT } from './stated-unit-texts.js';

function says(text: string, rest: Partial<AmountText> = {}): AmountText {
  return { kind: 'description', about: 'amount', type: 'number', pointer: '/amount', text, ...rest };
}

function unitOf(...texts: readonly AmountText[]): 'minor' | 'major' | null {
  return readStatedUnit(texts).stated?.unit ?? null;
}

describe('one text', () => {
  test.each(MINOR)('minor: %s', (text) => {
    expect(unitOf(says(text))).toBe('minor');
  });

  test.each(MAJOR)('major: %s', (text) => {
    expect(unitOf(says(text))).toBe('major');
  });

  test.each(SILENT)('silent: %s', (text) => {
    expect(readStatedUnit([says(text)]).stated).toBeNull();
  });

  test.each(Object.entries(OPEN).flatMap(([why, texts]) => texts.map((text) => [why, text] as const)))(
    'silent, for it speaks of %s: %s',
    (_, text) => {
      for (const type of ['integer', 'number', 'string'] as const) {
        expect(readStatedUnit([says(text, { type })]).stated).toBeNull();
        expect(readStatedUnit([says(text, { type, about: 'parent' })]).stated).toBeNull();
      }
    },
  );

  test.each(POINTLESS)('silent, for the point is left out: %s', (text) => {
    expect(unitOf(says(text, { type: 'string' }))).toBeNull();
  });

  test('silent where an example of a text has digits only', () => {
    const example = says('1050', { kind: 'example', type: 'string' });
    expect(unitOf(says('Amount with 2 decimals', { type: 'string' }), example)).toBeNull();
  });

  test('an integer has no fraction, so words about one only cast doubt', () => {
    expect(unitOf(says('Decimal amount', { type: 'integer' }))).toBeNull();
    expect(unitOf(says('Amount in cents, e.g. 10.50', { type: 'integer' }))).toBeNull();
    expect(unitOf(says('Amount in major units', { type: 'integer' }))).toBe('major');
  });
});

describe('examples, patterns and formats', () => {
  test.each<readonly [Partial<AmountText> & { readonly text: string }, 'minor' | 'major' | null]>([
    [{ kind: 'example', type: 'string', text: '10.00' }, 'major'],
    [{ kind: 'example', type: 'string', text: '1000' }, null],
    [{ kind: 'example', type: 'string', text: '10.0' }, null],
    [{ kind: 'example', type: 'string', text: '0.00012' }, null],
    [{ kind: 'example', type: 'string', text: 'USD 10.00' }, null],
    [{ kind: 'example', type: 'number', text: '12.34' }, null],
    [{ kind: 'example', type: 'number', text: '10' }, null],
    [{ kind: 'example', type: 'integer', text: '1000' }, null],
    [{ kind: 'format', type: 'integer', text: 'int64' }, null],
    [{ kind: 'format', type: 'number', text: 'double' }, null],
    [{ kind: 'format', type: 'number', text: 'decimal' }, null],
    [{ kind: 'format', type: 'string', text: 'decimal' }, null],
    [{ kind: 'pattern', type: 'string', text: '^((-?[0-9]+)|(-?([0-9]+)?[.][0-9]+))$' }, 'major'],
    [{ kind: 'pattern', type: 'string', text: '^\\d+\\.\\d{2}$' }, 'major'],
    [{ kind: 'pattern', type: 'string', text: '^-?\\d{0,7}(?:\\.\\d{0,2})?$' }, 'major'],
    [{ kind: 'pattern', type: 'string', text: '^\\d+$' }, null],
    [{ kind: 'pattern', type: 'string', text: '^\\d+(\\.\\d{1,12})?$' }, null],
    [{ kind: 'pattern', type: 'string', text: '^[0-9.]+$' }, null],
    [{ kind: 'pattern', type: 'string', text: '^[A-Z]\\.[0-9]{2}$' }, null],
    [{ kind: 'pattern', type: 'number', text: '^\\d+\\.\\d{2}$' }, null],
    [{ kind: 'title', type: 'integer', text: 'Amount (in cents)' }, 'minor'],
  ])('%j', (text, unit) => {
    expect(unitOf(says(text.text, text))).toBe(unit);
  });

  test('a number with a fraction makes minor units doubtful', () => {
    expect(unitOf(says('Amount in cents'), says('27.5', { kind: 'example' }))).toBeNull();
  });

  test('a pattern without a fraction makes major units doubtful', () => {
    const pattern = says('^[0-9]+$', { kind: 'pattern', type: 'string' });
    expect(unitOf(says('Decimal amount', { type: 'string' }), pattern)).toBeNull();
    expect(unitOf(says('Amount in cents', { type: 'string' }), pattern)).toBe('minor');
  });

  test('of the object around it say nothing', () => {
    expect(unitOf(says('10.00', { kind: 'example', about: 'parent', type: 'string' }))).toBeNull();
  });
});

describe('the object around the amount', () => {
  test('counts where it speaks of the amount', () => {
    expect(unitOf(says('The amount must be given in the smallest denomination.', { about: 'parent' }))).toBe('minor');
  });

  test('does not where it speaks of something else', () => {
    expect(unitOf(says('Refunds a payment. Charges appear in cents.', { about: 'parent' }))).toBeNull();
    expect(unitOf(says('The amount, and a fee in cents.', { about: 'parent' }))).toBeNull();
  });

  test('contradicts: both are kept, neither is stated', () => {
    const texts = [
      says('Amount in minor units', { pointer: '/a' }),
      says('An amount of money in major units', { about: 'parent', pointer: '/b' }),
    ];
    const { conflict, stated } = readStatedUnit(texts);
    expect(stated).toBeNull();
    expect(conflict).toEqual([
      { unit: 'minor', quote: 'Amount in minor units', pointer: '/a' },
      { unit: 'major', quote: 'An amount of money in major units', pointer: '/b' },
    ]);
  });
});

describe('the quote', () => {
  test.each([
    [
      'Money to return. The amount is in\n  [minor units](https://x.example/u). More.',
      'The amount is in [minor units](https://x.example/u).',
    ],
    ['<p>The amount in <b>cents</b></p><p>Other.</p>', 'The amount in <b>cents</b></p>'],
  ])('%j', (text, quote) => {
    expect(readStatedUnit([says(text)]).stated).toEqual({ unit: 'minor', quote, pointer: '/amount' });
  });

  test('is short, and has the words that decide', () => {
    const filler = 'that is the amount that must be given in the same currency as the payment of the order '.repeat(4);
    const { stated } = readStatedUnit([says(`The amount, ${filler}, in minor units, ${filler}`)]);
    expect(stated?.quote).toContain('in minor units');
    expect(stated?.quote.length).toBeLessThanOrEqual(200);
  });

  test('prefers the rule to its example', () => {
    const text = 'The amount, in the smallest denomination of the currency. For example, with USD it is in cents.';
    expect(readStatedUnit([says(text)]).stated?.quote).toBe(
      'The amount, in the smallest denomination of the currency.',
    );
  });
});

describe('hostile texts', () => {
  test.each([
    ['a', 'a'],
    ['in the ', ''],
    ['in cents ', ''],
    ['<b', '<'],
    ['1,000.', '1'],
    ['1 for $', ''],
    ['fee_', ''],
    ['not ', ''],
    ['&amp', '&'],
    ['](', '['],
    ['\n ', ''],
    ['1'.repeat(9), '.'],
  ])('%j over and over', (part, end) => {
    for (const length of [20_000, 1_000_000]) {
      const text = part.repeat(Math.floor((length - 1) / part.length)) + end;
      const start = performance.now();
      readStatedUnit([says(text), says(text, { about: 'parent' }), says(text, { kind: 'pattern', type: 'string' })]);
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });

  test('what is too long to be read could take back what another text says', () => {
    expect(unitOf(says('Amount in cents'), says('x'.repeat(1_000_000)))).toBeNull();
  });
});

describe('laws', () => {
  const known = fc.constantFrom<string>(...MINOR, ...MAJOR, ...SILENT);
  const text = fc.record({
    kind: fc.constantFrom('description', 'title', 'example', 'pattern', 'format'),
    about: fc.constantFrom('amount', 'parent'),
    type: fc.constantFrom('integer', 'number', 'string'),
    pointer: fc.constantFrom('/a', '/b', '/c'),
    text: fc.oneof(
      known,
      fc.string(),
      fc.tuple(known, known).map(([a, b]) => `${a} ${b}`),
    ),
  } satisfies Record<keyof AmountText, fc.Arbitrary<unknown>>);
  const texts = fc.array(text, { maxLength: 5 });

  test('more texts never turn one unit into the other', () => {
    fc.assert(
      fc.property(texts, texts, (some, more) => {
        const before = unitOf(...some);
        if (before !== null) expect([before, null]).toContain(unitOf(...some, ...more));
      }),
    );
  });

  test('unrelated words around a statement never turn it round', () => {
    const unrelated = fc
      .array(fc.stringMatching(/^[bdfghjk]{1,8}$/), { maxLength: 12 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.constantFrom<string>(...MINOR, ...MAJOR), unrelated, unrelated, (statement, before, after) => {
        const unit = unitOf(says(statement));
        expect([unit, null]).toContain(unitOf(says(`${before}. ${statement} ${after}.`)));
      }),
    );
  });

  test('the order of the texts does not matter', () => {
    fc.assert(
      fc.property(texts, (some) => {
        expect(readStatedUnit([...some].reverse())).toEqual(readStatedUnit(some));
      }),
    );
  });

  test('is stated, or in conflict, or neither: never both', () => {
    fc.assert(
      fc.property(texts, (some) => {
        const { conflict, stated } = readStatedUnit(some);
        expect(stated === null || conflict.length === 0).toBe(true);
        expect([0, 2]).toContain(new Set(conflict.map(({ unit }) => unit)).size);
      }),
    );
  });

  test('quotes what is there', () => {
    fc.assert(
      fc.property(texts, (some) => {
        const { conflict, stated } = readStatedUnit(some);
        for (const { quote, pointer } of stated === null ? conflict : [stated]) {
          const sources = some.filter((source) => source.pointer === pointer);
          expect(sources.some((source) => source.text.replace(/\s+/gu, ' ').includes(quote))).toBe(true);
          expect(quote).not.toBe('');
          expect(quote.length).toBeLessThanOrEqual(200);
        }
      }),
    );
  });
});
