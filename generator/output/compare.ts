import { fingerprint, type GeneratedFile } from '../generated-file.js';
import { error, failure, type Problem, type Result, success } from '../problem.js';
import { type Lock, type Made, printLock } from './lock.js';
import { foldersAbove, isOutputPath, LOCK_PATH, shownPath } from './output-path.js';
import { type OutputPlan, planOutput } from './plan.js';
import { readDisk } from './read-disk.js';
import { readLock } from './read-lock.js';
import { findStrays } from './strays.js';

/** How an output folder differs from what is wanted: what writing and checking both start from. */
export interface Comparison {
  readonly plan: OutputPlan;
  readonly lock: Lock | undefined;
  /** The texts on disk, of wanted paths and of those in the lock. */
  readonly texts: ReadonlyMap<string, string>;
  /** The lock as it has to be, and how the one on disk compares with it. `dated`: of another generator, and no more. */
  readonly wantedLock: GeneratedFile;
  readonly lockState: 'missing' | 'stale' | 'dated' | 'current';
  /** Wanted paths that have something in the way, each with the code of a system error. The plan wants to create them. */
  readonly blocked: ReadonlyMap<string, string>;
  /** Generated once, not in the lock, and wanted by nobody. */
  readonly strays: readonly string[];
}

/** Compares an output folder with the files that are wanted in it. Writes nothing. */
export async function compareOutput(
  folder: string,
  files: readonly GeneratedFile[],
  made: Made | undefined,
): Promise<Result<Comparison>> {
  const unusable = unusablePaths(folder, files);
  if (unusable.length > 0) return failure(...unusable);
  const read = readLock(folder);
  if (!read.ok) return read;
  const lock = read.value;
  const wanted = new Set(files.map(({ path }) => path));
  const known = [...(lock?.files.keys() ?? []), ...(lock?.pending.keys() ?? [])];
  const disk = readDisk(folder, [...wanted, ...known, LOCK_PATH]);
  const wantedLock = { path: LOCK_PATH, text: printLock(files, made) };
  return success({
    plan: planOutput(files, lock, disk.texts),
    lock,
    texts: disk.texts,
    wantedLock,
    lockState: lockStateOf(files, made, lock, disk.texts.get(LOCK_PATH)),
    blocked: new Map([...disk.blocked].filter(([path]) => wanted.has(path))),
    strays: await findStrays(folder, new Set([...wanted, ...known])),
  });
}

function lockStateOf(
  files: readonly GeneratedFile[],
  made: Made | undefined,
  lock: Lock | undefined,
  text: string | undefined,
): Comparison['lockState'] {
  if (text === undefined) return 'missing';
  const isLike = (wanted: Made | undefined): boolean => fingerprint(text) === fingerprint(printLock(files, wanted));
  if (isLike(made)) return 'current';
  return made !== undefined && isLike({ ...made, generator: lock?.made.generator ?? '' }) ? 'dated' : 'stale';
}

function unusablePaths(folder: string, files: readonly GeneratedFile[]): readonly Problem[] {
  // Disks that ignore case have one file for both.
  const keys = files.map(({ path }) => path.toLowerCase());
  const first = new Map([...keys.entries()].reverse().map(([index, key]) => [key, index]));
  return files.flatMap(({ path }, index) => {
    const key = path.toLowerCase();
    if (!isOutputPath(path)) return [unusable(folder, `"${path}" is no path of a file inside it`)];
    if (first.get(key) !== index) return [unusable(folder, `"${path}" is wanted twice`)];
    const isBelowFile = foldersAbove(key).some((above) => first.has(above));
    return isBelowFile ? [unusable(folder, `"${path}" is wanted in a folder that is wanted as a file`)] : [];
  });
}

function unusable(folder: string, reason: string): Problem {
  const hint = 'This is a mistake of the generator: please report it with the configuration.';
  return error('R052', `${shownPath(folder, '')} cannot be written: ${reason}`, hint);
}
