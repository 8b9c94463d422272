import { isObject, type JsonValue, own, ownText } from '../json.js';
import { decodeRef, resolve, type SpecDocument } from '../load/spec-document.js';
import { fromPointer, resolvePointer, toPointer } from '../pointer.js';
import type { Reference } from './copy-schema.js';

/** Finds what a reference names: its pointer in the document, or `undefined` where it leads nowhere. */
export type FindTarget = (reference: Reference) => string | undefined;

export function targetFinder(document: SpecDocument): FindTarget {
  let names: ReadonlyMap<string, string | undefined> | undefined;
  return (reference) => {
    const { holder, text } = reference;
    if (!text.startsWith('#/')) {
      // Few documents have names of this kind, and all of it has to be read to find them.
      names ??= collectNames(document.value);
      return names.get(text);
    }
    return inDocument(document, reference, decodeRef(text)) ?? inResource(document, reference, holder);
  };
}

function inDocument(document: SpecDocument, { kind }: Reference, pointer: string): string | undefined {
  const keys = fromPointer(pointer);
  // The components themselves, and the lists of them, are no component.
  if (keys.length < (keys[0] === 'components' ? 3 : 2)) return undefined;
  const value = resolvePointer(document.value, pointer);
  // Only schemas can be names for other schemas in TypeScript: of other components, the last in a chain is meant.
  if (value === undefined || kind !== 'schemas') {
    const found = resolve(document, pointer);
    return found !== undefined && isObject(found.value) ? found.pointer : undefined;
  }
  return isObject(value) || typeof value === 'boolean' ? toPointer(keys) : undefined;
}

/** Inside of a schema with an `$id` of its own, pointers begin at that schema (JSON Schema 2020-12, 8.2.1). */
function inResource(document: SpecDocument, reference: Reference, holder: string): string | undefined {
  const keys = fromPointer(holder);
  for (let length = keys.length - 1; length > 0; length -= 1) {
    const resource = toPointer(keys.slice(0, length));
    if (ownText(resolvePointer(document.value, resource), '$id') === undefined) continue;
    return inDocument(document, reference, `${resource}${decodeRef(reference.text)}`);
  }
  return undefined;
}

/** What `$id`, `$anchor` and `$dynamicAnchor` name. A name that is given twice names nothing. */
function collectNames(root: JsonValue): ReadonlyMap<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  const stack: { readonly value: JsonValue; readonly pointer: string }[] = [{ value: root, pointer: '' }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { pointer, value } = item;
    if (typeof value !== 'object' || value === null) continue;
    const given = new Set(
      ['$id', '$anchor', '$dynamicAnchor'].flatMap((keyword) => {
        const name = own(value, keyword);
        if (typeof name !== 'string') return [];
        return [keyword === '$id' ? name : `#${name}`];
      }),
    );
    for (const name of given) names.set(name, names.has(name) ? undefined : pointer);
    for (const [key, child] of Object.entries(value)) {
      stack.push({ value: child, pointer: `${pointer}${toPointer([key])}` });
    }
  }
  return names;
}
