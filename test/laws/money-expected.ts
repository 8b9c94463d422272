import { data } from 'currency-codes';
import { Decimal } from 'decimal.js';
import type { AmountFormat, Exponents } from '../../templates/runtime/amount.js';
import { type Currency, ISO_4217, isCurrency } from '../../templates/runtime/iso4217.js';

// Far more digits than any amount has: nothing is rounded here, and no exponent is written.
const Exact = Decimal.clone({ precision: 400, toExpNeg: -400, toExpPos: 400 });

/** ISO 4217 as somebody else has published it. XCG, of 2025, is not in that list yet: as ANG, whose place it took. */
const PUBLISHED: ReadonlyMap<string, number> = new Map([
  ...data.map(({ code, digits }): [string, number] => [code, digits]),
  ['XCG', 2],
]);

export const CURRENCIES = Object.keys(ISO_4217).filter(isCurrency);

export const FORMATS: readonly AmountFormat[] = (['minor', 'major'] as const).flatMap((unit) =>
  (['integer', 'number', 'string'] as const).map((encoding) => ({ unit, encoding })),
);

/** How many digits a provider gives a currency: those of ISO 4217, or others. */
export const OVERRIDES: readonly (number | undefined)[] = [undefined, 0, 1, 2, 3, 4];

/** How a provider writes the amounts of a currency. */
export interface Writing {
  readonly currency: Currency;
  readonly format: AmountFormat;
  readonly override: number | undefined;
}

export function exponentsOf({ currency, override }: Writing): Exponents {
  return { overrides: override === undefined ? {} : { [currency]: override }, unknown: [] };
}

function published(currency: Currency): number {
  const digits = PUBLISHED.get(currency);
  if (digits === undefined) throw new Error(`${currency} is not published`);
  return digits;
}

/** What an amount is in the currency itself, made without the code under test. */
function amountOf(currency: Currency, minor: bigint): Decimal {
  return new Exact(minor.toString()).div(Exact.pow(10, published(currency)));
}

/** The digits that have to go out; `undefined` where there are none without rounding. */
export function wantedDigits({ currency, format, override }: Writing, minor: bigint): string | undefined {
  const digits = override ?? published(currency);
  const amount = amountOf(currency, minor);
  if (amount.decimalPlaces() > digits) return undefined;
  if (format.unit === 'minor') return amount.mul(Exact.pow(10, digits)).toFixed(0);
  if (format.encoding !== 'integer') return amount.toFixed(digits);
  return amount.isInteger() ? amount.toFixed(0) : undefined;
}

/** Decimal text of an amount with the digits of ISO 4217. */
export function wantedText(currency: Currency, minor: bigint): string {
  return amountOf(currency, minor).toFixed(published(currency));
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The minor units of ISO 4217 that a token says; `undefined` where it says none, or none that are whole. */
export function wantedMinor({ currency, format, override }: Writing, token: string): bigint | undefined {
  if (!NUMBER.test(token) || (format.unit === 'minor' && !/^-?\d+$/.test(token))) return undefined;
  const digits = override ?? published(currency);
  const said = new Exact(token);
  // More digits than memory may hold, once they are written out.
  if (Math.abs(said.e) > 100) return undefined;
  const units = format.unit === 'minor' ? said : said.mul(Exact.pow(10, digits));
  const minor = units.mul(Exact.pow(10, published(currency) - digits));
  return units.isInteger() && minor.isInteger() ? BigInt(minor.toFixed(0)) : undefined;
}

/** Whether two texts of numbers are in this order, whatever their length. */
export function isBelow(one: string, other: string): boolean {
  return new Exact(one).lt(other);
}

/** The nearest number that a computer has. */
export function nearest(text: string): number {
  return new Exact(text).toNumber();
}
