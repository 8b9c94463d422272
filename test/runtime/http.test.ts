import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Exchange,
  exchange,
  type HttpAnswer,
  type HttpRequest,
  type NoAnswer,
} from '../../templates/runtime/http.js';

const SECRET = 'sk_live_51Jx';
const MAX_BYTES = 8 * 1024 * 1024;
/** Long enough to never end a test by itself. */
const LONG = 30_000;

const stops: (() => Promise<unknown>)[] = [];
const rejections: unknown[] = [];
const onRejection = (reason: unknown): void => {
  rejections.push(reason);
};

beforeAll(() => {
  process.on('unhandledRejection', onRejection);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

afterAll(async () => {
  // Node reports a rejection after the current turn.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', onRejection);
  expect(rejections).toEqual([]);
});

async function listen(server: Server | TcpServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/refunds`;
}

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Served {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Resolves with the response of the next request, once that has been read whole. */
  readonly requested: Promise<ServerResponse>;
}

/** An HTTP server that reads each request whole before it hands it on. */
async function serve(handle: (response: ServerResponse, request: Seen) => void): Promise<Served> {
  const seen: Seen[] = [];
  let announce: (response: ServerResponse) => void = () => undefined;
  const requested = new Promise<ServerResponse>((resolve) => {
    announce = resolve;
  });
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, method, url } = request;
      const whole = { headers, method, url, body: Buffer.concat(chunks).toString('utf8') };
      seen.push(whole);
      announce(response);
      handle(response, whole);
    });
  };
  const server = createServer(listener);
  stops.push(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return { url: await listen(server), seen, requested };
}

/** A TCP server that is handed each connection. */
async function serveTcp(handle: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    handle(socket);
  });
  stops.push(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return listen(server);
}

function post(url: string): HttpRequest {
  const headers = [
    ['Authorization', `Bearer ${SECRET}`],
    ['Content-Type', 'application/json'],
  ] as const;
  return { method: 'POST', url, headers, body: '{"amount":1250,"note":"für dich"}' };
}

interface Options {
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

function send(url: string, options: Options = {}): Promise<Exchange> {
  return exchange(post(url), { fetch: globalThis.fetch, timeoutMs: LONG, ...options });
}

function answerOf(result: Exchange): HttpAnswer {
  if ('noAnswer' in result) throw new Error(`no answer: ${result.noAnswer.message}`);
  return result.answer;
}

function noAnswerOf(result: Exchange): NoAnswer {
  if ('answer' in result) throw new Error(`an answer: HTTP ${result.answer.status}`);
  expect(JSON.stringify(result)).not.toContain(SECRET);
  return result.noAnswer;
}

/** Fails as the platform's fetch does: the reason is the cause. */
function failingWith(cause: unknown): typeof globalThis.fetch {
  return () => Promise.reject(new TypeError('fetch failed', { cause }));
}

function systemError(fields: { readonly code?: string; readonly syscall?: string }): Error {
  return Object.assign(new Error(`failed with Bearer ${SECRET}`), fields);
}

describe('an answer', () => {
  test('is read to its end, and the request goes out as it is', async () => {
    const { url, seen } = await serve((response) => {
      response.writeHead(201, { 'Content-Type': 'Application/JSON; charset=utf-8', 'Retry-After': '7' });
      response.write('{"id":');
      response.end('"re_1"}');
    });
    const answer = answerOf(await send(url));
    expect(answer).toEqual({ status: 201, mediaType: 'application/json', retryAfter: '7', text: '{"id":"re_1"}' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/refunds', body: '{"amount":1250,"note":"für dich"}' });
    expect(seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${SECRET}`,
      'content-type': 'application/json',
    });
  });

  test('may lack a body and a media type', async () => {
    const { url } = await serve((response) => {
      response.writeHead(204).end();
    });
    expect(answerOf(await send(url))).toEqual({ status: 204, mediaType: '', retryAfter: undefined, text: '' });
  });

  test('of any status is an answer', async () => {
    for (const status of [200, 304, 400, 404, 429, 500, 503, 599]) {
      const { url } = await serve((response) => {
        response.writeHead(status).end();
      });
      expect(answerOf(await send(url)).status).toBe(status);
    }
  });

  test('is decoded whole: a character may come in two parts', async () => {
    const bytes = Buffer.from('{"note":"für 😀"}');
    for (const cut of [10, 15, 16, 17]) {
      const { url } = await serve((response) => {
        response.write(bytes.subarray(0, cut), () => response.end(bytes.subarray(cut)));
      });
      expect(answerOf(await send(url)).text).toBe('{"note":"für 😀"}');
    }
  });

  test.each([
    ['latin-1', Buffer.from('{"note":"für"}', 'latin1')],
    ['half a character', Buffer.from('{"note":"😀"}').subarray(0, 11)],
    ['half a surrogate pair', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['no text', Buffer.from([0xff, 0xfe, 0x00, 0x01])],
  ])('of %s has no text', async (_, bytes) => {
    const { url } = await serve((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(bytes);
    });
    expect(answerOf(await send(url))).toMatchObject({ status: 200, text: undefined });
  });

  test('of a redirect is not followed', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const target = await serve((response) => {
        response.end('{}');
      });
      const { url, seen } = await serve((response) => {
        response.writeHead(status, { Location: target.url }).end('moved');
      });
      expect(answerOf(await send(url))).toMatchObject({ status, text: 'moved' });
      expect(seen).toHaveLength(1);
      expect(target.seen).toHaveLength(0);
    }
  });
});

describe('nothing was sent', () => {
  test('where the connection is refused', async () => {
    const server = createTcpServer();
    const url = await listen(server);
    server.close();
    await once(server, 'close');
    const { message, reason, sent } = noAnswerOf(await send(url));
    expect({ reason, sent }).toEqual({ reason: 'network', sent: false });
    expect(message).toContain('ECONNREFUSED');
  });

  test('where the host is unknown', async () => {
    const { reason, sent } = noAnswerOf(await send('http://nonexistent.invalid/'));
    expect({ reason, sent }).toEqual({ reason: 'network', sent: false });
  });

  test('where the call was aborted before', async () => {
    const fetch = vi.fn(globalThis.fetch);
    const result = noAnswerOf(await send('http://127.0.0.1:1/', { fetch, signal: AbortSignal.abort() }));
    expect(result).toMatchObject({ reason: 'aborted', sent: false });
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each([
    ['connect', systemError({ syscall: 'connect', code: 'ETIMEDOUT' })],
    ['getaddrinfo', systemError({ syscall: 'getaddrinfo', code: 'EAI_AGAIN' })],
    ['connect timeout', systemError({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['certificate', systemError({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['host name', systemError({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    [
      'every address',
      new AggregateError([
        systemError({ syscall: 'connect', code: 'ECONNREFUSED' }),
        systemError({ syscall: 'connect', code: 'ENETUNREACH' }),
      ]),
    ],
    ['deep cause', new Error('x', { cause: systemError({ syscall: 'connect', code: 'EHOSTUNREACH' }) })],
  ])('where it fails at: %s', async (_, cause) => {
    const result = noAnswerOf(await send('http://127.0.0.1:1/', { fetch: failingWith(cause) }));
    expect(result).toMatchObject({ reason: 'network', sent: false });
  });
});

describe('the request may have arrived', () => {
  test('where the server closes after reading it; and it is sent once', async () => {
    const { url, seen } = await serve((response) => {
      response.socket?.destroy();
    });
    expect(noAnswerOf(await send(url))).toMatchObject({ reason: 'network', sent: true });
    expect(seen).toHaveLength(1);
  });

  test('where the server resets after reading it; and it is sent once', async () => {
    const { url, seen } = await serve((response) => {
      response.socket?.resetAndDestroy();
    });
    expect(noAnswerOf(await send(url))).toMatchObject({ reason: 'network', sent: true });
    expect(seen).toHaveLength(1);
  });

  test('where a kept connection is closed by the second request; and that is sent once', async () => {
    const { url, seen } = await serve((response) => {
      if (seen.length === 1) response.end('{}');
      else response.socket?.destroy();
    });
    expect(answerOf(await send(url)).status).toBe(200);
    expect(noAnswerOf(await send(url))).toMatchObject({ reason: 'network', sent: true });
    expect(seen).toHaveLength(2);
  });

  test('where the server closes without reading', async () => {
    const url = await serveTcp((socket) => {
      socket.destroy();
    });
    expect(noAnswerOf(await send(url))).toMatchObject({ reason: 'network', sent: true });
  });

  test('where the answer is no HTTP', async () => {
    const url = await serveTcp((socket) => {
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    });
    expect(noAnswerOf(await send(url))).toMatchObject({ reason: 'network', sent: true });
  });

  test('where the answer ends in its head', async () => {
    const url = await serveTcp((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 201 Created\r\nContent-Le'));
    });
    expect(noAnswerOf(await send(url))).toMatchObject({ reason: 'network', sent: true });
  });

  test('where the body is shorter than announced', async () => {
    const url = await serveTcp((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"id":"re_1"}'));
    });
    expect(noAnswerOf(await send(url))).toMatchObject({ reason: 'network', sent: true });
  });

  test('where the last chunk is missing', async () => {
    const url = await serveTcp((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{"id":"re_1"}\r\n'),
      );
    });
    expect(noAnswerOf(await send(url))).toMatchObject({ reason: 'network', sent: true });
  });

  test('where the answer is too large', async () => {
    const { url, requested } = await serve((response) => {
      const chunk = Buffer.alloc(1024 * 1024, 'a');
      const more = (): void => {
        if (!response.destroyed) response.write(chunk, more);
      };
      more();
    });
    const closed = requested.then((response) => once(response, 'close'));
    const { message, ...rest } = noAnswerOf(await send(url));
    expect(rest).toEqual({ reason: 'network', sent: true });
    expect(message).toContain('larger');
    // The rest is not read: the client has hung up.
    await closed;
  });

  test('where the answer is too large once unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(MAX_BYTES + 1, 'a'));
    const { url } = await serve((response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed);
    });
    expect(noAnswerOf(await send(url)).message).toContain('larger');
  });

  test('but the largest allowed answer is read', async () => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response('a'.repeat(MAX_BYTES)));
    expect(answerOf(await send('http://127.0.0.1:1/', { fetch })).text).toHaveLength(MAX_BYTES);
    const larger = (): Promise<Response> => Promise.resolve(new Response('a'.repeat(MAX_BYTES + 1)));
    expect(noAnswerOf(await send('http://127.0.0.1:1/', { fetch: larger })).sent).toBe(true);
  });

  test.each([
    ['read', systemError({ syscall: 'read', code: 'ECONNRESET' })],
    ['write', systemError({ syscall: 'write', code: 'EPIPE' })],
    ['socket', systemError({ code: 'UND_ERR_SOCKET' })],
    ['headers timeout', systemError({ code: 'UND_ERR_HEADERS_TIMEOUT' })],
    ['TLS alert', systemError({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' })],
    ['no cause', undefined],
    ['a text', `Bearer ${SECRET}`],
    ['a code that is no code', systemError({ code: SECRET })],
    ['no addresses', new AggregateError([])],
    [
      'one address of two',
      new AggregateError([
        systemError({ syscall: 'connect', code: 'ECONNREFUSED' }),
        systemError({ syscall: 'read', code: 'ECONNRESET' }),
      ]),
    ],
  ])('where it fails at: %s', async (_, cause) => {
    const result = noAnswerOf(await send('http://127.0.0.1:1/', { fetch: failingWith(cause) }));
    expect(result).toMatchObject({ reason: 'network', sent: true });
  });

  test('where fetch throws something odd', async () => {
    for (const odd of [undefined, null, 'text', SECRET, 5, {}]) {
      const rejects = (): Promise<Response> => Promise.reject(odd);
      expect(noAnswerOf(await send('http://127.0.0.1:1/', { fetch: rejects }))).toMatchObject({ sent: true });
      const throws = (): Promise<Response> => {
        throw odd;
      };
      expect(noAnswerOf(await send('http://127.0.0.1:1/', { fetch: throws }))).toMatchObject({ sent: true });
    }
  });

  test('where an error is its own cause', async () => {
    const error = new Error('loop');
    error.cause = error;
    const result = noAnswerOf(await send('http://127.0.0.1:1/', { fetch: failingWith(error) }));
    expect(result).toMatchObject({ reason: 'network', sent: true });
  });
});

/** The timer of the exchange is the test's: it fires when the test says so, and only then. */
describe('the timeout', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  test('ends a call that is never answered, and hangs up', async () => {
    const { url, seen, requested } = await serve(() => undefined);
    const result = send(url);
    const closed = once(await requested, 'close');
    vi.advanceTimersByTime(LONG);
    expect(noAnswerOf(await result)).toMatchObject({ reason: 'timeout', sent: true });
    await closed;
    expect(seen).toHaveLength(1);
  });

  test('covers the body', async () => {
    const { url, requested } = await serve((response) => {
      response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      response.write('{"id":');
    });
    let announce: () => void = () => undefined;
    const headRead = new Promise<void>((resolve) => {
      announce = resolve;
    });
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await globalThis.fetch(input, init);
      announce();
      return response;
    };
    const result = send(url, { fetch });
    const closed = once(await requested, 'close');
    await headRead;
    vi.advanceTimersByTime(LONG);
    expect(noAnswerOf(await result)).toMatchObject({ reason: 'timeout', sent: true });
    await closed;
  });

  test('does not come early', async () => {
    const { url, requested } = await serve(() => undefined);
    const result = send(url);
    const response = await requested;
    vi.advanceTimersByTime(LONG - 1);
    response.end('{}');
    expect(answerOf(await result).status).toBe(200);
  });

  test('holds for a fetch that does not know of signals', async () => {
    const fetch = (): Promise<Response> => new Promise(() => undefined);
    const result = send('http://127.0.0.1:1/', { fetch });
    vi.advanceTimersByTime(LONG);
    const hung = new Promise<'hung'>((resolve) => setImmediate(() => setImmediate(() => resolve('hung'))));
    const first = await Promise.race([result, hung]);
    expect(first).toMatchObject({ noAnswer: { reason: 'timeout', sent: true } });
  });

  test('leaves no timer behind', async () => {
    const { url } = await serve((response) => {
      response.end('{}');
    });
    await send(url);
    expect(vi.getTimerCount()).toBe(0);
    await send('http://127.0.0.1:1/', { fetch: failingWith(undefined) });
    expect(vi.getTimerCount()).toBe(0);
    await send('http://127.0.0.1:1/', { signal: AbortSignal.abort() });
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a short timeout in real time', async () => {
  const { url } = await serve(() => undefined);
  expect(noAnswerOf(await send(url, { timeoutMs: 20 }))).toMatchObject({ reason: 'timeout', sent: true });
});

describe('an abort', () => {
  test('while waiting for the answer', async () => {
    const { url, seen, requested } = await serve(() => undefined);
    const controller = new AbortController();
    const result = send(url, { signal: controller.signal });
    const closed = once(await requested, 'close');
    controller.abort(new Error(SECRET));
    expect(noAnswerOf(await result)).toMatchObject({ reason: 'aborted', sent: true });
    await closed;
    expect(seen).toHaveLength(1);
  });

  test('while reading the body', async () => {
    const { url } = await serve((response) => {
      response.writeHead(201, { 'Content-Length': '100' });
      response.write('{"id":');
    });
    const controller = new AbortController();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await globalThis.fetch(input, init);
      setImmediate(() => controller.abort());
      return response;
    };
    const result = noAnswerOf(await send(url, { fetch, signal: controller.signal }));
    expect(result).toMatchObject({ reason: 'aborted', sent: true });
  });

  test('after the answer changes nothing', async () => {
    const { url } = await serve((response) => {
      response.end('{}');
    });
    const controller = new AbortController();
    const result = await send(url, { signal: controller.signal });
    controller.abort();
    expect(answerOf(result).text).toBe('{}');
  });

  test('leaves no listener behind', async () => {
    const { url } = await serve((response) => {
      response.end('{}');
    });
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    await send(url, { signal });
    await send('http://127.0.0.1:1/', { signal, fetch: failingWith(undefined) });
    expect(add).toHaveBeenCalledTimes(2);
    expect(remove.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      add.mock.calls.map(([type, listener]) => [type, listener]),
    );
  });
});

// Browsers and Cloudflare Workers refuse their own fetch as a method of another object: "Illegal invocation".
test('fetch is called as a function, not as a method', async () => {
  const receivers: unknown[] = [];
  function fetch(this: unknown): Promise<Response> {
    receivers.push(this);
    return Promise.resolve(new Response('{}'));
  }
  await send('http://127.0.0.1:1/', { fetch });
  expect(receivers).toHaveLength(1);
  expect(receivers[0] === undefined || receivers[0] === globalThis).toBe(true);
});
