import type { Answer, Operation, Path } from '../ir.js';
import { type SchemaAt, schemasAt } from '../load/schema-at.js';
import { locationOf, resolve, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error } from '../problem.js';
import { bodyPath, type Context } from './context.js';

/** The body of an answer: the pointer of the response object, and the media type in it. */
export interface AnswerBody {
  readonly response: string;
  readonly mediaType: string;
}

/** The answer that an operation gives with a status: by itself, by its range, or by default. */
export function answerOf({ answers }: Operation, status: string): Answer | undefined {
  const keys = [status, `${status.charAt(0)}XX`, 'default'];
  return keys.flatMap((key) => answers.find((answer) => answer.status === key) ?? [])[0];
}

/** Where the body of an answer of an operation is described. */
export function answerBody(operation: Operation, status: string): AnswerBody {
  const answer = answerOf(operation, status);
  return {
    response: operation.evidence.pointer + toPointer(['responses', answer?.status ?? status]),
    mediaType: answer?.mediaType ?? '',
  };
}

/** The schemas at a place of an answer; a place that the spec does not have is an error. */
export function lookUp(
  { document, problems, spine }: Context,
  body: AnswerBody,
  place: string,
  keys: readonly (string | number)[],
): readonly SchemaAt[] {
  const found = schemasInAnswer(document, body, bodyPath(place));
  for (const { pointer } of found) spine.add(pointer);
  if (found.length === 0) {
    const hint = 'Write body.<keys> with the names of the spec, or add the field to the spec in the overlay.';
    const where = locationOf(document, toPointer(['x-refund', ...keys]));
    problems.add(error('R014', `the answer has no ${place}`, hint, where));
  }
  return found;
}

/** The schemas at a path of an answer; none where the spec has no such place. */
export function schemasInAnswer(document: SpecDocument, body: AnswerBody, path: Path): readonly SchemaAt[] {
  const response = resolve(document, body.response);
  if (response === undefined) return [];
  return schemasAt(document, `${response.pointer}${toPointer(['content', body.mediaType, 'schema'])}`, path);
}
