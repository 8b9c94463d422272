import { describe, expect, test } from 'vitest';
import {
  type ClientConfig,
  type Connection,
  type ConnectionFacts,
  connect,
  type Setting,
} from '../../templates/runtime/connection.js';
import { RefundConfigError } from '../../templates/runtime/errors.js';
import { processJournal } from '../../templates/runtime/journal.js';
import { refund } from '../../templates/runtime/refund.js';
import type { Operation } from '../../templates/runtime/request.js';
import { RUNTIME_VERSION } from '../../templates/runtime/version.js';
import { closeAfterReading, json } from '../loopback.js';
import { acme, DEFINITION, REFUNDED, REQUEST } from './acme.js';

const SERVERS = { live: 'https://api.acme.invalid/v1/', test: 'https://sandbox.acme.invalid' };
const ACCOUNT: Setting = {
  name: 'account',
  header: 'X-Account',
  required: true,
  perCall: false,
  shape: { kind: 'string', maxLength: 8 },
};
const MODE: Setting = {
  name: 'mode',
  header: 'X-Mode',
  required: false,
  perCall: true,
  shape: { kind: 'string', enum: ['test', 'live'] },
};
const OPERATION: Operation = {
  name: 'createRefund',
  method: 'POST',
  path: '/refunds',
  parameters: [
    { name: 'X-Account', in: 'header', required: true, shape: { kind: 'string' } },
    { name: 'X-Mode', in: 'header', required: false, shape: { kind: 'string' } },
  ],
};

type Config = ClientConfig & { readonly server?: string; readonly account?: unknown; readonly mode?: unknown };

function connecting(config: Config, facts: Partial<ConnectionFacts> = {}): Connection {
  const auth = [[{ kind: 'header', name: 'X-Key', prefix: '', value: { credential: 'key' } }]] as const;
  return connect(
    { provider: 'acme', servers: {}, auth, settings: [], ...facts },
    { ...config, auth: { key: 'sk_live_0001' } },
  );
}

/** Where a request goes. */
function urlOf(config: Config, facts: Partial<ConnectionFacts> = {}): string | undefined {
  const operation = { ...OPERATION, parameters: [] };
  return connecting(config, facts).prepare(operation, {}, {}).request?.http.url;
}

function refusal(config: Config, facts: Partial<ConnectionFacts> = {}): string {
  try {
    connecting(config, facts);
  } catch (error) {
    expect(error).toBeInstanceOf(RefundConfigError);
    return String(error);
  }
  return 'it connects';
}

describe('the base URL', () => {
  test.each<[Config, Readonly<Record<string, string>>, string]>([
    [{ server: 'live' }, SERVERS, 'https://api.acme.invalid/v1/refunds'],
    [{ server: 'test' }, SERVERS, 'https://sandbox.acme.invalid/refunds'],
    [{}, { only: SERVERS.live }, 'https://api.acme.invalid/v1/refunds'],
    [{ baseUrl: 'https://proxy.invalid/a//' }, SERVERS, 'https://proxy.invalid/a/refunds'],
    [{ baseUrl: 'http://localhost:8080' }, {}, 'http://localhost:8080/refunds'],
    [{ baseUrl: 'http://127.0.0.1' }, {}, 'http://127.0.0.1/refunds'],
    [{ baseUrl: 'http://127.1.2.254' }, {}, 'http://127.1.2.254/refunds'],
    [{ baseUrl: 'http://[::1]:1' }, {}, 'http://[::1]:1/refunds'],
  ])('of %j', (config, servers, url) => {
    expect(urlOf(config, { servers })).toBe(url);
  });

  test.each<[Config, Readonly<Record<string, string>>, RegExp]>([
    [{}, {}, /baseUrl is required/],
    [{}, SERVERS, /server must be one of live, test/],
    [{ server: 'toString' }, SERVERS, /server must be one of live, test/],
    [{ server: 'live' }, {}, /baseUrl is required/],
    [{ baseUrl: '/v1' }, {}, /baseUrl is not an absolute URL/],
    [{ baseUrl: '' }, {}, /baseUrl is not an absolute URL/],
    [{ baseUrl: 'https://user@acme.invalid' }, {}, /must not hold credentials/],
    [{ baseUrl: 'https://:word@acme.invalid' }, {}, /must not hold credentials/],
    [{ baseUrl: 'https://acme.invalid/?' }, {}, /a query/],
    [{ baseUrl: 'https://acme.invalid/#' }, {}, /a fragment/],
    [{ baseUrl: 'http://acme.invalid' }, {}, /must be HTTPS/],
    [{ baseUrl: 'ftp://localhost' }, {}, /must be HTTPS/],
    [{ baseUrl: 'http://localhost.acme.invalid' }, {}, /must be HTTPS/],
    [{ baseUrl: 'http://127.0.0.1.acme.invalid' }, {}, /must be HTTPS/],
    [{ baseUrl: 'http://a127.0.0.1' }, {}, /(must be HTTPS|not an absolute URL)/],
    [{ baseUrl: 'http://10.127.0.0' }, {}, /must be HTTPS/],
  ])('is refused: %j', (config, servers, why) => {
    expect(refusal(config, { servers })).toMatch(why);
  });
});

const LOCAL = { baseUrl: 'http://127.0.0.1:1' };

describe('the timeout', () => {
  test('is that of the call, of the client, or half a minute', () => {
    expect(connecting(LOCAL).timeoutOf({})).toBe(30_000);
    expect(connecting({ ...LOCAL, timeoutMs: 5 }).timeoutOf({})).toBe(5);
    expect(connecting({ ...LOCAL, timeoutMs: 5 }).timeoutOf({ timeoutMs: 7 })).toBe(7);
    expect(connecting({ ...LOCAL, timeoutMs: 2_147_483_647 }).timeoutOf({})).toBe(2_147_483_647);
  });

  test.each([0, -1, Number.NaN, 2_147_483_648])('cannot be %d', (timeoutMs) => {
    expect(refusal({ ...LOCAL, timeoutMs })).toMatch(/timeoutMs must be more than 0 and at most 2147483647/);
    const { faults } = connecting(LOCAL).prepare({ ...OPERATION, parameters: [] }, {}, { timeoutMs });
    expect(faults).toMatchObject([{ field: 'timeoutMs' }]);
  });
});

describe('a setting', () => {
  const settings = [ACCOUNT, MODE];

  function headersOf(config: Config, call: object = {}) {
    const prepared = connecting({ ...LOCAL, ...config }, { settings }).prepare(OPERATION, {}, call);
    return prepared.faults ?? prepared.request.http.headers.filter(([name]) => name.startsWith('X-'));
  }

  test('goes into its header', () => {
    expect(headersOf({ account: 'a1' })).toEqual([['X-Account', 'a1']]);
    expect(headersOf({ account: 'a1', mode: 'live' })).toEqual([
      ['X-Account', 'a1'],
      ['X-Mode', 'live'],
    ]);
  });

  test('is that of the call where a call may set it', () => {
    expect(headersOf({ account: 'a1', mode: 'live' }, { mode: 'test' })).toContainEqual(['X-Mode', 'test']);
    expect(headersOf({ account: 'a1' }, { mode: undefined })).toEqual([['X-Account', 'a1']]);
    expect(headersOf({ account: 'a1' }, { account: 'a2' })).toEqual([
      { field: 'account', message: expect.stringContaining('no option') },
    ]);
  });

  test('is sent to the operations that take it only', () => {
    const { request } = connecting({ ...LOCAL, account: 'a1' }, { settings }).prepare(
      { ...OPERATION, parameters: [] },
      {},
      {},
    );
    expect(request?.http.headers).toEqual([['Accept', 'application/json']]);
  });

  test.each<[Config, RegExp]>([
    [{}, /account is required/],
    [{ account: '' }, /account must not be empty/],
    [{ account: 'a'.repeat(9) }, /account must have at most 8/],
    [{ account: 5 }, /account must be a string/],
    [{ account: 'a\n' }, /account must be printable ASCII/],
    [{ account: 'a1', mode: 'odd' }, /mode must be one of/],
    [{ mode: 'odd' }, /account is required; mode must be one of/],
  ])('is refused where it cannot be: %j', (config, why) => {
    expect(refusal({ ...LOCAL, ...config }, { settings })).toMatch(why);
  });
});

describe('the options of a call', () => {
  test.each<[object, string]>([
    [{ testMode: true }, 'testMode'],
    [{ signal: {} }, 'signal'],
    [{ signal: 'x' }, 'signal'],
    [{ signal: null }, 'signal'],
    [{ signal: { aborted: false } }, 'signal'],
    [{ timeoutMs: '5' }, 'timeoutMs'],
  ])('are refused where they are not known: %j', (call, field) => {
    const { faults } = connecting(LOCAL).prepare({ ...OPERATION, parameters: [] }, {}, call);
    expect(faults).toEqual([{ field, message: expect.stringMatching(/./) }]);
  });

  test.each([null, 'x', []])('are an object, not %j', (call) => {
    // What a caller without types may give.
    const prepare = connecting(LOCAL).prepare as (...given: unknown[]) => unknown;
    expect(prepare({ ...OPERATION, parameters: [] }, {}, call)).toEqual({
      faults: [{ field: 'call', message: 'must be an object' }],
    });
  });

  test('may be left undefined, or be a signal', () => {
    for (const call of [{ testMode: undefined, timeoutMs: undefined }, { signal: new AbortController().signal }]) {
      expect(connecting(LOCAL).prepare({ ...OPERATION, parameters: [] }, {}, call)).toHaveProperty('request');
    }
  });
});

test('a client of another version of the runtime is refused, and both are named', () => {
  // Such as the one that a lock file has pinned.
  const runtime = '0.0.0-other' as typeof RUNTIME_VERSION;
  expect(refusal(LOCAL, { runtime })).toMatch(`0.0.0-other, and runs with ${RUNTIME_VERSION}: generate it again`);
  expect(refusal(LOCAL, { runtime: RUNTIME_VERSION })).toBe('it connects');
});

test('a client without a journal of its own has that of the process', () => {
  expect(connecting(LOCAL).journal).toBe(processJournal);
  expect(connecting(LOCAL).provider).toBe('acme');
});

test('an observer is told of the request and of its end', async () => {
  const events: object[] = [];
  const note = (event: object): number => events.push(event);
  const { connection } = await acme([json(201, REFUNDED), closeAfterReading], {
    hooks: { onRequest: note, onAnswer: note },
  });
  await refund(connection, DEFINITION, REQUEST);
  await refund(connection, DEFINITION, { ...REQUEST, refundRef: 'rf_2' });
  const about = { provider: 'acme', operation: 'createRefund', method: 'POST', path: '/refunds', attempt: 1 };
  expect(events).toEqual([
    { ...about, refundRef: 'rf_1' },
    { ...about, refundRef: 'rf_1', httpStatus: 201, durationMs: expect.any(Number) },
    { ...about, refundRef: 'rf_2' },
    { ...about, refundRef: 'rf_2', failure: 'network', durationMs: expect.any(Number) },
  ]);
  for (const event of events) {
    if ('durationMs' in event) expect(event.durationMs).toBeGreaterThanOrEqual(0);
    if ('durationMs' in event) expect(event.durationMs).toBeLessThan(60_000);
  }
});

test('an answer is recorded without its secrets, and only where it is JSON', () => {
  const { toRecord } = connecting(LOCAL);
  const record = (text: string | undefined) =>
    toRecord({ status: 201, mediaType: 'application/json', retryAfter: '5', text });
  const kept = { status: 201, mediaType: 'application/json' };
  expect(record('{"a": 1.0}')).toEqual({ ...kept, text: '{"a": 1.0}' });
  expect(record('{"a":"key sk_live_0001"}')).toEqual({ ...kept, text: '{"a":"key [redacted]"}' });
  expect(record('key sk_live_0001')).toEqual({ ...kept, text: '' });
  expect(record(undefined)).toEqual({ ...kept, text: '' });
});

test('a setting is sent in its own header, whatever else the operation takes', () => {
  const operation: Operation = {
    ...OPERATION,
    parameters: [{ name: 'X-Mode', in: 'header', required: false, shape: { kind: 'string' } }],
  };
  const { request } = connecting({ ...LOCAL, account: 'a1', mode: 'live' }, { settings: [ACCOUNT, MODE] }).prepare(
    operation,
    {},
    {},
  );
  expect(request?.http.headers).toEqual([
    ['Accept', 'application/json'],
    ['X-Mode', 'live'],
  ]);
});
