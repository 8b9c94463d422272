import { describe, expect, test } from 'vitest';
import { INTEGER, type Invention, object, TEXT } from '../fixtures/invented/build.js';
import type { Json, JsonMap } from '../fixtures/json.js';
import { codesOf, normalized } from './normalized.js';

const ANSWER = object({
  id: TEXT,
  payment_id: TEXT,
  sure_id: TEXT,
  amount: INTEGER,
  currency: TEXT,
  status: { type: 'string', enum: ['done', 'failed'] },
  ok: { type: 'boolean' },
  count: INTEGER,
  kind: { anyOf: [{ type: 'string', enum: ['a'] }, TEXT] },
  note: TEXT,
});
const STATUSES: JsonMap = { done: 'succeeded', failed: 'failed' };
const DONE: JsonMap = { status: { is: 'succeeded' } };

/** An invention whose answer 200 has these cases. */
function answering(cases: readonly Json[], facts: Readonly<Record<string, Json>> = {}): Invention {
  const statuses = JSON.stringify(cases).includes('body.status') ? { statuses: STATUSES } : {};
  return { answers: { '200': ANSWER }, facts: { answers: { '200': [...cases] }, ...statuses, ...facts } };
}

function pointersOf(invention: Invention): readonly (string | undefined)[] {
  const made = normalized(invention);
  expect(codesOf(made).every((code) => code === 'error R014')).toBe(true);
  return made.problems.map(({ location }) => location?.pointer);
}

describe('a JSON answer in which nothing has to be is no refund', () => {
  const nullable = object({ payment_id: { type: ['string', 'null'] } });
  const mayBeFull: Invention = {
    body: object({ payment_id: TEXT, amount: INTEGER }, 'payment_id'),
    answers: { '200': ANSWER },
    facts: { amount: { unit: 'minor', full: 'omitted' }, answers: { '200': [{ ...DONE, amount: 'body.amount' }] } },
  };

  test.each<readonly [string, Invention]>([
    ['where a case is a status alone', answering([DONE])],
    ['where it reads for information only', answering([{ ...DONE, note: 'body.note', remaining: 'body.amount' }])],
    [
      'where the payment may be null',
      { ...answering([{ ...DONE, payment: 'body.payment_id' }]), answers: { '200': nullable } },
    ],
    ['where a full refund has no currency to read the amount by', mayBeFull],
  ])('%s', (_, invention) => {
    expect(pointersOf(invention)).toEqual(['/x-refund/answers/200/0']);
  });

  test('of an operation that reads it back, either', () => {
    const operation = {
      operationId: 'getRefund',
      parameters: [{ name: 'refund', in: 'path', required: true, schema: TEXT }],
      responses: { '200': { description: 'It', content: { 'application/json': { schema: ANSWER } } } },
    };
    const paths = { '/refunds/{refund}': { get: operation } };
    expect(pointersOf({ paths, facts: { retrieve: DONE } })).toEqual(['/x-refund/retrieve']);
    for (const more of [{ id: 'body.id' }, { when: { 'body.ok': true } }]) {
      expect(normalized({ paths, facts: { retrieve: { ...DONE, ...more } } }).problems).toEqual([]);
    }
  });

  test.each<readonly [string, Json]>([
    ['an id', { ...DONE, id: 'body.id' }],
    ['a payment', { ...DONE, payment: 'body.payment_id' }],
    ['an amount', { ...DONE, amount: 'body.amount' }],
    ['a status', { status: 'body.status' }],
    ['a mark', { ...DONE, when: { 'body.ok': true } }],
  ])('but with %s it is', (_, one) => {
    expect(normalized(answering([one])).problems).toEqual([]);
  });

  test('and an answer without a body is what its status says', () => {
    expect(normalized({ answers: { '204': null }, facts: { answers: { '204': [DONE] } } }).problems).toEqual([]);
  });
});

describe('a case that is never read is a mistake', () => {
  const plain = { id: 'body.id', ...DONE };
  const marked = (when: JsonMap): JsonMap => ({ id: 'body.id', when, status: { is: 'failed' } });

  test.each<readonly [string, readonly Json[], readonly string[]]>([
    ['behind one without marks', [plain, marked({ 'body.ok': false })], ['/x-refund/answers/200/1']],
    ['twice the same', [marked({ 'body.ok': true }), marked({ 'body.ok': true })], ['/x-refund/answers/200/1']],
    [
      'behind one with fewer marks',
      [marked({ 'body.ok': true }), marked({ 'body.count': 1, 'body.ok': true })],
      ['/x-refund/answers/200/1'],
    ],
    ['but not before it', [marked({ 'body.count': 1, 'body.ok': true }), marked({ 'body.ok': true }), plain], []],
    ['nor with other values', [marked({ 'body.count': 1 }), marked({ 'body.count': 2 })], []],
  ])('%s', (_, cases, pointers) => {
    expect(pointersOf(answering(cases))).toEqual(pointers);
  });
});

describe('a mark that no answer has is a mistake: another case would be taken for it', () => {
  test.each<readonly [string, JsonMap]>([
    ['a place that does not exist', { 'body.okay': true }],
    ['a text for a truth value', { 'body.ok': 'true' }],
    ['a number for a text', { 'body.status': 1 }],
    ['a truth value for a number', { 'body.count': true }],
    ['a value that the spec does not list', { 'body.status': 'dnoe' }],
  ])('%s', (_, when) => {
    const invention = answering([{ ...DONE, id: 'body.id', when }]);
    expect(pointersOf(invention)[0]).toMatch(/^\/x-refund\/answers\/200\/0\/when/);
  });

  test.each<JsonMap>([
    { 'body.ok': false },
    { 'body.count': 2 },
    { 'body.status': 'done' },
    { 'body.id': 'x' },
    { 'body.kind': 'b' },
  ])('%o is one that may be', (when) => {
    expect(normalized(answering([{ ...DONE, id: 'body.id', when }])).problems.map(({ code }) => code)).toEqual([]);
  });
});
