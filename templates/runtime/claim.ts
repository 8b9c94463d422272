import type { AnyRefundRequest, Run } from './definition.js';
import type { RefusedError, UnknownError } from './errors.js';
import type { HttpAnswer } from './http.js';
import { interpret } from './interpret.js';
import type { JournalEntry, RefundAttempt } from './journal.js';
import type { AnyRefund, Outcome } from './outcome.js';

/** What the journal says of a `refundRef`: the call is over, or it may go on with this attempt. */
export type Claim<P extends string, R extends AnyRefund> =
  | { readonly kind: 'over'; readonly outcome: Outcome<P, R> }
  | { readonly kind: 'claimed'; readonly attempt: RefundAttempt<P>; readonly mayHaveHappened: boolean };

/** Claims the `refundRef`, or says what an earlier attempt with it means for this call. */
export async function claim<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
): Promise<Claim<P, R>> {
  const { attempt, connection } = run;
  let found: JournalEntry | undefined;
  try {
    found = await connection.journal.begin({ attempt, state: 'open' });
  } catch {
    const message = 'nothing was sent: the journal did not answer, and an earlier attempt may stand in it';
    return over(unresolved(attempt, message, 'call_again'));
  }
  if (found === undefined) return { kind: 'claimed', attempt, mayHaveHappened: false };
  if (found.attempt.fingerprint !== attempt.fingerprint) return over(conflict(attempt));
  return meetEarlier(run, found);
}

function meetEarlier<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
  found: JournalEntry,
): Claim<P, R> {
  const { definition } = run;
  // The journal is keyed by provider, so an entry that it returns holds an attempt of this one.
  const attempt: RefundAttempt<P> = { ...found.attempt, provider: definition.provider };
  if (found.state === 'accepted' && found.answer !== undefined) {
    const answer = { ...found.answer, retryAfter: undefined };
    const reading = interpret(answer, attempt, definition.answers, definition.whenUnknown);
    if (reading.kind === 'accepted') {
      return over({ kind: 'accepted', refund: reading.refund, attempt, source: 'journal', recorded: true });
    }
  }
  const { replay, whenUnknown } = definition;
  if (replay?.isKeyAlive(attempt.startedAt)) {
    return { kind: 'claimed', attempt, mayHaveHappened: true };
  }
  const message = `nothing was sent: an attempt with this refundRef, begun at ${attempt.startedAt}, is ${found.state} and may have refunded`;
  return over(unresolved(attempt, message, replay?.whenExpired ?? whenUnknown));
}

function over<P extends string, R extends AnyRefund>(outcome: Outcome<P, R>): Claim<P, R> {
  return { kind: 'over', outcome };
}

function unresolved<P extends string, R extends AnyRefund>(
  attempt: RefundAttempt<P>,
  message: string,
  next: UnknownError['next'],
): Outcome<P, R> {
  const error: UnknownError = { kind: 'unresolved_attempt', message, next, moneyMoved: 'unknown', fields: [] };
  return { kind: 'unknown', error, attempt, recorded: true };
}

function conflict<P extends string, R extends AnyRefund>({ refundRef }: RefundAttempt<P>): Outcome<P, R> {
  const fault = { field: 'refundRef', message: `${JSON.stringify(refundRef)} was used for another request` };
  const message = `nothing was sent: ${fault.field} ${fault.message}; one refundRef is one refund`;
  const error: RefusedError = {
    kind: 'request_conflict',
    message,
    next: 'correct_request',
    moneyMoved: 'no',
    fields: [fault],
  };
  return { kind: 'refused', error, sent: false, recorded: true };
}

/**
 * Records how an attempt ended.
 *
 * @returns false where the journal failed: that must not hide what has happened to the money.
 */
export async function record<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
  state: JournalEntry['state'],
  answer?: HttpAnswer,
): Promise<boolean> {
  const kept = answer === undefined ? {} : { answer: run.connection.toRecord(answer) };
  try {
    return await run.connection.journal.record({ attempt: run.attempt, state, ...kept });
  } catch {
    return false;
  }
}
