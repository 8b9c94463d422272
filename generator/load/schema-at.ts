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
  let current = expand(document, pointer, false);
  for (const key of path) {
    current = current
      .flatMap(({ schema, pointer: at, nullable }) => {
        const place = /^\d+$/.test(key) && own(schema, 'items') !== undefined ? ['items'] : ['properties', key];
        const next = place[0] === 'items' ? own(schema, 'items') : own(ownObject(schema, 'properties'), key);
        return next === undefined ? [] : expand(document, `${at}${toPointer(place)}`, nullable);
      })
      .slice(0, MAX_ALTERNATIVES);
  }
  return current;
}

function expand(document: SpecDocument, pointer: string, nullable: boolean, depth = 0): SchemaAt[] {
  const found = resolve(document, pointer);
  if (found === undefined || !isObject(found.value) || depth > 8) return [];
  const { value: schema, pointer: at } = found;
  const here = nullable || isNullable(schema);
  const alternatives = ['allOf', 'anyOf', 'oneOf'].flatMap((word) =>
    ownList(schema, word).flatMap((_, index) => expand(document, `${at}/${word}/${index}`, here, depth + 1)),
  );
  return [{ schema, pointer: at, nullable: here }, ...alternatives].slice(0, MAX_ALTERNATIVES);
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
