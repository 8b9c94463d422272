import type { GeneratedFile } from '../generated-file.js';
import { error, failure, type Problem, type Result, success, warning } from '../problem.js';
import { claimFolder, claimsIn } from './claim.js';
import { type Comparison, compareOutput } from './compare.js';
import { findLinkOut } from './links.js';
import { type Made, printPendingLock, recordedAt } from './lock.js';
import { LOCK_PATH, shownPath } from './output-path.js';
import { Staging } from './staging.js';
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
 * Makes an output folder what is wanted, and touches nothing in it that refundgen did not write. Of several runs in one
 * folder, each waits for the one before it.
 *
 * @param made - what the files were made from, for the lock.
 * @returns what was done, with a warning (R050) for each file that was edited by hand; or, with the old output whole,
 * R051 for each file of somebody else that is in the way, R052 for what the system refused, R053 for a lock that cannot
 * be trusted. Only when the system refuses to rename a file can the output be partly new; R052 says so, and the next run
 * completes it.
 */
export async function writeOutput(
  folder: string,
  files: readonly GeneratedFile[],
  made?: Made,
): Promise<Result<OutputReport>> {
  const found = await compareOutput(folder, files, made);
  if (!found.ok) return found;
  // A folder that may not be written to, with nothing to write, is no problem.
  if (isCurrent(found.value) && (await hasNoClaims(folder))) {
    return success(reportOf(found.value), warningsOf(folder, found.value));
  }
  const claimed = await attempt(folder, '', NOT_STARTED, () => claimFolder(folder));
  if (!claimed.ok) return claimed;
  const staging = new Staging(folder, claimed.value);
  try {
    return await writeClaimed(folder, files, made, staging);
  } finally {
    await staging.end();
  }
}

async function writeClaimed(
  folder: string,
  files: readonly GeneratedFile[],
  made: Made | undefined,
  staging: Staging,
): Promise<Result<OutputReport>> {
  // Again: until the claim, another run may have written.
  const compared = await compareOutput(folder, files, made);
  if (!compared.ok) return compared;
  const comparison = compared.value;
  const refusals = refusalsOf(folder, comparison);
  if (refusals.length > 0) return failure(...refusals);
  const problems = await apply(folder, changesOf(files, comparison), staging);
  if (problems.length === 0) return success(reportOf(comparison), warningsOf(folder, comparison));
  return (await staging.isLost()) ? failure(overtaken(folder)) : failure(...problems);
}

function isCurrent({ blocked, lockState, plan }: Comparison): boolean {
  const { create, change, edited, foreign } = plan;
  return (
    lockState === 'current' && [create, change, edited, foreign, [...blocked]].every((paths) => paths.length === 0)
  );
}

async function hasNoClaims(folder: string): Promise<boolean> {
  const claims = await attempt(folder, '', NOT_STARTED, () => claimsIn(folder));
  return claims.ok && claims.value.length === 0;
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
  /** Before the first file: a run that is killed after it leaves a lock that knows of all that may be there. */
  readonly pendingLock: readonly GeneratedFile[];
  readonly files: readonly GeneratedFile[];
  /** Those that are gone too: their folders may have stayed. */
  readonly orphans: readonly string[];
  /** Last: what it says is done. */
  readonly lock: readonly GeneratedFile[];
}

function changesOf(files: readonly GeneratedFile[], comparison: Comparison): Changes {
  const { lock, lockState, plan, texts, wantedLock } = comparison;
  const placed = new Set([...plan.create, ...plan.change, ...plan.edited]);
  const pendingLock = { path: LOCK_PATH, text: printPendingLock(lock, files, texts) };
  const isPending = placed.size + plan.remove.length > 0 && pendingLock.text !== wantedLock.text;
  return {
    pendingLock: isPending ? [pendingLock] : [],
    files: files.filter((file) => placed.has(file.path)),
    orphans: [...plan.remove, ...plan.gone],
    lock: isPending || lockState !== 'current' ? [wantedLock] : [],
  };
}

function touchedBy({ files, lock, orphans }: Changes): readonly string[] {
  return [...[...files, ...lock].map(({ path }) => path), ...orphans];
}

/** Everything is complete on disk before the first file is replaced: until then a failure changes nothing. */
async function apply(folder: string, changes: Changes, staging: Staging): Promise<readonly Problem[]> {
  const { files, lock, orphans, pendingLock } = changes;
  const links = await linksInTheWay(folder, changes);
  if (links.length > 0) return links;
  const place = (file: GeneratedFile): Step => ({ path: file.path, run: () => staging.place(file) });
  const prepared = await takeSteps(folder, NOT_STARTED, [
    ...[...pendingLock, ...files, ...lock].map((file) => ({ path: file.path, run: () => staging.add(file) })),
    ...touchedBy(changes).map((path) => ({ path, run: () => staging.probe(path) })),
    ...pendingLock.map(place),
  ]);
  if (prepared.length > 0) return prepared;
  return takeSteps(folder, NOT_COMPLETE, [
    ...files.map(place),
    ...orphans.map((path) => ({ path, run: () => staging.remove(path) })),
    ...lock.map(place),
  ]);
}

const MOVE_AWAY = 'Nothing was written. Move it away, or choose another output folder.';
const NO_LINK = 'Nothing was written. Put a folder or a file in its place, or choose another output folder.';
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
    const taken = await attempt(folder, path, hint, run);
    if (!taken.ok) return taken.problems;
  }
  return [];
}

/** Does what the system may refuse. */
async function attempt<T>(folder: string, path: string, hint: string, run: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await run());
  } catch (cause) {
    return failure(cannotWrite(folder, path, systemCode(cause), hint));
  }
}

async function linksInTheWay(folder: string, changes: Changes): Promise<readonly Problem[]> {
  const links = new Set<string>();
  const look = async (path: string) => {
    const link = await findLinkOut(folder, path);
    if (link !== undefined) links.add(link);
  };
  const problems = await takeSteps(
    folder,
    NOT_STARTED,
    touchedBy(changes).map((path) => ({ path, run: () => look(path) })),
  );
  const outside = 'is a symbolic link that leads out of the output folder';
  return [...problems, ...[...links].map((link) => error('R052', `${shownPath(folder, link)} ${outside}`, NO_LINK))];
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

function warningsOf(folder: string, { plan, lock, strays }: Comparison): readonly Problem[] {
  return [
    ...plan.edited.map((file) => overwritten(shownPath(folder, file), recordedAt(lock, file).length > 0)),
    ...plan.keep.map((file) => leftInPlace(shownPath(folder, file))),
    ...strays.map((file) => leftOver(shownPath(folder, file))),
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

function leftOver(file: string): Problem {
  const message = `${file} was generated once, and ${LOCK_PATH} does not have it: it is no longer generated`;
  return warning('R050', message, 'Delete it: code could still import it, and nothing keeps it up to date.');
}

function cannotWrite(folder: string, file: string, code: string, hint: string): Problem {
  return error('R052', `${shownPath(folder, file)} cannot be written (${code})`, hint);
}

function overtaken(folder: string): Problem {
  const message = `another run wrote to ${shownPath(folder, '')} at the same time, or somebody removed it`;
  return error('R052', message, 'A part of the output may be new already. Generate again to complete it.');
}
