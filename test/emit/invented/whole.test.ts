import { describe, expect, test } from 'vitest';
import { full, money, partial } from '../../../generated/index.js';
import { strictFaults } from '../../fixtures/generated-module.js';
import { INTEGER, invent, listOf, object, TEXT } from '../../fixtures/invented/build.js';
import type { AnyRequest } from '../../fixtures/invented/clients.js';
import { drive } from '../../fixtures/invented/drive.js';
import type { Pack } from '../../fixtures/pack.js';
import { json } from '../../loopback.js';

// What goes out without an amount, and what comes back without a refund in it.

const MONEY = object({ value: INTEGER, currency: TEXT }, 'value', 'currency');
const STATE = { type: 'string', enum: ['done', 'failed'] };
const IN_LIST = object({ payments: listOf({}), amount: INTEGER }, 'payments', 'amount');
const OMITTED = { unit: 'minor', full: 'omitted' };

const PACKS: Readonly<Record<string, Pack>> = {
  // An object in an object that is there for the amount's sake.
  nested: invent({
    body: object({ payment_id: TEXT, refund: object({ money: MONEY }) }, 'payment_id'),
    facts: { amount: OMITTED },
  }),

  // The amount in the item of a list that may be left out, the payment beside it.
  parts: invent({
    body: object({ payment_id: TEXT, parts: listOf(object({ amount: INTEGER, currency: TEXT })) }, 'payment_id'),
    facts: { request: { amount: 'body.parts[].amount' }, amount: OMITTED },
  }),

  // What is required anyway keeps its further fields.
  kept: invent({
    body: object(
      { payment_id: TEXT, refund: object({ amount: INTEGER, currency: TEXT, memo: TEXT }) },
      'payment_id',
      'refund',
    ),
    facts: { amount: OMITTED },
  }),

  // The payment is the one item of a list, of which the spec says nothing.
  several: invent({ body: IN_LIST, facts: { request: { payment: 'body.payments[]' } } }),

  // A status is all that an answer has.
  bare: invent({
    answers: { '200': object({ state: STATE }) },
    facts: { answers: { '200': [{ status: 'body.state' }] }, statuses: { done: 'succeeded', failed: 'failed' } },
  }),

  // An envelope around a refund that is read back.
  wrapper: invent({
    paths: {
      '/refunds/{refund}': {
        get: {
          operationId: 'getRefund',
          parameters: [{ name: 'refund', in: 'path', required: true, schema: TEXT }],
          responses: {
            '200': {
              description: 'It, or why not',
              content: { 'application/json': { schema: object({ ok: { type: 'boolean' }, id: TEXT }, 'ok') } },
            },
          },
        },
      },
    },
    facts: { retrieve: { when: { 'body.ok': true }, id: 'body.id', status: { is: 'succeeded' } } },
  }),
};

const { generated, start } = drive('whole', PACKS);

const PLAIN: AnyRequest = { refundRef: 'rf-1', payment: 'p1', amount: partial(money('EUR', 1250n)) };

/** What a client sends for a request. */
async function sent(id: string, request: Partial<AnyRequest>): Promise<readonly unknown[]> {
  const { client, server } = await start(id, json(200, { id: 'r1' }));
  expect(await client.refund({ ...PLAIN, ...request })).toMatchObject({ kind: 'accepted' });
  return server.seen.map(({ body }) => JSON.parse(body));
}

test('what is generated fits the compiler options of this repository', () => {
  expect(strictFaults([generated().index])).toEqual([]);
});

describe('a full refund leaves nothing of the amount', () => {
  test('not the objects that are there for its sake', async () => {
    expect(await sent('nested', { amount: full() })).toEqual([{ payment_id: 'p1' }]);
    const refund = { money: { value: 1250, currency: 'EUR' } };
    expect(await sent('nested', {})).toEqual([{ payment_id: 'p1', refund }]);
  });

  test('not the list that is there for its sake', async () => {
    expect(await sent('parts', { amount: full() })).toEqual([{ payment_id: 'p1' }]);
    expect(await sent('parts', {})).toEqual([{ payment_id: 'p1', parts: [{ amount: 1250, currency: 'EUR' }] }]);
  });

  test('but what has to be there, with what the caller puts in it', async () => {
    expect(await sent('kept', { amount: full(), memo: 'M' })).toEqual([{ payment_id: 'p1', refund: { memo: 'M' } }]);
  });
});

test('the one item of a list is the payment itself', async () => {
  expect(await sent('several', {})).toEqual([{ payments: ['p1'], amount: 1250 }]);
});

describe('where a status is all that there is', () => {
  test.each<readonly [unknown, object]>([
    ['done', { kind: 'accepted', refund: { status: 'succeeded' } }],
    ['reversed', { kind: 'accepted', refund: { status: 'unrecognized', rawStatus: 'reversed' } }],
    [undefined, { kind: 'unknown', error: { kind: 'malformed_answer' } }],
    [null, { kind: 'unknown', error: { kind: 'malformed_answer' } }],
    ['', { kind: 'unknown', error: { kind: 'malformed_answer' } }],
  ])('%o is %o', async (state, outcome) => {
    const { client } = await start('bare', json(200, { error: 'No', state }));
    expect(await client.refund(PLAIN)).toMatchObject(outcome);
  });
});

describe('a refund that is read back from an envelope', () => {
  test('is there where its mark is', async () => {
    const { client } = await start('wrapper', json(200, { ok: true, id: 'r1' }));
    expect(await client.retrieve?.('r1')).toMatchObject({ kind: 'found', value: { id: 'r1', status: 'succeeded' } });
  });

  test.each([{ ok: false, id: 'r1' }, { id: 'r1' }, { ok: 'true', id: 'r1' }])('%o is none', async (body) => {
    const { client } = await start('wrapper', json(200, body));
    expect(await client.retrieve?.('r1')).toMatchObject({ kind: 'failed', error: { kind: 'malformed_answer' } });
  });
});
