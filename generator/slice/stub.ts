import { type JsonObject, type JsonValue, own, ownObject } from '../json.js';

/** What stands in the place of a schema that is cut off: whatever the schema allows, and more. */
export function stubOf(schema: JsonValue | undefined, name: string | undefined): JsonObject {
  const what = name === undefined ? 'this part' : `\`${name.replaceAll('`', "'")}\``;
  const description = `Cut off: refunds do not need ${what} of the spec. As it comes, unchecked.`;
  const kept = ['nullable', 'readOnly', 'writeOnly'].filter((key) => own(schema, key) === true);
  return { description, ...openType(schema), ...Object.fromEntries(kept.map((key) => [key, true])) };
}

function openType(schema: JsonValue | undefined): JsonObject {
  const type = own(schema, 'type');
  if (type === undefined) {
    const isObjectSchema = Object.keys(ownObject(schema, 'properties')).length > 0;
    return isObjectSchema ? { type: 'object', additionalProperties: true } : {};
  }
  const types = Array.isArray(type) ? type : [type];
  if (!types.every((item) => typeof item === 'string' || item === null)) return {};
  return { type, ...(types.includes('object') ? { additionalProperties: true } : {}) };
}
