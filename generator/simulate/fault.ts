import type { Exact } from './exact-json.js';

/** What goes wrong with one request. */
export interface Fault {
  /** Whether the provider does what it is asked, and what moves money has moved it, before anything goes wrong. */
  readonly acts: boolean;
  /** The provider tries, and the attempt fails for this reason: no money moves, and the payment shows the attempt. */
  readonly failure?: string;
  readonly reply: FaultyReply;
}

/** What comes back, where it is not what it should be. */
export type FaultyReply =
  /** The connection ends: when no more than the head of the request has come, or after all of it. */
  | { readonly kind: 'close'; readonly when: 'before_reading' | 'after_reading' }
  | { readonly kind: 'silence' }
  /** The answer is cut off in the middle, and the connection ends. */
  | { readonly kind: 'half' }
  /** The answer comes byte by byte, and would take hours. */
  | { readonly kind: 'drip' }
  /** Something is said before the answer: `100`, `102` or `103`. Nothing is wrong with that. */
  | { readonly kind: 'informational'; readonly status: number }
  | ForeignAnswer
  | { readonly kind: 'damaged'; readonly how: Damage }
  /** The answer says something else in one place. `undefined`: nothing. */
  | { readonly kind: 'changed'; readonly field: AnswerField; readonly value: Exact | undefined };

/** Another answer than the one that belongs to what happened. */
export interface ForeignAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** `declared`: an error as the provider writes errors. `echo`: one that repeats every header of the request. */
  readonly body: 'declared' | 'echo' | 'json' | 'html' | 'text' | 'empty';
  /** The provider's error code. */
  readonly code?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What happens to the bytes of an answer. */
export const DAMAGES = [
  'truncated_json',
  'html',
  'empty',
  'oversized',
  'invalid_utf8',
  'utf16',
  'not_gzip',
  'duplicate_key',
  'deep',
  'array',
  'null',
  'text_media_type',
  'trailing_text',
] as const;
export type Damage = (typeof DAMAGES)[number];

/** The parts of an answer that a client reads. */
export type AnswerField = 'id' | 'payment' | 'amount' | 'currency' | 'status' | 'reason';

/**
 * The connection is reset as soon as a request shows what it is for: its body is not read, and it is not in `requests`. No
 * money moves.
 */
export const closedBeforeReading: Fault = { acts: false, reply: { kind: 'close', when: 'before_reading' } };

/** The request is read, and the connection ends. No money moves. */
export const closedAfterReading: Fault = { acts: false, reply: { kind: 'close', when: 'after_reading' } };

/** The money moves, and the connection ends before a byte of the answer. */
export const closedAfterActing: Fault = { acts: true, reply: { kind: 'close', when: 'after_reading' } };

/** The money moves, and the connection ends in the middle of the answer. */
export const closedInAnswer: Fault = { acts: true, reply: { kind: 'half' } };

/** No answer ever comes. No money moves. */
export const silent: Fault = { acts: false, reply: { kind: 'silence' } };

/** The money moves, and no answer ever comes. */
export const silentAfterActing: Fault = { acts: true, reply: { kind: 'silence' } };

/** The money moves, and the answer comes too slowly to be read. */
export const dripping: Fault = { acts: true, reply: { kind: 'drip' } };

/** The money moves, and the right answer comes after one that is not yet one. Nothing is wrong with that. */
export function interim(status: 100 | 102 | 103): Fault {
  return { acts: true, reply: { kind: 'informational', status } };
}

/** What an injected answer says beside its status. */
export type AnswerOptions = Partial<Pick<ForeignAnswer, 'body' | 'code' | 'headers'>>;

/** Another answer, and no money moves: `answers(503)`, `answers(400, { code: 'insufficient_funds' })`. */
export function answers(status: number, options: AnswerOptions = {}): Fault {
  return { acts: false, reply: { kind: 'answer', status, body: 'declared', ...options } };
}

/** The money moves, and another answer comes than the one that says so: a gateway's `502`, say. */
export function answersAfterActing(status: number, options: AnswerOptions = {}): Fault {
  return { acts: true, reply: { kind: 'answer', status, body: 'declared', ...options } };
}

/** The money moves, and the answer arrives damaged. */
export function damaged(how: Damage): Fault {
  return { acts: true, reply: { kind: 'damaged', how } };
}

/** The money moves, and the answer says something else in one place. A number is given by its digits. */
export function changed(field: AnswerField, value: Exact | undefined): Fault {
  return { acts: true, reply: { kind: 'changed', field, value } };
}

/** The provider tries and fails: no money moves, the payment shows a failed attempt, and this is answered. */
export function failsWith(failure: string, status: number, options: AnswerOptions = {}): Fault {
  return { acts: true, failure, reply: { kind: 'answer', status, body: 'declared', ...options } };
}
