import { BANNER, fingerprint, type GeneratedFile } from '../generated-file.js';
import { type Recorded, recordedAt } from './lock.js';

/** What has to happen to which path, for the output folder to be what is wanted. Every list is sorted. */
export interface OutputPlan {
  /** Wanted, and not on disk. */
  readonly create: readonly string[];
  /** Wanted, and on disk as refundgen last wrote it, which is no longer what is wanted. */
  readonly change: readonly string[];
  /** On disk as wanted. */
  readonly unchanged: readonly string[];
  /**
   * Wanted, and on disk with a text that is neither what is wanted nor what the lock has. A generated file that the
   * lock does not have is one of them: nothing shows that it was not edited.
   */
  readonly edited: readonly string[];
  /** Wanted, but on disk is a file that refundgen did not write. */
  readonly foreign: readonly string[];
  /** No longer wanted, and on disk as refundgen last wrote it. */
  readonly remove: readonly string[];
  /** No longer wanted, and edited by hand. */
  readonly keep: readonly string[];
  /** No longer wanted, and not on disk. A run that was killed may have left the folder. */
  readonly gone: readonly string[];
}

/** Compares what is wanted with what was written last (the lock) and what is there now (the texts on disk). */
export function planOutput(
  wanted: readonly GeneratedFile[],
  lock: Recorded | undefined,
  disk: ReadonlyMap<string, string>,
): OutputPlan {
  const plan: Record<keyof OutputPlan, string[]> = {
    create: [],
    change: [],
    unchanged: [],
    edited: [],
    foreign: [],
    remove: [],
    keep: [],
    gone: [],
  };
  for (const file of wanted) plan[stateOf(file, recordedAt(lock, file.path), disk.get(file.path))].push(file.path);
  for (const path of orphans(wanted, lock)) {
    plan[orphanStateOf(recordedAt(lock, path), disk.get(path))].push(path);
  }
  for (const paths of Object.values(plan)) paths.sort();
  return plan;
}

type OrphanState = 'remove' | 'keep' | 'gone';

function orphanStateOf(recorded: readonly string[], text: string | undefined): OrphanState {
  if (text === undefined) return 'gone';
  return recorded.includes(fingerprint(text)) ? 'remove' : 'keep';
}

function stateOf(
  wanted: GeneratedFile,
  recorded: readonly string[],
  text: string | undefined,
): Exclude<keyof OutputPlan, OrphanState> {
  if (text === undefined) return 'create';
  const actual = fingerprint(text);
  if (actual === fingerprint(wanted.text)) return 'unchanged';
  if (recorded.includes(actual)) return 'change';
  return recorded.length === 0 && !text.startsWith(BANNER) ? 'foreign' : 'edited';
}

/**
 * What the lock has and nobody wants. A path that differs from a wanted one only in case is not among them: on a disk
 * that ignores case it is the wanted file, and removing it would be wrong.
 */
function orphans(wanted: readonly GeneratedFile[], lock: Recorded | undefined): readonly string[] {
  const paths = new Set(wanted.map(({ path }) => path.toLowerCase()));
  const known = new Set([...(lock?.files.keys() ?? []), ...(lock?.pending.keys() ?? [])]);
  return [...known].filter((path) => !paths.has(path.toLowerCase()));
}
