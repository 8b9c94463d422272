import { describe, expect, test } from 'vitest';
import type { Idempotency, RefundApi } from '../../generator/ir.js';
import { answers, closedAfterActing, failsWith } from '../../generator/simulate/fault.js';
import type { SimulatedProvider } from '../../generator/simulate/provider.js';
import { fact, inBody, JSON_BODY, operation, SAMPLE, sampleWith } from './sample-api.js';
import { providers, refund } from './wire.js';

const start = providers();
const ASKED = { payment: 'pay_1', amount: 400 };
const KEY = { 'idempotency-key': 'k-1' };

async function startPaid(api: RefundApi = SAMPLE): Promise<SimulatedProvider> {
  const provider = await start(api);
  provider.addPayment({ id: 'pay_1', currency: 'EUR', minor: 1000n });
  provider.addPayment({ id: 'pay_2', currency: 'EUR', minor: 1000n });
  return provider;
}

function keyed(idempotency: Idempotency): RefundApi {
  return { ...SAMPLE, idempotency: fact(idempotency) };
}

const IN_BODY: Idempotency = { kind: 'key', place: inBody('key'), replay: { keyLifetimeHours: 1 } };

describe('a key that comes again', () => {
  test.each([
    ['in a header', SAMPLE, ASKED, KEY],
    ['in the body', keyed(IN_BODY), { ...ASKED, key: 'k-1' }, {}],
  ])('is answered as before, and moves money once, %s', async (_, api, body, headers) => {
    const provider = await startPaid(api);
    const first = await refund(provider, body, headers);
    provider.acceptAs('failed');
    const second = await refund(provider, body, headers);
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect(provider.ledger.refunds).toHaveLength(1);
    expect(provider.requests.map(({ asked }) => asked?.key)).toEqual(['k-1', 'k-1']);
  });

  test('is answered with the right answer where the first one was lost', async () => {
    const provider = await startPaid();
    provider.fail(closedAfterActing);
    await expect(refund(provider, ASKED, KEY)).rejects.toThrow('fetch failed');
    expect(await refund(provider, ASKED, KEY)).toMatchObject({ status: 200, body: { amount: 400 } });
    expect(provider.ledger.refundedOf('pay_1')).toBe(400n);
  });

  test('is answered with the failure of the first attempt, not with a success', async () => {
    const provider = await startPaid();
    provider.fail(failsWith('insufficient_funds', 402, { code: 'no_money' }));
    const first = await refund(provider, ASKED, KEY);
    const second = await refund(provider, ASKED, KEY);
    expect([second.status, second.text]).toEqual([402, first.text]);
    expect(provider.ledger.refundedOf('pay_1')).toBe(0n);
  });

  test('acts where nothing was done before', async () => {
    const provider = await startPaid();
    provider.fail(answers(503));
    expect((await refund(provider, ASKED, KEY)).status).toBe(503);
    expect((await refund(provider, { ...ASKED, amount: 5000 }, KEY)).status).toBe(400);
    expect((await refund(provider, ASKED, KEY)).status).toBe(200);
    expect(provider.ledger.refundedOf('pay_1')).toBe(400n);
  });

  test.each([
    ['amount', { ...ASKED, amount: 401 }],
    ['payment', { ...ASKED, payment: 'pay_2' }],
  ])('is refused with another %s', async (_, other) => {
    const provider = await startPaid();
    await refund(provider, ASKED, KEY);
    expect((await refund(provider, other, KEY)).status).toBe(422);
    expect(provider.ledger.refunds).toHaveLength(1);
  });

  test('is refused with a payment in a header that is another one', async () => {
    const payment = fact({
      place: { part: 'header', path: ['X-Payment'] } as const,
      type: 'string',
      required: true,
    } as const);
    const operations = [operation('create', 'createRefund', 'POST', '/refunds', { body: JSON_BODY })];
    const provider = await startPaid(sampleWith({ payment }, { operations }));
    await refund(provider, { amount: 400 }, { ...KEY, 'x-payment': 'pay_1' });
    expect((await refund(provider, { amount: 400 }, { ...KEY, 'x-payment': 'pay_2' })).status).toBe(422);
    // What else a header says is no part of the refund.
    const again = { ...KEY, 'x-payment': 'pay_1', 'x-request-id': '2' };
    expect((await refund(provider, { amount: 400 }, again)).status).toBe(200);
    expect(provider.ledger.refunds).toHaveLength(1);
  });

  test('is a new one after the provider has forgotten it', async () => {
    const provider = await startPaid();
    await refund(provider, ASKED, KEY);
    provider.forgetKeys();
    await refund(provider, ASKED, KEY);
    expect(provider.ledger.refundedOf('pay_1')).toBe(800n);
  });

  test('moves money once where it comes many times at once', async () => {
    const provider = await startPaid();
    const all = await Promise.all(Array.from({ length: 8 }, () => refund(provider, ASKED, KEY)));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(provider.ledger.refundedOf('pay_1')).toBe(400n);
  });
});

describe('money moves each time', () => {
  test.each<[string, RefundApi, Readonly<Record<string, string>>]>([
    ['without a key', SAMPLE, {}],
    ['with another key', SAMPLE, { 'idempotency-key': 'other' }],
    ['at a provider that has none', keyed({ kind: 'none' }), KEY],
    [
      'at a provider that does not promise to act once',
      keyed({ kind: 'key', place: { part: 'header', path: ['Idempotency-Key'] }, replay: false }),
      KEY,
    ],
  ])('%s', async (_, api, headers) => {
    const provider = await startPaid(api);
    await refund(provider, ASKED, headers === KEY ? KEY : {});
    await refund(provider, ASKED, headers);
    expect(provider.ledger.refundedOf('pay_1')).toBe(800n);
  });
});
