import { isObject, type JsonObject, type JsonValue } from '../json.js';

/** A document with other names in it, and the way back from its types. */
export interface Renamed {
  readonly document: JsonObject;
  readonly restore: (types: string) => string;
}

/**
 * openapi-typescript decodes names as if they were a part of a reference, and stops at a percent sign that encodes
 * nothing: another character stands for it until there are types.
 */
export function withoutPercent(document: JsonObject): Renamed {
  const text = JSON.stringify(document);
  if (!text.includes('%')) return { document, restore: (types) => types };
  const free = PRIVATE.find((character) => !text.includes(character)) ?? '';
  const escaped = `\\u${free.charCodeAt(0).toString(16).toUpperCase()}`;
  return {
    document: renamed(document, free),
    restore: (types) => types.replaceAll(free, '%').replaceAll(escaped, '%'),
  };
}

/** Characters of nobody's language; no comment has them. */
const PRIVATE = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0xe000 + index));

/** Keywords whose values are names. */
const NAMES: ReadonlySet<string> = new Set(['name', 'propertyName', 'required']);
/** Keywords whose values are not names, whatever is in them. */
const VALUES: ReadonlySet<string> = new Set(['const', 'default', 'description', 'enum', 'format', 'summary', 'title']);

function renamed(value: JsonObject, free: string): JsonObject {
  const inKey = (text: string): string => text.replaceAll('%', free);
  const change = (item: JsonValue, key: string): JsonValue => {
    if (typeof item === 'string') {
      if (NAMES.has(key)) return inKey(item);
      // References are encoded; their other escapes are read as they should be.
      return VALUES.has(key) ? item : item.replaceAll('%25', free);
    }
    if (Array.isArray(item)) return VALUES.has(key) ? item : item.map((member) => change(member, key));
    return isObject(item) && key !== 'const' && key !== 'default' ? renamed(item, free) : item;
  };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [inKey(key), change(item, key)]));
}
