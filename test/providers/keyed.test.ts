import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type CallOptions,
  type ClientConfig,
  type JournalEntry,
  memoryJournal,
  money,
  type Outcome,
  type PartialRefund,
  partial,
  type RefundAttempt,
  type RefundJournal,
} from '../../generated/index.js';
import type { AnyRefund } from '../../generated/runtime/outcome.js';
import { compile } from '../../generator/generate.js';
import { closeAfterReading, halfJson, json, type Loopback, listen, neverAnswer, type Reply } from '../loopback.js';

// Clients of providers that promise to act once on a repeated key. None of the four does, so the provider is invented.

interface KeyedRequest {
  readonly refundRef: string;
  readonly payment: string;
  readonly amount: PartialRefund;
  readonly reason?: 'returned_goods' | 'stolen_card';
}

interface KeyedRefund extends AnyRefund {
  readonly id: string;
}

interface KeyedClient {
  readonly capabilities: { readonly idempotency: string };
  readonly refund: (request: KeyedRequest, call?: CallOptions) => Promise<Outcome<'keyed', KeyedRefund>>;
  readonly release: (attempt: RefundAttempt<'keyed'>) => Promise<void>;
}

interface KeyedModule {
  readonly createKeyed: (config: ClientConfig & { readonly auth: { readonly secretKey: string } }) => KeyedClient;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../fixtures/keyed/', import.meta.url));
const DAY_MS = 24 * 3_600_000;

const REFUND = { id: 'rf_1', charge: 'ch_1', amount: 1250, currency: 'EUR', status: 'succeeded', reason: null };
const FAULT = { code: 'charge_closed', message: 'This charge cannot be refunded' };
const REQUEST: KeyedRequest = { refundRef: 'order-77/1', payment: 'ch_1', amount: partial(money('EUR', 1250n)) };

let folder: string;
let generated: KeyedModule;
/** On one line, without the stars of comments. */
let clientText: string;
const servers: Loopback[] = [];

beforeAll(async () => {
  const spec = path.join(FIXTURES, 'keyed.yaml');
  const compiled = await compile([{ id: 'keyed', spec, overlay: path.join(FIXTURES, 'keyed.overlay.yaml') }]);
  expect(compiled.problems).toEqual([]);
  if (!compiled.ok) throw new Error('the fixture does not compile');
  const cache = path.join(ROOT, 'node_modules', '.cache', 'refundgen-test');
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(path.join(cache, 'keyed-'));
  for (const file of compiled.value.files) {
    await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await writeFile(path.join(folder, file.path), file.text);
  }
  const client = compiled.value.files.find((file) => file.path === 'keyed/client.ts');
  clientText = (client?.text ?? '').replaceAll(/\s*\n\s*(\* )?/g, ' ');
  generated = await import(path.join(folder, 'index.ts'));
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function start(script: readonly [Reply, ...Reply[]], config: Partial<ClientConfig> = {}) {
  const server = await listen(...script);
  servers.push(server);
  const client = generated.createKeyed({ auth: { secretKey: 'sk_1' }, baseUrl: server.url, ...config });
  return { server, client };
}

/** A memory that remembers attempts as older than they are. */
function agedJournal(ageMs: number): RefundJournal {
  const memory = memoryJournal();
  return {
    begin: async (entry) => {
      const found = await memory.begin(entry);
      const startedAt = new Date(Date.now() - ageMs).toISOString();
      return found === undefined ? undefined : { ...found, attempt: { ...found.attempt, startedAt } };
    },
    record: (entry) => memory.record(entry),
  };
}

/** Every request was the same, byte by byte. */
function expectRepeated(server: Loopback, times: number): void {
  const request = {
    line: 'POST /refunds HTTP/1.1',
    headers: {
      accept: 'application/json',
      authorization: 'Bearer sk_1',
      'content-type': 'application/json',
      'idempotency-key': REQUEST.refundRef,
    },
    body: '{"amount":1250,"charge":"ch_1"}',
  };
  expect(server.seen).toEqual(Array.from({ length: times }, () => request));
}

describe('what is generated', () => {
  test('fits the compiler options of this repository', () => {
    const configFile = path.join(ROOT, 'tsconfig.json');
    const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
    const program = ts.createProgram([path.join(folder, 'index.ts')], { ...options, noEmit: true });
    const faults = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(faults).toEqual([]);
  });

  test('says that it repeats, why, and what a reason does', () => {
    expect(clientText).toContain('a repeated key is acted on once for 24 hours');
    expect(clientText).toContain('https://docs.keyed.example/idempotency');
    expect(clientText).toContain('Puts the card on the list of stolen ones.');
    const statuses = "export type KeyedStatus = 'canceled' | 'failed' | 'pending' | 'succeeded' | 'unrecognized';";
    expect(clientText).toContain(statuses);
    expect(clientText).toContain('replayWithKey(24)');
  });
});

describe('one request, where that is enough', () => {
  test.each(['pending', 'succeeded', 'failed', 'canceled'])('%s is accepted', async (status) => {
    const { client, server } = await start([json(200, { ...REFUND, status })]);
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      refund: { id: 'rf_1', payment: 'ch_1', money: { currency: 'EUR', minor: 1250n }, status, rawStatus: status },
    });
    expectRepeated(server, 1);
  });

  test('a status that the spec does not list is unrecognized', async () => {
    const { client, server } = await start([json(200, { ...REFUND, status: 'reversed' })]);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', refund: { status: 'unrecognized' } });
    expectRepeated(server, 1);
  });

  test.each<[string, Reply, string, string]>([
    ['a refusal', json(400, FAULT), 'refused', 'invalid_request'],
    ['a conflict', json(409, FAULT), 'unknown', 'ambiguous_answer'],
    ['an answer that cannot be read', halfJson(200, REFUND), 'unknown', 'malformed_answer'],
    ['an answer about another charge', json(200, { ...REFUND, charge: 'ch_2' }), 'unknown', 'contract_violation'],
    ['an answer about another amount', json(200, { ...REFUND, amount: 1251 }), 'unknown', 'contract_violation'],
    ['429 for an hour', json(429, FAULT, { 'retry-after': '3600' }), 'refused', 'rate_limited'],
    ['503 for an hour', json(503, FAULT, { 'retry-after': '3600' }), 'unknown', 'provider_error'],
  ])('%s is not sent again', async (_, reply, kind, error) => {
    const { client, server } = await start([reply, json(200, REFUND)]);
    expect(await client.refund(REQUEST)).toMatchObject({ kind, error: { kind: error } });
    expectRepeated(server, 1);
  });

  test('a key that is too long is refused, naming the refundRef', async () => {
    const { client, server } = await start([json(200, REFUND)]);
    const outcome = await client.refund({ ...REQUEST, refundRef: 'r'.repeat(65) });
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { fields: [{ field: 'refundRef' }] } });
    expect(server.seen).toEqual([]);
  });

  test('aborted while waiting for the answer', async () => {
    const controller = new AbortController();
    const { client, server } = await start([() => controller.abort(), json(200, REFUND)]);
    const outcome = await client.refund(REQUEST, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'aborted', next: 'call_again' } });
    expectRepeated(server, 1);
  });
});

describe('sent again with the same bytes and the same key', () => {
  test.each<[string, Reply]>([
    ['503', json(503, FAULT)],
    ['a closed socket', closeAfterReading],
    ['429 without a wait', json(429, FAULT, { 'retry-after': '0' })],
  ])('after %s', async (_, first) => {
    const { client, server } = await start([first, json(200, REFUND)]);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer', refund: { id: 'rf_1' } });
    expectRepeated(server, 2);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expectRepeated(server, 2);
  });

  test('after no answer in time', async () => {
    const { client, server } = await start([neverAnswer, json(200, REFUND)], { timeoutMs: 300 });
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
    expectRepeated(server, 2);
  });

  test('at most three times', async () => {
    const { client, server } = await start([json(503, FAULT)]);
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'unknown',
      error: { kind: 'provider_error', next: 'call_again', moneyMoved: 'unknown' },
    });
    expectRepeated(server, 3);
  });

  test('observers see which send it is', async () => {
    const attempts: number[] = [];
    const hooks = { onRequest: ({ attempt }: { readonly attempt: number }) => attempts.push(attempt) };
    const { client } = await start([closeAfterReading, json(200, REFUND)], { hooks });
    await client.refund(REQUEST);
    expect(attempts).toEqual([1, 2]);
  });
});

describe('an earlier send may have refunded', () => {
  test('so a refusal of a later one proves nothing', async () => {
    const { client, server } = await start([closeAfterReading, json(400, FAULT), json(200, REFUND)]);
    const outcome = await client.refund(REQUEST);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', next: 'call_again', moneyMoved: 'unknown', code: 'charge_closed' },
      attempt: { answered: { httpStatus: 400, code: 'charge_closed' } },
    });
    expectRepeated(server, 2);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expectRepeated(server, 3);
  });

  test('but a rate limit is a refusal, and a refusal after it is one too', async () => {
    const { client, server } = await start([json(429, FAULT, { 'retry-after': '0' }), json(400, FAULT)]);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'refused', sent: true, error: { moneyMoved: 'no' } });
    expectRepeated(server, 2);
  });

  test('a request has left the process, though the ones after it could not', async () => {
    const gone = await listen(json(200, REFUND));
    await gone.close();
    let sends = 0;
    const fetch: typeof globalThis.fetch = (input, init) => {
      sends += 1;
      return globalThis.fetch(sends === 1 ? input : gone.url, init);
    };
    const { client, server } = await start([json(429, FAULT, { 'retry-after': '0' })], { fetch });
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'refused', sent: true, error: { moneyMoved: 'no' } });
    expect(sends).toBe(3);
    expectRepeated(server, 1);
  });

  test('aborted during the wait: nothing more is sent', async () => {
    const controller = new AbortController();
    const hooks = { onAnswer: () => void setTimeout(() => controller.abort(), 10) };
    const { client, server } = await start([json(503, FAULT), json(200, REFUND)], { hooks });
    const outcome = await client.refund(REQUEST, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'provider_error', moneyMoved: 'unknown' } });
    expectRepeated(server, 1);
  });

  test('aborted before the wait, after a refusal that may be repeated: refused', async () => {
    const controller = new AbortController();
    const hooks = { onAnswer: () => controller.abort() };
    const { client, server } = await start([json(429, FAULT), json(200, REFUND)], { hooks });
    const outcome = await client.refund(REQUEST, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: 'refused', sent: true, error: { kind: 'rate_limited' } });
    expectRepeated(server, 1);
  });
});

describe('a later call with the same refundRef', () => {
  const lost = json(503, FAULT, { 'retry-after': '3600' });

  test('is sent with the same key, and its answer settles the first one', async () => {
    const { client, server } = await start([lost, json(200, REFUND)]);
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expectRepeated(server, 2);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expectRepeated(server, 2);
  });

  test('stays unknown where it is refused, however often', async () => {
    const { client, server } = await start([lost, json(400, FAULT)]);
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    for (const sent of [2, 3]) {
      expect(await client.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
      expectRepeated(server, sent);
    }
  });

  test('keeps the attempt of the first one', async () => {
    const { client } = await start([lost, lost]);
    const first = await client.refund(REQUEST);
    const second = await client.refund(REQUEST);
    if (first.kind !== 'unknown' || second.kind !== 'unknown') expect.fail('both are unknown');
    expect(second.attempt.startedAt).toBe(first.attempt.startedAt);
  });

  test('with another request is a conflict', async () => {
    const { client, server } = await start([lost, json(200, REFUND)]);
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect(await client.refund({ ...REQUEST, reason: 'returned_goods' })).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'request_conflict' },
    });
    expectRepeated(server, 1);
  });

  test('is sent while the provider remembers the key', async () => {
    const { client, server } = await start([lost, json(200, REFUND)], { journal: agedJournal(DAY_MS / 2) });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
    expectRepeated(server, 2);
  });

  test.each([DAY_MS, DAY_MS + 1, 400 * DAY_MS, Number.NaN])(
    'is not sent once the provider may have forgotten the key, after %d ms',
    async (age) => {
      const memory = memoryJournal();
      const startedAt = Number.isNaN(age) ? 'yesterday' : new Date(Date.now() - age).toISOString();
      const journal: RefundJournal = {
        begin: async (entry: JournalEntry) => {
          const found = await memory.begin(entry);
          return found === undefined ? undefined : { ...found, attempt: { ...found.attempt, startedAt } };
        },
        record: (entry) => memory.record(entry),
      };
      const { client, server } = await start([lost, json(200, REFUND)], { journal });
      expect((await client.refund(REQUEST)).kind).toBe('unknown');
      expect(await client.refund(REQUEST)).toMatchObject({
        kind: 'unknown',
        error: { kind: 'unresolved_attempt', moneyMoved: 'unknown' },
      });
      expectRepeated(server, 1);
    },
  );

  test('is not sent again once the key expires between two sends', async () => {
    // Half the shortest wait between two sends is left of the key's lifetime.
    const { client, server } = await start([lost, json(503, FAULT)], { journal: agedJournal(DAY_MS - 125) });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect(server.seen.length).toBeLessThanOrEqual(2);
  });

  test('where nothing can be sent any more, does not say to call again', async () => {
    const { client, server } = await start([lost], { journal: agedJournal(DAY_MS) });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    const outcome = await client.refund(REQUEST);
    if (outcome.kind !== 'unknown') expect.fail(`the refund is ${outcome.kind}`);
    expect(outcome.error.next).toBe('ask_provider');
    expectRepeated(server, 1);
  });

  test('is answered from the journal, however old', async () => {
    const { client, server } = await start([json(200, REFUND)], { journal: agedJournal(400 * DAY_MS) });
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expectRepeated(server, 1);
  });

  test('is a new one after a release', async () => {
    const { client, server } = await start([lost, json(400, FAULT)]);
    const outcome = await client.refund(REQUEST);
    if (outcome.kind !== 'unknown') expect.fail(`the refund is ${outcome.kind}`);
    await client.release(outcome.attempt);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'refused', error: { kind: 'invalid_request' } });
    expectRepeated(server, 2);
  });
});
