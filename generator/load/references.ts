import { isObject, type JsonObject, type JsonValue, own } from '../json.js';
import { fromPointer, toPointer } from '../pointer.js';

/** A `$ref` of a document. */
export interface Reference {
  /** Its text; undefined where it is not text, which is a mistake. */
  readonly ref: string | undefined;
  /** The pointer of the object that holds it. */
  readonly pointer: string;
}

/** Keys below which names stand, and no keywords: a property may be called `example`, or even `$ref`. */
const NAMES = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependentSchemas',
  'paths',
  'schemas',
  'responses',
  'examples',
  'headers',
  'callbacks',
  'content',
]);
/** Keys below which data stand: a `$ref` in them means nothing. */
const DATA = new Set(['example', 'default', 'enum', 'const', 'value', 'x-example', 'x-examples']);

/** Every reference of a document, once for each place. */
export function referencesOf(root: JsonValue): readonly Reference[] {
  const found: Reference[] = [];
  const path: (string | number)[] = [];
  const visit = (value: JsonValue, areNames: boolean): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        path.push(index);
        visit(item, false);
        path.pop();
      });
      return;
    }
    if (!isObject(value)) return;
    const ref = own(value, '$ref');
    // Where names stand, a text is a reference all the same: `paths: { $ref: paths.yaml }`.
    if (typeof ref === 'string') found.push({ ref, pointer: toPointer(path) });
    else if (ref !== undefined && !areNames) found.push({ ref: undefined, pointer: toPointer(path) });
    for (const [key, child] of Object.entries(value)) {
      if (typeof child !== 'object' || child === null || (!areNames && DATA.has(key))) continue;
      path.push(key);
      visit(child, !areNames && NAMES.has(key));
      path.pop();
    }
  };
  // Documents are measured before: the depth is bounded.
  visit(root, false);
  return found;
}

/** The file and the fragment that a reference names; of one into its own file, the file is empty. */
export function splitRef(ref: string): { readonly file: string; readonly fragment: string } {
  const [file = '', ...fragment] = ref.split('#');
  return { file, fragment: fragment.join('#') };
}

/** The pointer of a fragment, percent-decoded as a URI fragment is. */
export function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Whether a pointer leads somewhere in a document. On the way it may come through another reference. */
export function leadsSomewhere(root: JsonValue, pointer: string): boolean {
  if (pointer !== '' && !pointer.startsWith('/')) return false;
  let current: JsonValue | undefined = root;
  for (const key of fromPointer(pointer)) {
    if (isObject(current) && typeof own(current, '$ref') === 'string' && own(current, key) === undefined) return true;
    current = Array.isArray(current) ? current[Number(key)] : own(current, key);
    if (current === undefined) return false;
  }
  return true;
}

/** A document in which references into its own file, named by that file, are local ones. */
export function withLocalRefs(root: JsonObject, isOwn: (file: string) => boolean): void {
  for (const { ref, pointer } of referencesOf(root)) {
    const split = ref === undefined ? undefined : splitRef(ref);
    if (split === undefined || split.file === '' || !isOwn(split.file)) continue;
    const holder = holderAt(root, pointer);
    // The caller's own copy.
    if (holder !== undefined) (holder as Record<string, JsonValue>)['$ref'] = `#${split.fragment}`;
  }
}

function holderAt(root: JsonValue, pointer: string): JsonObject | undefined {
  let current: JsonValue | undefined = root;
  for (const key of fromPointer(pointer)) current = Array.isArray(current) ? current[Number(key)] : own(current, key);
  return isObject(current) ? current : undefined;
}
