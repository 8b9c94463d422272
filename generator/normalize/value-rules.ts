import { type JsonObject, type JsonValue, own, ownList, ownNumber, ownText } from '../json.js';
import { locationOf, type SpecDocument } from '../load/spec-document.js';
import { mayHang } from '../pattern.js';
import { type Problems, warning } from '../problem.js';

/** Of a value in a message. */
const MAX_TEXT = 80;

interface Reading {
  readonly document: SpecDocument;
  readonly problems: Problems;
}

/**
 * What a schema demands of a number. `exclusiveMinimum` is a truth value beside `minimum` in OpenAPI 3.0, and a limit of
 * its own since 3.1.
 */
export function readNumberRules(reading: Reading, schema: JsonObject, at: string) {
  const [minimum, maximum] = [ownNumber(schema, 'minimum'), ownNumber(schema, 'maximum')];
  const [isAbove, isBelow] = [own(schema, 'exclusiveMinimum') === true, own(schema, 'exclusiveMaximum') === true];
  return {
    minimum: isAbove ? null : minimum,
    maximum: isBelow ? null : maximum,
    exclusiveMinimum: isAbove ? minimum : ownNumber(schema, 'exclusiveMinimum'),
    exclusiveMaximum: isBelow ? maximum : ownNumber(schema, 'exclusiveMaximum'),
    multipleOf: ownNumber(schema, 'multipleOf'),
    enum: readValues(reading, schema, at, isNumber),
  };
}

/** What a schema demands of a text. */
export function readTextRules(reading: Reading, schema: JsonObject, at: string) {
  return {
    enum: readValues(reading, schema, at, isText),
    minLength: ownNumber(schema, 'minLength'),
    maxLength: ownNumber(schema, 'maxLength'),
    pattern: readPattern(reading, schema, at),
    format: ownText(schema, 'format') ?? null,
  };
}

const isText = (value: JsonValue): value is string => typeof value === 'string';
const isNumber = (value: JsonValue): value is number => typeof value === 'number';

/** The values that a schema lists for its type: none where it contradicts itself, `null` where it has no list. */
function readValues<T extends JsonValue>(
  { document, problems }: Reading,
  schema: JsonObject,
  at: string,
  isOfType: (value: JsonValue) => value is T,
): readonly T[] | null {
  const single = own(schema, 'const');
  const listed = own(schema, 'enum');
  if (single === undefined && !Array.isArray(listed)) return null;
  const all = single === undefined ? ownList(schema, 'enum') : [single];
  const values = all.filter(isOfType);
  const others = all.filter((value) => value !== null && !isOfType(value));
  const isMet = values.length > 0 || all.includes(null);
  if (others.length > 0 || !isMet) {
    const what = others.length === 0 ? 'no values' : `values of another type than its own, as ${textOf(others)}`;
    const effect = isMet ? 'these cannot be sent' : 'values are not checked before sending';
    const where = locationOf(document, at);
    problems.add(warning('R043', `this schema lists ${what}, so ${effect}`, 'Correct it in the overlay.', where));
  }
  return values;
}

function textOf([value = null]: readonly JsonValue[]): string {
  return JSON.stringify(value).slice(0, MAX_TEXT);
}

/** A pattern that the client can run on a value of the caller; `null` where there is none. */
function readPattern({ document, problems }: Reading, schema: JsonObject, at: string): string | null {
  const pattern = ownText(schema, 'pattern') ?? null;
  const fault = pattern === null ? undefined : faultOfPattern(pattern);
  if (fault === undefined) return pattern;
  const hint = 'It is not checked before sending. Correct it in the overlay, or remove it there.';
  problems.add(warning('R043', `pattern ${fault}`, hint, locationOf(document, `${at}/pattern`)));
  return null;
}

function faultOfPattern(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'is no regular expression (ECMA-262, u flag)';
  }
  return mayHang(pattern) ? 'may take for ever on a text that does not match' : undefined;
}

/** The text values of an enum; `null` where there is no enum. */
export function readEnum(schema: JsonValue): readonly string[] | null {
  const values = own(schema, 'enum');
  const single = own(schema, 'const');
  if (typeof single === 'string') return [single];
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : null;
}
