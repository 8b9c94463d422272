import { isSameId } from './answer.js';
import type { CallOptions, Connection } from './connection.js';
import type { NextStep, ReadError } from './errors.js';
import type { RecordedMoney, RefundAttempt } from './journal.js';
import type { Money } from './money.js';
import { type PaymentReading, type PaymentState, readPayment } from './payment.js';
import { requireOwn } from './release.js';
import { type IdentifiedRefund, type RefundReading, retrieveRefund } from './retrieve.js';

/** The attempt has refunded. */
export interface Happened<Evidence> {
  readonly verdict: 'happened';
  readonly evidence: Evidence;
}

/** The attempt has not refunded, and will not. Its `refundRef` is free again for the same request. */
export interface DidNotHappen<Evidence> {
  readonly verdict: 'did_not_happen';
  readonly evidence: Evidence;
}

/** What the provider shows proves neither. */
export interface StillUnknown<Evidence> {
  readonly verdict: 'still_unknown';
  readonly why: string;
  readonly next: NextStep;
  /** Missing where nothing could be read, see `error`. */
  readonly evidence?: Evidence;
  readonly error?: ReadError;
}

/** What a payment showed. */
export interface PaymentEvidence {
  /** What `before` and `now` count: what is refunded, or what can still be. */
  readonly measure: 'refunded' | 'refundable';
  /** Before the attempt, where the caller stated it with `expect` and the client verified it. */
  readonly before?: RecordedMoney;
  readonly now: Money;
  readonly pending: boolean;
  readonly failureCode?: string;
}

/** How an attempt is reconciled by reading its payment. */
export interface PaymentReconciliation extends PaymentReading {
  /**
   * Codes of a failed attempt, shown by the payment, that mean that no money moved: they count only where the provider
   * had answered the attempt itself with `failureAnswer`.
   */
  readonly definiteFailures: readonly string[];
  readonly failureAnswer?: { readonly status: number; readonly code?: string };
}

/**
 * Looks at the payment: a total that has moved by exactly the amount of the attempt shows that it happened. A total
 * that has not moved proves nothing: the refund may be on its way.
 */
export async function reconcileByPayment<P extends string>(
  connection: Connection,
  reading: PaymentReconciliation,
  attempt: RefundAttempt<P>,
  call: CallOptions,
): Promise<Happened<PaymentEvidence> | StillUnknown<PaymentEvidence>> {
  requireOwn(connection, attempt);
  const found = await readPayment(connection, reading, attempt.payment, call);
  return found.kind === 'failed' ? unread(found.error) : judge(reading, attempt, found.value);
}

/**
 * Looks at the payment as {@link reconcileByPayment} does; where the payment shows how the attempt failed, that proves
 * that it did not happen.
 */
export async function reconcileByPaymentOrFailure<P extends string>(
  connection: Connection,
  reading: PaymentReconciliation,
  attempt: RefundAttempt<P>,
  call: CallOptions,
): Promise<Happened<PaymentEvidence> | DidNotHappen<PaymentEvidence> | StillUnknown<PaymentEvidence>> {
  requireOwn(connection, attempt);
  const found = await readPayment(connection, reading, attempt.payment, call);
  if (found.kind === 'failed') return unread(found.error);
  if (!failedForSure(reading, attempt, found.value)) return judge(reading, attempt, found.value);
  await connection.journal.record({ attempt, state: 'refused' });
  return { verdict: 'did_not_happen', evidence: evidenceOf(reading, attempt, found.value) };
}

function unread<E>(error: ReadError): StillUnknown<E> {
  const why = `the payment could not be read: ${error.message}`;
  return { verdict: 'still_unknown', why, next: 'reconcile', error };
}

function judge(
  reading: PaymentReconciliation,
  attempt: RefundAttempt,
  state: PaymentState,
): Happened<PaymentEvidence> | StillUnknown<PaymentEvidence> {
  const evidence = evidenceOf(reading, attempt, state);
  const doubt = whyNotProved(reading, attempt, state);
  if (doubt === undefined) return { verdict: 'happened', evidence };
  return { verdict: 'still_unknown', why: doubt, next: state.pending ? 'reconcile' : 'ask_provider', evidence };
}

function evidenceOf({ measure }: PaymentReading, { before }: RefundAttempt, state: PaymentState): PaymentEvidence {
  const { failureCode, pending, total } = state;
  return {
    measure,
    ...(before === undefined ? {} : { before }),
    now: total,
    pending,
    ...(failureCode === undefined ? {} : { failureCode }),
  };
}

function failedForSure(reading: PaymentReconciliation, attempt: RefundAttempt, state: PaymentState): boolean {
  const { failureAnswer, definiteFailures } = reading;
  const { answered } = attempt;
  if (failureAnswer === undefined || answered === undefined || state.pending) return false;
  if (attempt.before === undefined || !sameMoney(state.total, attempt.before)) return false;
  const wasAnswered = answered.httpStatus === failureAnswer.status && answered.code === failureAnswer.code;
  return wasAnswered && state.failureCode !== undefined && definiteFailures.includes(state.failureCode);
}

/** Why the payment does not show that the attempt happened; `undefined` where it does. */
function whyNotProved(reading: PaymentReconciliation, attempt: RefundAttempt, state: PaymentState): string | undefined {
  const { before } = attempt;
  if (state.pending)
    return 'a refund of this payment is still being processed, and it may be this one: read again later';
  if (before === undefined) {
    return `what was ${reading.measure} before the attempt is not known: state it with expect when you refund`;
  }
  if (before.currency !== state.total.currency) return 'the payment is in another currency than the attempt';
  if (sameMoney(state.total, before))
    return `${reading.measure} has not changed, which does not prove that it will not`;
  const { minor } = state.total;
  const moved = reading.measure === 'refunded' ? minor - BigInt(before.minor) : BigInt(before.minor) - minor;
  const asked = attempt.amount ?? attempt.expectedAmount;
  if (asked === undefined) {
    const whole = reading.measure === 'refundable' && minor === 0n;
    return whole ? undefined : `${reading.measure} has changed, but not as a full refund would change it`;
  }
  return moved === BigInt(asked.minor)
    ? undefined
    : `${reading.measure} has changed by another amount than was asked for`;
}

function sameMoney(a: Money, b: RecordedMoney): boolean {
  return a.currency === b.currency && a.minor.toString() === b.minor;
}

/** How an attempt is reconciled by reading a refund that the caller has learned of. */
export interface RefundReconciliation<R extends IdentifiedRefund> extends RefundReading<R> {
  /** The `refundRef` that the refund carries. */
  readonly refundRefOf: (refund: R) => unknown;
}

/**
 * Reads a refund by its id and compares it with the attempt: the `refundRef` that it carries shows whose it is.
 */
export async function reconcileByRefund<P extends string, R extends IdentifiedRefund>(
  connection: Connection,
  reading: RefundReconciliation<R>,
  attempt: RefundAttempt<P>,
  seen: { readonly refundId: string },
  call: CallOptions,
): Promise<Happened<R> | StillUnknown<R>> {
  requireOwn(connection, attempt);
  const found = await retrieveRefund(connection, reading, seen.refundId, call);
  if (found.kind === 'failed') {
    const why = `the refund could not be read: ${found.error.message}`;
    return { verdict: 'still_unknown', why, next: 'reconcile', error: found.error };
  }
  const evidence = found.value;
  const samePayment = evidence.payment === undefined || isSameId(String(evidence.payment), attempt.payment);
  if (reading.refundRefOf(evidence) === attempt.refundRef && samePayment) {
    await connection.journal.record({ attempt, state: 'accepted', answer: found.answer });
    return { verdict: 'happened', evidence };
  }
  const why = 'this refund carries another refundRef or belongs to another payment: it is not the one of the attempt';
  return { verdict: 'still_unknown', why, next: 'ask_provider', evidence };
}
