import type { Path } from '../ir.js';
import { isObject, type JsonObject, own, ownList, ownObject, ownText } from '../json.js';
import { toPointer } from '../pointer.js';
import { resolve, type SpecDocument } from './spec-document.js';

/** A schema that a path of a body may lead to. */
export interface SchemaAt {
  readonly schema: JsonObject;
  readonly pointer: string;
  /** Whether something on the way may be null. */
  readonly nullable: boolean;
}

/** More alternatives than any refund needs; stops on schemas that refer to themselves. */
const MAX_ALTERNATIVES = 64;

/** Every schema that a path may lead to, through references and all alternatives of `allOf`, `anyOf` and `oneOf`. */
export function schemasAt(document: SpecDocument, pointer: string, path: Path): readonly SchemaAt[] {
  let current: SchemaAt[] = [];
  expand(document, pointer, false, current);
  for (const key of path) {
    const next: SchemaAt[] = [];
    for (const { schema, pointer: at, nullable } of current) {
      const place = /^\d+$/.test(key) && own(schema, 'items') !== undefined ? ['items'] : ['properties', key];
      const child = place[0] === 'items' ? own(schema, 'items') : own(ownObject(schema, 'properties'), key);
      if (child !== undefined) expand(document, `${at}${toPointer(place)}`, nullable, next);
    }
    current = next;
  }
  return current;
}

/** Adds a schema and its alternatives, as long as there is room. */
function expand(document: SpecDocument, pointer: string, nullable: boolean, into: SchemaAt[], depth = 0): void {
  const found = into.length < MAX_ALTERNATIVES && depth <= 8 ? resolve(document, pointer) : undefined;
  if (found === undefined || !isObject(found.value)) return;
  const { value: schema, pointer: at } = found;
  const here = nullable || isNullable(schema);
  into.push({ schema, pointer: at, nullable: here });
  for (const word of ['allOf', 'anyOf', 'oneOf']) {
    for (const index of ownList(schema, word).keys()) {
      expand(document, `${at}/${word}/${index}`, here, into, depth + 1);
    }
  }
}

function isNullable(schema: JsonObject): boolean {
  const type = own(schema, 'type');
  return own(schema, 'nullable') === true || (Array.isArray(type) && type.includes('null'));
}

/** The one type of a schema, `null` aside. */
export function typeName(schema: JsonObject): string | undefined {
  const type = own(schema, 'type');
  const names = (Array.isArray(type) ? type : [type]).filter((name) => name !== 'null');
  return names.length === 1 ? (ownText({ type: names[0] ?? null }, 'type') ?? undefined) : undefined;
}
