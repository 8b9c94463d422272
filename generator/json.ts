/** A value of a parsed JSON or YAML document. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property of its own; what stands on a prototype is never data of a document. */
export function own(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function ownObject(value: JsonValue | undefined, key: string): JsonObject {
  const found = own(value, key);
  return isObject(found) ? found : {};
}

export function ownText(value: JsonValue | undefined, key: string): string | undefined {
  const found = own(value, key);
  return typeof found === 'string' ? found : undefined;
}

export function ownNumber(value: JsonValue | undefined, key: string): number | null {
  const found = own(value, key);
  // YAML has .nan and .inf, JSON does not.
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

export function ownList(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const found = own(value, key);
  return Array.isArray(found) ? found : [];
}

/** Keys in an order that does not depend on how the document was written, or on the locale. */
export function sortedEntries(value: JsonObject): [string, JsonValue][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
