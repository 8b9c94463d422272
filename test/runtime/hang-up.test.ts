import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { type Authorized, type Exchange, exchange } from '../../templates/runtime/http.js';
import { json } from '../loopback.js';

/** Long enough to never end a test by itself. */
const LONG = 30_000;

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

interface Provider {
  readonly url: string;
  /** Its connections, in the order in which they were made. */
  readonly sockets: readonly Socket[];
  /** Resolves with the response of the first request. */
  readonly requested: Promise<ServerResponse>;
}

async function serve(reply: (response: ServerResponse) => void): Promise<Provider> {
  const sockets: Socket[] = [];
  let announce: (response: ServerResponse) => void = () => undefined;
  const requested = new Promise<ServerResponse>((resolve) => {
    announce = resolve;
  });
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      announce(response);
      reply(response);
    });
  });
  server.on('connection', (socket) => {
    sockets.push(socket);
  });
  stops.push(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // As of every server that listens on TCP.
  return { url: `http://127.0.0.1:${port}/refunds`, sockets, requested };
}

interface Sent {
  readonly result: Promise<Exchange>;
  /** What `fetch` was given to end it with; `undefined` where it was not called. */
  readonly given: () => AbortSignal | undefined;
}

interface Options {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly onHead?: () => void;
  readonly answer?: () => Promise<Response>;
  readonly authorize?: () => Promise<Authorized>;
}

function send(url: string, { answer, authorize, onHead, signal, timeoutMs = LONG }: Options = {}): Sent {
  let given: AbortSignal | undefined;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    given = init?.signal ?? undefined;
    const response = await (answer === undefined ? globalThis.fetch(input, init) : answer());
    onHead?.();
    return response;
  };
  const headers = [['Content-Type', 'application/json']] as const;
  const request = authorize ?? { method: 'POST', url, headers, body: '{"amount":1250}' };
  return { result: exchange(request, { fetch, timeoutMs, signal }), given: () => given };
}

function isAnswer(result: Exchange): boolean {
  return 'answer' in result;
}

/** Writes until nobody listens any more. */
function writeWithoutEnd(response: ServerResponse): void {
  const chunk = Buffer.alloc(64 * 1024, 'a');
  const more = (): void => {
    if (!response.destroyed) response.write(chunk, more);
  };
  more();
}

describe('an answer that was read to its end is not aborted, and its connection serves the next request', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ['JSON', (response) => json(200, { id: 're_1' })(response, response.req)],
    ['an error', (response) => json(500, { error: 'no' })(response, response.req)],
    ['chunked', (response) => response.write('{"id":', () => response.end('"re_1"}'))],
    ['empty', (response) => response.writeHead(200, { 'Content-Length': '0' }).end()],
    ['packed', (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{}'))],
    ['a redirect', (response) => response.writeHead(302, { Location: '/elsewhere' }).end('moved')],
  ])('%s', async (_, reply) => {
    const { sockets, url } = await serve(reply);
    for (let call = 0; call < 3; call += 1) {
      const { given, result } = send(url);
      expect(isAnswer(await result)).toBe(true);
      expect(given()?.aborted).toBe(false);
      // The connection is free again only once its parser has seen the end.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sockets).toHaveLength(1);
  });
});

describe('what was not read to its end is hung up on', () => {
  test('where the answer never comes', async () => {
    const { requested, url } = await serve(() => undefined);
    const { given, result } = send(url, { timeoutMs: 50 });
    const closed = once(await requested, 'close');
    expect(await result).toMatchObject({ noAnswer: { reason: 'timeout', sent: true } });
    expect(given()?.aborted).toBe(true);
    await closed;
  });

  test('where the caller aborts while the body is read', async () => {
    const { requested, url } = await serve((response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"id":');
    });
    const controller = new AbortController();
    const { given, result } = send(url, {
      signal: controller.signal,
      onHead: () => setImmediate(() => controller.abort()),
    });
    const closed = once(await requested, 'close');
    expect(await result).toMatchObject({ noAnswer: { reason: 'aborted', sent: true } });
    expect(given()?.aborted).toBe(true);
    await closed;
  });

  test('where the body is too large', async () => {
    const { requested, url } = await serve(writeWithoutEnd);
    const { given, result } = send(url);
    const closed = once(await requested, 'close');
    expect(await result).toMatchObject({ noAnswer: { reason: 'network', sent: true } });
    expect(given()?.aborted).toBe(true);
    await closed;
  });

  test('where the body cannot be unpacked', async () => {
    const { requested, url } = await serve((response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' });
      response.write('{"id":"re_1"}');
    });
    const { given, result } = send(url);
    const closed = once(await requested, 'close');
    expect(await result).toMatchObject({ noAnswer: { reason: 'network', sent: true } });
    expect(given()?.aborted).toBe(true);
    await closed;
  });

  // fetch gives no body with it, whatever comes: only an abort ends what the server goes on sending.
  test('where a 205 has a body without an end', async () => {
    const { requested, url } = await serve((response) => {
      response.writeHead(205, { 'Transfer-Encoding': 'chunked' });
      writeWithoutEnd(response);
    });
    const { given, result } = send(url);
    const closed = once(await requested, 'close');
    expect(await result).toMatchObject({ answer: { status: 205, text: '' } });
    expect(given()?.aborted).toBe(true);
    await closed;
  });

  test('where reading an injected answer fails', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('broken')) });
    const { given, result } = send('http://127.0.0.1:1/', { answer: async () => new Response(body) });
    expect(isAnswer(await result)).toBe(false);
    expect(given()?.aborted).toBe(true);
  });

  test('where fetch fails', async () => {
    const { given, result } = send('http://127.0.0.1:1/', { answer: () => Promise.reject(new Error('no')) });
    expect(isAnswer(await result)).toBe(false);
    expect(given()?.aborted).toBe(true);
  });

  test('but nothing is where nothing was sent', async () => {
    const { given, result } = send('', { authorize: async () => ({ fault: 'no credentials' }) });
    expect(await result).toMatchObject({ noAnswer: { reason: 'credential', sent: false } });
    expect(given()).toBeUndefined();
  });
});
