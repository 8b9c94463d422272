import type { RefundStatus } from '../ir.js';

/** A payment at the provider. */
export interface LedgerPayment {
  readonly id: string;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** What was paid, in whole minor units as ISO 4217 counts them. */
  readonly minor: bigint;
}

/** A refund at the provider: money that moved, is on its way, or was tried and did not move. */
export interface LedgerRefund {
  readonly id: string;
  readonly payment: string;
  readonly currency: string;
  /** In whole minor units as ISO 4217 counts them. */
  readonly minor: bigint;
  readonly status: RefundStatus | 'unrecognized';
  /** The caller's own reference, where the provider takes one. */
  readonly reference?: string;
  readonly reason?: string;
  /** Whether somebody else has made it, such as a person at the dashboard. */
  readonly elsewhere: boolean;
  /** Why it failed, as the provider's code. */
  readonly failure?: string;
  readonly createdAt: Date;
}

/** What really happened to the money. */
export interface Ledger {
  readonly payments: readonly LedgerPayment[];
  /** The oldest first; those that failed are among them. */
  readonly refunds: readonly LedgerRefund[];
  /** What has been refunded of a payment, or is on its way, in minor units. */
  readonly refundedOf: (payment: string) => bigint;
  /** What of a payment can still be refunded, in minor units. */
  readonly refundableOf: (payment: string) => bigint;
}

/** The book of one simulated provider. */
export class Book implements Ledger {
  readonly #payments = new Map<string, LedgerPayment>();
  readonly #refunds = new Map<string, LedgerRefund>();

  get payments(): readonly LedgerPayment[] {
    return [...this.#payments.values()];
  }

  get refunds(): readonly LedgerRefund[] {
    return [...this.#refunds.values()];
  }

  payment(id: string): LedgerPayment | undefined {
    return this.#payments.get(id);
  }

  refund(id: string): LedgerRefund | undefined {
    return this.#refunds.get(id);
  }

  addPayment(payment: LedgerPayment): void {
    if (payment.minor <= 0n) throw new RangeError('a payment is more than zero');
    if (this.#payments.has(payment.id)) throw new RangeError(`there is a payment ${payment.id} already`);
    this.#payments.set(payment.id, payment);
  }

  /** Writes a refund down, new or changed. */
  write(refund: LedgerRefund): void {
    this.#refunds.set(refund.id, refund);
  }

  refundedOf(payment: string): bigint {
    return this.refunds
      .filter((refund) => refund.payment === payment && moves(refund))
      .reduce((sum, { minor }) => sum + minor, 0n);
  }

  refundableOf(payment: string): bigint {
    return (this.payment(payment)?.minor ?? 0n) - this.refundedOf(payment);
  }
}

/** Whether a refund has moved money, or may still do so. */
export function moves({ status }: LedgerRefund): boolean {
  return status !== 'failed' && status !== 'canceled';
}
