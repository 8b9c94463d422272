import { describe, expect, test } from 'vitest';
import { amount, text } from '../../templates/runtime/answer.js';
import { type ClientConfig, type Connection, connect } from '../../templates/runtime/connection.js';
import type { AnyRefundRequest, RefundDefinition } from '../../templates/runtime/definition.js';
import { keyedErrors } from '../../templates/runtime/error-body.js';
import { money, partial } from '../../templates/runtime/money.js';
import type { AnyRefund } from '../../templates/runtime/outcome.js';
import { refund } from '../../templates/runtime/refund.js';

const FORMAT = { unit: 'minor', encoding: 'integer', exponents: { overrides: {}, unknown: [] } } as const;

const DEFINITION: RefundDefinition<'acme', AnyRefundRequest, AnyRefund> = {
  provider: 'acme',
  operation: {
    name: 'createRefund',
    method: 'POST',
    path: '/refunds',
    parameters: [],
    body: { required: true, shape: { kind: 'any' } },
  },
  shape: {
    kind: 'object',
    required: ['refundRef', 'payment', 'amount'],
    fields: { refundRef: { kind: 'string', minLength: 1 }, payment: { kind: 'string' }, amount: { kind: 'any' } },
    closed: true,
  },
  places: {},
  amount: { ...FORMAT, full: 'unsupported' },
  write: ({ payment, refundRef }, wire) => ({ body: { payment, amount: wire, receipt: refundRef } }),
  answers: {
    accepted: {
      201: [
        {
          read: (body) => ({
            provider: 'acme',
            payment: text(body, ['payment']),
            money: amount(body, ['amount'], 'USD', FORMAT),
            status: 'succeeded',
            raw: body.value,
          }),
        },
      ],
    },
    errorBody: keyedErrors([]),
    ambiguous: [],
    refused: [],
    kinds: {},
    fieldNames: {},
  },
  whenUnknown: 'reconcile',
};

const REQUEST: AnyRefundRequest = { refundRef: 'rf_1', payment: 'pay_1', amount: partial(money('USD', 1250n)) };

/** A client whose provider always accepts; `sends` counts what it was sent. */
function client(
  config: ClientConfig = {},
  auth = { username: 'shop', password: 'pass_1' },
): { connection: Connection; sends: () => number } {
  let count = 0;
  const connection = connect(
    {
      provider: 'acme',
      servers: {},
      auth: [[{ kind: 'basic', username: { credential: 'username' }, password: { credential: 'password' } }]],
      settings: [],
    },
    {
      baseUrl: 'https://acme.invalid',
      fetch: () => {
        count += 1;
        const body = { payment: 'pay_1', amount: 1250, merchant: 12345 };
        return Promise.resolve(Response.json(body, { status: 201 }));
      },
      ...config,
      auth,
    },
  );
  return { connection, sends: () => count };
}

test('a refund is accepted and sent once, however often it is asked for', async () => {
  const { connection, sends } = client();
  expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
  expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
  expect(sends()).toBe(1);
});

describe('a call with a timeout that cannot be', () => {
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('%d', async (timeoutMs) => {
    const { connection, sends } = client();
    const first = await refund(connection, DEFINITION, REQUEST, { timeoutMs }).catch(() => 'thrown');
    expect(sends()).toBe(0);
    // Thrown or refused: nothing was sent, so the refundRef must be free.
    if (first !== 'thrown') expect(first).toMatchObject({ kind: 'refused', sent: false });
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted' });
    expect(sends()).toBe(1);
  });
});

test('a short user name does not hide that a refund was accepted', async () => {
  for (const username of ['12345', '1250', '1', 'a', 'pay', 'pay_1', 'amount']) {
    const { connection } = client({}, { username, password: 'pass_1' });
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted' });
  }
});

describe('a hook', () => {
  test('that throws changes nothing', async () => {
    const fail = (): void => {
      throw new Error('hook');
    };
    const { connection } = client({ hooks: { onRequest: fail, onAnswer: fail } });
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted' });
  });

  // Node ends the process for a rejection that nobody handles, and the outcome of the refund with it.
  test('that is asynchronous and fails changes nothing', async () => {
    const others = process.listeners('unhandledRejection');
    const rejections: unknown[] = [];
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (reason) => rejections.push(reason));
    try {
      const fail = (): Promise<void> => Promise.reject(new Error('hook'));
      const { connection } = client({ hooks: { onRequest: fail, onAnswer: fail } });
      expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted' });
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const other of others) process.on('unhandledRejection', other);
    }
    expect(rejections).toEqual([]);
  });
});
