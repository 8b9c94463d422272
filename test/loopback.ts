import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface Seen {
  /** Such as `POST /refunds/ HTTP/1.1`. */
  readonly line: string;
  /** Lower-case names; headers that only the HTTP library decides are left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the server does with one request. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** A real HTTP server on loopback that follows a script: one reply for each request, the last one for all that follow. */
export interface Loopback {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

const TRANSPORT_HEADERS = new Set([
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'pragma',
  'sec-fetch-mode',
  'transfer-encoding',
  'user-agent',
]);

export async function listen(...script: readonly [Reply, ...Reply[]]): Promise<Loopback> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        line: `${request.method} ${request.url} HTTP/${request.httpVersion}`,
        headers: Object.fromEntries(
          Object.entries(request.headers)
            .filter(([name]) => !TRANSPORT_HEADERS.has(name))
            .map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.concat(chunks).toString('utf8'),
      });
      const reply = script[Math.min(seen.length, script.length) - 1];
      reply?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with JSON. A string goes out as it is. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}

export function text(status: number, body: string, type = 'text/plain'): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
}

/** Reads the request and closes the socket without a byte of answer. */
export const closeAfterReading: Reply = (response) => {
  response.socket?.destroy();
};

/** Reads the request and never answers. */
export const neverAnswer: Reply = () => {};

/** Promises a whole body and closes in the middle of it. */
export function truncated(status: number, body: unknown): Reply {
  const whole = JSON.stringify(body);
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(whole.length) });
    response.write(whole.slice(0, Math.floor(whole.length / 2)), () => response.socket?.destroy());
  };
}

/** A well-framed answer whose JSON stops in the middle. */
export function halfJson(status: number, body: unknown): Reply {
  const whole = JSON.stringify(body);
  return json(status, whole.slice(0, Math.floor(whole.length / 2)));
}

/** What a proxy says when it thinks that all is well. */
export const htmlOk: Reply = text(200, '<html><body>OK</body></html>', 'text/html; charset=utf-8');
