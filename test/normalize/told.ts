import { contractOf } from '../../generator/diff/contract.js';
import type { Draft } from '../../generator/normalize/draft.js';
import type { Problem } from '../../generator/problem.js';

/** A problem in one line, by the place in the document that it is about. */
export function problemLine({ code, location, message, severity }: Problem): string {
  return `${severity} ${code} ${message} (${location?.pointer})`;
}

/** A problem with what to do about it. */
export function problemText(problem: Problem): readonly string[] {
  return [problemLine(problem), ...problem.hint.split('\n').map((line) => `  ${line}`)];
}

/** What is known, in the words of the contract. */
export function factLines(draft: Draft | undefined): readonly string[] {
  if (draft === undefined) return ['nothing is known'];
  return contractOf(draft).facts.map(({ subject, value }) => `${subject}: ${value}`);
}
