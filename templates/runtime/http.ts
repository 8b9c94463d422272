/** A request as it goes out, byte for byte. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** An answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  /** The media type without parameters, lower case; empty where the answer names none. */
  readonly mediaType: string;
  readonly retryAfter: string | undefined;
  /** `undefined` where the bytes are not UTF-8. */
  readonly text: string | undefined;
}

/** Why there is no answer, and whether the request can have reached the provider. */
export type NoAnswer =
  | { readonly sent: true; readonly reason: FailedSend; readonly message: string }
  | { readonly sent: false; readonly reason: FailedSend | 'credential'; readonly message: string };

type FailedSend = 'timeout' | 'aborted' | 'network';

/** What comes of sending. */
export type Exchange = { readonly answer: HttpAnswer } | { readonly noAnswer: NoAnswer };

/** A request with its credentials; or why it has none, in words that hold no secret. */
export type Authorized =
  | { readonly request: HttpRequest; readonly fault?: undefined }
  | { readonly request?: undefined; readonly fault: string };

/** How a request is sent. */
export interface Transport {
  readonly fetch: typeof globalThis.fetch;
  /** For the whole exchange, the credentials and the body of the answer included. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** 8 MiB. An answer about a refund is small; a larger one is not read. */
const MAX_ANSWER_BYTES = 8_388_608;

/**
 * Sends a request once. Never throws: what went wrong is in the result. Redirects are not followed.
 *
 * A platform may send again by itself after a 421 (RFC 9110, section 15.5.20): the server has then said that it has not
 * acted.
 *
 * @param request - or where to ask for it, which may take a part of the time.
 */
export async function exchange(
  request: HttpRequest | (() => Promise<Authorized>),
  transport: Transport,
): Promise<Exchange> {
  // Taken out of the object: some platforms refuse a `fetch` that is called as a method.
  const { fetch, signal, timeoutMs } = transport;
  if (signal?.aborted) return unsent('aborted', 'aborted before anything was sent');
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  // Listens before anything is called: what is called may itself end the exchange.
  const ended = aborted(controller.signal);
  let begun = false;
  let whole = false;
  try {
    const ready = typeof request === 'function' ? await Promise.race([request(), ended]) : { request };
    // A credential may come in the moment in which the exchange ends.
    if (controller.signal.aborted) return neverBegun(signal?.aborted, true, timeoutMs);
    if (ready.fault !== undefined) return unsent('credential', `nothing was sent: ${ready.fault}`);
    begun = true;
    const answering = send(ready.request, fetch, controller.signal);
    // Raced, as an injected fetch may ignore the signal.
    const { answer, isWhole } = await Promise.race([answering.then(readAnswer), ended]);
    whole = isWhole;
    return { answer };
  } catch (error) {
    if (!begun) return neverBegun(signal?.aborted, controller.signal.aborted, timeoutMs);
    if (signal?.aborted) return mayHaveArrived('aborted', 'aborted after the request may have been sent');
    if (controller.signal.aborted) return mayHaveArrived('timeout', `no complete answer within ${timeoutMs} ms`);
    return networkFailure(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    // What is not read to its end would hold its connection. After one that is, an abort would only cost its time.
    if (!whole) controller.abort();
  }
}

function send(
  { body, headers, method, url }: HttpRequest,
  fetch: Transport['fetch'],
  signal: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    redirect: 'manual',
    credentials: 'omit',
    ...NOT_CACHED,
    signal,
    ...(body === undefined ? {} : { body }),
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
  // It also ends when the exchange has, and nobody waits for it then.
  ended.catch(() => undefined);
  return ended;
}

/** Apart from the others: the types of Node do not know it. */
const NOT_CACHED = { cache: 'no-store' } as const;

interface ReadAnswer {
  readonly answer: HttpAnswer;
  /** Whether the body was read to its end. One that fetch withholds, as that of a 205, may still be coming in. */
  readonly isWhole: boolean;
}

async function readAnswer(response: Response): Promise<ReadAnswer> {
  const answer = {
    status: response.status,
    mediaType: (response.headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase(),
    retryAfter: response.headers.get('retry-after') ?? undefined,
    text: decode(await readBytes(response)),
  };
  return { answer, isWhole: response.body !== null };
}

async function readBytes(response: Response): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new AnswerTooLargeError();
    chunks.push(value);
  }
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

class AnswerTooLargeError extends Error {}

function unsent(reason: FailedSend | 'credential', message: string): Exchange {
  return { noAnswer: { sent: false, reason, message } };
}

function mayHaveArrived(reason: FailedSend, message: string): Exchange {
  return { noAnswer: { sent: true, reason, message } };
}

/** The exchange has ended while the credentials were asked for. */
function neverBegun(byCaller: boolean | undefined, byTime: boolean, timeoutMs: number): Exchange {
  if (byCaller) return unsent('aborted', 'aborted before anything was sent');
  if (byTime) return unsent('timeout', `nothing was sent: no credentials within ${timeoutMs} ms`);
  return unsent('credential', 'nothing was sent: the credentials could not be had');
}

/** The error itself is not passed on: its message may hold a header, and so a credential. */
function networkFailure(error: unknown): Exchange {
  if (error instanceof AnswerTooLargeError) {
    return mayHaveArrived('network', `the answer is larger than ${MAX_ANSWER_BYTES} bytes`);
  }
  const code = errorCode(error);
  const suffix = code === undefined ? '' : ` (${code})`;
  return provesNothingSent(error)
    ? unsent('network', `no connection could be made${suffix}`)
    : mayHaveArrived('network', `the connection failed${suffix}; the request may have arrived`);
}

/** Failures of the TLS handshake: the request is written only after it. */
const TLS_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Whether an error of fetch proves that no byte of the request left. Only what is known to come before writing counts:
 * name resolution, connecting, the TLS handshake. A reset may come after the provider has acted.
 */
function provesNothingSent(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.every((inner) => provesNothingSent(inner, depth + 1));
  }
  const code = errorCode(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || (code !== undefined && TLS_CODES.has(code))) return true;
  const syscall = 'syscall' in error ? error.syscall : undefined;
  return syscall === 'connect' || syscall === 'getaddrinfo' || provesNothingSent(error.cause, depth + 1);
}

function errorCode(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z\d_]*$/.test(code) ? code : errorCode(error.cause, depth + 1);
}
