import { expect, test } from 'vitest';
import { guardWorld } from './guard.js';
import { GROUPS, injectGroup, injectPlace, PLACES, Tally } from './injections.js';
import { NAMED_PAYLOADS } from './payloads.js';

// Each place with one payload or two; texts.test.ts has each payload. All of them in all places are in
// injections.proof.ts.

const guard = guardWorld();
const NAMES = Object.keys(NAMED_PAYLOADS);

test.each(GROUPS.map((group, index) => [group.name, group, index] as const))(
  'texts are no more than text in %s',
  async (_, group, index) => {
    const tally = new Tally();
    await injectGroup(
      group,
      NAMES.filter((_name, at) => at % 33 === index),
      tally,
    );
    expect(tally.escapes).toEqual([]);
    expect(tally.count).toBeGreaterThan(0);
    expect(guard.attempts).toEqual([]);
  },
);

test.each(PLACES.map((place, index) => [place.name, place, index] as const))(
  'text is no more than text as %s',
  async (_, place, index) => {
    const tally = new Tally();
    await injectPlace(place, [NAMES[(index * 7) % NAMES.length] ?? ''], tally, index % 3 === 0);
    expect(tally.escapes).toEqual([]);
    expect(guard.attempts).toEqual([]);
  },
);
