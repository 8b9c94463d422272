import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import { header, NUMBER, optionalFull, PAYMENT } from './odd-parts.js';

/** The rest of odd requests. */
export const ODD_REQUESTS: Readonly<Record<string, Invention>> = {
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
  'two facts about money in one place': {
    body: object({ ...PAYMENT, amount: TEXT, text: TEXT }, 'amount'),
    facts: { request: { amount: 'body.amount', reference: 'body.amount', currency: 'body.text', note: 'body.text' } },
  },
  'metadata that are a note': {
    body: object({ ...PAYMENT, amount: INTEGER, metadata: { type: 'object' } }, 'amount'),
    facts: { request: { metadata: 'body.metadata', note: 'body.metadata' } },
  },
  'a fact around another': {
    body: object({ ...PAYMENT, amount: INTEGER, why: object({ reason: TEXT }) }, 'amount'),
    facts: { request: { reason: 'body.why', note: 'body.why.reason' } },
  },
  'a reference around metadata': {
    body: object({ ...PAYMENT, amount: INTEGER, all: object({ metadata: { type: 'object' } }) }, 'amount'),
    facts: { request: { reason: 'body.all', metadata: 'body.all.metadata' } },
  },
  'a body that no value can be': {
    body: { allOf: [object({ ...PAYMENT, amount: INTEGER }, 'amount'), { type: 'string' }] },
  },
  'an object that no value can be': {
    body: object(
      { ...PAYMENT, money: { allOf: [object({ amount: INTEGER }, 'amount'), { type: 'string' }] } },
      'money',
    ),
    facts: { request: { amount: 'body.money.amount' } },
  },
  'an item of a list that no value can be': {
    body: object({
      ...PAYMENT,
      lines: {
        type: 'array',
        minItems: 1,
        items: { allOf: [object({ amount: INTEGER }, 'amount'), { type: 'string' }] },
      },
    }),
    facts: { request: { amount: 'body.lines.[].amount' } },
  },
  'an object that no value can be, and that nothing is written in': {
    body: object(
      { ...PAYMENT, amount: INTEGER, other: { allOf: [object({ a: TEXT }), { type: 'string' }] } },
      'amount',
    ),
  },
  'a reason in metadata': {
    body: object({ ...PAYMENT, amount: INTEGER, metadata: { type: 'object' } }, 'amount'),
    facts: { request: { reason: 'body.metadata.reason' } },
  },
  'a reference that may be anything': {
    body: object({ ...PAYMENT, amount: INTEGER, reference: {} }, 'amount'),
    facts: { request: { reference: 'body.reference' } },
  },
};
