import { expect, test } from 'vitest';
import { SPOILT, spoil } from './malformed.js';

// One place of six; malformed.proof.ts has all.
test.each(SPOILT)(
  'a value of the wrong kind in %s is a problem, or does not matter, but no exception',
  async (_, pack, part, offset) => {
    if (pack === undefined) throw new Error('there is no such provider');
    expect(await spoil(pack, part, offset, 6)).toEqual([]);
  },
);
