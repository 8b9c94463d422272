import { at, type Json, type JsonMap, put } from '../fixtures/json.js';

/** The place of a value in a document, as keys from its root. */
type Keys = readonly string[];

/** Every place in a document, the outer ones first: what is taken away at once is looked at once. */
function placesIn(root: Json): readonly Keys[] {
  const places: Keys[] = [[]];
  for (const keys of places) {
    const value = valueAt(root, keys);
    if (typeof value === 'object' && value !== null) places.push(...Object.keys(value).map((key) => [...keys, key]));
  }
  return places.slice(1);
}

function valueAt(root: Json, keys: Keys): Json | undefined {
  let found: Json | undefined = root;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Array.isArray(found) ? found[Number(key)] : found[key];
  }
  return found;
}

/** A copy without the value at a place. */
function without(root: Json, [key, ...rest]: Keys): Json {
  if (key === undefined || typeof root !== 'object' || root === null) return root;
  const entries = Object.entries(root).flatMap(([name, child]): [string, Json][] => {
    if (name !== key) return [[name, child]];
    return rest.length > 0 ? [[name, without(child, rest)]] : [];
  });
  if (Array.isArray(root)) return entries.map(([, child]) => child);
  const made: JsonMap = {};
  for (const [name, child] of entries) put(made, name, child);
  return made;
}

/**
 * The smallest document found that still fails: values are taken away one after the other, as long as the rest fails.
 * fast-check shrinks what a document was made from, which is slow where one choice depends on another.
 *
 * @param steps - how many documents are tried at most.
 */
export async function reduce(
  document: JsonMap,
  fails: (document: JsonMap) => Promise<boolean>,
  steps: number,
): Promise<JsonMap> {
  let best = document;
  let left = steps;
  for (let before: JsonMap | undefined; before !== best && left > 0; ) {
    before = best;
    for (const keys of placesIn(before)) {
      if (left <= 0 || valueAt(best, keys) === undefined) continue;
      left -= 1;
      const smaller = at(without(best, keys));
      if (await fails(smaller)) best = smaller;
    }
  }
  return best;
}
