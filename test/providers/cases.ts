import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type AnswerEvent,
  type CallOptions,
  type ClientConfig,
  type FieldError,
  full,
  type JournalEntry,
  memoryJournal,
  money,
  type NextStep,
  type Outcome,
  partial,
  type RefundAttempt,
  RefundConfigError,
  type RefundJournal,
  type RefusedKind,
  type RequestEvent,
  type UnknownKind,
} from '../../generated/index.js';
import { processJournal } from '../../generated/runtime/journal.js';
import type { AnyRefund } from '../../generated/runtime/outcome.js';
import {
  closeAfterReading,
  halfJson,
  htmlOk,
  json,
  type Loopback,
  listen,
  neverAnswer,
  type Reply,
  type Seen,
  text,
  truncated,
} from '../loopback.js';

/** Servers of one test. Close them after it. */
export function servers(): {
  readonly serve: (...script: readonly [Reply, ...Reply[]]) => Promise<Loopback>;
  readonly close: () => Promise<void>;
} {
  const open: Loopback[] = [];
  return {
    serve: async (...script) => {
      const server = await listen(...script);
      open.push(server);
      return server;
    },
    close: async () => {
      await Promise.all(open.splice(0).map((server) => server.close()));
    },
  };
}

/** Nothing listens here: a privileged port that nobody uses and that fetch does not block. */
export const NOBODY = 'http://127.0.0.1:2';

/** A value as plain JSON: money as `{ currency, amount }`, dates as text. */
export function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Bytes with a status, whatever they are. */
function bytes(status: number, body: Uint8Array | string, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Lets a reply be sent later. */
export function held(reply: Reply): {
  readonly reply: Reply;
  readonly arrived: Promise<void>;
  readonly go: () => void;
} {
  let go = (): void => {};
  let arrive = (): void => {};
  const released = new Promise<void>((resolve) => {
    go = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return {
    reply: (response, request) => {
      arrive();
      void released.then(() => reply(response, request));
    },
    arrived,
    go: () => go(),
  };
}

/** A journal that stores JSON text, as a database would, and remembers what it was told. */
interface TextJournal extends RefundJournal {
  readonly begun: readonly JournalEntry[];
  /** What has replaced an entry, and what should have but was too late. */
  readonly recorded: readonly JournalEntry[];
  /** Everything that was ever written, as text. */
  text(): string;
}

export function textJournal(): TextJournal {
  const table = new Map<string, string>();
  const begun: JournalEntry[] = [];
  const recorded: JournalEntry[] = [];
  const stored = (entry: JournalEntry): JournalEntry => JSON.parse(JSON.stringify(entry));
  const key = ({ attempt }: JournalEntry): string => JSON.stringify([attempt.provider, attempt.refundRef]);
  const find = (entry: JournalEntry): JournalEntry | null => JSON.parse(table.get(key(entry)) ?? 'null');
  const write = (entry: JournalEntry): void => void table.set(key(entry), JSON.stringify(entry));
  return {
    begun,
    recorded,
    text: () => JSON.stringify([begun, recorded, [...table]]),
    begin: async (entry) => {
      begun.push(stored(entry));
      const found = find(entry);
      const free = found?.state === 'refused' && found.attempt.fingerprint === entry.attempt.fingerprint;
      if (found !== null && !free) return found;
      write(entry);
      return undefined;
    },
    replace: async (entry, from) => {
      recorded.push(stored(entry));
      const found = find(entry);
      if (found?.attempt.attemptId !== entry.attempt.attemptId || !from.includes(found.state)) return false;
      write(entry);
      return true;
    },
    ofPayment: async (provider, payment) =>
      [...table.values()]
        .map((row): JournalEntry => JSON.parse(row))
        .filter(({ attempt }) => attempt.provider === provider && attempt.payment === payment),
  };
}

/** A journal that does something else in one of its steps. */
export function journalWith(changes: Partial<RefundJournal>): RefundJournal {
  return { ...memoryJournal(), ...changes };
}

/** Never answers, and lets the time of the call run out. Needs fake timers. */
export function hang<T>(): Promise<T> {
  queueMicrotask(() => vi.advanceTimersByTime(60_000));
  return new Promise<T>(() => undefined);
}

/** An answer after which nobody knows whether money moved. */
interface UnknownCase {
  readonly name: string;
  readonly reply: Reply;
  readonly kind: UnknownKind;
  readonly httpStatus?: number;
}

function repeated(statuses: readonly number[], kind: UnknownKind, reply: (status: number) => Reply): UnknownCase[] {
  return statuses.map((status) => ({ name: `HTTP ${status}`, reply: reply(status), kind, httpStatus: status }));
}

/** What can come instead of the answer that accepts, for any provider that answers in JSON. */
function unknownCases(accepted: { readonly status: number; readonly body: object }): readonly UnknownCase[] {
  const { status, body } = accepted;
  const whole = JSON.stringify(body);
  const malformed = (name: string, reply: Reply, httpStatus = status): UnknownCase => ({
    name,
    reply,
    kind: 'malformed_answer',
    httpStatus,
  });
  const asJson = (content: Uint8Array | string): Reply =>
    bytes(status, content, { 'content-type': 'application/json' });
  return [
    { name: 'the server closes the socket after reading', reply: closeAfterReading, kind: 'network' },
    { name: 'the answer is cut off', reply: truncated(status, body), kind: 'network' },
    { name: 'a refusal is cut off', reply: truncated(400, body), kind: 'network' },
    { name: 'the answer is larger than is read', reply: asJson('x'.repeat(9 * 1024 * 1024)), kind: 'network' },
    malformed('half a JSON', halfJson(status, body)),
    malformed('HTML with status 200', htmlOk, 200),
    malformed('HTML that calls itself JSON', json(status, '<html><body>OK</body></html>')),
    malformed('the right JSON that calls itself HTML', text(status, whole, 'text/html')),
    malformed('the right JSON twice', json(status, `${whole}${whole}`)),
    malformed('an empty body', json(status, '')),
    malformed('null', json(status, 'null')),
    malformed('an empty object', json(status, '{}')),
    malformed('a list', json(status, [body])),
    malformed('a text', json(status, JSON.stringify(whole))),
    malformed('bytes that are no UTF-8', asJson(Buffer.from(`{"a":"\u00ff",${whole.slice(1)}`, 'latin1'))),
    malformed('a key twice', json(status, `{"extra":1,"extra":1,${whole.slice(1)}`)),
    malformed('a key twice, once escaped', json(status, `{"extra":1,"e\\u0078tra":1,${whole.slice(1)}`)),
    malformed('a key twice, deep inside', json(status, `{"extra":[{"a":1,"a":2}],${whole.slice(1)}`)),
    malformed('deep nesting', json(status, `{"extra":${'['.repeat(99)}${']'.repeat(99)},${whole.slice(1)}`)),
    ...[200, 201, 202, 203, 206]
      .filter((other) => other !== status)
      .map((other) => malformed(`the right JSON with HTTP ${other}`, json(other, body), other)),
    malformed('HTTP 204', bytes(204, ''), 204),
    ...repeated([301, 302, 303, 307, 308], 'ambiguous_answer', (redirect) =>
      json(redirect, body, { location: '/elsewhere' }),
    ),
    ...repeated([300, 304, 408, 409, 412, 417, 418, 423, 424, 425, 428, 499], 'ambiguous_answer', (other) =>
      json(other, {}),
    ),
    ...repeated([500, 501, 502, 503, 504, 505, 520, 599], 'provider_error', (other) =>
      text(other, '<html>Bad</html>', 'text/html'),
    ),
    { name: 'HTTP 500 with the right JSON', reply: json(500, body), kind: 'provider_error', httpStatus: 500 },
    {
      name: 'HTTP 503 that asks to wait',
      reply: json(503, {}, { 'retry-after': '1' }),
      kind: 'provider_error',
      httpStatus: 503,
    },
  ];
}

/** An answer that proves that no money moved. */
interface RefusedCase {
  readonly status: number;
  readonly kind: RefusedKind;
  readonly next: NextStep;
}

/** Refusals that mean the same everywhere. 421 has a test of its own: the platform may send again after it. */
const REFUSALS: readonly RefusedCase[] = [
  { status: 400, kind: 'invalid_request', next: 'correct_request' },
  { status: 401, kind: 'authentication', next: 'correct_credentials' },
  { status: 402, kind: 'declined', next: 'ask_provider' },
  { status: 403, kind: 'permission', next: 'correct_credentials' },
  { status: 404, kind: 'not_found', next: 'correct_request' },
  { status: 405, kind: 'refused', next: 'ask_provider' },
  { status: 406, kind: 'refused', next: 'ask_provider' },
  { status: 410, kind: 'not_found', next: 'correct_request' },
  { status: 411, kind: 'refused', next: 'ask_provider' },
  { status: 413, kind: 'invalid_request', next: 'correct_request' },
  { status: 414, kind: 'invalid_request', next: 'correct_request' },
  { status: 415, kind: 'refused', next: 'ask_provider' },
  { status: 426, kind: 'refused', next: 'ask_provider' },
  { status: 429, kind: 'rate_limited', next: 'call_again_later' },
  { status: 431, kind: 'invalid_request', next: 'correct_request' },
  { status: 451, kind: 'permission', next: 'ask_provider' },
];

/** Amounts that are refused wherever the amount has to be named, as a caller may write them without types. */
const NO_AMOUNTS: readonly (readonly [name: string, amount: unknown])[] = [
  ['zero', partial(money('USD', 0n))],
  ['a negative amount', partial(money('USD', -1n))],
  ['full()', full()],
  ['full(expect)', full(money('USD', 1250n))],
  ['a number', 12.5],
  ['a bigint', 1250n],
  ['a text', '12.50'],
  ['null', null],
  ['nothing', undefined],
  ['an empty object', {}],
  ['a list', [partial(money('USD', 1250n))]],
  ['money without partial()', money('USD', 1250n)],
  ['partial() of nothing', { kind: 'partial' }],
  ['partial() of a number', { kind: 'partial', money: 1250 }],
  ['a number of minor units', { kind: 'partial', money: { currency: 'USD', minor: 1250 } }],
  ['minor units as text', { kind: 'partial', money: { currency: 'USD', minor: '1250' } }],
  ['no currency', { kind: 'partial', money: { minor: 1250n } }],
  ['a currency in lower case', { kind: 'partial', money: { currency: 'usd', minor: 1250n } }],
  ['a currency that does not exist', { kind: 'partial', money: { currency: 'ABC', minor: 1250n } }],
  ['a currency named like a method', { kind: 'partial', money: { currency: 'constructor', minor: 1250n } }],
  ['another kind', { kind: 'all', money: money('USD', 1250n) }],
];

/** Base URLs that a client may not be created with. */
const BAD_BASE_URLS: readonly string[] = [
  '',
  'refunds.example',
  '//refunds.example',
  '/v1',
  'http://refunds.example',
  'http://192.168.0.1',
  'http://0.0.0.0',
  'http://127.0.0.1.example',
  'http://localhost.example',
  'http://127.0.0.256.example',
  'ftp://127.0.0.1',
  'ws://127.0.0.1',
  'file:///v1',
  'https://user@refunds.example',
  'https://user:password@refunds.example',
  'https://refunds.example/?a=1',
  'https://refunds.example/#a',
  // An empty query or fragment swallows the path that follows it.
  'https://refunds.example/?',
  'https://refunds.example/#',
  'https://refunds.example?',
  'https://refunds.example#',
  'https://refunds.example/v1?a=1#b',
  'https://refunds.example/a/prefix/?',
  'http://127.0.0.1:2/v1#',
];

const GOOD_BASE_URLS: readonly string[] = [
  'https://refunds.example',
  'https://refunds.example/',
  'https://refunds.example:8443/a/prefix/',
  'http://localhost:2',
  'http://127.0.0.1:2',
  'http://127.1.2.3:2',
  'http://[::1]:2',
];

const BAD_REFUND_REFS: readonly (readonly [name: string, refundRef: unknown])[] = [
  ['empty', ''],
  ['missing', undefined],
  ['null', null],
  ['a number', 5],
  ['with a line break', 'order\n1'],
  ['ending in a line break', 'order-1\n'],
  ['with a NUL', 'order\u00001'],
  ['with half of a surrogate pair', 'order\ud800'],
];

/** Every text in a value, unescaped. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...texts(item)]);
}

/** Everything of a value that a log could show. */
function shown(value: unknown): string {
  return [
    inspect(value, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null }),
    value instanceof Error ? `${value.message}\n${value.stack}\n${inspect(value.cause)}` : JSON.stringify(value),
    ...texts(value),
  ].join('\n');
}

/** What shows a secret, as it is or percent-encoded. */
export function leaks(value: unknown, secrets: readonly string[]): string[] {
  const seen = typeof value === 'string' ? value : shown(value);
  return secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).filter((secret) => seen.includes(secret));
}

/** JSON as encoders write it that escape what HTML or JavaScript could trip over. */
function cautiousJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[+=&<>'/]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

type AnyOutcome = Outcome<string, AnyRefund>;

/** A client of a provider without idempotency keys, and one request that it makes. */
interface KeylessClient {
  readonly client: object;
  /** Sends {@link Keyless.request}, or a change of it. */
  readonly refund: (changes?: Readonly<Record<string, unknown>>, call?: CallOptions) => Promise<AnyOutcome>;
  readonly release: (attempt: RefundAttempt) => Promise<void>;
}

/** What a suite has to know of a provider without idempotency keys. */
interface Keyless {
  readonly provider: string;
  readonly operation: string;
  readonly path: string;
  readonly connect: (config: ClientConfig & { readonly baseUrl: string; readonly secret?: string }) => KeylessClient;
  /** The request as the server sees it. Its `refundRef` is `order-1`, its amount 12.50 USD. */
  readonly request: Seen;
  /** The payment as the attempt names it. */
  readonly payment: string;
  /** The answer that accepts it. */
  readonly accepted: { readonly status: number; readonly body: object };
  /** The refund of that answer, as plain JSON. */
  readonly refund: object;
  /** An answer that accepts, whose texts hold something. */
  readonly acceptedWith: (word: string) => object;
  readonly whenUnknown: NextStep;
  /** The headers that carry a secret: what it is in the request. */
  readonly credential: (secret: string) => Readonly<Record<string, string>>;
  /** Secrets to try. */
  readonly secrets: readonly string[];
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const SHA256 = /^[\da-f]{64}$/;

function attemptOf(outcome: AnyOutcome): RefundAttempt {
  if (outcome.kind === 'refused') throw new Error('a refused refund has no attempt');
  return outcome.attempt;
}

function fieldsOf(outcome: AnyOutcome): readonly FieldError[] {
  return outcome.kind === 'accepted' ? [] : outcome.error.fields;
}

function namesOf(fields: readonly FieldError[]): string[] {
  return [...new Set(fields.map(({ field }) => field))];
}

/** Everything that holds for each provider that a refund is sent to at most once. */
export function describeKeyless(subject: Keyless): void {
  const { accepted, credential, operation, path, payment, provider, request, secrets, whenUnknown } = subject;
  /** A journal of its own for each client that is given none: they would share the one of the process. */
  const connect: Keyless['connect'] = (config) => subject.connect({ journal: memoryJournal(), ...config });
  const { serve, close } = servers();
  const accept = json(accepted.status, accepted.body);
  const attempt = {
    provider,
    refundRef: 'order-1',
    attemptId: expect.stringMatching(UUID),
    payment,
    amount: { currency: 'USD', minor: '1250' },
    fingerprint: expect.stringMatching(SHA256),
    startedAt: expect.stringMatching(INSTANT),
  };
  const unresolved = {
    kind: 'unknown',
    error: {
      kind: 'unresolved_attempt',
      message: expect.any(String),
      next: whenUnknown,
      moneyMoved: 'unknown',
      fields: [],
    },
    attempt: expect.objectContaining({ provider, refundRef: 'order-1' }),
    recorded: true,
  };

  afterEach(async () => {
    vi.useRealTimers();
    await close();
  });

  describe(`${provider}: an accepted refund`, () => {
    test('is one request, these bytes, and this outcome', async () => {
      const server = await serve(accept);
      const journal = textJournal();
      const outcome = await connect({ baseUrl: server.url, journal }).refund();
      expect(server.seen).toEqual([request]);
      expect(plain(outcome)).toEqual({
        kind: 'accepted',
        refund: subject.refund,
        attempt,
        source: 'answer',
        recorded: true,
      });
      expect(outcome.kind === 'accepted' && outcome.refund.money?.minor).toBe(1250n);
      expect(journal.begun).toEqual([{ attempt, state: 'open' }]);
      expect(journal.recorded).toEqual([
        {
          attempt,
          state: 'accepted',
          answer: { status: accepted.status, mediaType: 'application/json', text: JSON.stringify(accepted.body) },
        },
      ]);
    });

    test.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/hal+json', undefined])(
      'may be of the media type %s',
      async (type) => {
        const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
        const server = await serve(bytes(accepted.status, JSON.stringify(accepted.body), headers));
        expect(await connect({ baseUrl: server.url }).refund()).toMatchObject({ kind: 'accepted' });
      },
    );

    test('is read whatever else the answer holds, however long', async () => {
      const server = await serve(json(accepted.status, { ...accepted.body, padding: 'x'.repeat(7 * 1024 * 1024) }));
      expect(await connect({ baseUrl: server.url }).refund()).toMatchObject({ kind: 'accepted' });
      expect(server.seen).toEqual([request]);
    });
  });

  describe(`${provider}: an answer that does not say whether money moved`, () => {
    test.each(unknownCases(accepted))('$name: $kind, sent once', async ({ reply, kind, httpStatus }) => {
      const server = await serve(reply, accept);
      const journal = textJournal();
      const { refund } = connect({ baseUrl: server.url, journal });
      const outcome = await refund();
      expect(outcome).toMatchObject({
        kind: 'unknown',
        error: { kind, next: whenUnknown, moneyMoved: 'unknown' },
        recorded: true,
      });
      expect(outcome.kind === 'unknown' && outcome.error.httpStatus).toBe(httpStatus);
      expect(outcome).not.toHaveProperty('refund');
      expect(plain(attemptOf(outcome))).toEqual(
        httpStatus === undefined ? attempt : { ...attempt, answered: { httpStatus } },
      );
      expect(journal.recorded).toEqual([{ attempt: plain(attemptOf(outcome)), state: 'unknown' }]);
      expect(server.seen).toEqual([request]);

      expect(plain(await refund())).toEqual(unresolved);
      expect(server.seen).toEqual([request]);
    });

    test.each([
      ['the server never answers', neverAnswer],
      [
        'the answer stops and the socket stays open',
        (response) => {
          response.writeHead(accepted.status, { 'content-type': 'application/json' }).write('{');
        },
      ] satisfies [string, Reply],
    ])('%s: timeout, sent once', async (_, reply) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const server = await serve((response, incoming) => {
        reply(response, incoming);
        vi.advanceTimersByTime(25);
      });
      const { refund } = connect({ baseUrl: server.url, timeoutMs: 5000 });
      const outcome = await refund({}, { timeoutMs: 25 });
      expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'timeout', next: whenUnknown }, recorded: true });
      expect(plain(attemptOf(outcome))).toEqual(attempt);
      expect(plain(await refund())).toEqual(unresolved);
      expect(server.seen).toEqual([request]);
    });

    test('the call is aborted while the provider works: aborted, sent once', async () => {
      const controller = new AbortController();
      const server = await serve(() => controller.abort());
      const { refund } = connect({ baseUrl: server.url });
      const outcome = await refund({}, { signal: controller.signal });
      expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'aborted', next: whenUnknown }, recorded: true });
      expect(plain(await refund())).toEqual(unresolved);
      expect(server.seen).toEqual([request]);
    });

    test('the wait that a 503 asks for is told, and nothing is sent again', async () => {
      const server = await serve(json(503, {}, { 'retry-after': '7' }));
      expect(await connect({ baseUrl: server.url }).refund()).toMatchObject({ error: { retryAfterMs: 7000 } });
      expect(server.seen).toEqual([request]);
    });
  });

  describe(`${provider}: a refusal`, () => {
    test.each(REFUSALS)('HTTP $status: $kind, sent once, may be sent again', async ({ status, kind, next }) => {
      const server = await serve(text(status, 'no'), accept);
      const journal = textJournal();
      const { refund } = connect({ baseUrl: server.url, journal });
      const outcome = await refund();
      expect(plain(outcome)).toEqual({
        kind: 'refused',
        error: {
          kind,
          message: `the provider refused with HTTP ${status}: no`,
          next,
          moneyMoved: 'no',
          httpStatus: status,
          fields: [],
          raw: 'no',
        },
        sent: true,
        recorded: true,
      });
      expect(journal.recorded).toEqual([{ attempt, state: 'refused' }]);
      expect(server.seen).toEqual([request]);

      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'answer' });
      expect(server.seen).toEqual([request, request]);
    });

    // Where the platform sends again by itself, the server has said that it has not acted.
    test('HTTP 421: refused, and the refundRef stays free', async () => {
      const misdirected = text(421, 'no');
      const server = await serve(misdirected, misdirected, misdirected, misdirected);
      const { refund } = connect({ baseUrl: server.url });
      const wanted = { kind: 'refused', error: { kind: 'refused', next: 'ask_provider', httpStatus: 421 }, sent: true };
      expect(await refund()).toMatchObject(wanted);
      expect(await refund()).toMatchObject(wanted);
      for (const seen of server.seen) expect(seen).toEqual(request);
    });

    test.each([
      ['17', 17_000],
      ['0', 0],
      ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
      ['soon', undefined],
      ['9'.repeat(400), undefined],
    ])('HTTP 429 with Retry-After %s: told, not waited for', async (header, retryAfterMs) => {
      const server = await serve(json(429, {}, { 'retry-after': header }));
      const outcome = await connect({ baseUrl: server.url }).refund();
      expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'rate_limited' }, sent: true });
      expect(outcome.kind === 'refused' && outcome.error.retryAfterMs).toBe(retryAfterMs);
      expect(server.seen).toEqual([request]);
    });
  });

  describe(`${provider}: nothing is sent`, () => {
    test('where nobody listens, and the refundRef stays free', async () => {
      const journal = textJournal();
      const server = await serve(accept);
      const outcome = await connect({ baseUrl: NOBODY, journal }).refund();
      expect(plain(outcome)).toEqual({
        kind: 'refused',
        error: {
          kind: 'not_sent',
          message: 'no connection could be made (ECONNREFUSED)',
          next: 'call_again',
          moneyMoved: 'no',
          fields: [],
        },
        sent: false,
        recorded: true,
      });
      expect(journal.recorded).toEqual([{ attempt, state: 'refused' }]);
      expect(server.seen).toEqual([]);
    });

    test('where the call was aborted before, and the refundRef stays free', async () => {
      const server = await serve(accept);
      const { refund } = connect({ baseUrl: server.url });
      const outcome = await refund({}, { signal: AbortSignal.abort() });
      expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'not_sent' }, sent: false, recorded: true });
      expect(server.seen).toEqual([]);
      expect(await refund()).toMatchObject({ kind: 'accepted' });
      expect(server.seen).toEqual([request]);
    });

    test.each(NO_AMOUNTS)('for %s', async (_, amount) => {
      const server = await serve(accept);
      const journal = textJournal();
      const outcome = await connect({ baseUrl: server.url, journal }).refund({ amount });
      expect(outcome).toMatchObject({
        kind: 'refused',
        error: { kind: 'invalid_request', next: 'correct_request', moneyMoved: 'no' },
        sent: false,
      });
      expect(namesOf(fieldsOf(outcome))).toEqual(['amount']);
      expect(journal.begun).toEqual([]);
      expect(server.seen).toEqual([]);
    });

    test.each(BAD_REFUND_REFS)('for a refundRef that is %s', async (_, refundRef) => {
      const server = await serve(accept);
      const journal = textJournal();
      const outcome = await connect({ baseUrl: server.url, journal }).refund({ refundRef });
      expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'invalid_request' }, sent: false });
      expect(namesOf(fieldsOf(outcome))).toEqual(['refundRef']);
      expect(journal.begun).toEqual([]);
      expect(server.seen).toEqual([]);
    });

    test.each(['currency', 'refund_ref', 'idempotencyKey', 'id', 'status', 'body', 'constructor'])(
      'for a field that there is not: %s',
      async (field) => {
        const server = await serve(accept);
        const outcome = await connect({ baseUrl: server.url }).refund({ [field]: 'x' });
        expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'invalid_request' }, sent: false });
        expect(fieldsOf(outcome)).toEqual([{ field, message: expect.any(String) }]);
        expect(outcome.kind === 'refused' && outcome.error.message).toContain(field);
        expect(server.seen).toEqual([]);
      },
    );

    test('all faults are told at once', async () => {
      const server = await serve(accept);
      const outcome = await connect({ baseUrl: server.url }).refund({ amount: full(), refundRef: '', other: 1 });
      expect(namesOf(fieldsOf(outcome)).sort()).toEqual(['amount', 'other', 'refundRef']);
      expect(server.seen).toEqual([]);
    });

    test.each<[string, RefundJournal['begin']]>([
      ['cannot begin', () => Promise.reject(new Error('database is down'))],
      [
        'throws at once',
        () => {
          throw new Error('database is down');
        },
      ],
      ['never answers', hang],
    ])('where the journal %s', async (_, begin) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const server = await serve(accept);
      const outcome = await connect({ baseUrl: server.url, journal: journalWith({ begin }) }).refund();
      expect(plain(outcome)).toEqual({
        ...unresolved,
        error: { ...unresolved.error, next: 'call_again' },
        attempt,
        recorded: false,
      });
      expect(server.seen).toEqual([]);
    });

    test('where the journal is too late: what it has claimed by then is not sent later either', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const server = await serve(accept);
      const memory = memoryJournal();
      let late: Promise<unknown> = Promise.resolve();
      const begin: RefundJournal['begin'] = (entry) => {
        late = memory.begin(entry);
        return hang();
      };
      await connect({ baseUrl: server.url, journal: { ...memory, begin } }).refund();
      await late;
      expect(plain(await connect({ baseUrl: server.url, journal: memory }).refund())).toEqual(unresolved);
      expect(server.seen).toEqual([]);
    });

    // Casts: what a caller without types may give.
    test.each<[string, unknown, string]>([
      ['a timeout of 0', { timeoutMs: 0 }, 'timeoutMs'],
      ['a negative timeout', { timeoutMs: -1 }, 'timeoutMs'],
      ['a timeout that is no number', { timeoutMs: Number.NaN }, 'timeoutMs'],
      ['an endless timeout', { timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs'],
      ['a timeout that no timer takes', { timeoutMs: 2 ** 31 }, 'timeoutMs'],
      ['a timeout that is a text', { timeoutMs: '1000' }, 'timeoutMs'],
      ['a timeout that is null', { timeoutMs: null }, 'timeoutMs'],
      ['a signal that is none', { signal: {} }, 'signal'],
      ['a signal that is null', { signal: null }, 'signal'],
      ['a controller instead of its signal', { signal: new AbortController() }, 'signal'],
      ['an option that there is not', { timeout: 1000 }, 'timeout'],
      ['an option in another case', { testmode: true }, 'testmode'],
      ['an option of the client', { baseUrl: NOBODY }, 'baseUrl'],
      ['an option named like a method', { constructor: 1 }, 'constructor'],
      ['a call that is null', null, 'call'],
      ['a call that is a signal in a list', [new AbortController().signal], 'call'],
    ])('for %s, and the refundRef stays free', async (_, call, field) => {
      const server = await serve(accept);
      const journal = textJournal();
      const { refund } = connect({ baseUrl: server.url, journal });
      const outcome = await refund({}, call as CallOptions);
      expect(outcome).toMatchObject({
        kind: 'refused',
        error: { kind: 'invalid_request', next: 'correct_request', fields: [{ field }] },
        sent: false,
      });
      expect(journal.begun).toEqual([]);
      expect(server.seen).toEqual([]);
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'answer' });
      expect(server.seen).toEqual([request]);
    });

    test('options of a call that are undefined are none', async () => {
      const server = await serve(accept);
      const call: object = { signal: undefined, timeoutMs: undefined, other: undefined };
      expect(await connect({ baseUrl: server.url }).refund({}, call)).toMatchObject({ kind: 'accepted' });
    });
  });

  describe(`${provider}: one refundRef is one refund`, () => {
    test('an accepted one is answered from the journal, by any client that shares it', async () => {
      const server = await serve(accept, json(500, {}));
      const journal = textJournal();
      const first = await connect({ baseUrl: server.url, journal }).refund();
      const second = await connect({ baseUrl: server.url, journal }).refund();
      expect(plain(second)).toEqual({ ...Object(plain(first)), source: 'journal' });
      expect(second.kind === 'accepted' && second.refund.money?.minor).toBe(1250n);
      expect(server.seen).toEqual([request]);
    });

    test.each([
      ['accepted', accept],
      ['refused', json(400, {})],
    ])('another request with the refundRef of an %s one is a conflict', async (_, reply) => {
      const server = await serve(reply, accept);
      const { refund } = connect({ baseUrl: server.url });
      await refund();
      const outcome = await refund({ amount: partial(money('USD', 1251n)) });
      expect(plain(outcome)).toEqual({
        kind: 'refused',
        error: {
          kind: 'request_conflict',
          message: expect.stringContaining('order-1'),
          next: 'correct_request',
          moneyMoved: 'no',
          fields: [{ field: 'refundRef', message: expect.any(String) }],
        },
        sent: false,
        recorded: true,
      });
      expect(server.seen).toEqual([request]);
    });

    // Whoever takes it for refused would refund again, under another refundRef.
    test('another request with the refundRef of an unknown one is unknown, and names the earlier attempt', async () => {
      const server = await serve(json(500, {}), accept);
      const { refund } = connect({ baseUrl: server.url });
      const earlier = attemptOf(await refund());
      const outcome = await refund({ amount: partial(money('USD', 1251n)) });
      expect(plain(outcome)).toEqual({ ...unresolved, attempt: plain(earlier) });
      expect(server.seen).toEqual([request]);
    });

    test('another refundRef is another refund', async () => {
      const server = await serve(accept);
      const { refund } = connect({ baseUrl: server.url });
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'answer' });
      expect(await refund({ refundRef: 'order-2' })).toMatchObject({ source: 'answer' });
      expect(server.seen).toHaveLength(2);
    });

    test.each([2, 100])('%d calls at once, by two clients of one journal, send one request', async (count) => {
      const first = held(accept);
      const server = await serve(first.reply);
      const journal = textJournal();
      const clients = [connect({ baseUrl: server.url, journal }), connect({ baseUrl: server.url, journal })];
      const calls = Array.from({ length: count / 2 }, () => clients.map(({ refund }) => refund())).flat();
      // The server answers only when all the others have ended.
      let left = count;
      for (const call of calls) void call.then(() => --left === 1 && first.go());
      const outcomes = await Promise.all(calls);
      expect(outcomes.filter(({ kind }) => kind === 'accepted')).toMatchObject([{ source: 'answer' }]);
      expect(plain(outcomes.filter(({ kind }) => kind !== 'accepted'))).toEqual(Array(count - 1).fill(unresolved));
      expect(server.seen).toEqual([request]);
    });

    test('while the first is on its way, another request is unknown, and names the first', async () => {
      const first = held(accept);
      const server = await serve(first.reply);
      const { refund } = connect({ baseUrl: server.url });
      const running = refund();
      await first.arrived;
      const other = await refund({ amount: partial(money('USD', 1n)) });
      expect(plain(other)).toEqual({ ...unresolved, attempt });
      first.go();
      const outcome = await running;
      expect(outcome).toMatchObject({ kind: 'accepted' });
      expect(attemptOf(other).attemptId).toBe(attemptOf(outcome).attemptId);
      expect(server.seen).toEqual([request]);
    });

    test('two clients without a journal share the one of the process', async () => {
      const server = await serve(accept);
      const refundRef = `shared-${crypto.randomUUID()}`;
      const first = await subject.connect({ baseUrl: server.url }).refund({ refundRef });
      expect(server.seen).toHaveLength(1);
      const second = await subject.connect({ baseUrl: server.url, journal: undefined }).refund({ refundRef });
      const third = await connect({ baseUrl: server.url, journal: processJournal }).refund({ refundRef });
      expect([first.kind, second.kind, third.kind]).not.toContain('refused');
      if (first.kind === 'accepted')
        expect([second, third]).toMatchObject([{ source: 'journal' }, { source: 'journal' }]);
      expect(server.seen).toHaveLength(1);
    });

    test('release frees an unknown one for the same request, and for no other', async () => {
      const server = await serve(closeAfterReading, accept);
      const { refund, release } = connect({ baseUrl: server.url });
      const unknown = await refund();
      // As it comes back from where a person has looked into it.
      await release(JSON.parse(JSON.stringify(attemptOf(unknown))));
      expect(await refund({ amount: partial(money('USD', 1n)) })).toMatchObject({
        error: { kind: 'request_conflict' },
      });
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'answer' });
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'journal' });
      expect(server.seen).toEqual([request, request]);
    });

    test('release does not take the attempt of another provider', async () => {
      const server = await serve(closeAfterReading);
      const journal = textJournal();
      const { refund, release } = connect({ baseUrl: server.url, journal });
      const unknown = await refund();
      await expect(release({ ...attemptOf(unknown), provider: 'other' })).rejects.toThrow(TypeError);
      expect(plain(await refund())).toEqual(unresolved);
      expect(server.seen).toEqual([request]);
    });

    test('release does not free what was accepted since', async () => {
      const server = await serve(closeAfterReading, accept);
      const { refund, release } = connect({ baseUrl: server.url });
      const unknown = attemptOf(await refund());
      await release(unknown);
      const accepted = await refund();
      expect(accepted).toMatchObject({ kind: 'accepted', source: 'answer' });
      // A second click on the same button, and the attempt that was accepted.
      await expect(release(unknown)).rejects.toThrow('nothing was released');
      await expect(release(attemptOf(accepted))).rejects.toThrow('nothing was released');
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'journal' });
      expect(server.seen).toEqual([request, request]);
    });

    test('release of an old attempt does not free a newer one', async () => {
      const server = await serve(closeAfterReading, json(500, {}), accept);
      const journal = textJournal();
      const { refund, release } = connect({ baseUrl: server.url, journal });
      const old = attemptOf(await refund());
      await release(old);
      const newer = attemptOf(await refund());
      expect(newer.attemptId).not.toBe(old.attemptId);
      await expect(release(old)).rejects.toThrow('nothing was released');
      await expect(release({ ...newer, attemptId: old.attemptId })).rejects.toThrow('nothing was released');
      expect(plain(await refund())).toEqual({ ...unresolved, attempt: plain(newer) });
      expect(server.seen).toEqual([request, request]);
      await release(newer);
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'answer' });
    });

    test('release does not free what the journal does not hold', async () => {
      const server = await serve(closeAfterReading);
      const journal = textJournal();
      const { refund } = connect({ baseUrl: server.url, journal });
      const unknown = attemptOf(await refund());
      const other = connect({ baseUrl: server.url });
      await expect(other.release(unknown)).rejects.toThrow('order-1');
      const { release } = connect({ baseUrl: server.url, journal });
      await expect(release({ ...unknown, refundRef: 'order-2' })).rejects.toThrow('order-2');
      await release(unknown);
      await expect(release(unknown)).rejects.toThrow('nothing was released');
      expect(server.seen).toEqual([request]);
    });

    test('release says that the journal has failed', async () => {
      const server = await serve(closeAfterReading);
      const memory = memoryJournal();
      const unknown = attemptOf(await connect({ baseUrl: server.url, journal: memory }).refund());
      const replace = (): Promise<never> => Promise.reject(new Error('database is down'));
      const { refund, release } = connect({ baseUrl: server.url, journal: { ...memory, replace } });
      await expect(release(unknown)).rejects.toThrow('database is down');
      expect(plain(await refund())).toEqual(unresolved);
    });

    test('what becomes of an old attempt says nothing of a newer one', async () => {
      const first = held(json(400, {}));
      const second = held(accept);
      const server = await serve(first.reply, second.reply);
      const journal = textJournal();
      const { refund, release } = connect({ baseUrl: server.url, journal });
      const running = refund();
      await first.arrived;
      // As a process that comes up after a crash finds it.
      const [begun] = journal.begun;
      if (begun === undefined) throw new Error('not begun');
      await release(begun.attempt);
      const again = refund();
      await second.arrived;
      first.go();
      expect(await running).toMatchObject({ kind: 'refused', recorded: false });
      expect(plain(await refund())).toEqual({ ...unresolved, attempt });
      second.go();
      expect(await again).toMatchObject({ kind: 'accepted', recorded: true });
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'journal' });
      expect(server.seen).toEqual([request, request]);
    });

    test('a journal that says null for nothing has said nothing', async () => {
      const server = await serve(accept);
      const memory = memoryJournal();
      // A cast: what databases like to say.
      const begin: RefundJournal['begin'] = async (entry) =>
        (await memory.begin(entry)) ?? (null as unknown as undefined);
      const { refund } = connect({ baseUrl: server.url, journal: { ...memory, begin } });
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'answer' });
      expect(await refund()).toMatchObject({ kind: 'accepted', source: 'journal' });
      expect(server.seen).toEqual([request]);
    });

    test.each([
      ['no answer', {}],
      ['an answer that cannot be read', { answer: { status: accepted.status, mediaType: '', text: '{' } }],
      ['an answer about another refund', { answer: { status: 500, mediaType: '', text: '{}' } }],
    ])('an accepted one that the journal has kept with %s is not sent again', async (_, kept) => {
      const server = await serve(accept);
      const memory = memoryJournal();
      const journal: RefundJournal = {
        ...memory,
        replace: ({ attempt, state }, from) => memory.replace({ attempt, state, ...kept }, from),
      };
      const { refund } = connect({ baseUrl: server.url, journal });
      await refund();
      expect(plain(await refund())).toEqual(unresolved);
      expect(server.seen).toEqual([request]);
    });

    test.each([
      ['accepted', accept, { kind: 'accepted', source: 'answer', refund: { status: expect.any(String) } }],
      ['refused', json(400, {}), { kind: 'refused', error: { kind: 'invalid_request' }, sent: true }],
      ['unknown', json(500, {}), { kind: 'unknown', error: { kind: 'provider_error' } }],
    ])('where the journal cannot record, an %s outcome stands and is not sent again', async (_, reply, outcome) => {
      const failures: readonly RefundJournal['replace'][] = [
        () => Promise.reject(new Error('database is down')),
        () => Promise.resolve(false),
        () => {
          throw new Error('database is down');
        },
        hang,
      ];
      for (const replace of failures) {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        const server = await serve(reply);
        const { refund } = connect({ baseUrl: server.url, journal: journalWith({ replace }) });
        expect(await refund()).toMatchObject({ ...outcome, recorded: false });
        expect(plain(await refund())).toEqual(unresolved);
        expect(server.seen).toEqual([request]);
        vi.useRealTimers();
      }
    });
  });

  describe(`${provider}: what observers see`, () => {
    const event: RequestEvent = { provider, operation, method: 'POST', path, attempt: 1, refundRef: 'order-1' };
    const cases: readonly (readonly [name: string, baseUrl: string | undefined, reply: Reply, ended: object])[] = [
      ['an answer', undefined, accept, { httpStatus: accepted.status }],
      ['a refusal', undefined, json(400, {}), { httpStatus: 400 }],
      ['a closed socket', undefined, closeAfterReading, { failure: 'network' }],
      ['nobody', NOBODY, accept, { failure: 'network' }],
    ];

    test.each(cases)('%s', async (_, baseUrl, reply, ended) => {
      const server = await serve(reply);
      const requests: RequestEvent[] = [];
      const answers: AnswerEvent[] = [];
      const hooks = {
        onRequest: (seen: RequestEvent) => requests.push(seen),
        onAnswer: (seen: AnswerEvent) => answers.push(seen),
      };
      await connect({ baseUrl: baseUrl ?? server.url, hooks }).refund();
      expect(requests).toEqual([event]);
      expect(answers).toEqual([{ ...event, ...ended, durationMs: expect.any(Number) }]);
    });

    test('what they throw changes nothing', async () => {
      const server = await serve(accept);
      const fail = (): never => {
        throw new Error('observer');
      };
      const outcome = await connect({ baseUrl: server.url, hooks: { onRequest: fail, onAnswer: fail } }).refund();
      expect(outcome).toMatchObject({ kind: 'accepted', recorded: true });
      expect(server.seen).toEqual([request]);
    });

    test('what they reject is handled: it must not end the process in the middle of a refund', async () => {
      const server = await serve(accept);
      const handlers: unknown[] = [];
      const rejected = {
        // biome-ignore lint/suspicious/noThenProperty: a promise that tells whether its rejection is handled.
        then: (_: unknown, onRejected: unknown) => handlers.push(onRejected),
        catch: (onRejected: unknown) => handlers.push(onRejected),
      };
      const hooks = { onRequest: () => rejected, onAnswer: () => rejected };
      expect(await connect({ baseUrl: server.url, hooks }).refund()).toMatchObject({ kind: 'accepted' });
      await vi.waitFor(() => expect(handlers).toEqual([expect.any(Function), expect.any(Function)]));
    });
  });

  describe(`${provider}: how fetch is called`, () => {
    test('redirects, cookies and caches are off, and there is a signal', async () => {
      const server = await serve(accept);
      const inits: RequestInit[] = [];
      const fetch: typeof globalThis.fetch = (input, init) => {
        if (init !== undefined) inits.push(init);
        return globalThis.fetch(input, init);
      };
      await connect({ baseUrl: server.url, fetch }).refund();
      expect(inits).toEqual([
        {
          method: 'POST',
          headers: expect.any(Array),
          body: request.body,
          redirect: 'manual',
          credentials: 'omit',
          cache: 'no-store',
          signal: expect.any(AbortSignal),
        },
      ]);
    });

    test('without a receiver: the fetch of some platforms takes no other', async () => {
      const server = await serve(accept);
      const receivers: unknown[] = [];
      const fetch: typeof globalThis.fetch = function (this: unknown, input, init) {
        receivers.push(this);
        return globalThis.fetch(input, init);
      };
      await connect({ baseUrl: server.url, fetch }).refund();
      expect(receivers).toEqual([undefined]);
    });
  });

  describe(`${provider}: how a client is created`, () => {
    test.each(BAD_BASE_URLS)('not with the base URL %j', (baseUrl) => {
      expect(() => connect({ baseUrl })).toThrow(RefundConfigError);
    });

    test.each(GOOD_BASE_URLS)('with the base URL %j', (baseUrl) => {
      expect(() => connect({ baseUrl })).not.toThrow();
    });

    test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('not with a timeout of %d', (timeoutMs) => {
      expect(() => connect({ baseUrl: NOBODY, timeoutMs })).toThrow(RefundConfigError);
    });

    test.each(['', '/', '/a/prefix', '/a/prefix/', '/a/prefix//'])(
      'a base URL that ends in %j comes before the path',
      async (prefix) => {
        const server = await serve(accept);
        await connect({ baseUrl: `${server.url}${prefix}` }).refund();
        const before = prefix.replace(/\/+$/, '');
        expect(server.seen).toEqual([{ ...request, line: request.line.replace(' /', ` ${before}/`) }]);
      },
    );

    test.each([
      ['empty', ''],
      ['with a line break', 'secret-9f31\r\nx-evil: 1'],
      ['ending in a line break', 'secret-9f31\n'],
      ['with a NUL', 'secret-9f31\u0000'],
      ['with a letter outside ASCII', 'secret-9f31é'],
      ['with a space at its end', 'secret-9f31 '],
    ])('not with a credential that is %s, and the error does not show it', (_, secret) => {
      let thrown: unknown;
      try {
        connect({ baseUrl: NOBODY, secret });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(RefundConfigError);
      expect(leaks(thrown, ['secret-9f31'])).toEqual([]);
    });
  });

  describe(`${provider}: secrets`, () => {
    const bodies: readonly (readonly [name: string, write: (secret: string) => Reply])[] = [
      ['a 400 that names it', (secret) => json(400, { message: `bad ${secret}`, detail: secret, type: secret })],
      ['a 400 with it as a key', (secret) => json(400, { [secret]: [secret], nested: { [secret]: { a: secret } } })],
      ['a 401 in plain text', (secret) => text(401, `invalid credential ${secret}`)],
      ['a 401 with it percent-encoded', (secret) => text(401, `?token=${encodeURIComponent(secret)}`)],
      [
        'a 403 with its slashes escaped',
        (secret) => json(403, `{"detail":${JSON.stringify(secret).replaceAll('/', '\\/')}}`),
      ],
      ['a 403 with its characters escaped', (secret) => json(403, cautiousJson({ message: secret, detail: secret }))],
      ['a 409', (secret) => json(409, { message: secret, type: secret, code: secret })],
      ['a 500', (secret) => json(500, { message: secret, detail: secret, type: secret })],
      ['a 502 of a proxy', (secret) => text(502, `<pre>authorization: ${secret}</pre>`, 'text/html')],
      ['an accepted refund', (secret) => json(accepted.status, subject.acceptedWith(secret))],
      ['an accepted refund, escaped', (secret) => json(accepted.status, cautiousJson(subject.acceptedWith(secret)))],
      ['an answer that is no JSON', (secret) => json(accepted.status, `{${secret}`)],
      ['an answer that is no refund', (secret) => json(accepted.status, { [secret]: secret })],
      ['a header', (secret) => json(400, {}, { 'x-echo': secret, 'retry-after': secret, location: secret })],
      ['a redirect', (secret) => json(302, {}, { location: `/${encodeURIComponent(secret)}` })],
    ];

    test.each(secrets.flatMap((secret) => bodies.map(([name, write]) => ({ name, secret, write }))))(
      'are in nothing that comes of $name: $secret',
      async ({ secret, write }) => {
        const server = await serve(write(secret));
        const journal = textJournal();
        const events: unknown[] = [];
        const hooks = {
          onRequest: (event: RequestEvent) => events.push(event),
          onAnswer: (event: AnswerEvent) => events.push(event),
        };
        const { refund } = connect({ baseUrl: server.url, journal, hooks, secret });
        const first = await refund();
        const second = await refund();
        expect(server.seen[0]?.headers).toMatchObject(credential(secret));
        expect(events.length).toBeGreaterThan(0);
        for (const value of [first, second, events, journal.text()]) expect(leaks(value, [secret])).toEqual([]);
      },
    );

    test.each(secrets)('are in nothing that shows a client: %s', async (secret) => {
      const server = await serve(accept);
      const { client, refund } = connect({ baseUrl: server.url, secret });
      await refund();
      expect(server.seen[0]?.headers).toMatchObject(credential(secret));
      expect(leaks(client, [secret])).toEqual([]);
      expect(leaks({ ...client }, [secret])).toEqual([]);
    });
  });
}
