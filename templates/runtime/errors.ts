/**
 * Why a refund was refused. In every one of these cases no money moved.
 *
 * `not_sent`: nothing left the process (no connection, an abort before sending, a payment that could not be compared).
 * `request_conflict`: this `refundRef` was used for another request. `expectation_failed`: the payment is not as the
 * caller expected. `refused`: the provider refused for a reason of its own, see `code`.
 */
export type RefusedKind =
  | 'invalid_request'
  | 'authentication'
  | 'permission'
  | 'not_found'
  | 'not_refundable'
  | 'amount_exceeds_refundable'
  | 'already_refunded'
  | 'partial_not_supported'
  | 'insufficient_balance'
  | 'declined'
  | 'rate_limited'
  | 'request_conflict'
  | 'expectation_failed'
  | 'not_sent'
  | 'refused';

/**
 * Why it is not known whether money moved.
 *
 * `ambiguous_answer`: an answer that this provider gives in both cases. `malformed_answer`: an answer that cannot be
 * read. `contract_violation`: an answer about another payment, amount or currency than asked for.
 * `unresolved_attempt`: an earlier attempt with this `refundRef` has not been resolved, or the journal cannot tell, and
 * nothing was sent now.
 */
export type UnknownKind =
  | 'timeout'
  | 'aborted'
  | 'network'
  | 'provider_error'
  | 'ambiguous_answer'
  | 'malformed_answer'
  | 'contract_violation'
  | 'unresolved_attempt';

/** What may be done next. `call_again` means: with the same `refundRef` and the same request. */
export type NextStep =
  | 'correct_request'
  | 'correct_credentials'
  | 'call_again'
  | 'call_again_later'
  | 'reconcile'
  | 'ask_provider';

/** A field that is at fault, named as the caller wrote it. */
export interface FieldError {
  /** Such as `note` or `metadata.order`; empty where the provider names no field. */
  readonly field: string;
  readonly message: string;
  readonly code?: string;
}

interface ErrorFacts<Code extends string> {
  /** For people. Never holds a credential. */
  readonly message: string;
  readonly next: NextStep;
  /** The HTTP status, where there was an answer. */
  readonly httpStatus?: number;
  /** The provider's own code, verbatim. The known ones are in the type; there may be others. */
  readonly code?: Code | (string & {});
  readonly fields: readonly FieldError[];
  /** How long the provider asks to wait (`Retry-After`), in milliseconds. */
  readonly retryAfterMs?: number;
  /** The provider's answer as it came, credentials replaced. */
  readonly raw?: unknown;
}

/** No money moved. */
export interface RefusedError<Code extends string = string> extends ErrorFacts<Code> {
  readonly kind: RefusedKind;
  readonly moneyMoved: 'no';
}

/** Money may have moved. */
export interface UnknownError<Code extends string = string> extends ErrorFacts<Code> {
  readonly kind: UnknownKind;
  readonly moneyMoved: 'unknown';
}

/** Every way in which a refund does not end well. */
export type RefundError<Code extends string = string> = RefusedError<Code> | UnknownError<Code>;

/** Why something could not be read. Reading moves no money, and may be repeated. */
export interface ReadError {
  readonly kind: 'invalid_request' | 'authentication' | 'permission' | 'not_found' | 'unavailable' | 'malformed_answer';
  readonly message: string;
  readonly httpStatus?: number;
  readonly code?: string;
  readonly raw?: unknown;
}

/** A client that was set up wrongly. Thrown when it is created, before it can send anything. */
export class RefundConfigError extends Error {
  override readonly name = 'RefundConfigError';
}

/** Thrown by the native operations where there is no answer to return. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  /** False where nothing left the process; true where the request may have reached the provider. */
  readonly sent: boolean;
  /** `credential`: a credential that is a function gave none, and nothing was sent. */
  readonly reason: 'timeout' | 'aborted' | 'network' | 'credential';
  constructor(message: string, sent: boolean, reason: NoAnswerError['reason']) {
    super(message);
    this.sent = sent;
    this.reason = reason;
  }
}

/** Thrown by the native operations where the input breaks the spec. Nothing was sent. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly fields: readonly FieldError[];
  constructor(fields: readonly FieldError[]) {
    super(`nothing was sent: ${describeFields(fields)}`);
    this.fields = fields;
  }
}

/** The fields and their faults in one line. */
export function describeFields(fields: readonly FieldError[]): string {
  return fields.map(({ field, message }) => (field === '' ? message : `${field} ${message}`)).join('; ');
}
