import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { text } from '../../templates/runtime/answer.js';
import type { AuthAlternatives, Credential } from '../../templates/runtime/auth.js';
import { type AnswerEvent, type ClientConfig, type Connection, connect } from '../../templates/runtime/connection.js';
import type { AnyRefundRequest, RefundDefinition } from '../../templates/runtime/definition.js';
import { namedErrors } from '../../templates/runtime/error-body.js';
import { NoAnswerError, RefundConfigError } from '../../templates/runtime/errors.js';
import { memoryJournal } from '../../templates/runtime/journal.js';
import { money, partial } from '../../templates/runtime/money.js';
import { callNative } from '../../templates/runtime/native.js';
import type { AnyRefund } from '../../templates/runtime/outcome.js';
import { readOne } from '../../templates/runtime/read.js';
import { refund } from '../../templates/runtime/refund.js';
import type { Operation } from '../../templates/runtime/request.js';
import { json, type Loopback, listen, neverAnswer, type Reply } from '../loopback.js';

const BEARER: AuthAlternatives = [
  [{ kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'token' } }],
];
const BASIC: AuthAlternatives = [
  [{ kind: 'basic', username: { credential: 'username' }, password: { credential: 'password' } }],
];

const CREATE: Operation = {
  name: 'createRefund',
  method: 'POST',
  path: '/refunds',
  parameters: [],
  body: { required: true, shape: { kind: 'any' } },
};

const errorBody = namedErrors({ code: [['code']], message: ['message'] });

const DEFINITION: RefundDefinition<'acme', AnyRefundRequest, AnyRefund> = {
  provider: 'acme',
  operation: CREATE,
  shape: { kind: 'object', fields: {} },
  places: {},
  amount: {
    unit: 'minor',
    encoding: 'integer',
    exponents: { overrides: {}, unknown: [] },
    full: 'unsupported',
  },
  write: ({ payment, refundRef }, wire) => ({ body: { payment, amount: wire, receipt: refundRef } }),
  answers: {
    accepted: {
      201: [
        {
          read: (body) => ({
            provider: 'acme',
            payment: text(body, ['payment']),
            status: 'succeeded',
            raw: body.value,
          }),
        },
      ],
    },
    errorBody,
    ambiguous: [],
    refused: [],
    kinds: {},
    fieldNames: {},
  },
  whenUnknown: 'reconcile',
};

const REQUEST: AnyRefundRequest = { refundRef: 'rf_1', payment: 'pay_1', amount: partial(money('USD', 1250n)) };

const accepted: Reply = json(201, { payment: 'pay_1' });

const servers: Loopback[] = [];
const rejections: unknown[] = [];
const onRejection = (reason: unknown): void => {
  rejections.push(reason);
};

beforeAll(() => {
  process.on('unhandledRejection', onRejection);
});

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

afterAll(async () => {
  // Node reports a rejection after the current turn.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', onRejection);
  expect(rejections).toEqual([]);
});

async function serve(...script: readonly [Reply, ...Reply[]]): Promise<Loopback> {
  const server = await listen(...script);
  servers.push(server);
  return server;
}

function connected(
  { url }: { readonly url: string },
  auth: Readonly<Record<string, Credential>>,
  config: ClientConfig = {},
  alternatives = BEARER,
): Connection {
  return connect(
    { provider: 'acme', servers: {}, auth: alternatives, settings: [] },
    { baseUrl: url, journal: memoryJournal(), ...config, auth },
  );
}

/** Gives one text after the other, the last one for ever. */
function inTurn(...texts: readonly string[]): { readonly ask: () => Promise<string>; readonly asked: () => number } {
  let asked = 0;
  return {
    ask: async () => {
      asked += 1;
      return texts[Math.min(asked, texts.length) - 1] ?? '';
    },
    asked: () => asked,
  };
}

function call(connection: Connection, options = {}) {
  return callNative(connection, CREATE, { 201: 'json' }, { body: { payment: 'pay_1' } }, options);
}

describe('a credential that is a function', () => {
  test('is asked for when something is sent, and each time', async () => {
    const server = await serve(accepted);
    const { ask, asked } = inTurn('token_0001', 'token_0002');
    const connection = connected(server, { token: ask });
    expect(asked()).toBe(0);
    await call(connection);
    await call(connection);
    expect(server.seen.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token_0001',
      'Bearer token_0002',
    ]);
    expect(asked()).toBe(2);
  });

  test('may give its text at once, and stand beside one that is a text', async () => {
    const server = await serve(accepted);
    await call(connected(server, { username: 'shop', password: () => 'pass_0001' }, {}, BASIC));
    await call(connected(server, { username: () => 'shop', password: 'pass_0001' }, {}, BASIC));
    const encoded = `Basic ${Buffer.from('shop:pass_0001').toString('base64')}`;
    expect(server.seen.map(({ headers }) => headers['authorization'])).toEqual([encoded, encoded]);
  });

  test('is asked once where it stands in two places', async () => {
    const server = await serve(accepted);
    const { ask, asked } = inTurn('token_0001');
    const twice: AuthAlternatives = [
      [...(BEARER[0] ?? []), { kind: 'header', name: 'X-Token', prefix: '', value: { credential: 'token' } }],
    ];
    await call(connected(server, { token: ask }, {}, twice));
    expect(server.seen[0]?.headers).toMatchObject({ authorization: 'Bearer token_0001', 'x-token': 'token_0001' });
    expect(asked()).toBe(1);
  });

  test('is asked again for a replay, which has the same bytes', async () => {
    const server = await serve(json(503, {}), accepted);
    const { ask } = inTurn('token_0001', 'token_0002');
    const replay = { maxSends: 2, isKeyAlive: () => true, whenExpired: 'reconcile', wait: async () => true } as const;
    const outcome = await refund(connected(server, { token: ask }), { ...DEFINITION, replay }, REQUEST);
    expect(outcome).toMatchObject({ kind: 'accepted' });
    const [first, second] = server.seen;
    expect(first?.body).toBe(second?.body);
    expect([first, second].map((seen) => seen?.headers['authorization'])).toEqual([
      'Bearer token_0001',
      'Bearer token_0002',
    ]);
  });

  test('does not make the request another one: the fingerprint is without credentials', async () => {
    const server = await serve(accepted);
    const { ask } = inTurn('token_0001', 'token_0002');
    const connection = connected(server, { token: ask });
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ source: 'answer' });
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ source: 'journal' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('connect stays as strict', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['another name', { key: () => 'x' }],
    ['one too many', { token: () => 'x', key: () => 'x' }],
    ['nothing', {}],
    ['a number', { token: 5 }],
    ['null', { token: null }],
    ['an object', { token: {} }],
  ])('%s', (_, auth) => {
    expect(() =>
      connect({ provider: 'acme', servers: {}, auth: BEARER, settings: [] }, { baseUrl: 'https://acme.invalid', auth }),
    ).toThrow(RefundConfigError);
  });

  test('with what stands beside a function', () => {
    const url = 'https://acme.invalid';
    expect(() => connected({ url }, { username: 'a:b', password: () => 'x' }, {}, BASIC)).toThrow('auth.username');
    expect(() => connected({ url }, { username: () => 'x', password: 'a\nb' }, {}, BASIC)).toThrow('auth.password');
  });
});

/** Ways not to give a credential, and what the caller is told. */
const FAILURES: readonly (readonly [string, () => string | Promise<string>, string])[] = [
  [
    'throws',
    () => {
      throw new Error('client_secret=very-secret');
    },
    'auth.token failed',
  ],
  ['rejects', () => Promise.reject(new RefundConfigError('client_secret=very-secret')), 'auth.token failed'],
  ['rejects with nothing', () => Promise.reject(undefined), 'auth.token failed'],
  ['gives no text', () => '', 'auth.token must be'],
  // From JSON that is not as it was expected to be: the type is only a claim.
  ['gives undefined', () => JSON.parse('{}').access_token, 'auth.token must be'],
  ['gives an object', () => JSON.parse('{"access_token":"very-secret"}'), 'auth.token must be'],
  ['gives what no header carries', () => 'very-secret\r\nX-Admin: 1', 'auth.token holds'],
];

describe.each(FAILURES)('where it %s, nothing is sent', (_, token, said) => {
  test('by a refund, which may be made again', async () => {
    const server = await serve(accepted);
    const journal = memoryJournal();
    const outcome = await refund(connected(server, { token }, { journal }), DEFINITION, REQUEST);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      recorded: true,
      error: { kind: 'not_sent', moneyMoved: 'no', message: expect.stringContaining(said) },
    });
    expect(inspect(outcome, { depth: 10 })).not.toContain('very-secret');
    expect(server.seen).toEqual([]);
    const again = await refund(connected(server, { token: 'token_0001' }, { journal }), DEFINITION, REQUEST);
    expect(again).toMatchObject({ kind: 'accepted', source: 'answer' });
  });

  test('by a native operation', async () => {
    const server = await serve(accepted);
    const events: AnswerEvent[] = [];
    const connection = connected(server, { token }, { hooks: { onAnswer: (event) => events.push(event) } });
    const error = await call(connection).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({ sent: false, reason: 'credential', message: expect.stringContaining(said) });
    expect(inspect([error, events], { depth: 10 })).not.toContain('very-secret');
    expect(events).toMatchObject([{ failure: 'credential' }]);
    expect(server.seen).toEqual([]);
  });

  test('by a reading', async () => {
    const server = await serve(accepted);
    const reading = { operation: { ...CREATE, body: { required: false, shape: { kind: 'any' } } }, errorBody } as const;
    const found = await readOne(connected(server, { token }), { ...reading, read: () => ({}) }, {}, {});
    expect(found).toMatchObject({ kind: 'failed', error: { kind: 'unavailable' } });
    expect(server.seen).toEqual([]);
  });
});

test('a replay that gets no credential does not take back that the first send may have refunded', async () => {
  const server = await serve(json(503, {}));
  let asked = 0;
  const token = (): string => {
    asked += 1;
    if (asked > 1) throw new Error('expired');
    return 'token_0001';
  };
  const replay = { maxSends: 2, isKeyAlive: () => true, whenExpired: 'reconcile', wait: async () => true } as const;
  const journal = memoryJournal();
  const outcome = await refund(connected(server, { token }, { journal }), { ...DEFINITION, replay }, REQUEST);
  expect(outcome).toMatchObject({ kind: 'unknown', error: { moneyMoved: 'unknown' } });
  expect(await journal.ofPayment('acme', 'pay_1')).toMatchObject([{ state: 'unknown' }]);
  expect(server.seen).toHaveLength(1);
});

test('one that gives nothing does not make another alternative of the one that was chosen', async () => {
  const server = await serve(accepted);
  const token = { kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'token' } } as const;
  const account = { kind: 'header', name: 'X-Account', prefix: '', value: { credential: 'account' } } as const;
  const given = { token: 'token_0001', account: () => JSON.parse('{}').account };
  const connection = connected(server, given, {}, [[token], [token, account]]);
  await expect(call(connection)).rejects.toMatchObject({ sent: false, reason: 'credential' });
  expect(server.seen).toEqual([]);
});

describe('the timeout and the abort cover the asking', () => {
  const never = (): Promise<string> => new Promise(() => undefined);

  test('a credential that never comes', async () => {
    const server = await serve(accepted);
    const error = await call(connected(server, { token: never }, { timeoutMs: 20 })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ sent: false, reason: 'timeout' });
    const outcome = await refund(connected(server, { token: never }), DEFINITION, REQUEST, { timeoutMs: 20 });
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { kind: 'not_sent' } });
    expect(server.seen).toEqual([]);
  });

  test('a credential that comes too late, or fails too late', async () => {
    const server = await serve(accepted);
    const late = (give: () => string) => () =>
      new Promise<string>((resolve, reject) => {
        setTimeout(() => {
          try {
            resolve(give());
          } catch (error) {
            reject(error);
          }
        }, 60);
      });
    const fails = late(() => {
      throw new Error('late');
    });
    for (const token of [late(() => 'token_0001'), fails]) {
      const error = await call(connected(server, { token }, { timeoutMs: 20 })).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ sent: false, reason: 'timeout' });
    }
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(server.seen).toEqual([]);
  });

  test('the rest of the time is for the answer', async () => {
    const server = await serve(neverAnswer);
    const token = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('token_0001'), 60));
    const started = performance.now();
    const error = await call(connected(server, { token }, { timeoutMs: 150 })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ sent: true, reason: 'timeout' });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['while it is asked', never],
    ['and it fails for that', () => Promise.reject(new Error('aborted'))],
    ['and it comes all the same', () => 'token_0001'],
  ])('an abort %s', async (_, ask) => {
    const server = await serve(accepted);
    const controller = new AbortController();
    const token = (): string | Promise<string> => {
      controller.abort();
      return ask();
    };
    const connection = connected(server, { token });
    const error = await call(connection, { signal: controller.signal }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ sent: false, reason: 'aborted' });
    expect(server.seen).toEqual([]);
  });

  test('it is not asked where the call was aborted before', async () => {
    const { ask, asked } = inTurn('token_0001');
    const connection = connected({ url: 'http://127.0.0.1:1' }, { token: ask });
    await expect(call(connection, { signal: AbortSignal.abort() })).rejects.toMatchObject({ sent: false });
    expect(asked()).toBe(0);
  });
});

describe('what it gave is kept out of what leaves the client', () => {
  /** Repeats what it was sent. */
  const echo =
    (status: number): Reply =>
    (response, request) => {
      const said = request.headers.authorization;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ payment: 'pay_1', code: said, message: `no such key: ${said}` }));
    };

  test('in answers, errors and the journal', async () => {
    const journal = memoryJournal();
    const { ask } = inTurn('token_0001', 'token_0002', 'token_0003');
    const server = await serve(echo(201), echo(403), echo(500));
    const connection = connected(server, { token: ask }, { journal });
    const outcomes = [];
    for (const refundRef of ['rf_1', 'rf_2', 'rf_3']) {
      outcomes.push(await refund(connection, DEFINITION, { ...REQUEST, refundRef }));
    }
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'refused', 'unknown']);
    const seen = inspect([outcomes, await journal.ofPayment('acme', 'pay_1'), connection], { depth: 20 });
    expect(seen).toContain('[redacted]');
    expect(seen).not.toMatch(/token_000\d/);
  });

  test('as Basic authentication has it', async () => {
    const server = await serve(echo(201));
    const connection = connected(server, { username: 'shop', password: () => 'pass_0001' }, {}, BASIC);
    const answer = inspect(await call(connection), { depth: 20 });
    expect(answer).toContain('[redacted]');
    expect(answer).not.toContain(Buffer.from('shop:pass_0001').toString('base64'));
  });

  test('where many exchanges are under way with tokens of their own', async () => {
    const server = await serve((response, request) => {
      const wait = Number(request.headers.authorization?.slice(-1)) * 5;
      setTimeout(() => echo(201)(response, request), wait);
    });
    let count = 0;
    const connection = connected(server, { token: () => `token_${String(count++).padStart(4, '0')}` });
    const answers = await Promise.all(Array.from({ length: 30 }, () => call(connection)));
    expect(inspect(answers, { depth: 20 })).not.toMatch(/token_\d{4}/);
    expect(new Set(server.seen.map(({ headers }) => headers['authorization'])).size).toBe(30);
  });

  test('for as long as an answer may come, and not for ever', () => {
    vi.useFakeTimers();
    const connection = connected(
      { url: 'https://acme.invalid' },
      { token: inTurn('token_0001', 'token_0002').ask },
      {
        fetch: async () => Response.json({}, { status: 201 }),
      },
    );
    const shown = (): unknown => connection.redact.body('token_0001');
    return call(connection).then(async () => {
      vi.advanceTimersByTime(10 * 60_000);
      await call(connection);
      expect(shown()).toBe('[redacted]');
      vi.advanceTimersByTime(10 * 60_000 + 60_000);
      await call(connection);
      expect(shown()).toBe('token_0001');
    });
  });
});

test('a credential that is given as a text is kept out of what is shown, before any is asked for', () => {
  const auth = { username: 'merchant-0001', password: async () => 'sk_live_0001' };
  const { redact } = connected({ url: 'http://127.0.0.1:1' }, auth, {}, BASIC);
  expect(redact.json('{"said":"merchant-0001 is not known"}')).toBe('{"said":"[redacted] is not known"}');
  expect(redact.body({ said: 'merchant-0001' })).toEqual({ said: '[redacted]' });
  expect(redact.facts({ note: 'merchant-0001' })).toEqual({ note: '[redacted]' });
});

test('what goes wrong with a credential in another way than this runtime knows is not told', async () => {
  // What a caller without types may give: it throws where it is made a text.
  const hostile: unknown = {
    toString: () => {
      throw new Error('sk_live_0001');
    },
  };
  const connection = connected({ url: 'http://127.0.0.1:1' }, { token: async () => hostile as string });
  const { request } = connection.prepare(CREATE, { body: {} }, {});
  if (request === undefined) throw new Error('it was not prepared');
  const result = await connection.send(request, {}, { attempt: 1 });
  expect(JSON.stringify(result)).not.toContain('sk_live_0001');
  expect(result).toHaveProperty('noAnswer');
});
