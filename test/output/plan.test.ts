import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../generator/generated-file.js';
import type { Recorded } from '../../generator/output/lock.js';
import { type OutputPlan, planOutput } from '../../generator/output/plan.js';
import { generated } from './folder.js';

const NEW = generated('a.ts', 'new').text;
const OLD = generated('a.ts', 'old').text;
const EDITED = generated('a.ts', 'edited').text;
const OTHER = '// mine\n';

type State = keyof OutputPlan | 'nothing';

function recordOf(text: string | undefined): ReadonlyMap<string, string> {
  return new Map(text === undefined ? [] : [['a.ts', fingerprint(text)]]);
}

/** The list that `a.ts` is in. */
function stateOf(
  wanted: string | undefined,
  recorded: string | undefined,
  disk: string | undefined,
  pending?: string,
): State {
  const lock: Recorded = { files: recordOf(recorded), pending: recordOf(pending) };
  const plan = planOutput(
    wanted === undefined ? [] : [{ path: 'a.ts', text: wanted }],
    lock,
    new Map(disk === undefined ? [] : [['a.ts', disk]]),
  );
  const states: (keyof OutputPlan)[] = ['create', 'change', 'unchanged', 'edited', 'foreign', 'remove', 'keep', 'gone'];
  const found = states.filter((state) => plan[state].includes('a.ts'));
  expect(found.length).toBeLessThan(2);
  return found[0] ?? 'nothing';
}

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

describe('planOutput', () => {
  it.each([
    { what: 'a new file', wanted: NEW, recorded: undefined, disk: undefined, state: 'create' },
    { what: 'a file that somebody deleted', wanted: NEW, recorded: NEW, disk: undefined, state: 'create' },
    { what: 'an old file', wanted: NEW, recorded: OLD, disk: OLD, state: 'change' },
    { what: 'an old file with CRLF', wanted: NEW, recorded: OLD, disk: crlf(OLD), state: 'change' },
    { what: 'a current file', wanted: NEW, recorded: NEW, disk: NEW, state: 'unchanged' },
    { what: 'a current file with CRLF', wanted: NEW, recorded: NEW, disk: crlf(NEW), state: 'unchanged' },
    { what: 'a current file with an older lock', wanted: NEW, recorded: OLD, disk: NEW, state: 'unchanged' },
    { what: 'a current file without a lock', wanted: NEW, recorded: undefined, disk: NEW, state: 'unchanged' },
    { what: 'a file edited by hand', wanted: NEW, recorded: NEW, disk: EDITED, state: 'edited' },
    { what: 'an old file edited by hand', wanted: NEW, recorded: OLD, disk: EDITED, state: 'edited' },
    { what: 'a file that lost its banner', wanted: NEW, recorded: NEW, disk: OTHER, state: 'edited' },
    { what: 'another text with banner, unlocked', wanted: NEW, recorded: undefined, disk: OLD, state: 'edited' },
    { what: 'a file of somebody else', wanted: NEW, recorded: undefined, disk: OTHER, state: 'foreign' },
    { what: 'an empty file', wanted: NEW, recorded: undefined, disk: '', state: 'foreign' },
    { what: 'an orphan', wanted: undefined, recorded: OLD, disk: OLD, state: 'remove' },
    { what: 'an orphan with CRLF', wanted: undefined, recorded: OLD, disk: crlf(OLD), state: 'remove' },
    { what: 'an orphan edited by hand', wanted: undefined, recorded: OLD, disk: EDITED, state: 'keep' },
    { what: 'an orphan that is gone', wanted: undefined, recorded: OLD, disk: undefined, state: 'gone' },
    { what: 'what nobody asked about', wanted: undefined, recorded: undefined, disk: OTHER, state: 'nothing' },
  ])('$what: $state', ({ wanted, recorded, disk, state }) => {
    expect(stateOf(wanted, recorded, disk)).toBe(state);
  });

  it.each([
    { what: 'what a killed run wrote', wanted: NEW, recorded: undefined, disk: OLD, state: 'change' },
    { what: 'what a killed run replaced', wanted: NEW, recorded: NEW, disk: OLD, state: 'change' },
    { what: 'what a killed run did not come to', wanted: NEW, recorded: EDITED, disk: EDITED, state: 'change' },
    { what: 'what was edited after the kill', wanted: NEW, recorded: undefined, disk: EDITED, state: 'edited' },
    { what: 'what lost its banner after the kill', wanted: NEW, recorded: undefined, disk: OTHER, state: 'edited' },
    { what: 'what a killed run made', wanted: undefined, recorded: undefined, disk: OLD, state: 'remove' },
    { what: 'what it replaced, and nobody wants', wanted: undefined, recorded: NEW, disk: OLD, state: 'remove' },
    { what: 'what was edited, and nobody wants', wanted: undefined, recorded: NEW, disk: EDITED, state: 'keep' },
    { what: 'what was never there', wanted: undefined, recorded: undefined, disk: undefined, state: 'gone' },
  ])('$what, with a lock that is pending: $state', ({ wanted, recorded, disk, state }) => {
    expect(stateOf(wanted, recorded, disk, OLD)).toBe(state);
  });

  it('sorts its lists by code unit', () => {
    const files = ['b.ts', 'a/z.ts', 'B.ts', 'a.ts'].map((path) => generated(path));
    expect(planOutput(files, undefined, new Map()).create).toEqual(['B.ts', 'a.ts', 'a/z.ts', 'b.ts']);
  });

  it('does not remove what differs from a wanted path only in case: it may be the same file', () => {
    const lock = { files: new Map([['Piriod/client.ts', fingerprint(OLD)]]), pending: new Map() };
    const disk = new Map([['Piriod/client.ts', OLD]]);
    expect(planOutput([generated('piriod/client.ts')], lock, disk).remove).toEqual([]);
  });
});
