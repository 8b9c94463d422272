import { isObject, type Shape } from './check.js';
import { scalarToText, sortedFields, stringifyJson, UnwritableError } from './json.js';

/**
 * How a parameter that is no single value is written. Without a style, a list repeats its name in a query, and is
 * separated by commas elsewhere; an object is refused. In a path or a header, only `json` makes a difference.
 *
 * `comma`, `space`, `pipe`: the items with that between them. `brackets`: `a[]=x&a[]=y`. `deepObject`: `a[b]=x`.
 * `json`: one JSON text.
 */
export type ParameterStyle = 'comma' | 'space' | 'pipe' | 'brackets' | 'deepObject' | 'json';

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly style?: ParameterStyle;
  readonly shape: Shape;
}

/** The separators of a query. Encoded where a URL does not take them as they are (OpenAPI 3.1.1, section 4.8.12). */
const SEPARATORS = { comma: [',', ','], space: [' ', '%20'], pipe: ['|', '%7C'] } as const;

/**
 * The parts of a query that say a value, percent-encoded.
 *
 * @throws UnwritableError for a value that the style has no word for.
 */
export function toQuery(name: string, value: unknown, style: ParameterStyle | undefined, field: string): string[] {
  if (style === 'json') return [pair(name, stringifyJson(value, field))];
  if (Array.isArray(value)) return listToQuery(name, value, style, field);
  if (!isObject(value)) return [pair(name, scalarToText(value, field))];
  if (style !== 'deepObject') {
    throw new UnwritableError(field, 'is an object, and it is not known how this provider takes one in a query');
  }
  return sortedFields(value, field).map(([key, item]) =>
    pair(bracketed(name, key, field), scalarToText(item, `${field}.${key}`)),
  );
}

function listToQuery(
  name: string,
  list: readonly unknown[],
  style: Exclude<ParameterStyle, 'json'> | undefined,
  field: string,
): string[] {
  const items = itemTexts(list, field);
  if (style === undefined) return items.map((item) => pair(name, item));
  if (style === 'deepObject') throw new UnwritableError(field, 'must be an object, not a list');
  if (style === 'brackets') return present(items, field).map((item) => pair(`${name}[]`, item));
  const [separator, written] = SEPARATORS[style];
  const encoded = separable(items, separator, field).map((item) => pair('', item).slice(1));
  return [pair(name, '') + encoded.join(written)];
}

/**
 * The texts of which a value in a path or a header consists; a comma stands between them.
 *
 * @throws UnwritableError for a value that there is no word for.
 */
export function toTexts(value: unknown, style: ParameterStyle | undefined, field: string): readonly string[] {
  if (style === 'json') return [stringifyJson(value, field)];
  return Array.isArray(value) ? separable(itemTexts(value, field), ',', field) : [scalarToText(value, field)];
}

/** The texts of a list of single values. */
export function itemTexts(list: readonly unknown[], field: string): string[] {
  // Array.from: a hole of a sparse array would be left out.
  return Array.from(list, (item, index) => scalarToText(item, `${field}.${index}`));
}

/** The items, if they can be told apart again. */
export function separable(items: readonly string[], separator: string, field: string): readonly string[] {
  const wrong = items.findIndex((item) => item === '' || item.includes(separator));
  if (wrong === -1) return present(items, field);
  const fault = `must not be empty or hold ${JSON.stringify(separator)}, which separates the items`;
  throw new UnwritableError(`${field}.${wrong}`, fault);
}

/** An empty list says "none". Left out, it could mean "all". */
export function present<T>(items: readonly T[], field: string): readonly T[] {
  if (items.length > 0) return items;
  throw new UnwritableError(field, 'is an empty list, and there is no word for that here: leave it out');
}

/** A name inside of another: `a[b]`. */
export function bracketed(name: string, key: string, field: string): string {
  if (key !== '' && !/[[\]]|\p{Surrogate}/u.test(key)) return `${name}[${key}]`;
  throw new UnwritableError(`${field}.${key}`, 'cannot be written: its name is empty, ill-formed or holds a bracket');
}

function pair(name: string, text: string): string {
  return new URLSearchParams([[name, text]]).toString();
}
