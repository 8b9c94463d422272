import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { plainText } from './comment.js';

/** A document whose texts that become comments are fit for that, by the module that makes all comments fit. */
export function withSafeTexts(document: JsonObject): JsonObject {
  return mapTexts(document, false);
}

/** @param names - whether the keys are names of the spec's author, and not words of OpenAPI. */
function mapTexts(value: JsonObject, names: boolean): JsonObject {
  const entries = Object.entries(value).map(([key, child]): [string, JsonValue] => {
    if (!names && COMMENT_TEXTS.has(key)) return [key, typeof child === 'string' ? plainText(child) : child];
    if (!names && VALUES.has(key)) return [key, child];
    if (Array.isArray(child)) return [key, child.map((item) => (isObject(item) ? mapTexts(item, false) : item))];
    return [key, isObject(child) ? mapTexts(child, !names && NAME_MAPS.has(key)) : child];
  });
  return Object.fromEntries(entries);
}

const COMMENT_TEXTS: ReadonlySet<string> = new Set(
  'description summary title format pattern $comment default'.split(' '),
);
/** Keywords of values that become literals, and must stay what they are. */
const VALUES: ReadonlySet<string> = new Set(['const', 'enum', 'required']);
const NAME_MAPS: ReadonlySet<string> = new Set(
  'properties patternProperties schemas responses parameters headers requestBodies paths content mapping'.split(' '),
);
