import { describe, expect, test } from 'vitest';
import { INTEGER, object, TEXT } from '../fixtures/invented/build.js';
import type { Json, JsonMap } from '../fixtures/json.js';
import { codesOf, draftOf, normalized } from './normalized.js';

// What a client could not write soundly is found before there is one.

const PAYMENT = { payment_id: TEXT };
const PLAIN = { ...PAYMENT, amount: INTEGER };

function errorsOf(body: JsonMap, facts: Readonly<Record<string, Json>> = {}): readonly string[] {
  return codesOf(normalized({ body, facts })).filter((code) => code.startsWith('error'));
}

describe('a refundRef is any text', () => {
  test.each<readonly [string, JsonMap, boolean]>([
    ['a text', TEXT, true],
    ['a text of 8 characters', { ...TEXT, maxLength: 8 }, true],
    ['a text of 7 characters', { ...TEXT, maxLength: 7 }, false],
    ['listed values', { ...TEXT, enum: ['a', 'b'] }, false],
    ['a number', INTEGER, false],
    ['a truth value', { type: 'boolean' }, false],
  ])('%s called reference is taken for its place: %#', (_, reference, isTaken) => {
    const draft = draftOf({ body: object({ ...PLAIN, reference }, 'payment_id', 'amount') });
    expect(draft.request.reference !== null).toBe(isTaken);
    expect(draft.request.others.map(({ name }) => name)).toEqual(isTaken ? [] : ['reference']);
  });

  test.each<readonly [string, JsonMap]>([
    ['listed values', { ...TEXT, enum: ['a', 'b'] }],
    ['a truth value', { type: 'boolean' }],
  ])('%s that are declared to hold it are a problem', (_, reference) => {
    const body = object({ ...PLAIN, reference }, 'payment_id', 'amount');
    expect(errorsOf(body, { request: { reference: 'body.reference' } })).toEqual(['error R040']);
  });
});

test('an amount of listed values is a problem', () => {
  const amount = { ...TEXT, enum: ['10.00', '20.00'] };
  expect(errorsOf(object({ ...PAYMENT, amount }, 'payment_id', 'amount'))).toEqual(['error R040']);
});

describe('a body that no value can be is a problem', () => {
  const body = object(PLAIN, 'payment_id', 'amount');
  test.each<readonly [string, JsonMap, boolean]>([
    ['an object and a listed number', { allOf: [body, { enum: [1] }] }, false],
    ['an object and a text', { allOf: [body, { type: 'string' }] }, false],
    ['an object and a text or null', { allOf: [body, { anyOf: [TEXT, { type: 'null' }] }] }, false],
    ['an object, and alternatives of which one is', { allOf: [body, { anyOf: [TEXT, object({})] }] }, true],
    ['an object and a description', { allOf: [body, { description: 'A refund.' }] }, true],
    ['an object that may be null', { allOf: [body], nullable: true }, true],
  ])('%s', (_, schema, isPossible) => {
    expect(errorsOf(schema).includes('error R043')).toBe(!isPossible);
  });
});

test('so is an object around the payment', () => {
  const holder = { allOf: [{ enum: ['a', 1] }, object(PAYMENT)] };
  const body = object({ holder, amount: INTEGER }, 'amount');
  expect(errorsOf(body, { request: { payment: 'body.holder.payment_id' } })).toEqual(['error R043']);
});

test('what has to be in an object that is written anyway has to be given', () => {
  const holder = object({ id: TEXT, reason: TEXT, kind: TEXT, memo: TEXT }, 'id', 'reason', 'kind');
  const body = object({ payment: holder, amount: INTEGER }, 'amount');
  const { request } = draftOf({ body, facts: { request: { payment: 'body.payment.id' } } });
  expect(request.reason?.value.required).toBe(true);
  expect(request.others.map(({ name, required }) => [name, required])).toEqual([
    ['kind', true],
    ['memo', false],
  ]);
});
