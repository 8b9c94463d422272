import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';
import { withTruthfulDiscriminator } from './types-discriminators.js';
import { mapSchemas, mapSubschemas, namedSchemas, textsIn } from './types-walk.js';

/**
 * Every schema in a form that openapi-typescript reads as it is meant: it stops, or prints what is no type, where a
 * schema is only nearly one.
 */
export function repairSchemas(document: JsonObject): JsonObject {
  const repaired = mapSchemas(document, repairSchema);
  const schemas = namedSchemas(repaired);
  const truthful = (schema: JsonValue): JsonValue =>
    isObject(schema) ? withTruthfulDiscriminator(mapSubschemas(schema, truthful), schemas) : schema;
  // It reads 3.2 as it reads 3.1, but its linter does not know the number.
  const version = (ownText(document, 'openapi') ?? '').replace(/^3\.[2-9]\b.*/, '3.1.0');
  return { ...mapSchemas(repaired, truthful), openapi: version };
}

function repairSchema(value: JsonValue): JsonValue {
  if (value === false) return false;
  if (!isObject(value)) return {};
  const inside = mapSubschemas(value, (schema, keyword) =>
    keyword === 'additionalProperties' && typeof schema === 'boolean' ? schema : repairSchema(schema),
  );
  return withComposition(withValues(withFields(withType(inside))));
}

const TYPES: readonly string[] = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** Only types that there are, one by itself and several as a list; what has items is an array. */
function withType(schema: JsonObject): JsonObject {
  const { type, ...rest } = schema;
  if (type === undefined) return own(schema, 'items') === undefined ? schema : { ...schema, type: 'array' };
  const given: readonly JsonValue[] = Array.isArray(type) ? type : [type];
  // YAML reads `type: [string, null]` as a word and a value.
  const words = given.map((item) => (item === null && Array.isArray(type) ? 'null' : item));
  const known = [...new Set(words.filter((item) => typeof item === 'string' && TYPES.includes(item)))];
  const [only] = known;
  if (only === undefined) return rest;
  return { ...rest, type: known.length === 1 ? only : known };
}

function isOf(schema: JsonObject, type: string): boolean {
  const given = own(schema, 'type');
  return given === type || (Array.isArray(given) && given.includes(type));
}

/** Fields of objects only: next to them, the values of a text would not be seen. */
function withFields(schema: JsonObject): JsonObject {
  const isObjectSchema = own(schema, 'type') === undefined || isOf(schema, 'object');
  const entries = Object.entries(schema).flatMap(([key, value]): [string, JsonValue][] => {
    switch (key) {
      case 'properties':
      case 'patternProperties':
        return isObject(value) && isObjectSchema ? [[key, value]] : [];
      case 'additionalProperties':
        return isObjectSchema && (isObject(value) || typeof value === 'boolean') ? [[key, value]] : [];
      case 'required':
        return Array.isArray(value) ? [[key, [...textsIn(schema, 'required')]]] : [];
      default:
        return [[key, value]];
    }
  });
  return Object.fromEntries(entries);
}

/** Values that can be written as literals. */
function withValues(schema: JsonObject): JsonObject {
  const { const: constant, enum: _, ...rest } = schema;
  if (constant !== undefined) {
    if (constant === null) return { ...rest, enum: [null] };
    return isLiteral(constant) ? { ...rest, const: constant } : rest;
  }
  const values = ownList(schema, 'enum').filter(isLiteral);
  const isListed = values.length > 0 && !isOf(schema, 'object') && own(schema, 'properties') === undefined;
  return isListed ? { ...rest, enum: values } : rest;
}

/** YAML has numbers that JSON and TypeScript have no literal for. */
function isLiteral(value: JsonValue): boolean {
  return typeof value !== 'number' || Number.isFinite(value);
}

/** Lists of alternatives that are lists, and have some. */
function withComposition(schema: JsonObject): JsonValue {
  const entries: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'items' && Array.isArray(value))
      entries.push(...(value.length === 0 ? [] : [['prefixItems', value] as [string, JsonValue]]));
    else if (!LISTS.has(key)) entries.push([key, value]);
    else if (Array.isArray(value) && value.length > 0) {
      // No value satisfies `false`: as one of all, none satisfies the whole; as one of many, it is not there.
      if (key === 'allOf' && value.includes(false)) return false;
      const possible =
        key === 'prefixItems'
          ? value.map((item) => (item === false ? {} : item))
          : value.filter((item) => item !== false);
      if (possible.length === 0) return false;
      entries.push([key, possible]);
    }
  }
  const whole = Object.fromEntries(entries);
  return Object.keys(ownObject(whole, 'discriminator')).length === 0 ? withoutDiscriminator(whole) : whole;
}

function withoutDiscriminator(schema: JsonObject): JsonObject {
  const { discriminator: _, ...rest } = schema;
  return rest;
}

const LISTS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
