import { claim, record } from './claim.js';
import type { CallOptions, Connection } from './connection.js';
import type { AnyRefundRequest, RefundDefinition, Run } from './definition.js';
import { describeFields, type FieldError, type RefusedError, type UnknownError } from './errors.js';
import { compareWithPayment, expectedTotal } from './expectation.js';
import type { HttpAnswer } from './http.js';
import { interpret, type Reading } from './interpret.js';
import type { AnyRefund, Outcome } from './outcome.js';
import { describeAttempt, prepare } from './prepare.js';

/**
 * Refunds once. Everything that can go wrong is in the outcome; nothing is thrown once this has begun to send.
 *
 * The order is what makes it safe: check, claim the `refundRef` in the journal, compare with what the caller expects
 * of the payment, send, read the answer, record it.
 */
export async function refund<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  connection: Connection,
  definition: RefundDefinition<P, Request, R>,
  request: Request,
  options: CallOptions = {},
): Promise<Outcome<P, R>> {
  const { faults, request: prepared } = prepare(connection, definition, request, options);
  if (faults !== undefined) return invalid(faults);
  // Taken before the first wait: what the caller changes after that changes nothing.
  const call = { ...options };
  const expected = expectedTotal(definition.payment, request);
  const attempt = await describeAttempt(definition, request, prepared);
  const begun: Run<P, Request, R> = { connection, definition, expected, call, attempt, prepared };
  const claimed = await claim(begun);
  if (claimed.kind === 'over') return claimed.outcome;
  const run = { ...begun, attempt: claimed.attempt };
  // An earlier send may itself have moved what the caller expects: comparing again would prove nothing.
  return claimed.mayHaveHappened ? sendUntilKnown(run, true) : compareAndSend(run);
}

async function compareAndSend<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  begun: Run<P, Request, R>,
): Promise<Outcome<P, R>> {
  const { attempt, unmet } = await compareWithPayment(begun);
  if (unmet !== undefined) return refuse(begun, unmet, false);
  const run = { ...begun, attempt };
  // What was verified before sending is what `reconcile` will go by: it has to be recorded before, too.
  if (attempt.before !== undefined && !(await record(run, 'open', ['open']))) {
    const message = 'nothing was sent: the journal could not record what the payment shows';
    const error: RefusedError = { kind: 'not_sent', message, next: 'call_again', moneyMoved: 'no', fields: [] };
    return refuse(begun, error, false);
  }
  return sendUntilKnown(run, false);
}

function invalid<P extends string, R extends AnyRefund>(fields: readonly FieldError[]): Outcome<P, R> {
  const message = `nothing was sent: ${describeFields(fields)}`;
  const error: RefusedError = { kind: 'invalid_request', message, next: 'correct_request', moneyMoved: 'no', fields };
  return { kind: 'refused', error, sent: false, recorded: true };
}

/** @param mayHaveHappened - an earlier send with this `refundRef` may have refunded: then no refusal proves anything. */
async function sendUntilKnown<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
  mayHaveHappened: boolean,
): Promise<Outcome<P, R>> {
  const { call, connection, definition } = run;
  const { replay } = definition;
  let uncertain = mayHaveHappened;
  let anySent = false;
  for (let send = 1; ; send += 1) {
    const { answer, reading, sent } = await sendOnce(run, send);
    if (reading.kind === 'accepted') {
      // Also where a person has released it too early: what the provider says counts.
      const recorded = await record(run, 'accepted', ['open', 'unknown', 'refused'], answer);
      return { kind: 'accepted', refund: reading.refund, attempt: run.attempt, source: 'answer', recorded };
    }
    uncertain ||= reading.kind === 'unknown';
    anySent ||= sent;
    const again = replay !== undefined && send < replay.maxSends && mayRepeat(reading);
    const waited = again && (await replay.wait(send, reading.error.retryAfterMs, call));
    if (waited && replay.isKeyAlive(run.attempt.startedAt, connection.timeoutOf(call))) continue;
    if (reading.kind === 'unknown' || uncertain) return leaveUnknown(run, reading);
    return refuse(run, reading.error, anySent);
  }
}

async function refuse<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
  error: RefusedError,
  sent: boolean,
): Promise<Outcome<P, R>> {
  const recorded = await record(run, 'refused', ['open']);
  // Where a key allows replays, another sender may have taken the attempt over, and its request may be acted on.
  if (!recorded && run.definition.replay !== undefined) return leaveUnknown(run, { kind: 'refused', error });
  return { kind: 'refused', error, sent, recorded };
}

type NotAccepted<R extends AnyRefund> = Exclude<Reading<R>, { kind: 'accepted' }>;

const REPEATABLE: readonly string[] = ['timeout', 'network', 'provider_error', 'rate_limited', 'not_sent'];

/** Whether the same bytes with the same key may bring another answer. */
function mayRepeat<R extends AnyRefund>(reading: NotAccepted<R>): boolean {
  return REPEATABLE.includes(reading.error.kind);
}

interface Sent<R extends AnyRefund> {
  readonly reading: Reading<R>;
  readonly answer?: HttpAnswer;
  readonly sent: boolean;
}

async function sendOnce<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
  send: number,
): Promise<Sent<R>> {
  const { attempt, call, connection, definition, prepared } = run;
  const next = definition.whenUnknown;
  const about = { attempt: send, refundRef: attempt.refundRef };
  const result = await connection.send(prepared, call, about);
  if ('answer' in result) {
    const { answer } = result;
    // Read first: a replaced secret must not change what the answer means.
    const reading = interpret(answer, attempt, definition.answers, next);
    return { reading: withoutSecrets(connection, reading), answer, sent: true };
  }
  const { message, reason, sent } = result.noAnswer;
  if (sent) {
    const error: UnknownError = { kind: reason, message, next, moneyMoved: 'unknown', fields: [] };
    return { reading: { kind: 'unknown', error }, sent };
  }
  const error: RefusedError = { kind: 'not_sent', message, next: 'call_again', moneyMoved: 'no', fields: [] };
  return { reading: { kind: 'refused', error }, sent };
}

function withoutSecrets<R extends AnyRefund>({ redact }: Connection, reading: Reading<R>): Reading<R> {
  if (reading.kind === 'accepted') return { kind: 'accepted', refund: redact.facts(reading.refund) };
  if (reading.kind === 'refused') return { kind: 'refused', error: redact.error(reading.error) };
  const { error, refund } = reading;
  return {
    kind: 'unknown',
    error: redact.error(error),
    ...(refund === undefined ? {} : { refund: redact.facts(refund) }),
  };
}

async function leaveUnknown<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  run: Run<P, Request, R>,
  reading: NotAccepted<R>,
): Promise<Outcome<P, R>> {
  const { httpStatus, code } = reading.error;
  const answered =
    httpStatus === undefined ? {} : { answered: { httpStatus, ...(code === undefined ? {} : { code }) } };
  const attempt = { ...run.attempt, ...answered };
  const recorded = await record({ ...run, attempt }, 'unknown', ['open', 'unknown', 'refused']);
  if (reading.kind === 'unknown') {
    const { error, refund } = reading;
    return { kind: 'unknown', error, attempt, ...(refund === undefined ? {} : { refund }), recorded };
  }
  const error: UnknownError = {
    ...reading.error,
    kind: 'unresolved_attempt',
    message: `an earlier send with this refundRef may have refunded, and the last one does not settle it: ${reading.error.message}`,
    next: run.definition.whenUnknown,
    moneyMoved: 'unknown',
  };
  return { kind: 'unknown', error, attempt, recorded };
}
