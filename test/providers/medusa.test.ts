import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import {
  type Currency,
  createMedusa,
  InvalidInputError,
  type JournalEntry,
  type MedusaAuth,
  type MedusaCall,
  type MedusaClient,
  type MedusaConfig,
  type MedusaGetPaymentsPaymentInput,
  type MedusaOutcome,
  type MedusaPostPaymentsPaymentRefundsAnswer,
  type MedusaPostPaymentsPaymentRefundsInput,
  type MedusaReconciliation,
  type MedusaRefundRequest,
  memoryJournal,
  money,
  NoAnswerError,
  partial,
  type RefundAttempt,
  RefundConfigError,
  type RefundJournal,
} from '../../generated/index.js';
import {
  closeAfterReading,
  halfJson,
  htmlOk,
  json,
  type Loopback,
  neverAnswer,
  type Reply,
  type Seen,
  text,
  truncated,
} from '../loopback.js';
import { describeKeyless, hang, held, journalWith, leaks, NOBODY, plain, servers, textJournal } from './cases.js';

const TOKEN = 'token-7a3e';
const { serve, close } = servers();
afterEach(close);

function connect(baseUrl: string, config: Partial<MedusaConfig> = {}): MedusaClient {
  return createMedusa({ auth: { apiToken: TOKEN }, baseUrl, journal: memoryJournal(), ...config });
}

const REQUEST: MedusaRefundRequest = {
  refundRef: 'order-1',
  payment: 'pay_1',
  amount: partial(money('USD', 1250n)),
  reason: 'return',
};

const BODY = { amount: 1250, reason: 'return' } as const;
const WRITTEN = '{"amount":1250,"reason":"return"}';
const AUTH = { 'x-medusa-access-token': TOKEN };

/** A refund as the server sees it. */
function posted(body = WRITTEN, headers: Readonly<Record<string, string>> = AUTH, id = 'pay_1'): Seen {
  return {
    line: `POST /admin/payments/${id}/refund HTTP/1.1`,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body,
  };
}

/** A look at a payment as the server sees it. */
function got(id = 'pay_1'): Seen {
  return { line: `GET /admin/payments/${id} HTTP/1.1`, headers: { accept: 'application/json', ...AUTH }, body: '' };
}

const ANSWER = {
  refund: {
    id: 'ref_1',
    amount: 1250,
    order_id: 'order_1',
    payment_id: 'pay_1',
    reason: 'return',
    note: null,
    metadata: null,
    idempotency_key: null,
    created_at: '2026-03-04T05:06:07.000Z',
    updated_at: '2026-03-04T05:06:07.000Z',
  },
};

const REFUND = {
  provider: 'medusa',
  id: 'ref_1',
  payment: 'pay_1',
  money: { currency: 'USD', amount: '12.50' },
  status: 'pending',
  reason: 'return',
  createdAt: '2026-03-04T05:06:07.000Z',
  raw: ANSWER,
};

const accept = json(200, ANSWER);

/** The accepted answer with other fields in its envelope. */
function answering(changes: object): { refund: object } {
  return { refund: { ...ANSWER.refund, ...changes } };
}

/** The accepted answer with an amount of exactly these digits. */
function amounting(token: string): string {
  return JSON.stringify(ANSWER).replace('"amount":1250,', `"amount":${token},`);
}

/** A payment of 100.00 USD of which so much is refunded. */
function payment(refunded: number, changes: object = {}): Reply {
  return json(200, {
    payment: { id: 'pay_1', amount: 10_000, amount_refunded: refunded, currency_code: 'usd', ...changes },
  });
}

/** As a caller without types may write it. */
function untyped(request: object): MedusaRefundRequest {
  return request as MedusaRefundRequest;
}

function attemptOf(outcome: MedusaOutcome): RefundAttempt<'medusa'> {
  if (outcome.kind !== 'unknown') throw new Error(`${outcome.kind}, not unknown`);
  return JSON.parse(JSON.stringify(outcome.attempt));
}

describeKeyless({
  provider: 'medusa',
  operation: 'postPaymentsPaymentRefunds',
  path: '/admin/payments/{id}/refund',
  connect: ({ secret = TOKEN, ...config }) => {
    const client = createMedusa({ auth: { apiToken: secret }, ...config });
    return {
      client,
      refund: (changes, call) => client.refund(untyped({ ...REQUEST, ...changes }), call),
      release: (attempt) => client.release(attempt as typeof attempt & { readonly provider: 'medusa' }),
    };
  },
  request: posted(),
  payment: 'pay_1',
  accepted: { status: 200, body: ANSWER },
  refund: REFUND,
  acceptedWith: (word) => answering({ id: word, note: word, reason: word, metadata: { [word]: word } }),
  whenUnknown: 'reconcile',
  credential: (secret) => ({ 'x-medusa-access-token': secret }),
  secrets: ['token-7a3e', 'tok/en+7a3e==', 'tok"en\\7a3e'],
});

describe('medusa: the client', () => {
  test('can refund, reconcile, release and call natively, and cannot look a refund up', () => {
    const client = connect(NOBODY);
    expect(Object.keys(client).sort()).toEqual([
      'capabilities',
      'native',
      'provider',
      'reconcile',
      'refund',
      'release',
    ]);
    expect(Object.keys(client.native).sort()).toEqual(['getPaymentsPayment', 'postPaymentsPaymentRefunds']);
    expect(Object.isFrozen(client)).toBe(true);
    expectTypeOf<keyof MedusaClient>().toEqualTypeOf<
      'capabilities' | 'native' | 'provider' | 'reconcile' | 'refund' | 'release'
    >();
    expectTypeOf<MedusaReconciliation['verdict']>().toEqualTypeOf<'happened' | 'still_unknown'>();
  });

  test('says what it can do', () => {
    expect(connect(NOBODY).capabilities).toEqual({
      full: false,
      partial: true,
      amountUnit: 'minor',
      exponents: 'declared',
      currencyInAnswer: false,
      statusInAnswer: false,
      reasons: ['discount', 'return', 'swap', 'claim', 'other'],
      reasonRequired: true,
      reference: false,
      idempotency: 'none',
      retrieve: false,
      expect: 'refunded',
      reconcile: 'payment',
    });
  });

  // Casts: what a caller without types may give.
  test.each<[string, object]>([
    ['no base URL', { auth: { apiToken: TOKEN } }],
    ['no auth', { baseUrl: NOBODY }],
    ['no credentials', { baseUrl: NOBODY, auth: {} }],
    ['an undefined credential', { baseUrl: NOBODY, auth: { apiToken: undefined } }],
    ['a null credential', { baseUrl: NOBODY, auth: { apiToken: null } }],
    ['two credentials', { baseUrl: NOBODY, auth: { apiToken: TOKEN, jwtToken: TOKEN } }],
    ['two other credentials', { baseUrl: NOBODY, auth: { jwtToken: TOKEN, cookieAuth: TOKEN } }],
    ['three credentials', { baseUrl: NOBODY, auth: { apiToken: TOKEN, jwtToken: TOKEN, cookieAuth: TOKEN } }],
    ['a credential that there is not', { baseUrl: NOBODY, auth: { token: TOKEN } }],
    ['an empty second credential', { baseUrl: NOBODY, auth: { apiToken: TOKEN, jwtToken: '' } }],
    ['a JWT with a line break', { baseUrl: NOBODY, auth: { jwtToken: `${TOKEN}\n` } }],
    ['a cookie with a line break', { baseUrl: NOBODY, auth: { cookieAuth: `${TOKEN}\r\nx-evil: 1` } }],
    ['a cookie that brings another', { baseUrl: NOBODY, auth: { cookieAuth: `${TOKEN}; connect.sid=other` } }],
  ])('is not created with %s', (_, config) => {
    let thrown: unknown;
    try {
      createMedusa(config as MedusaConfig);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(RefundConfigError);
    expect(leaks(thrown, [TOKEN])).toEqual([]);
  });

  test.each<[string, MedusaAuth, Readonly<Record<string, string>>]>([
    ['an API token', { apiToken: TOKEN }, { 'x-medusa-access-token': TOKEN }],
    ['a JWT', { jwtToken: TOKEN }, { authorization: `Bearer ${TOKEN}` }],
    ['a session', { cookieAuth: TOKEN }, { cookie: `connect.sid=${TOKEN}` }],
  ])('authenticates with %s, and with nothing else', async (_, auth, headers) => {
    const server = await serve(payment(0), accept);
    const client = connect(server.url, { auth });
    expect(await client.refund({ ...REQUEST, expect: { refunded: money('USD', 0n) } })).toMatchObject({
      kind: 'accepted',
    });
    expect(server.seen).toEqual([
      { ...got(), headers: { accept: 'application/json', ...headers } },
      posted(WRITTEN, headers),
    ]);
    expect(leaks(client, [TOKEN])).toEqual([]);
  });

  // Servers show a cookie decoded, too: that is the same secret.
  test.each<[string, (secret: string) => MedusaAuth, (secret: string) => string]>([
    ['apiToken', (apiToken) => ({ apiToken }), (secret) => secret],
    ['jwtToken', (jwtToken) => ({ jwtToken }), (secret) => secret],
    ['cookieAuth', (cookieAuth) => ({ cookieAuth }), (secret) => secret],
    ['a decoded cookieAuth', (cookieAuth) => ({ cookieAuth }), decodeURIComponent],
  ])('%s is in nothing that comes back', async (_, auth, show) => {
    const secret = 's%3A7a3e.si%2Bgn%2F';
    const shown = show(secret);
    const body = { message: `a ${shown}.`, type: shown, [shown]: shown };
    const server = await serve(json(400, body), json(500, body), json(400, body), json(200, body));
    const client = connect(server.url, { auth: auth(secret) });
    const first = await client.refund(REQUEST);
    const second = await client.refund(REQUEST);
    const answer = await client.native.getPaymentsPayment({ path: { id: 'pay_1' } });
    const reconciled = await client.reconcile(attemptOf(second));
    expect(server.seen).toHaveLength(4);
    for (const value of [client, first, second, answer, reconciled]) expect(leaks(value, [shown])).toEqual([]);
  });
});

describe('medusa: types', () => {
  test('the credentials exclude each other', () => {
    expectTypeOf<{ readonly apiToken: string }>().toExtend<MedusaAuth>();
    expectTypeOf<{ readonly apiToken: string; readonly jwtToken: string }>().not.toExtend<MedusaAuth>();
    expectTypeOf<{ readonly jwtToken: string; readonly cookieAuth: string }>().not.toExtend<MedusaAuth>();
    expectTypeOf<keyof MedusaCall>().toEqualTypeOf<'signal' | 'timeoutMs'>();
  });
});

describe('medusa: what is sent', () => {
  test.each<[string, Partial<MedusaRefundRequest>, string, string]>([
    ['a reason', { reason: 'swap' }, '{"amount":1250,"reason":"swap"}', 'pay_1'],
    ['another reason', { reason: 'discount' }, '{"amount":1250,"reason":"discount"}', 'pay_1'],
    ['a claim', { reason: 'claim' }, '{"amount":1250,"reason":"claim"}', 'pay_1'],
    ['any other reason', { reason: 'other' }, '{"amount":1250,"reason":"other"}', 'pay_1'],
    ['a note', { note: 'torn "sleeve"' }, '{"amount":1250,"note":"torn \\"sleeve\\"","reason":"return"}', 'pay_1'],
    ['an empty note', { note: '' }, '{"amount":1250,"note":"","reason":"return"}', 'pay_1'],
    ['an undefined note', { note: undefined, expect: undefined }, WRITTEN, 'pay_1'],
    ['an id with a slash', { payment: 'a/b' }, WRITTEN, 'a%2Fb'],
    ['an id that climbs', { payment: '../pay_2' }, WRITTEN, '..%2Fpay_2'],
    ['an id that climbs, encoded', { payment: '%2e%2e' }, WRITTEN, '%252e%252e'],
    ['an id with three dots', { payment: '...' }, WRITTEN, '...'],
    ['an id that ends the path', { payment: 'a?b#c' }, WRITTEN, 'a%3Fb%23c'],
    ['an id with a backslash', { payment: 'a\\b' }, WRITTEN, 'a%5Cb'],
    ['an id with a space', { payment: 'a b' }, WRITTEN, 'a%20b'],
    ['an id with a line break', { payment: 'a\r\nb' }, WRITTEN, 'a%0D%0Ab'],
    ['an id outside ASCII', { payment: 'ä\u{1f600}' }, WRITTEN, '%C3%A4%F0%9F%98%80'],
    ['an id like a template', { payment: '{id}' }, WRITTEN, '%7Bid%7D'],
  ])('%s', async (_, changes, body, id) => {
    const { payment: asked } = { ...REQUEST, ...changes };
    const server = await serve(json(200, answering({ payment_id: asked })));
    expect(await connect(server.url).refund({ ...REQUEST, ...changes })).toMatchObject({
      kind: 'accepted',
      refund: { payment: asked },
      attempt: { payment: asked },
    });
    expect(server.seen).toEqual([posted(body, AUTH, id)]);
  });

  test('a refundRef is not sent, however long', async () => {
    const server = await serve(accept);
    const refundRef = 'r'.repeat(1000);
    expect(await connect(server.url).refund({ ...REQUEST, refundRef })).toMatchObject({ attempt: { refundRef } });
    expect(server.seen).toEqual([posted()]);
  });

  test.each<[Currency, bigint, string]>([
    ['USD', 1250n, '1250'],
    ['USD', 1n, '1'],
    ['EUR', 99n, '99'],
    ['JPY', 1250n, '1250'],
    ['CLP', 5000n, '5000'],
    ['KRW', 1n, '1'],
    ['HUF', 1250n, '1250'],
    ['MGA', 125_000n, '1250'],
    ['MGA', 100n, '1'],
    ['USD', 9_007_199_254_740_993n, '9007199254740993'],
    ['JPY', 10n ** 38n + 1n, `1${'0'.repeat(37)}1`],
  ])('amount: %s %d is exactly %s, and is read back exactly', async (currency, minor, token) => {
    const server = await serve(json(200, amounting(token)));
    const outcome = await connect(server.url).refund({ ...REQUEST, amount: partial(money(currency, minor)) });
    expect(server.seen).toEqual([posted(WRITTEN.replace('1250', token))]);
    expect(outcome.kind).toBe('accepted');
    if (outcome.kind !== 'accepted') return;
    expect([outcome.refund.money.currency, outcome.refund.money.minor]).toEqual([currency, minor]);
    expect(outcome.attempt.amount).toEqual({ currency, minor: minor.toString() });
  });
});

describe('medusa: what is not sent', () => {
  test.each<Currency>(['BHD', 'CLF', 'IQD', 'ISK', 'JOD', 'KWD', 'LYD', 'OMR', 'TND', 'UYI', 'UYW'])(
    '%s, whose decimals nobody knows',
    async (currency) => {
      const server = await serve(accept);
      const amount = partial(money(currency, 10_000n));
      const outcome = await connect(server.url).refund({ ...REQUEST, amount });
      expect(outcome).toMatchObject({
        kind: 'refused',
        error: { kind: 'invalid_request', fields: [{ field: 'amount' }] },
        sent: false,
      });
      expect(outcome.kind === 'refused' && outcome.error.message).toContain(currency);
      expect(server.seen).toEqual([]);
    },
  );

  test.each<[string, object, string]>([
    ['an amount finer than the provider counts', { amount: partial(money('MGA', 125_050n)) }, 'amount'],
    ['an empty payment', { payment: '' }, 'payment'],
    ['the payment "."', { payment: '.' }, 'payment'],
    ['the payment ".."', { payment: '..' }, 'payment'],
    ['half of a surrogate pair', { payment: 'a\ud800' }, 'payment'],
    ['no payment', { payment: undefined }, 'payment'],
    ['a payment that is null', { payment: null }, 'payment'],
    ['a payment that is a number', { payment: 5 }, 'payment'],
    ['a payment that is a list', { payment: ['pay_1'] }, 'payment'],
    ['a reason that there is not', { reason: 'fraudulent' }, 'reason'],
    ['no reason', { reason: undefined }, 'reason'],
    ['a note that is null', { note: null }, 'note'],
    ['a note that is a number', { note: 5 }, 'note'],
    ['metadata, which this provider does not take', { metadata: {} }, 'metadata'],
    ['an order', { order: 'order_1' }, 'order'],
    ['expect that is null', { expect: null }, 'expect'],
    ['expect that is money', { expect: money('USD', 0n) }, 'expect.refunded'],
    ['expect of nothing', { expect: {} }, 'expect.refunded'],
    ['expect of null', { expect: { refunded: null } }, 'expect.refunded'],
    ['expect of a number', { expect: { refunded: 0 } }, 'expect.refunded'],
    ['expect of a number of minor units', { expect: { refunded: { currency: 'USD', minor: 0 } } }, 'expect.refunded'],
    [
      'expect of what this provider does not show',
      { expect: { refunded: money('USD', 0n), refundable: money('USD', 0n) } },
      'expect.refundable',
    ],
    ['expect in another currency than the amount', { expect: { refunded: money('EUR', 0n) } }, 'expect.refunded'],
  ])('%s', async (_, changes, field) => {
    const server = await serve(payment(0, { currency_code: 'eur' }), accept);
    const journal = textJournal();
    const outcome = await connect(server.url, { journal }).refund(untyped({ ...REQUEST, ...changes }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'invalid_request' }, sent: false });
    expect(outcome.kind === 'refused' && outcome.error.fields.map((fault) => fault.field)).toContain(field);
    expect(outcome.kind === 'refused' && outcome.error.message).toContain(field);
    expect(journal.begun).toEqual([]);
    expect(server.seen).toEqual([]);
  });
});

describe('medusa: what an accepted answer says', () => {
  test.each<[string, object, object]>([
    ['a note', { note: 'torn' }, { note: 'torn' }],
    ['a reason that is not documented', { reason: 'goodwill' }, { reason: 'goodwill' }],
    ['no payment', { payment_id: null }, { payment: undefined }],
    [
      'nothing that is optional',
      { reason: undefined, created_at: undefined },
      {
        reason: undefined,
        createdAt: undefined,
      },
    ],
    ['a status of its own', { status: 'failed' }, {}],
    // Told for information only: what cannot be read is left out, and is in raw.
    ['a date that is none', { created_at: 'yesterday' }, { createdAt: undefined }],
    ['a date that is a number', { created_at: 1772600767 }, { createdAt: undefined }],
    ['an empty note', { note: '' }, {}],
    ['a note that is a list', { note: ['torn'] }, {}],
    ['an empty reason', { reason: '' }, { reason: undefined }],
  ])('%s: pending', async (_, changes, refund) => {
    const raw = answering(changes);
    const server = await serve(json(200, raw));
    const outcome = await connect(server.url).refund(REQUEST);
    expect(server.seen).toEqual([posted()]);
    expect(outcome.kind).toBe('accepted');
    if (outcome.kind === 'accepted') expect(plain(outcome.refund)).toEqual(plain({ ...REFUND, ...refund, raw }));
  });

  test.each([
    ['1251', 1251n],
    ['1249', 1249n],
    ['125000', 125_000n],
    ['-1250', -1250n],
    ['0', 0n],
    ['1250.0', undefined],
    ['12.50', undefined],
    ['1.25e3', undefined],
    ['1e99', undefined],
    ['"1250"', undefined],
    ['null', undefined],
    ['true', undefined],
    ['[1250]', undefined],
  ])('another amount, %s, is not taken for the one asked for', async (token, minor) => {
    const server = await serve(json(200, amounting(token)));
    const client = connect(server.url);
    const outcome = await client.refund(REQUEST);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: {
        kind: minor === undefined ? 'malformed_answer' : 'contract_violation',
        next: 'reconcile',
        moneyMoved: 'unknown',
        httpStatus: 200,
        raw: expect.anything(),
      },
    });
    if (outcome.kind !== 'unknown') return;
    expect(outcome.refund?.money.minor).toBe(minor);
    expect(outcome.error.fields.map(({ field }) => field)).toEqual(minor === undefined ? [] : ['amount']);
    expect(await client.refund(REQUEST)).toMatchObject({ error: { kind: 'unresolved_attempt' } });
    expect(server.seen).toEqual([posted()]);
  });

  test('a rounded amount above 2^53 is another amount', async () => {
    const server = await serve(json(200, amounting('9007199254740992')));
    const amount = partial(money('USD', 9_007_199_254_740_993n));
    const outcome = await connect(server.url).refund({ ...REQUEST, amount });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'contract_violation' } });
  });

  test('another payment is told, with the refund that was made', async () => {
    const raw = answering({ payment_id: 'pay_2' });
    const server = await serve(json(200, raw));
    const outcome = await connect(server.url).refund(REQUEST);
    expect(plain(outcome)).toMatchObject({
      kind: 'unknown',
      error: {
        kind: 'contract_violation',
        message: 'the provider answered for something else than was asked: payment is pay_2, not pay_1',
        next: 'reconcile',
        fields: [{ field: 'payment', message: 'is pay_2, not pay_1' }],
        raw,
      },
      refund: { ...REFUND, payment: 'pay_2', raw },
    });
    expect(server.seen).toEqual([posted()]);
  });

  test.each<[string, unknown]>([
    ['no envelope', ANSWER.refund],
    ['an empty envelope', { refund: {} }],
    ['an envelope that is null', { refund: null }],
    ['a list in the envelope', { refund: [ANSWER.refund] }],
    ['no id', answering({ id: undefined })],
    ['an id that is a fraction', answering({ id: 1.5 })],
    ['no amount', answering({ amount: undefined })],
    ['a payment that is a number', answering({ payment_id: 1 })],
    ['an empty payment', answering({ payment_id: '' })],
  ])('%s cannot be read', async (_, body) => {
    const server = await serve(json(200, body));
    const outcome = await connect(server.url).refund(REQUEST);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', httpStatus: 200 } });
    expect(server.seen).toEqual([posted()]);
  });

  test.each([
    ['amount', '"amount":1250,', '"amount":1250,"amount":1250,'],
    ['payment_id', '"payment_id":"pay_1",', '"payment_id":"pay_2","payment_id":"pay_1",'],
    ['refund', '{"refund":', '{"refund":{},"refund":'],
  ])('%s twice cannot be read', async (_, once, twice) => {
    const server = await serve(json(200, JSON.stringify(ANSWER).replace(once, twice)));
    const outcome = await connect(server.url).refund(REQUEST);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', httpStatus: 200 } });
    expect(server.seen).toEqual([posted()]);
  });
});

describe('medusa: what an error says', () => {
  test.each<[string, Reply, object]>([
    [
      'nobody is logged in',
      text(401, 'Unauthorized'),
      {
        kind: 'authentication',
        message: 'the provider refused with HTTP 401: Unauthorized',
        next: 'correct_credentials',
        httpStatus: 401,
        raw: 'Unauthorized',
      },
    ],
    [
      'not allowed',
      json(400, { type: 'not_allowed', message: 'Payment is not captured' }),
      {
        kind: 'not_refundable',
        message: 'the provider refused with HTTP 400: Payment is not captured',
        next: 'correct_request',
        httpStatus: 400,
        code: 'not_allowed',
        raw: { type: 'not_allowed', message: 'Payment is not captured' },
      },
    ],
    [
      'invalid data',
      json(400, { type: 'invalid_data', code: 'x', message: 'amount must be an integer' }),
      {
        kind: 'invalid_request',
        message: 'the provider refused with HTTP 400: amount must be an integer',
        next: 'correct_request',
        httpStatus: 400,
        code: 'invalid_data',
        raw: { type: 'invalid_data', code: 'x', message: 'amount must be an integer' },
      },
    ],
    [
      'several errors',
      json(400, { message: 'Several.', errors: [{ type: 'not_allowed', message: 'a' }, { type: 'invalid_data' }] }),
      {
        kind: 'not_refundable',
        message: 'the provider refused with HTTP 400: Several.',
        next: 'correct_request',
        httpStatus: 400,
        code: 'not_allowed',
        raw: { message: 'Several.', errors: [{ type: 'not_allowed', message: 'a' }, { type: 'invalid_data' }] },
      },
    ],
    [
      'no errors among several',
      json(400, { errors: [] }),
      {
        kind: 'invalid_request',
        message: 'the provider refused with HTTP 400',
        next: 'correct_request',
        httpStatus: 400,
        raw: { errors: [] },
      },
    ],
    [
      'a code only',
      json(400, { code: 'invalid_request_error', message: 'no' }),
      {
        kind: 'invalid_request',
        message: 'the provider refused with HTTP 400: no',
        next: 'correct_request',
        httpStatus: 400,
        code: 'invalid_request_error',
        raw: { code: 'invalid_request_error', message: 'no' },
      },
    ],
    [
      'a code named like a method',
      json(400, { type: 'constructor' }),
      {
        kind: 'invalid_request',
        message: 'the provider refused with HTTP 400',
        next: 'correct_request',
        httpStatus: 400,
        code: 'constructor',
        raw: { type: 'constructor' },
      },
    ],
    [
      'no such payment',
      json(404, { type: 'not_found', message: 'Payment was not found' }),
      {
        kind: 'not_found',
        message: 'the provider refused with HTTP 404: Payment was not found',
        next: 'correct_request',
        httpStatus: 404,
        code: 'not_found',
        raw: { type: 'not_found', message: 'Payment was not found' },
      },
    ],
  ])('%s: no money moved, and it may be sent again', async (_, reply, error) => {
    const server = await serve(reply, accept);
    const client = connect(server.url);
    expect(plain(await client.refund(REQUEST))).toEqual({
      kind: 'refused',
      error: { moneyMoved: 'no', fields: [], ...error },
      sent: true,
      recorded: true,
    });
    expect(server.seen).toEqual([posted()]);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted' });
    expect(server.seen).toEqual([posted(), posted()]);
  });

  test.each([
    [409, { code: 'invalid_state_error', message: 'Conflicting' }, 'ambiguous_answer', 'invalid_state_error'],
    [409, { type: 'not_allowed', message: 'no' }, 'ambiguous_answer', 'not_allowed'],
    [409, {}, 'ambiguous_answer', undefined],
    [422, { type: 'duplicate_error', message: 'exists' }, 'ambiguous_answer', 'duplicate_error'],
    [422, {}, 'ambiguous_answer', undefined],
    [
      500,
      { type: 'unexpected_state', message: 'timeout of the payment provider' },
      'provider_error',
      'unexpected_state',
    ],
    [500, { type: 'not_allowed', message: 'no' }, 'provider_error', 'not_allowed'],
    [503, {}, 'provider_error', undefined],
  ])('HTTP %d with %j: nobody knows', async (httpStatus, body, kind, code) => {
    const server = await serve(json(httpStatus, body), accept);
    const client = connect(server.url);
    const outcome = await client.refund(REQUEST);
    const answered = code === undefined ? { httpStatus } : { httpStatus, code };
    expect(plain(outcome)).toMatchObject({
      kind: 'unknown',
      error: { kind, next: 'reconcile', moneyMoved: 'unknown', ...answered, raw: body },
      recorded: true,
    });
    expect(attemptOf(outcome).answered).toEqual(answered);
    expect(await client.refund(REQUEST)).toMatchObject({ error: { kind: 'unresolved_attempt', next: 'reconcile' } });
    expect(server.seen).toEqual([posted()]);
  });
});

const EXPECTING: MedusaRefundRequest = { ...REQUEST, expect: { refunded: money('USD', 500n) } };

describe('medusa: what the caller expects of the payment', () => {
  test('is read first, and then refunded', async () => {
    const server = await serve(payment(500), accept);
    const journal = textJournal();
    const events: string[] = [];
    const hooks = { onRequest: ({ operation }: { readonly operation: string }) => events.push(operation) };
    const outcome = await connect(server.url, { journal, hooks }).refund(EXPECTING);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      attempt: { before: { currency: 'USD', minor: '500' } },
    });
    expect(server.seen).toEqual([got(), posted()]);
    expect(events).toEqual(['getPaymentsPayment', 'postPaymentsPaymentRefunds']);
    // What was before is recorded before anything is sent, and not before it was seen.
    expect(journal.begun.map(({ attempt }) => attempt.before)).toEqual([undefined]);
    const before = { currency: 'USD', minor: '500' };
    expect(journal.recorded).toMatchObject([
      { state: 'open', attempt: { before } },
      { state: 'accepted', attempt: { before } },
    ]);
  });

  test('is recorded when it is sent', async () => {
    const journal = textJournal();
    const entries: (readonly JournalEntry[])[] = [];
    const server = await serve(payment(500), accept);
    const fetch: typeof globalThis.fetch = async (input, init) => {
      entries.push(await journal.ofPayment('medusa', 'pay_1'));
      return globalThis.fetch(input, init);
    };
    await connect(server.url, { journal, fetch }).refund(EXPECTING);
    const before = { currency: 'USD', minor: '500' };
    expect(entries).toMatchObject([[{ state: 'open' }], [{ state: 'open', attempt: { before } }]]);
    expect(entries[0]?.[0]?.attempt).not.toHaveProperty('before');
  });

  test.each<[string, RefundJournal['replace']]>([
    ['cannot record', () => Promise.reject(new Error('database is down'))],
    ['says that the attempt has been replaced', () => Promise.resolve(false)],
    ['hangs', hang],
  ])('where the journal %s it, nothing is sent', async (_, replace) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const server = await serve(payment(500), accept);
      const outcome = await connect(server.url, { journal: journalWith({ replace }) }).refund(EXPECTING);
      expect(outcome).toMatchObject({
        kind: 'refused',
        error: { kind: 'not_sent', next: 'call_again', moneyMoved: 'no' },
        sent: false,
        recorded: false,
      });
      expect(server.seen).toEqual([got()]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('what was released while it was compared is not sent', async () => {
    const look = held(payment(500));
    const server = await serve(look.reply, accept);
    const journal = textJournal();
    const client = connect(server.url, { journal });
    const running = client.refund(EXPECTING);
    await look.arrived;
    const [begun] = await journal.ofPayment('medusa', 'pay_1');
    if (begun === undefined) throw new Error('not begun');
    await client.release({ ...begun.attempt, provider: 'medusa' });
    look.go();
    expect(await running).toMatchObject({ kind: 'refused', error: { kind: 'not_sent' }, sent: false });
    expect(server.seen).toEqual([got()]);
  });

  test('is what it was at the time of the call, whatever the caller does with it afterwards', async () => {
    const server = await serve(payment(600), accept);
    const request: MedusaRefundRequest = { ...EXPECTING };
    const refunding = connect(server.url).refund(request);
    Object.assign(request, { expect: undefined });
    expect(await refunding).toMatchObject({ kind: 'refused', error: { kind: 'expectation_failed' } });
    expect(server.seen).toEqual([got()]);
  });

  test('is read of the payment whose id has to be encoded', async () => {
    const server = await serve(payment(500, { id: 'a/b' }), json(200, answering({ payment_id: 'a/b' })));
    expect(await connect(server.url).refund({ ...EXPECTING, payment: 'a/b' })).toMatchObject({ kind: 'accepted' });
    expect(server.seen).toEqual([got('a%2Fb'), posted(WRITTEN, AUTH, 'a%2Fb')]);
  });

  test.each<[string, Reply, string]>([
    ['more is refunded', payment(501), '5.01 USD'],
    ['less is refunded', payment(499), '4.99 USD'],
    ['nothing is refunded', payment(0), '0.00 USD'],
    ['it is in another currency', payment(500, { currency_code: 'eur' }), '5.00 EUR'],
    ['it is in a currency without decimals', payment(500, { currency_code: 'jpy' }), '500 JPY'],
  ])('%s: nothing is sent', async (_, reply, shown) => {
    const server = await serve(reply, payment(500), accept);
    const journal = textJournal();
    const client = connect(server.url, { journal });
    const outcome = await client.refund(EXPECTING);
    const message = `is 5.00 USD, but the payment shows refunded ${shown}`;
    expect(plain(outcome)).toEqual({
      kind: 'refused',
      error: {
        kind: 'expectation_failed',
        message: `nothing was sent: expect.refunded ${message}`,
        next: 'correct_request',
        moneyMoved: 'no',
        fields: [{ field: 'expect.refunded', message }],
      },
      sent: false,
      recorded: true,
    });
    expect(server.seen).toEqual([got()]);
    expect(journal.recorded).toMatchObject([{ state: 'refused' }]);
    expect(await client.refund(EXPECTING)).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(server.seen).toEqual([got(), got(), posted()]);
  });

  test('may be corrected with the same refundRef', async () => {
    const server = await serve(payment(700), payment(700), accept);
    const client = connect(server.url);
    expect(await client.refund(EXPECTING)).toMatchObject({ error: { kind: 'expectation_failed' } });
    const outcome = await client.refund({ ...EXPECTING, expect: { refunded: money('USD', 700n) } });
    expect(outcome).toMatchObject({ kind: 'accepted', attempt: { before: { currency: 'USD', minor: '700' } } });
    expect(server.seen).toEqual([got(), got(), posted()]);
  });

  const UNREADABLE: readonly (readonly [name: string, reply: Reply, error: object])[] = [
    ['401', text(401, 'Unauthorized'), { next: 'correct_credentials', httpStatus: 401 }],
    ['403', json(403, {}), { next: 'correct_credentials', httpStatus: 403 }],
    ['404', json(404, { type: 'not_found' }), { next: 'correct_request', httpStatus: 404, code: 'not_found' }],
    ['400', json(400, { type: 'invalid_data' }), { next: 'call_again', httpStatus: 400, code: 'invalid_data' }],
    ['429', json(429, {}), { next: 'call_again', httpStatus: 429 }],
    ['500', json(500, { code: 'down' }), { next: 'call_again', httpStatus: 500, code: 'down' }],
    ['503', text(503, 'down'), { next: 'call_again', httpStatus: 503 }],
    ['a redirect', json(302, {}, { location: '/admin/payments/pay_2' }), { next: 'call_again', httpStatus: 302 }],
    ...(
      [
        ['HTML', htmlOk],
        ['a closed socket', closeAfterReading],
        ['an answer that is cut off', truncated(200, { payment: { amount_refunded: 500, currency_code: 'usd' } })],
        ['half a JSON', halfJson(200, { payment: { amount_refunded: 500, currency_code: 'usd' } })],
        ['no envelope', json(200, { id: 'pay_1', amount_refunded: 500, currency_code: 'usd' })],
        ['no total', payment(500, { amount_refunded: undefined })],
        ['a total that is null', payment(500, { amount_refunded: null })],
        ['a total that is a text', payment(500, { amount_refunded: '500' })],
        ['a total with a fraction', payment(500, { amount_refunded: 500.5 })],
        ['no currency', payment(500, { currency_code: undefined })],
        ['a currency that there is not', payment(500, { currency_code: 'abc' })],
        ['a currency whose decimals nobody knows', payment(500, { currency_code: 'bhd' })],
        [
          'a total twice',
          json(200, '{"payment":{"id":"pay_1","amount_refunded":500,"amount_refunded":500,"currency_code":"usd"}}'),
        ],
        ['another payment', payment(500, { id: 'pay_2' })],
        ['a payment in another case', payment(500, { id: 'PAY_1' })],
        ['a payment without an id', payment(500, { id: undefined })],
      ] satisfies [string, Reply][]
    ).map(([name, reply]) => [name, reply, { next: 'call_again' }] as const),
  ];

  test.each(UNREADABLE)(
    '%s instead of the payment: nothing is sent, and the refundRef is free',
    async (_, reply, error) => {
      const server = await serve(reply, payment(500), accept);
      const client = connect(server.url);
      expect(await client.refund(EXPECTING)).toMatchObject({
        kind: 'refused',
        error: { kind: 'not_sent', moneyMoved: 'no', fields: [], ...error },
        sent: false,
        recorded: true,
      });
      expect(server.seen).toEqual([got()]);
      expect(await client.refund(EXPECTING)).toMatchObject({ kind: 'accepted' });
      expect(server.seen).toEqual([got(), got(), posted()]);
    },
  );

  test('a payment whose id is a UUID in another case is the same payment', async () => {
    const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    const upper = id.toUpperCase();
    const server = await serve(payment(500, { id: upper }), json(200, answering({ payment_id: upper })));
    expect(await connect(server.url).refund({ ...EXPECTING, payment: id })).toMatchObject({ kind: 'accepted' });
  });

  test('an abort while it is read: nothing is sent', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort(), accept);
    const outcome = await connect(server.url).refund(EXPECTING, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'not_sent' }, sent: false });
    expect(server.seen).toEqual([got()]);
  });

  test('is not read again where the refund was accepted', async () => {
    const server = await serve(payment(500), accept);
    const client = connect(server.url);
    await client.refund(EXPECTING);
    expect(await client.refund(EXPECTING)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(server.seen).toEqual([got(), posted()]);
  });

  test('is not read where an earlier attempt is not resolved', async () => {
    const server = await serve(payment(500), closeAfterReading);
    const client = connect(server.url);
    await client.refund(EXPECTING);
    expect(await client.refund(EXPECTING)).toMatchObject({ error: { kind: 'unresolved_attempt' } });
    expect(server.seen).toEqual([got(), posted()]);
  });

  test('counts as what was before only once it has been read', async () => {
    const first = held(payment(1750));
    const server = await serve(first.reply, payment(1750));
    const client = connect(server.url);
    const running = client.refund(EXPECTING);
    await first.arrived;
    // The same refund at the same time. Of the payment, 17.50 USD are refunded already: 12.50 more than is expected.
    const reconciled = await client.reconcile(attemptOf(await client.refund(EXPECTING)));
    first.go();
    expect(await running).toMatchObject({ kind: 'refused', error: { kind: 'expectation_failed' } });
    expect(server.seen).toEqual([got(), got()]);
    expect(reconciled.verdict).toBe('still_unknown');
  });
});

describe('medusa: reconcile', () => {
  /** An attempt to refund 12.50 USD of which nobody knows, and the server that shows `then` after it. */
  async function unknown(
    request: MedusaRefundRequest,
    then: Reply,
  ): Promise<{ readonly client: MedusaClient; readonly attempt: RefundAttempt<'medusa'>; readonly server: Loopback }> {
    const before = request.expect === undefined ? [] : [payment(500)];
    const [first = closeAfterReading, ...rest] = [...before, closeAfterReading, then];
    const server = await serve(first, ...rest);
    const client = connect(server.url);
    return { client, attempt: attemptOf(await client.refund(request)), server };
  }

  const seen = [got(), posted(), got()];
  const before = { currency: 'USD', minor: '500', included: [] };

  test('the total has moved by exactly the amount: happened', async () => {
    const { client, attempt, server } = await unknown(EXPECTING, payment(1750));
    expect(plain(await client.reconcile(attempt))).toEqual({
      verdict: 'happened',
      evidence: { measure: 'refunded', before, now: { currency: 'USD', amount: '17.50' }, pending: false },
    });
    expect(server.seen).toEqual(seen);
    // It has happened: it is not sent again.
    expect(await client.refund(EXPECTING)).not.toMatchObject({ kind: 'refused' });
    expect(server.seen).toEqual(seen);
  });

  test('a total above 2^53 is compared exactly', async () => {
    const total = '{"payment":{"id":"pay_1","amount_refunded":9007199254740993,"currency_code":"usd"}}';
    const amount = partial(money('USD', 9_007_199_254_740_493n));
    const exact = await unknown({ ...EXPECTING, amount }, json(200, total));
    expect(await exact.client.reconcile(exact.attempt)).toMatchObject({ verdict: 'happened' });
    const rounded = await unknown({ ...EXPECTING, amount }, json(200, total.replace('993', '992')));
    expect(await rounded.client.reconcile(rounded.attempt)).toMatchObject({ verdict: 'still_unknown' });
  });

  test.each<[string, Reply, object]>([
    ['has not moved', payment(500), { currency: 'USD', amount: '5.00' }],
    ['has moved by less', payment(1749), { currency: 'USD', amount: '17.49' }],
    ['has moved by more', payment(1751), { currency: 'USD', amount: '17.51' }],
    ['has moved by twice the amount', payment(3000), { currency: 'USD', amount: '30.00' }],
    ['has gone back', payment(0), { currency: 'USD', amount: '0.00' }],
    ['has gone back by the amount', payment(-750), { currency: 'USD', amount: '-7.50' }],
    ['is in another currency', payment(1750, { currency_code: 'eur' }), { currency: 'EUR', amount: '17.50' }],
  ])('the total %s: still unknown', async (_, reply, now) => {
    const { client, attempt, server } = await unknown(EXPECTING, reply);
    expect(plain(await client.reconcile(attempt))).toEqual({
      verdict: 'still_unknown',
      why: expect.any(String),
      next: 'ask_provider',
      evidence: { measure: 'refunded', before, now, pending: false },
    });
    expect(server.seen).toEqual(seen);
    expect(await client.refund(EXPECTING)).toMatchObject({ error: { kind: 'unresolved_attempt' } });
    expect(server.seen).toEqual(seen);
  });

  test('nobody has said what was before: still unknown, whatever the total is', async () => {
    const { client, attempt, server } = await unknown(REQUEST, payment(1250));
    expect(plain(await client.reconcile(attempt))).toEqual({
      verdict: 'still_unknown',
      why: expect.stringContaining('expect'),
      next: 'ask_provider',
      evidence: { measure: 'refunded', now: { currency: 'USD', amount: '12.50' }, pending: false },
    });
    expect(server.seen).toEqual([posted(), got()]);
  });

  test.each<[string, Reply, object]>([
    ['401', text(401, 'Unauthorized'), { kind: 'authentication', httpStatus: 401, raw: 'Unauthorized' }],
    ['403', json(403, {}), { kind: 'permission', httpStatus: 403 }],
    ['404', json(404, { type: 'not_found' }), { kind: 'not_found', httpStatus: 404, code: 'not_found' }],
    ['410', json(410, {}), { kind: 'not_found', httpStatus: 410 }],
    ['400', json(400, { type: 'invalid_data' }), { kind: 'invalid_request', httpStatus: 400, code: 'invalid_data' }],
    ['429', json(429, {}, { 'retry-after': '1' }), { kind: 'unavailable', httpStatus: 429 }],
    ['500', json(500, {}), { kind: 'unavailable', httpStatus: 500 }],
    ['503', text(503, 'down'), { kind: 'unavailable', httpStatus: 503 }],
    ['a redirect', json(302, {}, { location: '/' }), { kind: 'unavailable', httpStatus: 302 }],
    ['a closed socket', closeAfterReading, { kind: 'unavailable' }],
    ['an answer that is cut off', truncated(200, { payment: {} }), { kind: 'unavailable' }],
    ['HTML', htmlOk, { kind: 'malformed_answer', httpStatus: 200 }],
    ['half a JSON', halfJson(200, { payment: {} }), { kind: 'malformed_answer', httpStatus: 200 }],
    ['no total', payment(0, { amount_refunded: undefined }), { kind: 'malformed_answer', httpStatus: 200 }],
    ['a total that is a text', payment(0, { amount_refunded: '1750' }), { kind: 'malformed_answer', httpStatus: 200 }],
    ['decimals that nobody knows', payment(1750, { currency_code: 'kwd' }), { kind: 'malformed_answer' }],
    [
      'a total twice',
      json(200, '{"payment":{"amount_refunded":1750,"amount_refunded":1750,"currency_code":"usd"}}'),
      { kind: 'malformed_answer', httpStatus: 200 },
    ],
  ])('%s instead of the payment: still unknown', async (_, reply, error) => {
    const { client, attempt, server } = await unknown(EXPECTING, reply);
    const reconciled = await client.reconcile(attempt);
    expect(reconciled).toMatchObject({ verdict: 'still_unknown', next: 'reconcile', error });
    expect(reconciled.evidence).toBeUndefined();
    expect(server.seen).toEqual(seen);
  });

  test('another payment than was asked for: still unknown', async () => {
    const { client, attempt, server } = await unknown(EXPECTING, payment(1750, { id: 'pay_2' }));
    const reconciled = await client.reconcile(attempt);
    expect(reconciled).toMatchObject({ verdict: 'still_unknown', error: { kind: 'malformed_answer' } });
    expect(reconciled).not.toHaveProperty('evidence');
    expect(server.seen).toEqual(seen);
  });

  // Casts: what a caller without types may give.
  test.each<[string, unknown]>([
    ['an option that there is not', { timeout: 5 }],
    ['a timeout of 0', { timeoutMs: 0 }],
    ['a signal that is none', { signal: {} }],
  ])('%s: still unknown, and nothing is sent', async (_, call) => {
    const { client, attempt, server } = await unknown(EXPECTING, payment(1750));
    expect(await client.reconcile(attempt, call as MedusaCall)).toMatchObject({
      verdict: 'still_unknown',
      error: { kind: 'invalid_request' },
    });
    expect(server.seen).toEqual(seen.slice(0, 2));
  });

  describe('where there are other attempts', () => {
    const later = '2999-01-01T00:00:00.000Z';
    const earlier = '2000-01-01T00:00:00.000Z';

    /** Reconciles beside other entries of the journal. The total has moved by exactly the amount. */
    async function beside(state: JournalEntry['state'], changes: Partial<RefundAttempt>): Promise<string> {
      const journal = textJournal();
      const server = await serve(payment(500), closeAfterReading, payment(1750));
      const client = connect(server.url, { journal });
      const attempt = attemptOf(await client.refund(EXPECTING));
      const other = { ...attempt, refundRef: 'order-0', attemptId: crypto.randomUUID(), ...changes };
      await journal.begin({ attempt: other, state });
      const { verdict, ...rest } = await client.reconcile(attempt);
      if (verdict === 'still_unknown') expect(rest).toMatchObject({ why: expect.stringContaining('order-0') });
      expect(rest).toMatchObject({ evidence: { now: { minor: 1750n } } });
      return verdict;
    }

    test.each<[JournalEntry['state'], string, Partial<RefundAttempt>, string]>([
      ['open', 'begun before', { startedAt: earlier }, 'still_unknown'],
      ['open', 'begun after', { startedAt: later }, 'still_unknown'],
      ['unknown', 'begun before', { startedAt: earlier }, 'still_unknown'],
      ['unknown', 'begun after', { startedAt: later }, 'still_unknown'],
      ['unknown', 'of another amount', { amount: { currency: 'USD', minor: '1' } }, 'still_unknown'],
      ['accepted', 'begun at the same time', {}, 'still_unknown'],
      ['accepted', 'begun after', { startedAt: later }, 'still_unknown'],
      ['accepted', 'begun before, and accepted since', { startedAt: earlier }, 'still_unknown'],
      ['refused', 'begun after', { startedAt: later }, 'happened'],
      ['unknown', 'of another payment', { payment: 'pay_2' }, 'happened'],
      ['unknown', 'of another provider', { provider: 'chip' }, 'happened'],
    ])('one that is %s and %s', async (state, _, changes, verdict) => {
      expect(await beside(state, changes)).toBe(verdict);
    });

    test('the total may be moved by another refund: still unknown', async () => {
      const server = await serve(payment(500), closeAfterReading, accept, payment(1750));
      const client = connect(server.url);
      const attempt = attemptOf(await client.refund(EXPECTING));
      expect(await client.refund({ ...REQUEST, refundRef: 'order-2' })).toMatchObject({ kind: 'accepted' });
      expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown', next: 'ask_provider' });
    });

    // It began before, but was accepted after the payment had been compared: the total is its work.
    test('the total may be moved by a refund that was under way when the payment was compared', async () => {
      const first = held(accept);
      const server = await serve(first.reply, payment(500), closeAfterReading, payment(1750));
      const client = connect(server.url);
      const running = client.refund({ ...REQUEST, refundRef: 'order-0' });
      await first.arrived;
      // Another millisecond than that of the first.
      await new Promise((resolve) => setTimeout(resolve, 5));
      const attempt = attemptOf(await client.refund(EXPECTING));
      first.go();
      expect(await running).toMatchObject({ kind: 'accepted' });
      expect(await client.reconcile(attempt)).toMatchObject({ verdict: 'still_unknown' });
    });

    test('a stale attempt is not proved by a newer one with its refundRef', async () => {
      const server = await serve(payment(500), closeAfterReading, payment(500), accept, payment(1750));
      const client = connect(server.url);
      const stale = attemptOf(await client.refund(EXPECTING));
      await client.release(stale);
      expect(await client.refund(EXPECTING)).toMatchObject({ kind: 'accepted', source: 'answer' });
      expect(await client.reconcile(stale)).toMatchObject({ verdict: 'still_unknown' });
      expect(await client.refund(EXPECTING)).toMatchObject({ kind: 'accepted', source: 'journal' });
    });

    test('the journal cannot tell: still unknown', async () => {
      const server = await serve(payment(500), closeAfterReading, payment(1750));
      const failures: readonly RefundJournal['ofPayment'][] = [
        () => Promise.reject(new Error('database is down')),
        () => {
          throw new Error('database is down');
        },
      ];
      const attempt = attemptOf(await connect(server.url).refund(EXPECTING));
      for (const ofPayment of failures) {
        const client = connect(server.url, { journal: journalWith({ ofPayment }) });
        expect(await client.reconcile(attempt)).toMatchObject({
          verdict: 'still_unknown',
          why: expect.stringContaining('journal'),
          evidence: { measure: 'refunded' },
        });
      }
    });
  });

  test('nobody listens: still unknown', async () => {
    const { attempt } = await unknown(EXPECTING, accept);
    expect(await connect(NOBODY).reconcile(attempt)).toMatchObject({
      verdict: 'still_unknown',
      error: { kind: 'unavailable' },
    });
  });

  test('an abort: still unknown', async () => {
    const { client, attempt, server } = await unknown(EXPECTING, payment(1750));
    const reconciled = await client.reconcile(attempt, { signal: AbortSignal.abort() });
    expect(reconciled).toMatchObject({ verdict: 'still_unknown', error: { kind: 'unavailable' } });
    expect(server.seen).toEqual(seen.slice(0, 2));
  });

  test('an amount of another currency than the payment has: still unknown', async () => {
    const { client, attempt } = await unknown(EXPECTING, payment(1750));
    const other = { ...attempt, amount: { currency: 'JPY', minor: '1250' } };
    expect(await client.reconcile(other)).toMatchObject({ verdict: 'still_unknown' });
  });

  test('an attempt of another provider is not taken', async () => {
    const { client, attempt, server } = await unknown(EXPECTING, payment(1750));
    // A cast: what storage may give.
    const other = { ...attempt, provider: 'piriod' } as unknown as RefundAttempt<'medusa'>;
    await expect(client.reconcile(other)).rejects.toThrow(TypeError);
    expect(server.seen).toEqual(seen.slice(0, 2));
  });

  test('twice is no more than once', async () => {
    const { client, attempt } = await unknown(EXPECTING, payment(1750));
    const first = await client.reconcile(attempt);
    expect(plain(await client.reconcile(attempt))).toEqual(plain(first));
  });
});

describe('medusa: native', () => {
  const path = { id: 'a/b' };

  test('sends one request as the spec has it, each time', async () => {
    const server = await serve(accept);
    const { native } = connect(server.url);
    const expected = { status: 200, httpStatus: 200, body: ANSWER };
    expect(await native.postPaymentsPaymentRefunds({ path, body: BODY })).toEqual(expected);
    expect(await native.postPaymentsPaymentRefunds({ path, body: BODY })).toEqual(expected);
    expect(await native.getPaymentsPayment({ path })).toEqual(expected);
    expect(server.seen).toEqual([posted(WRITTEN, AUTH, 'a%2Fb'), posted(WRITTEN, AUTH, 'a%2Fb'), got('a%2Fb')]);
  });

  test('the answer is told apart by its status', async () => {
    const server = await serve(text(401, 'Unauthorized'));
    const answer = await connect(server.url).native.postPaymentsPaymentRefunds({ path, body: BODY });
    expectTypeOf(answer).toEqualTypeOf<MedusaPostPaymentsPaymentRefundsAnswer>();
    switch (answer.status) {
      case 200:
        expectTypeOf(answer.body.refund.amount).toEqualTypeOf<number>();
        break;
      case 401:
        expectTypeOf(answer.body).toEqualTypeOf<string>();
        break;
      case 400:
      case 404:
      case 409:
      case 422:
      case 500:
        expectTypeOf(answer.body.message).toEqualTypeOf<string | undefined>();
        break;
      case 'undeclared':
        expectTypeOf(answer.body).toEqualTypeOf<unknown>();
    }
    expect(answer).toEqual({ status: 401, httpStatus: 401, body: 'Unauthorized' });
  });

  test.each([400, 404, 409, 422, 500])('%d is declared', async (status) => {
    const server = await serve(json(status, { type: 'no' }));
    const answer = await connect(server.url).native.postPaymentsPaymentRefunds({ path, body: BODY });
    expect(answer).toEqual({ status, httpStatus: status, body: { type: 'no' } });
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['another status', json(403, { type: 'no' }), 403, '{"type":"no"}'],
    ['a redirect', json(302, {}, { location: '/' }), 302, '{}'],
    ['the declared status as HTML', htmlOk, 200, '<html><body>OK</body></html>'],
    ['JSON where text is declared', json(401, {}), 401, '{}'],
    ['half a JSON', json(200, '{"refund":'), 200, '{"refund":'],
  ])('%s is undeclared', async (_, reply, httpStatus, body) => {
    const server = await serve(reply);
    const answer = await connect(server.url).native.postPaymentsPaymentRefunds({ path, body: BODY });
    expect(answer).toEqual({ status: 'undeclared', httpStatus, body });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, unknown, string[]]>([
    ['no path', { body: BODY }, ['path.id']],
    ['an empty id', { path: { id: '' }, body: BODY }, ['path.id']],
    ['the id ".."', { path: { id: '..' }, body: BODY }, ['path.id']],
    ['an id that is a number', { path: { id: 5 }, body: BODY }, ['path.id']],
    ['a parameter that there is not', { path: { id: 'a', other: 'b' }, body: BODY }, ['path.other']],
    ['no body', { path }, ['body']],
    ['an empty body', { path, body: {} }, ['body.amount', 'body.reason']],
    ['an amount of zero', { path, body: { ...BODY, amount: 0 } }, ['body.amount']],
    ['an amount with a fraction', { path, body: { ...BODY, amount: 12.5 } }, ['body.amount']],
    ['an amount above 2^53', { path, body: { ...BODY, amount: 2 ** 53 } }, ['body.amount']],
    ['a reason that there is not', { path, body: { ...BODY, reason: 'x' } }, ['body.reason']],
  ])('throws for %s, and sends nothing', async (_, input, fields) => {
    const server = await serve(accept);
    const { native } = connect(server.url);
    // A cast: what a caller without types may give.
    const thrown = await native
      .postPaymentsPaymentRefunds(input as MedusaPostPaymentsPaymentRefundsInput)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(InvalidInputError);
    if (thrown instanceof InvalidInputError) expect(thrown.fields.map(({ field }) => field).sort()).toEqual(fields);
    expect(server.seen).toEqual([]);
  });

  test('a read takes no body', async () => {
    const server = await serve(accept);
    // A cast: what a caller without types may give.
    const input = { path, body: {} } as MedusaGetPaymentsPaymentInput;
    await expect(connect(server.url).native.getPaymentsPayment(input)).rejects.toThrow(InvalidInputError);
    expect(server.seen).toEqual([]);
  });

  test.each([
    ['a closed socket', closeAfterReading, undefined, true, 1],
    ['nobody', accept, NOBODY, false, 0],
  ])('throws for %s, and says whether it was sent', async (_, reply, baseUrl, sent, requests) => {
    const server = await serve(reply);
    const thrown = await connect(baseUrl ?? server.url)
      .native.postPaymentsPaymentRefunds({ path, body: BODY })
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(NoAnswerError);
    expect(thrown).toMatchObject({ sent, reason: 'network' });
    expect(leaks(thrown, [TOKEN])).toEqual([]);
    expect(server.seen).toHaveLength(requests);
  });

  test('throws for an abort on the way, which may have been sent', async () => {
    const controller = new AbortController();
    const server = await serve((response, request) => {
      neverAnswer(response, request);
      controller.abort();
    });
    const thrown = await connect(server.url)
      .native.getPaymentsPayment({ path }, { signal: controller.signal })
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'NoAnswerError', sent: true, reason: 'aborted' });
    expect(server.seen).toHaveLength(1);
  });
});
