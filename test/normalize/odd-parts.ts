import { INTEGER, type Invention, object, TEXT } from '../fixtures/invented/build.js';
import type { Json, JsonMap } from '../fixtures/json.js';

/** What the odd inventions are made of. */

export const PAYMENT = { payment_id: TEXT };
export const NUMBER: JsonMap = { type: 'number' };
export const open = { amount: undefined };
export const described = (description: string, schema: JsonMap = INTEGER): JsonMap => ({ ...schema, description });
export const header = (name: string, more: JsonMap = {}): JsonMap => ({ name, in: 'header', schema: TEXT, ...more });
export const optionalFull = { amount: { unit: 'minor', full: 'omitted' } };

export const STATUS: JsonMap = { type: 'string', enum: ['new', 'done', 'lost'] };
export const REFUND = object(
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
export const CLASSES = { new: 'pending', done: 'succeeded', lost: 'failed' };
export const get = (schema: JsonMap, parameters: readonly Json[], more: JsonMap = {}): JsonMap => ({
  get: {
    parameters: [...parameters],
    responses: { '200': { description: '', content: { 'application/json': { schema } } } },
    ...more,
  },
});
export const inPath = (name: string, more: JsonMap = {}): JsonMap => ({
  name,
  in: 'path',
  required: true,
  schema: TEXT,
  ...more,
});
export const REFUNDS = { '/refunds/{refund_id}': get(REFUND, [inPath('refund_id')]) };
export const PAYMENTS = {
  '/payments/{id}': get(
    object({ id: TEXT, refunded: INTEGER, currency: TEXT, state: TEXT, tries: INTEGER, why: TEXT }),
    [inPath('id')],
  ),
};
export const reading = (facts: JsonMap): Invention => ({
  paths: PAYMENTS,
  facts: {
    operations: { payment: 'GET /payments/{id}' },
    payment: { id: 'body.id', measure: 'refunded', total: 'body.refunded', currency: 'body.currency', ...facts },
  },
});
export const answered = (answer: JsonMap | null, cases: Json | undefined, more: Invention = {}): Invention => ({
  answers: { '200': answer },
  ...more,
  facts: { answers: cases === undefined ? undefined : { '200': cases }, ...more.facts },
});
