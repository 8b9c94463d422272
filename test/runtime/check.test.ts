import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, isObject, type ObjectShape, type Shape } from '../../templates/runtime/check.js';
import { ExactNumber } from '../../templates/runtime/json.js';

/** Checks a value and expects one fault, of this field. */
function fault(value: unknown, shape: Shape, field = 'body.note'): string {
  const faults = check(value, shape, 'body.note');
  expect(faults.map((found) => found.field)).toEqual([field]);
  return faults.map(({ message }) => message).join();
}

function fits(value: unknown, shape: Shape): void {
  expect(check(value, shape, 'body.note')).toEqual([]);
}

const text: Shape = { kind: 'string' };

describe('null', () => {
  const kinds: Shape[] = [
    text,
    { kind: 'integer' },
    { kind: 'number' },
    { kind: 'boolean' },
    { kind: 'array', items: text },
    { kind: 'object', fields: {} },
  ];

  test.each(kinds)('$kind', (shape) => {
    expect(fault(null, shape)).toBe('must not be null');
    fits(null, { ...shape, nullable: true });
    expect(check(undefined, { ...shape, nullable: true }, 'body.note')).toHaveLength(1);
  });

  test('is part of anything', () => {
    fits(null, { kind: 'any' });
  });
});

describe('string', () => {
  test.each([1, true, ['a'], { a: 1 }, 5n, new ExactNumber('1'), Symbol.iterator])('%s is none', (value) => {
    expect(fault(value, text)).toBe('must be a string');
  });

  test.each(['\ud800', 'a\udc00', '\ud83d', '\ude00\ud83d', 'ok\ud83d ok'])('%j holds half of a pair', (value) => {
    expect(fault(value, text)).toContain('surrogate');
    expect(fault(value, { kind: 'string', enum: [value] })).toContain('surrogate');
  });

  test('well-formed text fits, in any script', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => fits(value, text)));
  });

  test('characters are counted, not code units', () => {
    fits('😀😀', { kind: 'string', minLength: 2, maxLength: 2 });
    expect(fault('😀', { kind: 'string', minLength: 2 })).toBe('must have at least 2 characters, not 1');
    expect(fault('😀😀😀', { kind: 'string', maxLength: 2 })).toBe('must have at most 2 characters, not 3');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), { maxLength: 20 }), (units) => {
        fits(units.join(''), { kind: 'string', minLength: units.length, maxLength: units.length });
      }),
    );
  });

  test('bounds include themselves', () => {
    fits('', { kind: 'string', maxLength: 0 });
    fits('ab', { kind: 'string', minLength: 2, maxLength: 2 });
    expect(fault('', { kind: 'string', minLength: 1 })).toContain('at least 1');
    expect(fault('a', { kind: 'string', maxLength: 0 })).toContain('at most 0');
  });

  test('enum', () => {
    const reason: Shape = { kind: 'string', enum: ['duplicate', 'fraudulent'] };
    fits('duplicate', reason);
    for (const value of ['Duplicate', 'duplicate ', '', 'toString']) {
      expect(fault(value, reason)).toBe('must be one of duplicate, fraudulent');
    }
  });

  test('pattern', () => {
    const shape: Shape = { kind: 'string', pattern: '^re_[a-z]+$' };
    fits('re_abc', shape);
    expect(fault('re_', shape)).toBe('must match ^re_[a-z]+$');
    expect(fault('re_abc\n', shape)).toContain('must match');
    fits('😀', { kind: 'string', pattern: '^.$' });
    fits('xay', { kind: 'string', pattern: 'a' });
  });

  test.each([
    ['uuid', '123e4567-e89b-12d3-a456-426614174000', '123e4567e89b12d3a456426614174000'],
    ['date', '2026-01-31', '31.01.2026'],
    ['date-time', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00'],
    ['date-time', '2026-01-31T10:00:00.123+02:00', '2026-01-31'],
  ])('format %s', (format, good, bad) => {
    fits(good, { kind: 'string', format });
    expect(fault(bad, { kind: 'string', format })).toBe(`must be a ${format}`);
    expect(fault(`${good}\n`, { kind: 'string', format })).toBe(`must be a ${format}`);
  });

  test('other formats are annotations', () => {
    fits('anything', { kind: 'string', format: 'email' });
    fits('anything', { kind: 'string', format: 'toString' });
  });
});

describe('integer and number', () => {
  test.each(['1', true, null, [], {}, 5n, Number.NaN, Number.POSITIVE_INFINITY])('%s is none', (value) => {
    fault(value, { kind: 'integer' });
    fault(value, { kind: 'number' });
  });

  test('an integer has no fraction', () => {
    fault(1.5, { kind: 'integer' });
    fits(1.5, { kind: 'number' });
    fits(-3, { kind: 'integer' });
    fits(1.0, { kind: 'integer' });
  });

  test('an integer that JSON would change is refused', () => {
    fits(Number.MAX_SAFE_INTEGER, { kind: 'integer' });
    fits(Number.MIN_SAFE_INTEGER, { kind: 'integer' });
    expect(fault(2 ** 53, { kind: 'integer' })).toBe('must be an integer below 2^53');
    expect(fault(-(2 ** 53), { kind: 'integer' })).toContain('2^53');
    expect(fault(1e21, { kind: 'integer' })).toContain('2^53');
  });

  test.each(['integer', 'number'] as const)('bounds of %s include themselves', (kind) => {
    fits(1, { kind, minimum: 1, maximum: 1 });
    fits(0, { kind, minimum: 0 });
    expect(fault(0, { kind, minimum: 1 })).toBe('must be at least 1');
    expect(fault(2, { kind, maximum: 1 })).toBe('must be at most 1');
    expect(fault(-1, { kind, maximum: 0, minimum: 0 })).toBe('must be at least 0');
  });

  test.each(['integer', 'number'] as const)('exclusive bounds of %s do not', (kind) => {
    fits(1, { kind, exclusiveMinimum: 0, exclusiveMaximum: 2 });
    expect(fault(0, { kind, exclusiveMinimum: 0 })).toBe('must be more than 0');
    expect(fault(2, { kind, exclusiveMaximum: 2 })).toBe('must be less than 2');
    expect(fault(new ExactNumber('0.00'), { kind: 'number', exclusiveMinimum: 0 })).toBe('must be more than 0');
    expect(fault(new ExactNumber('2'), { kind, exclusiveMaximum: 2 })).toBe('must be less than 2');
    fits(new ExactNumber('0.01'), { kind: 'number', exclusiveMinimum: 0 });
    fits(new ExactNumber('1.99'), { kind: 'number', exclusiveMaximum: 2 });
  });

  test('of two bounds the nearer one is told', () => {
    expect(fault(0, { kind: 'number', minimum: 1, exclusiveMinimum: 0 })).toBe('must be at least 1');
    expect(fault(9, { kind: 'number', maximum: 1, exclusiveMaximum: 5 })).toBe('must be at most 1');
  });

  test('bounds that no decimal of an amount reaches hold nothing up', () => {
    fits(new ExactNumber('5'), { kind: 'number', maximum: 1e60, exclusiveMinimum: 1e-60 });
  });

  test('a multiple is one in decimals', () => {
    fits(0.3, { kind: 'number', multipleOf: 0.1 });
    fits(1.1, { kind: 'number', multipleOf: 0.01 });
    fits(-4, { kind: 'integer', multipleOf: 2 });
    fits(new ExactNumber('12.50'), { kind: 'number', multipleOf: 0.01 });
    expect(fault(3, { kind: 'integer', multipleOf: 2 })).toBe('must be a multiple of 2');
    expect(fault(new ExactNumber('12.505'), { kind: 'number', multipleOf: 0.01 })).toBe('must be a multiple of 0.01');
  });

  test('values that are listed', () => {
    fits(2, { kind: 'integer', enum: [1, 2] });
    fits(new ExactNumber('2.0'), { kind: 'number', enum: [1, 2] });
    expect(fault(3, { kind: 'integer', enum: [1, 2] })).toBe('must be one of 1, 2');
    expect(fault(new ExactNumber('3'), { kind: 'number', enum: [1, 2] })).toBe('must be one of 1, 2');
  });

  test.each([0, 1e-60])('a step of %d is none', (multipleOf) => {
    fits(7, { kind: 'number', multipleOf });
  });

  test('an exact number fits', () => {
    fits(new ExactNumber('9007199254740993'), { kind: 'integer' });
    fits(new ExactNumber('12.50'), { kind: 'number' });
    fits(new ExactNumber('100'), { kind: 'integer', minimum: 1, maximum: 100 });
  });

  test('an exact number is held to the same rules', () => {
    fault(new ExactNumber('12.5'), { kind: 'integer' });
    expect(fault(new ExactNumber('0'), { kind: 'integer', minimum: 1 })).toBe('must be at least 1');
    expect(fault(new ExactNumber('101'), { kind: 'integer', maximum: 100 })).toBe('must be at most 100');
    expect(fault(new ExactNumber('9007199254740993'), { kind: 'integer', maximum: 9007199254740992 })).toContain(
      'at most',
    );
  });
});

test.each(['true', 0, 1, [], {}])('boolean is not %j', (value) => {
  expect(fault(value, { kind: 'boolean' })).toBe('must be true or false');
  fits(true, { kind: 'boolean' });
  fits(false, { kind: 'boolean' });
});

describe('array', () => {
  const shape: Shape = { kind: 'array', items: { kind: 'string', maxLength: 2 }, minItems: 1, maxItems: 2 };

  test.each(['ab', 1, {}, { 0: 'a', length: 1 }, new Set(['a'])])('%s is none', (value) => {
    expect(fault(value, shape)).toBe('must be an array');
  });

  test('counts its items', () => {
    fits(['a', 'b'], shape);
    expect(fault([], shape)).toBe('must have at least 1 items');
    expect(fault(['a', 'b', 'c'], shape)).toBe('must have at most 2 items');
  });

  test('names the item', () => {
    expect(fault(['a', 'abc'], shape, 'body.note.1')).toContain('at most 2 characters');
    expect(check([1, 2], shape, 'body.note').map(({ field }) => field)).toEqual(['body.note.0', 'body.note.1']);
    fault(['a', undefined], shape, 'body.note.1');
  });

  test('a hole is a missing item', () => {
    const holes: unknown[] = [];
    holes[1] = 'a';
    fault(holes, shape, 'body.note.0');
  });
});

describe('object', () => {
  const shape: ObjectShape = {
    kind: 'object',
    required: ['payment'],
    fields: {
      payment: text,
      amount: { kind: 'integer', minimum: 1 },
      metadata: { kind: 'object', required: ['order'], fields: { order: text } },
    },
    closed: true,
  };

  test.each(['x', 1, [], [['payment', 'p']], new ExactNumber('1')])('%j is none', (value) => {
    expect(fault(value, shape)).toBe('must be an object');
  });

  test('required', () => {
    fits({ payment: 'p' }, shape);
    expect(fault({}, shape, 'body.note.payment')).toBe('is required');
    expect(fault({ payment: undefined }, shape, 'body.note.payment')).toBe('is required');
    expect(fault({ payment: null }, shape, 'body.note.payment')).toBe('must not be null');
  });

  test('an inherited field is not sent, so it is missing', () => {
    fault(Object.create({ payment: 'p' }), shape, 'body.note.payment');
    const inherited: Shape = { kind: 'object', required: ['toString'], fields: { toString: text } };
    fault({}, inherited, 'body.note.toString');
  });

  test('names the field, at any depth and in order', () => {
    const value = { amount: 0, metadata: {}, extra: 1 };
    expect(check(value, shape, 'body')).toEqual([
      { field: 'body.payment', message: 'is required' },
      { field: 'body.amount', message: 'must be at least 1' },
      { field: 'body.metadata.order', message: 'is required' },
      { field: 'body.extra', message: 'is not a field of this object' },
    ]);
    expect(check(value, shape, '').map(({ field }) => field)).toEqual(['payment', 'amount', 'metadata.order', 'extra']);
  });

  test('closed', () => {
    expect(fault({ payment: 'p', ammount: 1 }, shape, 'body.note.ammount')).toBe('is not a field of this object');
    fits({ payment: 'p', ammount: undefined }, shape);
    fits({ payment: 'p', ammount: 1 }, { ...shape, closed: false });
    const evil = Object.fromEntries([
      ['payment', 'p'],
      ['__proto__', 1],
    ]);
    fault(evil, shape, 'body.note.__proto__');
    fault({ payment: 'p', toString: 'x' }, shape, 'body.note.toString');
  });

  test('optional fields may be undefined', () => {
    fits({ payment: 'p', amount: undefined, metadata: undefined }, shape);
  });
});

describe('reserved', () => {
  const shape: Shape = {
    kind: 'object',
    fields: { receipt: { kind: 'reserved', for: 'refundRef' }, other: { kind: 'any' } },
  };

  test.each(['x', '', 0, false, {}])('%j may not be set', (receipt) => {
    expect(fault({ receipt }, shape, 'body.note.receipt')).toBe('is set by the client, from refundRef');
  });

  test('null may not be set either', () => {
    fault({ receipt: null }, shape, 'body.note.receipt');
  });

  test('nothing is nothing', () => {
    fits({ receipt: undefined, other: 1 }, shape);
    fits({}, shape);
  });
});

test.each([
  [{}, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  [undefined, false],
  ['x', false],
  [new ExactNumber('1'), false],
  [() => 1, false],
])('isObject(%j)', (value, wanted) => {
  expect(isObject(value)).toBe(wanted);
});

test('a list may have as few items as it must', () => {
  const shape: Shape = { kind: 'array', items: { kind: 'string' }, minItems: 1 };
  expect(check(['a'], shape, 'list')).toEqual([]);
  expect(check([], shape, 'list')).toHaveLength(1);
});

test.each(['1', {}, [], true, Number.NaN, Infinity])('%j is no number', (value) => {
  expect(check(value, { kind: 'number' }, 'sum')).toEqual([{ field: 'sum', message: 'must be a finite number' }]);
});
