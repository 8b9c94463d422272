import type { CallOptions, Connection } from './connection.js';
import type { ErrorReader } from './error-body.js';
import type { Json } from './json.js';
import type { Money } from './money.js';
import { type Found, readOne } from './read.js';
import type { Operation, OperationInput } from './request.js';

/** What a provider shows of a payment: how much of it is refunded, or how much can still be. */
export interface PaymentState {
  readonly total: Money;
  /** Whether the payment shows a refund that is still being processed. */
  readonly pending: boolean;
  /** The code of the newest failed attempt that the payment shows. */
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

/** Reads what the provider shows of a payment. */
export function readPayment(
  connection: Connection,
  reading: PaymentReading,
  payment: string,
  call: CallOptions,
): Promise<Found<PaymentState>> {
  return readOne(connection, reading, reading.input(payment), call);
}
