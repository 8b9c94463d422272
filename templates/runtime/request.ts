import { check, isObject, type ObjectShape, type Shape } from './check.js';
import type { FieldError } from './errors.js';
import type { HttpRequest } from './http.js';
import { type ExactNumber, NotJsonError, stringifyJson } from './json.js';

/** An operation of the spec, as far as sending it goes. */
export interface Operation {
  /** The spec's name of it. */
  readonly name: string;
  readonly method: string;
  /** The path template, its trailing slash included. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Headers with one possible value that the provider demands beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly required: boolean; readonly shape: Shape };
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly shape: Shape;
}

/** The values of one call. */
export interface OperationInput {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** Everything that is wrong with an input, by field; none where it may be sent. */
export function checkInput(operation: Operation, input: OperationInput): FieldError[] {
  const places = (['path', 'query', 'header'] as const).flatMap((place) => {
    const parameters = operation.parameters.filter((parameter) => parameter.in === place);
    const shape: ObjectShape = {
      kind: 'object',
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
      fields: Object.fromEntries(parameters.map(({ name, shape }) => [name, shape])),
      closed: true,
    };
    const values = input[place] ?? {};
    return [
      ...check(values, shape, place),
      ...Object.entries(values).flatMap(([name, value]) => unsendable(place, `${place}.${name}`, value)),
    ];
  });
  const body = checkBody(operation, input.body);
  return [...places, ...(body.length > 0 ? body : checkWritable(input.body))];
}

function checkBody(operation: Operation, body: unknown): FieldError[] {
  if (operation.body === undefined) {
    return body === undefined ? [] : [{ field: 'body', message: 'is not taken by this operation' }];
  }
  if (body === undefined) return operation.body.required ? [{ field: 'body', message: 'is required' }] : [];
  return check(body, operation.body.shape, 'body');
}

function checkWritable(body: unknown): FieldError[] {
  try {
    if (body !== undefined) stringifyJson(body);
    return [];
  } catch (error) {
    if (error instanceof NotJsonError) return [{ field: error.field, message: error.fault }];
    throw error;
  }
}

/** What a URL or a header would change silently, or would turn into another request. */
function unsendable(place: 'path' | 'query' | 'header', field: string, value: unknown): FieldError[] {
  if (typeof value !== 'string') return [];
  if (place === 'path' && (value === '' || value === '.' || value === '..')) {
    return [{ field, message: 'must not be empty, "." or "..": the path would name something else' }];
  }
  return place === 'header' ? checkHeaderText(value, field) : [];
}

/** What a header cannot carry, or would carry trimmed: two values would become one. */
export function checkHeaderText(value: string, field: string): FieldError[] {
  if (/^[\x20-\x7e]*$/.test(value) && value === value.trim()) return [];
  return [{ field, message: 'must be printable ASCII without a space at an end, as a header carries nothing else' }];
}

/** Writes a checked input as a request without credentials. One input has one sequence of bytes. */
export function writeRequest(operation: Operation, input: OperationInput, baseUrl: string): HttpRequest {
  const path = operation.path.replaceAll(/\{([^{}]*)\}/g, (_, name: string) =>
    encodeURIComponent(String(input.path?.[name])),
  );
  const query = new URLSearchParams(entries(input.query)).toString();
  const body = input.body === undefined ? undefined : stringifyJson(input.body);
  return {
    method: operation.method,
    url: `${baseUrl.replace(/\/+$/, '')}${path}${query === '' ? '' : `?${query}`}`,
    headers: [
      ['Accept', 'application/json'],
      ...(body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ...(body === undefined ? entries(operation.headers) : []),
      ...entries(input.header),
    ],
    ...(body === undefined ? {} : { body }),
  };
}

function entries(values: OperationInput['query']): [string, string][] {
  if (!isObject(values)) return [];
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.map((item): [string, string] => [name, String(item)])
        : [[name, String(value)] satisfies [string, string]],
    );
}

/**
 * The body of the spec as it is written here: numbers may be exact, and what is optional may be `undefined`, which is
 * not sent.
 */
export type Wire<T> = T extends number
  ? T | ExactNumber
  : T extends readonly (infer Item)[]
    ? readonly Wire<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Record<never, never> extends Pick<T, K> ? Wire<T[K]> | undefined : Wire<T[K]> }
      : T;
