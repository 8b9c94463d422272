import { isObject, type JsonObject, type JsonValue, ownObject } from '../json.js';
import { mapSubschemas, namedSchemas, refName } from './types-walk.js';

/**
 * A document whose schemas refer to themselves only through the fields of an object: TypeScript has no types for other
 * circles. What a schema inherits from one of its circle is written out; any other way back is of the type unknown.
 */
export function withoutCircles(document: JsonObject): JsonObject {
  const schemas = new Map(Object.entries(namedSchemas(document)));
  for (const circle of circlesIn(schemas)) {
    const before = new Map([...circle].map((name) => [name, schemas.get(name) ?? {}]));
    for (const name of circle) schemas.set(name, withInherited(schemas.get(name) ?? {}, before));
  }
  for (let [circle] = circlesIn(schemas); circle !== undefined; [circle] = circlesIn(schemas)) {
    const first = [...circle].sort()[0] ?? '';
    schemas.set(first, withoutWayBack(schemas.get(first) ?? {}, first, circle));
  }
  if (schemas.size === 0) return document;
  return { ...document, components: { ...ownObject(document, 'components'), schemas: Object.fromEntries(schemas) } };
}

/** Keywords whose schemas TypeScript has to know to know the type itself. */
const DIRECT: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems']);

/** The schemas that a type consists of, not counting the fields of objects. */
function directNames(schema: JsonValue): readonly string[] {
  const names: string[] = [];
  const stack: JsonValue[] = [schema];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    const name = refName(value);
    if (name !== undefined) names.push(name);
    if (!isObject(value)) continue;
    for (const keyword of DIRECT) {
      const inside = Object.hasOwn(value, keyword) ? value[keyword] : undefined;
      if (inside !== undefined) stack.push(...(Array.isArray(inside) ? inside : [inside]));
    }
  }
  return names;
}

/** The sets of schemas that each consist of each other. */
function circlesIn(schemas: ReadonlyMap<string, JsonValue>): ReadonlySet<string>[] {
  const direct = new Map([...schemas].map(([name, schema]) => [name, directNames(schema)]));
  const reached = new Map([...schemas.keys()].sort().map((name) => [name, reachedBy(direct, name)]));
  const circles: ReadonlySet<string>[] = [];
  const done = new Set<string>();
  for (const [name, names] of reached) {
    if (done.has(name) || !names.has(name)) continue;
    const circle = new Set([...names].filter((other) => reached.get(other)?.has(name) === true));
    for (const member of circle) done.add(member);
    circles.push(circle);
  }
  return circles;
}

function reachedBy(direct: ReadonlyMap<string, readonly string[]>, from: string): ReadonlySet<string> {
  const seen = new Set(direct.get(from));
  for (const name of seen) for (const next of direct.get(name) ?? []) seen.add(next);
  return seen;
}

/** A schema with, in the place of those of its circle that it inherits from, their own fields. */
function withInherited(schema: JsonValue, circle: ReadonlyMap<string, JsonValue>): JsonValue {
  if (!isObject(schema)) return schema;
  return mapSubschemas(schema, (child, keyword) => {
    const parent = keyword === 'allOf' ? circle.get(refName(child) ?? '') : undefined;
    if (parent !== undefined) return ownFields(parent, circle);
    return DIRECT.has(keyword) ? withInherited(child, circle) : child;
  });
}

/** A schema without the alternatives that it has, and without what it inherits from its circle. */
function ownFields(schema: JsonValue, circle: ReadonlyMap<string, JsonValue>): JsonValue {
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).flatMap(([key, value]): [string, JsonValue][] => {
    if (['anyOf', 'discriminator', 'items', 'oneOf', '$ref'].includes(key)) return [];
    if (key !== 'allOf' || !Array.isArray(value)) return [[key, value]];
    const others = value.filter((item) => directNames(item).every((name) => !circle.has(name)));
    return others.length === 0 ? [] : [[key, others]];
  });
  return Object.fromEntries(kept);
}

/** A schema that does not consist of any of its circle. As an alternative to itself, it says nothing. */
function withoutWayBack(schema: JsonValue, self: string, circle: ReadonlySet<string>): JsonValue {
  if (!isObject(schema)) return schema;
  if (circle.has(refName(schema) ?? '')) return {};
  const others = Object.entries(schema).map(([key, value]): [string, JsonValue] => {
    if (!COMPOSITIONS.has(key) || !Array.isArray(value)) return [key, value];
    const kept = value.filter((item) => refName(item) !== self);
    return [key, kept.length === 0 ? value : kept];
  });
  return mapSubschemas(Object.fromEntries(others), (child, keyword) =>
    DIRECT.has(keyword) ? withoutWayBack(child, self, circle) : child,
  );
}

const COMPOSITIONS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);
