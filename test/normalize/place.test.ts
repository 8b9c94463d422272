import { describe, expect, test } from 'vitest';
import type { Operation, RequestPlace } from '../../generator/ir.js';
import { findPlace, isAround, isDemanded, isSamePlace, listPlaces } from '../../generator/normalize/place.js';
import { type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import { draftOf } from './normalized.js';

function createOf(invention: Invention): Operation {
  const [create] = draftOf(invention).native.operations;
  if (create === undefined) throw new Error('no operation creates a refund');
  return create;
}

function body(...path: readonly string[]): RequestPlace {
  return { part: 'body', path };
}

const LINE = object({ id: TEXT, note: TEXT }, 'id');
const CREATE = createOf({
  operation: { parameters: [{ name: 'X-Mode', in: 'header', required: true, schema: TEXT }] },
  body: object(
    {
      amount: { type: 'integer' },
      payment_id: TEXT,
      must: listOf(LINE, { minItems: 1 }),
      may: listOf(LINE),
      zero: listOf(LINE, { minItems: 0 }),
      perhaps: listOf(LINE, { minItems: 1 }),
      extra: object({ deep: object({ leaf: TEXT }, 'leaf') }, 'deep'),
    },
    'amount',
    'payment_id',
    'must',
    'may',
    'zero',
  ),
});

test('places are listed from the outside, parameters first', () => {
  expect(listPlaces(CREATE).map(({ place: { part, path } }) => [part, ...path].join('.'))).toMatchInlineSnapshot(`
    [
      "header.X-Mode",
      "body.amount",
      "body.extra",
      "body.may",
      "body.must",
      "body.payment_id",
      "body.perhaps",
      "body.zero",
      "body.extra.deep",
      "body.may.[]",
      "body.must.[]",
      "body.perhaps.[]",
      "body.zero.[]",
      "body.extra.deep.leaf",
      "body.may.[].id",
      "body.may.[].note",
      "body.must.[].id",
      "body.must.[].note",
      "body.perhaps.[].id",
      "body.perhaps.[].note",
      "body.zero.[].id",
      "body.zero.[].note",
    ]
  `);
});

describe('what has to be there with all that is around it', () => {
  test.each<readonly [readonly string[], boolean]>([
    [['must'], true],
    [['must', '[]'], true],
    [['must', '[]', 'id'], true],
    [['must', '[]', 'note'], false],
    [['may'], true],
    [['may', '[]'], false],
    [['may', '[]', 'id'], false],
    [['zero', '[]'], false],
    [['perhaps'], false],
    [['perhaps', '[]'], false],
    [['extra', 'deep', 'leaf'], false],
  ])('%s: %s', (path, required) => {
    expect(findPlace(CREATE, body(...path))?.required).toBe(required);
  });
});

describe('what has to be there where that around it is', () => {
  test.each<readonly [string, RequestPlace, boolean]>([
    ['a field that is required', body('must'), true],
    ['a field that is not', body('extra'), false],
    ['a field that no object has', body('none'), false],
    ['a field of an optional object', body('extra', 'deep'), true],
    ['a field of an object in it', body('extra', 'deep', 'leaf'), true],
    ['a field of nothing', body('none', 'leaf'), false],
    ['a field of a text', body('payment_id', 'leaf'), false],
    ['the item of a list that has one', body('perhaps', '[]'), true],
    ['the item of a list that may be empty', body('may', '[]'), false],
    ['the item of a list of none or more', body('zero', '[]'), false],
    ['a field of an item', body('may', '[]', 'id'), true],
    ['an optional field of an item', body('must', '[]', 'note'), false],
    ['a parameter', { part: 'header', path: ['X-Mode'] }, true],
    ['a parameter that there is not', { part: 'query', path: ['mode'] }, false],
  ])('%s', (_, place, demanded) => {
    expect(isDemanded(CREATE, place)).toBe(demanded);
  });

  test('nothing of a body that there is not', () => {
    const none = { ...CREATE, body: null };
    expect(isDemanded(none, body('amount'))).toBe(false);
    expect(isDemanded(none, body('extra', 'deep'))).toBe(false);
  });
});

describe('the same place', () => {
  test('names of headers have no case, those of all else have', () => {
    const header = (name: string): RequestPlace => ({ part: 'header', path: [name] });
    expect(isSamePlace(header('X-Mode'), header('x-mode'))).toBe(true);
    expect(findPlace(CREATE, header('x-MODE'))?.required).toBe(true);
    expect(isSamePlace(body('Amount'), body('amount'))).toBe(false);
    expect(findPlace(CREATE, body('AMOUNT'))).toBeUndefined();
  });

  test('a place is around itself and what is in it, and nothing else', () => {
    expect(isAround(body('extra'), body('extra'))).toBe(true);
    expect(isAround(body('extra'), body('extra', 'deep'))).toBe(true);
    expect(isAround(body('extra', 'deep'), body('extra'))).toBe(false);
    expect(isAround(body('extra'), body('extras'))).toBe(false);
    expect(isAround({ part: 'query', path: ['extra'] }, body('extra'))).toBe(false);
    expect(isSamePlace(body('extra'), body('extra', 'deep'))).toBe(false);
  });
});
