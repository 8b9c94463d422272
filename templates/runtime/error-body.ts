import { type Path, valueAt } from './answer.js';
import { isObject } from './check.js';
import type { FieldError } from './errors.js';

/** What an error body says. */
export interface ErrorBody {
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
    const [code] = codes;
    return {
      fields: all.slice(0, MAX_FIELDS),
      codes: [...new Set(codes)],
      ...(first === undefined ? {} : { message: first.message }),
      ...(code === undefined ? {} : { code }),
    };
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
  readonly field?: Path;
}

/** One error object with a code and a message. */
export function namedErrors(places: ErrorPlaces): ErrorReader {
  return (body) => {
    if (!isObject(body)) return plainText(body);
    const codes = places.code
      .map((path) => valueAt(body, path))
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .map(String);
    const [code] = codes;
    const message = valueAt(body, places.message);
    const field = places.field === undefined ? undefined : valueAt(body, places.field);
    return {
      ...(code === undefined ? {} : { code }),
      codes,
      ...(typeof message === 'string' ? { message } : {}),
      fields:
        typeof field === 'string' ? [{ field, message: typeof message === 'string' ? message : 'is refused' }] : [],
    };
  };
}

function plainText(body: unknown): ErrorBody {
  return typeof body === 'string' && body !== ''
    ? { message: body.slice(0, 500), fields: [], codes: [] }
    : { fields: [], codes: [] };
}
