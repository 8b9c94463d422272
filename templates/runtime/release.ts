import type { Connection } from './connection.js';
import type { RefundAttempt } from './journal.js';

/**
 * Frees the `refundRef` of an attempt after a person has made sure, with the provider, that it did not happen.
 *
 * @throws Error where the journal does not hold this attempt: another one may have taken its `refundRef`.
 */
export async function releaseAttempt<P extends string>(
  connection: Connection,
  attempt: RefundAttempt<P>,
): Promise<void> {
  requireOwn(connection, attempt);
  if (await connection.journal.record({ attempt, state: 'refused' })) return;
  throw new Error(`nothing was released: the journal holds no such attempt of ${JSON.stringify(attempt.refundRef)}`);
}

/**
 * An attempt may come from storage, where its type is only a claim.
 *
 * @throws TypeError where it is an attempt of another provider.
 */
export function requireOwn(connection: Connection, attempt: RefundAttempt): void {
  if (attempt.provider === connection.provider) return;
  throw new TypeError(`this is an attempt of ${attempt.provider}, not of ${connection.provider}`);
}
