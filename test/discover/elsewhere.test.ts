import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { discover } from '../../generator/discover/discover.js';
import type { Problem } from '../../generator/problem.js';
import { documentWith } from '../fixtures/document.js';
import { at, type Json, type JsonMap, listAt } from '../fixtures/json.js';
import { where } from '../fixtures/pack.js';
import { found, nameOf, type Operations, takes } from './discovered.js';

// What gives money back for something else than a payment is never chosen without a person.

const SAID = { operationId: 'refund', summary: 'Refund it', tags: ['Refunds'], ...takes('amount') };
const PAYMENT = 'POST /payments/{paymentId}/refund';
const REFUNDS_PAYMENT = { operationId: 'refundPayment', summary: 'Refund a payment' };

function asked(operations: Operations): Problem {
  const { problems, ...result } = discover(documentWith(operations));
  const [problem] = problems;
  expect(result.ok && result.value.create).toBeUndefined();
  if (problem === undefined || problems.length > 1) expect.fail(`there are ${problems.length} problems`);
  return problem;
}

function suggested({ overlay }: Problem): Json | undefined {
  const [action] = listAt(parseYaml(overlay ?? '') as Json);
  return at(action ?? null, 'update', 'x-refund', 'operations')['create'];
}

const ELSEWHERE: readonly (readonly [string, string])[] = [
  ['POST /application_fees/{fee}/refunds', 'fee'],
  ['POST /giftcards/{id}/refund', 'other'],
  ['POST /wallets/{id}/refund', 'other'],
  ['POST /payouts/{id}/refund', 'transfer'],
  ['POST /payouts/{id}/reversal', 'transfer'],
  ['POST /topups/{id}/refund', 'transfer'],
  ['POST /disputes/{id}/refund', 'other'],
  ['POST /chargebacks/{id}/refund', 'other'],
  ['POST /withdrawals/{id}/refund', 'other'],
  ['POST /loyalty/points/refund', 'other'],
  ['POST /terminals/{id}/refund', 'terminal'],
  ['POST /transfers/refund', 'transfer'],
  ['POST /customers/{id}/refund-account', 'other'],
  ['POST /subscriptions/{id}/refund', 'subscription'],
  ['POST /orders/{id}/items/{item}/refund', 'item'],
  ['POST /unreferenced-refunds', 'other'],
  ['POST /standalone_refunds', 'other'],
  ['POST /blindRefund', 'other'],
];

describe('a refund of something else than a payment is asked about', () => {
  test.each(ELSEWHERE)('%s, of the kind %s', (name, kind) => {
    const problem = asked({ [name]: SAID });
    expect(problem).toMatchObject({ code: 'R021', severity: 'error' });
    expect(problem.message).toContain('looks as if it refunded something else than a payment');
    expect(problem.message).toContain(`${name} (what is refunded is of the kind ${kind})`);
    expect(suggested(problem)).toBe(name);
    expect(where(problem)).toMatch(/^spec\.json:\d+:\d+$/);
  });

  test.each(ELSEWHERE)('%s, whatever little its words say', (name) => {
    expect(asked({ [name]: {} }).code).toMatch(/^R02[01]$/);
  });

  test.each(ELSEWHERE)('%s never stands before a refund of a payment', (name) => {
    expect(nameOf(found({ [name]: SAID, [PAYMENT]: REFUNDS_PAYMENT }).create)).toBe(PAYMENT);
  });

  test('where only its summary says that there is no payment', () => {
    const operation = { ...SAID, summary: 'Refund, unreferenced', ...takes('payment_id') };
    expect(asked({ 'POST /refunds': operation }).message).toContain('of the kind other');
  });

  test('where it needs a device', () => {
    const schema = {
      type: 'object',
      properties: { device_id: { type: 'string' }, payment_id: { type: 'string' } },
      required: ['device_id'],
    };
    const body: JsonMap = { requestBody: { content: { 'application/json': { schema } } } };
    expect(asked({ 'POST /refunds': { ...SAID, ...body } }).message).toContain('the request needs a device');
  });

  test('and what there is no doubt about is offered first', () => {
    const problem = asked({
      'POST /transfers/refund': { ...SAID, ...takes('payment_id', 'amount') },
      'POST /refund': {},
    });
    expect(problem.code).toBe('R021');
    expect(suggested(problem)).toBe('POST /transfers/refund');
    const clear = { 'POST /return/{paymentId}': { operationId: 'refundPayment', summary: 'Make a refund' } };
    const both = asked({ 'POST /transfers/refund': { ...SAID, ...takes('payment_id', 'amount') }, ...clear });
    expect(suggested(both)).toBe('POST /return/{paymentId}');
    expect(both.overlay).toContain('# or "POST /transfers/refund"');
  });

  test('a declaration settles it', () => {
    const root = { 'x-refund': { operations: { create: 'POST /topups/{id}/refund' } } };
    const { problems } = discover(documentWith({ 'POST /topups/{id}/refund': SAID }, {}, root));
    expect(problems).toEqual([]);
  });
});

describe('what is weak alone', () => {
  test('a request that names nothing is asked about where little else says so', () => {
    expect(asked({ 'POST /refunds': { summary: 'Create a refund' } })).toMatchObject({ code: 'R021' });
    expect(nameOf(found({ 'POST /refunds': { operationId: 'createRefund' } }).create)).toBe('POST /refunds');
  });

  test('being deprecated is no reason to ask', () => {
    expect(nameOf(found({ [PAYMENT]: { ...REFUNDS_PAYMENT, deprecated: true } }).create)).toBe(PAYMENT);
  });
});

describe('a refund among other words of a path', () => {
  test.each([
    '/refund-callback',
    '/refund-links',
    '/refund-rules',
    '/refund-batches',
    '/bank-refunds',
    '/store-credit-refunds',
    '/refund_requests',
  ])('%s does not win over a refund of a payment', (path) => {
    const said = { operationId: 'createRefund', summary: 'Create a refund', ...takes('payment_id', 'amount') };
    expect(nameOf(found({ [`POST ${path}`]: said, [PAYMENT]: REFUNDS_PAYMENT }).create)).toBe(PAYMENT);
  });

  test.each<readonly [string, JsonMap]>([
    [
      'POST /my/orders/selling/{order_id}/refund_requests',
      { summary: 'Initiate a refund for a sold order', description: 'Initiate a refund for a sold order' },
    ],
    ['POST /order/{order_id}/issue_refund', { operationId: 'issueRefund' }],
    ['POST /orders/{orderId}/refundorder', { operationId: 'orders.refundorder' }],
    ['POST /order.refund.add.json', { operationId: 'OrderRefundAdd', ...takes('order_id') }],
    ['POST /transactions/{transactionId}/refunding-request', { summary: 'Refund the transaction' }],
  ])('%s is still found', (name, operation) => {
    expect(nameOf(found({ [name]: operation }).create)).toBe(name);
  });

  test('only the refund alone is a resource of its own', () => {
    const says = (path: string) =>
      found({ [`POST ${path}`]: SAID }).all.flatMap(({ reasons }) => reasons.map((reason) => reason.says));
    expect(says('/v1/refunds')).toContain('refunds are a resource of their own');
    expect(says('/bank-refunds')).not.toContain('refunds are a resource of their own');
  });
});

describe('what stands beside refunds, or goes on with one, never makes one', () => {
  test.each(['callbacks', 'rules', 'ledger', 'accounting', 'analytics', 'testing', 'test_helpers', 'mock', 'fake'])(
    '/%s/refunds',
    (word) => {
      expect(found({ [`POST /${word}/refunds`]: SAID }).all.map(({ role }) => role)).toEqual(['other']);
    },
  );

  test.each(['confirmRefund', 'completeRefund', 'finalizeRefund', 'trackRefund', 'bookRefund', 'settleRefund'])(
    'POST /refunds/{id} as %s',
    (operationId) => {
      const { all, create } = found({ 'POST /refunds/{id}': { operationId, ...takes('payment_id', 'amount') } });
      expect([create, all[0]?.role]).toEqual([undefined, 'other']);
    },
  );

  test('completing the refund of a payment makes it', () => {
    const name = 'POST /refunds/{paymentId}';
    expect(nameOf(found({ [name]: { operationId: 'completeRefund' } }).create)).toBe(name);
  });
});
