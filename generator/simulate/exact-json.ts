import { randomUUID } from 'node:crypto';

/** A number as its digits stand in a document: an amount may have more of them than a JavaScript number keeps. */
export class Digits {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON whose numbers are exact. */
export type Exact = null | boolean | string | Digits | readonly Exact[] | ExactMap;

export interface ExactMap {
  readonly [key: string]: Exact;
}

/** Stands before digits while they travel as text through the platform's JSON. Nobody outside can know it. */
const MARK = `digits ${randomUUID()} `;

const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Reads JSON; `undefined` where it is none. */
export function parseExact(text: string): Exact | undefined {
  const marked = text.replaceAll(TEXT_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${MARK}${token}"`));
  try {
    // The reviver makes exact JSON of what the platform has read.
    return JSON.parse(marked, withDigits) as Exact;
  } catch {
    return undefined;
  }
}

function withDigits(key: string, value: unknown): unknown {
  // Marked, a number would pass for the name of a field.
  if (key.startsWith(MARK)) throw new SyntaxError('a number names a field');
  return typeof value === 'string' && value.startsWith(MARK) ? new Digits(value.slice(MARK.length)) : value;
}

/** Writes JSON. */
export function writeExact(value: Exact): string {
  const marked = JSON.stringify(value, (_, item: unknown) => (item instanceof Digits ? MARK + item.text : item));
  return marked.replaceAll(new RegExp(`"${MARK}([^"]*)"`, 'g'), '$1');
}

export function isMap(value: Exact | undefined): value is ExactMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Digits);
}

/** The value at a path; `undefined` where there is none. */
export function exactAt(value: Exact | undefined, path: readonly string[]): Exact | undefined {
  return path.reduce<Exact | undefined>((current, key) => {
    if (isList(current)) return current[indexOf(key)];
    return isMap(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }, value);
}

/** Which item of a list a key means; `NaN` for none. `[]` is the one item. */
function indexOf(key: string): number {
  if (key === '[]') return 0;
  return /^\d+$/.test(key) ? Number(key) : Number.NaN;
}

/** A copy with an item at a path: a key of digits makes a list. `undefined` takes away what is there. */
export function withExactAt(value: Exact | undefined, path: readonly string[], item: Exact | undefined): Exact {
  const [key, ...rest] = path;
  if (key === undefined) return item ?? null;
  const index = indexOf(key);
  if (isList(value) || (value === undefined && !Number.isNaN(index))) return withItem(value ?? [], index, rest, item);
  const map = isMap(value) ? value : {};
  const { [key]: old, ...others } = map;
  if (rest.length === 0 && item === undefined) return others;
  return { ...map, [key]: withExactAt(Object.hasOwn(map, key) ? old : undefined, rest, item) };
}

function withItem(list: readonly Exact[], index: number, rest: readonly string[], item: Exact | undefined): Exact {
  if (rest.length === 0 && item === undefined) return list.filter((_, at) => at !== index);
  const copy = [...list];
  copy[index] = withExactAt(list[index], rest, item);
  // No holes: JSON has none.
  return Array.from(copy, (one) => one ?? null);
}

function isList(value: Exact | undefined): value is readonly Exact[] {
  return Array.isArray(value);
}

/** A text, the digits of a number, or a truth value, as text; `undefined` for anything else. */
export function scalarOf(value: Exact | undefined): string | undefined {
  if (value instanceof Digits) return value.text;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}
