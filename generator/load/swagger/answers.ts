import { isObject, type JsonObject, type JsonValue, ownText } from '../../json.js';
import { fromPointer, resolvePointer } from '../../pointer.js';
import { decodeFragment } from '../references.js';
import { asObject, type Draft, type Keys, type Moves, mapObject, mediaTypes, set, split } from './moves.js';
import { upgradeSchema, VALUE_KEYS } from './schema.js';

/** The answers of an operation. */
export function upgradeAnswers(root: JsonObject, operation: JsonObject, at: Keys, moves: Moves): JsonValue | undefined {
  const answers = operation['responses'];
  if (!isObject(answers)) return answers;
  const own = mediaTypes(operation['produces']);
  const produces = own ?? mediaTypes(root['produces']) ?? ['application/json'];
  return mapObject(answers, (answer, status) => {
    const place = [...at, 'responses', status];
    const ref = ownText(answer, '$ref');
    if (ref === undefined) return upgradeAnswer(answer, produces, place, place, moves);
    // A shared answer takes its media types from the operation: where that has its own, the answer is written out.
    const pointer = own !== undefined && ref.startsWith('#/') ? decodeFragment(ref.slice(1)) : undefined;
    const target = pointer === undefined ? undefined : resolvePointer(root, pointer);
    if (pointer === undefined || !isObject(target) || ownText(target, '$ref') !== undefined) return answer;
    return upgradeAnswer(target, produces, place, fromPointer(pointer), moves);
  });
}

/** One answer: its schema and its examples become content for each media type. */
export function upgradeAnswer(
  answer: JsonValue,
  produces: readonly string[],
  to: Keys,
  at: Keys,
  moves: Moves,
): JsonValue {
  if (!isObject(answer) || ownText(answer, '$ref') !== undefined) return answer;
  const { schema, examples, headers, ...rest } = answer;
  moves.add(to, at);
  const named = asObject(examples);
  // An example under the name of a media type belongs to it; other names are nothing that Swagger knows.
  const types = schema === undefined ? Object.keys(named).filter((type) => type.includes('/')) : produces;
  const content: Draft = {};
  for (const type of types) {
    const media: Draft = {};
    if (schema !== undefined) {
      moves.add([...to, 'content', type, 'schema'], [...at, 'schema']);
      set(media, 'schema', upgradeSchema(schema));
    }
    const example = Object.hasOwn(named, type) ? named[type] : undefined;
    if (example !== undefined) {
      moves.add([...to, 'content', type, 'example'], [...at, 'examples', type]);
      set(media, 'example', example);
    }
    set(content, type, media);
  }
  return {
    ...rest,
    ...(isObject(headers) && { headers: upgradeHeaders(headers, [...to, 'headers'], [...at, 'headers'], moves) }),
    ...(types.length > 0 && { content }),
  };
}

function upgradeHeaders(headers: JsonObject, to: Keys, at: Keys, moves: Moves): JsonObject {
  return mapObject(headers, (header, name) => {
    if (!isObject(header) || ownText(header, '$ref') !== undefined) return header;
    const [about, { collectionFormat: _, ...rest }] = split(header, VALUE_KEYS);
    moves.add([...to, name, 'schema'], [...at, name]);
    return { ...rest, schema: upgradeSchema(about) };
  });
}
