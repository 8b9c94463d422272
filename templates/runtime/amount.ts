import { formatDecimal, parseDecimal, rescale } from './decimal.js';
import { type Currency, ISO_4217, isCurrency } from './iso4217.js';
import { ExactNumber } from './json.js';
import { type Money, money } from './money.js';

/** How a provider writes an amount. */
export interface AmountFormat {
  /** `minor`: whole minor units. `major`: a decimal number of the currency itself. */
  readonly unit: 'minor' | 'major';
  /** The JSON type: a number without a fraction, any number, or text. */
  readonly encoding: 'integer' | 'number' | 'string';
}

/** How many decimal digits a provider gives a currency, where that is not what ISO 4217 says. */
export interface Exponents {
  readonly overrides: Readonly<Partial<Record<Currency, number>>>;
  /** Currencies for which the provider's digits are not known. An amount in them is refused. */
  readonly unknown: readonly Currency[];
}

/** The provider's decimal digits of a currency; `undefined` where nobody knows them. There is no default. */
export function exponentOf(currency: Currency, exponents: Exponents): number | undefined {
  // A caller without types may give any text: `toString` must not be looked up in the prototype.
  if (!isCurrency(currency) || exponents.unknown.includes(currency)) return undefined;
  return exponents.overrides[currency] ?? ISO_4217[currency];
}

/** An amount as it goes out; a `problem` says why it cannot. */
export type WrittenAmount =
  | { readonly wire: ExactNumber | string; readonly problem?: never }
  | { readonly wire?: undefined; readonly problem: string };

/** Writes an amount as the provider wants it, exactly. */
export function writeAmount(amount: Money, format: AmountFormat, exponents: Exponents): WrittenAmount {
  const { currency } = amount;
  const digits = exponentOf(currency, exponents);
  if (digits === undefined) return { problem: `how many decimals the provider gives ${currency} is not known` };
  const units = rescale(amount.minor, digits - ISO_4217[currency]);
  if (units === undefined) {
    return { problem: `${amount.toString()} is finer than the ${digits} decimals that the provider gives ${currency}` };
  }
  const text = writeUnits(units, digits, format);
  if (text === undefined) {
    return { problem: `${amount.toString()} has a fraction, and the provider takes whole ${currency} only` };
  }
  return { wire: format.encoding === 'string' ? text : new ExactNumber(text) };
}

/** `undefined` where only whole units can be written, and there is a fraction. */
function writeUnits(units: bigint, digits: number, { encoding, unit }: AmountFormat): string | undefined {
  if (unit === 'minor') return units.toString();
  return encoding === 'integer' ? rescale(units, -digits)?.toString() : formatDecimal(units, digits);
}

/**
 * Reads an amount from the text of the answer, exactly.
 *
 * @param token - the raw JSON token of a number, or the content of a string.
 * @param currency - in any case, as some providers write it in lower case.
 * @returns `undefined` where the amount or the currency cannot be understood.
 */
export function readAmount(
  token: string,
  currency: string,
  format: AmountFormat,
  exponents: Exponents,
): Money | undefined {
  const code = currency.toUpperCase();
  // Letters outside of ASCII may become ASCII in upper case.
  if (!/^[A-Za-z]{3}$/.test(currency) || !isCurrency(code)) return undefined;
  const digits = exponentOf(code, exponents);
  if (digits === undefined) return undefined;
  // "12.00" in a field of minor units may mean 12 or 1200: it is not understood.
  if (format.unit === 'minor' && !/^-?\d+$/.test(token)) return undefined;
  const units = parseDecimal(token, format.unit === 'minor' ? 0 : digits);
  const minor = units === undefined ? undefined : rescale(units, ISO_4217[code] - digits);
  return minor === undefined ? undefined : money(code, minor);
}
