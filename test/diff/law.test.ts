import { describe, expect, test } from 'vitest';
import { analyse } from '../../generator/analyse.js';
import { compareContracts } from '../../generator/diff/compare.js';
import { contractOf } from '../../generator/diff/contract.js';
import { contractFrom, recordOf } from '../../generator/diff/record.js';
import { NOT_KNOWN } from '../../generator/diff/texts.js';
import type { Draft } from '../../generator/normalize/draft.js';
import { SPECS } from '../fixtures/specs.js';

type Keys = readonly (string | number)[];

/** What may differ in two drafts of one contract, and why. */
const NO_FACTS: readonly (readonly [RegExp, string])[] = [
  [/\/(?:evidence\/\w+|basis|source|date|quote)$/, 'says why something is known'],
  [/\/(?:description|summary)$/, 'is for people'],
  [/^\/native\/provider\/(?:name|title|version)$/, 'names the document, in comments'],
  [/^\/native\/provider\/id$/, 'is what contracts are compared by'],
  [/^\/operation$/, 'is the name of the operation that creates, which has it as well'],
  [/^\/statuses\/listed$/, 'are those that are classified, once all of them are'],
  [/^\/statuses\/places(?:\/\d+)?$/, 'is said by the answers, each with its own place'],
  [/^\/statuses\/declared(?:\/\d+(?:\/\w+)?)?$/, 'counts only while a status is not classified'],
];

/** Lists whose order says nothing: callers and answers find their items by name. */
const NO_ORDER: readonly RegExp[] = [
  /^\/statuses\//,
  /^\/request\/others$/,
  /^\/request\/reason\/value\/(?:values|sideEffects)$/,
  /\/exponents\/value\/\w+$/,
  /^\/errors\/(?:ambiguous|refused|kinds)$/,
  /^\/accepted$/,
  /^\/native\/(?:auth|settings|operations)$/,
  /^\/native\/servers\/servers$/,
  /^\/native\/operations\/\d+\/(?:parameters|headers|answers)$/,
  /\/fields$/,
  /\/styles$/,
];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Every value in a value, with the keys that lead to it. */
function walk(value: unknown, keys: Keys = []): readonly (readonly [Keys, unknown])[] {
  if (!isObject(value)) return [[keys, value]];
  const below = Object.entries(value).flatMap(([key, item]) => walk(item, [...keys, key]));
  return [[keys, value], ...below];
}

function changedAt(draft: Draft, keys: Keys, value: unknown): Draft {
  const copy = structuredClone(draft);
  let holder: unknown = copy;
  for (const key of keys.slice(0, -1)) holder = isObject(holder) ? holder[key] : undefined;
  const last = keys.at(-1);
  if (isObject(holder) && last !== undefined) holder[last] = value;
  return copy;
}

const CASE = String.raw`/(?:cases|answer)/value/(?:\d+/)?`;
const SUM = { path: ['other'], encoding: 'integer', unit: 'minor', currency: null };

/** What may be missing in the IR, each with something that it may be instead. */
const MAY_BE_NULL: readonly (readonly [RegExp, unknown])[] = [
  [new RegExp(`${CASE}(?:id|note|failure)$`), ['other']],
  [new RegExp(`${CASE}payment$`), { path: ['other'], type: 'string', optional: false }],
  [new RegExp(`${CASE}(?:amount|remaining)$`), SUM],
  [new RegExp(`${CASE}(?:amount|remaining)/currency$`), ['other']],
  [new RegExp(`${CASE}reason$`), { path: ['other'], values: null }],
  [new RegExp(`${CASE}createdAt$`), { path: ['other'], format: 'date-time' }],
  [/\/reason\/(?:value\/)?values$|\/enum$/, ['other']],
  [/\/(?:min|max)(?:Length|imum|Items)$/, 77],
  [/\/pattern$|[sS]hape\/format$|items\/format$/, 'other'],
  [/\/parameters\/\d+\/style$|\/answers\/\d+\/mediaType$|\/(?:refused|ambiguous)\/\d+\/value\/code$/, 'json'],
  [/\/reconciliation\/value\/failureAnswer$/, { status: 777, code: null }],
  [/\/errors\/body\/value\/(?:details\/(?:code|message)|(?:details\/)?field)$/, ['other']],
  [/^\/paymentReading\/pending$/, { path: ['other'], values: ['other'] }],
  [/^\/paymentReading\/failure$/, { attempts: ['other'], code: ['other'] }],
  [/^\/amount\/currency$/, { place: { part: 'body', path: ['other'] }, required: true, letters: 'upper' }],
];

/** What is there in some clients only. */
const MAY_BE_GONE = /^\/(?:retrieve|paymentReading|request\/(?:reference|reason|note|metadata))$/;

/** Other values in the place of one. */
function mutants(pointer: string, value: unknown): readonly unknown[] {
  const other = MAY_BE_NULL.find(([place]) => place.test(pointer));
  if (value === null) return other === undefined ? [] : [other[1]];
  const gone = other !== undefined || MAY_BE_GONE.test(pointer) ? [null] : [];
  if (typeof value === 'string') return [`${value}x`, value === '' ? 'y' : '', ...gone];
  if (typeof value === 'number') return [value + 1, ...gone];
  if (typeof value === 'boolean') return [!value];
  if (!Array.isArray(value)) return gone;
  const shorter = value.map((_, index) => value.filter((__, at) => at !== index));
  const isOrdered = value.length > 1 && !NO_ORDER.some((list) => list.test(pointer));
  return [...shorter, ...(isOrdered ? [[...value].reverse()] : []), ...gone];
}

/** The facts without their places. */
function factsOf(draft: Draft): string {
  return JSON.stringify(
    contractOf(draft)
      .facts.map(({ subject, value }) => [subject, value])
      .sort(),
  );
}

async function draftOf(spec: string): Promise<Draft> {
  const overlay = spec.startsWith('test/packs') ? undefined : spec.replace(/\.yaml$/, '.overlay.yaml');
  const { draft } = await analyse({ id: 'acme', spec, overlay });
  if (draft === undefined) throw new Error(`${spec} has no draft`);
  return draft;
}

describe.each(SPECS)('the contract of %s', (spec) => {
  test('is another one for every value of the IR that is another one', async () => {
    const draft = await draftOf(spec);
    const facts = factsOf(draft);
    const unseen = walk(draft).flatMap(([keys, value]) => {
      const pointer = `/${keys.join('/')}`;
      if (NO_FACTS.some(([exception]) => exception.test(pointer))) return [];
      // A union's kind alone, without what belongs to it, is nothing that the IR can be.
      if (keys.at(-1) === 'kind') return [];
      return mutants(pointer, value)
        .filter((mutant) => factsOf(changedAt(draft, keys, mutant)) === facts)
        .map((mutant) => `${pointer}: ${JSON.stringify(value)} → ${JSON.stringify(mutant)}`);
    });
    expect(unseen).toEqual([]);
  });

  test('is read back from the lock as it was', async () => {
    const contract = contractOf(await draftOf(spec));
    const read = contractFrom(JSON.parse(JSON.stringify(recordOf(contract))));
    expect(compareContracts(contract, read)).toEqual([]);
    expect(new Set(read?.facts)).toEqual(new Set(contract.facts));
    expect(contract.facts.filter(({ value }) => value === NOT_KNOWN)).toEqual([]);
  });
});

test.each([
  ['no object', []],
  ['no facts', { spec: 'Acme' }],
  ['a place without a pointer', { spec: 'Acme', facts: { 'acme.yaml': { client: 'refunds' } } }],
  ['a value that is no text', { spec: 'Acme', facts: { 'acme.yaml#': { client: 1 } } }],
  ['a subject twice', { spec: 'Acme', facts: { 'acme.yaml#': { client: 'x' }, 'acme.yaml#/a': { client: 'x' } } }],
])('a record with %s is no contract', (_, record) => {
  expect(contractFrom(record)).toBeUndefined();
});
