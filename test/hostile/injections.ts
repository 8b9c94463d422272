import type { Compiled } from '../../generator/generate.js';
import type { Result } from '../../generator/problem.js';
import { compilePack, type Pack } from '../fixtures/pack.js';
import { marks } from './guard.js';
import type { Injection, NarrowPlace, PlaceGroup } from './inject.js';
import { NAMED_PAYLOADS } from './payloads.js';
import { IN_FACTS } from './places/facts.js';
import { NARROW } from './places/narrow.js';
import { IN_OPERATIONS } from './places/operations.js';
import { IN_REQUESTS } from './places/requests.js';
import { IN_SCHEMAS } from './places/schemas.js';
import { IN_SWAGGER } from './places/swagger.js';
import { Twin } from './twin.js';

export const GROUPS: readonly PlaceGroup[] = [...IN_SCHEMAS, ...IN_OPERATIONS, ...IN_FACTS];
export const PLACES: readonly NarrowPlace[] = [...NARROW, ...IN_REQUESTS, ...IN_SWAGGER];

const HARMLESS = 'Harmless words';

/** What was tried, and what of it was more than text: each as `place × payload: what it did`. */
export class Tally {
  readonly #tried = new Map<string, number>();
  readonly #escapes: string[] = [];

  add(place: string, payload: string, complaints: readonly string[]): void {
    this.#tried.set(place, (this.#tried.get(place) ?? 0) + 1);
    this.#escapes.push(...complaints.map((complaint) => `${place} × ${payload}: ${complaint}`));
  }

  get escapes(): readonly string[] {
    return this.#escapes;
  }

  get tried(): ReadonlyMap<string, number> {
    return this.#tried;
  }

  get count(): number {
    return [...this.#tried.values()].reduce((sum, count) => sum + count, 0);
  }
}

function compileWith(pack: Pack, text: string, injections: readonly Injection[], nativeOnly = false) {
  for (const inject of injections) inject(pack, text);
  return compilePack(pack, 'acme', { nativeOnly });
}

async function complaintsOf(twin: Twin, run: () => Promise<Result<Compiled>>): Promise<readonly string[]> {
  return [...(await twin.complaints(run)), ...marks()];
}

/** Tries payloads in all places of a group: together first, and one by one where together they are refused. */
export async function injectGroup(group: PlaceGroup, payloads: readonly string[], tally: Tally): Promise<void> {
  const places = Object.entries(group.places);
  const all = Object.values(group.places);
  const twin = new Twin(await compileWith(group.pack(), HARMLESS, all));
  const judges = new Map(
    places.map(([place, inject]) => [
      place,
      new Judge({ name: place, pack: group.pack, harmless: [HARMLESS], inject }, false),
    ]),
  );
  for (const name of payloads) {
    const text = NAMED_PAYLOADS[name] ?? '';
    const together = await compileWith(group.pack(), text, all).catch(() => undefined);
    const isHarmless = together?.ok === true && (await complaintsOf(twin, async () => together)).length === 0;
    for (const [place, judge] of judges) {
      tally.add(`${group.name}: ${place}`, name, isHarmless ? [] : await judge.complaints(text));
    }
  }
}

/** With harmless texts in a place, or without any there. */
async function twinOf(
  pack: () => Pack,
  harmless: readonly (string | undefined)[],
  inject: Injection,
  nativeOnly: boolean,
): Promise<Twin | undefined> {
  const results: Result<Compiled>[] = [];
  for (const text of harmless) {
    results.push(await compileWith(pack(), text ?? '', text === undefined ? [] : [inject], nativeOnly));
  }
  // Some places take only what the schema of x-refund lets through, or nothing at all.
  const [first, ...others] = results.filter(({ ok }) => ok);
  return first === undefined ? undefined : new Twin(first, ...others);
}

/** What a text does in a place that no harmless text does there. Most do what the first of them does. */
class Judge {
  readonly #place: NarrowPlace;
  readonly #nativeOnly: boolean;
  #first: Twin | undefined;
  #all: Twin | undefined;

  constructor(place: NarrowPlace, nativeOnly: boolean) {
    this.#place = place;
    this.#nativeOnly = nativeOnly;
  }

  async complaints(text: string): Promise<readonly string[]> {
    const { harmless, inject, pack } = this.#place;
    const result = await compileWith(pack(), text, [inject], this.#nativeOnly).catch((cause: unknown) => String(cause));
    const run = async (): Promise<Result<Compiled>> => {
      if (typeof result === 'string') throw new Error(result);
      return result;
    };
    this.#first ??= await twinOf(pack, harmless.slice(0, 1), inject, this.#nativeOnly);
    if (this.#first !== undefined && (await complaintsOf(this.#first, run)).length === 0) return [];
    this.#all ??= await twinOf(pack, [...harmless, undefined], inject, this.#nativeOnly);
    return this.#all === undefined ? ['no harmless text fits'] : complaintsOf(this.#all, run);
  }
}

/** Tries payloads in one place. */
export async function injectPlace(
  place: NarrowPlace,
  payloads: readonly string[],
  tally: Tally,
  nativeOnly = false,
): Promise<void> {
  const judge = new Judge(place, nativeOnly);
  const what = nativeOnly ? `${place.name}, native only` : place.name;
  for (const name of payloads) tally.add(what, name, await judge.complaints(NAMED_PAYLOADS[name] ?? ''));
}
