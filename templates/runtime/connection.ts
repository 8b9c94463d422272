import type { AuthAlternatives } from './auth.js';
import { check, isObject, type Shape } from './check.js';
import { takeCredentials } from './credentials.js';
import { describeFields, type FieldError, RefundConfigError } from './errors.js';
import { type Exchange, exchange, type HttpAnswer, type HttpRequest, type NoAnswer } from './http.js';
import { processJournal, type RecordedAnswer, type RefundJournal } from './journal.js';
import { parseJson } from './json.js';
import type { Redactor } from './redact.js';
import { checkHeaderText, checkInput, type Operation, type OperationInput, writeRequest } from './request.js';
import { RUNTIME_VERSION } from './version.js';

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
  readonly failure?: NoAnswer['reason'];
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
  /** For one exchange, from asking for credentials to the end of the answer, in milliseconds. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Where attempts are recorded. Default: the memory of this process, shared by all its clients. */
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
  /** Whether a call may set it. */
  readonly perCall: boolean;
  readonly shape: Shape;
}

/** What the spec says about connecting to a provider. */
export interface ConnectionFacts {
  readonly provider: string;
  /** By name; `undefined` where the caller gives the base URL. */
  readonly servers: Readonly<Record<string, string>>;
  readonly auth: AuthAlternatives;
  readonly settings: readonly Setting[];
  /** Of a client that imports this runtime from a package: the version that it was generated for. */
  readonly runtime?: typeof RUNTIME_VERSION;
}

/** A provider that requests can be sent to. Credentials are in its closures, and in nothing that can be printed. */
export interface Connection {
  readonly provider: string;
  readonly journal: RefundJournal;
  /** The time that an exchange takes at most. */
  readonly timeoutOf: (call: CallOptions) => number;
  /** Checks an input and the options of a call, and writes the request. From here on it cannot change. */
  readonly prepare: (operation: Operation, input: OperationInput, call: CallOptions) => Prepared;
  /** Sends a prepared request once. The answer is as it came: it may repeat a secret. */
  readonly send: (request: PreparedRequest, call: CallOptions, about: SendContext) => Promise<Exchange>;
  /** Keeps the secrets of this connection out of what leaves the client. */
  readonly redact: Redactor;
  /** An answer as it may be kept. */
  readonly toRecord: (answer: HttpAnswer) => RecordedAnswer;
}

/** A request that has been checked and written. It holds no credentials. */
export interface PreparedRequest {
  readonly operation: Operation;
  readonly http: HttpRequest;
}

/** A prepared request, or what is wrong with the input. */
export type Prepared =
  | { readonly request: PreparedRequest; readonly faults?: undefined }
  | { readonly request?: undefined; readonly faults: readonly FieldError[] };

/** What a request is sent for. */
export interface SendContext {
  readonly attempt: number;
  readonly refundRef?: string;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** The longest delay that a timer of the platform takes. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/**
 * Connects a configuration to a provider. Sends nothing.
 *
 * @throws RefundConfigError where the configuration cannot work.
 */
export function connect(
  facts: ConnectionFacts,
  config: ClientConfig & { readonly auth: object; readonly server?: string | undefined },
): Connection {
  requireVersion(facts.runtime);
  const baseUrl = requireBaseUrl(config.baseUrl ?? chooseServer(facts.servers, config.server));
  const credentials = takeCredentials(facts.auth, Object.fromEntries(Object.entries(config.auth ?? {})));
  const { redact } = credentials;
  const given: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(config));
  requireSettings(facts.settings, given);
  const timeoutMs = requireTimeout(config.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const timeoutOf = (call: CallOptions): number => call.timeoutMs ?? timeoutMs;
  return {
    provider: facts.provider,
    journal: config.journal ?? processJournal,
    timeoutOf,
    prepare: (operation, input, call) => {
      const complete = {
        ...input,
        header: { ...input.header, ...settingHeaders(facts.settings, operation, given, call) },
      };
      const faults = [...checkInput(operation, complete), ...checkCall(call, facts.settings)];
      return faults.length > 0
        ? { faults }
        : { request: { operation, http: writeRequest(operation, complete, baseUrl) } };
    },
    send: ({ http, operation }, call, about) =>
      observed(config.hooks ?? {}, { ...describe(facts.provider, operation), ...about }, () =>
        exchange(credentials.authorize(http, timeoutOf(call)), {
          fetch: config.fetch ?? globalThis.fetch,
          timeoutMs: timeoutOf(call),
          signal: call.signal,
        }),
      ),
    redact,
    // What is no JSON is never read, and it might hold a secret in a form that is not known.
    toRecord: ({ mediaType, status, text = '' }) => ({
      status,
      mediaType,
      text: parseJson(text) === undefined ? '' : redact.json(text),
    }),
  };
}

/** What is not compiled before it runs has nobody else to notice. */
function requireVersion(wanted: string | undefined): void {
  if (wanted === undefined || wanted === RUNTIME_VERSION) return;
  const found = `this client was generated for refundgen ${wanted}, and runs with ${RUNTIME_VERSION}`;
  throw new RefundConfigError(`${found}: generate it again`);
}

/** The headers that the client and the call set for an operation. */
function settingHeaders(
  settings: readonly Setting[],
  operation: Operation,
  given: Readonly<Record<string, unknown>>,
  call: CallOptions,
): Readonly<Record<string, unknown>> {
  const ofCall: Readonly<Record<string, unknown>> = { ...call };
  const taken = settings.filter(({ header }) => operation.parameters.some(({ name }) => name === header));
  return Object.fromEntries(
    taken.map(({ header, name, perCall }) => [header, (perCall ? ofCall[name] : undefined) ?? given[name]]),
  );
}

function describe(provider: string, { method, name, path }: Operation) {
  return { provider, operation: name, method, path };
}

async function observed(hooks: Hooks, event: RequestEvent, send: () => Promise<Exchange>): Promise<Exchange> {
  observe(() => hooks.onRequest?.(event));
  const started = performance.now();
  const result = await send();
  const ended = 'answer' in result ? { httpStatus: result.answer.status } : { failure: result.noAnswer.reason };
  observe(() => hooks.onAnswer?.({ ...event, ...ended, durationMs: performance.now() - started }));
  return result;
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
  // In the text: an empty query or fragment is not in `search` and `hash`, and would swallow the path.
  if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
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
    if (value === '') return [{ field: name, message: 'must not be empty' }];
    return [...check(value, shape, name), ...(typeof value === 'string' ? checkHeaderText(value, name) : [])];
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
  return fits ? [] : [{ field: 'timeoutMs', message: `must be more than 0 and at most ${MAX_TIMEOUT_MS}` }];
}

/** An option that is not known is refused: whoever asks for test mode must not move real money. */
function checkCall(call: CallOptions, settings: readonly Setting[]): FieldError[] {
  if (!isObject(call)) return [{ field: 'call', message: 'must be an object' }];
  const known = ['signal', ...settings.flatMap(({ name, perCall }) => (perCall ? [name] : []))];
  return Object.entries(call)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => {
      if (name === 'timeoutMs') return checkTimeout(value);
      if (name === 'signal' && !isSignal(value)) return [{ field: name, message: 'must be an AbortSignal' }];
      return known.includes(name) ? [] : [{ field: name, message: 'is no option of a call' }];
    });
}

function isSignal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
}
