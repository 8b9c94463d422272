import { describe, expect, test } from 'vitest';
import { failsWith } from '../../generator/simulate/fault.js';
import type { SimulatedProvider } from '../../generator/simulate/provider.js';
import { fact, inBody, SAMPLE, sampleWith, TEXT } from './sample-api.js';
import { providers, read, refund } from './wire.js';

const start = providers();

async function startPaid(): Promise<SimulatedProvider> {
  const provider = await start();
  provider.addPayment({ id: 'pay_1', currency: 'EUR', minor: 1000n });
  return provider;
}

describe('the ledger', () => {
  test('has what was asked, and no more than was paid is ever refunded', async () => {
    const provider = await startPaid();
    const asked = { payment: 'pay_1', amount: 400, currency: 'EUR', reference: 'r-1', reason: 'late', note: 'Sorry' };
    const { body } = await refund(provider, asked);
    expect(body).toMatchObject({ ...asked, status: 'done', remaining: 600 });
    expect(provider.ledger.refunds).toEqual([
      {
        ...{ id: body?.['id'], payment: 'pay_1', currency: 'EUR', minor: 400n, status: 'succeeded', raw: 'done' },
        ...{ reference: 'r-1', reason: 'late', note: 'Sorry', elsewhere: false, createdAt: expect.any(Date) },
      },
    ]);
    expect((await refund(provider, { payment: 'pay_1', amount: 601 })).body).toMatchObject({
      error: { message: 'that is more than can be refunded' },
    });
    // All that is left.
    expect((await refund(provider, { payment: 'pay_1' })).body).toMatchObject({ amount: 600, remaining: 0 });
    expect((await refund(provider, { payment: 'pay_1' })).body).toMatchObject({
      error: { message: 'nothing is left to refund' },
    });
    expect([provider.ledger.refundedOf('pay_1'), provider.ledger.refundableOf('pay_1')]).toEqual([1000n, 0n]);
  });

  test.each([
    ['another payment', { payment: 'pay_2', amount: 1 }, 404],
    ['another currency', { payment: 'pay_1', amount: 1, currency: 'USD' }, 400],
    ['zero', { payment: 'pay_1', amount: 0 }, 400],
    ['less than zero', { payment: 'pay_1', amount: -1 }, 400],
  ])('stays as it is where %s is asked for', async (_, body, status) => {
    const provider = await startPaid();
    expect((await refund(provider, body)).status).toBe(status);
    expect(provider.ledger.refunds).toEqual([]);
  });

  test('refuses with a status that proves it, where the provider has said which ones do not', async () => {
    const ambiguous = [404, 400].map((status) => fact({ status, code: status === 400 ? 'busy' : null }));
    const provider = await start({ ...SAMPLE, errors: { ...SAMPLE.errors, ambiguous } });
    expect((await refund(provider, { payment: 'pay_1', amount: 1 })).status).toBe(422);
  });

  test('says which operations there are where the base URL is wrong', async () => {
    const provider = await startPaid();
    const { body, status } = await refund(provider, { payment: 'pay_1', amount: 1 }, {}, '/v1/refunds');
    expect([status, body]).toEqual([
      404,
      { error: { message: expect.stringContaining('no POST /v1/refunds here, but POST /refunds, GET') } },
    ]);
    expect((await read(provider, '/refunds')).status).toBe(501);
    expect(provider.requests.map(({ role }) => role)).toEqual(['other', 'list']);
  });
});

describe('a payment', () => {
  test('has an id of the kind that the API takes', async () => {
    const withShape = (shape: object, type: 'string' | 'integer' = 'string') =>
      sampleWith(
        { payment: fact({ place: { part: 'path', path: ['id'] }, type, required: true }) },
        {
          operations: SAMPLE.operations.map((one) => ({
            ...one,
            parameters: [
              {
                ...{ name: 'id', in: 'path', required: true, style: null, description: '' },
                shape: { ...TEXT, ...shape },
              },
            ],
          })),
        },
      );
    const idOf = async (shape: object, type?: 'integer'): Promise<string> =>
      (await start(withShape(shape, type))).addPayment({ currency: 'EUR', minor: 1n }).id;
    expect(await idOf({})).toMatch(/^sim_1_/);
    expect(await idOf({ format: 'uuid' })).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(await idOf({ minLength: 36, maxLength: 36 })).toHaveLength(36);
    expect(await idOf({ maxLength: 10 })).toMatch(/^.{1,10}$/);
    expect(await idOf({ pattern: '^[A-Z0-9]{16}$' })).toMatch(/^[A-Z0-9]{16}$/);
    expect(await idOf({ pattern: '^[0-9]+$' })).toMatch(/^[0-9]+$/);
    expect(await idOf({}, 'integer')).toMatch(/^[1-9]\d*$/);
    await expect(idOf({ pattern: '^PAY-' })).rejects.toThrow('give one with { id }');
  });

  test('that is none is refused', async () => {
    const provider = await startPaid();
    const add = (payment: object) => () => provider.addPayment({ currency: 'EUR', minor: 1n, ...payment });
    expect(add({ id: 'pay_1' })).toThrow('there is a payment pay_1 already');
    expect(add({ id: '' })).toThrow('has a text for its id');
    for (const currency of ['eur', 'ABC', 'EURO', '', '978']) expect(add({ currency })).toThrow('no currency');
    for (const minor of [0n, -1n, 10, '10', null]) expect(add({ minor })).toThrow('minor is a bigint');
    const numbered = await start(
      sampleWith({ payment: fact({ place: inBody('payment'), type: 'integer', required: true }) }),
    );
    expect(() => numbered.addPayment({ id: 'pay_1', currency: 'EUR', minor: 1n })).toThrow('has a number for its id');
    expect(provider.ledger.payments).toHaveLength(1);
  });

  test('that does not exist is nobody’s to ask about', async () => {
    const provider = await startPaid();
    expect(() => provider.ledger.refundedOf('pay_l')).toThrow('there is no payment pay_l');
    expect(() => provider.ledger.refundableOf('pay_l')).toThrow(RangeError);
    expect(() => provider.refundElsewhere('pay_l', 1n)).toThrow(RangeError);
  });

  test('shows what has been refunded elsewhere, and what was tried', async () => {
    const provider = await startPaid();
    expect(provider.refundElsewhere('pay_1', 300n)).toMatchObject({ elsewhere: true, status: 'succeeded' });
    for (const minor of [0n, -1n, 701n]) expect(() => provider.refundElsewhere('pay_1', minor)).toThrow(RangeError);
    provider.fail(failsWith('insufficient_funds', 402, { code: 'no_money' }));
    const failed = await refund(provider, { payment: 'pay_1', amount: 100 });
    expect([failed.status, failed.body]).toMatchObject([402, { error: { code: 'no_money' } }]);
    expect((await read(provider, '/payments/pay_1')).body).toEqual({
      ...{ id: 'pay_1', refunded: 300, currency: 'EUR', state: 'paid' },
      attempts: [{ error: { code: 'insufficient_funds' } }, {}, {}],
    });
    expect(provider.ledger.refundableOf('pay_1')).toBe(700n);
  });
});

describe('a refund', () => {
  test('is taken on as it is told, and read as it was answered', async () => {
    const provider = await startPaid();
    const held = provider.acceptances.find(({ raw }) => raw === 'held');
    if (held === undefined) throw new Error('there is no such acceptance');
    provider.acceptAs(held);
    const { body } = await refund(provider, { payment: 'pay_1', amount: 400 });
    expect(body).toMatchObject({ status: 'held' });
    expect((await read(provider, `/refunds/${body?.['id']}`)).body).toEqual(body);
    expect((await read(provider, '/payments/pay_1')).body).toMatchObject({ state: 'refunding', refunded: 400 });
    provider.acceptAs('failed');
    expect((await refund(provider, { payment: 'pay_1', amount: 600 })).body).toMatchObject({
      ...{ status: 'declined', failure: 'declined', remaining: 600 },
    });
    provider.acceptAs('unrecognized');
    expect((await refund(provider, { payment: 'pay_1', amount: 1 })).body).toMatchObject({
      status: 'undocumented_status',
    });
    expect(() => provider.acceptAs('canceled')).toThrow('a refund may be pending, succeeded, failed, unrecognized');
    expect(() => provider.acceptAs({ ...held, raw: 'lost' })).toThrow(RangeError);
    expect(provider.ledger.refundedOf('pay_1')).toBe(401n);
  });

  test('is told in numbers where all statuses are numbers', async () => {
    const statuses = fact([
      { raw: '0', status: 'pending' },
      { raw: '1', status: 'succeeded' },
    ] as const);
    const provider = await start(sampleWith({ statuses }));
    provider.addPayment({ id: 'pay_1', currency: 'EUR', minor: 1000n });
    expect((await refund(provider, { payment: 'pay_1' })).text).toContain('"status":1,');
  });

  test('settles, and its money comes back where it fails', async () => {
    const provider = await startPaid();
    provider.acceptAs('pending');
    const id = String((await refund(provider, { payment: 'pay_1', amount: 700 })).body?.['id']);
    provider.settle(id, 'failed', 'bank_said_no');
    expect((await read(provider, `/refunds/${id}`)).body).toMatchObject({
      status: 'declined',
      failure: 'bank_said_no',
    });
    expect(provider.ledger.refundedOf('pay_1')).toBe(0n);
    provider.settle(id, 'succeeded');
    expect((await read(provider, `/refunds/${id}`)).body).toMatchObject({ status: 'done', remaining: 300 });
    expect(provider.ledger.refunds[0]).not.toHaveProperty('failure');
    provider.settle(id, 'canceled');
    provider.refundElsewhere('pay_1', 400n);
    // What has gone elsewhere in the meantime cannot go twice.
    expect(() => provider.settle(id, 'succeeded')).toThrow('600 can still be refunded, not 700');
    expect(() => provider.settle('re_l', 'failed')).toThrow('there is no refund re_l');
    // A caller without types may give any text.
    expect(() => provider.settle(id, 'done' as 'failed')).toThrow('not done');
  });

  test('shows late, as often as is said', async () => {
    const provider = await startPaid();
    provider.refundElsewhere('pay_1', 100n);
    provider.showLate(2);
    const { body } = await refund(provider, { payment: 'pay_1', amount: 400 });
    expect((await read(provider, '/payments/pay_1')).body).toMatchObject({ refunded: 100 });
    expect((await read(provider, `/refunds/${body?.['id']}`)).status).toBe(404);
    expect((await read(provider, `/refunds/${body?.['id']}`)).status).toBe(200);
    expect((await read(provider, '/payments/pay_1')).body).toMatchObject({ refunded: 500 });
  });
});
