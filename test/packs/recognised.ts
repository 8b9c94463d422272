import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { CallOptions, ClientConfig, Outcome, RefundAttempt } from '../../generated/index.js';
import type { AnyRefund } from '../../generated/runtime/outcome.js';
import { compile } from '../../generator/generate.js';
import { faultsOf, STRICTEST_OPTIONS } from '../fixtures/faults.js';
import { said } from '../fixtures/pack.js';
import {
  type Answer,
  type ReceivedRequest,
  startValidatingServer,
  type ValidatingServer,
} from './validating-server.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the clients of all packs can do. */
export interface PackClient<P extends string, Request, R extends AnyRefund> {
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly refund: (request: Request, call?: CallOptions) => Promise<Outcome<P, R>>;
  readonly release: (attempt: RefundAttempt<P>) => Promise<void>;
}

/** A client that was generated from a document whose pack was found by its title and servers. */
export interface Recognised {
  /** The text of `client.ts`. */
  readonly client: string;
  /** What TypeScript says of all that was generated, in the strictest settings of a consumer. */
  readonly faults: () => readonly string[];
  /** Imports what was generated. */
  readonly load: <Module>() => Promise<Module>;
  readonly remove: () => Promise<void>;
}

/** Generates a client without naming an overlay. A question, a warning and an error are a failure. */
export async function generateRecognised(id: string, document: string): Promise<Recognised> {
  const result = await compile([{ id, spec: path.join(ROOT, document), overlay: undefined }]);
  expect(said(result.problems)).toEqual([]);
  if (!result.ok) throw new Error(`${document} does not compile`);
  const { files } = result.value;
  const cache = path.join(ROOT, 'node_modules', '.cache', 'refundgen-test');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, `${id}-`));
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await writeFile(path.join(folder, file.path), file.text);
  }
  const index = path.join(folder, 'index.ts');
  return {
    client: files.find((file) => file.path === `${id}/client.ts`)?.text ?? '',
    faults: () => faultsOf([index], STRICTEST_OPTIONS),
    load: () => import(index),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** An answer that closes the socket after the whole request has been read. */
export const CLOSED = undefined;

/** An answer that never comes. */
export const NEVER = new Promise<Answer>(() => undefined);

type Scripted = Answer | undefined | Promise<Answer>;

/** Servers of one document, each with its script of answers: the last one for all that follow. Close them after a test. */
export function serversOf(document: string): {
  readonly serve: (...script: readonly [Scripted, ...Scripted[]]) => Promise<ValidatingServer>;
  readonly close: () => Promise<void>;
} {
  const open: ValidatingServer[] = [];
  return {
    serve: async (...script) => {
      let answered = 0;
      const answer = (): Scripted => {
        answered += 1;
        return script[Math.min(answered, script.length) - 1];
      };
      const server = await startValidatingServer({ document: path.join(ROOT, document), answer });
      open.push(server);
      return server;
    },
    close: async () => {
      await Promise.all(open.splice(0).map((server) => server.close()));
    },
  };
}

/** The requests that create something: never more than one for one refund. */
export function creates({ requests }: ValidatingServer): readonly ReceivedRequest[] {
  return requests.filter(({ method }) => method === 'POST');
}

/** JSON that stops in the middle, in an answer that is whole. */
export function half(status: number, body: object): Answer {
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: text.slice(0, Math.floor(text.length / 2)) };
}

/** What a proxy says. */
export function html(status: number): Answer {
  return { status, headers: { 'content-type': 'text/html' }, body: '<html><body>Proxy</body></html>' };
}

/** Long enough for a server on loopback, short enough for a test that waits for nothing. */
export const SHORT: Partial<ClientConfig> = { timeoutMs: 1000 };
