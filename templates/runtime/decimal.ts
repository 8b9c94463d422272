/** A JSON number or the text of one: sign, digits, fraction, exponent (RFC 8259, section 6). */
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** No amount of money needs more digits; a longer text is an attack or a mistake. */
const MAX_DIGITS = 40;

/**
 * Reads decimal text as a whole number of `10 ** -digits` units, exactly.
 *
 * @param text - a decimal number, such as `"12.5"` or the raw token of a JSON number.
 * @param digits - how many decimal digits the unit has: `2` reads `"12.5"` as `1250n`.
 * @returns `undefined` where the text is no decimal number, or has a fraction finer than the unit.
 */
export function parseDecimal(text: string, digits: number): bigint | undefined {
  if (typeof text !== 'string' || text.length > MAX_DIGITS) return undefined;
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = digits - fraction.length + Number(exponent);
  if (Math.abs(shift) > MAX_DIGITS) return undefined;
  const scaled = rescale(BigInt(whole + fraction), shift);
  return scaled === undefined || sign === '' ? scaled : -scaled;
}

/**
 * Writes `units` of `10 ** -digits` as decimal text: `formatDecimal(1250n, 2)` is `"12.50"`.
 */
export function formatDecimal(units: bigint, digits: number): string {
  if (digits === 0) return units.toString();
  const sign = units < 0n ? '-' : '';
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Multiplies by a power of ten, exactly.
 *
 * @returns `undefined` where the result would have a fraction.
 */
export function rescale(units: bigint, shift: number): bigint | undefined {
  if (shift >= 0) return units * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return units % divisor === 0n ? units / divisor : undefined;
}
