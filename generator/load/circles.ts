import { isObject, type JsonValue, own } from '../json.js';
import { fromPointer, toPointer } from '../pointer.js';
import { addressOf } from './access.js';
import { decodeFragment, referencesOf, splitRef } from './references.js';

/** Longer than any chain of references that somebody wrote on purpose. */
const MAX_HOPS = 50;

/** The values of the files of a spec, by address: copies, which may be changed. */
export type FileCopies = ReadonlyMap<string, JsonValue>;

/** A place in a file of a spec. */
export interface CopyPlace {
  readonly address: string;
  readonly pointer: string;
}

/** Takes out references that, followed, come back to themselves: bundling would end there. */
export function breakChains(copies: FileCopies): readonly CopyPlace[] {
  const found: CopyPlace[] = [];
  for (const [address, value] of copies) {
    for (const { ref, pointer } of referencesOf(value)) {
      if (ref === undefined || !isEndless(copies, { address, ref }, 0)) continue;
      const holder = follow(value, pointer);
      if (holder === undefined) continue;
      // The caller's own copy.
      delete (holder as Record<string, JsonValue>)['$ref'];
      found.push({ address, pointer });
    }
  }
  return found;
}

function isEndless(
  copies: FileCopies,
  from: { readonly address: string; readonly ref: string },
  hops: number,
): boolean {
  if (hops > MAX_HOPS) return true;
  const { file, fragment } = splitRef(from.ref);
  const address = file === '' ? from.address : addressOf(from.address, file);
  // On the way to its target a reference may come through others.
  let current = copies.get(address);
  for (const key of fromPointer(decodeFragment(fragment))) {
    const inner = own(current, '$ref');
    if (typeof inner === 'string' && own(current, key) === undefined)
      return isEndless(copies, { address, ref: inner }, hops + 1);
    current = Array.isArray(current) ? current[Number(key)] : own(current, key);
  }
  const next = own(current, '$ref');
  return typeof next === 'string' && isEndless(copies, { address, ref: next }, hops + 1);
}

function follow(root: JsonValue, pointer: string): JsonValue | undefined {
  let current: JsonValue | undefined = root;
  for (const key of fromPointer(pointer)) current = Array.isArray(current) ? current[Number(key)] : own(current, key);
  return isObject(current) ? current : undefined;
}

/**
 * Empties objects that contain themselves, and returns their pointers. Bundling makes such where a reference stands that
 * has no component to become: JSON cannot hold them.
 */
export function cutCircles(root: JsonValue): readonly string[] {
  const found: string[] = [];
  const above = new Set<object>();
  const done = new Set<object>();
  const path: string[] = [];
  const visit = (value: JsonValue): void => {
    if (typeof value !== 'object' || value === null || done.has(value)) return;
    above.add(value);
    for (const [key, child] of Object.entries(value)) {
      path.push(key);
      if (typeof child === 'object' && child !== null && above.has(child)) {
        found.push(toPointer(path));
        // The caller's own copy; a list's keys are its indexes.
        (value as Record<string, JsonValue>)[key] = {};
      } else visit(child);
      path.pop();
    }
    above.delete(value);
    done.add(value);
  };
  visit(root);
  return found;
}
