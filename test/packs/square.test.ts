import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type CallOptions,
  type ClientConfig,
  type FullRefund,
  full,
  memoryJournal,
  money,
  type PartialRefund,
  partial,
  type RefundAttempt,
} from '../../generated/index.js';
import type { AnyRefund } from '../../generated/runtime/outcome.js';
import type { Found } from '../../generated/runtime/read.js';
import {
  CLOSED,
  creates,
  generateRecognised,
  half,
  html,
  NEVER,
  type PackClient,
  type Recognised,
  SHORT,
  serversOf,
} from './recognised.js';
import type { Answer, ValidatingServer } from './validating-server.js';

interface SquareRequest {
  readonly refundRef: string;
  readonly payment: string;
  readonly amount: FullRefund | PartialRefund;
  readonly reason?: string;
  readonly paymentVersionToken?: string;
  readonly expect?: { readonly refunded: ReturnType<typeof money> };
}

interface SquareClient extends PackClient<'square', SquareRequest, AnyRefund> {
  readonly retrieve: (refundId: string, call?: CallOptions) => Promise<Found<AnyRefund>>;
  readonly reconcile: (attempt: RefundAttempt<'square'>, call?: CallOptions) => Promise<unknown>;
}

interface SquareModule {
  readonly createSquare: (
    config: ClientConfig & { readonly auth: { readonly accessToken: string }; readonly squareVersion?: string },
  ) => SquareClient;
}

const REQUEST: SquareRequest = { refundRef: 'order-77/1', payment: 'pay_1', amount: partial(money('USD', 1250n)) };

const REFUND = {
  id: 'rf_1',
  status: 'PENDING',
  amount_money: { amount: 1250, currency: 'USD' },
  payment_id: 'pay_1',
  order_id: 'ord_1',
  reason: 'Damaged',
  created_at: '2026-11-20T10:00:00.000Z',
};

const JSON_TYPE = { 'content-type': 'application/json' };
const TEXT = JSON.stringify({ refund: REFUND });

const { close, serve } = serversOf('test/packs/square.yaml');
let generated: Recognised;
let square: SquareModule;

beforeAll(async () => {
  generated = await generateRecognised('square', 'test/packs/square.yaml');
  square = await generated.load<SquareModule>();
});

afterEach(close);
afterAll(() => generated?.remove());

function clientOf({ url: baseUrl }: ValidatingServer, config: Partial<ClientConfig> = {}): SquareClient {
  return square.createSquare({ auth: { accessToken: 'EAAA_1' }, baseUrl, journal: memoryJournal(), ...config });
}

async function refundWith(answer: Answer | undefined | Promise<Answer>, change: Partial<SquareRequest> = {}) {
  const server = await serve(answer);
  const client = clientOf(server, answer === NEVER ? SHORT : {});
  const request = { ...REQUEST, ...change };
  return { client, outcome: await client.refund(request), request, server };
}

function ok(change: Partial<typeof REFUND> | { readonly payment_id: null }, errors?: readonly object[]): Answer {
  return { status: 200, body: { refund: { ...REFUND, ...change }, ...(errors && { errors }) } };
}

function failed(status: number, code: string, more: object = {}): Answer {
  return { status, body: { errors: [{ category: 'REFUND_ERROR', code, detail: 'Says Square', ...more }] } };
}

describe('what is generated', () => {
  test('is as it was', async () => {
    await expect(generated.client).toMatchFileSnapshot('square.client.ts.snap');
  });

  test('type-checks in the strictest settings', () => {
    expect(generated.faults()).toEqual([]);
  });

  test('comes out of a Swagger 2.0 document of Square, too', async () => {
    const twin = await generateRecognised('square', 'test/packs/square.swagger.yaml');
    try {
      expect(twin.faults()).toEqual([]);
      expect(twin.client).toContain("idempotency_key: { kind: 'string', minLength: 1, maxLength: 45 }");
      const rules = /answers: \{\n {4}accepted[\s\S]*?kinds: \{[\s\S]*?\}/;
      expect(rules.exec(twin.client)?.[0]).toBe(rules.exec(generated.client)?.[0]);
    } finally {
      await twin.remove();
    }
  });

  test('says what Square can do', async () => {
    const client = clientOf(await serve(ok({})));
    expect(client.capabilities).toEqual({
      full: false,
      partial: true,
      amountUnit: 'minor',
      exponents: 'declared',
      currencyInAnswer: true,
      statusInAnswer: true,
      reasons: ['*'],
      reasonRequired: false,
      reference: false,
      idempotency: 'undocumented',
      retrieve: true,
      expect: 'refunded',
      reconcile: 'payment',
    });
  });
});

describe('what goes over the wire', () => {
  test('a refund, byte by byte', async () => {
    const { server } = await refundWith(ok({}), { reason: 'Damaged' });
    expect(server.requests).toEqual([
      {
        method: 'POST',
        path: '/v2/refunds',
        headers: { accept: 'application/json', authorization: 'Bearer EAAA_1', 'content-type': 'application/json' },
        body:
          '{"amount_money":{"amount":1250,"currency":"USD"},"idempotency_key":"order-77/1","payment_id":"pay_1",' +
          '"reason":"Damaged"}',
      },
    ]);
    expect(server.violations).toEqual([]);
  });

  test('the version of the API, where it is set', async () => {
    const server = await serve(ok({}));
    const { url: baseUrl } = server;
    const auth = { accessToken: 'EAAA_1' };
    const client = square.createSquare({ auth, baseUrl, journal: memoryJournal(), squareVersion: '2025-08-20' });
    await client.refund({ ...REQUEST, paymentVersionToken: 'v7' });
    expect(server.requests[0]?.headers).toMatchObject({ 'square-version': '2025-08-20' });
    expect(server.requests[0]?.body).toContain('"payment_version_token":"v7"');
    expect(server.violations).toEqual([]);
  });

  test.each([
    ['JPY', 1250n, '{"amount":1250,"currency":"JPY"}'],
    ['KWD', 1250n, '{"amount":1250,"currency":"KWD"}'],
    ['EUR', 9_007_199_254_740_993n, '{"amount":9007199254740993,"currency":"EUR"}'],
  ] as const)('minor units of %s', async (currency, minor, written) => {
    const { server } = await refundWith(ok({}), { amount: partial(money(currency, minor)) });
    expect(server.requests[0]?.body).toContain(`"amount_money":${written}`);
  });
});

describe('what is refused before anything is sent', () => {
  test.each<[string, Partial<SquareRequest>, string]>([
    ['a full refund', { amount: full() }, 'amount'],
    ['nothing', { amount: partial(money('USD', 0n)) }, 'amount'],
    ['less than nothing', { amount: partial(money('USD', -1n)) }, 'amount'],
    ['a currency whose decimals are not settled', { amount: partial(money('HUF', 100_000n)) }, 'amount'],
    ['a currency that Square does not list', { amount: partial(money('NGN', 1250n)) }, 'amount'],
    ['a refundRef of 46 characters', { refundRef: 'r'.repeat(46) }, 'refundRef'],
    ['an empty refundRef', { refundRef: '' }, 'refundRef'],
    ['no payment', { payment: '' }, 'payment'],
    ['a reason of 193 characters', { reason: 'r'.repeat(193) }, 'reason'],
  ])('%s', async (_, change, field) => {
    const { outcome, server } = await refundWith(ok({}), change);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', moneyMoved: 'no', fields: [{ field }] },
    });
    expect(server.requests).toEqual([]);
  });

  test('a refundRef of 45 characters is sent', async () => {
    const { server } = await refundWith(ok({}), { refundRef: 'r'.repeat(45) });
    expect(creates(server)).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });
});

describe('an answer 200', () => {
  test.each([
    ['PENDING', 'pending'],
    ['COMPLETED', 'succeeded'],
    ['REJECTED', 'failed'],
    ['FAILED', 'failed'],
    ['COMPLETE', 'unrecognized'],
    ['completed', 'unrecognized'],
  ])('%s is %s', async (rawStatus, status) => {
    const { outcome, server } = await refundWith(ok({ status: rawStatus }));
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      refund: {
        provider: 'square',
        id: 'rf_1',
        payment: 'pay_1',
        money: { currency: 'USD', minor: 1250n },
        status,
        rawStatus,
        reason: 'Damaged',
        createdAt: new Date('2026-11-20T10:00:00Z'),
      },
    });
    expect(server.violations).toEqual([]);
  });

  test('with a failed refund and errors is a failed refund, and says why', async () => {
    const errors = [{ category: 'REFUND_ERROR', code: 'REFUND_DECLINED' }];
    const { outcome } = await refundWith(ok({ status: 'FAILED' }, errors));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'failed', failure: 'REFUND_DECLINED' } });
  });

  test('with a status missing is unrecognized', async () => {
    const { status: _, ...refund } = REFUND;
    const { outcome } = await refundWith({ status: 200, body: { refund } });
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'unrecognized' } });
  });

  test('without a payment has nothing to compare it with', async () => {
    const { outcome } = await refundWith(ok({ payment_id: null }));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { id: 'rf_1', status: 'pending' } });
    expect(outcome).not.toHaveProperty('refund.payment');
  });

  test.each<[string, Partial<typeof REFUND>, string]>([
    ['payment', { payment_id: 'pay_2' }, 'payment'],
    ['amount', { amount_money: { amount: 125_000, currency: 'USD' } }, 'amount'],
    ['currency', { amount_money: { amount: 1250, currency: 'CAD' } }, 'amount'],
  ])('about another %s breaks the contract', async (_, change, field) => {
    const { outcome, server } = await refundWith(ok(change));
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', moneyMoved: 'unknown', fields: [{ field }] },
      refund: { id: 'rf_1' },
    });
    expect(creates(server)).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['errors and no refund', failed(200, 'REFUND_DECLINED')],
    ['a refund without an id', { status: 200, body: { refund: { amount_money: REFUND.amount_money } } }],
    ['a refund without an amount', { status: 200, body: { refund: { id: 'rf_1', status: 'COMPLETED' } } }],
    ['an amount with a point', { status: 200, headers: JSON_TYPE, body: TEXT.replace('1250', '1250.00') }],
    ['nothing', { status: 200, body: {} }],
    ['half of it', half(200, { refund: REFUND })],
    ['HTML', html(200)],
    ['no body', { status: 200 }],
    ['another 2xx', { status: 202, body: { refund: REFUND } }],
  ])('with %s proves nothing', async (_, answer) => {
    const { outcome, server } = await refundWith(answer);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', next: 'reconcile' } });
    expect(creates(server)).toHaveLength(1);
  });
});

describe('errors', () => {
  test.each<[number, string, string]>([
    [400, 'PAYMENT_NOT_REFUNDABLE', 'not_refundable'],
    [400, 'PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE', 'not_refundable'],
    [400, 'REFUND_ERROR_PAYMENT_NEEDS_COMPLETION', 'not_refundable'],
    [400, 'REFUND_AMOUNT_INVALID', 'amount_exceeds_refundable'],
    [400, 'VALUE_TOO_HIGH', 'invalid_request'],
    [402, 'REFUND_DECLINED', 'declined'],
    [402, 'GENERIC_DECLINE', 'declined'],
    [401, 'ACCESS_TOKEN_EXPIRED', 'authentication'],
    [403, 'INSUFFICIENT_PERMISSIONS_FOR_REFUND', 'permission'],
    [403, 'INSUFFICIENT_SCOPES', 'permission'],
    [404, 'NOT_FOUND', 'not_found'],
    [429, 'RATE_LIMITED', 'rate_limited'],
    [409, 'VERSION_MISMATCH', 'refused'],
  ])('%i %s proves that no money moved: %s', async (status, code, kind) => {
    const { outcome, server } = await refundWith(failed(status, code));
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: true,
      error: { kind, code, moneyMoved: 'no', httpStatus: status, message: expect.stringContaining('Says Square') },
    });
    expect(creates(server)).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  test('name the field as the caller does', async () => {
    const { outcome } = await refundWith(failed(400, 'VALUE_TOO_HIGH', { field: 'amount_money.amount' }));
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { fields: [{ field: 'amount', message: 'Says Square', code: 'VALUE_TOO_HIGH' }] },
    });
  });

  test.each<[number, string]>([
    ...[400, 402, 422].flatMap((status) =>
      ['CARD_TOKEN_USED', 'IDEMPOTENCY_KEY_REUSED', 'REFUND_ALREADY_PENDING', 'TEMPORARY_ERROR'].map(
        (code): [number, string] => [status, code],
      ),
    ),
    [409, 'CONFLICT'],
    [408, 'REQUEST_TIMEOUT'],
  ])('%i %s proves nothing', async (status, code) => {
    const { outcome, server } = await refundWith(failed(status, code));
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'ambiguous_answer', code, moneyMoved: 'unknown', next: 'reconcile' },
    });
    expect(creates(server)).toHaveLength(1);
  });

  test('prove nothing where any of them may be about an earlier send', async () => {
    const errors = ['REFUND_AMOUNT_INVALID', 'REFUND_ALREADY_PENDING'].map((code) => ({
      category: 'REFUND_ERROR',
      code,
    }));
    const { outcome } = await refundWith({ status: 400, body: { errors } });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous_answer' } });
  });

  test('without a code prove nothing where a code decides', async () => {
    expect((await refundWith(html(400))).outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'ambiguous_answer' },
    });
  });
});

describe('without an answer that says what happened', () => {
  test.each<[string, Answer | undefined | Promise<Answer>, string]>([
    ['500', failed(500, 'INTERNAL_SERVER_ERROR'), 'provider_error'],
    ['502 of a proxy', html(502), 'provider_error'],
    ['503', failed(503, 'SERVICE_UNAVAILABLE'), 'provider_error'],
    ['504', failed(504, 'GATEWAY_TIMEOUT'), 'provider_error'],
    ['a closed socket', CLOSED, 'network'],
    ['no answer in time', NEVER, 'timeout'],
  ])('%s is unknown, and nothing is sent again', async (_, answer, kind) => {
    const { client, outcome, request, server } = await refundWith(answer);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind, moneyMoved: 'unknown', next: 'reconcile' } });
    expect(await client.refund(request)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(creates(server)).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });
});

describe('reading', () => {
  test('a refund by its id', async () => {
    const server = await serve(ok({ status: 'COMPLETED' }));
    expect(await clientOf(server).retrieve('rf_1')).toMatchObject({
      kind: 'found',
      value: { id: 'rf_1', payment: 'pay_1', status: 'succeeded', money: { currency: 'USD', minor: 1250n } },
    });
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/v2/refunds/rf_1', body: '' }]);
    expect(server.violations).toEqual([]);
  });

  test('a refund that is not there', async () => {
    const server = await serve(failed(404, 'NOT_FOUND'));
    expect(await clientOf(server).retrieve('rf_2')).toMatchObject({ kind: 'failed', error: { kind: 'not_found' } });
  });
});

describe('what the payment shows', () => {
  const shows = (minor: number): Answer => ({
    status: 200,
    body: { payment: { id: 'pay_1', refunded_money: { amount: minor, currency: 'USD' } } },
  });
  const expecting: SquareRequest = { ...REQUEST, expect: { refunded: money('USD', 500n) } };

  test('a refund that went unanswered is found by what it has changed', async () => {
    const server = await serve(shows(500), failed(500, 'INTERNAL_SERVER_ERROR'), shows(1750));
    const client = clientOf(server);
    const outcome = await client.refund(expecting);
    if (outcome.kind !== 'unknown') return expect.fail(outcome.kind);
    expect(await client.reconcile(outcome.attempt)).toMatchObject({
      verdict: 'happened',
      evidence: { measure: 'refunded', before: { currency: 'USD', minor: '500' }, now: { minor: 1750n } },
    });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v2/payments/pay_1',
      'POST /v2/refunds',
      'GET /v2/payments/pay_1',
    ]);
    expect(server.violations).toEqual([]);
  });

  test('an unchanged total proves nothing', async () => {
    const server = await serve(shows(500), failed(500, 'INTERNAL_SERVER_ERROR'), shows(500));
    const client = clientOf(server);
    const outcome = await client.refund(expecting);
    if (outcome.kind !== 'unknown') return expect.fail(outcome.kind);
    expect(await client.reconcile(outcome.attempt)).toMatchObject({ verdict: 'still_unknown', next: 'ask_provider' });
  });

  test('another total than expected sends nothing', async () => {
    const server = await serve(shows(1750));
    const outcome = await clientOf(server).refund(expecting);
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { kind: 'expectation_failed' } });
    expect(creates(server)).toEqual([]);
  });

  test('a payment that shows no total cannot be compared, and nothing is sent', async () => {
    const server = await serve({ status: 200, body: { payment: { id: 'pay_1' } } });
    const outcome = await clientOf(server).refund({ ...REQUEST, expect: { refunded: money('USD', 0n) } });
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { moneyMoved: 'no' } });
    expect(creates(server)).toEqual([]);
  });
});
