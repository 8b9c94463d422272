import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerCase, RefundApi } from '../ir.js';
import { type Answer, errorBody, placesOf } from './answer.js';
import { parseExact, withExactAt, writeExact } from './exact-json.js';
import type { AnswerField, Damage, FaultyReply, ForeignAnswer } from './fault.js';
import type { ReceivedRequest } from './request.js';

/** What a reply needs to know. */
export interface Replying {
  readonly api: RefundApi;
  /** The answer that belongs to what has happened. */
  readonly answer: Answer;
  /** The shape of that answer, where it is a refund. */
  readonly shape: AnswerCase | null;
  readonly request: ReceivedRequest;
}

/** Sends an answer as it should be. */
export function sendAnswer(response: ServerResponse, { body, headers, status }: Answer, bytes?: Uint8Array): void {
  response.writeHead(status, { ...headers, connection: 'close' }).end(bytes ?? body);
}

/** Sends what a fault makes of an answer. */
export function sendFaulty(
  message: IncomingMessage,
  response: ServerResponse,
  reply: FaultyReply,
  replying: Replying,
): void {
  const { answer, api, request, shape } = replying;
  if (reply.kind === 'close') message.socket.destroy();
  else if (reply.kind === 'half') sendHalf(message, response, answer);
  else if (reply.kind === 'drip') drip(response, answer);
  else if (reply.kind === 'informational') inform(response, reply.status, answer);
  else if (reply.kind === 'answer') sendAnswer(response, foreignAnswer(api, reply, request));
  else if (reply.kind === 'damaged') sendDamaged(response, answer, reply.how);
  else if (reply.kind === 'changed') sendAnswer(response, change(answer, shape, reply.field, reply.value));
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
  else response.writeEarlyHints({ link: '</style.css>; rel=preload' });
  sendAnswer(response, answer);
}

function foreignAnswer(
  api: RefundApi,
  { body, code, headers, status }: ForeignAnswer,
  request: ReceivedRequest,
): Answer {
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
  return { status, headers: { ...headers }, body: '' };
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
    oversized: () => withBody(body.replace('{', `{"padding":"${'x'.repeat(OVERSIZED)}",`)),
    invalid_utf8: () => sendAnswer(response, answer, Buffer.from(body.replace('{', '{"\u00ff":1,'), 'latin1')),
    utf16: () => sendAnswer(response, answer, Buffer.from(body, 'utf16le')),
    not_gzip: () => withBody(body, { ...answer.headers, 'content-encoding': 'gzip' }),
    duplicate_key: () => withBody(body.replace(/^\{("[^"]*"):/, '{$1:null,$1:')),
    deep: () => withBody(body.replace('{', `{"deep":${'['.repeat(DEEP)}${']'.repeat(DEEP)},`)),
    array: () => withBody(`[${body}]`),
    null: () => withBody('null'),
    text_media_type: () => withBody(body, { 'content-type': 'text/plain' }),
    trailing_text: () => withBody(`${body}{}`),
  };
  damage[how]();
}

function change(
  answer: Answer,
  shape: AnswerCase | null,
  field: AnswerField,
  value: Parameters<typeof withExactAt>[2],
): Answer {
  const places = shape === null ? [] : placesOf(shape, field);
  const body = places.reduce((whole, path) => withExactAt(whole, path, value), parseExact(answer.body) ?? null);
  return { ...answer, body: writeExact(body) };
}
