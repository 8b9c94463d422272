import type { CallOptions } from './connection.js';
import type { NextStep } from './errors.js';

/** How a provider that promises to act once on a repeated key is sent the same request again. */
export interface ReplayPolicy {
  /** How often one call sends at most. */
  readonly maxSends: number;
  /** Whether the provider still remembers a key that was first sent then. After that, the same key is a new refund. */
  readonly isKeyAlive: (startedAt: string, timeoutMs: number) => boolean;
  /** What the caller can do when it does not. */
  readonly whenExpired: NextStep;
  /** Waits before the next send; false where the call was aborted, or the provider asks for too long a wait. */
  readonly wait: (send: number, retryAfterMs: number | undefined, call: CallOptions) => Promise<boolean>;
}

/** Beside the time that a request may take: for the clocks of two machines. */
const KEY_MARGIN_MS = 600_000;
const MAX_SENDS = 3;
const MAX_DELAY_MS = 20_000;
const FIRST_DELAY_MS = 500;

/**
 * Sends again, with the same bytes and the same key.
 *
 * @param keyLifetimeHours - as the provider's documents state it.
 * @param whenExpired - what the caller can do about an unknown outcome after that.
 */
export function replayWithKey(keyLifetimeHours: number, whenExpired: NextStep): ReplayPolicy {
  return {
    maxSends: MAX_SENDS,
    isKeyAlive: (startedAt, timeoutMs) =>
      Date.now() + timeoutMs + KEY_MARGIN_MS < Date.parse(startedAt) + keyLifetimeHours * 3_600_000,
    whenExpired,
    wait: async (send, retryAfterMs, call) => {
      const backoff = FIRST_DELAY_MS * 2 ** (send - 1) * (0.5 + Math.random() / 2);
      const delay = Math.max(backoff, retryAfterMs ?? 0);
      return delay <= MAX_DELAY_MS && (await sleep(delay, call.signal));
    },
  };
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(false);
    const abort = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve(true);
    }, milliseconds);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
