import type { AnyRefundRequest, Run } from './definition.js';
import type { RefusedError, UnknownError } from './errors.js';
import type { HttpAnswer } from './http.js';
import { interpret } from './interpret.js';
import type { JournalEntry, JournalState, RecordedAnswer, RefundAttempt } from './journal.js';
import { askJournal } from './journal-call.js';
import { type Json, parseJson } from './json.js';
import type { AnyRefund, Outcome } from './outcome.js';

/** What the journal says of a `refundRef`: the call is over, or it may go on with this attempt. */
export type Claim<P extends string, R extends AnyRefund> =
  | { readonly kind: 'over'; readonly outcome: Outcome<P, R> }
  | { readonly kind: 'claimed'; readonly attempt: RefundAttempt<P>; readonly mayHaveHappened: boolean };

/** Claims the `refundRef`, or says what an earlier attempt with it means for this call. */
export async function claim<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
): Promise<Claim<P, R>> {
  const { attempt, connection, definition } = run;
  const asked = await askJournal(connection, run.call, (journal) => journal.begin({ attempt, state: 'open' }));
  if (asked.failed) {
    const message = 'nothing was sent: the journal did not answer, and an earlier attempt may stand in it';
    return over(unresolved(attempt, message, 'call_again', false));
  }
  // Databases like to say null.
  const found = asked.value ?? undefined;
  if (found === undefined) return { kind: 'claimed', attempt, mayHaveHappened: false };
  // The journal is keyed by provider, so an entry that it returns holds an attempt of this one.
  const earlier: RefundAttempt<P> = { ...found.attempt, provider: definition.provider };
  return found.attempt.fingerprint === attempt.fingerprint
    ? meetEarlier(run, found, earlier)
    : over(conflict(found, earlier, run));
}

async function meetEarlier<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
  found: JournalEntry,
  attempt: RefundAttempt<P>,
): Promise<Claim<P, R>> {
  const { connection, definition } = run;
  const { replay, whenUnknown } = definition;
  const refund = found.state === 'accepted' ? recordedRefund(definition, found.answer, attempt) : undefined;
  if (refund !== undefined) return over({ kind: 'accepted', refund, attempt, source: 'journal', recorded: true });
  const mayReplay = found.state !== 'accepted' && replay?.isKeyAlive(attempt.startedAt, connection.timeoutOf(run.call));
  // From now on there are two senders: the first must not record as refused what the second may be paid for.
  if (mayReplay) {
    if (await record({ ...run, attempt }, 'unknown', ['open', 'unknown'])) {
      return { kind: 'claimed', attempt, mayHaveHappened: true };
    }
    const message = 'nothing was sent: the journal did not answer, or the attempt has just ended';
    return over(unresolved(attempt, message, 'call_again', false));
  }
  const message = `nothing was sent: an attempt with this refundRef, begun at ${attempt.startedAt}, is ${found.state} and may have refunded`;
  return over(unresolved(attempt, message, replay?.whenExpired ?? whenUnknown, true));
}

/** The refund that the journal has; `undefined` where it cannot be read any more. */
function recordedRefund<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  { answers, readRetrieved, whenUnknown }: Run<P, Request, R>['definition'],
  answer: RecordedAnswer | undefined,
  attempt: RefundAttempt<P>,
): R | undefined {
  if (answer === undefined) return undefined;
  if (answer.of === 'retrieve') return readRetrieved === undefined ? undefined : readRecorded(readRetrieved, answer);
  const reading = interpret({ ...answer, retryAfter: undefined }, attempt, answers, whenUnknown);
  return reading.kind === 'accepted' ? reading.refund : undefined;
}

function readRecorded<R extends AnyRefund>(read: (body: Json) => R, { text }: RecordedAnswer): R | undefined {
  const body = parseJson(text);
  try {
    return body === undefined ? undefined : read(body);
  } catch {
    // Written by another version of the client: the refund stands, but what it says is not known.
    return undefined;
  }
}

function over<P extends string, R extends AnyRefund>(outcome: Outcome<P, R>): Claim<P, R> {
  return { kind: 'over', outcome };
}

function unresolved<P extends string, R extends AnyRefund>(
  attempt: RefundAttempt<P>,
  message: string,
  next: UnknownError['next'],
  recorded: boolean,
): Outcome<P, R> {
  const error: UnknownError = { kind: 'unresolved_attempt', message, next, moneyMoved: 'unknown', fields: [] };
  return { kind: 'unknown', error, attempt, recorded };
}

/** Another request with the same `refundRef`. It is not sent; whether the earlier one has refunded is another matter. */
function conflict<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  { state }: JournalEntry,
  earlier: RefundAttempt<P>,
  { definition }: Run<P, Request, R>,
): Outcome<P, R> {
  const fault = { field: 'refundRef', message: `${JSON.stringify(earlier.refundRef)} was used for another request` };
  const message = `nothing was sent: ${fault.field} ${fault.message}, which is ${state}; one refundRef is one refund`;
  if (state === 'open' || state === 'unknown') return unresolved(earlier, message, definition.whenUnknown, true);
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
 * Records how an attempt stands.
 *
 * @param from - the states that it may have had until now.
 * @returns false where it had another one, or the journal failed: that must not hide what has happened to the money.
 */
export async function record<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
  state: JournalState,
  from: readonly JournalState[],
  answer?: HttpAnswer,
): Promise<boolean> {
  const { attempt, call, connection } = run;
  const kept = answer === undefined ? {} : { answer: connection.toRecord(answer) };
  const done = await askJournal(connection, call, (journal) => journal.replace({ attempt, state, ...kept }, from));
  return !done.failed && done.value;
}
