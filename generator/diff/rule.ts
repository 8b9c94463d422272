import type { ProblemCode } from '../problem.js';
import type { ChangeKind, Grade } from './change.js';
import type { Contract } from './contract.js';

/** A change before it is graded. */
export interface Step {
  readonly kind: ChangeKind;
  /** Empty where the fact was added. */
  readonly before: string;
  /** Empty where the fact was removed. */
  readonly after: string;
  /** What the groups of {@link Rule.about} found. */
  readonly names: readonly string[];
  readonly contracts: { readonly before: Contract; readonly after: Contract };
}

/** What a change is, and what it means. */
export type Verdict = readonly [Grade, string];

/** How changes of one kind of fact are graded. */
export interface Rule {
  readonly about: RegExp;
  readonly judge: (step: Step) => Verdict;
  /** What generating asks where the fact is not known. */
  readonly asks?: ProblemCode;
}

/** What holds for nearly every change: the running client does not know of it. */
export const UNTIL = 'until the client is generated again';

/** By what has happened. */
export function byKind(verdicts: Readonly<Record<ChangeKind, Verdict>>): Rule['judge'] {
  return ({ kind }) => verdicts[kind];
}

/** Whatever has happened. */
export function always(grade: Grade, means: string): Rule['judge'] {
  return () => [grade, means];
}
