import { parseDecimal } from './decimal.js';
import type { FieldError } from './errors.js';
import { ExactNumber } from './json.js';

interface Nullable {
  readonly nullable?: boolean;
}

/** What a value must be, as far as it is checked before sending. `reserved` is for the client to set. */
export type Shape = Nullable &
  (
    | {
        readonly kind: 'string';
        readonly enum?: readonly string[];
        readonly minLength?: number;
        readonly maxLength?: number;
        readonly pattern?: string;
        readonly format?: string;
      }
    | {
        readonly kind: 'integer' | 'number';
        readonly enum?: readonly number[];
        readonly minimum?: number;
        readonly maximum?: number;
        readonly exclusiveMinimum?: number;
        readonly exclusiveMaximum?: number;
        readonly multipleOf?: number;
      }
    | { readonly kind: 'boolean' }
    | { readonly kind: 'array'; readonly items: Shape; readonly minItems?: number; readonly maxItems?: number }
    | ObjectShape
    | { readonly kind: 'any' }
    | { readonly kind: 'reserved'; readonly for: string }
  );

type NumberShape = Extract<Shape, { kind: 'integer' | 'number' }>;

/** An object of the spec. `closed` is `additionalProperties: false`. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly nullable?: boolean;
  readonly required?: readonly string[];
  readonly fields: Readonly<Record<string, Shape>>;
  readonly closed?: boolean;
}

/** Decimal digits that are compared: more than any amount or limit has. */
const SCALE = 20;

/** Formats that are checked; the others are annotations, as JSON Schema has it. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/,
};

/**
 * Compares a value with what the spec says of it.
 *
 * @param field - the name of the value for the caller, such as `body.note`.
 * @returns one error for each fault; none where the value may be sent.
 */
export function check(value: unknown, shape: Shape, field: string): FieldError[] {
  const fault = (message: string): FieldError[] => [{ field, message }];
  if (value === null) return shape.nullable || shape.kind === 'any' ? [] : fault('must not be null');
  switch (shape.kind) {
    case 'any':
      return [];
    case 'reserved':
      return fault(`is set by the client, from ${shape.for}`);
    case 'boolean':
      return typeof value === 'boolean' ? [] : fault('must be true or false');
    case 'string':
      return typeof value === 'string' ? checkText(value, shape).flatMap(fault) : fault('must be a string');
    case 'integer':
    case 'number':
      return (value instanceof ExactNumber ? checkExact(value, shape) : checkNumber(value, shape)).flatMap(fault);
    case 'array':
      return Array.isArray(value) ? checkArray(value, shape, field) : fault('must be an array');
    case 'object':
      return isObject(value) ? checkObject(value, shape, field) : fault('must be an object');
  }
}

/** Whether a value is an object with fields: neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

function checkText(value: string, shape: Extract<Shape, { kind: 'string' }>): string[] {
  if (/\p{Surrogate}/u.test(value)) return ['must be well-formed text: it holds half of a surrogate pair'];
  if (shape.enum !== undefined && !shape.enum.includes(value)) return [`must be one of ${shape.enum.join(', ')}`];
  // OpenAPI counts characters, not UTF-16 code units.
  const length = [...value].length;
  if (length < (shape.minLength ?? 0)) return [`must have at least ${shape.minLength} characters, not ${length}`];
  if (length > (shape.maxLength ?? Infinity)) return [`must have at most ${shape.maxLength} characters, not ${length}`];
  if (shape.pattern !== undefined && !new RegExp(shape.pattern, 'u').test(value))
    return [`must match ${shape.pattern}`];
  const { format: name = '' } = shape;
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  return format === undefined || format.test(value) ? [] : [`must be a ${shape.format}`];
}

function checkNumber(value: unknown, shape: NumberShape): string[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [`must be a finite ${shape.kind}`];
  // A larger integer loses digits in JSON: it would name another payment or another amount.
  if (shape.kind === 'integer' && !Number.isSafeInteger(value)) return ['must be an integer below 2^53'];
  return [
    ...checkValues(value, shape),
    ...checkLimits(value, shape, (limit) => limit),
    ...checkMultiple(String(value), shape),
  ];
}

/** Compares without floating point: these are amounts. */
function checkExact({ text }: ExactNumber, shape: NumberShape): string[] {
  if (shape.kind === 'integer' && parseDecimal(text, 0) === undefined) return ['must be an integer'];
  const value = parseDecimal(text, SCALE);
  const limits = value === undefined ? [] : checkLimits(value, shape, (limit) => parseDecimal(String(limit), SCALE));
  return [...checkValues(Number(text), shape), ...limits, ...checkMultiple(text, shape)];
}

function checkValues(value: number, { enum: values }: NumberShape): string[] {
  return values === undefined || values.includes(value) ? [] : [`must be one of ${values.join(', ')}`];
}

type Bound = number | bigint;

/** @param scaled - a limit as it is compared with the value; `undefined` where it cannot be. */
function checkLimits(value: Bound, shape: NumberShape, scaled: (limit: number) => Bound | undefined): string[] {
  const { exclusiveMaximum, exclusiveMinimum, maximum, minimum } = shape;
  const breaks = (limit: number | undefined, isBroken: (bound: Bound) => boolean): boolean => {
    const bound = limit === undefined ? undefined : scaled(limit);
    return bound !== undefined && isBroken(bound);
  };
  if (breaks(minimum, (bound) => value < bound)) return [`must be at least ${minimum}`];
  if (breaks(exclusiveMinimum, (bound) => value <= bound)) return [`must be more than ${exclusiveMinimum}`];
  if (breaks(maximum, (bound) => value > bound)) return [`must be at most ${maximum}`];
  return breaks(exclusiveMaximum, (bound) => value >= bound) ? [`must be less than ${exclusiveMaximum}`] : [];
}

/** In decimals: 0.3 is a multiple of 0.1, which floating point denies. */
function checkMultiple(text: string, { multipleOf }: NumberShape): string[] {
  const [value, step] = [parseDecimal(text, SCALE), parseDecimal(String(multipleOf), SCALE)];
  if (value === undefined || step === undefined || step === 0n) return [];
  return value % step === 0n ? [] : [`must be a multiple of ${multipleOf}`];
}

function checkArray(value: readonly unknown[], shape: Extract<Shape, { kind: 'array' }>, field: string): FieldError[] {
  if (value.length < (shape.minItems ?? 0)) return [{ field, message: `must have at least ${shape.minItems} items` }];
  if (value.length > (shape.maxItems ?? Infinity))
    return [{ field, message: `must have at most ${shape.maxItems} items` }];
  // Array.from: the holes of a sparse array count as well.
  return Array.from(value).flatMap((item, index) => check(item, shape.items, `${field}.${index}`));
}

function checkObject(value: Readonly<Record<string, unknown>>, shape: ObjectShape, field: string): FieldError[] {
  const name = (key: string): string => (field === '' ? key : `${field}.${key}`);
  const missing = (shape.required ?? [])
    .filter((key) => !Object.hasOwn(value, key) || value[key] === undefined)
    .map((key) => ({ field: name(key), message: 'is required' }));
  const wrong = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .flatMap(([key, item]) => {
      const fieldShape = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
      if (fieldShape !== undefined) return check(item, fieldShape, name(key));
      return shape.closed ? [{ field: name(key), message: 'is not a field of this object' }] : [];
    });
  return [...missing, ...wrong];
}
