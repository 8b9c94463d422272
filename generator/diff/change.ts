import type { ProblemCode } from '../problem.js';

/**
 * What a change can do. `money`: a refund could be made twice, read wrongly or be of another sum. `breaking`: callers or
 * the running client meet an error. `harmless`: neither.
 */
export type Grade = 'money' | 'breaking' | 'harmless';

export const GRADES: readonly Grade[] = ['money', 'breaking', 'harmless'];

export type ChangeKind = 'added' | 'removed' | 'changed';

/** Where a fact stands. Lines and columns count from 1; `null` where the document is not at hand. */
export interface ChangePlace {
  readonly file: string;
  /** JSON pointer (RFC 6901) in that file. */
  readonly pointer: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** A fact on one side of a change. */
export interface ChangeSide {
  readonly value: string;
  readonly place: ChangePlace;
}

/** A fact that is not what it was. What is renamed is removed and added. */
export interface Change {
  readonly grade: Grade;
  readonly kind: ChangeKind;
  /** In the words of the contract: `amount unit`, `status pending`. */
  readonly subject: string;
  readonly before: ChangeSide | null;
  readonly after: ChangeSide | null;
  /** What it means for callers, and what to do where that is something. */
  readonly means: string;
  /** The code of the question that generating stops at, where the change is not answered yet. */
  readonly question: ProblemCode | null;
  /** What came or went with it: the fields of a new object, say. */
  readonly parts: readonly string[];
}
