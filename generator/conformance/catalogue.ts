import type { AcceptedAnswer, RefundApi } from '../ir.js';
import { Digits, type Exact } from '../simulate/exact-json.js';
import {
  type AnswerField,
  answers,
  answersAfterActing,
  changed,
  closedAfterActing,
  closedAfterReading,
  closedBeforeReading,
  closedInAnswer,
  DAMAGES,
  damaged,
  dripping,
  type Fault,
  type ForeignAnswer,
  failsWith,
  silent,
  silentAfterActing,
} from '../simulate/fault.js';

/** A fault with a name, and what a client has to make of it, beside never lying. */
export interface NamedFault {
  readonly name: string;
  /** `null`: nothing goes wrong. `down`: no connection can be made. */
  readonly fault: Fault | 'down' | null;
  /** The only right outcome of one call, where there is only one. */
  readonly must?: 'accepted' | 'refused' | 'unknown' | undefined;
  /** No answer comes in time. */
  readonly hangs?: boolean;
  /** Whether it needs an answer that can be read: none where the status alone is the answer. */
  readonly needsBody?: boolean;
  /** The part of the answer that it changes. */
  readonly field?: AnswerField;
  /** What `Retry-After` says, in milliseconds; `null`: nothing that counts. */
  readonly retryAfterMs?: number | null;
}

/**
 * Statuses by which a server says that it has not done what it was asked (RFC 9110 and its relatives). This table is the
 * kit's own: it must not be taken from the clients that it tests.
 */
const REFUSING = [400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 421, 422, 426, 429, 431, 451];
const DOUBTFUL = [
  ...[300, 301, 302, 303, 304, 305, 307, 308],
  ...[407, 408, 409, 412, 416, 417, 418, 423, 424, 425, 428, 499],
  ...[500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 524, 599],
];
const OTHER_SUCCESSES = [202, 203, 206, 207, 226, 299];
const BODIES: readonly ForeignAnswer['body'][] = ['declared', 'html', 'empty', 'json', 'text', 'echo'];

/** Every fault for one provider. */
export function catalogueOf(api: RefundApi): readonly NamedFault[] {
  return [
    ...NETWORK,
    ...REFUSING.flatMap((status) => refusing(api, status)),
    ...DOUBTFUL.flatMap((status) => doubtful(status)),
    ...declaredCodes(api),
    ...RETRY_AFTER.map((form) => waiting(api, form)),
    ...foreignSuccesses(api),
    ...DAMAGES.map(damage),
    ...CHANGES,
  ];
}

function informational(status: number): NamedFault {
  return { name: `${status} before the answer`, fault: { acts: true, reply: { kind: 'informational', status } } };
}

const NETWORK: readonly NamedFault[] = [
  { name: 'nothing', fault: null, must: 'accepted' },
  { name: 'connection refused', fault: 'down', must: 'refused' },
  { name: 'closed before reading', fault: closedBeforeReading },
  { name: 'closed after reading', fault: closedAfterReading },
  { name: 'closed after acting', fault: closedAfterActing, must: 'unknown' },
  { name: 'closed in the answer', fault: closedInAnswer, must: 'unknown' },
  { name: 'silent', fault: silent, hangs: true },
  { name: 'silent after acting', fault: silentAfterActing, hangs: true, must: 'unknown' },
  { name: 'dripping', fault: dripping, hangs: true, must: 'unknown' },
  // A 100 that nobody has asked for is an error to some platforms.
  informational(100),
  { ...informational(102), must: 'accepted' },
  { ...informational(103), must: 'accepted' },
  { name: '101 instead of an answer', fault: answersAfterActing(101, { body: 'empty' }) },
];

function refusing(api: RefundApi, status: number): NamedFault[] {
  // Also where a code decides: here the answer has none.
  const isDoubtful = api.errors.ambiguous.some(({ value }) => value.status === status);
  return BODIES.flatMap((body) => [
    {
      name: `${status} ${body}, not acting`,
      fault: answers(status, { body }),
      ...(isDoubtful || isRepeated(api, status) ? {} : { must: 'refused' as const }),
    },
    // A provider that has said so answers with this status whether money moved or not.
    ...(isDoubtful ? [{ name: `${status} ${body}, acting`, fault: answersAfterActing(status, { body }) }] : []),
  ]);
}

/** Whether the provider promises to act once on a repeated key: then a client may send again by itself. */
export function mayRepeat({ idempotency }: RefundApi): boolean {
  return idempotency.value.kind === 'key' && idempotency.value.replay !== false;
}

/**
 * What is sent again without the caller: then the next answer counts. A platform may do so after a 421, which says that
 * nothing was done (RFC 9110, section 15.5.20).
 */
function isRepeated(api: RefundApi, status: number): boolean {
  return status === 421 || (status === 429 && mayRepeat(api));
}

function doubtful(status: number): NamedFault[] {
  const headers = status < 400 ? { location: '/elsewhere' } : undefined;
  return BODIES.flatMap((body) => [
    { name: `${status} ${body}, not acting`, fault: answers(status, { body, headers }) },
    { name: `${status} ${body}, acting`, fault: answersAfterActing(status, { body, headers }) },
  ]);
}

function declaredCodes(api: RefundApi): NamedFault[] {
  const { errors, reconciliation } = api;
  const named = (what: string, status: number, code: string): string => `${status} ${code}, ${what}`;
  const ambiguous = errors.ambiguous.flatMap(({ value: { code, status } }) =>
    code === null
      ? []
      : [
          { name: named('not acting', status, code), fault: answers(status, { code }) },
          { name: named('acting', status, code), fault: answersAfterActing(status, { code }) },
        ],
  );
  const refused = errors.refused.map(({ value: { code, status } }) => ({
    name: `${status} ${code ?? ''}, declared as refused`,
    fault: answers(status, code === null ? {} : { code }),
    ...(mayRepeat(api) ? {} : { must: 'refused' as const }),
  }));
  const kinds = errors.kinds.map(({ value: { code } }) => ({
    name: `403 ${code}`,
    fault: answers(403, { code }),
    must: 'refused' as const,
  }));
  const { value } = reconciliation;
  const failures =
    value.kind !== 'payment' || value.failureAnswer === null
      ? []
      : [...value.definiteFailures, 'undocumented_failure'].map((failure) => ({
          name: `failed attempt: ${failure}`,
          fault: failsWith(failure, value.failureAnswer?.status ?? 400, codeOf(value.failureAnswer?.code)),
        }));
  return [...ambiguous, ...refused, ...kinds, ...failures];
}

function codeOf(code: string | null | undefined): { readonly code?: string } {
  return code === null || code === undefined ? {} : { code };
}

interface RetryAfter {
  readonly text: string;
  readonly milliseconds: number | null;
}

/** The three forms of a date in RFC 9110, section 5.6.7, and seconds; then what is none of them. */
const RETRY_AFTER: readonly RetryAfter[] = [
  { text: '0', milliseconds: 0 },
  { text: '1', milliseconds: 1000 },
  { text: '86400', milliseconds: 86_400_000 },
  { text: 'Sun, 06 Nov 1994 08:49:37 GMT', milliseconds: 0 },
  { text: 'Sunday, 06-Nov-94 08:49:37 GMT', milliseconds: 0 },
  { text: 'Sun Nov  6 08:49:37 1994', milliseconds: 0 },
  { text: '-1', milliseconds: null },
  { text: '1.5', milliseconds: null },
  { text: 'soon', milliseconds: null },
  { text: '9'.repeat(400), milliseconds: null },
  { text: '2026-13-45', milliseconds: null },
];

function waiting(api: RefundApi, { milliseconds, text }: RetryAfter): NamedFault {
  return {
    name: `429 Retry-After: ${text.slice(0, 40)}`,
    fault: answers(429, { headers: { 'retry-after': text } }),
    ...(isRepeated(api, 429) ? {} : { must: 'refused' as const }),
    retryAfterMs: milliseconds,
  };
}

/** A success without the refund that it promises. */
function foreignSuccesses({ create }: RefundApi): NamedFault[] {
  const statuses = create.accepted.map(({ status }) => (status === '2XX' ? 200 : Number(status)));
  return [...new Set([...statuses, ...OTHER_SUCCESSES])].flatMap((status) =>
    BODIES.filter((body) => !saysIt(create.accepted, status, body)).map((body) => ({
      name: `${status} ${body}, not acting`,
      fault: answers(status, { body }),
      must: 'unknown' as const,
    })),
  );
}

/** Where the status alone is the answer, an empty one says that the refund is made. */
function saysIt(accepted: readonly AcceptedAnswer[], status: number, body: ForeignAnswer['body']): boolean {
  const declared =
    accepted.find((one) => one.status === String(status)) ?? accepted.find((one) => one.status === '2XX');
  return declared?.empty === true && (body === 'empty' || status === 204);
}

function damage(how: (typeof DAMAGES)[number]): NamedFault {
  // JSON that is deep is JSON.
  const must = how === 'deep' ? {} : { must: 'unknown' as const };
  return { name: `damaged: ${how}`, fault: damaged(how), needsBody: true, ...must };
}

/** What one part of an answer is changed to; `foreign` makes the answer one about something else. */
function changes(field: AnswerField, foreign: readonly Exact[], other: readonly (Exact | undefined)[]): NamedFault[] {
  const change = (value: Exact | undefined): NamedFault => ({
    name: `${field} is ${shown(value)}`,
    fault: changed(field, value),
    needsBody: true,
    field,
  });
  return [...foreign.map((value): NamedFault => ({ ...change(value), must: 'unknown' })), ...other.map(change)];
}

const CHANGES: readonly NamedFault[] = [
  ...changes('id', [], [undefined, null, '', new Digits('12345678901234567890'), { nested: true }]),
  ...changes('payment', ['another_payment', new Digits('9'.repeat(20))], [undefined, null, '', ['list']]),
  ...changes(
    'amount',
    [...['1', '0', '-500', '1e400', '0.0001', '9'.repeat(400), String(2n ** 64n)].map((digits) => new Digits(digits))],
    [undefined, null, '1', 'five', true],
  ),
  // The dotless i becomes an I in upper case.
  ...changes('currency', ['XTS', 'EURO', '\u0131sk', new Digits('978')], [undefined, null, '']),
  ...changes(
    'status',
    [],
    [undefined, null, '', 'brand_new', 'Succeeded ', '__proto__', 'constructor', new Digits('7'), { is: 'succeeded' }],
  ),
  ...changes('reason', [], [undefined, null, 'brand_new', new Digits('7')]),
];

function shown(value: Exact | undefined): string {
  if (value === undefined) return 'missing';
  return value instanceof Digits ? value.text.slice(0, 24) : JSON.stringify(value);
}
