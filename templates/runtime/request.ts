import { check, isObject, type ObjectShape, type Shape } from './check.js';
import type { FieldError } from './errors.js';
import type { HttpRequest } from './http.js';
import { type ExactNumber, stringifyJson, UnwritableError } from './json.js';
import { type Parameter, toQuery, toTexts } from './parameter.js';

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
  readonly body?: {
    readonly required: boolean;
    readonly shape: Shape;
    /** Without one, the body is JSON. */
    readonly encoding?: BodyEncoding;
  };
}

/** How a body is written. It is part of the operation, so that only clients that use it load it. */
export interface BodyEncoding {
  readonly mediaType: string;
  /**
   * Writes one body as one sequence of bytes.
   *
   * @throws UnwritableError for what would arrive as something else.
   */
  readonly write: (body: unknown) => string;
}

const JSON_BODY: BodyEncoding = { mediaType: 'application/json', write: (body) => stringifyJson(body) };

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
    const faults = check(values, shape, place);
    const unwritable = given(values)
      .flatMap(([name, value]) => faultsOf(() => writeValue(operation, place, name, value)))
      // What is wrong by the spec is said already.
      .filter(({ field }) => !faults.some((fault) => `${field}.`.startsWith(`${fault.field}.`)));
    return [...faults, ...unwritable];
  });
  const body = checkBody(operation, input.body);
  return [...places, ...(body.length > 0 ? body : faultsOf(() => writeBody(operation, input.body)))];
}

function checkBody(operation: Operation, body: unknown): FieldError[] {
  if (operation.body === undefined) {
    return body === undefined ? [] : [{ field: 'body', message: 'is not taken by this operation' }];
  }
  if (body === undefined) return operation.body.required ? [{ field: 'body', message: 'is required' }] : [];
  return check(body, operation.body.shape, 'body');
}

function faultsOf(write: () => unknown): FieldError[] {
  try {
    write();
    return [];
  } catch (error) {
    if (error instanceof UnwritableError) return [{ field: error.field, message: error.fault }];
    throw error;
  }
}

/** What a header cannot carry, or would carry trimmed: two values would become one. */
export function checkHeaderText(value: string, field: string): FieldError[] {
  if (/^[\x20-\x7e]*$/.test(value) && value === value.trim()) return [];
  return [{ field, message: 'must be printable ASCII without a space at an end, as a header carries nothing else' }];
}

/**
 * Writes a checked input as a request without credentials. One input has one sequence of bytes.
 *
 * @throws UnwritableError where the input has not been checked, and cannot be sent.
 */
export function writeRequest(operation: Operation, input: OperationInput, baseUrl: string): HttpRequest {
  const path = operation.path.replaceAll(/\{([^{}]*)\}/g, (_, name: string) =>
    writeValue(operation, 'path', name, input.path?.[name]),
  );
  const query = given(input.query)
    .map(([name, value]) => writeValue(operation, 'query', name, value))
    .filter((text) => text !== '')
    .join('&');
  const body = writeBody(operation, input.body);
  const url = `${baseUrl.replace(/\/+$/, '')}${path}${query === '' ? '' : `?${query}`}`;
  // The generator refuses such paths: credentials go to the host that the caller chose, whatever happens.
  if (new URL(url).origin !== new URL(baseUrl).origin)
    throw new TypeError('the path of the operation names another host');
  return {
    method: operation.method,
    url,
    headers: [
      ['Accept', 'application/json'],
      ...(body === undefined ? Object.entries(operation.headers ?? {}) : [['Content-Type', body.mediaType] as const]),
      ...given(input.header).map(([name, value]) => [name, writeValue(operation, 'header', name, value)] as const),
    ],
    ...(body === undefined ? {} : { body: body.text }),
  };
}

function writeBody(
  { body }: Operation,
  value: unknown,
): { readonly mediaType: string; readonly text: string } | undefined {
  if (value === undefined) return undefined;
  const { mediaType, write } = body?.encoding ?? JSON_BODY;
  return { mediaType, text: write(value) };
}

/** A parameter as it stands in the request: its part of the path or the query, encoded, or the text of the header. */
function writeValue({ parameters }: Operation, place: Parameter['in'], name: string, value: unknown): string {
  const field = `${place}.${name}`;
  const style = parameters.find((parameter) => parameter.in === place && parameter.name === name)?.style;
  if (place === 'query') return toQuery(name, value, style, field).join('&');
  const texts = toTexts(value, style, field);
  const text = texts.join(',');
  if (place === 'path') {
    if (!['', '.', '..'].includes(text)) return texts.map(encodeURIComponent).join(',');
    throw new UnwritableError(field, 'must not be empty, "." or "..": the path would name something else');
  }
  const [fault] = checkHeaderText(text, field);
  if (fault !== undefined) throw new UnwritableError(field, fault.message);
  return text;
}

function given(values: OperationInput['query']): [name: string, value: unknown][] {
  return isObject(values) ? Object.entries(values).filter(([, value]) => value !== undefined) : [];
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

/** A field of one of several alternatives: of those that have it. */
export type FieldOf<T, K extends PropertyKey> = T extends unknown ? (K extends KnownKeys<T> ? T[K] : never) : never;

/** The fields that a type names, without those that it takes under any name. */
type KnownKeys<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] };
