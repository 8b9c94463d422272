import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';
import { toPointer } from '../pointer.js';

/** The kinds of components that go into a slice. */
export type ComponentKind = 'headers' | 'parameters' | 'requestBodies' | 'responses' | 'schemas';

/** A reference that is met while copying. */
export interface Reference {
  /** What stands where the reference stands. */
  readonly kind: ComponentKind;
  readonly text: string;
  /** The pointer of the reference itself. */
  readonly holder: string;
  /** Whether what it names is a part of what the holder itself is, as in `allOf`, and not of one of its fields. */
  readonly top: boolean;
}

/** What is done while parts of the document are copied: copying itself knows where schemas stand, and nothing else. */
export interface Copying {
  /** Whether keywords next to a `$ref` count, as they do since OpenAPI 3.1. */
  readonly siblings: boolean;
  /** The reference to write; `undefined` where it leads nowhere. */
  reference(reference: Reference): JsonObject | undefined;
  /** An object schema without a name, inside of another schema: copied, or replaced. */
  part(pointer: string, schema: JsonObject, copy: () => JsonValue): JsonValue;
  /** A text that becomes a comment, as it is to be written. */
  text(text: string): string;
  /** Told of a value that should be a schema, and is none. */
  strange(pointer: string): void;
}

/** What is written for a reference that leads nowhere. */
const LOST: JsonObject = { description: 'The spec does not have it. As it comes, unchecked.' };

/**
 * A schema with what says something about types, and nothing else.
 *
 * @param top - whether the schema is the copied thing itself, and not one of its fields.
 */
export function copySchema(copying: Copying, value: JsonValue, pointer: string, top: boolean): JsonValue {
  if (typeof value === 'boolean') return value;
  if (!isObject(value)) {
    copying.strange(pointer);
    return {};
  }
  for (const keyword of ['$ref', '$dynamicRef']) {
    const text = own(value, keyword);
    if (typeof text === 'string') return copyReference(copying, value, keyword, text, pointer, top);
    if (text !== undefined) copying.strange(`${pointer}/${keyword}`);
  }
  const copy = (): JsonValue => copyKeywords(copying, value, pointer, true);
  if (top) return copy();
  const isPart = Object.keys(ownObject(value, 'properties')).length > 0;
  return isPart ? copying.part(pointer, value, copy) : copyKeywords(copying, value, pointer, false);
}

function copyReference(
  copying: Copying,
  schema: JsonObject,
  keyword: string,
  text: string,
  pointer: string,
  top: boolean,
): JsonObject {
  const reference = copying.reference({ kind: 'schemas', text, holder: `${pointer}/${keyword}`, top }) ?? LOST;
  if (!copying.siblings) return reference;
  const rest = Object.entries(copyKeywords(copying, schema, pointer, top));
  const notes = rest.filter(([key]) => NOTES.has(key));
  // A type alone adds nothing to that of the reference.
  if (rest.every(([key]) => NOTES.has(key) || key === 'type')) {
    return { ...reference, ...Object.fromEntries(notes) };
  }
  const all = Object.fromEntries(rest);
  return { ...all, allOf: [reference, ...ownList(all, 'allOf')] };
}

function copyKeywords(copying: Copying, schema: JsonObject, pointer: string, top: boolean): JsonObject {
  const entries = Object.entries(schema).flatMap(([key, value]): [string, JsonValue][] => {
    const copied = copyKeyword(copying, key, value, `${pointer}${toPointer([key])}`, top);
    return copied === undefined ? [] : [[key, copied]];
  });
  return Object.fromEntries(entries);
}

/** Keywords of a schema that say nothing about the type itself. */
const NOTES: ReadonlySet<string> = new Set(['title', 'description', 'format', 'default', 'readOnly', 'writeOnly']);
const PLAIN: ReadonlySet<string> = new Set(['type', 'nullable', 'enum', 'const', 'required', 'readOnly', 'writeOnly']);

function copyKeyword(
  copying: Copying,
  key: string,
  value: JsonValue,
  pointer: string,
  top: boolean,
): JsonValue | undefined {
  if (PLAIN.has(key)) return value;
  switch (key) {
    case 'title':
    case 'description':
    case 'format':
      return typeof value === 'string' ? copying.text(value) : undefined;
    case 'default':
      return isShort(value) ? value : undefined;
    case 'properties':
    case 'patternProperties':
      return isObject(value) ? copyFields(copying, value, pointer) : undefined;
    case 'additionalProperties':
      return copySchema(copying, value, pointer, false);
    case 'items':
      return Array.isArray(value) ? copyList(copying, value, pointer, top) : copySchema(copying, value, pointer, top);
    case 'prefixItems':
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return Array.isArray(value) ? copyList(copying, value, pointer, top) : undefined;
    case 'discriminator':
      return copyDiscriminator(copying, value, pointer);
    default:
      return undefined;
  }
}

/** A default stands in a comment: long ones, and whole objects, are no help there. */
function isShort(value: JsonValue): boolean {
  if (typeof value === 'string') return value.length <= 100;
  return typeof value !== 'object' || value === null || (Array.isArray(value) && value.length === 0);
}

function copyFields(copying: Copying, fields: JsonObject, pointer: string): JsonObject {
  const copied = Object.entries(fields).map(
    ([name, value]) => [name, copySchema(copying, value, `${pointer}${toPointer([name])}`, false)] as const,
  );
  return Object.fromEntries(copied);
}

function copyList(copying: Copying, list: readonly JsonValue[], pointer: string, top: boolean): JsonValue[] {
  return list.map((value, index) => copySchema(copying, value, `${pointer}/${index}`, top));
}

/** A discriminator with mappings that are references. */
function copyDiscriminator(copying: Copying, value: JsonValue, pointer: string): JsonObject | undefined {
  const propertyName = ownText(value, 'propertyName');
  if (propertyName === undefined) return undefined;
  const mapping = Object.entries(ownObject(value, 'mapping')).flatMap(([name, target]): [string, JsonValue][] => {
    if (typeof target !== 'string') return [];
    const holder = `${pointer}/mapping${toPointer([name])}`;
    const reference = copying.reference({ kind: 'schemas', text: mappingRef(target), holder, top: false });
    const text = ownText(reference, '$ref');
    return text === undefined ? [] : [[name, text]];
  });
  return mapping.length === 0 ? { propertyName } : { propertyName, mapping: Object.fromEntries(mapping) };
}

/** A mapping may name a schema without its path (OpenAPI 3.0.3, Discriminator Object). */
function mappingRef(target: string): string {
  return target.includes('/') || target.includes('#') ? target : `#${toPointer(['components', 'schemas', target])}`;
}
