import fc from 'fast-check';
import { type Json, type JsonMap, put } from '../fixtures/json.js';

/** What nobody expects where it stands. */
const WRONG: readonly Json[] = [
  null,
  7,
  '',
  'text',
  true,
  [],
  {},
  [null],
  [7, 'text'],
  { $ref: '#/nowhere' },
  { $ref: 'missing.yaml#/A' },
  { $ref: 7 },
  { $ref: '#/components/schemas/Node' },
  { type: 'object', properties: null },
  { allOf: null, properties: [], required: 'amount', enum: {} },
  { type: ['string', 'null', 7] },
];

/** The holder and the key of every value in a document. */
function placesIn(value: Json): readonly (readonly [JsonMap | Json[], string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[value, key] as const, ...placesIn(child)]);
}

interface Mistake {
  readonly at: number;
  readonly wrong: Json;
}

/** The document with values replaced. The version stays: without it, nothing else would be read. */
function broken(document: JsonMap, mistakes: readonly Mistake[]): JsonMap {
  const copy = structuredClone(document);
  for (const { at, wrong } of mistakes) {
    const places = placesIn(copy).filter(([, key]) => key !== 'openapi' && key !== 'swagger');
    const [holder, key] = places[at % places.length] ?? [];
    if (holder === undefined || key === undefined) continue;
    if (Array.isArray(holder)) holder[Number(key)] = structuredClone(wrong);
    else put(holder, key, structuredClone(wrong));
  }
  return copy;
}

/** Documents of which one in five has one to three mistakes. */
export function withMistakes(documents: fc.Arbitrary<JsonMap>): fc.Arbitrary<JsonMap> {
  const mistake = fc.record({ at: fc.nat(), wrong: fc.constantFrom(...WRONG) });
  const mistakes = fc.oneof(
    { weight: 4, arbitrary: fc.constant<readonly Mistake[]>([]) },
    { weight: 1, arbitrary: fc.array(mistake, { minLength: 1, maxLength: 3 }) },
  );
  return fc.tuple(documents, mistakes).map(([document, found]) => broken(document, found));
}
