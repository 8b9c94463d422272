import type { CallOptions, Connection } from './connection.js';
import { describeFields, type NextStep, type ReadError } from './errors.js';
import { compareEcho } from './interpret.js';
import type { JournalEntry, JournalState, RefundAttempt } from './journal.js';
import { askJournal } from './journal-call.js';
import type { Money } from './money.js';
import { type PaymentReading, type PaymentState, readPayment } from './payment.js';
import { isRecorded } from './recorded.js';
import { requireOwn } from './release.js';
import { type IdentifiedRefund, type RefundReading, retrieveRefund } from './retrieve.js';

/** The provider has made the refund of this attempt. Where that refund stands now is in the evidence. */
export interface Happened<Evidence> {
  readonly verdict: 'happened';
  readonly evidence: Evidence;
}

/** The attempt has not refunded, and will not. */
export interface DidNotHappen<Evidence> {
  readonly verdict: 'did_not_happen';
  readonly evidence: Evidence;
  /** Whether the journal has freed the `refundRef` for the same request. */
  readonly released: boolean;
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
  readonly before?: RefundAttempt['before'];
  readonly now: Money;
  readonly pending: boolean;
  readonly attempts?: number;
  readonly failureCode?: string;
}

/** How an attempt is reconciled by reading its payment. */
export interface PaymentReconciliation extends PaymentReading {
  /** Codes of a failed attempt that mean that no money moved. */
  readonly definiteFailures: readonly string[];
  /** What the provider answers when it has tried and failed. The codes count only for attempts that ended so. */
  readonly failureAnswer?: { readonly status: number; readonly code?: string };
}

type ByPayment = Happened<PaymentEvidence> | StillUnknown<PaymentEvidence>;

/**
 * Looks at the payment: a total that has moved by exactly the amount of the attempt, while no other attempt of the
 * journal was under way, shows that it happened. A total that has not moved proves nothing: the refund may be on its
 * way. Refunds that were made outside of the journal cannot be told from this one.
 */
export async function reconcileByPayment<P extends string>(
  connection: Connection,
  reading: PaymentReconciliation,
  attempt: RefundAttempt<P>,
  call: CallOptions,
): Promise<ByPayment> {
  requireOwn(connection, attempt);
  const found = await readPayment(connection, reading, attempt.payment, call);
  return found.kind === 'failed'
    ? unread('payment', found.error)
    : judge(connection, reading, attempt, found.value, call);
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
): Promise<ByPayment | DidNotHappen<PaymentEvidence>> {
  requireOwn(connection, attempt);
  const found = await readPayment(connection, reading, attempt.payment, call);
  if (found.kind === 'failed') return unread('payment', found.error);
  const mayBeAnothers = await whyNotThisOne(connection, attempt, call);
  if (!failedForSure(reading, attempt, found.value) || mayBeAnothers !== undefined) {
    return judge(connection, reading, attempt, found.value, call);
  }
  const evidence = evidenceOf(reading, attempt, found.value);
  const released = await settle(connection, { attempt, state: 'refused' }, call);
  return { verdict: 'did_not_happen', evidence, released };
}

function unread<E>(what: string, error: ReadError): StillUnknown<E> {
  const why = `the ${what} could not be read: ${error.message}`;
  return { verdict: 'still_unknown', why, next: 'reconcile', error };
}

/** From which state an entry becomes what. */
const SETTLES: Readonly<Record<Exclude<JournalState, 'open'>, readonly JournalState[]>> = {
  refused: ['open', 'unknown'],
  // Also where a person has released it too early: else the same `refundRef` would be sent once more.
  accepted: ['open', 'unknown', 'refused'],
  unknown: ['refused'],
};

/** A journal that fails must not hide the verdict. */
async function settle(
  connection: Connection,
  entry: JournalEntry & { readonly state: keyof typeof SETTLES },
  call: CallOptions,
): Promise<boolean> {
  const from = SETTLES[entry.state];
  const asked = await askJournal(connection, call, (journal) => journal.replace(entry, from));
  return !asked.failed && asked.value;
}

async function judge(
  connection: Connection,
  reading: PaymentReconciliation,
  attempt: RefundAttempt,
  state: PaymentState,
  call: CallOptions,
): Promise<ByPayment> {
  const evidence = evidenceOf(reading, attempt, state);
  const doubt = whyNotProved(reading, attempt, state) ?? (await whyNotThisOne(connection, attempt, call));
  if (doubt === undefined) {
    // There is no answer to keep, but what was released is held again.
    await settle(connection, { attempt, state: 'unknown' }, call);
    return { verdict: 'happened', evidence };
  }
  return { verdict: 'still_unknown', why: doubt, next: state.pending ? 'reconcile' : 'ask_provider', evidence };
}

function evidenceOf({ measure }: PaymentReading, { before }: RefundAttempt, state: PaymentState): PaymentEvidence {
  const { attempts, failureCode, pending, total } = state;
  return {
    measure,
    ...(before === undefined ? {} : { before }),
    now: total,
    pending,
    ...(attempts === undefined ? {} : { attempts }),
    ...(failureCode === undefined ? {} : { failureCode }),
  };
}

/** The newest attempt that the payment shows is this one only where it is the only one since the payment was compared. */
function failedForSure(reading: PaymentReconciliation, attempt: RefundAttempt, state: PaymentState): boolean {
  const { definiteFailures, failureAnswer } = reading;
  const { answered, before } = attempt;
  if (failureAnswer === undefined || answered === undefined || before?.attempts === undefined) return false;
  if (state.pending || !isRecorded(state.total, before) || state.attempts !== before.attempts + 1) return false;
  const wasAnswered = answered.httpStatus === failureAnswer.status && answered.code === failureAnswer.code;
  return wasAnswered && state.failureCode !== undefined && definiteFailures.includes(state.failureCode);
}

/** Why the payment does not show that a refund like the attempt happened; `undefined` where it does. */
function whyNotProved(
  { measure }: PaymentReconciliation,
  attempt: RefundAttempt,
  { pending, total }: PaymentState,
): string | undefined {
  const { before } = attempt;
  const asked = attempt.amount ?? attempt.expectedAmount;
  if (pending) return 'a refund of this payment is still being processed, and it may be this one: read again later';
  if (before === undefined)
    return `what was ${measure} before the attempt is not known: state it with expect when you refund`;
  if ([before, asked].some((money) => money !== undefined && money.currency !== total.currency)) {
    return 'the payment is in another currency than the attempt';
  }
  if (isRecorded(total, before)) return `${measure} has not changed, which does not prove that it will not`;
  const moved = measure === 'refunded' ? total.minor - BigInt(before.minor) : BigInt(before.minor) - total.minor;
  if (asked !== undefined) {
    return moved === BigInt(asked.minor) ? undefined : `${measure} has changed by another amount than was asked for`;
  }
  const isWhole = measure === 'refundable' && total.minor === 0n;
  return isWhole ? undefined : `${measure} has changed, but not as a full refund would change it`;
}

/** Why what the payment shows may come of another attempt. */
async function whyNotThisOne(
  connection: Connection,
  { attemptId, before, payment, provider }: RefundAttempt,
  call: CallOptions,
): Promise<string | undefined> {
  const asked = await askJournal(connection, call, (journal) => journal.ofPayment(provider, payment));
  if (asked.failed) return 'the journal could not tell whether another refund of this payment was made';
  const other = asked.value.find(
    ({ attempt, state }) =>
      attempt.attemptId !== attemptId && state !== 'refused' && !before?.included.includes(attempt.attemptId),
  );
  return other && `it may come of ${JSON.stringify(other.attempt.refundRef)}, which is ${other.state}`;
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
  if (found.kind === 'failed') return unread('refund', found.error);
  const evidence = found.value;
  const differences = compareEcho(evidence, attempt);
  if (reading.refundRefOf(evidence) === attempt.refundRef && differences.length === 0) {
    await settle(connection, { attempt, state: 'accepted', answer: { ...found.answer, of: 'retrieve' } }, call);
    return { verdict: 'happened', evidence };
  }
  const difference = differences.length === 0 ? 'it carries another refundRef' : describeFields(differences);
  const why = `this refund is not the one of the attempt: ${difference}`;
  return { verdict: 'still_unknown', why, next: 'ask_provider', evidence };
}
