/**
 * Amounts on the wire, read and written by arithmetic and a table of currencies that share nothing with the runtime of
 * generated clients: what both agree on is right, or wrong twice.
 */

import currencies from 'currency-codes';
import type { AmountFormat, Exponents } from '../ir.js';

/** How an amount is written, and how many decimals a currency has at the provider. */
export interface WireFormat extends AmountFormat {
  readonly exponents: Exponents;
}

/** Whether ISO 4217 has a currency by that name, in upper case. */
export function isCurrency(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency) && isoDigits(currency) !== undefined;
}

/** The decimals that ISO 4217 gives a currency; `undefined` where it has none by that name. */
function isoDigits(currency: string): number | undefined {
  return currencies.code(currency.toUpperCase())?.digits;
}

function providerDigits(currency: string, { overrides, unknown }: Exponents): number | undefined {
  const code = currency.toUpperCase();
  if (unknown.includes(code)) return undefined;
  return overrides.find((override) => override.currency === code)?.digits ?? isoDigits(code);
}

/**
 * Writes an amount.
 *
 * @param minor - whole minor units as ISO 4217 counts them.
 * @returns `undefined` where the provider has no way to write it.
 */
export function toWire(minor: bigint, currency: string, format: WireFormat): string | undefined {
  const iso = isoDigits(currency);
  const digits = providerDigits(currency, format.exponents);
  if (iso === undefined || digits === undefined) return undefined;
  const units = shift(minor.toString(), digits - iso, 0);
  if (units === undefined || format.unit === 'minor') return units;
  return shift(units, -digits, format.encoding === 'integer' ? 0 : digits);
}

/** Reads an amount as whole minor units of ISO 4217; `undefined` where the provider would not take it for one. */
export function fromWire(text: string, currency: string, format: WireFormat): bigint | undefined {
  const iso = isoDigits(currency);
  const digits = providerDigits(currency, format.exponents);
  const isWhole = format.unit === 'minor' || format.encoding === 'integer';
  const isNumber = (isWhole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text);
  if (iso === undefined || digits === undefined || !isNumber) return undefined;
  const units = shift(text, format.unit === 'minor' ? 0 : digits, 0);
  const minor = units === undefined ? undefined : shift(units, iso - digits, 0);
  return minor === undefined ? undefined : BigInt(minor);
}

/**
 * Moves the point of a decimal number.
 *
 * @param places - to the right; to the left where negative.
 * @param decimals - how many the result has; `undefined` is returned where that would lose digits.
 */
function shift(text: string, places: number, decimals: number): string | undefined {
  const sign = text.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const point = whole.length + places;
  const all = (whole + fraction).padEnd(point + decimals, '0');
  const digits = point < 1 ? '0'.repeat(1 - point) + all : all;
  const at = Math.max(point, 1);
  const kept = digits.slice(at, at + decimals).padEnd(decimals, '0');
  if (/[1-9]/.test(digits.slice(at + decimals))) return undefined;
  const left = digits.slice(0, at).replace(/^0+(?=\d)/, '');
  return `${sign}${left}${decimals === 0 ? '' : `.${kept}`}`;
}
