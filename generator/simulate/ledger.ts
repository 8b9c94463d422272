import type { RefundStatus } from '../ir.js';
import { isCurrency } from './amounts.js';

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
  /** The provider's own word for the status, where it is not the first one that means it. */
  readonly raw?: string;
  /** The caller's own reference, where the provider takes one. */
  readonly reference?: string;
  readonly reason?: string;
  readonly note?: string;
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
  /**
   * What has been refunded of a payment, or is on its way, in minor units.
   *
   * @throws RangeError where there is no such payment.
   */
  readonly refundedOf: (payment: string) => bigint;
  /**
   * What of a payment can still be refunded, in minor units.
   *
   * @throws RangeError where there is no such payment.
   */
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
    requireMoney(payment.minor);
    if (!isCurrency(payment.currency)) {
      throw new RangeError(`${payment.currency} is no currency of ISO 4217 in upper case, such as EUR`);
    }
    if (this.#payments.has(payment.id)) throw new RangeError(`there is a payment ${payment.id} already`);
    this.#payments.set(payment.id, payment);
  }

  /** Writes a refund down, new or changed. */
  write(refund: LedgerRefund): void {
    this.#refunds.set(refund.id, refund);
  }

  /**
   * The payment by an id that has to be right: of a mistyped one, nothing would ever seem to be refunded.
   *
   * @throws RangeError where there is none.
   */
  knownPayment(id: string): LedgerPayment {
    const found = this.payment(id);
    if (found === undefined) throw new RangeError(`there is no payment ${id}: add it with addPayment`);
    return found;
  }

  refundedOf(payment: string): bigint {
    const { id } = this.knownPayment(payment);
    return this.refunds
      .filter((refund) => refund.payment === id && moves(refund))
      .reduce((sum, { minor }) => sum + minor, 0n);
  }

  refundableOf(payment: string): bigint {
    return this.knownPayment(payment).minor - this.refundedOf(payment);
  }
}

/**
 * Refuses what is no amount of money: callers without types pass numbers.
 *
 * @throws RangeError
 */
export function requireMoney(minor: unknown): void {
  if (typeof minor === 'bigint' && minor > 0n) return;
  throw new RangeError(`minor is a bigint of whole minor units above zero, such as 1000n, not ${String(minor)}`);
}

/** Whether a refund has moved money, or may still do so. */
export function moves({ status }: LedgerRefund): boolean {
  return status !== 'failed' && status !== 'canceled';
}
