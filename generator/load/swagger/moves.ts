import { isObject, type JsonObject, type JsonValue } from '../../json.js';
import { fromPointer, toPointer } from '../../pointer.js';

export type Keys = readonly (string | number)[];

/** Which value of the upgraded document stands where in the original one. What is not named stands where it stood. */
export class Moves {
  readonly #origins = new Map<string, string>();
  readonly #targets = new Map<string, string>();

  add(upgraded: Keys, original: Keys): void {
    const [to, from] = [toPointer(upgraded), toPointer(original)];
    this.#origins.set(to, from);
    // A body is written once for each media type: references lead to the first.
    if (!this.#targets.has(from)) this.#targets.set(from, to);
  }

  /** The pointer in the original document. */
  originOf(pointer: string): string {
    return translate(this.#origins, pointer);
  }

  /** The pointer in the upgraded document. */
  targetOf(pointer: string): string {
    return translate(this.#targets, pointer);
  }
}

/** Translates by the longest beginning of a pointer that is known. */
function translate(table: ReadonlyMap<string, string>, pointer: string): string {
  const keys = fromPointer(pointer);
  for (let length = keys.length; length > 0; length -= 1) {
    const found = table.get(toPointer(keys.slice(0, length)));
    if (found !== undefined) return found + toPointer(keys.slice(length));
  }
  return pointer;
}

/** An object that is being written. */
export type Draft = Record<string, JsonValue>;

export function set(target: Draft, key: string, value: JsonValue): void {
  // Assigning `__proto__` would change the object's prototype instead of setting a key.
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A copy with each value changed. */
export function mapObject(value: JsonObject, change: (child: JsonValue, key: string) => JsonValue): JsonObject {
  const copy: Draft = {};
  for (const [key, child] of Object.entries(value)) set(copy, key, change(child, key));
  return copy;
}

/** The keys of an object that are named, and the rest. */
export function split(value: JsonObject, named: readonly string[]): readonly [picked: Draft, rest: Draft] {
  const [picked, rest]: [Draft, Draft] = [{}, {}];
  for (const [key, child] of Object.entries(value)) set(named.includes(key) ? picked : rest, key, child);
  return [picked, rest];
}

/** Media types of `consumes` or `produces`; undefined where none are named. */
export function mediaTypes(value: JsonValue | undefined): readonly string[] | undefined {
  const types = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return types.length > 0 ? types : undefined;
}

export function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
