import { describe, expect, test } from 'vitest';
import { memoryJournal, money, partial } from '../../../generated/index.js';
import { strictFaults } from '../../fixtures/generated-module.js';
import { ANSWERS } from '../../fixtures/invented/answers.js';
import type { AnyRequest } from '../../fixtures/invented/clients.js';
import { drive } from '../../fixtures/invented/drive.js';
import { halfJson, htmlOk, json, listen, type Reply, text } from '../../loopback.js';

// Answers, credentials and servers of invented providers, on a real server.

const { create, generated, start } = drive('answers', ANSWERS);

const REQUEST: AnyRequest = { refundRef: 'rf-1', payment: 'p1', amount: partial(money('EUR', 1250n)) };
const PROBLEM = 'application/problem+json';

const noContent: Reply = (response) => void response.writeHead(204).end();

test('what is generated fits the compiler options of this repository', () => {
  expect(strictFaults([generated().index])).toEqual([]);
});

describe('an answer without a body', () => {
  test('is what its status says', async () => {
    const { client, server } = await start('silent', noContent);
    const outcome = await client.refund(REQUEST);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { provider: 'silent', status: 'pending' } });
    expect(outcome.kind === 'accepted' && outcome.refund.raw).toBeUndefined();
    expect(server.seen).toHaveLength(1);
  });

  test('is the same when the journal is asked', async () => {
    const { client, server } = await start('silent', noContent);
    await client.refund(REQUEST);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, Reply]>([
    ['200, which the spec does not have', json(200, { id: 'r1' })],
    ['a page of a proxy', htmlOk],
  ])('%s is not known', async (_, reply) => {
    const { client } = await start('silent', reply);
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
  });
});

describe('an envelope with a truth value', () => {
  test('true is a refund', async () => {
    const { client } = await start('envelope', json(200, { status: true, data: { id: 'r1', amount: 1250 } }));
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'accepted',
      refund: { id: 'r1', status: 'pending', money: { currency: 'EUR', minor: 1250n } },
    });
  });

  test.each([
    ['false', { status: false, message: 'No', data: { id: 'r1', amount: 1250 } }],
    ['the text true', { status: 'true', data: { id: 'r1', amount: 1250 } }],
    ['1', { status: 1, data: { id: 'r1', amount: 1250 } }],
    ['nothing', { data: { id: 'r1', amount: 1250 } }],
    ['true without a refund', { status: true }],
  ])('%s is never read as one', async (_, body) => {
    const { client } = await start('envelope', json(200, body));
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { moneyMoved: 'unknown' } });
  });
});

describe('numbers for statuses and ids', () => {
  test.each([
    [0, 'pending'],
    [1, 'succeeded'],
    [2, 'failed'],
    [3, 'unrecognized'],
  ])('%d is %s', async (state, status) => {
    const { client } = await start('numbers', json(200, { refundId: 4711, state }));
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'accepted',
      refund: { id: '4711', status, rawStatus: String(state) },
    });
  });

  test('an id beyond what a float can hold is kept', async () => {
    const { client } = await start('numbers', json(200, '{"refundId":9007199254740993,"state":1}'));
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', refund: { id: '9007199254740993' } });
  });

  test.each(['', 'x', '4711.5', '9007199254740993'])('%o is no id that is asked for', async (id) => {
    const { client, server } = await start('numbers', json(200, { refundId: 4711, state: 1 }));
    expect(await client.retrieve?.(id)).toMatchObject({ kind: 'failed' });
    expect(server.seen.map(({ line }) => line)).not.toContain('GET /refunds/4711 HTTP/1.1');
  });

  test('a refund is read back by its id', async () => {
    const { client, server } = await start('numbers', json(200, { refundId: 4711, state: 1 }));
    const found = await client.retrieve?.('4711');
    expect(found).toMatchObject({ kind: 'found', value: { id: '4711', status: 'succeeded' } });
    expect(server.seen.map(({ line }) => line)).toEqual(['GET /refunds/4711 HTTP/1.1']);
  });
});

describe('problem details', () => {
  test('say what went wrong, without an overlay for it', async () => {
    const body = { type: 'https://invented.example/closed', title: 'Closed', detail: 'It is closed.', status: 400 };
    const { client } = await start('problems', text(400, JSON.stringify(body), PROBLEM));
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'refused',
      sent: true,
      error: { httpStatus: 400, code: body.type, message: expect.stringContaining('It is closed.') },
    });
  });

  test('with a success status prove nothing', async () => {
    const { client } = await start('problems', text(200, '{"title":"Closed"}', PROBLEM));
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
  });
});

describe('a token that the caller fetches', () => {
  test.each<[string, unknown]>([
    ['as a text', 'at-1'],
    ['by a function', () => 'at-1'],
    ['by a function that takes its time', async () => 'at-1'],
  ])('%s', async (_, accessToken) => {
    const server = await listen(json(200, { id: 'r1' }));
    try {
      const client = create('tokens', { auth: { accessToken }, baseUrl: server.url, journal: memoryJournal() });
      expect((await client.refund(REQUEST)).kind).toBe('accepted');
      expect(server.seen[0]?.headers['authorization']).toBe('Bearer at-1');
    } finally {
      await server.close();
    }
  });

  test('a function that fails sends nothing, and shows no secret', async () => {
    const server = await listen(json(200, { id: 'r1' }));
    const accessToken = (): Promise<string> => Promise.reject(new Error('login failed for sk_secret'));
    try {
      const client = create('tokens', { auth: { accessToken }, baseUrl: server.url, journal: memoryJournal() });
      const outcome = await client.refund(REQUEST);
      expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { kind: 'not_sent', moneyMoved: 'no' } });
      expect(server.seen).toEqual([]);
    } finally {
      await server.close();
    }
  });
});

describe('two servers', () => {
  /** The URL that a client asks for. */
  async function asked(server: string): Promise<readonly string[]> {
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(input instanceof Request ? input.url : String(input));
      return Response.json({ id: 'r1' });
    };
    const client = create('regions', { auth: { token: 'sk_1' }, server, fetch, journal: memoryJournal() });
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
    return urls;
  }

  test.each([
    ['europe', 'https://eu.invented.example/v2/refunds'],
    ['america', 'https://us.invented.example/v2/refunds'],
  ])('%s', async (server, url) => {
    expect(await asked(server)).toEqual([url]);
  });

  test.each([undefined, 'asia', '__proto__'])('%s is none of them', (server) => {
    const config = { auth: { token: 'sk_1' }, journal: memoryJournal() };
    expect(() => create('regions', server === undefined ? config : { ...config, server })).toThrow('server');
  });
});

test.each<[string, Reply]>([
  ['half an answer', halfJson(200, { status: true, data: { id: 'r1', amount: 1250 } })],
  ['500', json(500, { code: 'x', message: 'X' })],
  ['409', json(409, { code: 'x', message: 'X' })],
])('%s is never taken for a refusal', async (_, reply) => {
  for (const id of ['silent', 'envelope', 'problems']) {
    const { client } = await start(id, reply);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { moneyMoved: 'unknown' } });
  }
});
