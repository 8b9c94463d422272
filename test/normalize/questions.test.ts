import { describe, expect, test } from 'vitest';
import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import { at, type JsonMap, listAt } from '../fixtures/json.js';
import { actionOf } from '../fixtures/pack.js';
import { codesOf, draftOf, normalized } from './normalized.js';

/** What is suggested for the one success of an operation that answers so. */
function suggested(answer: JsonMap | null, schemas: JsonMap = {}): JsonMap {
  const invention: Invention = {
    answers: { '200': answer },
    schemas,
    facts: { answers: undefined, statuses: undefined },
  };
  const { problems } = normalized(invention);
  const problem = problems.find(({ code }) => code === 'R031');
  const [only] = listAt(actionOf(problem), 'update', 'x-refund', 'answers', '200');
  return at(only ?? null);
}

describe('where an answer seems to say what is suggested, and never assumed', () => {
  const refund = { id: TEXT, payment_id: TEXT, amount: INTEGER, currency: TEXT, status: TEXT };
  const whole = {
    id: 'body.id',
    payment: 'body.payment_id',
    amount: 'body.amount',
    currency: 'body.currency',
    status: 'body.status',
  };

  test.each<readonly [string, JsonMap, object]>([
    ['a refund', object(refund), whole],
    ['behind a reference', { $ref: '#/components/schemas/Refund' }, whole],
    ['in allOf', { allOf: [{ $ref: '#/components/schemas/Refund' }, object({ note: TEXT })] }, whole],
    ['in a wrapper', object({ refund: object(refund) }), { id: 'body.refund.id', status: 'body.refund.status' }],
    ['in an envelope', object({ success: { type: 'boolean' }, data: object(refund) }), { id: 'body.data.id' }],
    [
      'with an amount of its own',
      object({ id: TEXT, amount: object({ value: INTEGER, currency: TEXT }), state: TEXT }),
      { amount: 'body.amount.value', currency: 'body.amount.currency', status: 'body.state' },
    ],
    [
      'a payment with a refund in it',
      object({ id: TEXT, customer: object({ id: TEXT }), refund: object(refund) }),
      { id: 'body.refund.id' },
    ],
    ['an id of another name', object({ refundId: INTEGER }), { id: 'body.refundId', status: { is: 'pending' } }],
    ['nothing that is known', object({ ok: { type: 'boolean' } }), { status: { is: 'pending' } }],
    ['a list', listOf(object(refund)), { status: { is: 'pending' } }],
  ])('%s', (_, answer, lines) => {
    expect(suggested(answer, { Refund: object(refund) })).toMatchObject(lines);
  });

  test.each(['remaining_amount', 'fee_amount', 'original_amount', 'available_amount'])(
    '%s is no amount of a refund',
    (name) => {
      expect(suggested(object({ id: TEXT, [name]: INTEGER }))['amount']).toBeUndefined();
    },
  );

  test('an answer without a body says what it is by its status alone', () => {
    expect(suggested(null)).toEqual({ status: { is: 'pending' } });
  });

  test('every success is asked about, and none is known before', () => {
    const { draft, problems } = normalized({
      answers: { '200': object(refund), '201': null, '202': object({ id: TEXT }) },
      facts: { answers: undefined },
    });
    expect(problems.filter(({ code }) => code === 'R031').map(({ message }) => message)).toEqual(
      ['200', '201', '202'].map((status) => expect.stringContaining(`an answer ${status}`)),
    );
    expect(draft?.accepted).toEqual([]);
  });

  test('a declaration of a body that is not there is a problem', () => {
    const facts = { answers: { '204': [{ id: 'body.id', status: { is: 'pending' } }] } };
    expect(codesOf(normalized({ answers: { '204': null }, facts }))).toEqual(['error R014']);
    const two = { answers: { '204': [{ status: { is: 'pending' } }, { status: { is: 'succeeded' } }] } };
    expect(codesOf(normalized({ answers: { '204': null }, facts: two }))).toEqual(['error R014']);
  });
});

describe('statuses are asked about before the answers are explained', () => {
  const answers = (status: JsonMap): Invention => ({
    answers: { '200': object({ id: TEXT, amount: INTEGER, status }) },
    facts: { answers: undefined },
  });

  test('with every value that the spec lists', () => {
    const { draft, problems } = normalized(answers({ type: 'string', enum: ['done', 'failed'] }));
    expect(problems.map(({ code }) => code)).toEqual(['R031', 'R032']);
    expect(draft?.statuses).toEqual({
      places: ['body.status'],
      listed: ['done', 'failed'],
      classes: null,
      declared: [],
    });
    const [, asked] = problems;
    const statuses = { done: 'pending', failed: 'pending' };
    expect(actionOf(asked)).toMatchObject({ update: { 'x-refund': { statuses } } });
  });

  test('and answered, whatever is still open', () => {
    const facts = { answers: undefined, statuses: { done: 'succeeded', failed: 'failed' } };
    const made = normalized({ ...answers({ type: 'string', enum: ['done', 'failed'] }), facts });
    expect(codesOf(made)).toEqual(['error R031']);
    expect(made.draft?.statuses.classes?.value).toEqual([
      { raw: 'done', status: 'succeeded' },
      { raw: 'failed', status: 'failed' },
    ]);
  });

  test('not where no answer seems to have one', () => {
    expect(codesOf(normalized(answers(object({ a: TEXT }))))).toEqual(['error R031']);
  });
});

describe('statuses are single values', () => {
  const declared = (status: JsonMap, statuses: JsonMap): Invention => ({
    answers: { '200': object({ id: TEXT, status }) },
    facts: { answers: { '200': [{ id: 'body.id', status: 'body.status' }] }, statuses },
  });

  test.each<readonly [string, JsonMap, JsonMap]>([
    ['texts', { type: 'string', enum: ['a', 'b'] }, { a: 'pending', b: 'failed' }],
    ['integers', { type: 'integer', enum: [0, 1] }, { 0: 'pending', 1: 'failed' }],
    ['negative ones', { type: 'integer', enum: [-1, 10] }, { '-1': 'pending', 10: 'failed' }],
    ['truth values', { type: 'boolean' }, { true: 'pending', false: 'failed' }],
    ['a constant', { const: 'a' }, { a: 'pending' }],
    ['texts that may be missing', { type: ['string', 'null'], enum: ['a', null] }, { a: 'pending' }],
    ['free texts', TEXT, { a: 'pending' }],
  ])('%s', (_, status, statuses) => {
    const made = normalized(declared(status, statuses));
    expect(made.problems).toEqual([]);
    expect(made.api?.create.statuses?.value).toHaveLength(Object.keys(statuses).length);
  });

  test.each<readonly [string, JsonMap]>([
    ['an object', object({ code: TEXT })],
    ['a list', listOf(TEXT)],
    ['a number that is no integer', { type: 'number' }],
  ])('%s cannot be classified', (_, status) => {
    expect(codesOf(normalized(declared(status, { a: 'pending' })))).toEqual(['error R045']);
  });

  test.each<readonly [string, JsonMap, JsonMap, RegExp]>([
    ['an integer that nobody explains', { type: 'integer', enum: [0, 1, 2] }, { 0: 'pending', 1: 'failed' }, /\+ 2$/],
    ['half of the truth values', { type: 'boolean' }, { true: 'pending' }, /\+ false$/],
  ])('%s is asked about', (_, status, statuses, message) => {
    const { problems } = normalized(declared(status, statuses));
    expect(problems).toEqual([expect.objectContaining({ code: 'R032', message: expect.stringMatching(message) })]);
  });
});

describe('what reads a refund back', () => {
  const refund = { description: 'It', content: { 'application/json': { schema: object({ id: TEXT }) } } };
  const reading = (path: string, ...names: readonly string[]): Invention => ({
    create: 'POST /payments/{id}/refund',
    operation: { parameters: [{ name: 'id', in: 'path', required: true, schema: TEXT }] },
    body: object({ amount: INTEGER }, 'amount'),
    paths: {
      [path]: {
        get: {
          operationId: 'getRefund',
          parameters: names.map((name) => ({ name, in: 'path', required: true, schema: TEXT })),
          responses: { 200: refund },
        },
      },
    },
  });

  test('is asked about where it takes the id of the refund', () => {
    const made = normalized(reading('/refunds/{refund}', 'refund'));
    expect(codesOf(made)).toEqual(['error R031']);
    expect(actionOf(made.problems[0])).toMatchObject({ update: { 'x-refund': { retrieve: { id: 'body.id' } } } });
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['more than one id', '/payments/{id}/refunds/{refund}', ['id', 'refund']],
    ['the id of the payment', '/transactions/{id}/refund', ['id']],
  ])('is left out where it takes %s', (_, path, names) => {
    const made = normalized(reading(path, ...names));
    expect(codesOf(made)).toEqual(['warning R045']);
    expect(made.api?.retrieve).toBeNull();
    expect(made.api?.operations.map(({ role }) => role)).toEqual(['create', 'retrieve']);
  });

  test('is taken as it is declared', () => {
    const invention = reading('/transactions/{id}/refund', 'id');
    const facts = { operations: { retrieve: 'GET /transactions/{id}/refund' } };
    expect(codesOf(normalized({ ...invention, facts }))).toEqual(['error R031']);
    const retrieve = { id: 'body.id', status: { is: 'succeeded' } };
    expect(normalized({ ...invention, facts: { ...facts, retrieve } }).problems).toEqual([]);
  });
});

test('where a fact is missing, there is a draft with all the others, and no IR', () => {
  const invention: Invention = { facts: { amount: undefined, reconciliation: undefined } };
  const { api } = normalized(invention);
  const draft = draftOf(invention);
  expect(api).toBeUndefined();
  expect([draft.amount?.unit, draft.reconciliation]).toEqual([null, null]);
  expect(draft.payment?.value.place.path).toEqual(['payment_id']);
  expect(draft.idempotency?.value).toEqual({ kind: 'none' });
});
