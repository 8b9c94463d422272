import { ANSWERS } from '../fixtures/invented/answers.js';
import { REQUESTS } from '../fixtures/invented/requests.js';
import { type Json, writeJson } from '../fixtures/json.js';
import { compilePack, type Pack, readPack } from '../fixtures/pack.js';

/** What a value may be by mistake. */
const WRONG: readonly Json[] = [null, 'text', 7, true, [], {}, [[]], { $ref: 7 }, { $ref: '#/nowhere' }];

type Keys = readonly (string | number)[];

/** The keys of every value in a document. */
function placesIn(value: Json, keys: Keys = []): Keys[] {
  if (typeof value !== 'object' || value === null) return [keys];
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value);
  return [keys, ...entries.flatMap(([key, item]) => placesIn(item, [...keys, key]))];
}

/** A copy with another value at a place. */
function withValue(value: Json, [key, ...rest]: Keys, wrong: Json): Json {
  if (key === undefined) return wrong;
  if (typeof value !== 'object' || value === null) throw new Error('there is no such place');
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? withValue(item, rest, wrong) : item));
  return { ...value, [key]: withValue(value[key] ?? null, rest, wrong) };
}

/** Packs, the part of each that is spoilt, and which wrong value comes first. */
export const SPOILT: readonly (readonly [string, Pack | undefined, 'spec' | 'overlay', number])[] = [
  ['the spec of piriod', readPack('piriod'), 'spec', 0],
  ['the overlay of wooshpay', readPack('wooshpay'), 'overlay', 3],
  ['the spec of a form', REQUESTS['forms'], 'spec', 1],
  ['the overlay of a form', REQUESTS['forms'], 'overlay', 2],
  ['the spec of a wrapped request', REQUESTS['wrapped'], 'spec', 4],
  ['the overlay of fixed fields', REQUESTS['actions'], 'overlay', 5],
  ['the spec with servers of variables', ANSWERS['regions'], 'spec', 6],
];

/**
 * What goes wrong with a value of the wrong kind. Each place gets one: all together cover what the pipeline looks at
 * many times.
 *
 * @param step - of how many places one is spoilt.
 */
export async function spoil(
  pack: Pack,
  part: 'spec' | 'overlay',
  offset: number,
  step: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, keys] of placesIn(pack[part]).entries()) {
    if (index % step !== offset % step) continue;
    const wrong = WRONG[(index + offset) % WRONG.length] ?? null;
    const changed = withValue(pack[part], keys, wrong);
    if (typeof changed !== 'object' || changed === null || Array.isArray(changed)) continue;
    try {
      const result = await compilePack({ ...pack, [part]: changed });
      const lost = result.problems.filter(({ location, severity }) => severity === 'error' && location === undefined);
      found.push(...lost.map(({ code }) => `${keys.join('/')} = ${writeJson(wrong)}: ${code} is not located`));
    } catch (cause) {
      found.push(`${keys.join('/')} = ${writeJson(wrong)}: throws ${String(cause).slice(0, 120)}`);
    }
  }
  return found;
}
