import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { Json, JsonMap } from '../fixtures/json.js';

const NUMBER: JsonMap = { type: 'number' };
const STATUS: JsonMap = { type: 'string', enum: ['new', 'done', 'lost'] };
const REFUND = object(
  {
    id: TEXT,
    payment: TEXT,
    amount: INTEGER,
    currency: TEXT,
    status: STATUS,
    reason: { type: 'string', enum: ['a', 'b'] },
    at: TEXT,
  },
  'id',
);
const CLASSES = { new: 'pending', done: 'succeeded', lost: 'failed' };
const get = (schema: JsonMap, parameters: readonly Json[], more: JsonMap = {}): JsonMap => ({
  get: {
    parameters: [...parameters],
    responses: { '200': { description: '', content: { 'application/json': { schema } } } },
    ...more,
  },
});
const inPath = (name: string, more: JsonMap = {}): JsonMap => ({
  name,
  in: 'path',
  required: true,
  schema: TEXT,
  ...more,
});
const REFUNDS = { '/refunds/{refund_id}': get(REFUND, [inPath('refund_id')]) };
const PAYMENTS = {
  '/payments/{id}': get(
    object({ id: TEXT, refunded: INTEGER, currency: TEXT, state: TEXT, tries: INTEGER, why: TEXT }),
    [inPath('id')],
  ),
};
const reading = (facts: JsonMap): Invention => ({
  paths: PAYMENTS,
  facts: {
    operations: { payment: 'GET /payments/{id}' },
    payment: { id: 'body.id', measure: 'refunded', total: 'body.refunded', currency: 'body.currency', ...facts },
  },
});
const answered = (answer: JsonMap | null, cases: Json | undefined, more: Invention = {}): Invention => ({
  answers: { '200': answer },
  ...more,
  facts: { answers: cases === undefined ? undefined : { '200': cases }, ...more.facts },
});

/** Answers of providers that are odd in one way each: what is asked and told of them is in a snapshot. */
export const ODD_ANSWERS: Readonly<Record<string, Invention>> = {
  'an answer that nobody has explained': answered(REFUND, undefined),
  'an answer without a body that nobody has explained': answered(null, undefined),
  'two answers that nobody has explained': { answers: { '200': REFUND, '202': null }, facts: { answers: undefined } },
  'no answers': { answers: {}, facts: { answers: undefined } },
  'a refund in full': answered(
    REFUND,
    [
      {
        id: 'body.id',
        payment: 'body.payment',
        amount: 'body.amount',
        currency: 'body.currency',
        status: 'body.status',
        reason: 'body.reason',
        note: 'body.at',
        createdAt: { field: 'body.at', format: 'date-time' },
      },
    ],
    { facts: { statuses: CLASSES } },
  ),
  'places that are not there': answered(
    REFUND,
    [
      {
        id: 'body.x',
        payment: 'body.x',
        amount: 'body.x',
        currency: 'body.x',
        remaining: 'body.x',
        status: 'body.x',
        reason: 'body.x',
        note: 'body.x',
        failure: 'body.x',
        createdAt: { field: 'body.x', format: 'date-time' },
        when: { 'body.x': 1 },
      },
    ],
    { facts: { statuses: CLASSES } },
  ),
  'an answer that is not there': {
    facts: {
      answers: { '200': [{ id: 'body.id', status: { is: 'pending' } }], '204': [{ status: { is: 'succeeded' } }] },
    },
  },
  'a body where there is none': answered(null, [{ id: 'body.id', status: { is: 'pending' } }]),
  'two cases where there is no body': answered(null, [{ status: { is: 'pending' } }, { status: { is: 'failed' } }]),
  'no body': answered(null, [{ status: { is: 'succeeded' } }]),
  'an answer for all successes': {
    answers: { '2XX': object({ id: TEXT }, 'id') },
    facts: { answers: { '201': [{ id: 'body.id', status: { is: 'pending' } }] } },
  },
  'cases told apart': answered(
    object({ id: TEXT, kind: { type: 'string', enum: ['a', 'b'] }, flag: { type: 'boolean' }, count: INTEGER }),
    [
      { id: 'body.id', when: { 'body.kind': 'a', 'body.flag': true, 'body.count': 1 }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.kind': 'b' }, status: { is: 'pending' } },
    ],
  ),
  'cases by what never is': answered(
    object({
      id: TEXT,
      kind: { type: 'string', enum: ['a', 'b'] },
      flag: { type: 'boolean' },
      either: { type: ['string', 'integer', 'null'] },
      free: TEXT,
    }),
    [
      { id: 'body.id', when: { 'body.kind': 'c' }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.flag': 'true' }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.either': true }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.free': 'x', 'body.either': 'y' }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.either': 5 }, status: { is: 'succeeded' } },
    ],
  ),
  'a case that hides another': answered(object({ id: TEXT, kind: TEXT }), [
    { id: 'body.id', status: { is: 'pending' } },
    { id: 'body.id', when: { 'body.kind': 'a' }, status: { is: 'succeeded' } },
  ]),
  'a case that tells nothing': answered(object({ id: TEXT, note: TEXT }), [
    { note: 'body.note', status: { is: 'pending' } },
  ]),
  'a case that tells by its payment': answered(object({ payment: TEXT }, 'payment'), [
    { payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'a case that tells by a payment that may be null': answered(object({ payment: { type: ['string', 'null'] } }), [
    { payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'a case that tells by its amount': answered(object({ amount: INTEGER }), [
    { amount: 'body.amount', status: { is: 'pending' } },
  ]),
  'a case that tells by an amount that may be missing': answered(
    object({ amount: INTEGER }),
    [{ amount: 'body.amount', status: { is: 'pending' } }],
    {
      body: object({ payment_id: TEXT, amount: INTEGER }, 'payment_id'),
      facts: { amount: { unit: 'minor', full: 'omitted' } },
    },
  ),
  'a payment that is an integer': answered(object({ id: TEXT, payment: INTEGER }), [
    { id: 'body.id', payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'a payment that is a fraction': answered(object({ id: TEXT, payment: NUMBER }), [
    { id: 'body.id', payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'an amount that is written otherwise than in the request': answered(
    object({ id: TEXT, amount: NUMBER }),
    [{ id: 'body.id', amount: 'body.amount', status: { is: 'pending' } }],
    {
      body: object({ payment_id: TEXT, amount: { ...INTEGER, description: 'In cents.' } }, 'amount'),
      facts: { amount: { full: 'unsupported' } },
    },
  ),
  'an amount that is written as a text': answered(
    object({ id: TEXT, amount: TEXT, rest: { type: ['string', 'integer'] } }),
    [{ id: 'body.id', amount: 'body.amount', remaining: 'body.rest', unit: 'major', status: { is: 'pending' } }],
  ),
  'amounts of no type, and of types that are none': answered(
    object({ id: TEXT, amount: {}, rest: { type: ['boolean', 'null'] } }),
    [{ id: 'body.id', amount: 'body.amount', remaining: 'body.rest', status: { is: 'pending' } }],
  ),
  'an amount that is an integer or a number': answered(object({ id: TEXT, amount: { oneOf: [INTEGER, NUMBER] } }), [
    { id: 'body.id', amount: 'body.amount', status: { is: 'pending' } },
  ]),
  'statuses that nobody has explained': answered(REFUND, [{ id: 'body.id', status: 'body.status' }]),
  'statuses of which one is not explained, and one is gone': answered(
    REFUND,
    [{ id: 'body.id', status: 'body.status' }],
    { facts: { statuses: { new: 'pending', done: 'succeeded', old: 'failed' } } },
  ),
  'statuses that are gone': answered(REFUND, [{ id: 'body.id', status: 'body.status' }], {
    facts: { statuses: { ...CLASSES, old: 'failed', older: 'failed' } },
  }),
  'statuses that the spec does not list': answered(object({ id: TEXT, status: TEXT }), [
    { id: 'body.id', status: 'body.status' },
  ]),
  'statuses that the spec does not list, declared': answered(
    object({ id: TEXT, status: TEXT }),
    [{ id: 'body.id', status: 'body.status' }],
    { facts: { statuses: { b: 'failed', a: 'pending' } } },
  ),
  'statuses that are numbers': answered(object({ id: TEXT, status: { type: 'integer', enum: [1, 2, null] } }), [
    { id: 'body.id', status: 'body.status' },
  ]),
  'a status that is a truth value': answered(object({ id: TEXT, status: { type: 'boolean' } }), [
    { id: 'body.id', status: 'body.status' },
  ]),
  'a status that is one word': answered(object({ id: TEXT, status: { const: 'ok' } }), [
    { id: 'body.id', status: 'body.status' },
  ]),
  'a status that is an object': answered(
    object({ id: TEXT, status: object({ name: TEXT }) }),
    [{ id: 'body.id', status: 'body.status' }],
    { facts: { statuses: CLASSES } },
  ),
  'a refund that can be read': {
    paths: REFUNDS,
    facts: {
      retrieve: { id: 'body.id', amount: 'body.amount', currency: 'body.currency', status: 'body.status' },
      statuses: CLASSES,
      reconciliation: { by: 'refund', reference: 'body.id' },
    },
  },
  'a refund that can be read, which nobody has explained': { paths: REFUNDS },
  'a refund that can be read, with an amount of no currency': {
    paths: REFUNDS,
    facts: { retrieve: { id: 'body.id', amount: 'body.amount', status: 'body.status' }, statuses: CLASSES },
  },
  'a refund that can be read, and tells nothing': {
    paths: REFUNDS,
    facts: { retrieve: { note: 'body.at', status: { is: 'pending' } } },
  },
  'a refund that is read by more than its id': {
    paths: { '/payments/{id}/refunds/{refund_id}': get(REFUND, [inPath('id'), inPath('refund_id')]) },
  },
  'a refund that is read by more than its id, and is declared': {
    paths: { '/payments/{id}/refunds/{refund_id}': get(REFUND, [inPath('id'), inPath('refund_id')]) },
    facts: {
      operations: { retrieve: 'GET /payments/{id}/refunds/{refund_id}' },
      retrieve: { id: 'body.id', status: 'body.status' },
      statuses: CLASSES,
    },
  },
  'a refund that is read with a query': {
    paths: {
      '/refunds/{refund_id}': get(REFUND, [
        inPath('refund_id'),
        { name: 'site', in: 'query', required: true, schema: TEXT },
      ]),
    },
  },
  'a payment that can be read': reading({
    pending: { field: 'body.state', values: ['open'] },
    failure: { attempts: 'body.tries', code: 'body.why' },
  }),
  'a payment that can be read, with places that are not there': reading({
    id: 'body.x',
    total: 'body.x',
    currency: 'body.x',
    pending: { field: 'body.x', values: ['open'] },
    failure: { attempts: 'body.x', code: 'body.x' },
  }),
  'a payment that is pending by what never is': {
    paths: {
      '/payments/{id}': get(
        object({ id: TEXT, refunded: INTEGER, currency: TEXT, state: { type: 'string', enum: ['a'] } }),
        [inPath('id')],
      ),
    },
    facts: {
      operations: { payment: 'GET /payments/{id}' },
      payment: {
        id: 'body.id',
        measure: 'refunded',
        total: 'body.refunded',
        currency: 'body.currency',
        pending: { field: 'body.state', values: ['b'] },
      },
    },
  },
  'a payment that no operation reads': {
    facts: { payment: { id: 'body.id', measure: 'refunded', total: 'body.refunded', currency: 'body.currency' } },
  },
  'reconciling by nothing that is known': { facts: { reconciliation: undefined } },
  'reconciling by a refund that cannot be read': { facts: { reconciliation: { by: 'refund', reference: 'body.id' } } },
  'reconciling by a payment that cannot be read': { facts: { reconciliation: { by: 'payment' } } },
  'reconciling by a payment': {
    ...reading({}),
    facts: {
      ...reading({}).facts,
      reconciliation: { by: 'payment', definiteFailures: ['b', 'a'], failureAnswer: { status: 400, code: 'failed' } },
      errors: { body: { named: { code: ['body.code'], message: 'body.message' } } },
    },
  },
  'errors that prove nothing': {
    errors: {
      '400': object({ code: TEXT, message: TEXT }),
      '408': object({ code: TEXT }),
      '409': object({ code: TEXT }),
      '425': object({ code: TEXT }),
      '4XX': object({}),
      '500': object({}),
      default: object({}),
    },
  },
  'errors that are declared': {
    errors: {
      '400': object({ code: TEXT, message: TEXT }),
      '409': object({ code: TEXT, message: TEXT }),
      '423': object({ code: TEXT, message: TEXT }),
    },
    facts: {
      errors: {
        body: {
          named: {
            code: ['body.code'],
            message: ['body.message', 'body.title'],
            field: 'body.field',
            details: { list: 'body.errors', code: 'body.code', message: 'body.text', field: 'body.field' },
          },
        },
        ambiguous: [{ status: 409 }, { status: 400, code: 'late' }],
        refused: [{ status: 423, code: 'held' }],
        kinds: { z: 'invalid_request', a: 'authentication' },
      },
    },
  },
  'errors by field': { facts: { errors: { body: { keyed: { general: ['detail'] } } } } },
  'errors whose codes decide, in a place that nobody has declared': {
    facts: { errors: { refused: [{ status: 400, code: 'held' }] } },
  },
  'errors that say nothing of what is wrong': { errors: { '400': object({ ok: { type: 'boolean' } }) } },
  'errors in a list': {
    errors: { '400': object({ errors: listOf(object({ code: TEXT, detail: TEXT, field: TEXT })) }) },
  },
  'errors in a list, and beside it': {
    errors: {
      '400': object({
        error_code: INTEGER,
        type: TEXT,
        title: TEXT,
        param: TEXT,
        violations: listOf(object({ issue: TEXT, description: TEXT })),
        tags: listOf(object({ code: TEXT, message: TEXT })),
      }),
    },
  },
  'errors deep down': { errors: { '400': object({ error: object({ code: TEXT, message: TEXT, source: TEXT }) }) } },
  'errors too deep down': { errors: { '400': object({ a: object({ b: object({ c: object({ message: TEXT }) }) }) }) } },
  'errors of the problem type': { errorType: 'application/problem+json' },
  'no errors': { errors: {} },
};
