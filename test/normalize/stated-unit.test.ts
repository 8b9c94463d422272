import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AmountText } from '../../generator/normalize/evidence-text.js';
import { readStatedUnit } from '../../generator/normalize/stated-unit.js';

function says(text: string, rest: Partial<AmountText> = {}): AmountText {
  return { kind: 'description', about: 'amount', type: 'number', pointer: '/amount', text, ...rest };
}

function unitOf(...texts: readonly AmountText[]): 'minor' | 'major' | null {
  return readStatedUnit(texts).stated?.unit ?? null;
}

const MINOR = [
  'Amount to give back, in the smallest currency unit.',
  'The amount in minor units',
  'The sum to return, expressed in the minor unit of its currency.',
  "Value in the currency's minor unit",
  'Value in the currency’s minor unit',
  'A positive integer in cents.',
  'In cent or pence',
  'Amount (in pence)',
  'Amount (cents)',
  'Amount (minor units of the currency)',
  'How much to give back, in kobo.',
  'Amount expressed in öre',
  'Amount in paise.',
  'The amount, in cents or the smallest unit.',
  'Must be given in the lowest denomination of the currency.',
  'The amount as an integer number of cents',
  'Amount in subunits.',
  'Amount in sub-units of the currency',
  'Smallest unit of local currency',
  'Minor units.',
  'The amount in minor units of currency (see [Currency codes](https://docs.example/codes?a=1.5)).',
  'The amount,\n  in the\n  smallest currency unit.',
  '<p class="a b">The amount in <b>minor&nbsp;units</b>.</p>',
  'Amount, in **cents**',
  'Amount, in _cents_',
  'The amount in US cents',
  'Integer in USD cents, e.g. 1050 = 10.50 USD',
  'A value of 1000 for $10.00',
  'Sum to return, e.g. 1000 for $10.00.',
  'E.g. 25 Euros should be 2500.',
  'For example, 1,050.00 EUR is represented as 105000',
  "'500' = $5.00",
  'To refund 10.99 EUR, send 1099.',
  'Amount in fils, e.g. 1500 = 1.500 KWD',
  'A positive integer in the smallest currency unit (100 cents to charge $1.00, or 100 to charge ¥100, a zero-decimal currency).',
  'A positive integer in the smallest currency unit (e.g., 100 cents to charge $1.00 or 100 to charge ¥100, a zero-decimal currency)',
  'In cents for USD, in yen for JPY',
  'Amount in cents (100 = $1.00)',
  'The amount of money, in the smallest denomination of the currency\nindicated by `currency`. For example, when `currency` is `USD`, `amount` is\nin cents.',
  'Amount for the payment in lowest denomination of the currency. (i.e) in cents for USD denomination, in paisa for INR denomination etc., If not provided, this will default to the full payment amount',
  "The refund amount in the currency's smallest unit.\n\n- Decimal currencies: Value for 10 EUR = 1000 (1000 cents)\n- Zero-decimal currencies: Value for 10 YEN = 10",
  'The total including tax, in minor units',
  'Amount in pence. It cannot be more than what is left.',
  'The amount in cents, not dollars',
  '- One thing about it\n- Stated in minor units',
] as const;

const MAJOR = [
  "The amount in the currency's major unit (not cents)",
  'Amount in major units',
  'Decimal amount',
  'Amount in dollars, not in cents',
  'The amount as a decimal.',
  'Amount with up to two decimal places',
  'Formatted to 2 decimal places.',
  'How much to give back, e.g. 10.50',
  'How much to give back (for example: `12.34`)',
  'Two digits after the decimal point.',
  'Enter 10 for $10.00',
  'A text, where "5" represents $5.00 USD and "101.42" represents $101.42 USD',
  'A decimal fraction, where the currency has one',
  'Do not use minor units. Amount in major units.',
] as const;

const SILENT = [
  '',
  'The amount.',
  "Amount to give back, in the transaction's currency.",
  'Value in the order currency',
  'Amount in EUR',
  'Amount in US dollars',
  'Amount in euros',
  'For example, 100 USD',
  'For example, $10.00',
  'A refund of $10.00 is shown to the buyer.',
  'Must be at least 50 cents.',
  'The minimum is 0.50',
  'The minimum amount is 50 (cents)',
  'Minimum of 50 cents applies; amount in EUR',
  'The fee in cents',
  'The fee amount in cents',
  'What is kept as a fee. In cents.',
  'Amount to return. The tax, in minor units, is computed.',
  'In cents of the shipping fee',
  'The `application_fee_amount` in cents is returned as well',
  'The `feeAmount` in cents is returned as well',
  'If the payment is USD 12.59, the `amountInBaseUnit` is 1259 (cents)',
  'not in cents',
  'The amount is not in cents.',
  "Don't use minor units",
  'Do not use minor units.',
  'The amount; minor units are not supported',
  'Never in the smallest currency unit',
  'Amount rather than in cents',
  'In cents or in major units',
  'Amount in minor or major units, as configured',
  'In cents unless the currency says otherwise',
  'Depending on the version, in cents',
  'Deprecated: amount in cents',
  'The amount is converted and kept in cents internally',
  'Amount in dollars and cents',
  'The number of decimals is that of the minor unit',
  'Two implied decimals',
  'The last two digits are decimals',
  'Amount multiplied by 100',
  'Hundredths of the currency unit',
  'Amount without decimal point',
  'For zero-decimal currencies, no conversion is needed',
  'A decimal number',
  'A decimal string, e.g. "34359738367"',
  'Amount in percent, e.g. 10.50',
  'The percentage, up to two decimal places',
  'A decimal value in cents with at most 12 decimal places',
  'In cents, with up to two decimal places',
  'In tenths of a cent',
  'Amount in micros, e.g. 1000000 for $1.00',
  '1000 for $10.50',
  '10000 for ¥100',
  'JPY 100 = 10000',
  '1000 loyalty points = $10.00',
  'Number of items',
  'In the smallest unit of bitcoin (satoshi)',
  'e.g. 12',
  'e.g. 10.50 EUR',
  'Version 10.50',
  'Rounded to the nearest cent',
  'The amount as the payer sees it',
  'Cents are not supported',
  'Amount (in cents for v1, decimal for v2)',
  'In other operations the amount is in cents.',
  'Contrary to charges, where amounts are in cents, this amount is the full value',
  'The amount of the payment, which is in cents, divided by 100',
  'The amount/100, which is kept in cents',
  'It will be multiplied by 100 to get the amount in cents',
  '1 EUR = 100 points',
  'Amounts are never given in anything other than minor units',
  'Amount in cents if the currency is USD, otherwise in major units',
  'An integer with two decimals',
  'A fixed-point integer with two decimal points precision',
  'The fractional portion, in cents, of the amount.',
  'Number of minor units for the currency',
  'With as many decimals as there are digits in the minor unit',
  'The amount in decimal (for example, "52")',
  'The rate at which money is converted (e.g. 0.05)',
  'Made of three decimal digits',
  'e.g. -120,51',
  'All prices returned by the API are in the smallest unit',
] as const;

/** What sounds like a unit, and leaves it open: by the class of what it says instead. */
const OPEN = {
  'what a coin is worth': [
    'Amount in EUR (1 EUR = 100 cents).',
    'Amount in GBP (1 pound = 100 pence)',
    'Euro. 1 Euro = 100 Cent',
    'Conversion: 1 USD = 100 cents.',
    'Human readable amount ($10 = 1000 cents)',
    'Amount ($10 = 1000 minor units)',
    '100 means $1',
    'Example: 100 = $1.00USD',
  ],
  'another field, API or report': [
    'Use refund_amount_cents for the value in cents.',
    'See amount_minor for the amount in minor units.',
    'The Orders API takes amounts in cents.',
    'Reports show amounts in cents.',
    'Must match the ledger amount in cents.',
    'The human-readable amount; total in cents is at amount_cents.',
  ],
  'a condition': [
    'Amount in cents if amount_type is MINOR',
    'Amount in cents when the flag minor_units is set',
    'Amount can be specified in cents',
    'To send the amount in cents, set units=minor',
    'For merchants onboarded before 2020, the amount in cents',
    'in cents if type is fixed; in basis units for type relative',
    'Amount in cents. Only when units is minor.',
  ],
  'both units': [
    'Amount in cents or dollars',
    'Amount in cents or euros',
    'Amount in cents or units',
    'Amount in cents for the order, in EUR for the payment',
    'Amount in cents is required for USD; EUR in whole amounts',
    'Amount in the smallest unit of 0.01 EUR',
    'Amount in minor units e.g. 10.50 EUR',
    'Amount in cents or in full units',
    'Amount in whole units and cents',
    'Amount in cents for card payments; PIX payments are in reais',
    'in fils for KWD and in cents for USD; in euros for EUR',
  ],
  'a bound': ['Amount in the smallest unit accepted: 0.01', 'Amount in the smallest unit: 0.01'],
  'currencies that differ': [
    'Amount in minor units, except IDR, which is sent in whole rupiah.',
    'Amount in cents. IDR has no decimals here.',
    'Amount in minor units (IDR and CLP have no decimals)',
    'Amount in cents for zero-decimal currencies as well',
    'Amount in cents (100 = 1.00), also for JPY',
    'Amount in cents. For JPY and KRW, add two zeros',
    'For JPY and KRW, add two zeros',
    'Amount in cents for JPY',
    'Amount in minor units (e.g. 10000 to charge ¥100, a zero-decimal currency)',
  ],
} as const;

/** Texts with decimals whose point is not sent. */
const POINTLESS = [
  'Refund amount with 2 decimals, without comma.',
  'Amount with two decimals without separator',
  'Amount with 2 decimal places, the decimal point is omitted',
  'Amount with two decimals, e.g. 000000001050',
  'Amount with two decimals, e.g. 1050',
  'Amount with 2 decimals. No comma.',
  'Amount with 2 decimals (1050 for 10.50)',
] as const;

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
