import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type Exchange, exchange, type HttpRequest, type NoAnswer } from '../../templates/runtime/http.js';

const SECRET = 'sk_live_51Jx';
const REQUEST: HttpRequest = {
  method: 'POST',
  url: 'https://acme.invalid/refunds',
  headers: [['Authorization', `Bearer ${SECRET}`]],
  body: '{"amount":1250}',
};

interface Options {
  readonly request?: Parameters<typeof exchange>[0];
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

function send(fetch: typeof globalThis.fetch, { request = REQUEST, ...options }: Options = {}): Promise<Exchange> {
  return exchange(request, { fetch, timeoutMs: 30_000, ...options });
}

async function failing(cause: unknown): Promise<NoAnswer> {
  const result = await send(() => Promise.reject(new TypeError('fetch failed', { cause })));
  if ('answer' in result) throw new Error('an answer');
  return result.noAnswer;
}

function systemError(fields: { readonly code?: unknown; readonly syscall?: string }, cause?: unknown): Error {
  return Object.assign(new Error(`failed with Bearer ${SECRET}`, { cause }), fields);
}

/** As deep as this inside of others. */
function inside(depth: number, innermost: unknown): unknown {
  return depth === 0 ? innermost : new Error('outer', { cause: inside(depth - 1, innermost) });
}

const REFUSED = { syscall: 'connect', code: 'ECONNREFUSED' };
const neverAnswers: typeof globalThis.fetch = () => new Promise(() => undefined);

test('fetch is told to follow nothing, to keep nothing and to add nothing', async () => {
  const inits: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    inits.push({ url, ...init });
    return new Response('{}');
  };
  await send(fetch);
  const { body: _, ...bare } = REQUEST;
  await send(fetch, { request: { ...bare, method: 'GET' } });
  const always = {
    url: REQUEST.url,
    headers: REQUEST.headers,
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    signal: expect.any(AbortSignal),
  };
  expect(inits).toStrictEqual([
    { ...always, method: 'POST', body: '{"amount":1250}' },
    { ...always, method: 'GET' },
  ]);
});

describe('a failure that proves that nothing was sent', () => {
  test.each([
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'CERT_REVOKED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UND_ERR_CONNECT_TIMEOUT',
  ])('is named by its code: %s', async (code) => {
    const { message, ...rest } = await failing(systemError({ code }));
    expect(rest).toEqual({ sent: false, reason: 'network' });
    expect(message).toContain(`no connection could be made (${code})`);
  });

  test('needs no code', async () => {
    const { message, sent } = await failing(systemError({ syscall: 'connect' }));
    expect(sent).toBe(false);
    expect(message).toMatch(/no connection could be made$/);
  });

  // The error of fetch is one more around them.
  test.each([
    [3, false],
    [4, true],
  ])('is looked for in the causes, but not for ever: %i', async (depth, sent) => {
    expect(await failing(inside(depth, systemError(REFUSED)))).toMatchObject({ sent });
  });

  test.each<[string, unknown, boolean]>([
    ['all of them do', new AggregateError([systemError(REFUSED), systemError({ syscall: 'getaddrinfo' })]), false],
    ['the last does not', new AggregateError([systemError(REFUSED), systemError({ syscall: 'read' })]), true],
    ['the first does not', new AggregateError([systemError({ syscall: 'write' }), systemError(REFUSED)]), true],
    ['they are inside of others', new AggregateError([inside(1, systemError(REFUSED))]), false],
    ['they are too deep inside', new AggregateError([inside(3, systemError(REFUSED))]), true],
    ['one is no error', new AggregateError([systemError(REFUSED), REFUSED]), true],
  ])('is one of several only where %s', async (_, cause, sent) => {
    expect(await failing(cause)).toMatchObject({ sent });
  });

  test('is no object that looks like one', async () => {
    expect(await failing({ ...REFUSED, message: 'x' })).toMatchObject({ sent: true });
  });
});

describe('a failure that proves nothing', () => {
  test.each<[string, unknown, string]>([
    ['a code', systemError({ code: 'ECONNRESET', syscall: 'read' }), '(ECONNRESET)'],
    ['the code of a cause', systemError({}, systemError({ code: 'UND_ERR_SOCKET' })), '(UND_ERR_SOCKET)'],
    ['the outer code', systemError({ code: 'E_OUTER' }, systemError({ code: 'E_INNER' })), '(E_OUTER)'],
    ['the inner code', systemError({ code: SECRET }, systemError({ code: 'E_INNER' })), '(E_INNER)'],
    ['a code with digits', systemError({ code: 'ERR_HTTP2_ERROR' }), '(ERR_HTTP2_ERROR)'],
  ])('is named by %s', async (_, cause, code) => {
    const { message, ...rest } = await failing(cause);
    expect(rest).toEqual({ sent: true, reason: 'network' });
    expect(message).toContain(`the connection failed ${code}`);
    expect(message).toContain('may have arrived');
    expect(message).not.toContain(SECRET);
  });

  test.each([5, '', 'lower', '1E', 'E CODE', 'E-CODE', `E\n${SECRET}`, `${SECRET} E`, ' E', { code: 'E' }])(
    'is not named by %j, which is no code',
    async (code) => {
      const { message } = await failing(systemError({ code }));
      expect(message).toMatch(/^the connection failed; /);
    },
  );

  test('is named by a code that is deep inside, but not for ever', async () => {
    expect((await failing(inside(3, systemError({ code: 'E_DEEP' })))).message).toContain('(E_DEEP)');
    expect((await failing(inside(4, systemError({ code: 'E_DEEP' })))).message).not.toContain('E_DEEP');
  });
});

describe('what ends the call is named', () => {
  test('an abort before anything was sent', async () => {
    const result = await send(neverAnswers, { signal: AbortSignal.abort() });
    expect(result).toEqual({
      noAnswer: { sent: false, reason: 'aborted', message: expect.stringContaining('before anything was sent') },
    });
  });

  test('an abort after that', async () => {
    const controller = new AbortController();
    const result = send(neverAnswers, { signal: controller.signal });
    controller.abort();
    expect(await result).toEqual({
      noAnswer: { sent: true, reason: 'aborted', message: expect.stringContaining('may have been sent') },
    });
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('the time, which the message tells', async () => {
    expect(await send(neverAnswers, { timeoutMs: 7 })).toEqual({
      noAnswer: { sent: true, reason: 'timeout', message: expect.stringContaining('within 7 ms') },
    });
  });

  test('too large an answer, with the size that is taken', async () => {
    const fetch = async (): Promise<Response> => new Response('a'.repeat(8_388_609));
    expect(await send(fetch)).toMatchObject({ noAnswer: { message: expect.stringContaining('8388608 bytes') } });
  });
});

describe('credentials that do not come', () => {
  const sent: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (...given) => {
    sent.push(given);
    return new Response('{}');
  };
  const never = (): Promise<never> => new Promise(() => undefined);

  test('in time', async () => {
    expect(await send(fetch, { request: never, timeoutMs: 7 })).toEqual({
      noAnswer: { sent: false, reason: 'timeout', message: expect.stringMatching(/nothing was sent.*7 ms/) },
    });
    expect(sent).toEqual([]);
  });

  test('before the caller aborts', async () => {
    const controller = new AbortController();
    const result = send(fetch, { request: never, signal: controller.signal });
    controller.abort();
    expect(await result).toEqual({
      noAnswer: { sent: false, reason: 'aborted', message: expect.stringContaining('before anything was sent') },
    });
    expect(sent).toEqual([]);
  });

  test('as they cannot be had', async () => {
    const request = (): Promise<never> => Promise.reject(new Error(SECRET));
    const result = await send(fetch, { request });
    expect(result).toEqual({
      noAnswer: { sent: false, reason: 'credential', message: expect.stringMatching(/nothing was sent.*credentials/) },
    });
    expect(JSON.stringify(result)).not.toContain(SECRET);
    expect(sent).toEqual([]);
  });

  test('for a reason that is told', async () => {
    const request = async () => ({ fault: 'the function failed' });
    expect(await send(fetch, { request })).toEqual({
      noAnswer: {
        sent: false,
        reason: 'credential',
        message: expect.stringMatching(/nothing was sent.*function failed/),
      },
    });
    expect(sent).toEqual([]);
  });
});

describe('an answer', () => {
  test.each([
    ['text/html;charset=utf-8', 'text/html'],
    [' Application/Problem+JSON ; a=b; c="d;e"', 'application/problem+json'],
    ['', ''],
  ])('has the media type of %j without its parameters', async (type, mediaType) => {
    const fetch = async (): Promise<Response> => new Response('{}', { headers: { 'content-type': type } });
    expect(await send(fetch)).toMatchObject({ answer: { mediaType } });
  });

  test('is put together from its parts in their order', async () => {
    const parts = ['{"a":', '', '"b"', '}'].map((part) => new TextEncoder().encode(part));
    const stream = new ReadableStream({
      start: (controller) => {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
    expect(await send(async () => new Response(stream))).toMatchObject({ answer: { text: '{"a":"b"}' } });
  });
});
