import type { CallOptions, Connection } from './connection.js';
import { InvalidInputError, NoAnswerError } from './errors.js';
import { isJson } from './interpret.js';
import { parseJson } from './json.js';
import type { Operation, OperationInput } from './request.js';

/** An answer that the spec declares: the status as the spec names it, and the body typed by it. */
export interface DeclaredAnswer<Status, Body> {
  readonly status: Status;
  readonly httpStatus: number;
  /** As it came: its type is the spec's word, not a check. */
  readonly body: Body;
}

/** An answer that the spec does not declare: another status, or another media type. */
export interface UndeclaredAnswer {
  readonly status: 'undeclared';
  readonly httpStatus: number;
  readonly body: unknown;
}

/** The answers of an operation that the spec declares. */
export type DeclaredAnswers = Readonly<Record<string, 'json' | 'text' | 'none'>>;

/**
 * Calls an operation as the spec has it: one request, no retry, no journal.
 *
 * @throws InvalidInputError where the input breaks the spec; nothing was sent.
 * @throws NoAnswerError where there is no answer; its `sent` says whether the request may have arrived.
 */
export async function callNative<Answer>(
  connection: Connection,
  operation: Operation,
  answers: DeclaredAnswers,
  input: OperationInput,
  call: CallOptions = {},
): Promise<Answer> {
  const { faults, request } = connection.prepare(operation, input, call);
  if (faults !== undefined) throw new InvalidInputError(faults);
  const result = await connection.send(request, call, { attempt: 1 });
  if ('noAnswer' in result) {
    const { message, sent, reason } = result.noAnswer;
    throw new NoAnswerError(message, sent, reason);
  }
  const { status: httpStatus, mediaType, text = '' } = result.answer;
  const status = [String(httpStatus), `${Math.floor(httpStatus / 100)}XX`, 'default'].find((key) =>
    Object.hasOwn(answers, key),
  );
  const declared = status === undefined ? undefined : answers[status];
  const body = declared === undefined ? undefined : readBody(declared, mediaType, text);
  const answer: DeclaredAnswer<unknown, unknown> | UndeclaredAnswer =
    status === undefined || body === undefined
      ? { status: 'undeclared', httpStatus, body: connection.redact.body(text) }
      : {
          status: /^\d+$/.test(status) ? Number(status) : status,
          httpStatus,
          body: connection.redact.body(body.value),
        };
  // The generated operation names the union that `answers` describes.
  return answer as Answer;
}

function readBody(declared: 'json' | 'text' | 'none', mediaType: string, text: string): { value: unknown } | undefined {
  if (declared === 'none') return { value: undefined };
  if (declared === 'text') return isJson(mediaType) && mediaType !== '' ? undefined : { value: text };
  return isJson(mediaType) ? parseJson(text) : undefined;
}
