import { isObject, type JsonObject, own, ownList, ownObject, sortedEntries } from '../json.js';
import { toPointer } from '../pointer.js';
import { resolve, type SpecDocument } from './spec-document.js';

/** A field of a body, wherever it is nested. */
export interface Field {
  /** Keys from the root of the body; `[]` is an item of a list. */
  readonly path: readonly string[];
  /** Of the schema, after following references. */
  readonly pointer: string;
  /** Of the property that refers to it: its description may say more than the schema's own. */
  readonly property: string;
  readonly schema: JsonObject;
  /** Whether the field and all around it must be there. */
  readonly required: boolean;
}

/** More fields than any refund has; stops on schemas that refer to themselves, and on hostile ones. */
const MAX_FIELDS = 1000;
const MAX_DEPTH = 5;
const MAX_ALTERNATIVES = 8;

/** A document does not change, and several rules look into the same body. */
const known = new WeakMap<SpecDocument, Map<string, readonly Field[]>>();

/**
 * Every field of a schema, through references, lists and all alternatives, the outer ones first.
 *
 * @param depth - how many levels of fields to list.
 */
export function fieldsOf(document: SpecDocument, pointer: string, depth = MAX_DEPTH): readonly Field[] {
  const ofDocument = known.get(document) ?? new Map<string, readonly Field[]>();
  known.set(document, ofDocument);
  // A thousand operations may refer to one schema: it is listed once, by its own place.
  const key = `${depth} ${resolve(document, pointer)?.pointer ?? pointer}`;
  const fields = ofDocument.get(key) ?? listFields(document, pointer, depth);
  ofDocument.set(key, fields);
  return fields;
}

function listFields(document: SpecDocument, pointer: string, most: number): readonly Field[] {
  const fields: Field[] = [];
  const root: Field[] = [];
  expand(document, { path: [], pointer, property: pointer, required: true }, root);
  let level: readonly Field[] = root;
  for (let depth = 0; depth < most && level.length > 0; depth += 1) {
    const next: Field[] = [];
    for (const holder of level) addChildren(document, holder, next, MAX_FIELDS - fields.length);
    fields.push(...next);
    level = next;
  }
  return fields;
}

type Place = Omit<Field, 'schema'>;

/** @param most - how many fields there may be at last: what is behind them is not looked at. */
function addChildren(
  document: SpecDocument,
  { path, pointer, required, schema }: Field,
  found: Field[],
  most: number,
): void {
  const isRequired = new Set(ownList(schema, 'required'));
  const names = found.length < most ? sortedEntries(ownObject(schema, 'properties')) : [];
  for (const [name] of names) {
    const property = pointer + toPointer(['properties', name]);
    const place = { path: [...path, name], pointer: property, property };
    expand(document, { ...place, required: required && isRequired.has(name) }, found, most);
  }
  if (own(schema, 'items') === undefined) return;
  const property = `${pointer}/items`;
  expand(document, { path: [...path, '[]'], pointer: property, property, required }, found, most);
}

/**
 * Adds a schema and its alternatives. Of one of several alternatives, no field is required. A schema whose alternatives
 * are it itself would have more of them than there is time to count: enough is enough.
 */
function expand(document: SpecDocument, place: Place, into: Field[], most = MAX_FIELDS, depth = 0): void {
  const found = into.length < most && depth <= 6 ? resolve(document, place.pointer) : undefined;
  if (found === undefined || !isObject(found.value)) return;
  into.push({ ...place, pointer: found.pointer, schema: found.value });
  for (const word of ['allOf', 'anyOf', 'oneOf'] as const) {
    const list = ownList(found.value, word).slice(0, MAX_ALTERNATIVES);
    const real = list.filter((item) => own(item, 'type') !== 'null');
    const required = place.required && (word === 'allOf' || real.length === 1);
    for (const index of list.keys()) {
      expand(document, { ...place, pointer: `${found.pointer}/${word}/${index}`, required }, into, most, depth + 1);
    }
  }
}

/** Where the schema of an operation's request body is, by media type. */
export function bodySchemas(
  document: SpecDocument,
  operation: string,
): readonly { readonly mediaType: string; readonly pointer: string }[] {
  return mediaTypes(document, `${operation}/requestBody`);
}

/** Where the schema of an answer is, by media type. */
export function answerSchemas(
  document: SpecDocument,
  operation: string,
  status: string,
): readonly { readonly mediaType: string; readonly pointer: string }[] {
  return mediaTypes(document, operation + toPointer(['responses', status]));
}

function mediaTypes(document: SpecDocument, holder: string) {
  const found = resolve(document, holder);
  if (found === undefined) return [];
  return sortedEntries(ownObject(found.value, 'content')).map(([mediaType]) => ({
    mediaType,
    pointer: found.pointer + toPointer(['content', mediaType, 'schema']),
  }));
}
