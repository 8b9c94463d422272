import { isObject, type JsonObject, type JsonValue, ownList, ownObject, ownText } from '../json.js';
import { fromPointer, toPointer } from '../pointer.js';

/** Who a schema says something to: who sends, or who reads. */
export type Side = 'answer' | 'request';

/** Keywords that hold schemas: in a map of names, in a list, and alone. */
const IN_MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties']);
const IN_LISTS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const ALONE: ReadonlySet<string> = new Set(['additionalProperties', 'items']);

type Change = (schema: JsonValue, keyword: string) => JsonValue;

/** A copy of a schema with other schemas inside of it. */
export function mapSubschemas(schema: JsonObject, change: Change): JsonObject {
  return mapValues(schema, (value, key) => {
    if (IN_MAPS.has(key)) return isObject(value) ? mapValues(value, (item) => change(item, key)) : value;
    if (Array.isArray(value)) {
      return IN_LISTS.has(key) || key === 'items' ? value.map((item: JsonValue) => change(item, key)) : value;
    }
    return ALONE.has(key) ? change(value, key) : value;
  });
}

/** The schemas inside of a schema. */
export function subschemasOf(schema: JsonValue): readonly JsonValue[] {
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]): readonly JsonValue[] => {
    if (IN_MAPS.has(key)) return isObject(value) ? Object.values(value) : [];
    if (Array.isArray(value)) return IN_LISTS.has(key) || key === 'items' ? value : [];
    return ALONE.has(key) ? [value] : [];
  });
}

/** A copy of a document with other schemas; schemas inside of schemas are left to the change itself. */
export function mapSchemas(document: JsonObject, change: (schema: JsonValue, side: Side) => JsonValue): JsonObject {
  const components = ownObject(document, 'components');
  const inHolder = (side: Side) => (holder: JsonValue) => mapHolder(holder, (schema) => change(schema, side));
  const paths = mapValues(ownObject(document, 'paths'), (item) =>
    mapObject(item, (value, key) =>
      key === 'parameters' ? mapList(value, inHolder('answer')) : mapOperation(value, inHolder),
    ),
  );
  const mapped = mapValues(components, (section, kind) =>
    mapObject(section, (value) => {
      if (kind === 'schemas') return change(value, 'answer');
      return inHolder(kind === 'requestBodies' ? 'request' : 'answer')(value);
    }),
  );
  return { ...document, paths, components: mapped };
}

function mapOperation(operation: JsonValue, inHolder: (side: Side) => (holder: JsonValue) => JsonValue): JsonValue {
  return mapObject(operation, (value, key) => {
    if (key === 'parameters') return mapList(value, inHolder('answer'));
    if (key === 'requestBody') return inHolder('request')(value);
    return key === 'responses' ? mapObject(value, inHolder('answer')) : value;
  });
}

/** A parameter, a body, an answer or a header: what has schemas, of its own, in its content or in its headers. */
function mapHolder(holder: JsonValue, change: (schema: JsonValue) => JsonValue): JsonValue {
  return mapObject(holder, (value, key) => {
    if (key === 'schema') return change(value);
    return key === 'content' || key === 'headers' ? mapObject(value, (item) => mapHolder(item, change)) : value;
  });
}

function mapList(value: JsonValue, change: (item: JsonValue) => JsonValue): JsonValue {
  return Array.isArray(value) ? value.map(change) : value;
}

function mapObject(value: JsonValue, change: (item: JsonValue, key: string) => JsonValue): JsonValue {
  return isObject(value) ? mapValues(value, change) : value;
}

function mapValues(value: JsonObject, change: (item: JsonValue, key: string) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
}

/** The schemas of a document that have names. */
export function namedSchemas(document: JsonObject): JsonObject {
  return ownObject(ownObject(document, 'components'), 'schemas');
}

const SCHEMAS = '#/components/schemas/';

/** The name of the schema that a value refers to. */
export function refName(value: JsonValue): string | undefined {
  const ref = ownText(value, '$ref');
  if (!ref?.startsWith(SCHEMAS)) return undefined;
  return fromPointer(`/${decoded(ref.slice(SCHEMAS.length))}`)[0];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A reference to a schema as a URI fragment: what would end it, or be decoded, is encoded. */
export function refTo(name: string): string {
  return `#${toPointer(['components', 'schemas', name]).replaceAll('%', '%25').replaceAll('#', '%23')}`;
}

/** The names of everything that schemas refer to, also through others. */
export function reachedFrom(roots: readonly JsonValue[], schemas: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  const stack = [...roots];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    const name = refName(value);
    if (name !== undefined && !names.has(name)) {
      names.add(name);
      if (Object.hasOwn(schemas, name)) stack.push(schemas[name] ?? null);
    }
    stack.push(...subschemasOf(value), ...mappedBy(value));
  }
  return names;
}

/** References that a discriminator makes. */
function mappedBy(value: JsonValue): readonly JsonValue[] {
  const mapping = Object.values(ownObject(ownObject(value, 'discriminator'), 'mapping'));
  return mapping.map(($ref) => ({ $ref }));
}

/** The members of a list of texts. */
export function textsIn(value: JsonValue, key: string): readonly string[] {
  return ownList(value, key).filter((item) => typeof item === 'string');
}
