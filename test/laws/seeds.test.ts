import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { at, type Json, listAt } from '../fixtures/json.js';
import type { Case } from './documents.js';
import { type Checked, outcomeOf } from './laws.js';
import { checkAll } from './run.js';

// Documents that once broke a law, made small. Each says in `defect` what was wrong with what came of it.

const FOLDER = new URL('../fixtures/seeds/', import.meta.url);

interface Seed {
  readonly id: string;
  readonly defect: string;
  /** Why the defect is still there. */
  readonly open: string | undefined;
  /** What becomes of such a document now: a client of a kind, or the code of a problem. */
  readonly becomes: string;
  readonly found: Case;
}

function readSeed(file: string): Seed {
  // What JSON.parse makes is JSON.
  const seed = at(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Json);
  const found = { document: at(seed, 'document'), actions: listAt(seed, 'actions'), choice: 1 };
  const said = (key: string): string | undefined => (seed[key] === undefined ? undefined : String(seed[key]));
  const becomes = said('becomes') ?? 'normalized';
  return { id: file.replace(/\.json$/, ''), defect: String(seed['defect']), open: said('open'), becomes, found };
}

const SEEDS = readdirSync(FOLDER).sort().map(readSeed);
const MENDED = SEEDS.filter(({ open }) => open === undefined);

/** What became of a document; of one that is a problem, the code of its first error. */
function becameOf(checked: Checked): string {
  const first = checked.generated?.problems.find(({ severity }) => severity === 'error');
  return outcomeOf(checked) === 'problem' ? (first?.code ?? '') : outcomeOf(checked);
}

describe('a document that broke a law keeps it now', () => {
  const faults: (readonly [id: string, fault: string])[] = [];

  beforeAll(async () => {
    const checked = await checkAll(MENDED.map(({ found, id }) => [id, found]));
    expect(checked.checked.map((item) => `${item.id} ${becameOf(item)}`)).toEqual(
      MENDED.map(({ becomes, id }) => `${id} ${becomes}`),
    );
    faults.push(...checked.faults);
  }, 300_000);

  test.each(MENDED.map(({ defect, id }) => [defect, id] as const))('%s (%s)', (_, id) => {
    expect(faults.filter(([owner]) => owner === id || owner === 'several')).toEqual([]);
  });
});

// Each of these fails as soon as its defect is mended: then `open` goes out of the file.
test.fails.each(SEEDS.filter(({ open }) => open !== undefined).map((seed) => [seed.defect, seed] as const))(
  'a document still breaks a law: %s',
  async (_, { found, id }) => {
    const { faults } = await checkAll([[id, found]]);
    expect(faults).toEqual([]);
  },
  300_000,
);
