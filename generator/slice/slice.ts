import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText, sortedEntries } from '../json.js';
import { decodeRef, locationOf, resolve, type SpecDocument } from '../load/spec-document.js';
import { fromPointer, resolvePointer, toPointer } from '../pointer.js';
import { error, Problems, type Result } from '../problem.js';

/** An operation that goes into the slice, under the name that it has in the generated code. */
export interface SliceOperation {
  readonly name: string;
  readonly pointer: string;
}

/** Header parameters that OpenAPI 3 gives to the media types and security schemes: they are nobody's parameters. */
export const RESERVED_HEADERS: readonly string[] = ['accept', 'content-type', 'authorization'];

/**
 * A small document with these operations and what they refer to, in an order that does not depend on how the spec was
 * written.
 */
export function slice(document: SpecDocument, operations: readonly SliceOperation[]): Result<JsonObject> {
  const problems = new Problems();
  // Maps, as names of a spec may be `__proto__`.
  const paths = new Map<string, Map<string, JsonValue>>();
  for (const { name, pointer } of operations) {
    const [, path = '', method = ''] = fromPointer(pointer);
    put(paths, path, method, sliceOperation(document, pointer, name));
  }
  const components = new Map<string, Map<string, JsonValue>>();
  const pending = collectRefs(toObject(paths), true);
  const seen = new Set<string>();
  for (let ref = pending.pop(); ref !== undefined; ref = pending.pop()) {
    if (seen.has(ref)) continue;
    seen.add(ref);
    const [root, kind, name] = fromPointer(decodeRef(ref));
    const found = ref.startsWith('#/') ? resolvePointer(document.value, decodeRef(ref)) : undefined;
    if (found !== undefined && root !== 'components') {
      problems.add(elsewhere(document, ref));
      continue;
    }
    const component = resolvePointer(document.value, toPointer(['components', kind ?? '', name ?? '']));
    if (
      found === undefined ||
      root !== 'components' ||
      kind === undefined ||
      name === undefined ||
      component === undefined
    ) {
      problems.add(unresolved(document, ref));
      continue;
    }
    put(components, kind, name, component);
    pending.push(...collectRefs(component, false));
  }
  return problems.result<JsonObject>(
    sortKeys(
      {
        openapi: own(document.value, 'openapi') ?? '3.0.3',
        info: { title: ownText(ownObject(document.value, 'info'), 'title') ?? '', version: '1' },
        paths: toObject(paths),
        components: toObject(components),
      },
      false,
    ),
  );
}

function put(sections: Map<string, Map<string, JsonValue>>, section: string, name: string, value: JsonValue): void {
  const found = sections.get(section) ?? new Map<string, JsonValue>();
  sections.set(section, found.set(name, value));
}

function toObject(sections: ReadonlyMap<string, ReadonlyMap<string, JsonValue>>): JsonObject {
  return Object.fromEntries([...sections].map(([section, values]) => [section, Object.fromEntries(values)]));
}

function sliceOperation(document: SpecDocument, pointer: string, name: string): JsonObject {
  const operation = resolve(document, pointer)?.value;
  const [, path = ''] = fromPointer(pointer);
  const shared = ownList(ownObject(ownObject(document.value, 'paths'), path), 'parameters');
  const parameters = [...shared, ...ownList(operation, 'parameters')].filter((parameter) => {
    const ref = ownText(parameter, '$ref');
    const value = ref === undefined ? parameter : resolve(document, decodeRef(ref))?.value;
    const header = ownText(value, 'in') === 'header' ? ownText(value, 'name') : undefined;
    return header === undefined || !RESERVED_HEADERS.includes(header.toLowerCase());
  });
  const kept = ['summary', 'description', 'requestBody', 'responses'].flatMap((key) => {
    const value = own(operation, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...Object.fromEntries(kept), operationId: name, parameters };
}

/**
 * Every `$ref` and discriminator mapping below a value.
 *
 * @param isMap - whether the keys of the value itself are names of the spec's author.
 */
function collectRefs(root: JsonValue, isMap: boolean): string[] {
  const refs: string[] = [];
  const stack: { readonly value: JsonValue; readonly names: boolean }[] = [{ value: root, names: isMap }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { names, value } = item;
    if (Array.isArray(value)) stack.push(...value.map((child: JsonValue) => ({ value: child, names: false })));
    if (!isObject(value)) continue;
    const ref = names ? undefined : ownText(value, '$ref');
    if (ref !== undefined) refs.push(ref);
    const mapping = names ? {} : ownObject(ownObject(value, 'discriminator'), 'mapping');
    // A mapping may name a schema without its path (OpenAPI 3.0.3, Discriminator Object).
    refs.push(...Object.values(mapping).flatMap((target) => (typeof target === 'string' ? [mappingRef(target)] : [])));
    for (const [key, child] of Object.entries(value)) {
      if (names || !/^examples?$/.test(key)) stack.push({ value: child, names: !names && NAME_MAPS.has(key) });
    }
  }
  return refs;
}

function mappingRef(target: string): string {
  return target.includes('/') || target.includes('#') ? target : `#${toPointer(['components', 'schemas', target])}`;
}

function unresolved(document: SpecDocument, ref: string) {
  const holder = findRef(document.value, ref, []);
  const hint = 'The refund needs it: correct the reference, or put the file into the folder of the spec.';
  return error(
    'R005',
    `$ref ${JSON.stringify(ref)} leads nowhere`,
    hint,
    locationOf(document, toPointer(holder ?? [])),
  );
}

function elsewhere(document: SpecDocument, ref: string) {
  const holder = findRef(document.value, ref, []);
  const hint = 'Move what it names to the components of the document, in the overlay or in the spec.';
  const message = `$ref ${JSON.stringify(ref)} names something outside of the components, which is not supported yet`;
  return error('R045', message, hint, locationOf(document, toPointer(holder ?? [])));
}

function findRef(
  value: JsonValue,
  ref: string,
  keys: readonly (string | number)[],
): readonly (string | number)[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    if (key === '$ref' && child === ref) return [...keys, key];
    const found = findRef(child, ref, [...keys, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Examples and extensions say nothing about types. */
const SAYS_NOTHING = /^(examples?|x-.*|externalDocs|tags|deprecated)$/;

/** @param names - whether the keys are names that the spec's author chose, and so must all be kept. */
function sortKeys(value: JsonObject, names: boolean): JsonObject {
  const entries = sortedEntries(value)
    .filter(([key]) => names || !SAYS_NOTHING.test(key))
    .map(([key, child]) => [key, sortChild(child, NAME_MAPS.has(key) && !names)] as const);
  return Object.fromEntries(entries);
}

const NAME_MAPS = new Set([
  'properties',
  'patternProperties',
  'schemas',
  'responses',
  'parameters',
  'requestBodies',
  'headers',
  'paths',
  'mapping',
  'content',
]);

function sortChild(value: JsonValue, names: boolean): JsonValue {
  if (Array.isArray(value)) return value.map((item) => sortChild(item, false));
  return isObject(value) ? sortKeys(value, names) : value;
}
