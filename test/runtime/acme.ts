import { onTestFinished } from 'vitest';
import { amount, integer, maybe, optionalText, text } from '../../templates/runtime/answer.js';
import { type ClientConfig, type Connection, connect } from '../../templates/runtime/connection.js';
import type { AnyRefundRequest, RefundDefinition } from '../../templates/runtime/definition.js';
import { namedErrors } from '../../templates/runtime/error-body.js';
import { memoryJournal, type RefundAttempt, type RefundJournal } from '../../templates/runtime/journal.js';
import { type Money, money, partial } from '../../templates/runtime/money.js';
import type { AnyRefund } from '../../templates/runtime/outcome.js';
import type { PaymentReconciliation } from '../../templates/runtime/reconcile.js';
import type { RefundReading } from '../../templates/runtime/retrieve.js';
import type { ReplayPolicy } from '../../templates/runtime/retry.js';
import { type Loopback, listen, type Reply } from '../loopback.js';

export interface AcmeRefund extends AnyRefund {
  readonly id?: string;
}

export interface AcmeRequest extends AnyRefundRequest {
  readonly expect?: { readonly refunded?: Money; readonly refundable?: Money };
}

export type AcmeDefinition = RefundDefinition<'acme', AcmeRequest, AcmeRefund>;

const FORMAT = { unit: 'minor', encoding: 'integer', exponents: { overrides: {}, unknown: [] } } as const;

const errorBody = namedErrors({ code: [['code']], message: ['message'] });

/** Reads a payment of a provider that shows what is refunded. */
export const PAYMENT: PaymentReconciliation = {
  operation: {
    name: 'getPayment',
    method: 'GET',
    path: '/payments/{payment}',
    parameters: [{ name: 'payment', in: 'path', required: true, shape: { kind: 'string' } }],
  },
  input: (payment) => ({ path: { payment } }),
  measure: 'refunded',
  read: (body) => ({
    id: text(body, ['id']),
    total: amount(body, ['total'], ['currency'], FORMAT),
    pending: optionalText(body, ['status']) === 'pending_refund',
    ...maybe('attempts', body, ['attempts'], integer),
    ...maybe('failureCode', body, ['failure'], text),
  }),
  errorBody,
  definiteFailures: ['declined'],
  failureAnswer: { status: 400, code: 'refund_failed' },
};

/** Reads a refund by its id. */
export const RETRIEVAL: RefundReading<AcmeRefund> = {
  operation: {
    name: 'getRefund',
    method: 'GET',
    path: '/refunds/{refund}',
    parameters: [{ name: 'refund', in: 'path', required: true, shape: { kind: 'string' } }],
  },
  input: (refund) => ({ path: { refund } }),
  read: (body) => ({
    provider: 'acme',
    ...maybe('id', body, ['id'], text),
    ...maybe('payment', body, ['payment'], text),
    ...maybe('money', body, ['amount'], (json, path) => amount(json, path, 'USD', FORMAT)),
    status: 'succeeded',
    raw: body.value,
  }),
  errorBody,
};

export const DEFINITION: AcmeDefinition = {
  provider: 'acme',
  operation: {
    name: 'createRefund',
    method: 'POST',
    path: '/refunds',
    parameters: [],
    body: { required: true, shape: { kind: 'any' } },
  },
  shape: { kind: 'object', required: ['refundRef', 'payment', 'amount'], fields: {} },
  places: {},
  amount: { ...FORMAT, full: 'omitted' },
  write: ({ payment, refundRef }, wire) => ({ body: { payment, amount: wire, receipt: refundRef } }),
  answers: {
    accepted: {
      201: [
        {
          read: (body) => ({
            provider: 'acme',
            id: text(body, ['id']),
            payment: text(body, ['payment']),
            money: amount(body, ['amount'], 'USD', FORMAT),
            status: 'pending',
            raw: body.value,
          }),
        },
      ],
    },
    errorBody,
    ambiguous: [{ status: 400, code: 'refund_failed' }],
    refused: [],
    kinds: {},
    fieldNames: {},
  },
  payment: PAYMENT,
  whenUnknown: 'reconcile',
};

/** Sends again without waiting, while `isKeyAlive` says that it may. */
export function replay(given: Partial<ReplayPolicy> = {}): ReplayPolicy {
  return { maxSends: 3, isKeyAlive: () => true, whenExpired: 'ask_provider', wait: async () => true, ...given };
}

export const REQUEST: AcmeRequest = { refundRef: 'rf_1', payment: 'pay_1', amount: partial(money('USD', 1250n)) };

/** What the provider says of a refund that it has accepted. */
export const REFUNDED = { id: 're_1', payment: 'pay_1', amount: 1250 };

export interface Acme {
  readonly connection: Connection;
  readonly journal: RefundJournal;
  readonly seen: Loopback['seen'];
}

/** A connection to a provider that follows a script, until the test ends. */
export async function acme(script: readonly [Reply, ...Reply[]], config: ClientConfig = {}): Promise<Acme> {
  const server = await listen(...script);
  onTestFinished(() => server.close());
  const { journal = memoryJournal() } = config;
  const connection = connect(
    {
      provider: 'acme',
      servers: {},
      auth: [[{ kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'token' } }]],
      settings: [],
    },
    { baseUrl: server.url, ...config, journal, auth: { token: 'sk_live_0001' } },
  );
  return { connection, journal, seen: server.seen };
}

/** The one entry of the payment. */
export async function entryOf(journal: RefundJournal) {
  const [entry, ...others] = await journal.ofPayment('acme', 'pay_1');
  if (entry === undefined || others.length > 0) throw new Error('it is not one entry');
  return entry;
}

export function attemptOf(given: Partial<RefundAttempt<'acme'>> = {}): RefundAttempt<'acme'> {
  return {
    provider: 'acme',
    refundRef: 'rf_1',
    attemptId: 'attempt_1',
    payment: 'pay_1',
    amount: { currency: 'USD', minor: '1250' },
    fingerprint: 'f',
    startedAt: '2026-01-01T00:00:00.000Z',
    ...given,
  };
}
