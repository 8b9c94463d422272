import path from 'node:path';
import type { BuiltProvider, Tell } from '../build/build.js';
import type { CheckReport } from '../output/check.js';
import type { OutputReport } from '../output/write.js';
import type { Problem } from '../problem.js';

/** What a command says of a build, while it runs and when it has ended. */
export interface Reporter {
  /** Learns of each provider as it starts and ends. */
  readonly tell: Tell;
  /** Says what is wrong. */
  problems(problems: readonly Problem[]): void;
  /** Ends a build that came to nothing. */
  failed(failure: Failure): void;
  /** Ends a build whose files were written. */
  written(outcome: Outcome, report: OutputReport): void;
  /** Ends a build whose files were compared. */
  checked(outcome: Outcome, report: CheckReport): void;
}

export interface Outcome {
  readonly output: string;
  readonly providers: readonly BuiltProvider[];
}

export interface Failure {
  /** All that stood in the way. */
  readonly problems: readonly Problem[];
  /** What that means: `Nothing was written.` */
  readonly message: string;
  /** The specs as the user named them. */
  readonly specs: readonly string[];
}

/** The output folder, for people. */
export function shownFolder(output: string): string {
  return path.relative(process.cwd(), output) || '.';
}
