import { afterEach, describe, expect, test } from 'vitest';
import {
  type ChipConfig,
  type ChipOutcome,
  type ChipRefundRequest,
  createChip,
  full,
  type Money,
  memoryJournal,
  money,
  partial,
  type RefundAttempt,
  RefundConfigError,
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

const SECRET = 'chip-Key_4/9==';
const BEARER = `Bearer ${SECRET}`;
const PURCHASE_ID = '0b3f6c1a-9d2e-4f7a-8b5c-1e2d3c4b5a69';
const REFUND_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const POST_LINE = `POST /purchases/${PURCHASE_ID}/refund/ HTTP/1.1`;
const GET_LINE = `GET /purchases/${PURCHASE_ID}/ HTTP/1.1`;

const PAYMENT = {
  type: 'payment',
  id: REFUND_ID,
  created_on: 1_700_000_000,
  updated_on: 1_700_000_000,
  payment: {
    is_outgoing: true,
    payment_type: 'refund',
    amount: 1250,
    currency: 'MYR',
    net_amount: 1250,
    fee_amount: 0,
  },
  related_to: { type: 'purchase', id: PURCHASE_ID },
  is_test: true,
};

const PURCHASE = {
  type: 'purchase',
  id: PURCHASE_ID,
  created_on: 1_690_000_000,
  status: 'pending_refund',
  refundable_amount: 5000,
  purchase: { currency: 'MYR', total: 5000 },
  payment: null,
  transaction_data: null,
  is_test: true,
};

const FAILED = { __all__: [{ message: 'Refund failed', code: 'purchase_refund_error' }] };

const REQUEST: ChipRefundRequest = {
  refundRef: 'order-77/return-1',
  payment: PURCHASE_ID,
  amount: partial(money('MYR', 1250n)),
};
const GUARDED: ChipRefundRequest = { ...REQUEST, expect: { refundable: money('MYR', 5000n) } };

const servers: Loopback[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(...script: readonly [Reply, ...Reply[]]): Promise<Loopback> {
  const server = await listen(...script);
  servers.push(server);
  return server;
}

function clientOf(server: { readonly url: string }, config: Partial<ChipConfig> = {}) {
  return createChip({ auth: { apiKey: SECRET }, baseUrl: server.url, journal: memoryJournal(), ...config });
}

/** One refund against a server that answers as told. */
async function refundOnce(reply: Reply, request: Partial<ChipRefundRequest> = {}, config: Partial<ChipConfig> = {}) {
  const server = await serve(reply);
  const client = clientOf(server, config);
  const outcome = await client.refund({ ...REQUEST, ...request });
  return { server, client, outcome };
}

/** A request as JavaScript can make it. */
function untyped(fields: object): ChipRefundRequest {
  return { ...REQUEST, ...fields };
}

function lines(server: Loopback): readonly string[] {
  return server.seen.map(({ line }) => line);
}

function creations(server: Loopback): number {
  return lines(server).filter((line) => line.startsWith('POST')).length;
}

/** The purchase as it is paid, and as its attempts to move money failed, the newest first. */
function purchase(changed: object = {}, ...failureCodes: readonly string[]): object {
  const attempts = failureCodes.map((code) => ({ error: { code, message: 'No' } }));
  return { ...PURCHASE, status: 'paid', transaction_data: { attempts }, ...changed };
}

/** A reply that is held back. */
function held(reply: Reply): { readonly reply: Reply; readonly let: () => void } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { reply: (response, request) => void released.then(() => reply(response, request)), let: release };
}

function attemptOf(outcome: ChipOutcome): RefundAttempt<'chip'> {
  if (outcome.kind !== 'unknown') expect.fail(`the refund is ${outcome.kind}`);
  return JSON.parse(JSON.stringify(outcome.attempt));
}

describe('the request', () => {
  test('is what the documents ask for, byte by byte', async () => {
    const { server, outcome } = await refundOnce(json(200, PAYMENT));
    expect(outcome.kind).toBe('accepted');
    expect(server.seen).toEqual([
      {
        line: POST_LINE,
        headers: { accept: 'application/json', authorization: BEARER, 'content-type': 'application/json' },
        body: '{"amount":1250}',
      },
    ]);
  });

  test('full() leaves the amount out', async () => {
    const { server, outcome } = await refundOnce(json(200, PAYMENT), { amount: full() });
    expect(outcome).toMatchObject({ kind: 'accepted', attempt: { amount: null } });
    expect(server.seen.map(({ line, body }) => [line, body])).toEqual([[POST_LINE, '{}']]);
  });

  test.each<[Money, string]>([
    [money('MYR', 1n), '1'],
    [money('JPY', 1250n), '1250'],
    [money('KWD', 1250n), '1250'],
    [money('CLF', 12_345n), '12345'],
    [money('IDR', 9_007_199_254_740_993n), '9007199254740993'],
  ])('%s is an integer of minor units', async (amount, minor) => {
    const { currency } = amount;
    const answer = JSON.stringify({ ...PAYMENT, payment: { ...PAYMENT.payment, currency } });
    const reply = json(200, answer.replace('"amount":1250', `"amount":${minor}`));
    const { server, outcome } = await refundOnce(reply, { amount: partial(amount) });
    expect(server.seen.map(({ body }) => body)).toEqual([`{"amount":${minor}}`]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      refund: { money: { currency, minor: amount.minor } },
      attempt: { amount: { currency, minor } },
    });
  });

  test('goes to production, where there is no baseUrl', async () => {
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(String(input));
      return Response.json(PAYMENT);
    };
    expect((await createChip({ auth: { apiKey: SECRET }, fetch, journal: memoryJournal() }).refund(REQUEST)).kind).toBe(
      'accepted',
    );
    expect(urls).toEqual([`https://gate.chip-in.asia/api/v1/purchases/${PURCHASE_ID}/refund/`]);
  });

  test.each(['', 'two\nlines', ' spaced '])('an API key of %j is refused', (apiKey) => {
    expect(() => createChip({ auth: { apiKey } })).toThrow(RefundConfigError);
  });

  test.each<[string, object, string]>([
    ['a reason, which CHIP does not take', { reason: 'duplicate' }, 'reason'],
    ['a note', { note: 'hello' }, 'note'],
    ['metadata', { metadata: {} }, 'metadata'],
    ['a payment that is no uuid', { payment: 'pi_1' }, 'payment'],
    ['a payment that leads elsewhere', { payment: `${PURCHASE_ID}/../x` }, 'payment'],
    ['an empty payment', { payment: '' }, 'payment'],
    ['no payment', { payment: undefined }, 'payment'],
    ['no refundRef', { refundRef: undefined }, 'refundRef'],
    ['an empty refundRef', { refundRef: '' }, 'refundRef'],
    ['no amount', { amount: undefined }, 'amount'],
    ['an amount that is a number', { amount: 1250 }, 'amount'],
    ['an amount of zero', { amount: partial(money('MYR', 0n)) }, 'amount'],
    ['an amount below zero', { amount: partial(money('MYR', -1n)) }, 'amount'],
    ['an expectation that is empty', { expect: {} }, 'expect.refundable'],
    ['an expectation that is a number', { expect: { refundable: 5000 } }, 'expect.refundable'],
    ['an expectation of another kind', { expect: { refunded: money('MYR', 0n) } }, 'expect.refunded'],
    ['an expectation in another currency', { expect: { refundable: money('SGD', 5000n) } }, 'expect.refundable'],
    [
      'an expectation in another currency than that of full(expect)',
      { amount: full(money('MYR', 5000n)), expect: { refundable: money('SGD', 5000n) } },
      'expect.refundable',
    ],
    ['full(expect) of zero', { amount: full(money('MYR', 0n)) }, 'amount'],
  ])('%s is refused, naming the field, and nothing is sent', async (_, fields, field) => {
    const server = await serve(json(200, PAYMENT));
    const outcome = await clientOf(server).refund(untyped(fields));
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', next: 'correct_request', moneyMoved: 'no' },
    });
    if (outcome.kind === 'refused') expect(outcome.error.fields.map((fault) => fault.field)).toContain(field);
    expect(server.seen).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a test mode, which CHIP does not have', { testMode: true }, 'testMode'],
    ['a test mode that is off', { testMode: false }, 'testMode'],
    ['a workspace', { workspace: 'w' }, 'workspace'],
    ['a timeout of zero', { timeoutMs: 0 }, 'timeoutMs'],
    ['a timeout below zero', { timeoutMs: -1 }, 'timeoutMs'],
    ['a timeout that is no number', { timeoutMs: Number.NaN }, 'timeoutMs'],
    ['a timeout that is text', { timeoutMs: '5000' }, 'timeoutMs'],
    ['a timeout that no timer takes', { timeoutMs: 2 ** 31 }, 'timeoutMs'],
    ['a signal that is none', { signal: {} }, 'signal'],
    ['a controller instead of its signal', { signal: new AbortController() }, 'signal'],
  ])('a call with %s is refused, naming the option, and nothing is sent', async (_, call, option) => {
    const server = await serve(json(200, PAYMENT));
    const client = clientOf(server);
    const outcome = await client.refund(REQUEST, call);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', next: 'correct_request', moneyMoved: 'no', fields: [{ field: option }] },
    });
    const path = { id: PURCHASE_ID };
    await expect(client.native.refundPurchase({ path }, call)).rejects.toMatchObject({
      name: 'InvalidInputError',
      fields: [{ field: option }],
    });
    expect(server.seen).toEqual([]);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
  });

  test('options that are not set are none', async () => {
    const server = await serve(json(200, PAYMENT));
    const call: object = { signal: undefined, timeoutMs: undefined, testMode: undefined };
    expect(await clientOf(server).refund(REQUEST, call)).toMatchObject({ kind: 'accepted' });
  });
});

describe('accepted', () => {
  test('a Payment of the type refund is a refund that is done', async () => {
    const { outcome, server } = await refundOnce(json(200, PAYMENT));
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      recorded: true,
      refund: {
        provider: 'chip',
        id: REFUND_ID,
        payment: PURCHASE_ID,
        money: { currency: 'MYR', minor: 1250n },
        status: 'succeeded',
        createdAt: new Date('2023-11-14T22:13:20Z'),
        raw: PAYMENT,
      },
      attempt: { provider: 'chip', payment: PURCHASE_ID, amount: { currency: 'MYR', minor: '1250' } },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('a Payment that names no purchase', async () => {
    const { outcome } = await refundOnce(json(200, { ...PAYMENT, related_to: null }));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { id: REFUND_ID, status: 'succeeded' } });
    if (outcome.kind === 'accepted') expect(outcome.refund).not.toHaveProperty('payment');
  });

  test('a Purchase that is pending_refund is pending, and its id is not the refund\u2019s', async () => {
    const { outcome, server } = await refundOnce(json(200, PURCHASE));
    expect(outcome).toMatchObject({
      kind: 'accepted',
      refund: { payment: PURCHASE_ID, status: 'pending', raw: PURCHASE },
    });
    if (outcome.kind === 'accepted') {
      expect(outcome.refund).not.toHaveProperty('id');
      expect(outcome.refund).not.toHaveProperty('money');
      expect(outcome.refund).not.toHaveProperty('rawStatus');
    }
    expect(server.seen).toHaveLength(1);
  });

  test('an id in another case is the same id', async () => {
    const related_to = { type: 'purchase', id: PURCHASE_ID.toUpperCase() };
    const { outcome } = await refundOnce(json(200, { ...PAYMENT, related_to }));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { id: REFUND_ID } });
  });

  test.each([null, 'soon', 1.5, {}])('a date of %j is left out', async (created_on) => {
    const { outcome } = await refundOnce(json(200, { ...PAYMENT, created_on }));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { id: REFUND_ID } });
    if (outcome.kind === 'accepted') expect(outcome.refund).not.toHaveProperty('createdAt');
  });

  test('is answered from the journal afterwards', async () => {
    const { client, server } = await refundOnce(json(200, PURCHASE));
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'accepted',
      source: 'journal',
      refund: { status: 'pending' },
    });
    const other = { ...REQUEST, amount: full() };
    expect(await client.refund(other)).toMatchObject({ kind: 'refused', error: { kind: 'request_conflict' } });
    expect(server.seen).toHaveLength(1);
  });

  test('is answered from the journal of the process, where a client has none of its own', async () => {
    const server = await serve(json(200, PAYMENT));
    const request = { ...REQUEST, refundRef: crypto.randomUUID() };
    const config = { auth: { apiKey: SECRET }, baseUrl: server.url };
    expect(await createChip(config).refund(request)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(await createChip(config).refund(request)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(server.seen).toHaveLength(1);
  });

  test('full(expect) that the answer confirms', async () => {
    const { outcome } = await refundOnce(json(200, PAYMENT), { amount: full(money('MYR', 1250n)) });
    expect(outcome).toMatchObject({ kind: 'accepted', attempt: { amount: null, expectedAmount: { minor: '1250' } } });
  });
});

describe('refused: no money moved', () => {
  test.each<[number, string, string]>([
    [400, 'invalid_request', 'correct_request'],
    [401, 'authentication', 'correct_credentials'],
    [402, 'declined', 'ask_provider'],
    [403, 'permission', 'correct_credentials'],
    [404, 'not_found', 'correct_request'],
    [429, 'rate_limited', 'call_again_later'],
  ])('HTTP %i is %s', async (status, kind, next) => {
    const body = { __all__: [{ message: 'Not possible', code: 'some_code' }] };
    const { outcome, server } = await refundOnce(json(status, body));
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: true,
      recorded: true,
      error: {
        kind,
        next,
        moneyMoved: 'no',
        httpStatus: status,
        code: 'some_code',
        fields: [{ field: '', message: 'Not possible', code: 'some_code' }],
        raw: body,
      },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('a 400 names the fields', async () => {
    const body = {
      amount: [
        { message: 'Too much', code: 'max_value' },
        { message: 'Odd', code: 'odd' },
      ],
      id: [{ message: 'Unknown', code: 'invalid' }],
    };
    const { outcome } = await refundOnce(json(400, body));
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: {
        kind: 'invalid_request',
        code: 'max_value',
        fields: [
          { field: 'amount', message: 'Too much', code: 'max_value' },
          { field: 'amount', message: 'Odd', code: 'odd' },
          { field: 'payment', message: 'Unknown', code: 'invalid' },
        ],
      },
    });
  });

  test('the code of a failed refund with another status is no more than a code', async () => {
    const { outcome } = await refundOnce(json(404, FAILED));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'not_found', code: 'purchase_refund_error' } });
  });

  test('429 says how long to wait, and nothing is sent again', async () => {
    const { outcome, server } = await refundOnce(json(429, {}, { 'retry-after': '7' }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'rate_limited', retryAfterMs: 7000 } });
    expect(server.seen).toHaveLength(1);
  });

  test('a refusal frees the refundRef for the same request', async () => {
    const server = await serve(json(404, {}), json(200, PAYMENT));
    const client = clientOf(server);
    expect((await client.refund(REQUEST)).kind).toBe('refused');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(server.seen).toHaveLength(2);
  });

  test('no connection: nothing was sent', async () => {
    const server = await serve(json(200, PAYMENT));
    const client = clientOf(server);
    await server.close();
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'not_sent', next: 'call_again', moneyMoved: 'no' },
    });
    expect(await client.refund(GUARDED)).toMatchObject({ kind: 'refused', sent: false, error: { kind: 'not_sent' } });
    expect(server.seen).toEqual([]);
  });

  test('an answer that repeats the credential does not spread it', async () => {
    const { outcome } = await refundOnce(json(401, { __all__: [{ message: `bad ${BEARER}`, code: SECRET }] }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'authentication' } });
    expect(JSON.stringify(outcome)).toContain('[redacted]');
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  });
});

describe('unknown: money may have moved, and nothing is sent again', () => {
  const written = JSON.stringify(PAYMENT);
  const payment = (changed: object) => json(200, { ...PAYMENT, payment: { ...PAYMENT.payment, ...changed } });

  test.each<[string, string, Reply]>([
    ['the server closes the socket after reading', 'network', closeAfterReading],
    ['the server never answers', 'timeout', neverAnswer],
    ['the answer is cut off', 'network', truncated(200, PAYMENT)],
    ['the refusal is cut off', 'network', truncated(400, FAILED)],
    ['the JSON stops in the middle', 'malformed_answer', halfJson(200, PAYMENT)],
    ['HTML with 200', 'malformed_answer', htmlOk],
    ['JSON that says that it is text', 'malformed_answer', text(200, written)],
    ['nothing with 200', 'malformed_answer', json(200, '')],
    ['a refund with 201', 'malformed_answer', json(201, PAYMENT)],
    ['null', 'malformed_answer', json(200, null)],
    ['a list', 'malformed_answer', json(200, [PAYMENT])],
    ['no known type', 'malformed_answer', json(200, { ...PAYMENT, type: 'payout' })],
    ['no type', 'malformed_answer', json(200, { ...PAYMENT, type: undefined })],
    ['a Payment that is no refund', 'malformed_answer', payment({ payment_type: 'purchase' })],
    ['a Payment without its details', 'malformed_answer', json(200, { ...PAYMENT, payment: null })],
    ['a Payment without an id', 'malformed_answer', json(200, { ...PAYMENT, id: undefined })],
    ['a Purchase without an id', 'malformed_answer', json(200, { ...PURCHASE, id: undefined })],
    ['a Purchase that is refunded', 'malformed_answer', json(200, { ...PURCHASE, status: 'refunded' })],
    ['a Purchase that is paid', 'malformed_answer', json(200, { ...PURCHASE, status: 'paid' })],
    ['a Purchase with an unknown status', 'malformed_answer', json(200, { ...PURCHASE, status: 'constructor' })],
    ['a Purchase without a status', 'malformed_answer', json(200, { ...PURCHASE, status: undefined })],
    ['an error with 200', 'malformed_answer', json(200, FAILED)],
    ['no amount', 'malformed_answer', payment({ amount: undefined })],
    ['an amount that is text', 'malformed_answer', payment({ amount: '1250' })],
    ['an amount with a fraction', 'malformed_answer', json(200, written.replace('"amount":1250', '"amount":1250.0'))],
    ['no currency', 'malformed_answer', payment({ currency: undefined })],
    ['no currency of ISO 4217', 'malformed_answer', payment({ currency: 'BTC' })],
    ['two types', 'malformed_answer', json(200, `{"type":"purchase",${written.slice(1)}`)],
    ['HTTP 500', 'provider_error', json(500, FAILED)],
    ['HTTP 502 of a proxy', 'provider_error', text(502, '<html>', 'text/html')],
    ['HTTP 503', 'provider_error', json(503, '', { 'retry-after': '0' })],
    ['HTTP 408', 'ambiguous_answer', json(408, {})],
    ['HTTP 409', 'ambiguous_answer', json(409, {})],
    ['HTTP 425', 'ambiguous_answer', json(425, {})],
    ['a refund that failed', 'ambiguous_answer', json(400, FAILED)],
    ['HTTP 400 without a code', 'ambiguous_answer', json(400, { amount: ['Too much'] })],
    ['HTTP 400 without anything', 'ambiguous_answer', json(400, '')],
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
      attempt: { refundRef: REQUEST.refundRef, payment: PURCHASE_ID },
    });
    expect(outcome).not.toHaveProperty('refund');
    expect(server.seen).toHaveLength(1);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(server.seen).toHaveLength(1);
  });

  test('a refund that failed keeps what was answered', async () => {
    const { outcome } = await refundOnce(json(400, FAILED));
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { httpStatus: 400, code: 'purchase_refund_error', fields: [{ field: '', message: 'Refund failed' }] },
      attempt: { answered: { httpStatus: 400, code: 'purchase_refund_error' } },
    });
  });

  test.each<[string, Reply]>([
    ['beside a field', json(400, { amount: [{ message: 'Odd', code: 'odd' }], ...FAILED })],
    ['after an error without a code', json(400, { __all__: [{ message: 'Sorry' }, ...FAILED.__all__] })],
    ['after an error with another code', json(400, { __all__: [{ message: 'No', code: 'other' }, ...FAILED.__all__] })],
    ['in JSON that stops in the middle', json(400, JSON.stringify(FAILED).slice(0, -3))],
    ['in JSON that says that it is text', text(400, JSON.stringify(FAILED))],
  ])('the code of a failed refund counts %s', async (_, reply) => {
    const { outcome, server } = await refundOnce(reply);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous_answer', moneyMoved: 'unknown' } });
    expect(server.seen).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async (status) => {
    const { outcome, server } = await refundOnce(json(status, {}, { location: '/elsewhere' }));
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous_answer', httpStatus: status } });
    expect(lines(server)).toEqual([POST_LINE]);
  });

  test.each<[string, Reply, string]>([
    ['another amount', payment({ amount: 1249 }), 'amount'],
    ['another currency', payment({ currency: 'SGD' }), 'amount'],
    ['nothing refunded', payment({ amount: 0 }), 'amount'],
    ['another purchase', json(200, { ...PAYMENT, related_to: { type: 'purchase', id: REFUND_ID } }), 'payment'],
    ['another pending purchase', json(200, { ...PURCHASE, id: REFUND_ID }), 'payment'],
  ])('the answer is about %s: the refund that it tells of is attached', async (_, reply, field) => {
    const { outcome, server } = await refundOnce(reply);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', moneyMoved: 'unknown', fields: [{ field }] },
      refund: { provider: 'chip' },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('full(expect) answered with another amount', async () => {
    const { outcome } = await refundOnce(json(200, PAYMENT), { amount: full(money('MYR', 5000n)) });
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', fields: [{ field: 'amount' }] },
      refund: { id: REFUND_ID },
    });
  });

  test('aborted while waiting for the answer', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    const outcome = await clientOf(server).refund(REQUEST, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'aborted', moneyMoved: 'unknown' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('expect', () => {
  test('reads the purchase, compares, and only then sends', async () => {
    const server = await serve(json(200, purchase()), json(200, PAYMENT));
    const outcome = await clientOf(server).refund(GUARDED);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      attempt: { before: { currency: 'MYR', minor: '5000', attempts: 0 } },
    });
    expect(server.seen).toEqual([
      { line: GET_LINE, headers: { accept: 'application/json', authorization: BEARER }, body: '' },
      {
        line: POST_LINE,
        headers: { accept: 'application/json', authorization: BEARER, 'content-type': 'application/json' },
        body: '{"amount":1250}',
      },
    ]);
  });

  test.each<[string, object]>([
    ['less can be refunded', purchase({ refundable_amount: 3750 })],
    ['more can be refunded', purchase({ refundable_amount: 5001 })],
    ['the currency is another', purchase({ purchase: { currency: 'SGD' } })],
    ['a refund is pending', purchase({ status: 'pending_refund' })],
  ])('where %s, nothing is sent and the refundRef stays free', async (_, shown) => {
    const server = await serve(json(200, shown), json(200, purchase()), json(200, PAYMENT));
    const client = clientOf(server);
    expect(await client.refund(GUARDED)).toMatchObject({
      kind: 'refused',
      sent: false,
      recorded: true,
      error: { kind: 'expectation_failed', moneyMoved: 'no', fields: [{ field: 'expect.refundable' }] },
    });
    expect(lines(server)).toEqual([GET_LINE]);
    expect(await client.refund(GUARDED)).toMatchObject({ kind: 'accepted' });
    expect(lines(server)).toEqual([GET_LINE, GET_LINE, POST_LINE]);
  });

  const code = 'some_code';
  const fault = { __all__: [{ message: 'No', code }] };

  test.each<[string, Reply, object]>([
    ['401', json(401, fault), { next: 'correct_credentials', httpStatus: 401, code }],
    ['403', json(403, fault), { next: 'correct_credentials', httpStatus: 403, code }],
    ['404', json(404, fault), { next: 'correct_request', httpStatus: 404, code }],
    ['429', json(429, fault), { next: 'call_again', httpStatus: 429, code }],
    ['500', json(500, fault), { next: 'call_again', httpStatus: 500, code }],
    ['HTML', htmlOk, { next: 'call_again', httpStatus: 200 }],
    ['half JSON', halfJson(200, purchase()), { next: 'call_again', httpStatus: 200 }],
    ['a closed socket', closeAfterReading, { next: 'call_again' }],
    ['no amount', json(200, purchase({ refundable_amount: null })), { next: 'call_again' }],
    ['attempts that are no list', json(200, purchase({ transaction_data: { attempts: 2 } })), { next: 'call_again' }],
    ['a purchase that was not asked for', json(200, purchase({ id: REFUND_ID })), { next: 'call_again' }],
    ['a purchase without an id', json(200, purchase({ id: undefined })), { next: 'call_again' }],
  ])('%s is no purchase to compare with: nothing is sent, the refundRef stays free', async (_, reply, error) => {
    const server = await serve(reply, json(200, purchase()), json(200, PAYMENT));
    const client = clientOf(server);
    expect(await client.refund(GUARDED)).toMatchObject({
      kind: 'refused',
      sent: false,
      recorded: true,
      error: { kind: 'not_sent', moneyMoved: 'no', ...error },
    });
    expect(lines(server)).toEqual([GET_LINE]);
    expect(await client.refund(GUARDED)).toMatchObject({ kind: 'accepted', source: 'answer' });
  });

  test('the id of the purchase in another case is the same id', async () => {
    const server = await serve(json(200, purchase({ id: PURCHASE_ID.toUpperCase() })), json(200, PAYMENT));
    expect(await clientOf(server).refund(GUARDED)).toMatchObject({ kind: 'accepted' });
  });

  test('what was seen is recorded before the refund is sent', async () => {
    const memory = memoryJournal();
    const seen: unknown[] = [];
    const server = await serve(json(200, purchase({}, 'timeout')), (response, request) => {
      void memory.ofPayment('chip', PURCHASE_ID).then((entries) => {
        seen.push(...entries);
        json(200, PAYMENT)(response, request);
      });
    });
    await clientOf(server, { journal: memory }).refund(GUARDED);
    const before = { currency: 'MYR', minor: '5000', attempts: 1 };
    expect(seen).toMatchObject([{ state: 'open', attempt: { before } }]);
  });

  test.each<[string, () => Promise<boolean>]>([
    ['fails', async () => Promise.reject(new Error('down'))],
    ['hangs', () => new Promise(() => undefined)],
    ['says no', async () => false],
  ])('where recording it %s, nothing is sent', async (_, replace) => {
    const server = await serve(json(200, purchase()), json(200, PAYMENT));
    const client = clientOf(server, { journal: { ...memoryJournal(), replace }, timeoutMs: 300 });
    expect(await client.refund(GUARDED)).toMatchObject({
      kind: 'refused',
      sent: false,
      recorded: false,
      error: { kind: 'not_sent', next: 'call_again', moneyMoved: 'no' },
    });
    expect(lines(server)).toEqual([GET_LINE]);
  });

  test('an attempt that was not compared does not say what there was before', async () => {
    const { outcome } = await refundOnce(closeAfterReading);
    expect(attemptOf(outcome)).not.toHaveProperty('before');
    const { outcome: unmet } = await refundOnce(json(200, purchase({ refundable_amount: 1 })), {
      expect: { refundable: money('MYR', 5000n) },
    });
    expect(unmet).toMatchObject({ kind: 'refused', error: { kind: 'expectation_failed' } });
  });

  test('is what the caller said when calling', async () => {
    const server = await serve(json(200, purchase({ refundable_amount: 1 })), json(200, PAYMENT));
    const request: { -readonly [K in keyof ChipRefundRequest]: ChipRefundRequest[K] } = { ...GUARDED };
    const refunding = clientOf(server).refund(request);
    request.expect = undefined;
    expect(await refunding).toMatchObject({ kind: 'refused', sent: false, error: { kind: 'expectation_failed' } });
    expect(lines(server)).toEqual([GET_LINE]);
  });
});

describe('reconcile', () => {
  /** An attempt that ended as told, on a purchase of which 50.00 could be refunded. */
  async function loseAnswer(request: ChipRefundRequest, ended: Reply, ...later: readonly Reply[]) {
    const guard = request.expect === undefined ? [] : [json(200, purchase())];
    const [first = ended, ...rest] = [...guard, ended, ...later];
    const server = await serve(first, ...rest);
    const client = clientOf(server);
    const attempt = attemptOf(await client.refund(request));
    expect(creations(server)).toBe(1);
    return { attempt, client, server };
  }

  test('exactly the amount is gone: it happened', async () => {
    const shown = purchase({ refundable_amount: 3750, status: 'refunded' });
    const { attempt, client, server } = await loseAnswer(GUARDED, closeAfterReading, json(200, shown));
    expect(await client.reconcile(attempt)).toMatchObject({
      verdict: 'happened',
      evidence: {
        measure: 'refundable',
        before: { currency: 'MYR', minor: '5000' },
        now: { currency: 'MYR', minor: 3750n },
        pending: false,
      },
    });
    expect(server.seen.at(-1)).toEqual({
      line: GET_LINE,
      headers: { accept: 'application/json', authorization: BEARER },
      body: '',
    });
    expect((await client.refund(GUARDED)).kind).not.toBe('refused');
    expect(creations(server)).toBe(1);
  });

  test.each<[string, ChipRefundRequest, object, string, string]>([
    ['nothing is left after full()', { ...GUARDED, amount: full() }, { refundable_amount: 0 }, 'happened', ''],
    [
      'all that full(expect) expected is gone',
      { ...GUARDED, amount: full(money('MYR', 5000n)) },
      { refundable_amount: 0 },
      'happened',
      '',
    ],
    [
      'something is left after full()',
      { ...GUARDED, amount: full() },
      { refundable_amount: 1 },
      'still_unknown',
      'ask_provider',
    ],
    ['nothing has changed', GUARDED, {}, 'still_unknown', 'ask_provider'],
    ['less is gone', GUARDED, { refundable_amount: 3751 }, 'still_unknown', 'ask_provider'],
    ['more is gone', GUARDED, { refundable_amount: 3749 }, 'still_unknown', 'ask_provider'],
    ['twice as much is gone', GUARDED, { refundable_amount: 2500 }, 'still_unknown', 'ask_provider'],
    ['more is there', GUARDED, { refundable_amount: 6250 }, 'still_unknown', 'ask_provider'],
    [
      'the currency is another',
      GUARDED,
      { refundable_amount: 3750, purchase: { currency: 'SGD' } },
      'still_unknown',
      'ask_provider',
    ],
    ['a refund is pending', GUARDED, { status: 'pending_refund' }, 'still_unknown', 'reconcile'],
    [
      'a refund is pending, and the amount is gone',
      GUARDED,
      { status: 'pending_refund', refundable_amount: 3750 },
      'still_unknown',
      'reconcile',
    ],
    ['what was there before is not known', REQUEST, { refundable_amount: 3750 }, 'still_unknown', 'ask_provider'],
    ['it is another purchase', GUARDED, { id: REFUND_ID, refundable_amount: 3750 }, 'still_unknown', 'reconcile'],
  ])('%s', async (_, request, changed, verdict, next) => {
    const { attempt, client, server } = await loseAnswer(request, closeAfterReading, json(200, purchase(changed)));
    expect(await client.reconcile(attempt)).toMatchObject(next === '' ? { verdict } : { verdict, next });
    expect((await client.refund(request)).kind).toBe('unknown');
    expect(creations(server)).toBe(1);
  });

  test.each(['exceeded_acquirer_refund_amount', 'insufficient_funds', 'partial_forbidden'])(
    'an answered failure, with %s and nothing changed, did not happen; the refundRef is free again',
    async (code) => {
      const shown = json(200, purchase({}, code));
      const { attempt, client, server } = await loseAnswer(
        GUARDED,
        json(400, FAILED),
        shown,
        shown,
        json(200, PAYMENT),
      );
      expect(await client.reconcile(attempt)).toMatchObject({
        verdict: 'did_not_happen',
        released: true,
        evidence: {
          failureCode: code,
          before: { minor: '5000', attempts: 0 },
          now: { minor: 5000n },
          attempts: 1,
          pending: false,
        },
      });
      expect(await client.refund(GUARDED)).toMatchObject({ kind: 'accepted', source: 'answer' });
      expect(creations(server)).toBe(2);
    },
  );

  test.each<[string, ChipRefundRequest, Reply, object]>([
    ['the attempt was not answered', GUARDED, closeAfterReading, purchase({}, 'insufficient_funds')],
    ['the attempt was answered with 500', GUARDED, json(500, FAILED), purchase({}, 'insufficient_funds')],
    ['the attempt was answered with HTML', GUARDED, htmlOk, purchase({}, 'insufficient_funds')],
    ['the code is of a timeout', GUARDED, json(400, FAILED), purchase({}, 'timeout')],
    ['the code is not known', GUARDED, json(400, FAILED), purchase({}, 'a_new_code')],
    ['there is no code', GUARDED, json(400, FAILED), purchase()],
    ['a refund is pending', GUARDED, json(400, FAILED), purchase({ status: 'pending_refund' }, 'insufficient_funds')],
    ['more is gone', GUARDED, json(400, FAILED), purchase({ refundable_amount: 1 }, 'insufficient_funds')],
    ['before is not known', REQUEST, json(400, FAILED), purchase({}, 'insufficient_funds')],
    ['it is another purchase', GUARDED, json(400, FAILED), purchase({ id: REFUND_ID }, 'insufficient_funds')],
    [
      'the currency is another',
      GUARDED,
      json(400, FAILED),
      purchase({ purchase: { currency: 'SGD' } }, 'insufficient_funds'),
    ],
    ['more is there', GUARDED, json(400, FAILED), purchase({ refundable_amount: 5001 }, 'insufficient_funds')],
    ['there is one more', GUARDED, json(400, FAILED), purchase({}, 'insufficient_funds', 'timeout')],
    ['there are two more', GUARDED, json(400, FAILED), purchase({}, ...Array(3).fill('insufficient_funds'))],
    ['an older one shows it', GUARDED, json(400, FAILED), purchase({}, 'timeout', 'insufficient_funds')],
    [
      'the newest one has no error',
      GUARDED,
      json(400, FAILED),
      purchase({ transaction_data: { attempts: [{ error: null }] } }),
    ],
    ['there are no attempts', GUARDED, json(400, FAILED), purchase({ transaction_data: null })],
    ['the attempts are no list', GUARDED, json(400, FAILED), purchase({ transaction_data: { attempts: {} } })],
    ['the answer had no code', GUARDED, json(400, {}), purchase({}, 'insufficient_funds')],
    ['the code came with 409', GUARDED, json(409, FAILED), purchase({}, 'insufficient_funds')],
  ])('a failure that the purchase shows proves nothing where %s', async (_, request, ended, shown) => {
    const { attempt, client, server } = await loseAnswer(request, ended, json(200, shown));
    expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown' });
    expect(await client.refund(request)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(creations(server)).toBe(1);
  });

  test.each<[string, object]>([
    ['showed the same attempt before', purchase({}, 'insufficient_funds')],
    ['showed more attempts before', purchase({}, 'timeout', 'timeout')],
    ['showed no attempts before', purchase({ transaction_data: null })],
  ])('a failure proves nothing where the purchase %s', async (_, before) => {
    const now = json(200, purchase({}, 'insufficient_funds'));
    const server = await serve(json(200, before), json(400, FAILED), now);
    const client = clientOf(server);
    const attempt = attemptOf(await client.refund(GUARDED));
    expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown', next: 'ask_provider' });
    expect((await client.refund(GUARDED)).kind).toBe('unknown');
    expect(creations(server)).toBe(1);
  });

  test('a failure counts beside those that the purchase showed before', async () => {
    const now = json(200, purchase({}, 'insufficient_funds', 'timeout'));
    const server = await serve(json(200, purchase({}, 'timeout')), json(400, FAILED), now);
    const client = clientOf(server);
    const attempt = attemptOf(await client.refund(GUARDED));
    expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'did_not_happen', released: true });
  });

  test('a journal that fails does not hide that it did not happen, nor free the refundRef', async () => {
    const memory = memoryJournal();
    const server = await serve(json(200, purchase()), json(400, FAILED), json(200, purchase({}, 'insufficient_funds')));
    const attempt = attemptOf(await clientOf(server, { journal: memory }).refund(GUARDED));
    const journal = { ...memory, replace: async () => Promise.reject(new Error('down')) };
    const client = clientOf(server, { journal });
    expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'did_not_happen', released: false });
    expect((await client.refund(GUARDED)).kind).toBe('unknown');
    expect(creations(server)).toBe(1);
  });

  test('an amount that is gone counts more than a failure that the purchase shows', async () => {
    const shown = purchase({ refundable_amount: 3750 }, 'insufficient_funds');
    const { attempt, client } = await loseAnswer(GUARDED, json(400, FAILED), json(200, shown));
    expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'happened' });
  });

  test('an attempt that is over does not free the refundRef of the one after it', async () => {
    const failed = json(200, purchase({}, 'insufficient_funds'));
    const { attempt, client, server } = await loseAnswer(
      GUARDED,
      json(400, FAILED),
      failed,
      failed,
      closeAfterReading,
      failed,
    );
    expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'did_not_happen' });
    expect((await client.refund(GUARDED)).kind).toBe('unknown');
    expect(creations(server)).toBe(2);
    expect(await client.reconcile(attempt)).not.toMatchObject({ released: true });
    await expect(client.release(attempt)).rejects.toThrow('nothing was released');
    expect(await client.refund(GUARDED)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(creations(server)).toBe(2);
  });

  test('an attempt that is over is not taken for the one after it', async () => {
    const shown = json(200, purchase());
    const { attempt, client } = await loseAnswer(
      GUARDED,
      closeAfterReading,
      shown,
      closeAfterReading,
      json(200, purchase({ refundable_amount: 3750 })),
    );
    await client.release(attempt);
    const newer = attemptOf(await client.refund(GUARDED));
    expect(newer.attemptId).not.toBe(attempt.attemptId);
    expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown' });
    expect(await client.reconcile(newer)).toMatchObject({ verdict: 'happened' });
  });

  describe('another refund of the same purchase', () => {
    const other: ChipRefundRequest = { ...REQUEST, refundRef: 'order-77/return-2' };
    const gone = json(200, purchase({ refundable_amount: 3750 }));

    test.each<[string, Reply]>([
      ['is not known either', closeAfterReading],
      ['was accepted since', json(200, PAYMENT)],
      ['is pending', json(200, PURCHASE)],
    ])('may be what is gone where it %s', async (_, ended) => {
      const { attempt, client } = await loseAnswer(GUARDED, closeAfterReading, ended, gone);
      await client.refund(other);
      expect(await client.reconcile(attempt)).toMatchObject({
        verdict: 'still_unknown',
        next: 'ask_provider',
        why: expect.stringContaining('order-77/return-2'),
        evidence: { now: { minor: 3750n } },
      });
    });

    test('may be what is gone where it is still being sent', async () => {
      const late = held(json(200, PAYMENT));
      const { attempt, client, server } = await loseAnswer(GUARDED, closeAfterReading, late.reply, gone);
      const sending = client.refund(other);
      await expect.poll(() => creations(server)).toBe(2);
      expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown' });
      late.let();
      expect((await sending).kind).toBe('accepted');
    });

    test('may be what is gone where it was begun earlier, and accepted after the purchase was compared', async () => {
      const late = held(json(200, PAYMENT));
      const server = await serve(late.reply, json(200, purchase()), closeAfterReading, gone);
      const client = clientOf(server);
      const sending = client.refund(other);
      await expect.poll(() => creations(server)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      const attempt = attemptOf(await client.refund(GUARDED));
      late.let();
      expect((await sending).kind).toBe('accepted');
      expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown' });
    });

    test('may be what is gone where it writes the id of the purchase in another case', async () => {
      const { attempt, client } = await loseAnswer(GUARDED, closeAfterReading, closeAfterReading, gone);
      const upper = attemptOf(await client.refund({ ...other, payment: PURCHASE_ID.toUpperCase() }));
      expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown' });
      expect(await client.reconcile(upper)).toMatchObject({ verdict: 'still_unknown' });
    });

    test('may be the failure that the purchase shows', async () => {
      const failed = json(200, purchase({}, 'insufficient_funds'));
      const { attempt, client } = await loseAnswer(GUARDED, json(400, FAILED), closeAfterReading, failed);
      await client.refund(other);
      expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown' });
      expect((await client.refund(GUARDED)).kind).toBe('unknown');
    });

    test.each<[string, string, Reply]>([
      ['was refused', PURCHASE_ID, json(404, {})],
      ['is of another purchase', REFUND_ID, closeAfterReading],
    ])('changes nothing where it %s', async (_, payment, ended) => {
      const { attempt, client } = await loseAnswer(GUARDED, closeAfterReading, ended, gone);
      await client.refund({ ...other, payment });
      expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'happened' });
    });

    test('changes nothing where it was accepted before this one began', async () => {
      const server = await serve(json(200, PAYMENT), json(200, purchase()), closeAfterReading, gone);
      const client = clientOf(server);
      expect((await client.refund(other)).kind).toBe('accepted');
      await new Promise((resolve) => setTimeout(resolve, 5));
      const attempt = attemptOf(await client.refund(GUARDED));
      expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'happened' });
    });

    test('may be what is gone where the journal cannot tell', async () => {
      const { attempt, server } = await loseAnswer(GUARDED, closeAfterReading, gone);
      const journal = { ...memoryJournal(), ofPayment: async () => Promise.reject(new Error('down')) };
      expect(await clientOf(server, { journal }).reconcile(attempt)).toMatchObject({ verdict: 'still_unknown' });
    });
  });

  test.each<[string, Reply, string]>([
    ['401', json(401, {}), 'authentication'],
    ['404', json(404, {}), 'not_found'],
    ['500', json(500, {}), 'unavailable'],
    ['a closed socket', closeAfterReading, 'unavailable'],
    ['a cut-off answer', truncated(200, purchase()), 'unavailable'],
    ['HTML', htmlOk, 'malformed_answer'],
    ['an amount that is text', json(200, purchase({ refundable_amount: '3750' })), 'malformed_answer'],
  ])('%s proves nothing', async (_, reply, kind) => {
    const { attempt, client } = await loseAnswer(GUARDED, closeAfterReading, reply);
    expect(await client.reconcile(attempt)).toMatchObject({
      verdict: 'still_unknown',
      next: 'reconcile',
      error: { kind },
    });
  });

  test('an attempt of another provider is refused', async () => {
    const { attempt, client, server } = await loseAnswer(REQUEST, closeAfterReading);
    const foreign = { ...attempt, provider: 'wooshpay' } as unknown as RefundAttempt<'chip'>;
    await expect(client.reconcile(foreign)).rejects.toThrow(TypeError);
    await expect(client.release(foreign)).rejects.toThrow(TypeError);
    expect(server.seen).toHaveLength(1);
  });

  test('release of an attempt that was accepted is refused, and frees nothing', async () => {
    const { client, outcome, server } = await refundOnce(json(200, PAYMENT));
    if (outcome.kind !== 'accepted') expect.fail(`the refund is ${outcome.kind}`);
    await expect(client.release(outcome.attempt)).rejects.toThrow('nothing was released');
    await expect(clientOf(server).release(outcome.attempt)).rejects.toThrow('nothing was released');
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(server.seen).toHaveLength(1);
  });

  test.each(['testMode', 'workspace'])('a call with %s reads nothing', async (option) => {
    const { attempt, client, server } = await loseAnswer(REQUEST, closeAfterReading);
    expect(await client.reconcile(attempt, { [option]: true })).toMatchObject({
      verdict: 'still_unknown',
      error: { kind: 'invalid_request', message: expect.stringContaining(option) },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('release frees the refundRef', async () => {
    const { attempt, client, server } = await loseAnswer(REQUEST, closeAfterReading, json(200, PAYMENT));
    await client.release(attempt);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(server.seen).toHaveLength(2);
  });
});

describe('native', () => {
  test('sends what the spec has', async () => {
    const server = await serve(json(200, PURCHASE), json(200, PAYMENT), json(409, {}));
    const { native } = clientOf(server);
    const path = { id: PURCHASE_ID };
    expect(await native.retrievePurchase({ path })).toEqual({ status: 200, httpStatus: 200, body: PURCHASE });
    expect(await native.refundPurchase({ path })).toEqual({ status: 200, httpStatus: 200, body: PAYMENT });
    expect(await native.refundPurchase({ path, body: { amount: 5 } })).toEqual({
      status: 'undeclared',
      httpStatus: 409,
      body: '{}',
    });
    expect(server.seen.map(({ line, body }) => [line, body])).toEqual([
      [GET_LINE, ''],
      [POST_LINE, ''],
      [POST_LINE, '{"amount":5}'],
    ]);
  });

  test('refuses an id that is no uuid', async () => {
    const server = await serve(json(200, PAYMENT));
    const { native } = clientOf(server);
    await expect(native.refundPurchase({ path: { id: '../x' } })).rejects.toMatchObject({
      name: 'InvalidInputError',
      fields: [{ field: 'path.id' }],
    });
    expect(server.seen).toEqual([]);
  });
});
