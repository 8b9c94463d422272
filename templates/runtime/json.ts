/** A JSON number that goes out with exactly these digits, whatever a floating-point number could hold. */
export class ExactNumber {
  readonly text: string;
  /** @throws TypeError where the text is no JSON number. */
  constructor(text: string) {
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) throw new TypeError('not a JSON number');
    this.text = text;
  }
}

/** A parsed JSON text, with the digits of its numbers as they were written. */
export interface Json {
  readonly value: unknown;
  /** The text of the number at this path, before any rounding. */
  numberAt(path: readonly string[]): string | undefined;
}

/** No answer about a refund is nested deeper; more is an attack on the stack. */
const MAX_DEPTH = 64;

/** A value that the format of a request has no word for, and where it is. */
export class UnwritableError extends TypeError {
  readonly field: string;
  readonly fault: string;
  constructor(field: string, fault: string) {
    super(`${field} ${fault}`);
    this.field = field;
    this.fault = fault;
  }
}

/**
 * Writes JSON with sorted keys, so that one request has one sequence of bytes. Fields that are `undefined` are left out.
 *
 * @throws UnwritableError for what JSON has no word for: NaN, bigint, functions, cycles, objects that are no plain data.
 */
export function stringifyJson(value: unknown, field = 'body', depth = 0): string {
  checkDepth(field, depth);
  if (value instanceof ExactNumber) return value.text;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    // Array.from: a hole of a sparse array would be left out, and the text would be no JSON.
    const items = Array.from(value, (item: unknown, index) => stringifyJson(item, `${field}.${index}`, depth + 1));
    return `[${items.join(',')}]`;
  }
  if (typeof value !== 'object') throw new UnwritableError(field, `cannot be written as JSON: ${String(value)}`);
  if (describesItself(value)) return stringifyJson(value.toJSON(), field, depth + 1);
  const fields = sortedFields(value, field).map(
    ([key, item]) => `${JSON.stringify(key)}:${stringifyJson(item, `${field}.${key}`, depth + 1)}`,
  );
  return `{${fields.join(',')}}`;
}

/** @throws UnwritableError for what is nested deeper than any request about a refund. */
export function checkDepth(field: string, depth: number): void {
  if (depth <= MAX_DEPTH) return;
  throw new UnwritableError(field.slice(0, 80), 'is nested too deeply, or contains itself');
}

/** Whether a value says itself what is written for it, as dates do. */
export function describesItself(value: object): value is { readonly toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/**
 * The fields of a plain object in the order of their keys, without those that are `undefined`.
 *
 * @throws UnwritableError where it is no plain object: the fields of another would not be all that it is.
 */
export function sortedFields(value: object, field: string): [key: string, item: unknown][] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new UnwritableError(field, 'cannot be written: it is no plain object');
  }
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The text of a single value, for what holds only texts: URLs, headers and forms. Numbers keep their digits.
 *
 * @throws UnwritableError for what is no text, number or boolean, and for text that would arrive as another one.
 */
export function scalarToText(value: unknown, field: string): string {
  if (value instanceof ExactNumber) return value.text;
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return JSON.stringify(value);
  if (value === null) throw new UnwritableError(field, 'is null, and there is no word for that here: leave it out');
  if (typeof value !== 'string') {
    throw new UnwritableError(field, `must be a text, a number, true or false here, not ${kindOf(value)}`);
  }
  if (/\p{Surrogate}/u.test(value)) throw new UnwritableError(field, 'holds half of a surrogate pair');
  return value;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'number' ? String(value) : typeof value;
}

/**
 * Parses JSON, keeps the text of its numbers, and refuses what two readers could understand differently: a key that
 * stands twice in one object.
 *
 * @returns `undefined` where the text is not JSON, is nested too deeply, or has a key twice.
 */
export function parseJson(text: string): Json | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const numbers = new Map<string, string>();
  if (!scanNumbers(text, numbers)) return undefined;
  return { value, numberAt: (path) => numbers.get(JSON.stringify(path)) };
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]|true|false|null/g;

interface Container {
  readonly keys: Set<string> | undefined;
  key: string;
  index: number;
}

/** Walks the tokens of text that is known to be JSON. Returns false for a repeated key or too much depth. */
function scanNumbers(text: string, numbers: Map<string, string>): boolean {
  const stack: Container[] = [];
  let expectsKey = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const top = stack.at(-1);
    if (token === '{' || token === '[') {
      if (stack.length >= MAX_DEPTH) return false;
      stack.push({ keys: token === '{' ? new Set() : undefined, key: '0', index: 0 });
      expectsKey = token === '{';
    } else if (token === '}' || token === ']') {
      stack.pop();
      expectsKey = false;
    } else if (token === ',') {
      if (top?.keys === undefined) {
        if (top !== undefined) top.key = String(++top.index);
      } else expectsKey = true;
    } else if (expectsKey && top?.keys !== undefined) {
      const key = token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);
      if (top.keys.has(key)) return false;
      top.keys.add(key);
      top.key = key;
      expectsKey = false;
    } else if (token[0] === '-' || (token[0] !== undefined && token[0] >= '0' && token[0] <= '9')) {
      numbers.set(JSON.stringify(stack.map((container) => container.key)), token);
    }
  }
  return true;
}
