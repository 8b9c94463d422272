import { type AmountFormat, type Exponents, readAmount } from './amount.js';
import { isObject } from './check.js';
import type { Json } from './json.js';
import type { Money } from './money.js';
import type { RefundStatus } from './outcome.js';

/** A place in an answer: the keys from its root. */
export type Path = readonly string[];

/** Thrown by the readers below, caught where the answer is interpreted: the outcome is then unknown. */
export class UnreadableError extends Error {
  constructor(path: Path, wanted: string) {
    super(`${path.join('.') || 'the answer'} is not ${wanted}`);
  }
}

/** The value at a path; `undefined` where there is none, or where it is null. */
export function valueAt(value: unknown, path: Path): unknown {
  let current: unknown = value;
  for (const key of path) {
    if (Array.isArray(current)) current = current[Number(key)];
    else current = isObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current ?? undefined;
}

/** Text that must be there. */
export function text(body: Json, path: Path): string {
  const value = valueAt(body.value, path);
  if (typeof value !== 'string' || value === '') throw new UnreadableError(path, 'a text');
  return value;
}

/** An integer that must be there. */
export function integer(body: Json, path: Path): number {
  const value = valueAt(body.value, path);
  if (!Number.isSafeInteger(value)) throw new UnreadableError(path, 'an integer');
  return Number(value);
}

/** An id that must be there: a text, or the digits of an integer, however many. */
export function identifier(body: Json, path: Path): string {
  const value = valueAt(body.value, path);
  const id = typeof value === 'number' ? body.numberAt(path) : value;
  const isId = typeof id === 'string' && (typeof value === 'string' ? id !== '' : /^\d+$/.test(id));
  if (!isId) throw new UnreadableError(path, 'an id');
  return id;
}

/** How amounts are read. */
export interface AmountReading extends AmountFormat {
  readonly exponents: Exponents;
}

/**
 * An amount that must be there, from the digits as they were sent.
 *
 * @param currency - the place of the currency in the answer; or, where the answer has none, what the caller said.
 */
export function amount(body: Json, path: Path, currency: Path | string | undefined, reading: AmountReading): Money {
  if (currency === undefined) throw new UnreadableError(path, 'an amount: its currency is not known');
  const code = typeof currency === 'string' ? currency : text(body, currency);
  const value = valueAt(body.value, path);
  const token = reading.encoding === 'string' ? value : body.numberAt(path);
  const read = typeof token === 'string' ? readAmount(token, code, reading, reading.exponents) : undefined;
  if (read === undefined) throw new UnreadableError(path, `an amount of ${code} in ${reading.unit} units`);
  return read;
}

/** `Date` alone takes almost anything for a date. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}/;

/** An instant, from RFC 3339 text or seconds since 1970. */
export function instant(body: Json, path: Path, format: 'date-time' | 'unix-seconds'): Date {
  const value = valueAt(body.value, path);
  const date = format === 'unix-seconds' ? new Date(Number(value) * 1000) : new Date(String(value));
  const fits = format === 'unix-seconds' ? Number.isSafeInteger(value) : DATE_TIME.test(String(value));
  if (!fits || Number.isNaN(date.getTime())) throw new UnreadableError(path, `an instant (${format})`);
  return date;
}

/** Reads what an answer may lack: an object with the field, or an empty one to spread. */
export function maybe<K extends string, T>(
  key: K,
  body: Json,
  path: Path,
  read: (body: Json, path: Path) => T,
): { readonly [name in K]?: T } {
  // A computed key makes an index signature of the literal; the type says what it is.
  return valueAt(body.value, path) === undefined ? {} : ({ [key]: read(body, path) } as { [name in K]: T });
}

/**
 * Reads what is told for information only, such as a note: left out where it is missing or cannot be read. Nothing that
 * decides over money is read so; the answer itself is in `raw`.
 */
export function detail<K extends string, T>(
  key: K,
  body: Json,
  path: Path,
  read: (body: Json, path: Path) => T | undefined,
): { readonly [name in K]?: T } {
  try {
    const found = read(body, path);
    // As in `maybe`: the type says what a computed key makes.
    return found === undefined ? {} : ({ [key]: found } as { [name in K]: T });
  } catch {
    return {};
  }
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether two ids are the same. UUIDs are, whatever their case (RFC 9562). */
export function isSameId(a: string, b: string): boolean {
  return canonicalId(a) === canonicalId(b);
}

/** An id in the form in which it is compared and recorded. */
export function canonicalId(id: string): string {
  return UUID.test(id) ? id.toLowerCase() : id;
}

/** Which canonical status a provider's own status is. */
export type StatusMap<S extends RefundStatus> = Readonly<Record<string, S>>;

/** The canonical status; `unrecognized` for what the map does not name, or where there is none. */
export function classify<S extends RefundStatus>(raw: string | undefined, statuses: StatusMap<S>): S | 'unrecognized' {
  const known = raw !== undefined && Object.hasOwn(statuses, raw) ? statuses[raw] : undefined;
  return known ?? 'unrecognized';
}

/** Text that may be missing. */
export function optionalText(body: Json, path: Path): string | undefined {
  const value = valueAt(body.value, path);
  return typeof value === 'string' ? value : undefined;
}

/** The text of a single value: a text, `true` or `false`, or the digits of a number as they were sent. An empty text is none. */
export function scalarText(body: Json, path: Path): string | undefined {
  const value = valueAt(body.value, path);
  if (typeof value === 'number') return body.numberAt(path);
  const text = typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
  return text === '' ? undefined : text;
}

/** As {@link scalarText}, of a value that must be there: an answer that says nothing else says nothing without it. */
export function requiredScalar(body: Json, path: Path): string {
  const text = scalarText(body, path);
  if (text === undefined) throw new UnreadableError(path, 'a status');
  return text;
}

/** How many items a list has that must be there. */
export function count(body: Json, path: Path): number {
  const value = valueAt(body.value, path);
  if (!Array.isArray(value)) throw new UnreadableError(path, 'a list');
  return value.length;
}

/** The answer as it came, under the type that the spec gives it. */
export function raw<T>(body: Json): T {
  // The spec's word, not a check: the fields that money depends on have been read one by one.
  return body.value as T;
}
