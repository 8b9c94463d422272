import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Path, RefundApi } from '../ir.js';
import { type Answer, errorBody } from './answer.js';
import { type Exact, parseExact, withExactAt, writeExact } from './exact-json.js';
import type { AnswerField, Damage, FaultyReply, ForeignAnswer } from './fault.js';
import type { ReceivedRequest } from './request.js';

/** What a reply needs to know. */
export interface Replying {
  readonly api: RefundApi;
  /** The answer that belongs to what has happened. */
  readonly answer: Answer;
  /** Where a part of that answer stands. */
  readonly placesOf: (field: AnswerField) => readonly Path[];
  readonly request: ReceivedRequest;
}

/** Sends an answer as it should be, and says how long it is, as most servers do. */
export function sendAnswer(response: ServerResponse, { body, headers, status }: Answer, bytes?: Uint8Array): void {
  const sent = bytes ?? Buffer.from(body);
  // These have no body (RFC 9110, section 6.4.1).
  const length = status < 200 || status === 204 || status === 304 ? {} : { 'content-length': String(sent.length) };
  response.writeHead(status, { ...length, ...headers, connection: 'close' }).end(sent);
}

/** Sends what a fault makes of an answer. */
export function sendFaulty(
  message: IncomingMessage,
  response: ServerResponse,
  reply: FaultyReply,
  replying: Replying,
): void {
  const { answer, api, placesOf, request } = replying;
  if (reply.kind === 'close') message.socket.destroy();
  else if (reply.kind === 'half') sendHalf(message, response, answer);
  else if (reply.kind === 'drip') drip(response, answer);
  else if (reply.kind === 'informational') inform(response, reply.status, answer);
  else if (reply.kind === 'answer') sendAnswer(response, foreignAnswer(api, reply, request));
  else if (reply.kind === 'damaged') sendDamaged(response, answer, reply.how);
  else if (reply.kind === 'changed') sendAnswer(response, change(answer, placesOf(reply.field), reply.value));
  // Silence: the connection stays open until the client, or the end of the simulation, closes it.
}

function sendHalf(message: IncomingMessage, response: ServerResponse, { body, headers, status }: Answer): void {
  if (body === '') {
    message.socket.write('HTTP/1.1 2', () => message.socket.destroy());
    return;
  }
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length, connection: 'close' });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => message.socket.destroy());
}

const DRIP_MS = 20;

function drip(response: ServerResponse, { body, headers, status }: Answer): void {
  response.writeHead(status === 204 ? 200 : status, { ...headers, 'content-length': 100_000_000, connection: 'close' });
  response.write(body.slice(0, 1));
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.on('close', () => clearInterval(timer));
}

function inform(response: ServerResponse, status: number, answer: Answer): void {
  if (status === 100) response.writeContinue();
  else if (status === 102) response.writeProcessing();
  else response.writeEarlyHints({ link: '</terms>; rel=preload; as=document' });
  sendAnswer(response, answer);
}

/** The answer that a fault puts in the place of the right one. */
export function foreignAnswer(
  api: RefundApi,
  { body, code, headers: given = {}, status }: ForeignAnswer,
  request: ReceivedRequest,
): Answer {
  // The names of headers have no case: one that is given twice would be sent twice.
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const form = api.errors.body.value;
  const declared = (message: string): Answer => ({
    status,
    headers: {
      'content-type': form.kind === 'problem' ? 'application/problem+json' : 'application/json',
      ...headers,
    },
    body: writeExact(errorBody(form, status, code, message)),
  });
  const as = (type: string, text: string): Answer => ({
    status,
    headers: { 'content-type': type, ...headers },
    body: text,
  });
  if (body === 'declared') return declared(`the provider answers ${status}`);
  if (body === 'echo') return declared(`${request.target} ${JSON.stringify(request.headers)}`);
  if (body === 'json') return as('application/json', '{"gateway":"upstream","trace":[1,2,3]}');
  if (body === 'html') return as('text/html; charset=utf-8', '<html><body><h1>Gateway</h1></body></html>');
  if (body === 'text') return as('text/plain', 'upstream connect error');
  return { status, headers, body: '' };
}

const OVERSIZED = 9 * 1024 * 1024;
const DEEP = 100_000;

function sendDamaged(response: ServerResponse, answer: Answer, how: Damage): void {
  const { body } = answer;
  const withBody = (text: string, headers = answer.headers): void =>
    sendAnswer(response, { ...answer, headers, body: text });
  const damage: Readonly<Record<Damage, () => void>> = {
    truncated_json: () => withBody(body.slice(0, Math.floor(body.length / 2))),
    html: () => withBody('<html><body>OK</body></html>', { 'content-type': 'text/html' }),
    empty: () => withBody(''),
    oversized: () => withBody(withFirst(body, `"padding":"${'x'.repeat(OVERSIZED)}"`)),
    invalid_utf8: () => sendAnswer(response, answer, Buffer.from(withFirst(body, '"\u00ff":1'), 'latin1')),
    utf16: () => sendAnswer(response, answer, Buffer.from(body, 'utf16le')),
    not_gzip: () => withBody(body, { ...answer.headers, 'content-encoding': 'gzip' }),
    duplicate_key: () => withBody(body.replace(/^\{("[^"]*"):/, '{$1:null,$1:')),
    deep: () => withBody(withFirst(body, `"deep":${'['.repeat(DEEP)}${']'.repeat(DEEP)}`)),
    array: () => withBody(`[${body}]`),
    null: () => withBody('null'),
    text_media_type: () => withBody(body, { 'content-type': 'text/plain' }),
    trailing_text: () => withBody(`${body}{}`),
  };
  damage[how]();
}

/** An object with one more field, before all others. */
function withFirst(body: string, field: string): string {
  return body.replace(/^\{(?=(\}?))/, (_, end: string) => `{${field}${end === '' ? ',' : ''}`);
}

function change(answer: Answer, places: readonly Path[], value: Exact | undefined): Answer {
  const whole = parseExact(answer.body);
  if (whole === undefined) return answer;
  return { ...answer, body: writeExact(places.reduce((body, path) => withExactAt(body, path, value), whole)) };
}
