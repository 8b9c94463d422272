import { type AuthAlternatives, authorize, chooseAlternative, withCredentials } from './auth.js';
import { RefundConfigError } from './errors.js';
import type { Authorized, HttpRequest } from './http.js';
import { type Redactor, redactor } from './redact.js';

/** The credentials of a client. They are in closures, and in nothing that can be printed. */
export interface Credentials {
  /** Completes a request, the last step before it is sent; or says where to ask for what is missing. */
  readonly authorize: (request: HttpRequest, timeoutMs: number) => HttpRequest | (() => Promise<Authorized>);
  /** Keeps the credentials out of what leaves the client. */
  readonly redact: Redactor;
}

/**
 * Takes the credentials of a configuration. Asks for none of them.
 *
 * @throws RefundConfigError where they cannot work.
 */
export function takeCredentials(alternatives: AuthAlternatives, given: Readonly<Record<string, unknown>>): Credentials {
  chooseAlternative(alternatives, given);
  const asked = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'function' ? [async () => [name, await ask(name, () => value())] as const] : [],
  );
  if (asked.length === 0) {
    const authorization = authorize(alternatives, given);
    return {
      authorize: (request) => withCredentials(request, authorization),
      redact: redactor(authorization.secrets),
    };
  }
  const secrets = changingSecrets(Object.values(given).filter((value) => typeof value === 'string'));
  return {
    redact: secrets.redact,
    authorize: (request, timeoutMs) => async () => {
      try {
        const texts = Object.fromEntries(await Promise.all(asked.map((one) => one())));
        const authorization = authorize(alternatives, { ...given, ...texts });
        secrets.keep(authorization.secrets, timeoutMs);
        return { request: withCredentials(request, authorization) };
      } catch (error) {
        // Its words are those of this runtime, and name no value.
        if (error instanceof RefundConfigError) return { fault: error.message };
        return { fault: 'the credentials could not be had' };
      }
    },
  };
}

/** What a failing function says is not passed on: it may hold a secret of its own. */
async function ask(name: string, credential: () => unknown): Promise<unknown> {
  try {
    // Not `undefined`: that would be a credential that is not given, and another alternative might be without it.
    return (await credential()) ?? null;
  } catch {
    throw new RefundConfigError(`the function that gives auth.${name} failed`);
  }
}

/** Beside the time that an exchange takes: for all that is done with its answer. */
const KEPT_MS = 600_000;

/** A redactor whose secrets come and go. One is kept while an answer to what was sent with it may be under way. */
function changingSecrets(fixed: readonly string[]): {
  readonly redact: Redactor;
  readonly keep: (secrets: readonly string[], timeoutMs: number) => void;
} {
  const keptUntil = new Map<string, number>();
  let current = redactor(fixed);
  return {
    redact: {
      body: (value) => current.body(value),
      facts: (facts) => current.facts(facts),
      error: (error) => current.error(error),
      json: (document) => current.json(document),
    },
    keep: (secrets, timeoutMs) => {
      const now = performance.now();
      for (const [secret, until] of keptUntil) if (until < now) keptUntil.delete(secret);
      for (const secret of secrets) {
        keptUntil.set(secret, Math.max(keptUntil.get(secret) ?? 0, now + timeoutMs + KEPT_MS));
      }
      current = redactor([...fixed, ...keptUntil.keys()]);
    },
  };
}
