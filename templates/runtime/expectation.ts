import { isObject } from './check.js';
import type { AnyRefundRequest, Run } from './definition.js';
import type { RefusedError } from './errors.js';
import type { Money } from './money.js';
import type { AnyRefund } from './outcome.js';
import { type PaymentReading, readPayment } from './payment.js';

/** What the caller expects the payment to show before it is refunded; `undefined` where nothing is expected. */
export function expectedTotal(reading: PaymentReading | undefined, request: AnyRefundRequest): Money | undefined {
  const expect = 'expect' in request ? request.expect : undefined;
  if (!isObject(expect) || reading === undefined) return undefined;
  // The generated request type says that this is Money; `prepare` checks it before anything is done with it.
  return expect[reading.measure] as Money | undefined;
}

/**
 * Reads the payment and compares it with what the caller expects. Not atomic: another refund may come between reading
 * and sending.
 *
 * @returns why nothing may be sent; `undefined` where the payment is as expected.
 */
export async function checkExpectation<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
): Promise<RefusedError | undefined> {
  const { attempt, call, connection, definition, request } = run;
  const reading = definition.payment;
  const expected = expectedTotal(reading, request);
  if (expected === undefined || reading === undefined) return undefined;
  const found = await readPayment(connection, reading, attempt.payment, call);
  if (found.kind === 'failed') {
    const message = `nothing was sent: the payment could not be read to compare it: ${found.error.message}`;
    return { kind: 'not_sent', message, next: 'call_again', moneyMoved: 'no', fields: [] };
  }
  const { total, pending } = found.value;
  if (!pending && total.currency === expected.currency && total.minor === expected.minor) return undefined;
  const shown = pending ? 'a refund that is still being processed' : `${reading.measure} ${total.toString()}`;
  const fault = {
    field: `expect.${reading.measure}`,
    message: `is ${expected.toString()}, but the payment shows ${shown}`,
  };
  const message = `nothing was sent: ${fault.field} ${fault.message}`;
  return { kind: 'expectation_failed', message, next: 'correct_request', moneyMoved: 'no', fields: [fault] };
}
