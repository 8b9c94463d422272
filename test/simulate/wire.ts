import { connect } from 'node:net';
import { afterEach } from 'vitest';
import type { RefundApi } from '../../generator/ir.js';
import { type SimulatedProvider, startProvider } from '../../generator/simulate/provider.js';
import { SAMPLE } from './sample-api.js';

/** Providers that are closed after the test. */
export function providers(): (api?: RefundApi) => Promise<SimulatedProvider> {
  const open: SimulatedProvider[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((provider) => provider.close()));
  });
  return async (api = SAMPLE) => {
    const provider = await startProvider(api);
    open.push(provider);
    return provider;
  };
}

export interface RawAnswer {
  /** Everything that came, as Latin-1. */
  readonly text: string;
  /** The code of the fault that the connection ended with. */
  readonly fault: string | undefined;
}

export function portOf({ url }: SimulatedProvider): number {
  return Number(new URL(url).port);
}

/** Sends bytes, and waits until the connection ends. */
export function sendRaw(provider: SimulatedProvider, bytes: string): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let fault: string | undefined;
    let text = '';
    const socket = connect(portOf(provider), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      fault = error.code;
    });
    socket.on('close', () => resolve({ text, fault }));
  });
}

/** A request to refund in the bytes of HTTP/1.1. */
export function rawRefund(body: object | string, headers: Readonly<Record<string, string>> = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = {
    host: 'provider',
    'content-type': 'application/json',
    'content-length': String(text.length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return ['POST /refunds HTTP/1.1', ...lines, '', text].join('\r\n');
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The body as JSON; `undefined` where it is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): Answered['body'] {
  try {
    // What it holds, each test looks at.
    return JSON.parse(text) as Answered['body'];
  } catch {
    return undefined;
  }
}

/** Asks for a refund as anybody would. */
export async function refund(
  provider: SimulatedProvider,
  body: object | string,
  headers: Readonly<Record<string, string>> = {},
  path = '/refunds',
): Promise<Answered> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } };
  return answered(await fetch(provider.url + path, { ...init, redirect: 'manual' }));
}

export async function read(provider: SimulatedProvider, path: string): Promise<Answered> {
  return answered(await fetch(provider.url + path));
}
