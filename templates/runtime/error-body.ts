import { type Path, valueAt } from './answer.js';
import { isObject } from './check.js';
import type { FieldError } from './errors.js';

/** What an error body says. */
export interface ErrorBody {
  /** The code that says what the error is. Codes that only its details have are none. */
  readonly code?: string;
  /** Every code that it has, `code` first. */
  readonly codes: readonly string[];
  readonly message?: string;
  readonly fields: readonly FieldError[];
}

/** Reads the body of an error answer: parsed JSON, or the text where it is no JSON. */
export type ErrorReader = (body: unknown) => ErrorBody;

/** No provider names more fields; a longer list is cut. */
const MAX_FIELDS = 50;

/**
 * Errors keyed by field, each a text, a `{ message, code }`, a list of those, or a nested map.
 *
 * @param general - the keys that stand for no field, such as `non_field_errors`.
 */
export function keyedErrors(general: readonly string[]): ErrorReader {
  return (body) => {
    if (!isObject(body)) return plainText(body);
    const all = collect(body, '', general);
    const first = all.find(({ field }) => field === '') ?? all[0];
    const codes = [first, ...all].flatMap((field) => field?.code ?? []);
    return errorBody(codes[0], codes, first?.message, all);
  };
}

function collect(value: unknown, field: string, general: readonly string[]): FieldError[] {
  if (typeof value === 'string') return [{ field, message: value }];
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, field, general));
  if (!isObject(value)) return [];
  const { message, code } = value;
  // A field may be called `message`: only an object without lists and objects is an error of its own.
  if (typeof message === 'string' && !Object.values(value).some((item) => typeof item === 'object' && item !== null)) {
    return [{ field, message, ...(typeof code === 'string' ? { code } : {}) }];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    if (general.includes(key)) return collect(item, field, general);
    return collect(item, field === '' ? key : `${field}.${key}`, general);
  });
}

/** Where an error object keeps its parts. */
export interface ErrorPlaces {
  /** The places of the code, the first that is there counts. */
  readonly code: readonly Path[];
  readonly message: Path;
  /** More places of the message, for where there is none at `message`; the first that is there counts. */
  readonly messages?: readonly Path[];
  readonly field?: Path;
  readonly details?: DetailPlaces;
}

/** A list of single errors, and where each keeps its parts. */
export interface DetailPlaces {
  readonly list: Path;
  readonly field?: Path;
  readonly message?: Path;
  readonly code?: Path;
}

/** One error object with a code and a message, and perhaps a list of details. */
export function namedErrors(places: ErrorPlaces): ErrorReader {
  return (body) => {
    if (!isObject(body)) return plainText(body);
    const codes = places.code.flatMap((path) => codeAt(body, path));
    const message = firstText(body, [places.message, ...(places.messages ?? [])]);
    const field = places.field === undefined ? undefined : textAt(body, places.field);
    const details = places.details === undefined ? [] : readDetails(body, places.details);
    const all = [...codes, ...details.flatMap(({ code }) => code ?? [])];
    // Where a main code has its place but is not there, no detail stands in for it: it decides over money.
    const code = places.code.length === 0 ? all[0] : codes[0];
    const named = field === undefined ? [] : [{ field, message: message ?? UNSAID }];
    return errorBody(code, all, message ?? details[0]?.message, [...named, ...details]);
  };
}

function readDetails(body: unknown, { list, ...places }: DetailPlaces): FieldError[] {
  const items = valueAt(body, list);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) =>
    detailError(
      item,
      places.field === undefined ? undefined : textAt(item, places.field),
      places.message === undefined ? undefined : textAt(item, places.message),
      places.code === undefined ? [] : codeAt(item, places.code),
    ),
  );
}

/** The places of the fields in a problem: RFC 9457 has the first in its example, and its predecessor the others. */
const PROBLEM_FIELDS = ['errors', 'invalid-params', 'invalid_params'];

/**
 * A problem of RFC 9457: `application/problem+json`, or JSON of the same shape. The code is the `code` that many add to
 * it, or the `type`; the fields are in `errors` or `invalid-params`, as a list or as texts by field.
 */
export function problemErrors(): ErrorReader {
  return (body) => {
    if (!isObject(body)) return plainText(body);
    const type = codeAt(body, ['type']).filter((text) => text !== 'about:blank');
    const codes = [...codeAt(body, ['code']), ...type];
    const fields = PROBLEM_FIELDS.flatMap((name) => problemFields(valueAt(body, [name])));
    const all = [...codes, ...fields.flatMap(({ code }) => code ?? [])];
    return errorBody(codes[0], all, firstText(body, [['detail'], ['title']]) ?? fields[0]?.message, fields);
  };
}

function problemFields(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return isObject(value) ? collect(value, '', []) : [];
  return value.flatMap((item) => {
    const field = firstText(item, [['name'], ['field'], ['pointer']]);
    const message = firstText(item, [['detail'], ['reason'], ['message']]);
    return detailError(item, field, message, codeAt(item, ['code']));
  });
}

/** What the message of a field is where the provider has none. */
const UNSAID = 'is refused';

function detailError(
  item: unknown,
  field: string | undefined,
  message: string | undefined,
  [code]: readonly string[],
): FieldError[] {
  if (typeof item === 'string') return [{ field: '', message: item }];
  if (field === undefined && message === undefined && code === undefined) return [];
  return [{ field: fieldName(field ?? ''), message: message ?? UNSAID, ...(code === undefined ? {} : { code }) }];
}

/** A JSON pointer as a name: `#/items/0/amount` is `items.0.amount`. */
function fieldName(text: string): string {
  if (!/^#?\//.test(text)) return text;
  const keys = text.replace(/^#?\//, '').split('/');
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}

function textAt(body: unknown, path: Path): string | undefined {
  const value = valueAt(body, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function firstText(body: unknown, paths: readonly Path[]): string | undefined {
  return paths.map((path) => textAt(body, path)).find((text) => text !== undefined);
}

function codeAt(body: unknown, path: Path): string[] {
  const value = valueAt(body, path);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [String(value)] : [];
}

/** Cuts the list of fields, but not the codes: each of them may decide. */
function errorBody(
  code: string | undefined,
  codes: readonly string[],
  message: string | undefined,
  fields: readonly FieldError[],
): ErrorBody {
  return {
    fields: fields.slice(0, MAX_FIELDS),
    codes: [...new Set(codes)],
    ...(message === undefined ? {} : { message }),
    ...(code === undefined ? {} : { code }),
  };
}

function plainText(body: unknown): ErrorBody {
  return typeof body === 'string' && body !== ''
    ? { message: body.slice(0, 500), fields: [], codes: [] }
    : { fields: [], codes: [] };
}
