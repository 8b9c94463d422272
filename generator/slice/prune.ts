import { keysOf, type Part, reach, type Survey } from './survey.js';

const LARGEST = 16_000;
const SMALLEST = 250;

/**
 * How large the types of a schema may be, with all that it reaches, for it to be kept: the first of these with which all
 * types together stay in their budget. Halves, so that a spec that grows a little does not lose half of its types; and
 * nothing smaller than what would stand in its place.
 */
const LIMITS: readonly number[] = [Number.POSITIVE_INFINITY, LARGEST, 8_000, 4_000, 2_000, 1_000, 500, SMALLEST];

/** About how many characters of TypeScript stand in the place of a schema that was cut off. */
const STUB = 200;

/**
 * What is cut off, by key. In answers, a schema is cut off where its types, with all that it reaches, are larger than a
 * limit, the largest limit of a fixed ladder with which everything fits the budget. Kept are the answers themselves, the
 * spine with the shortest ways to it, and everything that requests need. Requests are cut in the same way, but only
 * where they alone are more than the budget.
 */
export function chooseCuts(survey: Survey, spine: readonly string[], budget: number): ReadonlySet<string> {
  const requests = keysOf(survey, 'request');
  const all = [...requests, ...keysOf(survey, 'answers')];
  const sent = reach(survey, requests);
  const kept = keptAnyway(survey, spine, all);
  const closures = [...survey.values()]
    .filter((part) => isCuttable(part) && !kept.has(part.key))
    .map((part) => [part.key, closureSize(survey, part)] as const);
  const cutsWith = (limit: number, limitOfRequests: number): ReadonlySet<string> => {
    const large = closures.filter(([key, size]) => size > (sent.has(key) ? limitOfRequests : limit));
    return new Set(large.map(([key]) => key));
  };
  const limitOfRequests = firstThat((limit) => sizeWith(survey, requests, cutsWith(SMALLEST, limit)) <= budget);
  const limit = firstThat((one) => sizeWith(survey, all, cutsWith(one, limitOfRequests)) <= budget);
  return cutsWith(limit, limitOfRequests);
}

function firstThat(fits: (limit: number) => boolean): number {
  return LIMITS.find(fits) ?? SMALLEST;
}

function isCuttable({ kind }: Part): boolean {
  return kind === 'schemas' || kind === 'inline';
}

/** The size of a part and all that it reaches; counted no further than the largest limit. */
function closureSize(survey: Survey, part: Part): number {
  const seen = new Set([part.key]);
  let size = 0;
  for (const key of seen) {
    size += survey.get(key)?.size ?? 0;
    if (size > LARGEST) return size;
    for (const next of survey.get(key)?.edges ?? []) seen.add(next);
  }
  return size;
}

/** The size of everything that is reached with these cuts. */
function sizeWith(survey: Survey, from: readonly string[], cuts: ReadonlySet<string>): number {
  const sizes = [...reachWith(survey, from, cuts)].map((key) => (cuts.has(key) ? STUB : (survey.get(key)?.size ?? 0)));
  return sizes.reduce((total, size) => total + size, 0);
}

/** Everything that is reached with these cuts, what is cut off included. */
function reachWith(survey: Survey, from: readonly string[], cuts: ReadonlySet<string>): ReadonlySet<string> {
  const seen = new Set(from);
  for (const key of seen) {
    if (cuts.has(key)) continue;
    for (const next of survey.get(key)?.edges ?? []) seen.add(next);
  }
  return seen;
}

/** How long texts may be for their comments to fit a budget, too; at last there are none. No text decides what is cut. */
const TEXT_LENGTHS: readonly number[] = [300, 200, 120, 60];
/** The signs, the tag and the indentation of a comment. */
const COMMENT = 28;

/** The longest that a text may be, for the comments of what is left to fit a budget of characters. */
export function chooseTextLength(survey: Survey, cuts: ReadonlySet<string>, budget: number): number {
  const all = [...keysOf(survey, 'request'), ...keysOf(survey, 'answers')];
  const written = [...reachWith(survey, all, cuts)].filter((key) => !cuts.has(key));
  const lengths = written.flatMap((key) => survey.get(key)?.texts ?? []);
  const left = budget - sizeWith(survey, all, cuts);
  const fits = (limit: number): boolean =>
    lengths.reduce((total, length) => total + Math.min(length, limit) + COMMENT, 0) <= left;
  return TEXT_LENGTHS.find(fits) ?? 0;
}

/** What is never cut off: what bodies are themselves, the spine, and the shortest ways from the ones to the other. */
function keptAnyway(survey: Survey, spine: readonly string[], roots: readonly string[]): ReadonlySet<string> {
  const inSpine = [...survey.values()].filter((part) => spine.some((pointer) => isAround(part, pointer)));
  const nearest = new Set(spine.flatMap((pointer) => holderOf(survey, pointer)?.key ?? []));
  const ways = [...nearest].flatMap((key) => shortestWays(survey, roots, key));
  return reach(survey, [...roots, ...inSpine.map(({ key }) => key), ...ways], 'tops');
}

/** Whether a part holds what a pointer names, or stands inside of it. */
function isAround({ pointer }: Part, named: string): boolean {
  return isInside(named, pointer) || isInside(pointer, named);
}

function isInside(pointer: string, holder: string): boolean {
  return pointer === holder || pointer.startsWith(`${holder}/`);
}

/** The innermost part that holds what a pointer names. */
function holderOf(survey: Survey, pointer: string): Part | undefined {
  const holders = [...survey.values()].filter((part) => isCuttable(part) && isInside(pointer, part.pointer));
  return holders.sort((a, b) => b.pointer.length - a.pointer.length)[0];
}

/** Everything on a shortest way from the roots to a part: on all of them, so that no name decides between two. */
function shortestWays(survey: Survey, roots: readonly string[], goal: string): string[] {
  const distance = new Map(roots.map((key) => [key, 0]));
  const before = new Map<string, string[]>();
  for (const [key, steps] of distance) {
    for (const next of survey.get(key)?.edges ?? []) {
      const known = distance.get(next);
      if (known === undefined) distance.set(next, steps + 1);
      if (known === undefined || known === steps + 1) before.set(next, [...(before.get(next) ?? []), key]);
    }
  }
  const found = new Set([goal]);
  for (const key of found) for (const previous of before.get(key) ?? []) found.add(previous);
  return [...found];
}
