import { isObject, type JsonObject, type JsonValue } from '../../json.js';
import { type Draft, mapObject, set } from './moves.js';

/** What a parameter, a header or an item says about its value beside itself; OpenAPI 3 has it in a schema. */
export const VALUE_KEYS = [
  'type',
  'format',
  'items',
  'default',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'enum',
  'multipleOf',
  'x-nullable',
];

const SCHEMA_MAPS = new Set(['properties', 'patternProperties', 'definitions']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf']);
const SCHEMAS = new Set(['items', 'additionalProperties', 'not']);

/** A schema of Swagger 2.0 as one of OpenAPI 3.0. Everything in it stays where it is. */
export function upgradeSchema(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const upgraded: Draft = {};
  for (const [key, child] of Object.entries(value)) {
    if (key === 'collectionFormat') continue;
    if (key === 'x-nullable') set(upgraded, 'nullable', child);
    else if (key === 'discriminator' && typeof child === 'string') set(upgraded, key, { propertyName: child });
    else if (SCHEMA_MAPS.has(key) && isObject(child)) set(upgraded, key, mapObject(child, upgradeSchema));
    else if (SCHEMA_LISTS.has(key) && Array.isArray(child)) set(upgraded, key, child.map(upgradeSchema));
    else if (SCHEMAS.has(key))
      set(upgraded, key, Array.isArray(child) ? child.map(upgradeSchema) : upgradeSchema(child));
    else set(upgraded, key, child);
  }
  return value['type'] === 'file' ? { ...upgraded, type: 'string', format: 'binary' } : upgraded;
}

/** How a list is written, by its `collectionFormat`. There is no word for tabs. */
export function styleOf(parameter: JsonObject): JsonObject {
  if (parameter['type'] !== 'array') return {};
  const format = parameter['collectionFormat'] ?? 'csv';
  const isQuery = parameter['in'] === 'query' || parameter['in'] === 'formData';
  if (!isQuery) return format === 'csv' ? { style: 'simple', explode: false } : {};
  if (format === 'multi') return { style: 'form', explode: true };
  if (format === 'ssv') return { style: 'spaceDelimited', explode: false };
  if (format === 'pipes') return { style: 'pipeDelimited', explode: false };
  return format === 'csv' ? { style: 'form', explode: false } : {};
}
