import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';
import { fromPointer, toPointer } from '../pointer.js';
import { plainText } from './comment.js';

/**
 * The types of a document, by openapi-typescript: the only producer of types of schemas. It changes its input and keeps
 * module-global caches, so it gets a copy and no option that uses them.
 */
export async function printTypes(document: JsonObject): Promise<string> {
  const prepared = withSafeTexts(withExampleProperties(splitDirections(document)));
  // Our document type is any JSON; that this is OpenAPI 3 was checked when it was loaded.
  const ast = await openapiTS(structuredClone(prepared) as unknown as OpenAPI3, {
    silent: true,
    alphabetize: true,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  });
  // What is left of invisible characters is in string literals, and in comments that openapi-typescript makes of values.
  return astToString(ast).replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeInvisible);
}

/** An escape that TypeScript understands in a string literal. */
function escapeInvisible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * Gives requests and answers types of their own where a schema has fields for one direction only: `readOnly` fields are
 * no part of a request, `writeOnly` fields no part of an answer.
 */
export function splitDirections(document: JsonObject): JsonObject {
  const schemas = ownObject(ownObject(document, 'components'), 'schemas');
  const directed = new Set(Object.keys(schemas).filter((name) => hasDirection(schemas, name, new Set())));
  const requestName = new Map([...directed].map((name) => [name, freeName(`${name}Request`, schemas)]));
  const renamed = (value: JsonValue): JsonValue => withoutField(value, 'readOnly', schemas, requestName);
  const answered = (value: JsonValue): JsonValue => withoutField(value, 'writeOnly', schemas, new Map());
  const forRequests = [...requestName].map(([name, own]) => [own, renamed(schemas[name] ?? null)] as const);
  const components = ownObject(document, 'components');
  return {
    ...document,
    paths: mapRequestBodies(ownObject(document, 'paths'), renamed, answered),
    components: {
      ...Object.fromEntries(
        Object.entries(components).map(([kind, value]) => [
          kind,
          kind === 'requestBodies' ? renamed(value) : answered(value),
        ]),
      ),
      schemas: { ...ownObject({ schemas: answered(schemas) }, 'schemas'), ...Object.fromEntries(forRequests) },
    },
  };
}

function hasDirection(schemas: JsonObject, name: string, seen: Set<string>): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  const stack: JsonValue[] = [schemas[name] ?? null];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (Array.isArray(value)) stack.push(...value);
    if (!isObject(value)) continue;
    if (own(value, 'readOnly') === true || own(value, 'writeOnly') === true) return true;
    const target = refName(value);
    if (target !== undefined && hasDirection(schemas, target, seen)) return true;
    stack.push(...Object.values(value));
  }
  return false;
}

const SCHEMA_REF = '#/components/schemas/';

function refName(value: JsonObject): string | undefined {
  const ref = ownText(value, '$ref');
  if (!ref?.startsWith(SCHEMA_REF)) return undefined;
  return fromPointer(`/${decodeFragment(ref.slice(SCHEMA_REF.length))}`)[0];
}

function decodeFragment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function freeName(wanted: string, schemas: JsonObject): string {
  return Object.hasOwn(schemas, wanted) ? freeName(`${wanted}_`, schemas) : wanted;
}

/** A copy without the fields of the other direction, and with references to the schemas of this one. */
function withoutField(
  value: JsonValue,
  flag: 'readOnly' | 'writeOnly',
  schemas: JsonObject,
  names: ReadonlyMap<string, string>,
): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withoutField(item, flag, schemas, names));
  if (!isObject(value)) return value;
  const target = refName(value);
  const renamed = target === undefined ? undefined : names.get(target);
  if (renamed !== undefined) return { ...value, $ref: `#${toPointer(['components', 'schemas', renamed])}` };
  const dropped = Object.entries(ownObject(value, 'properties'))
    .filter(([, property]) => hasFlag(property, flag, schemas))
    .map(([key]) => key);
  const entries = Object.entries(value).map(([key, child]): [string, JsonValue] => {
    if (key === 'properties' && isObject(child) && dropped.length > 0) {
      const kept = Object.entries(child).filter(([name]) => !dropped.includes(name));
      return [key, withoutField(Object.fromEntries(kept), flag, schemas, names)];
    }
    if (key === 'required' && dropped.length > 0) {
      return [key, ownList(value, 'required').filter((name) => !dropped.includes(String(name)))];
    }
    return [key, withoutField(child, flag, schemas, names)];
  });
  return Object.fromEntries(entries);
}

/** Whether a property has a direction: by itself, or by the schema that it refers to. */
function hasFlag(property: JsonValue, flag: 'readOnly' | 'writeOnly', schemas: JsonObject): boolean {
  if (own(property, flag) === true) return true;
  const target = isObject(property) ? refName(property) : undefined;
  return target !== undefined && own(own(schemas, target), flag) === true;
}

function mapRequestBodies(
  paths: JsonObject,
  request: (value: JsonValue) => JsonValue,
  answer: (value: JsonValue) => JsonValue,
): JsonObject {
  const mapOperation = (operation: JsonValue): JsonValue =>
    isObject(operation)
      ? Object.fromEntries(
          Object.entries(operation).map(([key, value]) => [
            key,
            key === 'requestBody' ? request(value) : answer(value),
          ]),
        )
      : operation;
  const mapItem = (item: JsonValue): JsonValue =>
    isObject(item) ? Object.fromEntries(Object.entries(item).map(([key, value]) => [key, mapOperation(value)])) : item;
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, mapItem(item)]));
}

/**
 * openapi-typescript takes a property named `example` for an example, and does not follow its reference: the schema is
 * put in its place.
 */
function withExampleProperties(document: JsonObject): JsonObject {
  const schemas = ownObject(ownObject(document, 'components'), 'schemas');
  const inline = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(inline);
    if (!isObject(value)) return value;
    const example = own(ownObject(value, 'properties'), 'example');
    const target = isObject(example) ? refName(example) : undefined;
    const entries = Object.entries(value).map(([key, child]): [string, JsonValue] => {
      if (key !== 'properties' || target === undefined || !isObject(child)) return [key, inline(child)];
      return [key, { ...ownObject({ child: inline(child) }, 'child'), example: own(schemas, target) ?? {} }];
    });
    return Object.fromEntries(entries);
  };
  return ownObject({ document: inline(document) }, 'document');
}

/** Texts that become comments, made fit for that by the module that makes all comments fit. */
function withSafeTexts(value: JsonObject): JsonObject {
  return mapTexts(value, false);
}

/** @param names - whether the keys are names of the spec's author, and not words of OpenAPI. */
function mapTexts(value: JsonObject, names: boolean): JsonObject {
  const entries = Object.entries(value).map(([key, child]): [string, JsonValue] => {
    if (!names && typeof child === 'string' && COMMENT_TEXTS.has(key)) return [key, plainText(child)];
    if (Array.isArray(child)) return [key, child.map((item) => (isObject(item) ? mapTexts(item, false) : item))];
    return [key, isObject(child) ? mapTexts(child, !names && NAME_MAPS.has(key)) : child];
  });
  return Object.fromEntries(entries);
}

const COMMENT_TEXTS = new Set(['description', 'summary', 'title', 'format', 'pattern', '$comment']);
const NAME_MAPS = new Set([
  'properties',
  'schemas',
  'responses',
  'parameters',
  'headers',
  'requestBodies',
  'paths',
  'content',
]);
