import { isSameId, type Path, UnreadableError, valueAt } from './answer.js';
import { parseDecimal } from './decimal.js';
import type { ErrorReader } from './error-body.js';
import {
  describeFields,
  type FieldError,
  type NextStep,
  type RefusedError,
  type RefusedKind,
  type UnknownError,
  type UnknownKind,
} from './errors.js';
import type { HttpAnswer } from './http.js';
import type { RefundAttempt } from './journal.js';
import { type Json, parseJson } from './json.js';
import type { AnyRefund } from './outcome.js';

/** One shape that an accepted answer may have. */
export interface AcceptedCase<P extends string, R extends AnyRefund> {
  /** Values that tell this shape from the others; all must be there. */
  readonly when?: readonly Mark[];
  /**
   * The status alone is the answer: the provider sends no body. `read` is given no value. A body that is there all the
   * same is not understood.
   */
  readonly empty?: true;
  readonly read: (body: Json, attempt: RefundAttempt<P>) => R;
}

/** A value at a place of an answer. Another type is another value: `1` is not `"1"`. */
export interface Mark {
  readonly path: Path;
  readonly is: string | number | boolean;
}

/** What the answers of a provider mean. */
export interface AnswerRules<P extends string, R extends AnyRefund> {
  /** By HTTP status, or `2XX` for all: the shapes of an accepted refund. */
  readonly accepted: Readonly<Record<string, readonly AcceptedCase<P, R>[]>>;
  readonly errorBody: ErrorReader;
  /** Answers that the provider gives whether money moved or not. */
  readonly ambiguous: readonly { readonly status: number; readonly code?: string }[];
  /** Answers that prove that no money moved, though their status alone does not. */
  readonly refused: readonly { readonly status: number; readonly code?: string }[];
  /** What a provider's code means, where its status says less. */
  readonly kinds: Readonly<Record<string, RefusedKind>>;
  /** The caller's name of a field that the provider names in an error. */
  readonly fieldNames: Readonly<Record<string, string>>;
}

/** What an answer says of a refund. */
export type Reading<R extends AnyRefund> =
  | { readonly kind: 'accepted'; readonly refund: R }
  | { readonly kind: 'refused'; readonly error: RefusedError }
  | { readonly kind: 'unknown'; readonly error: UnknownError; readonly refund?: R };

/**
 * Statuses that RFC 9110 and its relatives define as "not acted upon". 408, 409, 425 and the unknown ones are not
 * among them: they may come after the money has moved.
 */
const REFUSED_STATUSES: Readonly<Record<number, readonly [RefusedKind, NextStep]>> = {
  400: ['invalid_request', 'correct_request'],
  401: ['authentication', 'correct_credentials'],
  402: ['declined', 'ask_provider'],
  403: ['permission', 'correct_credentials'],
  404: ['not_found', 'correct_request'],
  405: ['refused', 'ask_provider'],
  406: ['refused', 'ask_provider'],
  410: ['not_found', 'correct_request'],
  411: ['refused', 'ask_provider'],
  413: ['invalid_request', 'correct_request'],
  414: ['invalid_request', 'correct_request'],
  415: ['refused', 'ask_provider'],
  421: ['refused', 'ask_provider'],
  422: ['invalid_request', 'correct_request'],
  426: ['refused', 'ask_provider'],
  429: ['rate_limited', 'call_again_later'],
  431: ['invalid_request', 'correct_request'],
  451: ['permission', 'ask_provider'],
};

/**
 * Says what an answer to a refund means. Pure: the same answer has the same meaning when it is read again from a
 * journal.
 *
 * @param next - what the caller can do about an outcome that is not known.
 */
export function interpret<P extends string, R extends AnyRefund>(
  answer: HttpAnswer,
  attempt: RefundAttempt<P>,
  rules: AnswerRules<P, R>,
  next: NextStep,
): Reading<R> {
  const unknown = (kind: UnknownKind, message: string, extra: Partial<UnknownError> = {}): Reading<R> => ({
    kind: 'unknown',
    error: { kind, message, next, moneyMoved: 'unknown', httpStatus: answer.status, fields: [], ...extra },
  });
  const { status } = answer;
  if (status >= 200 && status < 300) return interpretSuccess(answer, attempt, rules, unknown);
  const raw = errorValue(answer);
  const body = rules.errorBody(raw);
  const { code, codes } = body;
  const fields = body.fields.map((field) => ({ ...field, field: callersName(field.field, rules.fieldNames) }));
  const extra = { fields, raw, ...(code === undefined ? {} : { code }), ...retryAfter(answer) };
  const said = body.message === undefined ? '' : `: ${describe(body.message, fields)}`;
  if (status >= 500) return unknown('provider_error', `the provider failed with HTTP ${status}${said}`, extra);
  const isListed = (list: AnswerRules<P, R>['refused'], said: readonly string[]): boolean =>
    list.some((entry) => entry.status === status && (entry.code === undefined || said.includes(entry.code)));
  // Where a code decides, an answer without a readable one decides nothing.
  const isUndecided = code === undefined && rules.ambiguous.some((entry) => entry.status === status);
  if (isUndecided || isListed(rules.ambiguous, codes)) {
    return unknown('ambiguous_answer', `HTTP ${status} does not say whether money moved${said}`, extra);
  }
  const known =
    REFUSED_STATUSES[status] ??
    (isListed(rules.refused, code === undefined ? [] : [code]) ? ['refused', 'ask_provider'] : undefined);
  if (known === undefined) {
    return unknown('ambiguous_answer', `HTTP ${status} is not known to mean that no money moved${said}`, extra);
  }
  const [kindOfStatus, step] = known;
  const kind = (code === undefined ? undefined : ownEntry(rules.kinds, code)) ?? kindOfStatus;
  const message = `the provider refused with HTTP ${status}${said}`;
  return { kind: 'refused', error: { kind, message, next: step, moneyMoved: 'no', httpStatus: status, ...extra } };
}

function interpretSuccess<P extends string, R extends AnyRefund>(
  answer: HttpAnswer,
  attempt: RefundAttempt<P>,
  rules: AnswerRules<P, R>,
  unknown: (kind: UnknownKind, message: string, extra?: Partial<UnknownError>) => Reading<R>,
): Reading<R> {
  const malformed = (why: string, raw: unknown): Reading<R> =>
    unknown('malformed_answer', `HTTP ${answer.status} cannot be read as a refund: ${why}`, { raw });
  const cases = rules.accepted[String(answer.status)] ?? rules.accepted['2XX'];
  if (cases === undefined) return malformed('the provider is not known to answer so', answer.text);
  const body = bodyOf(answer, cases);
  if (typeof body === 'string') return malformed(body, answer.text);
  const match = cases.find(({ empty, when = [] }) => (body === NO_BODY ? empty : !empty && when.every(isIn(body))));
  if (match === undefined) return malformed('it has none of the known shapes', body.value);
  try {
    const refund = match.read(body, attempt);
    const differences = compareEcho(refund, attempt);
    if (differences.length === 0) return { kind: 'accepted', refund };
    const message = `the provider answered for something else than was asked: ${describeFields(differences)}`;
    const reading = unknown('contract_violation', message, { fields: differences, raw: refund.raw });
    return reading.kind === 'unknown' ? { ...reading, refund } : reading;
  } catch (error) {
    // Whatever a reader trips over, the money may have moved: nothing may be thrown from here.
    return malformed(error instanceof UnreadableError ? error.message : 'it is not as documented', body.value);
  }
}

const NO_BODY: Json = { value: undefined, numberAt: () => undefined };

/** The body by which the cases are told apart; or why there is none. */
function bodyOf<P extends string, R extends AnyRefund>(
  { mediaType, text }: HttpAnswer,
  cases: readonly AcceptedCase<P, R>[],
): Json | string {
  const empty = cases.filter((one) => one.empty);
  if (empty.length > 0 && text?.trim() === '') return NO_BODY;
  // A page that asks to log in, or an error in an envelope: what nobody has described may say anything.
  if (empty.length === cases.length) return 'it has a body, and the spec describes none';
  if (!isJson(mediaType)) return `it is ${mediaType}, not JSON`;
  return (text === undefined ? undefined : parseJson(text)) ?? 'it is no whole JSON, or has a key twice';
}

/** Whether an answer has a mark. */
export function isIn(body: Json): (mark: Mark) => boolean {
  return ({ is, path }) => {
    if (valueAt(body.value, path) !== is) return false;
    if (typeof is !== 'number') return true;
    // Two numbers may be one only because both were rounded: their digits decide.
    const digits = parseDecimal(body.numberAt(path) ?? '', 20);
    return digits !== undefined && digits === parseDecimal(String(is), 20);
  };
}

/** What of the answer differs from what was asked. What the answer does not say cannot differ. */
export function compareEcho(refund: AnyRefund, attempt: RefundAttempt): FieldError[] {
  const differences: FieldError[] = [];
  if (refund.payment !== undefined && !isSameId(String(refund.payment), attempt.payment)) {
    differences.push({ field: 'payment', message: `is ${refund.payment}, not ${attempt.payment}` });
  }
  const asked = attempt.amount ?? attempt.expectedAmount;
  const { money } = refund;
  if (money === undefined) return differences;
  if (asked !== undefined && (money.currency !== asked.currency || money.minor.toString() !== asked.minor)) {
    const message = `is ${money.minor} minor units of ${money.currency}, not ${asked.minor} of ${asked.currency}`;
    differences.push({ field: 'amount', message });
  } else if (money.minor <= 0n) {
    differences.push({ field: 'amount', message: `is ${money.toString()}, which refunds nothing` });
  }
  return differences;
}

/** Whether a media type is JSON. A missing one is taken as JSON, and the parser decides. */
export function isJson(mediaType: string): boolean {
  return mediaType === '' || mediaType === 'application/json' || mediaType.endsWith('+json');
}

/** The value of an error answer: parsed JSON where it is that, the text otherwise. */
export function errorValue(answer: HttpAnswer): unknown {
  if (answer.text === undefined) return undefined;
  const json = isJson(answer.mediaType) ? parseJson(answer.text) : undefined;
  return json === undefined ? answer.text.slice(0, 4000) : json.value;
}

function callersName(field: string, names: Readonly<Record<string, string>>): string {
  return ownEntry(names, field) ?? field;
}

function describe(message: string, fields: readonly FieldError[]): string {
  return fields.some(({ field }) => field !== '') ? describeFields(fields) : message;
}

function ownEntry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** `Date.parse` alone takes almost anything for a date. */
const HTTP_DATE = /^[A-Z][a-z]+, .+ GMT$/;
/** The form of C's asctime, which has no zone and means UTC. */
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2} [ \d]?\d) (\d{2}:\d{2}:\d{2}) (\d{4})$/;

/** `Retry-After` in seconds or as an HTTP date in one of its three forms (RFC 9110, sections 10.2.3 and 5.6.7). */
function retryAfter({ retryAfter: value }: HttpAnswer): { readonly retryAfterMs?: number } {
  if (value === undefined) return {};
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : dateOf(value) - Date.now();
  return Number.isFinite(milliseconds) ? { retryAfterMs: Math.max(0, milliseconds) } : {};
}

function dateOf(text: string): number {
  if (HTTP_DATE.test(text)) return Date.parse(text);
  return ASCTIME.test(text) ? Date.parse(text.replace(ASCTIME, '$1 $3 $2 GMT')) : NaN;
}
