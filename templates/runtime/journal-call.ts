import type { CallOptions, Connection } from './connection.js';
import type { RefundJournal } from './journal.js';

/** What the journal said, or that it failed or took too long. */
export type JournalAnswer<T> = { readonly failed: false; readonly value: T } | { readonly failed: true };

/** Asks the journal. One that fails or hangs must not keep from the caller what has happened to the money. */
export async function askJournal<T>(
  connection: Connection,
  call: CallOptions,
  ask: (journal: RefundJournal) => Promise<T>,
): Promise<JournalAnswer<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<JournalAnswer<T>>((resolve) => {
    timer = setTimeout(() => resolve({ failed: true }), connection.timeoutOf(call));
  });
  try {
    const answered = Promise.resolve(ask(connection.journal)).then((value) => ({ failed: false, value }) as const);
    return await Promise.race([answered, late]);
  } catch {
    return { failed: true };
  } finally {
    clearTimeout(timer);
  }
}
