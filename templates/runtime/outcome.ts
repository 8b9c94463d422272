import type { RefusedError, UnknownError } from './errors.js';
import type { RefundAttempt } from './journal.js';
import type { Money } from './money.js';

/**
 * Where a refund stands at the provider.
 *
 * `succeeded` is the provider's word at that moment, and may be taken back: banks return refunds days later.
 * `unrecognized` is a status that the provider's documents do not name: neither success nor failure.
 */
export type RefundStatus = 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled' | 'unrecognized';

/** What the refunds of all providers have in common. */
export interface AnyRefund {
  readonly provider: string;
  readonly payment?: string | number;
  readonly money?: Money;
  readonly status: RefundStatus;
  readonly raw: unknown;
}

/** The provider has taken the refund on. Where it stands is in `refund.status`. */
export interface Accepted<P extends string, R extends AnyRefund> {
  readonly kind: 'accepted';
  readonly refund: R;
  readonly attempt: RefundAttempt<P>;
  /** `journal`: this `refundRef` had been accepted before; nothing was sent now. */
  readonly source: 'answer' | 'journal';
  /** False where the journal failed to record this outcome. The refund stands all the same. */
  readonly recorded: boolean;
}

/** Provably no money moved. */
export interface Refused<Code extends string = string> {
  readonly kind: 'refused';
  readonly error: RefusedError<Code>;
  /** False where nothing left the process. */
  readonly sent: boolean;
  readonly recorded: boolean;
}

/**
 * The refund may have happened. Never treat it as failed: a second refund would pay twice. Keep the attempt (it is
 * plain JSON), and see `error.next`.
 */
export interface Unknown<P extends string, R extends AnyRefund, Code extends string = string> {
  readonly kind: 'unknown';
  readonly error: UnknownError<Code>;
  readonly attempt: RefundAttempt<P>;
  /** What the provider answered, where `error.kind` is `contract_violation`. */
  readonly refund?: R;
  readonly recorded: boolean;
}

/** How a call of `refund` ends. */
export type Outcome<P extends string, R extends AnyRefund, Code extends string = string> =
  | Accepted<P, R>
  | Refused<Code>
  | Unknown<P, R, Code>;
