import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';

const PAYMENT = { payment_id: TEXT };
const NUMBER: JsonMap = { type: 'number' };
const open = { amount: undefined };
const described = (description: string, schema: JsonMap = INTEGER): JsonMap => ({ ...schema, description });
const header = (name: string, more: JsonMap = {}): JsonMap => ({ name, in: 'header', schema: TEXT, ...more });
const optionalFull = { amount: { unit: 'minor', full: 'omitted' } };

/** Requests of providers that are odd in one way each: what is asked and told of them is in a snapshot. */
export const ODD_REQUESTS: Readonly<Record<string, Invention>> = {
  'the plainest': {},
  'nothing declared': {
    facts: { amount: undefined, answers: undefined, idempotency: undefined, reconciliation: undefined },
  },
  'no amount': { body: object(PAYMENT, 'payment_id') },
  'two amounts': {
    body: object({ ...PAYMENT, amount: INTEGER, refund_amount: INTEGER, total_amount: INTEGER }),
    facts: open,
  },
  'two amounts, one of which is declared': {
    body: object({ ...PAYMENT, amount: INTEGER, refund_amount: INTEGER }),
    facts: { request: { amount: 'body.amount' } },
  },
  'an amount that is declared and is not there': { facts: { request: { amount: 'body.sum' } } },
  'an amount that is a truth value': {
    body: object({ ...PAYMENT, amount: { type: 'boolean' } }),
    facts: { request: { amount: 'body.amount' } },
  },
  'an amount that is a list': {
    body: object({ ...PAYMENT, amount: listOf(INTEGER) }),
    facts: { request: { amount: 'body.amount' } },
  },
  'an amount of listed sums': {
    body: object({ ...PAYMENT, amount: { type: 'string', enum: ['10', '20'] } }, 'amount'),
    facts: { request: { amount: 'body.amount' } },
  },
  'an amount that is a number': { body: object({ ...PAYMENT, amount: NUMBER }, 'amount'), facts: open },
  'an amount that is a text': { body: object({ ...PAYMENT, amount: TEXT }, 'amount'), facts: open },
  'an amount that may be left out': {
    body: object({ ...PAYMENT, amount: INTEGER }, 'payment_id'),
    facts: { amount: { unit: 'minor' } },
  },
  'an amount that the spec says may be left out': {
    body: object({ ...PAYMENT, amount: described('If omitted, the whole payment is refunded.') }, 'payment_id'),
    facts: { amount: { unit: 'minor' } },
  },
  'an amount in a unit that the spec states': {
    body: object({ ...PAYMENT, amount: described('Amount in cents.') }, 'amount'),
    facts: open,
  },
  'an amount in two units': {
    body: object(
      { ...PAYMENT, amount: described('Amount in cents, such as 1000 for $10.00. Amount in dollars.') },
      'amount',
    ),
    facts: open,
  },
  'an amount with a long text': {
    body: object({ ...PAYMENT, amount: described(`How   much\n is ${'given back '.repeat(30)}`) }, 'amount'),
    facts: open,
  },
  'an amount with a text of exactly the length that is shown': {
    body: object({ ...PAYMENT, amount: described('x'.repeat(160)) }, 'amount'),
    facts: open,
  },
  'an amount with a text that is one sign too long': {
    body: object({ ...PAYMENT, amount: described('x'.repeat(161)) }, 'amount'),
    facts: open,
  },
  'an amount with many texts': {
    body: object({ ...PAYMENT, amount: { ...described('How much.'), example: 5 } }, 'amount'),
    answers: {
      '200': object({
        id: TEXT,
        amount: described('What was given back.'),
        refunded_amount: described('All that was.'),
      }),
    },
    facts: open,
  },
  'exponents that are declared': {
    facts: {
      amount: {
        unit: 'minor',
        full: 'unsupported',
        exponents: { overrides: { UGX: 0, ISK: 2, HUF: 0 }, unknown: ['XAU', 'BHD', 'CLF'] },
      },
    },
  },
  'a currency beside the amount': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: TEXT }, 'amount', 'currency'),
  },
  'a currency in small letters': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: { type: 'string', enum: ['usd', 'eur'] } }, 'amount'),
  },
  'a currency in large letters': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: { type: 'string', enum: ['USD', 'eur'] } }, 'amount'),
  },
  'a currency whose letters are declared': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: TEXT }, 'amount'),
    facts: { amount: { unit: 'minor', full: 'unsupported', currencyCase: 'lower' } },
  },
  'a currency that may be anything': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: {} }, 'amount'),
    facts: { request: { currency: 'body.currency' } },
  },
  'a currency that is declared and is not there': { facts: { request: { currency: 'body.money' } } },
  'two currencies': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: TEXT, currency_code: TEXT, iso_currency: TEXT }, 'amount'),
  },
  'a currency for each amount': {
    body: object(
      { ...PAYMENT, refund_amount: INTEGER, refund_currency: TEXT, payment_currency: TEXT },
      'refund_amount',
    ),
  },
  'currencies of nobody': {
    body: object(
      { ...PAYMENT, amount: INTEGER, currencyx: TEXT, xcurrency: TEXT, currency_rate: TEXT, recode: TEXT },
      'amount',
    ),
  },
  'an amount with a currency in an object': {
    body: object({ ...PAYMENT, amount: object({ value: INTEGER, currency: TEXT }, 'value', 'currency') }, 'amount'),
  },
  'a currency around the amounts': {
    body: object(
      {
        ...PAYMENT,
        refund: object({ currency: TEXT, lines: listOf(object({ amount: INTEGER }), { minItems: 1, maxItems: 1 }) }),
      },
      'refund',
    ),
    facts: { request: { amount: 'body.refund.lines.[].amount' } },
  },
  'a full refund by an amount that is required': { facts: optionalFull },
  'a full refund whose currency is required': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: TEXT }, 'payment_id', 'currency'),
    facts: optionalFull,
  },
  'a full refund that the spec states, with a currency that is required': {
    body: object(
      { ...PAYMENT, amount: described('Omit it to refund the full amount.'), currency: TEXT },
      'payment_id',
      'currency',
    ),
    facts: { amount: { unit: 'minor' } },
  },
  'a full refund that leaves half an object': {
    body: object(
      { ...PAYMENT, money: object({ amount: INTEGER, currency: TEXT, note: TEXT, fee: INTEGER }, 'amount') },
      'payment_id',
    ),
    facts: { ...optionalFull, request: { amount: 'body.money.amount', note: 'body.money.note' } },
  },
  'a full refund that leaves an object out': {
    body: object({ ...PAYMENT, money: object({ amount: INTEGER, currency: TEXT }, 'amount') }, 'payment_id'),
    facts: { ...optionalFull, request: { amount: 'body.money.amount' } },
  },
  'a full refund that leaves a list out': {
    body: object({ ...PAYMENT, lines: listOf(object({ amount: INTEGER }, 'amount'), { maxItems: 1 }) }, 'payment_id'),
    facts: { ...optionalFull, request: { amount: 'body.lines.[].amount' } },
  },
  'a payment in the same object as the amount': {
    body: object({ refund: object({ payment_id: TEXT, amount: INTEGER }, 'payment_id') }),
    facts: { ...optionalFull, request: { amount: 'body.refund.amount', payment: 'body.refund.payment_id' } },
  },
  'a payment in the path': {
    create: 'POST /payments/{id}/refunds',
    body: object({ amount: INTEGER }, 'amount'),
    operation: { parameters: [{ name: 'id', in: 'path', required: true, schema: TEXT }] },
  },
  'no payment': { body: object({ amount: INTEGER }, 'amount') },
  'two payments': { body: object({ payment_id: TEXT, charge_id: TEXT, amount: INTEGER }, 'amount') },
  'a payment that is a number': { body: object({ payment_id: INTEGER, amount: INTEGER }, 'amount', 'payment_id') },
  'a payment that is an object': {
    body: object({ payment: object({ id: TEXT }), amount: INTEGER }, 'amount'),
    facts: { request: { payment: 'body.payment' } },
  },
  'a reference': {
    body: object({ ...PAYMENT, amount: INTEGER, reference: { type: 'string', maxLength: 20 } }, 'amount'),
  },
  'a reference of listed values': {
    body: object({ ...PAYMENT, amount: INTEGER, reference: { type: 'string', enum: ['a'] } }, 'amount'),
    facts: { request: { reference: 'body.reference' } },
  },
  'a reference that is a number': {
    body: object({ ...PAYMENT, amount: INTEGER, reference: INTEGER }, 'amount'),
    facts: { request: { reference: 'body.reference' } },
  },
  'a reference in metadata': {
    body: object({ ...PAYMENT, amount: INTEGER, metadata: { type: 'object', additionalProperties: TEXT } }, 'amount'),
    facts: { request: { reference: 'body.metadata.refund_ref' } },
  },
  'a reference in metadata with fields': {
    body: object({ ...PAYMENT, amount: INTEGER, metadata: object({ a: TEXT }) }, 'amount'),
    facts: { request: { reference: 'body.metadata.refund_ref' } },
  },
  reasons: {
    body: object(
      {
        ...PAYMENT,
        amount: INTEGER,
        reason: { type: 'string', enum: ['fraud', 'duplicate'] },
        note: TEXT,
        metadata: { type: 'object' },
      },
      'amount',
      'reason',
    ),
    facts: { reasons: { sideEffects: { fraud: 'blocks the card', duplicate: 'none' } } },
  },
  'a reason in an object of its own': {
    body: object({ ...PAYMENT, amount: INTEGER, why: object({ reason: TEXT }, 'reason') }, 'amount'),
    facts: { request: { reason: 'body.why.reason' } },
  },
  'two facts in one place': {
    body: object({ ...PAYMENT, amount: INTEGER, text: TEXT }, 'amount'),
    facts: { request: { note: 'body.text', reason: 'body.text' } },
  },
  'a fact inside of another': {
    body: object({ ...PAYMENT, amount: INTEGER, why: object({ reason: TEXT }) }, 'amount'),
    facts: { request: { note: 'body.why', reason: 'body.why.reason' } },
  },
  'a fact inside of metadata': {
    body: object({ ...PAYMENT, amount: INTEGER, metadata: object({ reason: TEXT }) }, 'amount'),
    facts: { request: { metadata: 'body.metadata', reason: 'body.metadata.reason' } },
  },
  'fixed fields': {
    body: object(
      {
        ...PAYMENT,
        amount: INTEGER,
        mode: { type: 'string', enum: ['a', 'b'] },
        flag: { type: 'boolean' },
        count: INTEGER,
        any: {},
      },
      'amount',
    ),
    facts: { fixed: { 'body.mode': 'b', 'body.flag': true, 'body.count': 2, 'body.any': 'x' } },
  },
  'fixed fields that cannot be': {
    body: object(
      {
        ...PAYMENT,
        amount: INTEGER,
        mode: { type: 'string', enum: ['a', 'b'] },
        flag: { type: 'boolean' },
        count: INTEGER,
        share: NUMBER,
      },
      'amount',
    ),
    facts: { fixed: { 'body.mode': 'c', 'body.flag': 'true', 'body.count': 2.5, 'body.share': '1', 'body.none': 1 } },
  },
  'other fields': {
    body: object(
      {
        ...PAYMENT,
        amount: INTEGER,
        order_lines: listOf(TEXT),
        'Order-Note': TEXT,
        hasOwnProperty: TEXT,
        deep: object({ a: TEXT, b: TEXT }, 'a'),
      },
      'amount',
      'order_lines',
    ),
    operation: { parameters: [{ name: 'dry_run', in: 'query', schema: { type: 'boolean' } }, header('X-Trace')] },
  },
  'other fields of one name': {
    body: object({ ...PAYMENT, amount: INTEGER, note_text: TEXT, 'note-text': TEXT, expect: TEXT }, 'amount'),
    operation: { parameters: [{ name: 'expect', in: 'query', schema: TEXT }] },
  },
  'other fields of one name that lie apart': {
    body: object(
      {
        payment_id: TEXT,
        amount: INTEGER,
        from: object({ payment_id: TEXT, account: TEXT }, 'account'),
        to: object({ account: TEXT }),
      },
      'amount',
      'from',
    ),
    facts: { request: { payment: 'body.payment_id' } },
  },
  'a header that looks like a key': {
    operation: { parameters: [header('Idempotency-Key')] },
    facts: { idempotency: undefined },
  },
  'a field that looks like a key': {
    body: object({ ...PAYMENT, amount: INTEGER, request_id: TEXT }, 'amount'),
    facts: { idempotency: undefined },
  },
  'fields that do not look like a key': {
    body: object({ ...PAYMENT, amount: INTEGER, my_request: TEXT, nonces: TEXT, prerequest_id2: TEXT }, 'amount'),
    operation: { parameters: [{ name: 'request_id', in: 'query', schema: TEXT }] },
    facts: { idempotency: undefined },
  },
  'a key in a header': {
    operation: { parameters: [header('Idempotency-Key')] },
    facts: { idempotency: { header: 'idempotency-key', replay: { keyLifetimeHours: 24 } } },
  },
  'a key in a field': {
    body: object({ ...PAYMENT, amount: INTEGER, nonce: TEXT }, 'amount'),
    facts: { idempotency: { field: 'body.nonce', replay: false } },
  },
  'a key in a header that is not there': { facts: { idempotency: { header: 'Idempotency-Key', replay: false } } },
  'a key in a field that is not there': { facts: { idempotency: { field: 'body.nonce', replay: false } } },
  'a key that is the reference': {
    body: object({ ...PAYMENT, amount: INTEGER, reference: TEXT }, 'amount'),
    facts: {
      request: { reference: 'body.reference' },
      idempotency: { field: 'body.reference', replay: { keyLifetimeHours: 1 } },
    },
  },
  'a key that is the payment': { facts: { idempotency: { field: 'body.payment_id', replay: false } } },
  'parameters of every kind': {
    operation: {
      parameters: [
        header('X-Ok'),
        header('Host'),
        header('cookie'),
        header('Accept'),
        header('Content-Type'),
        header('X Bad'),
        { name: 'session', in: 'cookie', schema: TEXT },
        { name: 'odd', in: 'matrix', schema: TEXT },
        { name: 'lost', schema: TEXT },
        { name: 'list', in: 'query', schema: listOf(TEXT), explode: false },
        { name: 'spaced', in: 'query', schema: listOf(TEXT), style: 'spaceDelimited' },
        { name: 'piped', in: 'query', schema: listOf(TEXT), style: 'pipeDelimited' },
        { name: 'deep', in: 'query', schema: object({ a: TEXT }), style: 'deepObject' },
        { name: 'plain', in: 'query', schema: listOf(TEXT) },
        { name: 'json', in: 'query', content: { 'application/json': { schema: object({ a: TEXT }) } } },
      ],
    },
  },
  'a default for the type of the body': {
    operation: {
      parameters: [header('Content-Type', { schema: { type: 'string', default: 'application/vnd.api+json' } })],
    },
  },
  'parameters of the path': {
    create: 'POST /payments/{id}/refunds',
    body: object({ amount: INTEGER }, 'amount'),
    operation: { parameters: [{ name: 'id', in: 'path', schema: TEXT, description: 'The payment.' }] },
  },
  'a form': { bodyType: 'application/x-www-form-urlencoded' },
  'a form with objects': {
    bodyType: 'application/x-www-form-urlencoded',
    body: object({ ...PAYMENT, amount: INTEGER, metadata: { type: 'object' }, lines: listOf(TEXT), any: {} }, 'amount'),
  },
  'a form with encodings': {
    bodyType: 'application/x-www-form-urlencoded',
    body: object(
      {
        ...PAYMENT,
        amount: INTEGER,
        a: object({ x: TEXT }),
        b: listOf(TEXT),
        c: listOf(TEXT),
        d: object({ x: TEXT }),
        e: listOf(TEXT),
        f: listOf(TEXT),
      },
      'amount',
    ),
    media: {
      encoding: {
        a: { style: 'deepObject' },
        b: { explode: false },
        c: { style: 'form', explode: true },
        d: { contentType: 'application/json' },
        e: { contentType: 'text/plain' },
        f: { explode: true },
      },
    },
  },
  'a form with encodings that cannot be written': {
    bodyType: 'application/x-www-form-urlencoded',
    body: object(
      { ...PAYMENT, amount: INTEGER, a: object({ x: TEXT }), b: listOf(TEXT), c: object({ x: TEXT }) },
      'amount',
    ),
    media: { encoding: { a: { style: 'form' }, b: { style: 'pipeDelimited' }, c: { contentType: 'application/xml' } } },
  },
  'a body of XML': { bodyType: 'application/xml' },
  'no body': {
    body: null,
    create: 'POST /payments/{id}/refund',
    operation: { parameters: [{ name: 'id', in: 'path', required: true, schema: TEXT }] },
  },
};
