import { describe, expect, test } from 'vitest';
import { findKeyCarrier } from '../../generator/normalize/idempotency.js';
import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';
import { actionOf } from '../fixtures/pack.js';
import { codesOf, draftOf, normalized } from './normalized.js';

/** A place as an overlay writes it. */
function written(place: { readonly part: string; readonly path: readonly string[] } | undefined): string | undefined {
  return place && [place.part, ...place.path].join('.').replaceAll('.[]', '[]');
}

const MONEY = object({ value: INTEGER, currency: TEXT }, 'value', 'currency');
const PAYMENT: JsonMap = { payment_id: TEXT };

describe('the amount is found wherever it is', () => {
  test.each<readonly [string, JsonMap, string]>([
    ['at the top', object({ ...PAYMENT, amount: INTEGER }, 'amount'), 'body.amount'],
    ['as an object', object({ ...PAYMENT, amount: MONEY }, 'amount'), 'body.amount.value'],
    ['behind a reference', object({ ...PAYMENT, amount: { $ref: '#/components/schemas/Money' } }), 'body.amount.value'],
    ['in allOf', { allOf: [object(PAYMENT), object({ refund_amount: INTEGER })] }, 'body.refund_amount'],
    ['in oneOf', { oneOf: [object({ ...PAYMENT, amount: INTEGER }), object(PAYMENT)] }, 'body.amount'],
    ['that may be null', object({ ...PAYMENT, amount: { anyOf: [INTEGER, { type: 'null' }] } }), 'body.amount'],
    [
      'in an object that may be null',
      object({ ...PAYMENT, amount: { oneOf: [MONEY, { type: 'null' }] } }),
      'body.amount.value',
    ],
    [
      'in wrappers',
      object({ data: object({ attributes: object({ ...PAYMENT, amount: INTEGER }) }) }),
      'body.data.attributes.amount',
    ],
    ['in a list', object({ refunds: listOf(object({ ...PAYMENT, amount: INTEGER })) }), 'body.refunds[].amount'],
    ['beside one of a fee', object({ ...PAYMENT, amount: INTEGER, fee_amount: INTEGER }), 'body.amount'],
    [
      'beside what is left',
      object({ ...PAYMENT, refund_amount: INTEGER, remaining_amount: INTEGER }),
      'body.refund_amount',
    ],
    [
      'beside those of items',
      object({ ...PAYMENT, amount: INTEGER, items: listOf(object({ amount: INTEGER })) }),
      'body.amount',
    ],
    ['as a text', object({ ...PAYMENT, amount: TEXT }), 'body.amount'],
    ['in another language', object({ ...PAYMENT, valor: INTEGER }), 'body.valor'],
  ])('%s', (_, body, place) => {
    const { amount } = draftOf({ body, schemas: { Money: MONEY } });
    expect(written(amount?.place)).toBe(place);
  });

  test.each<readonly [string, JsonMap]>([
    ['a fee', object({ ...PAYMENT, fee_amount: INTEGER })],
    ['a tax', object({ ...PAYMENT, tax_amount: INTEGER }, 'tax_amount')],
    ['what is left', object({ ...PAYMENT, remaining_amount: INTEGER })],
    ['a currency', object({ ...PAYMENT, amount_currency: TEXT })],
    ['nothing', object(PAYMENT)],
  ])('%s is asked about, and not taken for it', (_, body) => {
    const { draft, problems } = normalized({ body });
    expect(draft?.amount).toBeNull();
    const [problem] = problems.filter(({ code }) => code === 'R040');
    expect(problem?.message).toContain('which field of the create operation is the amount?');
    expect(actionOf(problem)).toMatchObject({ update: { 'x-refund': { request: { amount: 'body.amount' } } } });
  });
});

describe('the payment is found wherever it is', () => {
  const inPath = (name: string, type: JsonMap = TEXT): JsonMap => ({
    parameters: [{ name, in: 'path', required: true, schema: type }],
  });

  test.each<readonly [string, Invention, string]>([
    ['in the body', { body: object({ payment_id: TEXT, amount: INTEGER }, 'payment_id', 'amount') }, 'body.payment_id'],
    [
      'in the path',
      { create: 'POST /payments/{id}/refunds', operation: inPath('id'), body: object({ amount: INTEGER }, 'amount') },
      'path.id',
    ],
    [
      'in the path, beside one in the body that is optional',
      {
        create: 'POST /payments/{payment_id}/refunds',
        operation: inPath('payment_id'),
        body: object({ transaction_id: TEXT, amount: INTEGER }, 'amount'),
      },
      'path.payment_id',
    ],
    [
      'in the body, beside a shop in the path',
      {
        create: 'POST /shops/{shop}/refunds',
        operation: inPath('shop'),
        body: object({ transaction_id: TEXT, amount: INTEGER }, 'transaction_id', 'amount'),
      },
      'body.transaction_id',
    ],
    [
      'in an object of its own',
      { body: object({ transaction: object({ id: TEXT }, 'id'), amount: INTEGER }, 'transaction', 'amount') },
      'body.transaction.id',
    ],
    [
      'rather than a fee of it',
      {
        body: object(
          { transaction_fee: TEXT, transaction_id: TEXT, amount: INTEGER },
          'transaction_fee',
          'transaction_id',
          'amount',
        ),
      },
      'body.transaction_id',
    ],
    [
      'rather than the order',
      { body: object({ order_id: TEXT, payment_id: TEXT, amount: INTEGER }, 'order_id', 'payment_id', 'amount') },
      'body.payment_id',
    ],
    [
      'as the original',
      { body: object({ originalReference: TEXT, reference: TEXT, amount: INTEGER }, 'originalReference', 'amount') },
      'body.originalReference',
    ],
  ])('%s', (_, invention, place) => {
    const { draft, problems } = normalized(invention);
    expect(problems).toEqual([]);
    expect(written(draft?.payment?.value.place)).toBe(place);
  });

  test('as a number', () => {
    const invention = {
      create: 'POST /payments/{id}/refunds',
      operation: inPath('id', INTEGER),
      body: object({ amount: INTEGER }, 'amount'),
    };
    expect(draftOf(invention).payment?.value).toMatchObject({ type: 'integer', required: true });
  });

  const optional = object({ payment_id: TEXT, order_id: TEXT, amount: INTEGER }, 'amount');

  test('one that the spec does not require is asked about', () => {
    const { api, draft, problems } = normalized({ body: optional });
    expect(api).toBeUndefined();
    expect(draft?.payment?.value).toMatchObject({ required: false, place: { path: ['payment_id'] } });
    expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'R040 body.payment_id seems to name the payment, but the spec does not require it: is it what a refund is made by?',
    ]);
    expect(actionOf(problems[0])).toMatchObject({
      update: { 'x-refund': { request: { payment: 'body.payment_id' } } },
    });
  });

  test.each(['body.payment_id', 'body.order_id'])('unless %s is declared', (payment) => {
    const { api, problems } = normalized({ body: optional, facts: { request: { payment } } });
    expect(problems).toEqual([]);
    expect(api?.create.payment).toMatchObject({ basis: 'stated', value: { required: false } });
    expect(written(api?.create.payment.value.place)).toBe(payment);
  });

  test('a declared place that does not exist is one problem', () => {
    expect(codesOf(normalized({ facts: { request: { payment: 'body.nowhere' } } }))).toEqual(['error R014']);
  });
});

describe('the currency of the amount', () => {
  const beside = (currency: JsonMap, ...required: string[]): JsonMap =>
    object({ ...PAYMENT, amount: INTEGER, currency }, 'payment_id', 'amount', ...required);

  test.each<readonly [string, JsonMap, object | null]>([
    ['none', object({ ...PAYMENT, amount: INTEGER }, 'amount'), null],
    ['beside it', beside(TEXT, 'currency'), { place: { path: ['currency'] }, required: true, letters: 'upper' }],
    ['beside it, optional', beside(TEXT), { place: { path: ['currency'] }, required: false }],
    [
      'in its object',
      object({ ...PAYMENT, amount: MONEY }, 'amount'),
      { place: { path: ['amount', 'currency'] }, required: true },
    ],
    [
      'in its optional object',
      object({ ...PAYMENT, amount: MONEY }),
      { place: { path: ['amount', 'currency'] }, required: false },
    ],
    [
      'in its object rather than at the top',
      object({ ...PAYMENT, amount: MONEY, currency: TEXT }),
      { place: { path: ['amount', 'currency'] } },
    ],
    [
      'around a list',
      object({ currency: TEXT, refunds: listOf(object({ ...PAYMENT, amount: INTEGER })) }),
      { place: { path: ['currency'] } },
    ],
    [
      'the nearest one around it',
      object({
        currency: TEXT,
        refund: object({ currency: TEXT, parts: listOf(object({ ...PAYMENT, amount: INTEGER })) }),
      }),
      { place: { path: ['refund', 'currency'] } },
    ],
    [
      'another name',
      object({ ...PAYMENT, amount: INTEGER, currencyCode: TEXT }),
      { place: { path: ['currencyCode'] } },
    ],
    ['of something else', object({ ...PAYMENT, amount: INTEGER, settlement_currency: TEXT }), null],
    ['of no text', beside({ type: 'integer' }), null],
    ['in a list beside it', object({ ...PAYMENT, amount: INTEGER, items: listOf(object({ currency: TEXT })) }), null],
    ['in small letters', beside({ type: 'string', enum: ['eur', 'usd'] }), { letters: 'lower' }],
    ['in both', beside({ type: 'string', enum: ['eur', 'USD'] }), { letters: 'upper' }],
  ])('%s', (_, body, currency) => {
    const found = draftOf({ body }).amount?.currency;
    if (currency === null) expect(found).toBeNull();
    else expect(found).toMatchObject(currency);
  });

  test('as declared', () => {
    const body = object({ ...PAYMENT, amount: INTEGER, currency: TEXT, unit: TEXT }, 'payment_id', 'amount');
    const facts = {
      request: { currency: 'body.unit' },
      amount: { unit: 'minor', full: 'unsupported', currencyCase: 'lower' },
    };
    expect(draftOf({ body, facts }).amount?.currency).toEqual({
      place: { part: 'body', path: ['unit'] },
      required: false,
      letters: 'lower',
    });
  });

  const omitted = { amount: { unit: 'minor', full: 'omitted' } };

  test.each<readonly [string, JsonMap]>([
    ['at the top', object({ ...PAYMENT, amount: INTEGER, currency: TEXT }, 'payment_id', 'currency')],
    [
      'in an object that has to be there',
      object({ ...PAYMENT, amount: object({ value: INTEGER, currency: TEXT }, 'currency') }, 'payment_id', 'amount'),
    ],
  ])('that has to be there %s leaves no full refund', (_, body) => {
    expect(codesOf(normalized({ body, facts: omitted }))).toEqual(['error R014']);
  });

  test('that has to be there with the amount leaves one', () => {
    const body = object({ ...PAYMENT, amount: MONEY }, 'payment_id');
    expect(codesOf(normalized({ body, facts: omitted }))).toEqual([]);
  });
});

describe('an idempotency key', () => {
  test.each([
    ['header', 'Idempotency-Key'],
    ['header', 'X-Request-Id'],
    ['header', 'X-Idempotency-Token'],
    ['header', 'nonce'],
  ])('in the %s as %s is seen', (part, name) => {
    const operation = { parameters: [{ name, in: part, schema: TEXT }] };
    const { problems } = normalized({ operation, facts: { idempotency: undefined } });
    const [problem] = problems;
    expect(problem).toMatchObject({ code: 'R033', message: expect.stringContaining(`${part}.${name}`) });
  });

  test('in the body is suggested as a field, and the lines answer the question', () => {
    const body = object({ ...PAYMENT, amount: INTEGER, idempotency_key: TEXT }, 'payment_id', 'amount');
    const [problem] = normalized({ body, facts: { idempotency: undefined } }).problems;
    const idempotency = { field: 'body.idempotency_key', replay: false };
    expect(actionOf(problem)).toMatchObject({ update: { 'x-refund': { idempotency } } });
    const { api, problems } = normalized({ body, facts: { idempotency } });
    expect(problems).toEqual([]);
    expect(api?.idempotency.value).toEqual({
      kind: 'key',
      place: { part: 'body', path: ['idempotency_key'] },
      replay: false,
    });
    // It is not the caller's to set as well.
    expect(api?.create.others).toEqual([]);
  });

  test('is never assumed by its name', () => {
    const operation = { parameters: [{ name: 'Idempotency-Key', in: 'header', required: true, schema: TEXT }] };
    const { api, draft } = normalized({ operation, facts: { idempotency: undefined } });
    expect([api, draft?.idempotency]).toEqual([undefined, null]);
  });

  test('in the query is none that could be declared', () => {
    const operation = { parameters: [{ name: 'idempotency_key', in: 'query', schema: TEXT }] };
    const [problem] = normalized({ operation, facts: { idempotency: undefined } }).problems;
    expect(actionOf(problem)).toMatchObject({ update: { 'x-refund': { idempotency: 'none' } } });
  });

  test.each([{ field: 'body.nowhere' }, { header: 'X-Nowhere' }])('%o that does not exist is a problem', (key) => {
    expect(codesOf(normalized({ facts: { idempotency: { ...key, replay: false } } }))).toEqual(['error R014']);
  });

  test.each(['announced', 'nonceless', 'requestIdentity', 'key'])('a field %s is none', (name) => {
    const create = draftOf({ body: object({ [name]: TEXT, ...PAYMENT, amount: INTEGER }) }).native.operations[0];
    expect(create && findKeyCarrier({ create })).toBeUndefined();
  });
});
