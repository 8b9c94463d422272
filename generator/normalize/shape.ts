import type { Shape } from '../ir.js';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  own,
  ownList,
  ownNumber,
  ownObject,
  ownText,
  sortedEntries,
} from '../json.js';
import { locationOf, resolve, type SpecDocument } from '../load/spec-document.js';
import { resolvePointer } from '../pointer.js';
import { error, type Problems, warning } from '../problem.js';
import { shortText } from '../slice/short-text.js';
import { both, either, within, withoutType } from './combine-shapes.js';
import { readNumberRules, readTextRules } from './value-rules.js';

/** Deeper request bodies are not checked any further; none of a refund is known to be. */
const MAX_DEPTH = 12;
/** Nor are larger ones: a schema that refers to itself in several places would be read for ever. */
const MAX_SHAPES = 3000;
const MAX_TEXT = 240;

interface Reading {
  readonly document: SpecDocument;
  readonly problems: Problems;
  left: number;
}

/** Reads what a schema demands of a value that is sent. What cannot be checked is `any`, with a warning that says so. */
export function readShape(document: SpecDocument, pointer: string, problems: Problems): Shape {
  return readAt({ document, problems, left: MAX_SHAPES }, pointer, 0);
}

function readAt(reading: Reading, pointer: string, depth: number): Shape {
  const { document, problems } = reading;
  const found = resolve(document, pointer);
  reading.left -= 1;
  if (found === undefined) {
    // Where no schema is given at all, nothing is demanded.
    if (resolvePointer(document.value, pointer) === undefined) return anyShape('');
    const hint = 'Correct the reference.';
    problems.add(error('R005', 'a $ref of the request leads nowhere', hint, locationOf(document, pointer)));
    return anyShape('');
  }
  const { value, pointer: at } = found;
  if (!isObject(value) || depth > MAX_DEPTH || reading.left < 0) return anyShape('');
  const shapes = [
    ...(typeOf(value).name === undefined && hasCombination(value) ? [] : [readPlain(reading, value, at, depth)]),
    ...readCombined(reading, value, at, depth),
  ];
  // Of alternatives that are nothing but null, none is left.
  const demanded = shapes.length === 0 ? anyShape('') : shapes.reduce((all, next) => both(all, next));
  const limits = readLimits(reading, value, at, depth);
  const isKnown = shapes.some(({ kind }) => kind !== 'any') || (shapes.length === 0 && limits.length > 0);
  if (demanded.kind === 'any' && isKnown) reportAny(reading, at);
  const shape = limits.reduce(within, demanded);
  const isNullable = own(value, 'nullable') === true || typeOf(value).nullable;
  const nullable = isNullable || shape.nullable;
  return { ...shape, nullable, description: textOf(value) || shape.description };
}

const COMBINATIONS = ['allOf', 'anyOf', 'oneOf'] as const;

function hasCombination(schema: JsonObject): boolean {
  return COMBINATIONS.some((word) => ownList(schema, word).length > 0);
}

/** What `allOf` demands together, and what the alternatives of `anyOf` and `oneOf` have in common. */
function readCombined(reading: Reading, schema: JsonObject, at: string, depth: number): Shape[] {
  const read = (word: string, index: number): Shape => readAt(reading, `${at}/${word}/${index}`, depth + 1);
  const all = ownList(schema, 'allOf').flatMap((_, index) =>
    isLimit(resolve(reading.document, `${at}/allOf/${index}`)?.value) ? [] : [read('allOf', index)],
  );
  const alternatives = (['anyOf', 'oneOf'] as const).flatMap((word) => {
    const list = ownList(schema, word);
    const real = list.flatMap((item, index) => (isNull(item) || isUnset(item) ? [] : [read(word, index)]));
    if (real.length === 0) return [];
    const shape = real.reduce((one, other) => either(one, other));
    for (const name of withoutType(shape, real)) reportAny(reading, at, name);
    return [{ ...shape, nullable: shape.nullable || list.some(isNull) }];
  });
  return [...all, ...alternatives];
}

function isNull(schema: JsonValue): boolean {
  return (
    own(schema, 'type') === 'null' ||
    (own(schema, 'enum') !== undefined && ownList(schema, 'enum').every((item) => item === null))
  );
}

/** Some APIs take an empty text for "unset": it has no meaning where something is created. */
function isUnset(schema: JsonValue): boolean {
  const values = ownList(schema, 'enum');
  return values.length === 1 && values[0] === '';
}

function readPlain(reading: Reading, value: JsonObject, at: string, depth: number): Shape {
  const description = textOf(value);
  const type = typeOf(value);
  const base = { nullable: false, description };
  switch (type.name) {
    case 'string':
      return { ...base, kind: 'string', ...readTextRules(reading, value, at) };
    case 'integer':
    case 'number':
      return { ...base, kind: type.name, ...readNumberRules(reading, value, at) };
    case 'boolean':
      return { ...base, kind: 'boolean' };
    case 'array':
      return {
        ...base,
        kind: 'array',
        items: own(value, 'items') === undefined ? anyShape('') : readAt(reading, `${at}/items`, depth + 1),
        minItems: ownNumber(value, 'minItems'),
        maxItems: ownNumber(value, 'maxItems'),
      };
    case 'object':
      return { ...base, kind: 'object', ...objectRules(reading, value, at, depth) };
    default:
      if (Object.keys(value).some((key) => key !== 'description')) reportAny(reading, at);
      return { ...base, kind: 'any' };
  }
}

/** @param field - of a schema of alternatives, where it is not the schema itself that has none. */
function reportAny({ document, problems }: Reading, at: string, field = ''): void {
  const hint = 'Values of it are sent as they are given.';
  const subject = field === '' ? 'this schema' : `'${field}' of these alternatives`;
  const message = `${subject} has no single type, so values are not checked before sending`;
  problems.add(warning('R043', message, hint, locationOf(document, at)));
}

/** Short enough for the comment of a field. */
function textOf(schema: JsonObject): string {
  return shortText(ownText(schema, 'description') ?? '', MAX_TEXT);
}

function anyShape(description: string): Shape {
  return { kind: 'any', nullable: true, description };
}

/** The type of a schema: in words (3.0), in a list with `null` (3.1), or by what only that type can have. */
function typeOf(schema: JsonObject): { readonly name: string | undefined; readonly nullable: boolean } {
  const type = own(schema, 'type');
  if (typeof type === 'string') return { name: type, nullable: false };
  if (Array.isArray(type)) {
    const names = type.filter((name) => name !== 'null');
    const [name] = names;
    return { name: names.length === 1 ? String(name) : undefined, nullable: type.includes('null') };
  }
  if (isObject(own(schema, 'properties')) || isObject(own(schema, 'additionalProperties'))) {
    return { name: 'object', nullable: false };
  }
  if (own(schema, 'items') !== undefined) return { name: 'array', nullable: false };
  return typeOfValues(schema) ?? { name: undefined, nullable: false };
}

/** The one type of all the values that a schema lists. */
function typeOfValues(schema: JsonObject): ReturnType<typeof typeOf> | undefined {
  const single = own(schema, 'const');
  const values = single === undefined ? ownList(schema, 'enum') : [single];
  const names = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  const [name] = names;
  if (name === undefined || names.size > 1 || name === 'object') return undefined;
  const isWhole = name === 'number' && values.every((value) => value === null || Number.isInteger(value));
  return { name: isWhole ? 'integer' : name, nullable: values.includes(null) };
}

/** Limits without a type, of the schema itself and of the parts of its `allOf`: they hold for values of their type only. */
function readLimits(reading: Reading, schema: JsonObject, at: string, depth: number): readonly Shape[] {
  const parts = ownList(schema, 'allOf').flatMap((_, index) => {
    const part = resolve(reading.document, `${at}/allOf/${index}`);
    return part !== undefined && isLimit(part.value) ? [part] : [];
  });
  const ofItself = hasCombination(schema) && typeOf(schema).name === undefined ? [{ value: schema, pointer: at }] : [];
  return [...ofItself, ...parts].flatMap(({ pointer, value }) => {
    const type = isObject(value) ? typeOfLimits(value) : undefined;
    return isObject(value) && type !== undefined ? [readPlain(reading, { ...value, type }, pointer, depth)] : [];
  });
}

/** Whether a schema has no type of its own, and limits for values of one. */
function isLimit(schema: JsonValue = null): boolean {
  const isUntyped = isObject(schema) && typeOf(schema).name === undefined && !hasCombination(schema);
  return isUntyped && typeOfLimits(schema) !== undefined;
}

/** The type that limits are for: no type is demanded by them. */
function typeOfLimits(schema: JsonObject): string | undefined {
  const has = (...words: readonly string[]): boolean => words.some((word) => own(schema, word) !== undefined);
  if (has('minLength', 'maxLength', 'pattern')) return 'string';
  if (has('minItems', 'maxItems')) return 'array';
  return has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf') ? 'number' : undefined;
}

function objectRules(reading: Reading, schema: JsonObject, at: string, depth: number) {
  const required = ownList(schema, 'required');
  const fields = sortedEntries(ownObject(schema, 'properties')).flatMap(([name]) => {
    const pointer = `${at}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    // What only the provider writes is not part of a request, even where one schema serves both ways.
    const isReadOnly = own(own(ownObject(schema, 'properties'), name), 'readOnly') === true;
    if (isReadOnly || own(resolve(reading.document, pointer)?.value, 'readOnly') === true) return [];
    const shape = readAt(reading, pointer, depth + 1);
    return [{ name, required: required.includes(name), shape }];
  });
  return { fields, closed: own(schema, 'additionalProperties') === false };
}
