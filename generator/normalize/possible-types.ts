import { isObject, type JsonObject, type JsonValue, own, ownList } from '../json.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';

const TYPES: readonly string[] = ['array', 'boolean', 'null', 'number', 'object', 'string'];

/** The types of JSON that a value of a schema can have. None where the schema contradicts itself, so that no value fits. */
export function possibleTypes(document: SpecDocument, pointer: string): readonly string[] {
  return typesAt(document, pointer, new Map());
}

/** @param known - schemas that have been looked at, or are just being: a circle says nothing new. */
function typesAt(document: SpecDocument, pointer: string, known: Map<string, readonly string[]>): readonly string[] {
  const found = resolve(document, pointer);
  if (found === undefined || !isObject(found.value)) return TYPES;
  const { pointer: at, value } = found;
  const before = known.get(at);
  if (before !== undefined) return before;
  known.set(at, TYPES);
  const read = (word: string) =>
    ownList(value, word).map((_, index) => typesAt(document, `${at}/${word}/${index}`, known));
  const alternatives = (['anyOf', 'oneOf'] as const).map(read).filter((list) => list.length > 0);
  const demands = [ownTypes(value), ...read('allOf'), ...alternatives.map((list) => list.flat())];
  const types = demands.reduce((all, next) => all.filter((type) => next.includes(type)));
  known.set(at, types);
  return types;
}

/** By its `type`, and by the values that it lists. */
function ownTypes(schema: JsonObject): readonly string[] {
  const type = own(schema, 'type');
  const names = (Array.isArray(type) ? type : [type]).map((name) => (name === 'integer' ? 'number' : name));
  const isKnown = names.every((name) => typeof name === 'string' && TYPES.includes(name));
  const byType = isKnown ? TYPES.filter((name) => names.includes(name) || isNullable(schema, name)) : TYPES;
  const single = own(schema, 'const');
  const values = single === undefined ? ownList(schema, 'enum') : [single];
  const listed = values.map(typeOf);
  return values.length === 0 ? byType : byType.filter((name) => listed.includes(name));
}

function isNullable(schema: JsonObject, name: string): boolean {
  return name === 'null' && own(schema, 'nullable') === true;
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
