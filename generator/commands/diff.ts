import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { GRADES, type Grade } from '../diff/change.js';
import type { Contract } from '../diff/contract.js';
import { type Against, diffProviders, type ProviderDiff } from '../diff/diff.js';
import { countsOf, diffJson, diffMarkdown, diffText } from '../diff/print.js';
import { contractFrom } from '../diff/record.js';
import { readLock } from '../output/read-lock.js';
import { error, failure, type Result, success } from '../problem.js';
import type { DiffOptions } from '../program.js';
import { annotate } from '../report/annotations.js';
import { problemText } from '../report/texts.js';
import { EXIT, type Exit, type Terminal } from '../terminal.js';
import { type Task, UsageError } from './task.js';

/** `refundgen diff`. */
export async function diff(terminal: Terminal, task: Task, options: DiffOptions): Promise<Exit> {
  const failOn = gradesFrom(options.failOn ?? 'breaking');
  if (options.json === true && options.markdown === true) throw new UsageError('Give --json or --markdown, not both.');
  const against = await againstOf(task, options.against);
  const diffed = against.ok ? await diffProviders(task.plan.inputs, against.value) : against;
  for (const problem of diffed.problems) terminal.printError(problemText(problem, terminal.paint));
  annotate(diffed.problems, terminal);
  if (!diffed.ok) return EXIT.problems;
  terminal.print(textOf(diffed.value, options, terminal));
  const counts = countsOf(diffed.value);
  const isStopped = failOn.length > 0 && diffed.value.some(({ stops }) => stops.length > 0);
  return isStopped || failOn.some((grade) => counts[grade] > 0) ? EXIT.problems : EXIT.done;
}

function textOf(diffs: readonly ProviderDiff[], { json, markdown }: DiffOptions, { paint }: Terminal): string {
  if (json === true) return diffJson(diffs);
  return markdown === true ? diffMarkdown(diffs) : diffText(diffs, paint);
}

/** The grades that fail: the one that is named, and the more severe ones. */
function gradesFrom(failOn: string): readonly Grade[] {
  if (failOn === 'none') return [];
  const lowest = GRADES.map(String).indexOf(failOn);
  if (lowest < 0) throw new UsageError(`--fail-on takes ${GRADES.join(', ')} or none, not ${failOn}.`);
  return GRADES.slice(0, lowest + 1);
}

async function againstOf({ config, plan, specs }: Task, named: string | undefined): Promise<Result<Against>> {
  if (named === undefined) return againstLock(plan, specs.length > 0);
  const file = path.resolve(named);
  if (existsSync(file) && statSync(file).isFile()) return success({ kind: 'file', file });
  const folder = config === undefined ? process.cwd() : path.dirname(path.resolve(config));
  return success({ kind: 'revision', revision: named, folder });
}

/** @param isPart - whether the lock may have providers that nobody asks about. */
async function againstLock({ inputs, output }: Task['plan'], isPart: boolean): Promise<Result<Against>> {
  const lock = readLock(output);
  if (!lock.ok) return lock;
  const contracts = new Map<string, Contract>();
  for (const [id, { contract }] of lock.value?.made.providers ?? []) {
    const read = contractFrom(contract);
    if (read === undefined) return failure(error('R053', `the lock has no contract of ${id}`, WITHOUT_CONTRACT));
    if (!isPart || inputs.some((input) => input.id === id)) contracts.set(id, read);
  }
  const isKnown = inputs.some(({ id }) => contracts.has(id));
  if (!isKnown) return failure(error('R072', 'nothing was generated yet that the specs can be compared with', NO_LOCK));
  return success({ kind: 'contracts', contracts });
}

const WITHOUT_CONTRACT = 'Restore the lock from version control, or generate again: refundgen generate.';
const NO_LOCK = 'Generate first, or name what to compare with: --against <revision or file>.';
