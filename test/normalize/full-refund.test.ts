import { describe, expect, test } from 'vitest';
import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { Json, JsonMap } from '../fixtures/json.js';
import { actionOf } from '../fixtures/pack.js';
import { codesOf, normalized } from './normalized.js';

const OMITTED: JsonMap = { unit: 'minor', full: 'omitted' };
const MONEY = object({ value: INTEGER, currency: TEXT }, 'value', 'currency');

/** A payment beside what holds the amount. */
function beside(name: string, holder: JsonMap, ...required: string[]): JsonMap {
  return object({ payment_id: TEXT, [name]: holder }, 'payment_id', ...required);
}

function omitting(body: JsonMap, facts: Readonly<Record<string, Json>> = {}): Invention {
  return { body, facts: { amount: OMITTED, ...facts } };
}

const WITH_TAX = object({ value: INTEGER, currency: TEXT, tax: INTEGER });

describe('what is left of an amount without itself is no full refund', () => {
  test.each<readonly [string, Invention, string]>([
    ['a further field', omitting(beside('amount', WITH_TAX)), 'body.amount would still be sent'],
    [
      'a further field, beside an amount that its object demands',
      omitting(beside('amount', object({ value: INTEGER, tax: INTEGER }, 'value'))),
      'body.amount.tax is in it',
    ],
    [
      'a fixed field',
      omitting(beside('amount', WITH_TAX), { fixed: { 'body.amount.tax': 0 } }),
      'body.amount.tax is in it',
    ],
    [
      'the reference',
      omitting(beside('refund', object({ amount: INTEGER, ref: TEXT })), { request: { reference: 'body.refund.ref' } }),
      'body.refund.ref is in it',
    ],
    [
      'the key',
      omitting(beside('refund', object({ amount: INTEGER, key: TEXT })), {
        idempotency: { field: 'body.refund.key', replay: false },
      }),
      'body.refund.key is in it',
    ],
    ['a reason', omitting(beside('refund', object({ amount: INTEGER, reason: TEXT }))), 'body.refund.reason is in it'],
    [
      'a field of what is around it',
      omitting(beside('refund', object({ amount: MONEY, memo: TEXT }))),
      'body.refund would still be sent',
    ],
    [
      'a field of what is around it, where the amount has to be in that',
      omitting(beside('refund', object({ amount: object({ value: INTEGER }), memo: TEXT }, 'amount'))),
      'body.refund would still be sent',
    ],
    [
      'a field of an item',
      omitting(beside('parts', listOf(object({ amount: INTEGER, memo: TEXT })))),
      'body.parts would still be sent',
    ],
  ])('%s', (_, invention, said) => {
    const made = normalized(invention);
    expect(codesOf(made)).toEqual(['error R014']);
    const [problem] = made.problems;
    expect(problem?.message).toContain(said);
    expect(problem?.location?.pointer).toBe('/x-refund/amount/full');
    const unsupported = { ...invention.facts, amount: { unit: 'minor', full: 'unsupported' } };
    expect(normalized({ ...invention, facts: unsupported }).api?.create.amount.full.value).toBe('unsupported');
  });

  test('where the spec itself says that it may be left out, the question has an answer', () => {
    const value = { type: 'integer', description: 'If omitted, the full remaining amount is refunded.' };
    const body = beside('amount', object({ value, tax: INTEGER }));
    const made = normalized({ body, facts: { amount: { unit: 'minor' } } });
    expect(codesOf(made)).toEqual(['error R035']);
    expect(actionOf(made.problems[0])).toMatchObject({
      update: { 'x-refund': { amount: { full: 'unsupported' } } },
    });
  });
});

describe('what is required leaves no full refund', () => {
  test.each<readonly [string, JsonMap, string]>([
    [
      'an amount beside the payment, in an object that the spec takes for optional',
      object({ data: object({ payment_id: TEXT, amount: INTEGER }, 'payment_id', 'amount') }),
      'body.data.amount is required',
    ],
    [
      'a currency beside the payment, in such an object',
      object({ data: object({ payment_id: TEXT, amount: INTEGER, currency: TEXT }, 'payment_id', 'currency') }),
      'body.data.currency is required',
    ],
  ])('%s', (_, body, said) => {
    const made = normalized(omitting(body, { request: { payment: 'body.data.payment_id' } }));
    expect(codesOf(made)).toEqual(['error R014']);
    expect(made.problems[0]?.message).toContain(said);
  });
});

describe('a full refund is accepted', () => {
  test.each<readonly [string, Invention]>([
    ['where the object has the amount and its currency only', omitting(beside('amount', MONEY))],
    [
      'where an object in another one has',
      omitting(beside('refund', object({ money: object({ value: INTEGER, currency: TEXT }) }))),
    ],
    ['where the amount stands for itself', omitting(object({ payment_id: TEXT, amount: INTEGER }, 'payment_id'))],
    ['where the object has to be there', omitting(beside('amount', WITH_TAX, 'amount'))],
    [
      'where the payment is in the object, too',
      omitting(object({ data: object({ payment_id: TEXT, amount: INTEGER, memo: TEXT }, 'payment_id') }), {
        request: { payment: 'body.data.payment_id' },
      }),
    ],
    [
      'where the item of a list has the payment, too',
      omitting(object({ parts: listOf(object({ payment_id: TEXT, amount: INTEGER, memo: TEXT })) }), {
        request: { payment: 'body.parts[].payment_id' },
      }),
    ],
  ])('%s', (_, invention) => {
    const { api, problems } = normalized(invention);
    expect(problems).toEqual([]);
    expect(api?.create.amount.full.value).toBe('omitted');
  });
});
