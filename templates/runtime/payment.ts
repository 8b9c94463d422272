import { isSameId } from './answer.js';
import type { CallOptions, Connection } from './connection.js';
import type { ErrorReader } from './error-body.js';
import type { Json } from './json.js';
import type { Money } from './money.js';
import { type Found, readOne } from './read.js';
import type { Operation, OperationInput } from './request.js';

/** What a provider shows of a payment: how much of it is refunded, or how much can still be. */
export interface PaymentState {
  readonly id: string | number;
  readonly total: Money;
  /** Whether the payment shows a refund that is still being processed. */
  readonly pending: boolean;
  /** How many attempts to move money the payment shows. */
  readonly attempts?: number;
  /** Why the newest of them failed. */
  readonly failureCode?: string;
}

/** How a payment is read. */
export interface PaymentReading {
  readonly operation: Operation;
  readonly input: (payment: string) => OperationInput;
  /** What `total` counts. */
  readonly measure: 'refunded' | 'refundable';
  readonly read: (body: Json) => PaymentState;
  readonly errorBody: ErrorReader;
}

/** Reads what the provider shows of a payment. An answer about another payment is not taken for it. */
export async function readPayment(
  connection: Connection,
  reading: PaymentReading,
  payment: string,
  call: CallOptions,
): Promise<Found<PaymentState>> {
  const found = await readOne(connection, reading, reading.input(payment), call);
  if (found.kind === 'failed' || isSameId(String(found.value.id), payment)) return found;
  const message = `the provider answered for payment ${found.value.id}, not ${payment}`;
  return { kind: 'failed', error: { kind: 'malformed_answer', message } };
}
