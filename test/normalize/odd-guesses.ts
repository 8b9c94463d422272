import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';
import { inPath, NUMBER } from './odd-parts.js';

const LONG = { ...TEXT, maxLength: 64 };

/** An answer that nobody has explained: what it seems to say is suggested. */
const answer = (schema: JsonMap): Invention => ({ answers: { '200': schema }, facts: { answers: undefined } });
/** An error that nobody has explained, though money hangs on its code. */
const error = (schema: JsonMap): Invention => ({
  errors: { '400': schema },
  facts: { errors: { kinds: { late: 'not_refundable' } } },
});
/** A request, none of which is declared. */
const request = (properties: JsonMap, more: Invention = {}): Invention => ({
  body: object({ amount: INTEGER, ...properties }, 'amount'),
  ...more,
});
const path = (create: string, ...names: readonly string[]): Invention => ({
  create: `POST ${create}`,
  operation: { parameters: names.map((name) => inPath(name)) },
  body: object({ amount: INTEGER }, 'amount'),
  facts: { operations: { create: `POST ${create}` } },
});

/** Providers that leave something to be guessed, odd in one way each: what is taken and what is asked is in a snapshot. */
export const ODD_GUESSES: Readonly<Record<string, Invention>> = {
  // Answers.
  'a refund with ids of several kinds': answer(
    object({ id: TEXT, refund_id: TEXT, payment_id: TEXT, amount: INTEGER, currency: TEXT, status: TEXT }),
  ),
  'a refund by its reference': answer(object({ refundReference: TEXT, refund_status: TEXT, state_code: TEXT })),
  'a refund by its number': answer(object({ 'refund-number': INTEGER, state: TEXT })),
  'a refund by its token': answer(object({ refund_token: TEXT, mystatus: TEXT, statuses: TEXT })),
  'a refund with words that only begin so': answer(
    object({ refund_ids: TEXT, refund_numbering: TEXT, identity: TEXT }),
  ),
  'a refund with words that only end so': answer(object({ refund_uid: TEXT, substatus: TEXT, multi_currency: TEXT })),
  'an id of a payment service': answer(object({ pspReference: TEXT, status: TEXT })),
  'references of others': answer(object({ psp: TEXT, reference: TEXT, merchantReference: TEXT, pspCode: TEXT })),
  'a reference in three words': answer(object({ psp_shop_reference: TEXT })),
  'an id that is a truth value': answer(
    object({ id: { type: 'boolean' }, status: INTEGER, amount: { type: 'boolean' } }),
  ),
  'an id without a type': answer(object({ id: {}, status: {}, currency: {}, amount: {} })),
  'an id that is an object': answer(
    object({ id: object({ value: TEXT }), amount: object({ value: INTEGER, currency: TEXT }) }),
  ),
  'currencies of several kinds': answer(
    object({ settlement_currency: TEXT, currency: TEXT, payment_currency_code: TEXT, amount: INTEGER }),
  ),
  'a currency in two words': answer(object({ currency_code: TEXT, amount: INTEGER })),
  'a currency that is a number': answer(object({ currency: INTEGER, amount: INTEGER })),
  'two amounts': answer(object({ amount: INTEGER, refund_amount: INTEGER, fee: INTEGER })),
  'a refund in an envelope': answer(object({ data: object({ id: TEXT, status: TEXT, amount: INTEGER }), id: TEXT })),
  'a refund in a named envelope': answer(object({ refund: object({ id: TEXT, status: TEXT }), status: TEXT })),
  'a refund in an envelope of two words': answer(object({ refund_details: object({ id: TEXT, status: TEXT }) })),
  'a refund in an envelope of another name': answer(
    object({ result: object({ id: TEXT, status: TEXT, amount: INTEGER }) }),
  ),
  'a refund two envelopes deep': answer(
    object({ data: object({ refund: object({ id: TEXT, status: TEXT, amount: INTEGER }) }) }),
  ),
  'a refund three envelopes deep': answer(
    object({
      response: object({
        data: object({ refund: object({ id: TEXT, state: TEXT, deep: object({ currency: TEXT }) }) }),
      }),
    }),
  ),
  'a refund with a payment in it': answer(
    object({
      id: TEXT,
      status: TEXT,
      created_at: TEXT,
      payment: object({ id: TEXT, status: TEXT, amount: INTEGER, currency: TEXT }),
    }),
  ),
  'a refund that says little, with a payment in it': answer(
    object({ id: TEXT, status: TEXT, payment: object({ id: TEXT, status: TEXT, amount: INTEGER, currency: TEXT }) }),
  ),
  'a payment with the refund in it': answer(
    object({ id: TEXT, currency: TEXT, last_refund: object({ id: TEXT, amount: INTEGER, created: TEXT }) }),
  ),
  'a list of refunds': answer(object({ refunds: listOf(object({ id: TEXT, status: TEXT })) })),
  'two equal envelopes': answer(
    object({ data: object({ id: TEXT, status: TEXT }), data_more: object({ id: TEXT, status: TEXT }) }),
  ),
  'an amount deep in the refund': answer(
    object({ id: TEXT, status: TEXT, sum: object({ details: object({ amount: INTEGER }), amount: INTEGER }) }),
  ),
  'an answer of another kind': { answers: { '200': { type: 'array', items: TEXT } }, facts: { answers: undefined } },
  // Errors.
  'an error deep in others': error(object({ a: object({ b: object({ message: TEXT, code: TEXT }) }) })),
  'an error too deep': error(object({ a: object({ b: object({ c: object({ message: TEXT, code: TEXT }) }) }) })),
  'an error with several places': error(
    object({ code: TEXT, type: TEXT, message: TEXT, title: TEXT, param: TEXT, field: TEXT }),
  ),
  'an error without a code': error(object({ message: TEXT, field: TEXT })),
  'an error without a message': error(object({ code: TEXT })),
  'an error of nothing in particular': error(object({ trace: TEXT })),
  'an error with numbers': error(object({ code: INTEGER, message: NUMBER, detail: {} })),
  'an error without types': error(object({ code: {}, message: {} })),
  'an error in a list': error(object({ errors: listOf(object({ code: TEXT, message: TEXT, field: TEXT })) })),
  'an error in a list, by its issue': error(
    object({ details: listOf(object({ issue: TEXT, description: TEXT, field: TEXT })) }),
  ),
  'an error in a list, without a code': error(object({ violations: listOf(object({ message: TEXT })) })),
  'an error in a list, without a message': error(object({ issues: listOf(object({ code: TEXT })) })),
  'an error in a list of one word more': error(object({ field_errors: listOf(object({ code: TEXT, message: TEXT })) })),
  'a list of something else': error(
    object({ items: listOf(object({ code: TEXT, message: TEXT })), message: TEXT, code: TEXT }),
  ),
  'lists of words that only begin or end so': error(
    object({
      errorsome: listOf(object({ code: TEXT, message: TEXT })),
      terror: listOf(object({ code: TEXT, message: TEXT })),
      code: TEXT,
      message: TEXT,
    }),
  ),
  'a list in a list': error(
    object({ errors: listOf(object({ details: listOf(object({ code: TEXT, message: TEXT })) })) }),
  ),
  'an error and a list of details': error(
    object({
      error: object({ code: TEXT, message: TEXT, errors: listOf(object({ code: TEXT, message: TEXT, field: TEXT })) }),
    }),
  ),
  'two lists of details': error(
    object({
      code: TEXT,
      message: TEXT,
      details: listOf(object({ issue: TEXT })),
      errors: listOf(object({ code: TEXT, message: TEXT })),
    }),
  ),
  'an error by one word': error(object({ error: TEXT })),
  'errors of several statuses': {
    errors: {
      '400': object({ trace: TEXT }),
      '402': object({ code: TEXT, message: TEXT }),
      '500': object({ title: TEXT }),
    },
    facts: { errors: { kinds: { z: 'not_refundable', a: 'permission' } } },
  },
  'errors on which a failed payment hangs': {
    errors: { '400': object({ code: TEXT, message: TEXT, param: TEXT }) },
    facts: { errors: { refused: [{ status: 400, code: 'no' }] } },
  },
  'errors on which nothing hangs': {
    errors: { '400': object({ code: TEXT, message: TEXT }) },
    facts: { errors: { refused: [{ status: 400 }] } },
  },
  // Requests.
  'a payment in a header alone': {
    operation: { parameters: [{ name: 'Payment-Id', in: 'header', required: true, schema: TEXT }] },
    body: object({ amount: INTEGER }, 'amount'),
  },
  'a payment and a reference of one name': request({ reference: LONG }),
  'a payment and a reference of two names': request({ payment_reference: LONG, reference: LONG }),
  'a payment that is declared, and a reference': request(
    { transaction: TEXT, reference: LONG },
    { facts: { request: { payment: 'body.transaction' } } },
  ),
  'a payment that is declared as the reference': request(
    { reference: LONG },
    { facts: { request: { payment: 'body.reference' } } },
  ),
  'a reference of a few characters': request({ payment_id: TEXT, reference: { ...TEXT, maxLength: 7 } }),
  'a reference of some characters': request({ payment_id: TEXT, reference: { ...TEXT, maxLength: 8 } }),
  'a reference that is a number': request({ payment_id: TEXT, reference: INTEGER, note: INTEGER, metadata: TEXT }),
  'a reference of a list': request({ payment_id: TEXT, reference: { enum: ['a'] } }),
  'parts in an object': request({ payment_id: TEXT, more: object({ reference: LONG, note: TEXT, reason: TEXT }) }),
  'parts deep in objects': request({
    payment_id: TEXT,
    more: object({ deep: object({ reference: LONG, note: TEXT }) }),
  }),
  'parts in a list': request({
    payment_id: TEXT,
    items: listOf(object({ reference: LONG, note: TEXT, reason: TEXT })),
  }),
  'parts in the query': {
    operation: {
      parameters: ['reference', 'note', 'reason'].map((name) => ({ name, in: 'query', schema: TEXT })),
    },
  },
  'notes of two names': request({
    payment_id: TEXT,
    note_to_payer: TEXT,
    note: TEXT,
    reason: TEXT,
    refund_reason: TEXT,
  }),
  'a note inside what is declared': request(
    { payment_id: TEXT, extra: object({ note: TEXT, reference: LONG }), metadata: object({ ref: LONG }) },
    { facts: { request: { reference: 'body.metadata.ref', note: 'body.extra.note' } } },
  ),
  'an amount around the currency': request(
    { payment_id: TEXT, amount: object({ value: INTEGER, currency: TEXT }) },
    { facts: { request: { currency: 'body.amount.currency' } } },
  ),
  'a payment that is fixed': request(
    { payment_id: TEXT, charge_id: TEXT },
    { facts: { fixed: { 'body.payment_id': 'x' } } },
  ),
  'the only one in the path': path('/refund/{thing}', 'thing'),
  'the one before the refund': path('/things/{thing}/refunds/{refund_key}', 'thing', 'refund_key'),
  'one that is the refund itself': path('/refunds/{refund_key}/start', 'refund_key'),
  'an owner and a thing': path('/merchants/{merchant}/things/{thing}/refund', 'merchant', 'thing'),
  'an owner alone': path('/merchants/{merchant}/refund', 'merchant'),
  'owners, in the plural': path('/stores/{key}/refund', 'key'),
  'an owner of two words': path('/x/{sub_account_key}/refund', 'sub_account_key'),
  'a refund in braces': path('/{refund_kind}/things/{thing}', 'refund_kind', 'thing'),
  'a refund of two words': path('/things/{thing}/partial-refund/{other}', 'thing', 'other'),
  'a part of a part': path('/things/v{version}-{thing}/refund', 'version', 'thing'),
  'no refund in the path': path('/things/{thing}/back/{other}', 'thing', 'other'),
  'a payment that is the reference of something': request({ payment: object({ reference: LONG }, 'reference') }),
  'a payment that is the reference of something, and another': request(
    { payment: object({ reference: LONG }, 'reference'), charge_id: TEXT },
    { facts: { request: { payment: 'body.charge_id' } } },
  ),
  'three payments': request({ payment_id: TEXT, charge_id: TEXT, transaction_id: TEXT }),
  'fields of one name': request({
    payment_id: TEXT,
    extra: object({ '-note-': INTEGER }),
    lines: listOf(object({ note: INTEGER })),
    'a_b-c': TEXT,
    _x: TEXT,
    '1st': TEXT,
    toString: TEXT,
  }),
  'fields of one name in lists and objects': {
    body: object({
      payment_id: TEXT,
      amount: INTEGER,
      holder: object({ amount: object({ tax: INTEGER }), payment: TEXT }),
    }),
    facts: { request: { amount: 'body.amount', payment: 'body.payment_id' } },
  },
};
