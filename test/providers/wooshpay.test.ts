import { afterEach, describe, expect, test } from 'vitest';
import {
  createWooshpay,
  full,
  type JournalEntry,
  type Money,
  memoryJournal,
  money,
  partial,
  type RefundAttempt,
  RefundConfigError,
  type RefundJournal,
  type WooshpayConfig,
  type WooshpayOutcome,
  type WooshpayRefundRequest,
  wooshpayCapabilities,
} from '../../generated/index.js';
import {
  closeAfterReading,
  halfJson,
  htmlOk,
  json,
  type Loopback,
  listen,
  neverAnswer,
  type Reply,
  text,
  truncated,
} from '../loopback.js';

const SECRET = 'sk_test_4f9a/Zq+1';
const BASIC = `Basic ${Buffer.from(`${SECRET}:`).toString('base64')}`;
const PAYMENT = 'pi_1787730829493927936';
const REF = 'order-77/return-1';

const REFUND = {
  id: 're_9',
  object: 'refund',
  amount: 1250,
  created: 1_700_000_000,
  currency: 'usd',
  metadata: { refund_ref: REF },
  payment_intent: PAYMENT,
  reason: 'duplicate',
  status: 'succeeded',
};

const REQUEST: WooshpayRefundRequest = { refundRef: REF, payment: PAYMENT, amount: partial(money('USD', 1250n)) };

const servers: Loopback[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(...script: readonly [Reply, ...Reply[]]): Promise<Loopback> {
  const server = await listen(...script);
  servers.push(server);
  return server;
}

function clientOf(server: { readonly url: string }, config: Partial<WooshpayConfig> = {}) {
  return createWooshpay({
    auth: { secretKey: SECRET },
    server: 'test',
    baseUrl: server.url,
    journal: memoryJournal(),
    ...config,
  });
}

/** One refund against a server that answers as told. */
async function refundOnce(
  reply: Reply,
  request: Partial<WooshpayRefundRequest> = {},
  config: Partial<WooshpayConfig> = {},
) {
  const server = await serve(reply);
  const client = clientOf(server, config);
  const outcome = await client.refund({ ...REQUEST, ...request });
  return { server, client, outcome };
}

/** A request as JavaScript can make it. */
function untyped(fields: object): WooshpayRefundRequest {
  return { ...REQUEST, ...fields };
}

/** An unknown attempt, stored as text and read back. */
async function loseAnswer(reply: Reply, request: WooshpayRefundRequest = REQUEST) {
  const server = await serve(closeAfterReading, reply);
  const client = clientOf(server);
  const outcome = await client.refund(request);
  if (outcome.kind !== 'unknown') expect.fail(`the refund is ${outcome.kind}`);
  const attempt: RefundAttempt<'wooshpay'> = JSON.parse(JSON.stringify(outcome.attempt));
  return { server, client, attempt };
}

function shown(outcome: WooshpayOutcome): string {
  return JSON.stringify(outcome);
}

describe('the request', () => {
  test('is what the documents ask for, byte by byte', async () => {
    const { server, outcome } = await refundOnce(json(200, REFUND), {
      reason: 'duplicate',
      metadata: { order: '77', nested: { a: 1 } },
    });
    expect(outcome.kind).toBe('accepted');
    expect(server.seen).toEqual([
      {
        line: 'POST /v1/refunds HTTP/1.1',
        headers: {
          accept: 'application/json',
          authorization: BASIC,
          'content-type': 'application/json',
          'idempotency-key': REF,
        },
        body: `{"amount":"1250","metadata":{"nested":{"a":1},"order":"77","refund_ref":"${REF}"},"payment_intent":"${PAYMENT}","reason":"duplicate"}`,
      },
    ]);
  });

  test('full() leaves the amount out', async () => {
    const { server, outcome } = await refundOnce(json(200, REFUND), { amount: full() });
    expect(outcome).toMatchObject({ kind: 'accepted', attempt: { amount: null } });
    expect(server.seen.map(({ body }) => body)).toEqual([
      `{"metadata":{"refund_ref":"${REF}"},"payment_intent":"${PAYMENT}"}`,
    ]);
  });

  test.each<[Money, string]>([
    [money('USD', 1n), '1'],
    [money('JPY', 1250n), '1250'],
    [money('KWD', 1250n), '1250'],
    [money('CLF', 12_345n), '12345'],
    [money('IDR', 9_007_199_254_740_993n), '9007199254740993'],
  ])('%s is text of minor units out, and an integer of them in', async (amount, minor) => {
    const answer = JSON.stringify({ ...REFUND, currency: amount.currency.toLowerCase() });
    const reply = json(200, answer.replace('"amount":1250', `"amount":${minor}`));
    const { server, outcome } = await refundOnce(reply, { amount: partial(amount) });
    expect(server.seen.map(({ body }) => body)).toEqual([
      `{"amount":"${minor}","metadata":{"refund_ref":"${REF}"},"payment_intent":"${PAYMENT}"}`,
    ]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      refund: { money: { currency: amount.currency, minor: amount.minor } },
      attempt: { amount: { currency: amount.currency, minor } },
    });
  });

  test.each(wooshpayCapabilities.reasons)('the reason %s goes out', async (reason) => {
    const { server, outcome } = await refundOnce(json(200, { ...REFUND, reason }), { reason });
    expect(server.seen.map(({ body }) => JSON.parse(body).reason)).toEqual([reason]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { reason } });
  });

  test.each<[string, object, string]>([
    ['a reference of the caller in metadata', { metadata: { refund_ref: 'mine' } }, 'metadata.refund_ref'],
    ['a reason that only answers have', { reason: 'expired_uncaptured_charge' }, 'reason'],
    ['an empty reason', { reason: '' }, 'reason'],
    ['no payment', { payment: undefined }, 'payment'],
    ['an empty payment', { payment: '' }, 'payment'],
    ['a payment that is a number', { payment: 5 }, 'payment'],
    ['no refundRef', { refundRef: undefined }, 'refundRef'],
    ['an empty refundRef', { refundRef: '' }, 'refundRef'],
    ['a refundRef with a line break', { refundRef: 'a\r\nX-Evil: 1' }, 'refundRef'],
    ['a refundRef that no header carries', { refundRef: 'bestellung-ü' }, 'refundRef'],
    ['a refundRef that is too long', { refundRef: 'r'.repeat(256) }, 'refundRef'],
    ['no amount', { amount: undefined }, 'amount'],
    ['an amount that is a number', { amount: 12.5 }, 'amount'],
    ['an amount of zero', { amount: partial(money('USD', 0n)) }, 'amount'],
    ['an amount below zero', { amount: partial(money('USD', -1n)) }, 'amount'],
    ['full(expect) of zero', { amount: full(money('USD', 0n)) }, 'amount'],
    ['a refundRef with a space at its end', { refundRef: 'r1 ' }, 'refundRef'],
    ['an expectation', { expect: { refundable: money('USD', 1n) } }, 'expect'],
    ['full(expect) with a number', { amount: { kind: 'full', expect: 5 } }, 'amount'],
    ['metadata that is a list', { metadata: ['a'] }, 'metadata'],
    ['a field of another provider', { note: 'hello' }, 'note'],
    ['a header of the provider', { Accept: 'text/plain' }, 'Accept'],
    ['a content type', { 'Content-Type': 'text/plain' }, 'Content-Type'],
  ])('%s is refused, naming the field, and nothing is sent', async (_, fields, field) => {
    const server = await serve(json(200, REFUND));
    const outcome = await clientOf(server).refund(untyped(fields));
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', next: 'correct_request', moneyMoved: 'no' },
    });
    if (outcome.kind === 'refused')
      expect(new Set(outcome.error.fields.map((fault) => fault.field))).toEqual(new Set([field]));
    expect(server.seen).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a bigint', 1n],
    ['a function', () => 1],
    ['NaN', Number.NaN],
  ])('metadata with %s is refused, naming it, and nothing is sent', async (_, value) => {
    const server = await serve(json(200, REFUND));
    const outcome = await clientOf(server).refund({ ...REQUEST, metadata: { n: value } });
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { fields: [{ field: 'metadata.n' }] } });
    expect(server.seen).toEqual([]);
  });

  test('is what it was when calling, whatever the caller does with it afterwards', async () => {
    const metadata: Record<string, unknown> = { order: '77' };
    const request: { -readonly [K in keyof WooshpayRefundRequest]: WooshpayRefundRequest[K] } = {
      ...REQUEST,
      metadata,
    };
    const server = await serve(json(200, REFUND));
    const refunding = clientOf(server).refund(request);
    metadata['order'] = '78';
    request.payment = 'pi_2';
    request.refundRef = 'r2';
    request.amount = full();
    expect(await refunding).toMatchObject({ kind: 'accepted', attempt: { refundRef: REF, payment: PAYMENT } });
    expect(server.seen.map(({ body }) => body)).toEqual([
      `{"amount":"1250","metadata":{"order":"77","refund_ref":"${REF}"},"payment_intent":"${PAYMENT}"}`,
    ]);
  });

  test.each<[string, object, string]>([
    ['a test mode, which WooshPay does not have', { testMode: true }, 'testMode'],
    ['a server', { server: 'test' }, 'server'],
    ['a timeout of zero', { timeoutMs: 0 }, 'timeoutMs'],
    ['a timeout that is text', { timeoutMs: '5000' }, 'timeoutMs'],
    ['a signal that is none', { signal: true }, 'signal'],
  ])('a call with %s is refused, naming the option, and nothing is sent', async (_, call, option) => {
    const server = await serve(json(200, REFUND));
    const client = clientOf(server);
    expect(await client.refund(REQUEST, call)).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', next: 'correct_request', fields: [{ field: option }] },
    });
    const fault = { name: 'InvalidInputError', fields: [{ field: option }] };
    const body = { payment_intent: PAYMENT };
    await expect(client.native.createRefund({ body }, call)).rejects.toMatchObject(fault);
    expect(await client.retrieve('re_9', call)).toMatchObject({
      kind: 'failed',
      error: { kind: 'invalid_request', message: expect.stringContaining(option) },
    });
    expect(server.seen).toEqual([]);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
  });
});

describe('the server', () => {
  function recording() {
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(String(input));
      return Response.json(REFUND);
    };
    return { urls, fetch };
  }

  test.each([
    ['live', 'https://api.wooshpay.com/v1/refunds'],
    ['test', 'https://apitest.wooshpay.com/v1/refunds'],
  ] as const)('%s is %s', async (server, url) => {
    const { fetch, urls } = recording();
    const client = createWooshpay({ auth: { secretKey: SECRET }, server, fetch, journal: memoryJournal() });
    expect((await client.refund(REQUEST)).kind).toBe('accepted');
    expect(urls).toEqual([url]);
  });

  test('has no default', () => {
    const config = { auth: { secretKey: SECRET } } as WooshpayConfig;
    expect(() => createWooshpay(config)).toThrow(new RefundConfigError('server must be one of live, test'));
    const unknown = { ...config, server: 'production' } as unknown as WooshpayConfig;
    expect(() => createWooshpay(unknown)).toThrow(RefundConfigError);
    const inherited = { ...config, server: 'toString' } as unknown as WooshpayConfig;
    expect(() => createWooshpay(inherited)).toThrow(RefundConfigError);
  });

  test('gives way to a baseUrl, with or without a slash at its end', async () => {
    const server = await serve(json(200, REFUND));
    for (const [index, baseUrl] of [server.url, `${server.url}/`, `${server.url}/proxy/`].entries()) {
      const client = clientOf(server, { server: 'live', baseUrl });
      expect((await client.refund({ ...REQUEST, refundRef: `r${index}` })).kind).toBe('accepted');
    }
    expect(server.seen.map(({ line }) => line)).toEqual([
      'POST /v1/refunds HTTP/1.1',
      'POST /v1/refunds HTTP/1.1',
      'POST /proxy/v1/refunds HTTP/1.1',
    ]);
  });

  test.each(['?', '#', '?a=1', '#a', '/proxy?', '/proxy#/v1'])('a baseUrl with %s is refused', (end) => {
    expect(() => clientOf({ url: `https://api.example${end}` })).toThrow(RefundConfigError);
  });

  test.each(['', ' sk', 'sk\n', 'sk\u00fc'])('a secret key of %j is refused', (secretKey) => {
    expect(() => createWooshpay({ auth: { secretKey }, server: 'test' })).toThrow(RefundConfigError);
  });
});

describe('accepted', () => {
  test('everything that the answer says is there', async () => {
    const { outcome, server } = await refundOnce(json(200, REFUND));
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      recorded: true,
      refund: {
        provider: 'wooshpay',
        id: 're_9',
        payment: PAYMENT,
        money: { currency: 'USD', minor: 1250n },
        status: 'succeeded',
        rawStatus: 'succeeded',
        reason: 'duplicate',
        createdAt: new Date('2023-11-14T22:13:20Z'),
        raw: REFUND,
      },
      attempt: { provider: 'wooshpay', refundRef: REF, payment: PAYMENT, amount: { currency: 'USD', minor: '1250' } },
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each(['pending', 'failed', 'Succeeded', 'toString'])(
    'a status of %j is neither success nor failure',
    async (status) => {
      const { outcome, server } = await refundOnce(json(200, { ...REFUND, status }));
      expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'unrecognized', rawStatus: status } });
      expect(server.seen).toHaveLength(1);
    },
  );

  test.each([undefined, null])('a status of %s is unrecognized', async (status) => {
    const { outcome } = await refundOnce(json(200, { ...REFUND, status }));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'unrecognized' } });
    if (outcome.kind === 'accepted') expect(outcome.refund).not.toHaveProperty('rawStatus');
  });

  test.each(['expired_uncaptured_charge', 'a_new_one'])('the reason %s of an answer is passed on', async (reason) => {
    const { outcome } = await refundOnce(json(200, { ...REFUND, reason, failure_reason: 'lost_or_stolen_card' }));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { reason, failure: 'lost_or_stolen_card' } });
  });

  test.each<[string, object, readonly string[]]>([
    ['a date', { created: 'yesterday' }, ['createdAt']],
    ['a reason', { reason: 5 }, ['reason']],
    ['an empty reason', { reason: '' }, ['reason']],
    ['a failure', { failure_reason: {} }, ['failure']],
    ['a status', { status: {} }, ['rawStatus']],
    ['an empty status', { status: '' }, ['rawStatus']],
    [
      'all of them',
      { created: {}, reason: [], failure_reason: '', status: [] },
      ['createdAt', 'reason', 'failure', 'rawStatus'],
    ],
  ])('%s that cannot be read is left out', async (_, changed, missing) => {
    const { outcome } = await refundOnce(json(200, { ...REFUND, ...changed }));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { id: 're_9', raw: { ...REFUND, ...changed } } });
    if (outcome.kind !== 'accepted') return;
    for (const name of missing) expect(outcome.refund).not.toHaveProperty(name);
    if (missing.includes('rawStatus')) expect(outcome.refund.status).toBe('unrecognized');
  });

  test('a reason of null is none', async () => {
    const { outcome } = await refundOnce(json(200, { ...REFUND, reason: null }));
    expect(outcome.kind).toBe('accepted');
    if (outcome.kind === 'accepted') expect(outcome.refund).not.toHaveProperty('reason');
  });

  test('full(expect) that the answer confirms', async () => {
    const { outcome } = await refundOnce(json(200, REFUND), { amount: full(money('USD', 1250n)) });
    expect(outcome).toMatchObject({
      kind: 'accepted',
      attempt: { amount: null, expectedAmount: { currency: 'USD', minor: '1250' } },
    });
  });
});

describe('refused: no money moved', () => {
  const error = { type: 'invalid_request_error', code: 'amount_too_large', message: 'Too much', param: 'amount' };

  test.each<[number, string, string]>([
    [400, 'invalid_request', 'correct_request'],
    [401, 'authentication', 'correct_credentials'],
    [402, 'declined', 'ask_provider'],
    [403, 'permission', 'correct_credentials'],
    [404, 'not_found', 'correct_request'],
    [422, 'invalid_request', 'correct_request'],
    [429, 'rate_limited', 'call_again_later'],
  ])('HTTP %i is %s', async (status, kind, next) => {
    const { outcome, server } = await refundOnce(json(status, { error }));
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: true,
      recorded: true,
      error: {
        kind,
        next,
        moneyMoved: 'no',
        httpStatus: status,
        code: 'amount_too_large',
        fields: [{ field: 'amount', message: 'Too much' }],
        raw: { error },
      },
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['payment_intent', 'payment'],
    ['metadata.refund_ref', 'refundRef'],
    ['reason', 'reason'],
    ['something_else', 'something_else'],
  ])('the parameter %s is %s for the caller', async (param, field) => {
    const { outcome } = await refundOnce(json(400, { error: { ...error, param } }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { fields: [{ field, message: 'Too much' }] } });
  });

  test('without a code, the type is the code', async () => {
    const { outcome } = await refundOnce(json(402, { error: { type: 'card_error', message: 'No' } }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'declined', code: 'card_error', fields: [] } });
  });

  test.each<[string, string, number]>([
    ['seconds', '2', 2000],
    ['zero', '0', 0],
    ['a date that is over', 'Tue, 14 Nov 2023 22:13:20 GMT', 0],
  ])('429 says how long to wait, in %s, and nothing is sent again', async (_, value, retryAfterMs) => {
    const { outcome, server } = await refundOnce(json(429, { error }, { 'retry-after': value }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'rate_limited', retryAfterMs } });
    expect(server.seen).toHaveLength(1);
  });

  test('429 that does not say how long to wait', async () => {
    const { outcome } = await refundOnce(json(429, { error }, { 'retry-after': 'soon' }));
    expect(outcome.kind).toBe('refused');
    if (outcome.kind === 'refused') expect(outcome.error).not.toHaveProperty('retryAfterMs');
  });

  test('an error that is no JSON', async () => {
    const { outcome } = await refundOnce(text(404, 'no such page'));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'not_found', fields: [], raw: 'no such page' } });
  });

  test('a refusal frees the refundRef for the same request', async () => {
    const server = await serve(json(402, { error }), json(200, REFUND));
    const client = clientOf(server);
    expect((await client.refund(REQUEST)).kind).toBe('refused');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(server.seen).toHaveLength(2);
  });

  test('no connection: nothing was sent', async () => {
    const server = await serve(json(200, REFUND));
    const client = clientOf(server);
    await server.close();
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'refused',
      sent: false,
      recorded: true,
      error: { kind: 'not_sent', next: 'call_again', moneyMoved: 'no' },
    });
    expect(server.seen).toEqual([]);
  });

  test('aborted before sending', async () => {
    const server = await serve(json(200, REFUND));
    const outcome = await clientOf(server).refund(REQUEST, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { kind: 'not_sent' } });
    expect(server.seen).toEqual([]);
  });
});

describe('unknown: money may have moved, and nothing is sent again', () => {
  const invalidUtf8: Reply = (response) => {
    const body = Buffer.concat([Buffer.from(JSON.stringify({ ...REFUND, note: 'x' })), Buffer.from([0xff])]);
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };
  const written = JSON.stringify(REFUND);

  test.each<[string, string, Reply]>([
    ['the server closes the socket after reading', 'network', closeAfterReading],
    ['the server never answers', 'timeout', neverAnswer],
    ['the answer is cut off', 'network', truncated(200, REFUND)],
    ['the refusal is cut off', 'network', truncated(400, { error: { message: 'No' } })],
    ['the JSON stops in the middle', 'malformed_answer', halfJson(200, REFUND)],
    ['HTML with 200', 'malformed_answer', htmlOk],
    ['JSON that says that it is text', 'malformed_answer', text(200, written)],
    ['nothing with 200', 'malformed_answer', json(200, '')],
    ['nothing with 204', 'malformed_answer', (response) => response.writeHead(204).end()],
    ['a refund with 201', 'malformed_answer', json(201, REFUND)],
    ['a refund with 202', 'malformed_answer', json(202, REFUND)],
    ['null', 'malformed_answer', json(200, null)],
    ['a list', 'malformed_answer', json(200, [REFUND])],
    ['an error with 200', 'malformed_answer', json(200, { error: { message: 'No' } })],
    ['no id', 'malformed_answer', json(200, { ...REFUND, id: undefined })],
    ['an empty id', 'malformed_answer', json(200, { ...REFUND, id: '' })],
    ['an id that is a fraction', 'malformed_answer', json(200, { ...REFUND, id: 9.5 })],
    ['no payment', 'malformed_answer', json(200, { ...REFUND, payment_intent: undefined })],
    ['no amount', 'malformed_answer', json(200, { ...REFUND, amount: undefined })],
    ['an amount that is text', 'malformed_answer', json(200, { ...REFUND, amount: '1250' })],
    ['an amount with a fraction', 'malformed_answer', json(200, written.replace('1250', '1250.0'))],
    ['an amount with an exponent', 'malformed_answer', json(200, written.replace('1250', '125e1'))],
    ['no currency', 'malformed_answer', json(200, { ...REFUND, currency: null })],
    ['no currency of ISO 4217', 'malformed_answer', json(200, { ...REFUND, currency: 'zzz' })],
    ['two amounts', 'malformed_answer', json(200, `{"amount":1250,${written.slice(1)}`)],
    ['bytes that are no text', 'malformed_answer', invalidUtf8],
    ['HTTP 500', 'provider_error', json(500, { error: { type: 'api_error', message: 'Oops' } })],
    ['HTTP 502 of a proxy', 'provider_error', text(502, '<html>', 'text/html')],
    ['HTTP 503', 'provider_error', json(503, '', { 'retry-after': '0' })],
    ['HTTP 408', 'ambiguous_answer', json(408, {})],
    ['HTTP 409', 'ambiguous_answer', json(409, { error: { type: 'idempotency_error', message: 'Used' } })],
    ['a key that was used', 'ambiguous_answer', json(400, { error: { type: 'idempotency_error', message: 'Used' } })],
    ['the code of a used key', 'ambiguous_answer', json(400, { error: { code: 'idempotency_error' } })],
    [
      'a key that was used, with a code of its own',
      'ambiguous_answer',
      json(400, { error: { code: 'key_reused', type: 'idempotency_error', message: 'Used' } }),
    ],
    ['HTTP 400 without a code', 'ambiguous_answer', json(400, { error: { message: 'No' } })],
    ['HTTP 400 that is no JSON', 'ambiguous_answer', text(400, 'idempotency_error')],
    ['HTTP 400 that stops in the middle', 'ambiguous_answer', halfJson(400, { error: { type: 'idempotency_error' } })],
    ['HTTP 418', 'ambiguous_answer', json(418, {})],
    ['HTTP 425', 'ambiguous_answer', json(425, {})],
  ])('%s', async (_, kind, reply) => {
    const { client, outcome, server } = await refundOnce(
      reply,
      {},
      { timeoutMs: reply === neverAnswer ? 150 : 10_000 },
    );
    expect(outcome).toMatchObject({
      kind: 'unknown',
      recorded: true,
      error: { kind, next: 'reconcile', moneyMoved: 'unknown' },
      attempt: { refundRef: REF, payment: PAYMENT },
    });
    expect(outcome).not.toHaveProperty('refund');
    expect(server.seen).toHaveLength(1);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(server.seen).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async (status) => {
    const { outcome, server } = await refundOnce(json(status, {}, { location: '/elsewhere' }));
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous_answer', httpStatus: status } });
    expect(server.seen.map(({ line }) => line)).toEqual(['POST /v1/refunds HTTP/1.1']);
  });

  test.each<[string, object, string]>([
    ['another amount', { amount: 1251 }, 'amount'],
    ['another currency', { currency: 'eur' }, 'amount'],
    ['another payment', { payment_intent: 'pi_2' }, 'payment'],
    ['nothing refunded', { amount: 0 }, 'amount'],
  ])('the answer is about %s: the refund that it tells of is attached', async (_, changed, field) => {
    const { outcome, server } = await refundOnce(json(200, { ...REFUND, ...changed }));
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', moneyMoved: 'unknown', httpStatus: 200, fields: [{ field }] },
      refund: { id: 're_9', raw: { ...REFUND, ...changed } },
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['another amount', { amount: 1249 }],
    ['another currency', { currency: 'eur' }],
  ])('full(expect) answered with %s', async (_, changed) => {
    const amount = full(money('USD', 1250n));
    const { outcome } = await refundOnce(json(200, { ...REFUND, ...changed }), { amount });
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', fields: [{ field: 'amount' }] },
      refund: { id: 're_9' },
    });
  });

  test('full() answered with zero', async () => {
    const { outcome } = await refundOnce(json(200, { ...REFUND, amount: 0 }), { amount: full() });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'contract_violation' }, refund: { id: 're_9' } });
  });

  test('aborted while waiting for the answer', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    const outcome = await clientOf(server).refund(REQUEST, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'aborted', moneyMoved: 'unknown' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('one refundRef is one refund', () => {
  test('an accepted refund is answered from the journal', async () => {
    const { client, server, outcome } = await refundOnce(json(200, REFUND));
    const again = await client.refund(REQUEST);
    expect(again).toMatchObject({ kind: 'accepted', source: 'journal', recorded: true, refund: { id: 're_9' } });
    if (outcome.kind === 'accepted' && again.kind === 'accepted') expect(again.attempt).toEqual(outcome.attempt);
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, Partial<WooshpayRefundRequest>]>([
    ['amount', { amount: partial(money('USD', 1251n)) }],
    ['amount, as a whole', { amount: full() }],
    ['payment', { payment: 'pi_2' }],
    ['reason', { reason: 'fraudulent' }],
    ['metadata', { metadata: { a: '1' } }],
  ])('the same refundRef with another %s is a conflict', async (_, changed) => {
    const { client, server } = await refundOnce(json(200, REFUND));
    expect(await client.refund({ ...REQUEST, ...changed })).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'request_conflict', fields: [{ field: 'refundRef' }] },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('another request while the first one is not known is not known either', async () => {
    const { attempt, client, server } = await loseAnswer(json(200, REFUND));
    expect(await client.refund({ ...REQUEST, amount: full() })).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', next: 'reconcile', moneyMoved: 'unknown' },
      attempt: { attemptId: attempt.attemptId, amount: { minor: '1250' } },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('two clients of one process that have no journal send it once', async () => {
    const server = await serve(json(200, { ...REFUND, payment_intent: PAYMENT }));
    const request = { ...REQUEST, refundRef: crypto.randomUUID() };
    const config: WooshpayConfig = { auth: { secretKey: SECRET }, server: 'test', baseUrl: server.url };
    const outcomes = await Promise.all([createWooshpay(config), createWooshpay(config)].map((c) => c.refund(request)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'unknown']);
    expect(await createWooshpay(config).refund(request)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(server.seen).toHaveLength(1);
  });

  test('two clients with journals of their own know nothing of each other', async () => {
    const { server } = await refundOnce(json(200, REFUND));
    expect(await clientOf(server).refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(server.seen).toHaveLength(2);
  });

  test('of ten calls at the same time, one is sent', async () => {
    const server = await serve(json(200, REFUND));
    const client = clientOf(server);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => client.refund(REQUEST)));
    // A call that comes late finds the answer in the journal.
    expect(outcomes.filter((one) => one.kind === 'accepted' && one.source === 'answer')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  const failing = async (): Promise<never> => Promise.reject(new Error('down'));
  const hanging = (): Promise<never> => new Promise(() => undefined);
  const throwing = (): never => {
    throw new Error('down');
  };

  test.each<[string, () => Promise<never>]>([
    ['fails', failing],
    ['hangs', hanging],
    ['throws', throwing],
  ])('a journal that %s when it is asked: nothing is sent', async (_, begin) => {
    const journal: RefundJournal = { ...memoryJournal(), begin };
    const { outcome, server } = await refundOnce(json(200, REFUND), {}, { journal, timeoutMs: 200 });
    expect(outcome).toMatchObject({
      kind: 'unknown',
      recorded: false,
      error: { kind: 'unresolved_attempt', next: 'call_again' },
    });
    expect(server.seen).toEqual([]);
  });

  test('a journal that says null knows nothing of the refundRef', async () => {
    const begin = async (): Promise<undefined> => null as unknown as undefined;
    const { outcome } = await refundOnce(json(200, REFUND), {}, { journal: { ...memoryJournal(), begin } });
    expect(outcome).toMatchObject({ kind: 'accepted', source: 'answer' });
  });

  describe.each<[string, () => Promise<never>]>([
    ['fails', failing],
    ['hangs', hanging],
    ['throws', throwing],
  ])('a journal that %s when it records', (_, replace) => {
    test.each<[string, Reply, object]>([
      ['an accepted refund', json(200, REFUND), { kind: 'accepted', refund: { id: 're_9' } }],
      ['a refusal', json(404, {}), { kind: 'refused', sent: true, error: { kind: 'not_found' } }],
      ['an unknown outcome', json(500, {}), { kind: 'unknown', error: { kind: 'provider_error' } }],
    ])('does not hide %s', async (_name, reply, wanted) => {
      const journal: RefundJournal = { ...memoryJournal(), replace };
      const { outcome, server } = await refundOnce(reply, {}, { journal, timeoutMs: 200 });
      expect(outcome).toMatchObject({ ...wanted, recorded: false });
      expect(server.seen).toHaveLength(1);
    });
  });

  test('the journal holds plain JSON, the answer, and no credential', async () => {
    const entries: JournalEntry[] = [];
    const memory = memoryJournal();
    const journal: RefundJournal = {
      begin: (entry) => {
        entries.push(entry);
        return memory.begin(entry);
      },
      replace: (entry, from) => {
        entries.push(entry);
        return memory.replace(entry, from);
      },
      ofPayment: memory.ofPayment,
    };
    await refundOnce(json(200, REFUND), {}, { journal });
    expect(entries.map(({ state }) => state)).toEqual(['open', 'accepted']);
    expect(JSON.parse(JSON.stringify(entries))).toEqual(entries);
    expect(entries[1]?.answer).toEqual({ status: 200, mediaType: 'application/json', text: JSON.stringify(REFUND) });
    expect(JSON.stringify(entries)).not.toContain(SECRET);
  });

  test('a call with options that cannot work leaves the refundRef usable', async () => {
    const server = await serve(json(200, REFUND));
    const client = clientOf(server);
    expect(await client.refund(REQUEST, { timeoutMs: 0 })).toMatchObject({ kind: 'refused', sent: false });
    expect(server.seen).toEqual([]);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('secrets', () => {
  test('an answer that repeats the credentials does not spread them', async () => {
    const message = `key ${SECRET} as ${BASIC} is not valid`;
    const { outcome } = await refundOnce(json(401, { error: { message, type: SECRET } }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'authentication' } });
    expect(shown(outcome)).toContain('[redacted]');
    expect(shown(outcome)).not.toContain(SECRET);
    expect(shown(outcome)).not.toContain(BASIC.slice('Basic '.length));
  });

  test('observers see the operation, and neither a credential nor a body', async () => {
    const events: object[] = [];
    const hooks = { onRequest: (event: object) => events.push(event), onAnswer: (event: object) => events.push(event) };
    await refundOnce(json(200, REFUND), {}, { hooks });
    const request = {
      provider: 'wooshpay',
      operation: 'createRefund',
      method: 'POST',
      path: '/v1/refunds',
      attempt: 1,
      refundRef: REF,
    };
    expect(events).toEqual([request, { ...request, httpStatus: 200, durationMs: expect.any(Number) }]);
  });

  test('observers that throw change nothing', async () => {
    const fail = (): never => {
      throw new Error('observer');
    };
    const { outcome } = await refundOnce(json(200, REFUND), {}, { hooks: { onRequest: fail, onAnswer: fail } });
    expect(outcome.kind).toBe('accepted');
  });
});

describe('retrieve', () => {
  test('asks as the documents say, byte by byte', async () => {
    const server = await serve(json(200, REFUND));
    expect(await clientOf(server).retrieve('re_9')).toMatchObject({
      kind: 'found',
      value: { id: 're_9', payment: PAYMENT, money: { currency: 'USD', minor: 1250n }, status: 'succeeded' },
    });
    expect(server.seen).toEqual([
      {
        line: 'GET /v1/refunds/re_9 HTTP/1.1',
        headers: { accept: 'application/json', authorization: BASIC, 'content-type': 'application/json' },
        body: '',
      },
    ]);
  });

  test('an id is one segment of the path', async () => {
    const id = 're/../9?a=1#b %2F';
    const server = await serve(json(200, { ...REFUND, id }));
    expect(await clientOf(server).retrieve(id)).toMatchObject({ kind: 'found', value: { id } });
    expect(server.seen.map(({ line }) => line)).toEqual([`GET /v1/refunds/${encodeURIComponent(id)} HTTP/1.1`]);
  });

  test.each(['', '.', '..'])('an id of %j is not sent', async (id) => {
    const server = await serve(json(200, REFUND));
    expect(await clientOf(server).retrieve(id)).toMatchObject({ kind: 'failed', error: { kind: 'invalid_request' } });
    expect(server.seen).toEqual([]);
  });

  test('an unknown status is unrecognized', async () => {
    const server = await serve(json(200, { ...REFUND, status: 'processing' }));
    expect(await clientOf(server).retrieve('re_9')).toMatchObject({
      kind: 'found',
      value: { status: 'unrecognized', rawStatus: 'processing' },
    });
  });

  test.each<[string, string, Reply]>([
    ['another refund', 'malformed_answer', json(200, { ...REFUND, id: 're_8' })],
    ['no refund', 'malformed_answer', json(200, {})],
    ['HTML', 'malformed_answer', htmlOk],
    ['half of it', 'malformed_answer', halfJson(200, REFUND)],
    ['a cut-off answer', 'unavailable', truncated(200, REFUND)],
    ['a closed socket', 'unavailable', closeAfterReading],
    ['401', 'authentication', json(401, { error: { message: 'No' } })],
    ['403', 'permission', json(403, {})],
    ['404', 'not_found', json(404, { error: { code: 'resource_missing', message: 'No such refund' } })],
    ['429', 'unavailable', json(429, {})],
    ['500', 'unavailable', json(500, {})],
    ['a redirect', 'unavailable', json(302, {}, { location: '/elsewhere' })],
  ])('%s is %s', async (_, kind, reply) => {
    const server = await serve(reply);
    expect(await clientOf(server).retrieve('re_9')).toMatchObject({ kind: 'failed', error: { kind } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('reconcile', () => {
  test('a refund that carries the refundRef shows that it happened; the journal then answers', async () => {
    const { attempt, client, server } = await loseAnswer(json(200, { ...REFUND, status: 'processing' }));
    expect(await client.reconcile(attempt, { refundId: 're_9' })).toMatchObject({
      verdict: 'happened',
      evidence: { id: 're_9', status: 'unrecognized' },
    });
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'accepted',
      source: 'journal',
      refund: { id: 're_9', status: 'unrecognized', rawStatus: 'processing' },
    });
    expect(server.seen.map(({ line }) => line)).toEqual(['POST /v1/refunds HTTP/1.1', 'GET /v1/refunds/re_9 HTTP/1.1']);
  });

  test.each<[string, Reply, string]>([
    ['another refundRef', json(200, { ...REFUND, metadata: { refund_ref: 'order-78' } }), 'ask_provider'],
    ['no refundRef', json(200, { ...REFUND, metadata: {} }), 'ask_provider'],
    ['no metadata', json(200, { ...REFUND, metadata: null }), 'ask_provider'],
    ['another payment', json(200, { ...REFUND, payment_intent: 'pi_2' }), 'ask_provider'],
    ['another amount', json(200, { ...REFUND, amount: 1251 }), 'ask_provider'],
    ['another currency', json(200, { ...REFUND, currency: 'eur' }), 'ask_provider'],
    ['another id', json(200, { ...REFUND, id: 're_8' }), 'reconcile'],
    ['404', json(404, {}), 'reconcile'],
    ['500', json(500, {}), 'reconcile'],
    ['a closed socket', closeAfterReading, 'reconcile'],
    ['HTML', htmlOk, 'reconcile'],
  ])('%s proves nothing, and nothing is sent again', async (_, reply, next) => {
    const { attempt, client, server } = await loseAnswer(reply);
    expect(await client.reconcile(attempt, { refundId: 're_9' })).toMatchObject({ verdict: 'still_unknown', next });
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(server.seen.filter(({ line }) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('a refund of another amount is shown', async () => {
    const { attempt, client } = await loseAnswer(json(200, { ...REFUND, amount: 1251 }));
    expect(await client.reconcile(attempt, { refundId: 're_9' })).toMatchObject({
      verdict: 'still_unknown',
      why: expect.stringContaining('amount'),
      evidence: { id: 're_9', money: { minor: 1251n } },
    });
  });

  test.each<[string, WooshpayRefundRequest['amount'], object, string]>([
    ['full() with any amount', full(), { amount: 7 }, 'happened'],
    ['full() with nothing', full(), { amount: 0 }, 'still_unknown'],
    ['full(expect) with that amount', full(money('USD', 1250n)), {}, 'happened'],
    ['full(expect) with another amount', full(money('USD', 1251n)), {}, 'still_unknown'],
    ['full(expect) with another currency', full(money('EUR', 1250n)), {}, 'still_unknown'],
  ])('%s', async (_, amount, changed, verdict) => {
    const { attempt, client } = await loseAnswer(json(200, { ...REFUND, ...changed }), { ...REQUEST, amount });
    expect(await client.reconcile(attempt, { refundId: 're_9' })).toMatchObject({ verdict });
  });

  test.each<[string, () => Promise<never>]>([
    ['fails', async () => Promise.reject(new Error('down'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('a journal that %s does not hide that it happened', async (_, replace) => {
    const { attempt, server } = await loseAnswer(json(200, REFUND));
    const client = clientOf(server, { journal: { ...memoryJournal(), replace }, timeoutMs: 200 });
    const late = new Promise((resolve) => setTimeout(resolve, 2000, 'no verdict'));
    const verdict = await Promise.race([client.reconcile(attempt, { refundId: 're_9' }), late]);
    expect(verdict).toMatchObject({ verdict: 'happened', evidence: { id: 're_9' } });
  });

  test('an attempt that is over settles nothing of the one after it', async () => {
    const server = await serve(closeAfterReading, closeAfterReading, json(200, REFUND));
    const client = clientOf(server);
    const first = await client.refund(REQUEST);
    if (first.kind !== 'unknown') expect.fail(`the refund is ${first.kind}`);
    await client.release(first.attempt);
    const second = await client.refund(REQUEST);
    if (second.kind !== 'unknown') expect.fail(`the refund is ${second.kind}`);
    await expect(client.release(first.attempt)).rejects.toThrow('nothing was released');
    await client.reconcile(first.attempt, { refundId: 're_9' });
    expect((await client.refund(REQUEST)).kind).toBe('unknown');
    expect(await client.reconcile(second.attempt, { refundId: 're_9' })).toMatchObject({ verdict: 'happened' });
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    await expect(client.release(second.attempt)).rejects.toThrow('nothing was released');
  });

  test('an attempt of another provider is refused', async () => {
    const { attempt, client, server } = await loseAnswer(json(200, REFUND));
    const foreign = { ...attempt, provider: 'chip' } as unknown as RefundAttempt<'wooshpay'>;
    await expect(client.reconcile(foreign, { refundId: 're_9' })).rejects.toThrow(TypeError);
    await expect(client.release(foreign)).rejects.toThrow(TypeError);
    expect(server.seen).toHaveLength(1);
  });

  test('release frees the refundRef for the same request, and for no other', async () => {
    const { attempt, client, server } = await loseAnswer(json(200, REFUND));
    await client.release(attempt);
    const other = { ...REQUEST, amount: partial(money('USD', 1n)) };
    expect(await client.refund(other)).toMatchObject({ kind: 'refused', error: { kind: 'request_conflict' } });
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(server.seen).toHaveLength(2);
  });
});

describe('native', () => {
  test('sends what the spec has, and tells declared answers from others', async () => {
    const server = await serve(json(200, REFUND), json(503, { error: {} }), json(418, {}), htmlOk);
    const { native } = clientOf(server);
    const input = { header: { 'Idempotency-Key': 'k1' }, body: { payment_intent: PAYMENT, amount: '5' } };
    expect(await native.createRefund(input)).toEqual({ status: 200, httpStatus: 200, body: REFUND });
    expect(await native.retrieveRefund({ path: { refund_id: 're_9' } })).toEqual({
      status: '5XX',
      httpStatus: 503,
      body: { error: {} },
    });
    expect(await native.createRefund(input)).toEqual({ status: 'undeclared', httpStatus: 418, body: '{}' });
    expect(await native.createRefund(input)).toMatchObject({ status: 'undeclared', httpStatus: 200 });
    expect(server.seen[0]).toEqual({
      line: 'POST /v1/refunds HTTP/1.1',
      headers: {
        accept: 'application/json',
        authorization: BASIC,
        'content-type': 'application/json',
        'idempotency-key': 'k1',
      },
      body: `{"amount":"5","payment_intent":"${PAYMENT}"}`,
    });
  });

  test('throws where the input breaks the spec, or there is no answer', async () => {
    const server = await serve(closeAfterReading);
    const { native } = clientOf(server);
    const body = { payment_intent: 5 } as unknown as { payment_intent: string };
    await expect(native.createRefund({ body })).rejects.toMatchObject({
      name: 'InvalidInputError',
      fields: [{ field: 'body.payment_intent' }],
    });
    expect(server.seen).toEqual([]);
    await expect(native.createRefund({ body: { payment_intent: PAYMENT } })).rejects.toMatchObject({
      name: 'NoAnswerError',
      sent: true,
      reason: 'network',
    });
    expect(server.seen).toHaveLength(1);
  });
});
