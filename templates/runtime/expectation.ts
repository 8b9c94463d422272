import { isObject } from './check.js';
import type { AnyRefundRequest, Run } from './definition.js';
import type { ReadError, RefusedError } from './errors.js';
import type { RefundAttempt } from './journal.js';
import { askJournal } from './journal-call.js';
import type { Money } from './money.js';
import type { AnyRefund } from './outcome.js';
import { type PaymentReading, readPayment } from './payment.js';
import { recordMoney } from './recorded.js';

/** What the caller expects the payment to show before it is refunded; `undefined` where nothing is expected. */
export function expectedTotal(reading: PaymentReading | undefined, request: AnyRefundRequest): Money | undefined {
  const expect = 'expect' in request ? request.expect : undefined;
  if (!isObject(expect) || reading === undefined) return undefined;
  // The generated request type says that this is Money; `prepare` checks it before anything is done with it.
  return expect[reading.measure] as Money | undefined;
}

/** The payment is as expected, and the attempt says so; or why nothing may be sent. */
export type Compared<P extends string> =
  | { readonly attempt: RefundAttempt<P>; readonly unmet?: undefined }
  | { readonly attempt?: undefined; readonly unmet: RefusedError };

/**
 * Reads the payment and compares it with what the caller expects. Not atomic: another refund may come between reading
 * and sending.
 */
export async function compareWithPayment<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
): Promise<Compared<P>> {
  const { attempt, call, connection, definition, expected } = run;
  const reading = definition.payment;
  if (expected === undefined || reading === undefined) return { attempt };
  // Asked before the payment is read: what is accepted by now is in the total, what is under way may get into it.
  const included = await settledAttempts(run);
  const found = await readPayment(connection, reading, attempt.payment, call);
  if (found.kind === 'failed') return { unmet: unreadable(found.error) };
  const { attempts, pending, total } = found.value;
  if (!pending && total.currency === expected.currency && total.minor === expected.minor) {
    if (included === undefined) return { attempt };
    const before = { ...recordMoney(total), included, ...(attempts === undefined ? {} : { attempts }) };
    return { attempt: { ...attempt, before } };
  }
  const field = `expect.${reading.measure}`;
  const shown = pending ? 'a refund that is still being processed' : `${reading.measure} ${total.toString()}`;
  const fault = { field, message: `is ${expected.toString()}, but the payment shows ${shown}` };
  const message = `nothing was sent: ${field} ${fault.message}`;
  return { unmet: { kind: 'expectation_failed', message, next: 'correct_request', moneyMoved: 'no', fields: [fault] } };
}

/** The accepted attempts on the payment; `undefined` where others are under way, or the journal cannot tell. */
async function settledAttempts<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>({
  attempt,
  call,
  connection,
}: Run<P, Request, R>): Promise<readonly string[] | undefined> {
  const asked = await askJournal(connection, call, (journal) => journal.ofPayment(attempt.provider, attempt.payment));
  if (asked.failed) return undefined;
  const others = asked.value.filter((entry) => entry.attempt.attemptId !== attempt.attemptId);
  if (others.some(({ state }) => state === 'open' || state === 'unknown')) return undefined;
  return others.filter(({ state }) => state === 'accepted').map((entry) => entry.attempt.attemptId);
}

function unreadable({ kind, message, ...facts }: ReadError): RefusedError {
  const mayNotRead = kind === 'authentication' || kind === 'permission';
  return {
    ...facts,
    kind: 'not_sent',
    message: `nothing was sent: the payment could not be read to compare it: ${message}`,
    next: mayNotRead ? 'correct_credentials' : kind === 'not_found' ? 'correct_request' : 'call_again',
    moneyMoved: 'no',
    fields: [],
  };
}
