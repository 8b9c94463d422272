import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';
import { CLASSES, get, inPath, REFUND, REFUNDS, reading } from './odd-parts.js';

/** A refund that is found by `body.more.ref`. */
const lookedFor = (more: JsonMap): Invention => ({
  paths: { '/refunds/{refund_id}': get(object({ id: TEXT, status: TEXT, more }), [inPath('refund_id')]) },
  facts: {
    retrieve: { id: 'body.id', status: { is: 'pending' } },
    reconciliation: { by: 'refund', reference: 'body.more.ref' },
  },
});

/** What odd providers let be read, and their errors. */
export const ODD_READINGS: Readonly<Record<string, Invention>> = {
  'a refund that can be read': {
    paths: REFUNDS,
    facts: {
      retrieve: { id: 'body.id', amount: 'body.amount', currency: 'body.currency', status: 'body.status' },
      statuses: CLASSES,
      reconciliation: { by: 'refund', reference: 'body.id' },
    },
  },
  'a refund that is looked for by a reference that there is not': {
    paths: REFUNDS,
    facts: {
      retrieve: { id: 'body.id', status: 'body.status' },
      statuses: CLASSES,
      reconciliation: { by: 'refund', reference: 'body.lost' },
    },
  },
  'a refund that is looked for by what the caller has sent': lookedFor({ type: 'object', additionalProperties: TEXT }),
  'a refund that is looked for beside listed fields': lookedFor({
    ...object({ other: TEXT }),
    additionalProperties: TEXT,
  }),
  'a refund that is looked for in an object of anything': lookedFor({ type: 'object' }),
  'a refund that is looked for in an object that holds no more': lookedFor(object({ other: TEXT })),
  'a refund that is looked for in an object that is closed': lookedFor({ type: 'object', additionalProperties: false }),
  'a refund that is looked for in parts': lookedFor({ allOf: [object({ other: TEXT })] }),
  'a refund that is looked for in one of several objects': lookedFor({ oneOf: [object({ other: TEXT })] }),
  'a refund that is looked for in some of several objects': lookedFor({ anyOf: [object({ other: TEXT })] }),
  'a refund that is looked for in a part': lookedFor({ allOf: [object({ ref: TEXT })] }),
  'one operation that reads refunds and payments': {
    paths: REFUNDS,
    facts: {
      operations: { retrieve: 'GET /refunds/{refund_id}', payment: 'GET /refunds/{refund_id}' },
      retrieve: { id: 'body.id', status: 'body.status' },
      statuses: CLASSES,
    },
  },
  'a refund whose reading is broken': {
    paths: {
      '/refunds/{refund_id}': get(REFUND, [inPath('refund_id', { schema: { $ref: '#/components/schemas/Lost' } })]),
    },
  },
  'a refund whose reading is broken, and is declared': {
    paths: {
      '/refunds/{refund_id}': get(REFUND, [inPath('refund_id', { schema: { $ref: '#/components/schemas/Lost' } })]),
    },
    facts: { operations: { retrieve: 'GET /refunds/{refund_id}' } },
  },
  'a refund whose reading is broken, with a warning before': {
    paths: {
      '/refunds/{refund_id}': get(REFUND, [
        inPath('refund_id', { schema: { $ref: '#/components/schemas/Lost' } }),
        { name: 'a', in: 'cookie', schema: TEXT },
      ]),
    },
  },
  'a refund that is changed rather than read': {
    paths: { '/refunds/{refund_id}': { post: REFUNDS['/refunds/{refund_id}']['get'] ?? null } },
    facts: { operations: { retrieve: 'POST /refunds/{refund_id}' } },
  },
  'a refund that is read as a text': {
    paths: {
      '/refunds/{refund_id}': {
        get: {
          parameters: [inPath('refund_id')],
          responses: { '200': { description: '', content: { 'text/plain': { schema: TEXT } } } },
        },
      },
    },
  },
  'a refund that is read by a query alone': {
    paths: { '/refund': get(REFUND, [{ name: 'refund_id', in: 'query', required: true, schema: TEXT }]) },
    facts: { operations: { retrieve: 'GET /refund' } },
  },
  'a refund that is read with a currency and no amount': {
    paths: { '/refunds/{refund_id}': get(object({ id: TEXT, currency: TEXT, status: TEXT }), [inPath('refund_id')]) },
  },
  'a refund that is read with an amount and no currency': {
    paths: { '/refunds/{refund_id}': get(object({ id: TEXT, amount: INTEGER, status: TEXT }), [inPath('refund_id')]) },
  },
  'a payment whose failures decide': {
    ...reading({ failure: { attempts: 'body.tries', code: 'body.why' } }),
    errors: { '400': object({ code: TEXT, message: TEXT }) },
    facts: {
      ...reading({ failure: { attempts: 'body.tries', code: 'body.why' } }).facts,
      reconciliation: { by: 'payment', definiteFailures: ['no'], failureAnswer: { status: 400 } },
    },
  },
  'a payment by which nothing is decided': {
    ...reading({}),
    errors: { '400': object({ code: TEXT, message: TEXT }) },
    facts: { ...reading({}).facts, reconciliation: { by: 'payment' } },
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
  'a refund that can be read, with an amount that is written otherwise than in the request': {
    paths: {
      '/refunds/{refund_id}': get(object({ id: TEXT, amount: TEXT, currency: TEXT }), [inPath('refund_id')]),
    },
    body: object({ payment_id: TEXT, amount: { ...INTEGER, description: 'In cents.' } }, 'payment_id', 'amount'),
    facts: {
      amount: { full: 'unsupported' },
      retrieve: { id: 'body.id', amount: 'body.amount', currency: 'body.currency', status: { is: 'pending' } },
    },
  },
};
