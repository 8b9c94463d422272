import type { Discovery } from '../discover/discover.js';
import type { Fact, Operation, Path, RequestPlace } from '../ir.js';
import { factAt, locationOf, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error, type ProblemCode, type Problems } from '../problem.js';
import type { XRefund } from './x-refund.js';

/** What the rules of normalizing work on. */
export interface Context {
  readonly document: SpecDocument;
  readonly xRefund: XRefund;
  readonly discovery: Discovery;
  readonly problems: Problems;
}

/** What the rules about one operation work on, once it has been read. */
export interface CreateContext extends Context {
  readonly create: Operation;
}

/** The fact at a place of `x-refund`. */
export function xFact<T>(context: Context, keys: readonly (string | number)[], value: T): Fact<T> {
  return factAt(context.document, toPointer(['x-refund', ...keys]), value);
}

/**
 * Stops with a question: a fact that decides over money is missing, and is not guessed.
 *
 * @param lines - what to write under `x-refund` in the overlay, as YAML.
 */
export function ask(context: Context, code: ProblemCode, question: string, lines: string, pointer: string): void {
  const name = context.document.overlay?.file ?? 'an overlay beside the spec (<name>.overlay.yaml)';
  const hint = [
    `Find out, and write to ${name} under actions:`,
    '  - target: $',
    '    update:',
    '      x-refund:',
    ...lines.split('\n').map((line) => `        ${line}`),
    '    x-refund: { source: <the document that says so>, date: <YYYY-MM-DD, when you read it> }',
  ].join('\n');
  context.problems.add(error(code, question, hint, locationOf(context.document, pointer)));
}

/** `body.refund.id` as keys from the root of the body. */
export function bodyPath(place: string): Path {
  return place.split('.').slice(1);
}

/** `body.metadata.refund_ref` as a place in the request. */
export function requestPlace(text: string): RequestPlace {
  const [part = 'body', ...path] = text.split('.');
  return { part: part as RequestPlace['part'], path };
}
