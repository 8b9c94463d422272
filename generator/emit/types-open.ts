import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';
import { mapSchemas, mapSubschemas, namedSchemas, refName, subschemasOf } from './types-walk.js';

/**
 * In TypeScript, the type of free fields holds for the named ones as well: `{ id: string } & { [key: string]: boolean }`
 * can be written by nobody, and its `id` reads as `never`. Where a named field is of another type, free fields are of any.
 */
export function withOpenFields(document: JsonObject): JsonObject {
  const joined = joinedNames(document);
  const schemas = mapSchemas(document, (schema) => openFields(schema, false));
  const components = ownObject(schemas, 'components');
  const named = Object.entries(namedSchemas(schemas)).map(([name, schema]): [string, JsonValue] => [
    name,
    joined.has(name) ? openFields(schema, true) : schema,
  ]);
  return named.length === 0
    ? schemas
    : { ...schemas, components: { ...components, schemas: Object.fromEntries(named) } };
}

/** @param isJoined - whether `allOf` puts the fields of other schemas beside those of this one. */
function openFields(schema: JsonValue, isJoined: boolean): JsonValue {
  if (!isObject(schema)) return schema;
  const joins = own(schema, 'allOf') !== undefined;
  const inside = mapSubschemas(schema, (item, keyword) => openFields(item, keyword === 'allOf'));
  const free = freeFields(schema);
  const fields = Object.values(ownObject(schema, 'properties'));
  const fits = free.every((type) => fields.every((field) => isWithin(field, type)));
  if (free.length === 0 || (fits && !isJoined && !joins)) return inside;
  const { patternProperties: _, ...rest } = inside;
  return { ...rest, additionalProperties: true };
}

/** The schemas of fields that have no name of their own. */
function freeFields(schema: JsonObject): readonly JsonObject[] {
  const free = [own(schema, 'additionalProperties'), ...Object.values(ownObject(schema, 'patternProperties'))];
  return free.filter((item) => isObject(item)).filter((item) => Object.keys(item).length > 0);
}

const PLAIN: readonly string[] = ['boolean', 'integer', 'number', 'string'];

/** Whether every value of a field is one of the free fields: of one plain type, which the free ones do not narrow. */
function isWithin(field: JsonValue, free: JsonObject): boolean {
  const [wide, type] = [ownText(free, 'type') ?? '', ownText(field, 'type')];
  const isNarrow = NARROWER.some((word) => own(free, word) !== undefined);
  const isNullable = own(field, 'nullable') === true && own(free, 'nullable') !== true;
  const isValues = ownList(field, 'enum').some((value) => value === null);
  return PLAIN.includes(wide) && type === wide && !isNarrow && !isNullable && !isValues;
}

const NARROWER: readonly string[] = ['const', 'enum', 'allOf', 'anyOf', 'oneOf', '$ref'];

/** The names of schemas that `allOf` joins with others, anywhere. */
function joinedNames(document: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (schema: JsonValue): JsonValue => {
    for (const item of ownList(schema, 'allOf')) {
      const name = refName(item);
      if (name !== undefined) names.add(name);
    }
    for (const item of subschemasOf(schema)) visit(item);
    return schema;
  };
  mapSchemas(document, visit);
  return names;
}
