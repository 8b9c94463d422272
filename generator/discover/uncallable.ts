import { type OperationRef, uncallableOperations } from '../load/operations.js';
import { locationOf, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { type Problem, warning } from '../problem.js';
import { readWords } from './signs.js';
import { isRefund } from './words.js';

/** Says which paths about refunds were left out, at most once: without it, nobody could tell why they are not found. */
export function uncallable(document: SpecDocument): readonly Problem[] {
  const about = uncallableOperations(document).filter((operation) => mentionsRefund(document, operation));
  const paths = [...new Set(about.map(({ path }) => path))];
  const [first] = paths;
  if (first === undefined) return [];
  const others = paths.length === 1 ? '' : ` (and ${paths.length - 1} more)`;
  const message = `path ${JSON.stringify(first)}${others} cannot be called: it has to begin with / and hold no ? or #`;
  const hint = 'If it refunds payments, correct the path in the spec: what is called there is not what it says.';
  return [warning('R044', message, hint, locationOf(document, toPointer(['paths', first])))];
}

function mentionsRefund(document: SpecDocument, operation: OperationRef): boolean {
  const { id, segments, summary } = readWords(document, operation);
  return [...segments.flatMap(({ words }) => words), ...id, ...summary].some(isRefund);
}
