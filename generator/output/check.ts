import type { GeneratedFile } from '../generated-file.js';
import { type Result, success } from '../problem.js';
import { type Comparison, compareOutput } from './compare.js';
import type { Made } from './lock.js';
import { LOCK_PATH } from './output-path.js';

/** Where an output folder is not what is wanted. Paths are relative to it and sorted; `refundgen.lock` is one of them. */
export interface CheckReport {
  /** Wanted, and not there. */
  readonly missing: readonly string[];
  /** There with another text, or as something that is not a readable file. */
  readonly changed: readonly string[];
  /** Written by refundgen once, still there, and no longer wanted, whether or not the lock has it. */
  readonly orphaned: readonly string[];
}

/**
 * Compares an output folder with the files that are wanted in it, all of them, and writes nothing. The output is
 * current when every list of the report is empty.
 */
export async function checkOutput(
  folder: string,
  files: readonly GeneratedFile[],
  made?: Made,
): Promise<Result<CheckReport>> {
  const compared = await compareOutput(folder, files, made);
  return compared.ok ? success(reportOf(compared.value)) : compared;
}

function reportOf({ plan, blocked, lockState, strays }: Comparison): CheckReport {
  const absent = plan.create.filter((path) => !blocked.has(path));
  const different = [...plan.change, ...plan.edited, ...plan.foreign, ...blocked.keys()];
  return {
    missing: [...absent, ...(lockState === 'missing' ? [LOCK_PATH] : [])].sort(),
    changed: [...different, ...(lockState === 'stale' ? [LOCK_PATH] : [])].sort(),
    orphaned: [...plan.remove, ...plan.keep, ...strays].sort(),
  };
}
