import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
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

interface PaypalRequest {
  readonly refundRef: string;
  readonly payment: string;
  readonly amount: FullRefund | PartialRefund;
  readonly note?: string;
  readonly invoiceId?: string;
  readonly payPalAuthAssertion?: string;
}

interface PaypalClient extends PackClient<'paypal-payments', PaypalRequest, AnyRefund> {
  readonly retrieve: (refundId: string, call?: CallOptions) => Promise<Found<AnyRefund>>;
  readonly reconcile: (
    attempt: RefundAttempt<'paypal-payments'>,
    seen: { readonly refundId: string },
    call?: CallOptions,
  ) => Promise<unknown>;
}

interface PaypalModule {
  readonly createPaypalPayments: (
    config: ClientConfig & {
      readonly auth: { readonly accessToken: string | (() => string | Promise<string>) };
      readonly server: 'sandbox' | 'live';
    },
  ) => PaypalClient;
}

type Scripted = Answer | undefined | Promise<Answer>;

const REQUEST: PaypalRequest = { refundRef: 'order-77-1', payment: 'CAP1', amount: partial(money('USD', 1250n)) };

const REFUND = {
  id: '1JU08902781691411',
  amount: { currency_code: 'USD', value: '12.50' },
  status: 'COMPLETED',
  custom_id: 'order-77-1',
  note_to_payer: 'Damaged',
  create_time: '2026-11-20T10:00:00Z',
};

const { close, serve } = serversOf('test/packs/paypal-payments.yaml');
let generated: Recognised;
let paypal: PaypalModule;

beforeAll(async () => {
  generated = await generateRecognised('paypal-payments', 'test/packs/paypal-payments.yaml');
  paypal = await generated.load<PaypalModule>();
});

afterEach(close);
afterEach(() => vi.restoreAllMocks());
afterAll(() => generated?.remove());

function clientOf({ url: baseUrl }: ValidatingServer, config: Partial<ClientConfig> = {}): PaypalClient {
  const auth = { accessToken: 'A21_1' };
  return paypal.createPaypalPayments({ auth, server: 'sandbox', baseUrl, journal: memoryJournal(), ...config });
}

async function refundWith(script: readonly [Scripted, ...Scripted[]], change: object = {}) {
  const server = await serve(...script);
  const client = clientOf(server, SHORT);
  const request = { ...REQUEST, ...change };
  return { client, outcome: await client.refund(request), request, server };
}

function created(change: object = {}): Answer {
  return { status: 201, body: { ...REFUND, ...change } };
}

function failed(status: number, name: string, ...details: readonly object[]): Answer {
  return { status, body: { name, message: 'Says PayPal', debug_id: 'd1', details } };
}

function unprocessable(issue: string, more: object = {}): Answer {
  return failed(422, 'UNPROCESSABLE_ENTITY', { issue, description: 'Says the issue', ...more });
}

describe('what is generated', () => {
  test('is as it was', async () => {
    await expect(generated.client).toMatchFileSnapshot('paypal-payments.client.ts.snap');
  });

  test('type-checks in the strictest settings', () => {
    expect(generated.faults()).toEqual([]);
  });

  test('says what PayPal can do', async () => {
    expect(clientOf(await serve(created())).capabilities).toEqual({
      full: true,
      partial: true,
      amountUnit: 'major',
      exponents: 'declared',
      currencyInAnswer: true,
      statusInAnswer: true,
      reasons: [],
      reasonRequired: false,
      reference: true,
      idempotency: 'replay',
      retrieve: true,
      expect: 'none',
      reconcile: 'refund',
    });
  });

  test('has the caller choose where money moves', () => {
    expect(generated.client).toContain("readonly server: 'sandbox' | 'live';");
    expect(generated.client).toContain(
      "servers: { sandbox: 'https://api-m.sandbox.paypal.com', live: 'https://api-m.paypal.com' }",
    );
  });
});

describe('what goes over the wire', () => {
  test('a partial refund, byte by byte', async () => {
    const { server } = await refundWith([created()], {
      note: 'Damaged',
      invoiceId: 'INV-1',
      payPalAuthAssertion: 'jwt',
    });
    expect(server.requests).toEqual([
      {
        method: 'POST',
        path: '/v2/payments/captures/CAP1/refund',
        headers: {
          accept: 'application/json',
          authorization: 'Bearer A21_1',
          'content-type': 'application/json',
          'paypal-auth-assertion': 'jwt',
          'paypal-request-id': 'order-77-1',
          prefer: 'return=representation',
        },
        body:
          '{"amount":{"currency_code":"USD","value":"12.50"},"custom_id":"order-77-1","invoice_id":"INV-1",' +
          '"note_to_payer":"Damaged"}',
      },
    ]);
    expect(server.violations).toEqual([]);
  });

  test('a full refund has no amount, and no currency', async () => {
    const { outcome, server } = await refundWith([created()], { amount: full() });
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { money: { currency: 'USD', minor: 1250n } } });
    expect(server.requests).toMatchObject([{ body: '{"custom_id":"order-77-1"}' }]);
    expect(server.violations).toEqual([]);
  });

  test('a new token with each refund, where it is a function', async () => {
    const server = await serve(created());
    const { url: baseUrl } = server;
    let made = 0;
    const accessToken = async (): Promise<string> => {
      made += 1;
      return `A21_${made}`;
    };
    const client = paypal.createPaypalPayments({ auth: { accessToken }, server: 'live', baseUrl });
    await client.refund(REQUEST);
    await client.refund({ ...REQUEST, refundRef: 'order-77-2' });
    const tokens = server.requests.map(({ headers }) => headers['authorization']);
    expect(tokens).toEqual(['Bearer A21_1', 'Bearer A21_2']);
    expect(server.violations).toEqual([]);
  });

  test.each([
    ['USD', 1n, '0.01'],
    ['USD', 100n, '1.00'],
    ['JPY', 1250n, '1250'],
    // ISO 4217 counts these with two decimals, PayPal with none.
    ['HUF', 125_000n, '1250'],
    ['TWD', 125_000n, '1250'],
    ['EUR', 9_007_199_254_740_993n, '90071992547409.93'],
  ] as const)('%s: %i is %s', async (currency, minor, value) => {
    const { server } = await refundWith([created()], { amount: partial(money(currency, minor)) });
    expect(server.requests[0]?.body).toContain(`"amount":{"currency_code":"${currency}","value":"${value}"}`);
    expect(server.violations).toEqual([]);
  });
});

describe('what is refused before anything is sent', () => {
  test.each<[string, object, string]>([
    ['nothing', { amount: partial(money('USD', 0n)) }, 'amount'],
    ['less than nothing', { amount: partial(money('USD', -1n)) }, 'amount'],
    ['a fraction of a forint', { amount: partial(money('HUF', 125_001n)) }, 'amount'],
    ['a unit of account', { amount: partial(money('CLF', 1250n)) }, 'amount'],
    ['a refundRef of 128 characters', { refundRef: 'r'.repeat(128) }, 'refundRef'],
    ['an empty refundRef', { refundRef: '' }, 'refundRef'],
    ['no payment', { payment: '' }, 'payment'],
    ['a note of 256 characters', { note: 'n'.repeat(256) }, 'note'],
    ['an empty invoice id', { invoiceId: '' }, 'invoiceId'],
  ])('%s', async (_, change, field) => {
    const { outcome, server } = await refundWith([created()], change);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', moneyMoved: 'no', fields: [{ field }] },
    });
    expect(server.requests).toEqual([]);
  });

  test('a refundRef of 127 characters is sent', async () => {
    const { server } = await refundWith([created()], { refundRef: 'r'.repeat(127) });
    expect(server.requests).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });
});

describe('an answer 201', () => {
  test.each([
    ['COMPLETED', 'succeeded'],
    ['PENDING', 'pending'],
    ['FAILED', 'failed'],
    ['CANCELLED', 'canceled'],
    ['CANCELED', 'unrecognized'],
    ['completed', 'unrecognized'],
  ])('%s is %s', async (rawStatus, status) => {
    const answer = created({ status: rawStatus, status_details: { reason: 'ECHECK' } });
    const { outcome } = await refundWith([answer]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      refund: {
        provider: 'paypal-payments',
        id: '1JU08902781691411',
        money: { currency: 'USD', minor: 1250n },
        status,
        rawStatus,
        note: 'Damaged',
        failure: 'ECHECK',
        createdAt: new Date('2026-11-20T10:00:00Z'),
      },
    });
    expect(outcome).not.toHaveProperty('refund.payment');
  });

  test('without a status is unrecognized', async () => {
    const { outcome } = await refundWith([created({ status: undefined })]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'unrecognized' } });
  });

  test('may come as 200, as newer documents of PayPal have it', async () => {
    const { outcome } = await refundWith([{ status: 200, body: REFUND }]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'succeeded' } });
  });

  test('of forint is read as it was written', async () => {
    const answer = created({ amount: { currency_code: 'HUF', value: '1250' } });
    const { outcome } = await refundWith([answer], { amount: partial(money('HUF', 125_000n)) });
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { money: { currency: 'HUF', minor: 125_000n } } });
  });

  test.each<[string, object]>([
    ['amount', { amount: { currency_code: 'USD', value: '1250.00' } }],
    ['currency', { amount: { currency_code: 'CAD', value: '12.50' } }],
  ])('about another %s breaks the contract', async (_, change) => {
    const { outcome, server } = await refundWith([created(change)]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', moneyMoved: 'unknown', fields: [{ field: 'amount' }] },
      refund: { id: '1JU08902781691411' },
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['the minimum, in spite of the header', { status: 201, body: { id: 'r1', status: 'COMPLETED' } }],
    ['no id', created({ id: undefined })],
    ['an amount that is a number', created({ amount: { currency_code: 'USD', value: 12.5 } })],
    ['an amount of three decimals', created({ amount: { currency_code: 'USD', value: '12.505' } })],
    ['half of it', half(201, REFUND)],
    ['HTML', html(201)],
    ['no body', { status: 201 }],
    ['another 2xx', { status: 202, body: REFUND }],
  ])('with %s proves nothing', async (_, answer) => {
    const { outcome, server } = await refundWith([answer]);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', next: 'call_again' } });
    expect(server.requests).toHaveLength(1);
  });
});

describe('errors', () => {
  test.each<[string, string]>([
    ['REFUND_AMOUNT_EXCEEDED', 'amount_exceeds_refundable'],
    ['PARTIAL_REFUND_NOT_ALLOWED', 'partial_not_supported'],
    ['REFUND_FAILED_INSUFFICIENT_FUNDS', 'insufficient_balance'],
    ['REFUND_NOT_ALLOWED', 'not_refundable'],
    ['REFUND_TIME_LIMIT_EXCEEDED', 'not_refundable'],
    ['REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK', 'not_refundable'],
    ['TRANSACTION_DISPUTED', 'not_refundable'],
    ['PENDING_CAPTURE', 'not_refundable'],
    ['MAX_NUMBER_OF_REFUNDS_EXCEEDED', 'not_refundable'],
    ['PAYEE_ACCOUNT_RESTRICTED', 'not_refundable'],
    ['REFUND_IS_RESTRICTED', 'permission'],
    ['REFUND_CAPTURE_CURRENCY_MISMATCH', 'invalid_request'],
    ['DECIMALS_NOT_SUPPORTED', 'invalid_request'],
  ])('422 %s proves that no money moved: %s', async (code, kind) => {
    const { outcome, server } = await refundWith([unprocessable(code)]);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: true,
      error: { kind, code, moneyMoved: 'no', httpStatus: 422, fields: [{ code, message: 'Says the issue' }] },
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each<[number, string, string, string]>([
    [400, 'INVALID_REQUEST', 'INVALID_STRING_LENGTH', 'invalid_request'],
    [401, 'AUTHENTICATION_FAILURE', 'INVALID_ACCOUNT_STATUS', 'authentication'],
    [403, 'NOT_AUTHORIZED', 'PERMISSION_DENIED', 'permission'],
    [404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID', 'not_found'],
  ])('%i %s %s proves that no money moved: %s', async (status, name, issue, kind) => {
    const { outcome } = await refundWith([failed(status, name, { issue })]);
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { kind, code: issue, httpStatus: status, message: expect.stringContaining('Says PayPal') },
    });
  });

  test('without an issue have their name for a code', async () => {
    const { outcome } = await refundWith([failed(403, 'NOT_AUTHORIZED')]);
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'permission', code: 'NOT_AUTHORIZED' } });
  });

  test('name the field as the caller does', async () => {
    const detail = { issue: 'INVALID_STRING_LENGTH', field: '/note_to_payer', description: 'Too long' };
    const { outcome } = await refundWith([failed(400, 'INVALID_REQUEST', detail)]);
    expect(outcome).toMatchObject({ error: { fields: [{ field: 'note', message: 'Too long' }] } });
  });

  test.each<[string, Answer]>([
    ['409', failed(409, 'RESOURCE_CONFLICT', { issue: 'PREVIOUS_REQUEST_IN_PROGRESS' })],
    ['422 CAPTURE_FULLY_REFUNDED', unprocessable('CAPTURE_FULLY_REFUNDED')],
    ['422 DUPLICATE_INVOICE_ID', unprocessable('DUPLICATE_INVOICE_ID')],
    [
      '422 with it among others',
      failed(422, 'U', { issue: 'REFUND_AMOUNT_EXCEEDED' }, { issue: 'CAPTURE_FULLY_REFUNDED' }),
    ],
    ['422 of a proxy', html(422)],
  ])('%s proves nothing', async (_, answer) => {
    const { client, outcome, request, server } = await refundWith([answer, created()]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'ambiguous_answer', moneyMoved: 'unknown', next: 'call_again' },
    });
    expect(server.requests).toHaveLength(1);
    // Whoever calls again sends the same bytes with the same key, and learns what became of it.
    expect(await client.refund(request)).toMatchObject({ kind: 'accepted', refund: { status: 'succeeded' } });
    expect(server.requests[1]).toEqual(server.requests[0]);
  });
});

describe('a repeated key, which PayPal acts on once', () => {
  test.each<[string, Scripted]>([
    ['500', { status: 500 }],
    ['503 of a proxy', html(503)],
    ['a closed socket', CLOSED],
    ['no answer in time', NEVER],
    ['429', failed(429, 'RATE_LIMIT_REACHED')],
  ])('is sent again after %s, byte by byte', async (_, answer) => {
    const { outcome, server } = await refundWith([answer, created()]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'succeeded' } });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]).toEqual(server.requests[0]);
    expect(server.violations).toEqual([]);
  });

  test('that finds the capture refunded after a lost answer proves nothing', async () => {
    const { outcome, server } = await refundWith([CLOSED, unprocessable('CAPTURE_FULLY_REFUNDED')]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'ambiguous_answer', code: 'CAPTURE_FULLY_REFUNDED', moneyMoved: 'unknown' },
    });
    expect(server.requests).toHaveLength(2);
  });

  test('that is refused after a lost answer proves nothing', async () => {
    const { outcome } = await refundWith([CLOSED, unprocessable('REFUND_AMOUNT_EXCEEDED')]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', code: 'REFUND_AMOUNT_EXCEEDED', moneyMoved: 'unknown' },
    });
  });

  test('is relied on for 45 days, and no longer', async () => {
    const server = await serve(failed(409, 'RESOURCE_CONFLICT'));
    const client = clientOf(server);
    await client.refund(REQUEST);
    const now = Date.now();
    const day = 24 * 3_600_000;
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 44 * day);
    await client.refund(REQUEST);
    expect(server.requests).toHaveLength(2);
    clock.mockReturnValue(now + 45 * day);
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', next: 'reconcile' },
    });
    expect(server.requests).toHaveLength(2);
  });
});

describe('reading', () => {
  test('a refund by its id', async () => {
    const server = await serve({ status: 200, body: { ...REFUND, status: 'PENDING' } });
    expect(await clientOf(server).retrieve('1JU08902781691411')).toMatchObject({
      kind: 'found',
      value: { id: '1JU08902781691411', status: 'pending', money: { currency: 'USD', minor: 1250n } },
    });
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/v2/payments/refunds/1JU08902781691411' }]);
    expect(server.violations).toEqual([]);
  });

  test('a refund that is not there', async () => {
    const server = await serve(failed(404, 'RESOURCE_NOT_FOUND', { issue: 'INVALID_RESOURCE_ID' }));
    expect(await clientOf(server).retrieve('r2')).toMatchObject({ kind: 'failed', error: { kind: 'not_found' } });
  });

  test.each<[string, object, string]>([
    ['carries the refundRef', {}, 'happened'],
    ['carries another one', { custom_id: 'order-77-2' }, 'still_unknown'],
    ['carries none', { custom_id: undefined }, 'still_unknown'],
    ['is of another amount', { amount: { currency_code: 'USD', value: '12.51' } }, 'still_unknown'],
  ])('a refund that %s: %s', async (_, change, verdict) => {
    const server = await serve(failed(409, 'RESOURCE_CONFLICT'), { status: 200, body: { ...REFUND, ...change } });
    const client = clientOf(server);
    const outcome = await client.refund(REQUEST);
    if (outcome.kind !== 'unknown') return expect.fail(outcome.kind);
    expect(await client.reconcile(outcome.attempt, { refundId: '1JU08902781691411' })).toMatchObject({ verdict });
    expect(server.violations).toEqual([]);
  });
});
