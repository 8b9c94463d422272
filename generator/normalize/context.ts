import type { Discovery } from '../discover/discover.js';
import type { AmountFormat, Fact, Operation, Path, RequestPlace } from '../ir.js';
import { factAt, locationOf, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { type ProblemCode, type Problems, question } from '../problem.js';
import type { XRefund } from './x-refund.js';

/** What the rules of normalizing work on. */
export interface Context {
  readonly document: SpecDocument;
  readonly xRefund: XRefund;
  readonly discovery: Discovery;
  readonly problems: Problems;
  /** Where the schemas stand that are read in answers. Grows while answers are read. */
  readonly spine: Set<string>;
}

/** What the rules about one operation work on, once it has been read. */
export interface CreateContext extends Context {
  readonly create: Operation;
  /** The unit of amounts, where it is known. */
  readonly unit: AmountFormat['unit'] | undefined;
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
export function ask(context: Context, code: ProblemCode, asked: string, lines: string, pointer: string): void {
  const { document, problems } = context;
  const update = `x-refund:\n${lines.replaceAll(/^/gm, '  ')}`;
  problems.add(question(code, asked, { update, overlay: document.overlay?.file }, locationOf(document, pointer)));
}

/** `body.refund.id` as keys from the root of the body. */
export function bodyPath(place: string): Path {
  return place.split('.').slice(1);
}

/** `body.metadata.refund_ref` as a place in the request. */
export function requestPlace(text: string): RequestPlace {
  const [part = 'body', ...keys] = text.split('.');
  const path = keys.flatMap((key) => (key.endsWith('[]') ? [key.slice(0, -2), '[]'] : [key]));
  // The schema of x-refund has said that it is one of them.
  return { part: part as RequestPlace['part'], path };
}

/** A place in the request as it is written in an overlay: `body.items[].amount`. */
export function placeText({ part, path }: RequestPlace): string {
  return [part, ...path].join('.').replaceAll('.[]', '[]');
}
