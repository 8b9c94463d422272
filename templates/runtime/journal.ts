/** An amount of an attempt, as plain JSON: minor units as decimal text. */
export interface RecordedMoney {
  readonly currency: string;
  readonly minor: string;
}

/** What a payment showed before an attempt. */
export interface PaymentBefore extends RecordedMoney {
  /** How many attempts to move money it showed. */
  readonly attempts?: number;
  /** The attempts of the journal that had been accepted by then (`attemptId`): the total includes them. */
  readonly included: readonly string[];
}

/**
 * One attempt to refund: what `reconcile` needs, and what keeps one `refundRef` to one refund. Plain JSON without
 * credentials, so that it can be stored and read back.
 */
export interface RefundAttempt<P extends string = string> {
  readonly provider: P;
  readonly refundRef: string;
  /** Tells this attempt from an earlier one with the same `refundRef`. Random, never sent. */
  readonly attemptId: string;
  readonly payment: string;
  /** `null` for a full refund. */
  readonly amount: RecordedMoney | null;
  /** What a full refund was expected to be, where the caller said so. */
  readonly expectedAmount?: RecordedMoney;
  /** What the payment showed before sending, where the caller stated it and the client has verified it. */
  readonly before?: PaymentBefore;
  /** SHA-256 of the request without its credentials. */
  readonly fingerprint: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** An answer that does not say whether money moved. */
  readonly answered?: { readonly httpStatus: number; readonly code?: string };
}

/** An answer of the provider as it is kept: plain JSON without credentials. */
export interface RecordedAnswer {
  /** Of reading the refund, where reconciling has found it; without this, the answer to the request to refund. */
  readonly of?: 'retrieve';
  readonly status: number;
  readonly mediaType: string;
  readonly text: string;
}

/**
 * What is known of a `refundRef`. `open`: sending, or the process died while sending. `refused` frees the `refundRef`
 * for the same request; every other state keeps it.
 */
export type JournalState = 'open' | 'accepted' | 'refused' | 'unknown';

export interface JournalEntry {
  readonly attempt: RefundAttempt;
  readonly state: JournalState;
  /** The answer that was accepted. */
  readonly answer?: RecordedAnswer;
}

/** Where attempts are recorded before they are sent. Share one journal among all processes that refund. */
export interface RefundJournal {
  /**
   * Claims a `refundRef` for an attempt, atomically by provider and `refundRef`. Where there is no entry, or a
   * `refused` one with the same fingerprint, it writes `entry` and returns `undefined`. Otherwise it changes nothing
   * and returns the entry that is there.
   */
  begin(entry: JournalEntry): Promise<JournalEntry | undefined>;
  /**
   * Replaces the entry of the same attempt (provider, `refundRef` and `attemptId`), if its state is one of `from`,
   * atomically. Otherwise it changes nothing and returns false: what is known of an old attempt says nothing of a
   * newer one, and nothing takes back that a refund was accepted.
   */
  replace(entry: JournalEntry, from: readonly JournalState[]): Promise<boolean>;
  /** Every entry of a payment. */
  ofPayment(provider: string, payment: string): Promise<readonly JournalEntry[]>;
}

/**
 * A journal in the memory of this process. It forgets when the process ends, and other processes do not see it: use a
 * database table for money that matters.
 */
export function memoryJournal(): RefundJournal {
  const entries = new Map<string, JournalEntry>();
  const key = ({ attempt }: JournalEntry): string => JSON.stringify([attempt.provider, attempt.refundRef]);
  return {
    async begin(entry) {
      const found = entries.get(key(entry));
      const free = found?.state === 'refused' && found.attempt.fingerprint === entry.attempt.fingerprint;
      if (found !== undefined && !free) return found;
      entries.set(key(entry), entry);
      return undefined;
    },
    async replace(entry, from) {
      const found = entries.get(key(entry));
      if (found?.attempt.attemptId !== entry.attempt.attemptId || !from.includes(found.state)) return false;
      entries.set(key(entry), entry);
      return true;
    },
    async ofPayment(provider, payment) {
      return [...entries.values()].filter(
        ({ attempt }) => attempt.provider === provider && attempt.payment === payment,
      );
    },
  };
}

/** What clients without a journal of their own share: two clients in one process refund a `refundRef` once. */
export const processJournal: RefundJournal = /* @__PURE__ */ memoryJournal();
