import { formatDecimal, parseDecimal } from './decimal.js';
import { type Currency, ISO_4217, isCurrency } from './iso4217.js';

/** An exact amount of money. */
export interface Money<C extends Currency = Currency> {
  /** ISO 4217 code, upper case. */
  readonly currency: C;
  /** Whole minor units as ISO 4217 counts them: cents of USD, yen of JPY, fils of KWD. */
  readonly minor: bigint;
  /** `{ currency, amount }` with the amount as decimal text, as JSON has no bigint. */
  toJSON(): { readonly currency: C; readonly amount: string };
  /** Such as `12.50 USD`. */
  toString(): string;
}

/** Refund everything that is left of the payment. */
export interface FullRefund {
  readonly kind: 'full';
  /** What the caller expects that to be. Compared with the answer, never sent. */
  readonly expect?: Money | undefined;
}

/** Refund exactly this much. */
export interface PartialRefund {
  readonly kind: 'partial';
  readonly money: Money;
}

/**
 * An amount in minor units: `money('USD', 1250n)` is 12.50 USD, `money('JPY', 1250n)` is 1250 JPY.
 *
 * @throws RangeError where the currency is not in ISO 4217 or `minor` is not a bigint.
 */
export function money<const C extends Currency>(currency: C, minor: bigint): Money<C> {
  if (!isCurrency(currency)) {
    throw new RangeError(`${JSON.stringify(currency)} is not an ISO 4217 currency code (upper case, such as "EUR")`);
  }
  if (typeof minor !== 'bigint') {
    throw new RangeError('minor must be a bigint of minor units: money("EUR", 1250n) is 12.50 EUR');
  }
  return Object.freeze(new ExactMoney(currency, minor));
}

class ExactMoney<C extends Currency> implements Money<C> {
  readonly currency: C;
  readonly minor: bigint;

  constructor(currency: C, minor: bigint) {
    this.currency = currency;
    this.minor = minor;
  }

  toJSON(): { readonly currency: C; readonly amount: string } {
    return { currency: this.currency, amount: formatMoney(this) };
  }

  toString(): string {
    return `${formatMoney(this)} ${this.currency}`;
  }
}

/**
 * An amount from decimal text in major units: `parseMoney('USD', '12.50')`.
 *
 * @throws RangeError where the text is no decimal number or is finer than the currency's minor unit.
 */
export function parseMoney<const C extends Currency>(currency: C, text: string): Money<C> {
  const minor = isCurrency(currency) ? parseDecimal(text, ISO_4217[currency]) : 0n;
  if (minor === undefined) {
    throw new RangeError(
      `${JSON.stringify(text)} is not an amount of ${currency}, which has ${ISO_4217[currency]} decimals`,
    );
  }
  return money(currency, minor);
}

/** Decimal text in major units, with as many decimals as the currency has: `12.50`. */
export function formatMoney(amount: Money): string {
  return formatDecimal(amount.minor, ISO_4217[amount.currency]);
}

/**
 * Refund everything that is left of the payment.
 *
 * @param expect - what the caller expects that to be; an answer with another amount is reported, not trusted.
 */
export function full(expect?: Money): FullRefund {
  return expect === undefined ? { kind: 'full' } : { kind: 'full', expect };
}

/** Refund exactly this much. An amount of zero or less is refused before anything is sent: zero never means full. */
export function partial(amount: Money): PartialRefund {
  return { kind: 'partial', money: amount };
}
