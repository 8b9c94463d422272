import { isObject, type JsonObject, type JsonValue, own, ownText } from '../../json.js';
import { fromPointer, resolvePointer } from '../../pointer.js';
import { decodeFragment } from '../references.js';
import { asObject, type Draft, type Keys, type Moves, mediaTypes, set, split } from './moves.js';
import { styleOf, upgradeSchema, VALUE_KEYS } from './schema.js';

/** A parameter and where it stands: references to shared ones are followed, to see what kind it is. */
export interface Parameter {
  /** As it stands in the list: a reference, maybe. */
  readonly written: JsonValue;
  readonly value: JsonObject;
  readonly at: Keys;
}

export function parametersAt(root: JsonObject, value: JsonValue | undefined, at: Keys): readonly Parameter[] {
  if (!Array.isArray(value)) return [];
  return value.map((written, index) => follow(root, written, written, [...at, index], 0));
}

function follow(root: JsonObject, written: JsonValue, value: JsonValue, at: Keys, hops: number): Parameter {
  const ref = ownText(value, '$ref');
  const pointer = ref?.startsWith('#/') && hops < 20 ? decodeFragment(ref.slice(1)) : undefined;
  const target = pointer === undefined ? undefined : resolvePointer(root, pointer);
  if (pointer === undefined || target === undefined) return { written, value: asObject(value), at };
  return follow(root, written, target, fromPointer(pointer), hops + 1);
}

export function isBody({ value }: Parameter): boolean {
  return value['in'] === 'body' || value['in'] === 'formData';
}

/** A parameter of the path, the query or a header. References to shared ones stay. */
export function upgradeParameter({ written, value, at }: Parameter, to: Keys, moves: Moves): JsonValue {
  if (!isObject(written) || ownText(written, '$ref') !== undefined) return written;
  moves.add(to, at);
  const [about, { collectionFormat: _, 'x-example': example, ...rest }] = split(value, VALUE_KEYS);
  if (own(value, 'in') === undefined || own(value, 'schema') !== undefined) return { ...rest, ...about };
  moves.add([...to, 'schema'], at);
  return {
    ...rest,
    ...styleOf(value),
    ...(example !== undefined && { example }),
    schema: upgradeSchema(about),
  };
}

/** The body that parameters make: one of them in the body, or all of a form. */
export function upgradeBody(
  parameters: readonly Parameter[],
  consumes: readonly string[] | undefined,
  to: Keys,
  moves: Moves,
): JsonValue | undefined {
  const body = parameters.find(({ value }) => value['in'] === 'body');
  if (body !== undefined) return upgradeOneBody(body, consumes ?? ['application/json'], to, moves);
  const fields = parameters.filter(({ value }) => value['in'] === 'formData');
  return fields.length === 0 ? undefined : upgradeForm(fields, consumes, to, moves);
}

function upgradeOneBody({ value, at }: Parameter, types: readonly string[], to: Keys, moves: Moves): JsonValue {
  const { name: _name, in: _in, schema = {}, ...rest } = value;
  moves.add(to, at);
  const content: Draft = {};
  for (const type of types) {
    moves.add([...to, 'content', type, 'schema'], [...at, 'schema']);
    set(content, type, { schema: upgradeSchema(schema) });
  }
  return { ...rest, content };
}

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];

function upgradeForm(
  fields: readonly Parameter[],
  consumes: readonly string[] | undefined,
  to: Keys,
  moves: Moves,
): JsonValue {
  const named = consumes?.filter((type) => FORMS.includes(type.split(';')[0]?.trim().toLowerCase() ?? '')) ?? [];
  const hasFile = fields.some(({ value }) => value['type'] === 'file');
  // A form that does not say how it is sent: a file needs the one way, everything else goes the usual one.
  const types = named.length > 0 ? named : [hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
  const required = fields
    .filter(({ value }) => value['required'] === true)
    .flatMap(({ value }) => ownText(value, 'name') ?? []);
  const [first] = fields;
  if (first !== undefined) moves.add(to, first.at.slice(0, -1));
  const content: Draft = {};
  for (const type of types) {
    const schemaAt = [...to, 'content', type, 'schema'];
    const properties: Draft = {};
    const encoding: Draft = {};
    for (const { value, at } of fields) {
      const name = ownText(value, 'name');
      if (name === undefined) continue;
      moves.add([...schemaAt, 'properties', name], at);
      set(properties, name, fieldOf(value));
      if (value['type'] === 'array') set(encoding, name, styleOf(value));
    }
    const schema = { type: 'object', properties, ...(required.length > 0 && { required }) };
    set(content, type, { schema, ...(Object.keys(encoding).length > 0 && { encoding }) });
  }
  return { content, ...(required.length > 0 && { required: true }) };
}

/** A field of a form says about its value what a schema does, and more than a parameter. */
function fieldOf(value: JsonObject): JsonValue {
  const [about, { description, 'x-example': example }] = split(value, VALUE_KEYS);
  return upgradeSchema({
    ...about,
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
  });
}

/** What an operation takes: its own `consumes`, or that of the document. */
export function consumesOf(operation: JsonObject, root: JsonObject): readonly string[] | undefined {
  return mediaTypes(operation['consumes']) ?? mediaTypes(root['consumes']);
}
