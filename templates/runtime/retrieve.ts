import { isSameId } from './answer.js';
import type { CallOptions, Connection } from './connection.js';
import type { AnyRefund } from './outcome.js';
import { type Found, type ReadDefinition, readOne } from './read.js';
import type { OperationInput } from './request.js';

/** A refund that names itself. */
export interface IdentifiedRefund extends AnyRefund {
  readonly id?: string;
}

/** How a refund is read by its id. */
export interface RefundReading<R extends IdentifiedRefund> extends ReadDefinition<R> {
  readonly input: (refundId: string) => OperationInput;
}

/** Reads a refund by its id. An answer about another refund is not taken for it. */
export async function retrieveRefund<R extends IdentifiedRefund>(
  connection: Connection,
  reading: RefundReading<R>,
  refundId: string,
  call: CallOptions,
): Promise<Found<R>> {
  const found = await readOne(connection, reading, reading.input(refundId), call);
  const id = found.kind === 'found' ? found.value.id : undefined;
  if (found.kind === 'failed' || id === undefined || isSameId(id, refundId)) return found;
  const message = `the provider answered for refund ${id}, not ${refundId}`;
  return { kind: 'failed', error: { kind: 'malformed_answer', message, raw: found.value.raw } };
}
