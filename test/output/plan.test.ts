import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../generator/generated-file.js';
import type { Lock } from '../../generator/output/lock.js';
import { type OutputPlan, planOutput } from '../../generator/output/plan.js';
import { generated } from './folder.js';

const NEW = generated('a.ts', 'new').text;
const OLD = generated('a.ts', 'old').text;
const EDITED = generated('a.ts', 'edited').text;
const OTHER = '// mine\n';

type State = keyof OutputPlan | 'nothing';

/** The list that `a.ts` is in. */
function stateOf(wanted: string | undefined, recorded: string | undefined, disk: string | undefined): State {
  const lock: Pick<Lock, 'files'> = { files: new Map(recorded === undefined ? [] : [['a.ts', fingerprint(recorded)]]) };
  const plan = planOutput(
    wanted === undefined ? [] : [{ path: 'a.ts', text: wanted }],
    lock,
    new Map(disk === undefined ? [] : [['a.ts', disk]]),
  );
  const states: (keyof OutputPlan)[] = ['create', 'change', 'unchanged', 'edited', 'foreign', 'remove', 'keep'];
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
    { what: 'an orphan that is gone', wanted: undefined, recorded: OLD, disk: undefined, state: 'nothing' },
    { what: 'what nobody asked about', wanted: undefined, recorded: undefined, disk: OTHER, state: 'nothing' },
  ])('$what: $state', ({ wanted, recorded, disk, state }) => {
    expect(stateOf(wanted, recorded, disk)).toBe(state);
  });

  it('sorts its lists by code unit', () => {
    const files = ['b.ts', 'a/z.ts', 'B.ts', 'a.ts'].map((path) => generated(path));
    expect(planOutput(files, undefined, new Map()).create).toEqual(['B.ts', 'a.ts', 'a/z.ts', 'b.ts']);
  });

  it('does not remove what differs from a wanted path only in case: it may be the same file', () => {
    const lock = { files: new Map([['Piriod/client.ts', fingerprint(OLD)]]) };
    const disk = new Map([['Piriod/client.ts', OLD]]);
    expect(planOutput([generated('piriod/client.ts')], lock, disk).remove).toEqual([]);
  });
});
