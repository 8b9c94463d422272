import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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
import { strictFaults } from '../fixtures/generated-module.js';
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
/** Kept of the lifetime of a key, beside the timeout. */
const MARGIN_MS = 10 * 60_000;
const TIMEOUT_MS = 30_000;

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

function clientOf(server: { readonly url: string }, config: Partial<ClientConfig> = {}): KeyedClient {
  const { url: baseUrl } = server;
  return generated.createKeyed({ auth: { secretKey: 'sk_1' }, baseUrl, journal: memoryJournal(), ...config });
}

async function start(script: readonly [Reply, ...Reply[]], config: Partial<ClientConfig> = {}) {
  const server = await listen(...script);
  servers.push(server);
  return { server, client: clientOf(server, config) };
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
    replace: memory.replace,
    ofPayment: memory.ofPayment,
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
    expect(strictFaults([path.join(folder, 'index.ts')])).toEqual([]);
  });

  test('says that it repeats, why, and what a reason does', () => {
    expect(clientText).toContain('a repeated key is acted on once for 24 hours');
    expect(clientText).toContain('https://docs.keyed.example/idempotency');
    expect(clientText).toContain('Puts the card on the list of stolen ones.');
    const statuses = "export type KeyedStatus = 'canceled' | 'failed' | 'pending' | 'succeeded' | 'unrecognized';";
    expect(clientText).toContain(statuses);
    expect(clientText).toContain("replayWithKey(24, 'ask_provider')");
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

  const other: KeyedRequest = { ...REQUEST, reason: 'returned_goods' };

  test('and another request is not known either, while the first one is not', async () => {
    const { client, server } = await start([lost, json(200, REFUND)]);
    const first = await client.refund(REQUEST);
    if (first.kind !== 'unknown') expect.fail(`the refund is ${first.kind}`);
    expect(await client.refund(other)).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', moneyMoved: 'unknown' },
      attempt: { attemptId: first.attempt.attemptId },
    });
    expectRepeated(server, 1);
  });

  test.each<[string, Reply]>([
    ['accepted', json(200, REFUND)],
    ['refused', json(400, FAULT)],
  ])('and another request is a conflict once the first one is %s', async (kind, reply) => {
    const { client, server } = await start([reply]);
    expect((await client.refund(REQUEST)).kind).toBe(kind);
    const conflict = { kind: 'refused', sent: false, error: { kind: 'request_conflict' } };
    expect(await client.refund(other)).toMatchObject(conflict);
    expectRepeated(server, 1);
  });

  test('is sent by another client of the process, where they have no journal of their own', async () => {
    const request = { ...REQUEST, refundRef: crypto.randomUUID() };
    const { server, client } = await start([lost, json(200, REFUND)], { journal: undefined });
    const first = await client.refund(request);
    const second = await clientOf(server, { journal: undefined }).refund(request);
    if (first.kind !== 'unknown' || second.kind !== 'accepted') expect.fail('it is sent again, and accepted');
    expect(second.attempt.attemptId).toBe(first.attempt.attemptId);
    expect(await client.refund(request)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(server.seen).toHaveLength(2);
  });

  test.each<[string, RefundJournal['replace']]>([
    ['fails', async () => Promise.reject(new Error('down'))],
    ['hangs', () => new Promise(() => undefined)],
    ['knows better by now', async () => false],
  ])('is not sent where the journal %s when it is to say that there are two senders', async (_, replace) => {
    const memory = memoryJournal();
    const { client, server } = await start([lost, json(200, REFUND)], { journal: memory });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    const later = clientOf(server, { journal: { ...memory, replace }, timeoutMs: 200 });
    expect(await later.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expectRepeated(server, 1);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
  });

  test('says to call again where only the journal has failed', async () => {
    const memory = memoryJournal();
    const { client, server } = await start([lost, json(200, REFUND)], { journal: memory });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    const journal = { ...memory, replace: async () => Promise.reject(new Error('down')) };
    const outcome = await clientOf(server, { journal }).refund(REQUEST);
    expect(outcome).toMatchObject({ kind: 'unknown', recorded: false, error: { next: 'call_again' } });
  });

  test('is sent while the provider remembers the key', async () => {
    const { client, server } = await start([lost, json(200, REFUND)], { journal: agedJournal(DAY_MS / 2) });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
    expectRepeated(server, 2);
  });

  test('is sent shortly before the provider may forget the key', async () => {
    const journal = agedJournal(DAY_MS - MARGIN_MS - TIMEOUT_MS - 5000);
    const { client, server } = await start([lost, json(200, REFUND)], { journal, timeoutMs: TIMEOUT_MS });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
    expectRepeated(server, 2);
  });

  test('is not sent where the provider may forget the key until the request arrives', async () => {
    const journal = agedJournal(DAY_MS - MARGIN_MS - TIMEOUT_MS - 5000);
    const { client, server } = await start([lost, json(200, REFUND)], { journal, timeoutMs: TIMEOUT_MS });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect(await client.refund(REQUEST, { timeoutMs: TIMEOUT_MS + 6000 })).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', next: 'ask_provider' },
    });
    expectRepeated(server, 1);
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
  });

  test.each([DAY_MS - MARGIN_MS - TIMEOUT_MS, DAY_MS - MARGIN_MS, DAY_MS, DAY_MS + 1, 400 * DAY_MS, Number.NaN])(
    'is not sent once the provider may have forgotten the key, after %d ms',
    async (age) => {
      const memory = memoryJournal();
      const startedAt = Number.isNaN(age) ? 'yesterday' : new Date(Date.now() - age).toISOString();
      const journal: RefundJournal = {
        begin: async (entry: JournalEntry) => {
          const found = await memory.begin(entry);
          return found === undefined ? undefined : { ...found, attempt: { ...found.attempt, startedAt } };
        },
        replace: memory.replace,
        ofPayment: memory.ofPayment,
      };
      const { client, server } = await start([lost, json(200, REFUND)], { journal, timeoutMs: TIMEOUT_MS });
      expect((await client.refund(REQUEST)).kind).toBe('unknown');
      expect(await client.refund(REQUEST)).toMatchObject({
        kind: 'unknown',
        error: { kind: 'unresolved_attempt', moneyMoved: 'unknown' },
      });
      expectRepeated(server, 1);
    },
  );

  test('is not sent again once the key expires between two sends', async () => {
    // Less than the wait that the provider asks for is left of the key's lifetime.
    const journal = agedJournal(DAY_MS - MARGIN_MS - TIMEOUT_MS - 700);
    const soon = json(503, FAULT, { 'retry-after': '1' });
    const { client, server } = await start([lost, soon, json(200, REFUND)], { journal, timeoutMs: TIMEOUT_MS });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { kind: 'provider_error' } });
    expectRepeated(server, 2);
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
    await expect(client.release(outcome.attempt)).rejects.toThrow('nothing was released');
  });

  test('is answered from the journal though a release was tried', async () => {
    const { client, server } = await start([lost, json(200, REFUND)]);
    const outcome = await client.refund(REQUEST);
    if (outcome.kind !== 'unknown') expect.fail(`the refund is ${outcome.kind}`);
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
    await expect(client.release(outcome.attempt)).rejects.toThrow('nothing was released');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expectRepeated(server, 2);
  });
});

describe('two senders of one refundRef', () => {
  const hour = { 'retry-after': '3600' };

  /** The first request is answered after the second call has ended. */
  async function race(first: Reply, second: Reply) {
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { client, server } = await start([
      (response, request) => void answered.then(() => first(response, request)),
      second,
      json(200, REFUND),
    ]);
    const calling = client.refund(REQUEST);
    await expect.poll(() => server.seen.length).toBe(1);
    const late = await client.refund(REQUEST);
    answer();
    return { client, server, early: await calling, late };
  }

  test.each<[string, Reply]>([
    ['429', json(429, FAULT, hour)],
    ['400', json(400, FAULT)],
    ['401', json(401, FAULT)],
  ])('the first is answered %s after the second was accepted: nothing says refused', async (_, reply) => {
    const { client, early, late, server } = await race(reply, json(200, REFUND));
    expect(late).toMatchObject({ kind: 'accepted', source: 'answer', recorded: true });
    expect(early).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt', moneyMoved: 'unknown' } });
    if (early.kind !== 'unknown') return;
    await expect(client.release(early.attempt)).rejects.toThrow('nothing was released');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expectRepeated(server, 2);
  });

  test.each<[string, Reply]>([
    ['429', json(429, FAULT, hour)],
    ['400', json(400, FAULT)],
    ['503', json(503, FAULT, hour)],
  ])('the second is answered %s, then the first is accepted: that stands', async (_, reply) => {
    const { client, early, late, server } = await race(json(200, REFUND), reply);
    expect(late).toMatchObject({ kind: 'unknown', error: { moneyMoved: 'unknown' } });
    expect(early).toMatchObject({ kind: 'accepted', source: 'answer', recorded: true });
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expectRepeated(server, 2);
  });

  test.each<[string, Reply, Reply]>([
    ['429', json(429, FAULT, hour), json(429, FAULT, hour)],
    ['400', json(400, FAULT), json(400, FAULT)],
    ['429 and 400', json(429, FAULT, hour), json(400, FAULT)],
  ])('both are answered %s: the refundRef is not free, and the next answer counts', async (_, first, second) => {
    const { client, early, late, server } = await race(first, second);
    expect([early.kind, late.kind]).toEqual(['unknown', 'unknown']);
    expect(await client.refund({ ...REQUEST, reason: 'returned_goods' })).toMatchObject({ kind: 'unknown' });
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expectRepeated(server, 3);
  });

  test('both are accepted: it is one refund', async () => {
    const { early, late, server } = await race(json(200, REFUND), json(200, REFUND));
    expect([early, late]).toMatchObject([
      { kind: 'accepted', refund: { id: 'rf_1' } },
      { kind: 'accepted', refund: { id: 'rf_1' } },
    ]);
    expectRepeated(server, 2);
  });

  test('ten calls at the same time send the same bytes, and none is refused', async () => {
    const { client, server } = await start([json(200, REFUND)]);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => client.refund(REQUEST)));
    expect(outcomes.map(({ kind }) => kind)).not.toContain('refused');
    expect(outcomes.map(({ kind }) => kind)).toContain('accepted');
    expectRepeated(server, server.seen.length);
  });
});

describe('the options of a call', () => {
  test.each<[string, object, string]>([
    ['an unknown one', { testMode: true }, 'testMode'],
    ['a timeout of zero', { timeoutMs: 0 }, 'timeoutMs'],
    ['a signal that is none', { signal: 'abort' }, 'signal'],
  ])('%s is refused, naming it, and nothing is sent', async (_, call, option) => {
    const { client, server } = await start([json(200, REFUND)]);
    expect(await client.refund(REQUEST, call)).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', fields: [{ field: option }] },
    });
    expect(server.seen).toEqual([]);
  });

  test('a wrong one of a later call does not hide that the first one may have refunded', async () => {
    const { client, server } = await start([json(503, FAULT, { 'retry-after': '3600' }), json(200, REFUND)]);
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    const call: object = { testMode: true };
    expect((await client.refund(REQUEST, call)).kind).toBe('refused');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expectRepeated(server, 2);
  });
});
