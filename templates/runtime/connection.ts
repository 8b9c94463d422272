import { type AuthAlternatives, authorize, redact, redactJson } from './auth.js';
import { check, type Shape } from './check.js';
import { describeFields, type FieldError, RefundConfigError } from './errors.js';
import { type Exchange, exchange, type HttpAnswer } from './http.js';
import { memoryJournal, type RecordedAnswer, type RefundJournal } from './journal.js';
import { type Operation, type OperationInput, writeRequest } from './request.js';

/** What an observer sees of a request. Never a header, a credential or a body. */
export interface RequestEvent {
  readonly provider: string;
  /** The operation's name in the spec. */
  readonly operation: string;
  readonly method: string;
  /** The path template, without its values. */
  readonly path: string;
  /** 1 for the first time this request is sent. */
  readonly attempt: number;
  readonly refundRef?: string;
}

/** What an observer sees of an answer, or of its absence. */
export interface AnswerEvent extends RequestEvent {
  readonly httpStatus?: number;
  /** Why there is no answer. */
  readonly failure?: 'timeout' | 'aborted' | 'network';
  readonly durationMs: number;
}

/** Observers. They cannot change what happens to money: what they throw is ignored. */
export interface Hooks {
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  readonly onAnswer?: ((event: AnswerEvent) => void) | undefined;
}

/** What every client takes. */
export interface ClientConfig {
  /** Another base URL than the spec's, such as a proxy of your own. HTTPS, or loopback. */
  readonly baseUrl?: string | undefined;
  /** The `fetch` to send with. Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** For one exchange, the body of the answer included, in milliseconds. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Where attempts are recorded. Default: the memory of this process, see {@link memoryJournal}. */
  readonly journal?: RefundJournal | undefined;
  readonly hooks?: Hooks | undefined;
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call. A refund that may have been sent by then ends as `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's `timeoutMs`. */
  readonly timeoutMs?: number | undefined;
}

/** A header that is set on the client, or on a call. */
export interface Setting {
  /** The field of the configuration, and of the call options. */
  readonly name: string;
  readonly header: string;
  readonly required: boolean;
  readonly shape: Shape;
}

/** What the spec says about connecting to a provider. */
export interface ConnectionFacts {
  readonly provider: string;
  /** By name; `undefined` where the caller gives the base URL. */
  readonly servers: Readonly<Record<string, string>>;
  readonly auth: AuthAlternatives;
  readonly settings: readonly Setting[];
}

/** A provider that requests can be sent to. Credentials are in its closures, and in nothing that can be printed. */
export interface Connection {
  readonly provider: string;
  readonly baseUrl: string;
  readonly journal: RefundJournal;
  /** The headers that the client and the call set for an operation. */
  readonly settings: (operation: Operation, call: object) => Readonly<Record<string, unknown>>;
  /** What is wrong with the options of a call. Checked before anything is sent or recorded. */
  readonly checkCall: (call: object) => FieldError[];
  /** Replaces the secrets of this connection in what leaves the client. */
  readonly redact: <T>(value: T) => T;
  /** An answer as it may be kept. */
  readonly toRecord: (answer: HttpAnswer) => RecordedAnswer;
  /** Sends a checked input once. The answer is as it came: it may repeat a secret. */
  readonly send: (
    operation: Operation,
    input: OperationInput,
    call: CallOptions,
    about: SendContext,
  ) => Promise<Exchange>;
}

/** What a request is sent for. */
export interface SendContext {
  readonly attempt: number;
  readonly refundRef?: string;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** The longest delay that a timer of the platform takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Connects a configuration to a provider. Sends nothing.
 *
 * @throws RefundConfigError where the configuration cannot work.
 */
export function connect(
  facts: ConnectionFacts,
  config: ClientConfig & { readonly auth: object; readonly server?: string | undefined },
): Connection {
  const baseUrl = requireBaseUrl(config.baseUrl ?? chooseServer(facts.servers, config.server));
  const authorization = authorize(facts.auth, Object.fromEntries(Object.entries(config.auth ?? {})));
  const given: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(config));
  requireSettings(facts.settings, given);
  const timeoutMs = requireTimeout(config.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const { hooks = {} } = config;
  return {
    provider: facts.provider,
    baseUrl,
    journal: config.journal ?? memoryJournal(),
    settings: (operation, call) => {
      const merged: Readonly<Record<string, unknown>> = { ...given, ...call };
      const taken = facts.settings.filter(({ header }) => operation.parameters.some(({ name }) => name === header));
      return Object.fromEntries(taken.map(({ name, header }) => [header, merged[name] ?? given[name]]));
    },
    checkCall: (call) =>
      checkCall(
        call,
        facts.settings.map(({ name }) => name),
      ),
    redact: (value) => redact(value, authorization.secrets),
    toRecord: ({ mediaType, status, text = '' }) => ({
      status,
      mediaType,
      text: redactJson(text, authorization.secrets),
    }),
    send: async (operation, input, call, about) => {
      const event: RequestEvent = {
        provider: facts.provider,
        operation: operation.name,
        method: operation.method,
        path: operation.path,
        ...about,
      };
      observe(() => hooks.onRequest?.(event));
      const started = performance.now();
      const result = await exchange(writeRequest(operation, input, baseUrl, authorization), {
        fetch: config.fetch ?? globalThis.fetch,
        timeoutMs: call.timeoutMs ?? timeoutMs,
        signal: call.signal,
      });
      const ended = 'answer' in result ? { httpStatus: result.answer.status } : { failure: result.noAnswer.reason };
      observe(() => hooks.onAnswer?.({ ...event, ...ended, durationMs: performance.now() - started }));
      return result;
    },
  };
}

function observe(hook: () => unknown): void {
  try {
    // A hook may be async in spite of its type: its rejection must not end the process.
    Promise.resolve(hook()).catch(() => undefined);
  } catch {
    // An observer must not decide whether a refund is sent, or lose its outcome.
  }
}

function chooseServer(servers: Readonly<Record<string, string>>, chosen: string | undefined): string | undefined {
  const names = Object.keys(servers);
  const name = chosen ?? (names.length === 1 ? names[0] : undefined);
  if (name !== undefined && Object.hasOwn(servers, name)) return servers[name];
  if (names.length === 0) return undefined;
  throw new RefundConfigError(`server must be one of ${names.join(', ')}`);
}

function requireBaseUrl(text: string | undefined): string {
  if (text === undefined) throw new RefundConfigError('baseUrl is required: the spec names no server of its own');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new RefundConfigError('baseUrl is not an absolute URL');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new RefundConfigError('baseUrl must not hold credentials, a query or a fragment');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new RefundConfigError('baseUrl must be HTTPS; plain HTTP is for loopback (localhost, 127.0.0.1, [::1]) only');
  }
  return url.href;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function requireSettings(settings: readonly Setting[], given: Readonly<Record<string, unknown>>): void {
  const faults = settings.flatMap(({ name, required, shape }) => {
    const value = given[name];
    if (value === undefined) return required ? [{ field: name, message: 'is required' }] : [];
    return value === '' ? [{ field: name, message: 'must not be empty' }] : check(value, shape, name);
  });
  if (faults.length > 0) throw new RefundConfigError(describeFields(faults));
}

function requireTimeout(timeoutMs: number): number {
  const faults = checkTimeout(timeoutMs);
  if (faults.length === 0) return timeoutMs;
  throw new RefundConfigError(describeFields(faults));
}

function checkTimeout(timeoutMs: unknown): FieldError[] {
  const fits = typeof timeoutMs === 'number' && timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS;
  return fits ? [] : [{ field: 'timeoutMs', message: `must be between 1 and ${MAX_TIMEOUT_MS}` }];
}

/** An option that is not known is refused: whoever asks for test mode must not move real money. */
function checkCall(call: object, settings: readonly string[]): FieldError[] {
  const known = ['signal', 'timeoutMs', ...settings];
  return Object.entries(call)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => {
      if (name === 'timeoutMs') return checkTimeout(value);
      return known.includes(name) ? [] : [{ field: name, message: 'is no option of a call' }];
    });
}
