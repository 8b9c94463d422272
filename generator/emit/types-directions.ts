import { isObject, type JsonObject, type JsonValue, own, ownObject } from '../json.js';
import {
  mapSchemas,
  mapSubschemas,
  namedSchemas,
  reachedFrom,
  refName,
  refTo,
  type Side,
  subschemasOf,
  textsIn,
} from './types-walk.js';

/**
 * Gives requests and answers types of their own where a schema has fields for one direction only: `readOnly` fields are
 * no part of a request, `writeOnly` fields no part of an answer.
 */
export function splitDirections(document: JsonObject): JsonObject {
  const schemas = namedSchemas(document);
  const roots = rootsOf(document);
  const sent = reachedFrom(roots.request, schemas);
  const read = reachedFrom(roots.answer, schemas);
  const directed = Object.keys(schemas).filter((name) => sent.has(name) && hasDirection(schemas, name));
  const requestNames = new Map<string, string>();
  for (const name of directed) {
    // What is only sent needs no second type.
    if (read.has(name)) requestNames.set(name, freeName(`${name}Request`, schemas));
  }
  const sides = {
    request: { flag: 'readOnly', names: requestNames, schemas },
    answer: { flag: 'writeOnly', names: new Map<string, string>(), schemas },
  } as const;
  const split = mapSchemas({ ...document, components: withoutSchemas(document) }, (schema, side) =>
    forSide(schema, sides[side]),
  );
  const named = Object.entries(schemas).flatMap(([name, schema]): [string, JsonValue][] => {
    const requestName = requestNames.get(name);
    const isOnlySent = sent.has(name) && !read.has(name);
    if (requestName === undefined) return [[name, forSide(schema, isOnlySent ? sides.request : sides.answer)]];
    return [
      [name, forSide(schema, sides.answer)],
      [requestName, forSide(schema, sides.request)],
    ];
  });
  const components = ownObject(split, 'components');
  return Object.hasOwn(ownObject(document, 'components'), 'schemas')
    ? { ...split, components: { ...components, schemas: Object.fromEntries(named) } }
    : split;
}

function withoutSchemas(document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(ownObject(document, 'components')).filter(([kind]) => kind !== 'schemas'));
}

/** The schemas that operations begin with. */
function rootsOf(document: JsonObject): Readonly<Record<Side, JsonValue[]>> {
  const roots: Record<Side, JsonValue[]> = { request: [], answer: [] };
  mapSchemas({ ...document, components: withoutSchemas(document) }, (schema, side) => {
    roots[side].push(schema);
    return schema;
  });
  return roots;
}

/** Whether a schema, or one that it refers to, has a field for one direction only. */
function hasDirection(schemas: JsonObject, name: string): boolean {
  const names = reachedFrom([{ $ref: refTo(name) }], schemas);
  const stack = [...names].map((reached) => own(schemas, reached) ?? null);
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (own(value, 'readOnly') === true || own(value, 'writeOnly') === true) return true;
    stack.push(...subschemasOf(value));
  }
  return false;
}

function freeName(wanted: string, schemas: JsonObject): string {
  return Object.hasOwn(schemas, wanted) ? freeName(`${wanted}_`, schemas) : wanted;
}

/** What a side leaves out, and the names that schemas have there. */
interface SideRules {
  readonly flag: 'readOnly' | 'writeOnly';
  readonly schemas: JsonObject;
  readonly names: ReadonlyMap<string, string>;
}

/** A copy without the fields of the other direction, and with references to the schemas of this one. */
function forSide(value: JsonValue, rules: SideRules): JsonValue {
  if (!isObject(value)) return value;
  const target = refName(value);
  const renamed = target === undefined ? undefined : rules.names.get(target);
  if (renamed !== undefined) return { ...value, $ref: refTo(renamed) };
  const properties = Object.entries(ownObject(value, 'properties'));
  const dropped = new Set(properties.filter(([, property]) => hasFlag(property, rules)).map(([name]) => name));
  const left =
    dropped.size === 0
      ? value
      : {
          ...value,
          properties: Object.fromEntries(properties.filter(([name]) => !dropped.has(name))),
          ...(own(value, 'required') === undefined
            ? {}
            : { required: textsIn(value, 'required').filter((name) => !dropped.has(name)) }),
        };
  return withMapping(
    mapSubschemas(left, (child) => forSide(child, rules)),
    rules,
  );
}

/** A discriminator that names the schemas of this side. */
function withMapping(schema: JsonObject, { names }: SideRules): JsonObject {
  const discriminator = ownObject(schema, 'discriminator');
  const mapping = Object.entries(ownObject(discriminator, 'mapping'));
  if (names.size === 0 || mapping.length === 0) return schema;
  const renamed = mapping.map(([value, $ref]) => {
    const name = names.get(refName({ $ref }) ?? '');
    return [value, name === undefined ? $ref : refTo(name)] as const;
  });
  return { ...schema, discriminator: { ...discriminator, mapping: Object.fromEntries(renamed) } };
}

/** Whether a property has a direction: by itself, or by the schemas that it refers to, one by way of the other. */
function hasFlag(property: JsonValue, { flag, schemas }: SideRules): boolean {
  const seen = new Set<string>();
  for (let schema = property; own(schema, flag) !== true; ) {
    const target = refName(schema);
    if (target === undefined || seen.has(target)) return false;
    seen.add(target);
    schema = own(schemas, target) ?? null;
  }
  return true;
}
