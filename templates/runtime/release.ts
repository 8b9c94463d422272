import type { Connection } from './connection.js';
import type { RefundAttempt } from './journal.js';

/**
 * Frees the `refundRef` of an attempt after a person has made sure, with the provider, that it did not happen.
 *
 * @throws Error where the journal does not hold this attempt as open or unknown: it may have been accepted since, or
 * another one may have taken its `refundRef`.
 */
export async function releaseAttempt<P extends string>(
  connection: Connection,
  attempt: RefundAttempt<P>,
): Promise<void> {
  requireOwn(connection, attempt);
  if (await connection.journal.replace({ attempt, state: 'refused' }, ['open', 'unknown'])) return;
  const ref = JSON.stringify(attempt.refundRef);
  throw new Error(`nothing was released: the journal holds no open or unknown attempt of ${ref} that is this one`);
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
