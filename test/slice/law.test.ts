import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObject } from '../../generator/json.js';
import { at, type Json, type JsonMap } from '../fixtures/json.js';
import { ref, refundsWith, sliceOf } from './sliced.js';

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

const reference = fc.constantFrom(...NAMES).map((name): Json => ref(name));
const leaf: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  { type: 'string' },
  { type: 'string', enum: ['a', 'b'] },
  { type: 'integer', nullable: true },
  true,
);

/** Schemas of every kind that may have others inside. */
const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    reference,
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((list): Json => ({ oneOf: list })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((list): Json => ({ allOf: list })),
    tie('schema').map((items): Json => ({ type: 'array', items })),
    fc
      .dictionary(fc.constantFrom('id', 'amount', 'next', 'other', '__proto__'), tie('schema'), { maxKeys: 4 })
      .map((properties): Json => ({ type: 'object', properties })),
  ),
}));

const documents = fc.record({
  request: fc.oneof(reference, schema),
  answer: fc.oneof(reference, schema),
  schemas: fc.record(Object.fromEntries(NAMES.map((name) => [name, schema]))),
  spine: fc.constantFrom(...NAMES),
  budget: fc.constantFrom(900, 1_200, 1_500, 2_000, 3_000),
});

const CUT = /^Cut off: /;

function isStub(value: Json): boolean {
  return isObject(value) && typeof value['description'] === 'string' && CUT.test(value['description']);
}

/** Texts are shortened, too. */
function isText(key: string, value: Json): boolean {
  return key === 'description' && typeof value === 'string';
}

/** Whether a value says what another says, but for texts and for parts that are cut off. */
function saysTheSame(small: Json, whole: Json): boolean {
  if (isStub(small)) return true;
  if (typeof small !== 'object' || small === null) return small === whole;
  if (typeof whole !== 'object' || whole === null) return false;
  const keys = Object.keys(small);
  return (
    JSON.stringify(keys) === JSON.stringify(Object.keys(whole)) &&
    keys.every((key) => isText(key, member(small, key)) || saysTheSame(member(small, key), member(whole, key)))
  );
}

function member(value: Json[] | JsonMap, key: string): Json {
  return (Array.isArray(value) ? value[Number(key)] : value[key]) ?? null;
}

/** The names of the schemas that a value refers to, also through others. */
function namesFrom(value: Json, schemas: JsonMap): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) names.add(name);
  };
  collect(JSON.stringify(value));
  for (const name of names) collect(JSON.stringify(schemas[name] ?? null));
  return names;
}

test('cutting never changes what the spine and requests say, nor what is not cut off', () => {
  fc.assert(
    fc.property(documents, ({ answer, budget, request, schemas, spine }) => {
      const document = refundsWith(request, answer, schemas);
      const pointer = `/components/schemas/${spine}`;
      const whole = sliceOf(document, [pointer], Number.POSITIVE_INFINITY);
      const small = sliceOf(document, [pointer], budget);
      expect(whole.cuts).toEqual([]);

      for (const [name, schema] of Object.entries(small.schemas)) {
        expect(saysTheSame(schema, whole.schemas[name] ?? null)).toBe(true);
      }
      const { post } = at(small.document['paths'] as JsonMap, '/refunds');
      expect(saysTheSame(post ?? null, at(whole.document['paths'] as JsonMap, '/refunds')['post'] ?? null)).toBe(true);
      // The spine is there, and as it was, wherever the whole slice has it.
      expect(small.schemas[spine]).toEqual(whole.schemas[spine]);

      const requestAlone = sliceOf(refundsWith(request, true, schemas), [], budget);
      if (requestAlone.cuts.length > 0) return;
      expect(at(post ?? null)['requestBody']).toEqual(
        at(at(whole.document['paths'] as JsonMap, '/refunds'), 'post')['requestBody'],
      );
      for (const name of namesFrom(request, schemas)) expect(small.schemas[name]).toEqual(whole.schemas[name]);
    }),
    { seed: 20261122, numRuns: 500 },
  );
});

test('every reference of a slice names something in it', () => {
  fc.assert(
    fc.property(documents, ({ answer, budget, request, schemas, spine }) => {
      const { document, schemas: kept } = sliceOf(
        refundsWith(request, answer, schemas),
        [`/components/schemas/${spine}`],
        budget,
      );
      const named = namesFrom(document['paths'] as Json, kept);
      expect([...named].sort()).toEqual(Object.keys(kept));
    }),
    { seed: 20261122, numRuns: 300 },
  );
});
