import { UnreadableError } from './answer.js';
import type { CallOptions, Connection } from './connection.js';
import type { ErrorReader } from './error-body.js';
import { describeFields, type ReadError } from './errors.js';
import type { HttpAnswer } from './http.js';
import { errorValue, isIn, isJson, type Mark } from './interpret.js';
import type { RecordedAnswer } from './journal.js';
import { type Json, parseJson } from './json.js';
import type { Operation, OperationInput } from './request.js';

/** What comes of reading something at the provider. Reading moves no money. */
export type Found<T> =
  | { readonly kind: 'found'; readonly value: T; readonly answer: RecordedAnswer }
  | { readonly kind: 'failed'; readonly error: ReadError };

/** A read operation of the provider, and how its answer is understood. */
export interface ReadDefinition<T> {
  readonly operation: Operation;
  /** Values that tell an answer that says what is read from one that does not; all must be there. */
  readonly when?: readonly Mark[];
  readonly read: (body: Json) => T;
  readonly errorBody: ErrorReader;
}

/** Reads once. Never throws for what the provider or the network does. */
export async function readOne<T extends object>(
  connection: Connection,
  definition: ReadDefinition<T>,
  input: OperationInput,
  call: CallOptions,
): Promise<Found<T>> {
  const { faults, request } = connection.prepare(definition.operation, input, call);
  if (faults !== undefined) return failed('invalid_request', `nothing was sent: ${describeFields(faults)}`);
  const result = await connection.send(request, call, { attempt: 1 });
  if ('noAnswer' in result) return failed('unavailable', result.noAnswer.message);
  const { answer } = result;
  const isSuccess = answer.status >= 200 && answer.status < 300;
  const found = isSuccess ? readBody(connection, answer, definition) : refusedRead(answer, definition);
  if (found.kind === 'failed') return { kind: 'failed', error: connection.redact.error(found.error) };
  return { ...found, value: connection.redact.facts(found.value) };
}

function readBody<T extends object>(
  connection: Connection,
  answer: HttpAnswer,
  definition: ReadDefinition<T>,
): Found<T> {
  const { status, mediaType, text } = answer;
  const body = isJson(mediaType) && text !== undefined ? parseJson(text) : undefined;
  if (body === undefined) {
    return failed('malformed_answer', `HTTP ${status} is no whole JSON, or has a key twice`, { httpStatus: status });
  }
  if (!(definition.when ?? []).every(isIn(body))) {
    return failed('malformed_answer', 'the answer is none of the known shapes', {
      httpStatus: status,
      raw: body.value,
    });
  }
  try {
    return { kind: 'found', value: definition.read(body), answer: connection.toRecord(answer) };
  } catch (error) {
    const why = error instanceof UnreadableError ? error.message : 'the answer is not as documented';
    return failed('malformed_answer', why, { httpStatus: status, raw: body.value });
  }
}

function refusedRead<T extends object>(answer: HttpAnswer, definition: ReadDefinition<T>): Found<T> {
  const raw = errorValue(answer);
  const { code, message } = definition.errorBody(raw);
  const facts = { httpStatus: answer.status, raw, ...(code === undefined ? {} : { code }) };
  return failed(kindOf(answer.status), message ?? `the provider answered with HTTP ${answer.status}`, facts);
}

function kindOf(status: number): ReadError['kind'] {
  if (status === 401) return 'authentication';
  if (status === 403) return 'permission';
  if (status === 404 || status === 410) return 'not_found';
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'invalid_request' : 'unavailable';
}

function failed<T>(kind: ReadError['kind'], message: string, facts: Partial<ReadError> = {}): Found<T> {
  return { kind: 'failed', error: { kind, message, ...facts } };
}
