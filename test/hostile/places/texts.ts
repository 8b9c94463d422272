import { at, type Json, type JsonMap, keyed } from '../../fixtures/json.js';
import { actionsOf, declare, type Pack } from '../../fixtures/pack.js';

/** Keys of OpenAPI that hold text for people. */
const TEXTS = ['description', 'summary', 'title', '$comment', 'bearerFormat'];

/** Keys of OpenAPI that hold values by names of the author. */
const MAPS = new Set(['properties', 'schemas', 'responses', 'parameters', 'paths', 'content', 'securitySchemes']);

/** Every text that a schema may have. */
function addTexts(schema: JsonMap, text: string): void {
  Object.assign(schema, { title: text, description: text, $comment: text, example: text, examples: [text] });
  Object.assign(schema, { externalDocs: { url: text, description: text }, 'x-extension': text });
  if ('enum' in schema) return;
  schema['default'] = { ...keyed(text, text), properties: { description: text, title: text } };
}

/** Every text that a spec and an overlay have, and many more. */
export function injectTexts(pack: Pack, text: string): void {
  const visit = (value: Json, isMap: boolean): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, false);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const key of TEXTS) if (!isMap && typeof value[key] === 'string') value[key] = text;
    const children = Object.entries(value);
    if (!isMap && ('type' in value || 'properties' in value) && !('in' in value)) addTexts(value, text);
    for (const [key, child] of children) if (key !== 'servers') visit(child, !isMap && MAPS.has(key));
  };
  visit(pack.spec, false);
  Object.assign(at(pack.spec, 'info'), { title: text, version: text, contact: { name: text } });
  Object.assign(pack.spec, { tags: [{ name: text, description: text }], 'x-extension': text });
  for (const item of actionsOf(pack)) {
    at(item)['description'] = text;
    // A source in angle brackets is one that nobody has filled in.
    at(item, 'x-refund')['source'] = `Seen: ${text}`;
  }
  at(pack.overlay, 'info')['title'] = text;
  const effects = { duplicate: text, other: text };
  const [path = ''] = Object.keys(at(pack.spec, 'paths'));
  actionsOf(pack).push(declare({ reasons: { sideEffects: effects }, operations: { create: `POST ${path}` } }));
}
