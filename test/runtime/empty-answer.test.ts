import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../templates/runtime/connection.js';
import type { AnyRefundRequest, RefundDefinition } from '../../templates/runtime/definition.js';
import { problemErrors } from '../../templates/runtime/error-body.js';
import { memoryJournal } from '../../templates/runtime/journal.js';
import { money, partial } from '../../templates/runtime/money.js';
import type { AnyRefund } from '../../templates/runtime/outcome.js';
import { refund } from '../../templates/runtime/refund.js';
import { json, type Loopback, listen, type Reply, text, truncated } from '../loopback.js';

const DEFINITION: RefundDefinition<'acme', AnyRefundRequest, AnyRefund> = {
  provider: 'acme',
  operation: {
    name: 'createRefund',
    method: 'POST',
    path: '/refunds',
    parameters: [],
    body: { required: true, shape: { kind: 'any' } },
  },
  shape: { kind: 'object', fields: {} },
  places: {},
  amount: { unit: 'minor', encoding: 'integer', exponents: { overrides: {}, unknown: [] }, full: 'unsupported' },
  write: ({ payment, refundRef }, wire) => ({ body: { payment, amount: wire, receipt: refundRef } }),
  answers: {
    accepted: {
      '2XX': [
        {
          empty: true,
          read: (body, { payment }) => ({ provider: 'acme', payment, status: 'pending', raw: body.value }),
        },
      ],
    },
    errorBody: problemErrors(),
    ambiguous: [],
    refused: [],
    kinds: {},
    fieldNames: { sum: 'amount' },
  },
  whenUnknown: 'ask_provider',
};

const REQUEST: AnyRefundRequest = { refundRef: 'rf_1', payment: 'pay_1', amount: partial(money('USD', 1250n)) };
const SECRET = 'sk_live_0001';

let server: Loopback | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function client(...script: readonly [Reply, ...Reply[]]) {
  server = await listen(...script);
  const { seen, url } = server;
  const journal = memoryJournal();
  const connection = connect(
    {
      provider: 'acme',
      servers: {},
      auth: [[{ kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'token' } }]],
      settings: [],
    },
    { baseUrl: url, journal, auth: { token: SECRET } },
  );
  return { seen, journal, refund: () => refund(connection, DEFINITION, REQUEST) };
}

const noContent: Reply = (response) => {
  response.writeHead(204).end();
};

/** Not UTF-8, and not said to be anything. */
const bytes: Reply = (response) => {
  response.writeHead(202).end(Buffer.from([0xff, 0xfe, 0x22]));
};

describe('an answer whose status is all that it says', () => {
  test.each<[string, Reply]>([
    ['204', noContent],
    ['an empty text', text(202, '')],
    ['white space', text(202, '\r\n')],
  ])('is accepted, recorded, and read again: %s', async (_, reply) => {
    const { refund, seen } = await client(reply);
    const refunded = { kind: 'accepted', refund: { status: 'pending', payment: 'pay_1', raw: undefined } };
    expect(await refund()).toMatchObject({ ...refunded, source: 'answer', recorded: true });
    expect(await refund()).toMatchObject({ ...refunded, source: 'journal', recorded: true });
    expect(seen).toHaveLength(1);
  });

  test.each<[string, Reply]>([
    ['a text', text(202, 'Accepted')],
    ['a page that asks to log in', text(200, `<p class="\\x">"no\nend" "${SECRET}`, 'text/html')],
    ['half a JSON', text(200, '{"status":"\\u12', 'application/json')],
    ['an error in an envelope', json(200, { success: false, error: 'refund declined', key: SECRET })],
    ['bytes', bytes],
  ])('is not understood where there is more than that: %s', async (_, reply) => {
    const { journal, refund, seen } = await client(reply);
    expect(await refund()).toMatchObject({
      kind: 'unknown',
      error: { kind: 'malformed_answer', moneyMoved: 'unknown' },
    });
    expect(await refund()).toMatchObject({ kind: 'unknown' });
    expect(seen).toHaveLength(1);
    expect(JSON.stringify(await journal.ofPayment('acme', 'pay_1'))).not.toContain(SECRET);
  });

  test('has to be whole all the same', async () => {
    const { refund } = await client(truncated(202, { status: 'done' }));
    expect(await refund()).toMatchObject({ kind: 'unknown', error: { kind: 'network' } });
  });

  test('does not make an error of the provider one', async () => {
    const { refund } = await client(text(502, ''));
    expect(await refund()).toMatchObject({ kind: 'unknown', error: { kind: 'provider_error' } });
  });
});

test('a problem is told with its fields in the words of the caller', async () => {
  const problem = {
    type: 'https://acme.invalid/probs/too-much',
    title: 'Too much.',
    'invalid-params': [{ name: 'sum', reason: 'is more than was captured' }],
  };
  const { refund } = await client(json(422, problem, { 'content-type': 'application/problem+json' }));
  expect(await refund()).toMatchObject({
    kind: 'refused',
    sent: true,
    error: {
      code: problem.type,
      fields: [{ field: 'amount', message: 'is more than was captured' }],
      message: expect.stringContaining('amount is more than was captured'),
    },
  });
});
