import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { JsonMap } from '../fixtures/json.js';
import { type Case, cases } from './documents.js';
import { type Checked, check, outcomeOf } from './laws.js';
import type { Outcome } from './pipeline.js';
import { reduce } from './reduce.js';
import { checkTogether } from './together.js';

/** A seed whose document breaks a law. */
interface Failure {
  readonly seed: number;
  readonly fault: string;
}

/** What became of the documents of many seeds. */
export interface Report {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly failures: readonly Failure[];
}

/** So many outputs are type-checked together: the libraries and the runtime cost as much as twenty clients. */
const BATCH = 25;

/** Each seed is one document, the same one for ever, as long as the generator is not changed. */
function caseOf(seed: number): Case {
  const [found] = fc.sample(cases, { seed, numRuns: 1 });
  if (found === undefined) throw new Error(`seed ${seed} makes no document`);
  return found;
}

/** Runs the documents of consecutive seeds through the pipeline. */
export async function runSeeds(from: number, count: number): Promise<Report> {
  const counts: Record<Outcome, number> = { normalized: 0, native: 0, problem: 0 };
  const failures: Failure[] = [];
  for (let start = from; start < from + count; start += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, from + count - start) }, (_, index) => start + index);
    const { checked, faults } = await checkAll(seeds.map((seed) => [`seed${seed}`, caseOf(seed)]));
    for (const item of checked) counts[outcomeOf(item)] += 1;
    failures.push(...faults.map(([id, fault]) => ({ seed: Number(id.replace('seed', '')), fault })));
  }
  return { counts, failures };
}

interface CheckedAll {
  readonly checked: readonly Checked[];
  readonly faults: readonly (readonly [id: string, fault: string])[];
}

/** Holds cases to all laws. A fault of several together belongs to the one whose file it names. */
export async function checkAll(named: readonly (readonly [id: string, found: Case])[]): Promise<CheckedAll> {
  const folder = await mkdtemp(path.join(tmpdir(), 'refundgen-laws-'));
  try {
    const checked: Checked[] = [];
    for (const [id, found] of named) checked.push(await check(found, id, folder));
    const together = [...(await checkTogether(checked, 'normalized')), ...(await checkTogether(checked, 'native'))];
    const owner = (fault: string): string => named.find(([id]) => fault.startsWith(`${id}/`))?.[0] ?? 'several';
    return {
      checked,
      faults: [
        ...checked.flatMap(({ faults, id }) => faults.map((fault) => [id, fault] as const)),
        ...together.map((fault) => [owner(fault), fault] as const),
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Every fault of one case. */
async function faultsOf(found: Case): Promise<readonly string[]> {
  const { faults } = await checkAll([['acme', found]]);
  return faults.map(([, fault]) => fault);
}

/** A fault without what differs from document to document. */
function kindOf(fault: string): string {
  return fault
    .replaceAll(/\b(seed\d+|acme)\b/gi, '')
    .replaceAll(/'[^']*'|"[^"]*"|\d+/g, '')
    .slice(0, 60);
}

/** A failure, with the smallest document found that fails in the same way, and what its overlay declares. */
export async function describeFailure({ fault, seed }: Failure, steps: number): Promise<string> {
  const found = caseOf(seed);
  const { checked } = await checkAll([['acme', found]]);
  const actions = checked[0]?.prepared?.actions ?? [];
  const fails = async (document: JsonMap): Promise<boolean> => {
    const faults = await faultsOf({ ...found, document, actions });
    return faults.some((other) => kindOf(other) === kindOf(fault));
  };
  const document = await reduce(found.document, fails, steps);
  return `seed ${seed}: ${fault}\n${JSON.stringify({ document, actions }, null, 1)}`;
}
