import type { GeneratedFile } from '../generated-file.js';
import { error, failure, type Problem, type Result, success, warning } from '../problem.js';
import { type Comparison, compareOutput } from './compare.js';
import { findLinkOut } from './links.js';
import type { Lock, LockedSpecs } from './lock.js';
import { foldersAbove, LOCK_PATH, shownPath } from './output-path.js';
import { removeFile, removeLeftovers, Staging } from './staging.js';
import { systemCode } from './system-error.js';

/** What was done to an output folder. Paths are relative to it and sorted; the lock is not among them. */
export interface OutputReport {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  /** No longer generated, and removed. */
  readonly removed: readonly string[];
  /** No longer generated, and left in place because they were edited by hand. */
  readonly kept: readonly string[];
}

/**
 * Makes an output folder what is wanted, and touches nothing in it that refundgen did not write. One run at a time: a
 * second one in the same folder takes the temporary files of the first for leftovers.
 *
 * @param specs - what the specs were that came over the network, for the lock.
 * @returns what was done, with a warning (R050) for each file that was edited by hand; or, with the old output whole,
 * R051 for each file of somebody else that is in the way, R052 for what the system refused, R053 for a lock that cannot
 * be trusted. Only when the system refuses to rename or to remove a file can the output be partly new; R052 says so, and
 * the next run completes it.
 */
export async function writeOutput(
  folder: string,
  files: readonly GeneratedFile[],
  specs: LockedSpecs = new Map(),
): Promise<Result<OutputReport>> {
  const compared = await compareOutput(folder, files, specs);
  if (!compared.ok) return compared;
  const comparison = compared.value;
  const refusals = refusalsOf(folder, comparison);
  if (refusals.length > 0) return failure(...refusals);
  const folders = knownFolders(files, comparison.lock);
  const problems = await apply(folder, changesOf(files, comparison), folders);
  if (problems.length > 0) return failure(...problems);
  return success(reportOf(comparison), warningsOf(folder, comparison));
}

/** What stands in the way of the plan as a whole. */
function refusalsOf(folder: string, { plan, blocked }: Comparison): readonly Problem[] {
  return [
    ...plan.foreign.map((file) => error('R051', `${shownPath(folder, file)} was not written by refundgen`, MOVE_AWAY)),
    ...[...blocked].map(([file, code]) => cannotWrite(folder, file, code, MOVE_AWAY)),
  ];
}

/** What has to be done to the folder, in the order of the doing. */
interface Changes {
  readonly files: readonly GeneratedFile[];
  readonly orphans: readonly string[];
  /** Last, so that a run that is killed before it leaves a lock that still has its orphans. */
  readonly lock: readonly GeneratedFile[];
}

function changesOf(files: readonly GeneratedFile[], { plan, wantedLock, lockState }: Comparison): Changes {
  const placed = new Set([...plan.create, ...plan.change, ...plan.edited]);
  return {
    files: files.filter((file) => placed.has(file.path)),
    orphans: plan.remove,
    lock: lockState === 'current' ? [] : [wantedLock],
  };
}

/** Everything is complete under temporary names before the first file is replaced: until then a failure changes nothing. */
async function apply(folder: string, changes: Changes, folders: readonly string[]): Promise<readonly Problem[]> {
  const links = await linksInTheWay(folder, changes);
  if (links.length > 0) return links;
  const staging = new Staging(folder);
  const prepared = await takeSteps(folder, NOT_STARTED, [
    ...folders.map((at) => ({ path: at, run: () => removeLeftovers(folder, at) })),
    ...[...changes.files, ...changes.lock].map((file) => ({ path: file.path, run: () => staging.add(file) })),
  ]);
  const problems = prepared.length > 0 ? prepared : await finish(folder, changes, staging);
  if (problems.length > 0) await staging.discard();
  return problems;
}

function finish(folder: string, changes: Changes, staging: Staging): Promise<readonly Problem[]> {
  const place = ({ path }: GeneratedFile): Step => ({ path, run: () => staging.place(path) });
  return takeSteps(folder, NOT_COMPLETE, [
    ...changes.files.map(place),
    ...changes.orphans.map((path) => ({ path, run: () => removeFile(folder, path) })),
    ...changes.lock.map(place),
  ]);
}

const MOVE_AWAY = 'Move it away, or choose another output folder.';
const NO_LINK = 'Put a folder or a file in its place, or choose another output folder.';
const NOT_STARTED = 'No file of the output was changed. Remove the cause, then generate again.';
const NOT_COMPLETE = 'A part of the output may be new already. Remove the cause, then generate again to complete it.';

interface Step {
  /** The output path that a failure is reported for. */
  readonly path: string;
  readonly run: () => Promise<void>;
}

/** Takes steps in order, up to the first one that the system refuses. */
async function takeSteps(folder: string, hint: string, steps: readonly Step[]): Promise<readonly Problem[]> {
  for (const { path, run } of steps) {
    try {
      await run();
    } catch (cause) {
      return [cannotWrite(folder, path, systemCode(cause), hint)];
    }
  }
  return [];
}

async function linksInTheWay(folder: string, changes: Changes): Promise<readonly Problem[]> {
  const links = new Set<string>();
  const touched = [...[...changes.files, ...changes.lock].map(({ path }) => path), ...changes.orphans];
  const look = async (path: string) => {
    const link = await findLinkOut(folder, path);
    if (link !== undefined) links.add(link);
  };
  const problems = await takeSteps(
    folder,
    NOT_STARTED,
    touched.map((path) => ({ path, run: () => look(path) })),
  );
  const outside = 'is a symbolic link that leads out of the output folder';
  return [...problems, ...[...links].map((link) => error('R052', `${shownPath(folder, link)} ${outside}`, NO_LINK))];
}

/** The folders that refundgen writes to: where an earlier run may have left temporary files. */
function knownFolders(files: readonly GeneratedFile[], lock: Lock | undefined): readonly string[] {
  const known = [...files.map(({ path }) => path), ...(lock?.files.keys() ?? [])];
  return [...new Set(['', ...known.flatMap(foldersAbove)])];
}

function reportOf({ plan }: Comparison): OutputReport {
  return {
    created: plan.create,
    changed: [...plan.change, ...plan.edited].sort(),
    unchanged: plan.unchanged,
    removed: plan.remove,
    kept: plan.keep,
  };
}

function warningsOf(folder: string, { plan, lock }: Comparison): readonly Problem[] {
  return [
    ...plan.edited.map((file) => overwritten(shownPath(folder, file), lock?.files.has(file) === true)),
    ...plan.keep.map((file) => leftInPlace(shownPath(folder, file))),
  ];
}

function overwritten(file: string, isLocked: boolean): Problem {
  const changed = isLocked
    ? 'was changed by hand since it was generated'
    : `may have been changed by hand since it was generated (${LOCK_PATH} does not have it)`;
  const hint = 'Put the change into the spec, the overlay or a file of your own beside it.';
  return warning('R050', `${file} ${changed}: it is being overwritten`, hint);
}

function leftInPlace(file: string): Problem {
  const message = `${file} was changed by hand since it was generated: it is no longer generated and was left in place`;
  return warning('R050', message, 'It is yours now: move it to where you need it, or delete it.');
}

function cannotWrite(folder: string, file: string, code: string, hint: string): Problem {
  return error('R052', `${shownPath(folder, file)} cannot be written (${code})`, hint);
}
