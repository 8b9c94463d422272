import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ClientConfig, memoryJournal, money, type PartialRefund, partial } from '../../generated/index.js';
import type { AnyRefund } from '../../generated/runtime/outcome.js';
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

interface AdyenRequest {
  readonly refundRef: string;
  readonly payment: string;
  readonly amount: PartialRefund;
  readonly merchantAccount: string;
  readonly reason?: string;
  readonly store?: string;
}

type AdyenClient = PackClient<'adyen-checkout', AdyenRequest, AnyRefund>;

interface AdyenModule {
  readonly createAdyenCheckout: (
    config: ClientConfig & {
      readonly auth: { readonly apiKey: string } | { readonly username: string; readonly password: string };
    },
  ) => AdyenClient;
}

type Scripted = Answer | undefined | Promise<Answer>;

const REQUEST: AdyenRequest = {
  refundRef: 'order-77/1',
  payment: 'PAY1234567890123',
  amount: partial(money('EUR', 1250n)),
  merchantAccount: 'ShopECOM',
};

const RECEIVED = {
  amount: { currency: 'EUR', value: 1250 },
  merchantAccount: 'ShopECOM',
  paymentPspReference: 'PAY1234567890123',
  pspReference: 'REF1234567890123',
  reference: 'order-77/1',
  status: 'received',
};

const { close, serve } = serversOf('test/packs/adyen-checkout.yaml');
let generated: Recognised;
let adyen: AdyenModule;

beforeAll(async () => {
  generated = await generateRecognised('adyen-checkout', 'test/packs/adyen-checkout.yaml');
  adyen = await generated.load<AdyenModule>();
});

afterEach(close);
afterAll(() => generated?.remove());

function clientOf({ url: baseUrl }: ValidatingServer, config: Partial<ClientConfig> = {}): AdyenClient {
  return adyen.createAdyenCheckout({ auth: { apiKey: 'AQE_1' }, baseUrl, journal: memoryJournal(), ...config });
}

async function refundWith(script: readonly [Scripted, ...Scripted[]], change: object = {}) {
  const server = await serve(...script);
  const client = clientOf(server, SHORT);
  const request = { ...REQUEST, ...change };
  return { client, outcome: await client.refund(request), request, server };
}

function received(change: object = {}): Answer {
  return { status: 201, headers: { 'idempotency-key': 'order-77/1' }, body: { ...RECEIVED, ...change } };
}

function failed(status: number, errorCode: string, errorType = 'validation'): Answer {
  return { status, body: { status, errorCode, message: 'Says Adyen', errorType } };
}

describe('what is generated', () => {
  test('is as it was', async () => {
    await expect(generated.client).toMatchFileSnapshot('adyen-checkout.client.ts.snap');
  });

  test('type-checks in the strictest settings', () => {
    expect(generated.faults()).toEqual([]);
  });

  test('says what Adyen can do', async () => {
    const client = clientOf(await serve(received()));
    expect(client.capabilities).toEqual({
      full: false,
      partial: true,
      amountUnit: 'minor',
      exponents: 'declared',
      currencyInAnswer: true,
      statusInAnswer: true,
      reasons: ['FRAUD', 'CUSTOMER REQUEST', 'RETURN', 'DUPLICATE', 'OTHER'],
      reasonRequired: false,
      reference: true,
      idempotency: 'undocumented',
      retrieve: false,
      expect: 'none',
      reconcile: 'none',
    });
    expect(client).not.toHaveProperty('retrieve');
    expect(client).not.toHaveProperty('reconcile');
  });
});

describe('what goes over the wire', () => {
  test('a refund, byte by byte', async () => {
    const { server } = await refundWith([received()], { reason: 'CUSTOMER REQUEST', store: 'Utrecht' });
    expect(server.requests).toEqual([
      {
        method: 'POST',
        path: '/payments/PAY1234567890123/refunds',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'idempotency-key': 'order-77/1',
          'x-api-key': 'AQE_1',
        },
        body:
          '{"amount":{"currency":"EUR","value":1250},"merchantAccount":"ShopECOM",' +
          '"merchantRefundReason":"CUSTOMER REQUEST","reference":"order-77/1","store":"Utrecht"}',
      },
    ]);
    expect(server.violations).toEqual([]);
  });

  test('a user name and a password, where that is what there is', async () => {
    const server = await serve(received());
    const { url: baseUrl } = server;
    const auth = { username: 'ws@Company.Shop', password: 'p' };
    await adyen.createAdyenCheckout({ auth, baseUrl, journal: memoryJournal() }).refund(REQUEST);
    expect(server.requests[0]?.headers).toMatchObject({ authorization: `Basic ${btoa('ws@Company.Shop:p')}` });
    expect(server.violations).toEqual([]);
  });

  test.each([
    ['JPY', 1250n, '{"currency":"JPY","value":1250}'],
    ['KWD', 1250n, '{"currency":"KWD","value":1250}'],
    // Where Adyen counts otherwise than ISO 4217: 1250 pesos, 1250 krónur, 1250 escudos, 1250 rupiah.
    ['CLP', 1250n, '{"currency":"CLP","value":125000}'],
    ['ISK', 1250n, '{"currency":"ISK","value":125000}'],
    ['CVE', 125_000n, '{"currency":"CVE","value":1250}'],
    ['IDR', 125_000n, '{"currency":"IDR","value":1250}'],
    ['EUR', 9_007_199_254_740_993n, '{"currency":"EUR","value":9007199254740993}'],
  ] as const)('minor units of %s', async (currency, minor, written) => {
    const { server } = await refundWith([received()], { amount: partial(money(currency, minor)) });
    expect(server.requests[0]?.body).toContain(`"amount":${written}`);
    expect(server.violations).toEqual([]);
  });

  test.each([
    ['CLP', 1250n, 125_000],
    ['IDR', 125_000n, 1250],
  ] as const)('%s, and back', async (currency, minor, value) => {
    const amount = partial(money(currency, minor));
    const { outcome } = await refundWith([received({ amount: { currency, value } })], { amount });
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { money: { currency, minor } } });
  });
});

describe('what is refused before anything is sent', () => {
  test.each<[string, object, string]>([
    ['a full refund', { amount: { kind: 'full' } }, 'amount'],
    ['nothing', { amount: partial(money('EUR', 0n)) }, 'amount'],
    ['less than nothing', { amount: partial(money('EUR', -1n)) }, 'amount'],
    ['a fraction that Adyen does not count', { amount: partial(money('IDR', 125_001n)) }, 'amount'],
    ['a unit of account', { amount: partial(money('CLF', 1250n)) }, 'amount'],
    ['a refundRef of 65 characters', { refundRef: 'r'.repeat(65) }, 'refundRef'],
    ['an empty refundRef', { refundRef: '' }, 'refundRef'],
    ['no payment', { payment: '' }, 'payment'],
    ['another path', { payment: '..' }, 'payment'],
    ['no merchant account', { merchantAccount: undefined }, 'merchantAccount'],
    ['a reason of another provider', { reason: 'duplicate' }, 'reason'],
  ])('%s', async (_, change, field) => {
    const { outcome, server } = await refundWith([received()], change);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', moneyMoved: 'no', fields: [{ field }] },
    });
    expect(server.requests).toEqual([]);
  });

  test('a refundRef of 64 characters is sent', async () => {
    const { server } = await refundWith([received()], { refundRef: 'r'.repeat(64) });
    expect(server.requests).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });
});

describe('an answer 201', () => {
  test('is received, which is pending', async () => {
    const { outcome } = await refundWith([received({ merchantRefundReason: 'RETURN' })], { reason: 'RETURN' });
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      refund: {
        provider: 'adyen-checkout',
        id: 'REF1234567890123',
        payment: 'PAY1234567890123',
        money: { currency: 'EUR', minor: 1250n },
        status: 'pending',
        rawStatus: 'received',
        reason: 'RETURN',
      },
    });
  });

  test.each(['refunded', 'Received', 'success', null])('that says %s is unrecognized', async (status) => {
    const { outcome } = await refundWith([received({ status })]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'unrecognized' } });
  });

  test.each<[string, object, string]>([
    ['payment', { paymentPspReference: 'PAY9' }, 'payment'],
    ['amount', { amount: { currency: 'EUR', value: 125_000 } }, 'amount'],
    ['currency', { amount: { currency: 'USD', value: 1250 } }, 'amount'],
  ])('about another %s breaks the contract', async (_, change, field) => {
    const { outcome, server } = await refundWith([received(change)]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', moneyMoved: 'unknown', fields: [{ field }] },
      refund: { id: 'REF1234567890123' },
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['no id', received({ pspReference: undefined })],
    ['no payment', received({ paymentPspReference: undefined })],
    ['no amount', received({ amount: undefined })],
    ['half of it', half(201, RECEIVED)],
    ['HTML', html(201)],
    ['no body', { status: 201 }],
    ['another 2xx', { status: 200, body: RECEIVED }],
  ])('with %s proves nothing', async (_, answer) => {
    const { outcome, server } = await refundWith([answer]);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', next: 'ask_provider' } });
    expect(server.requests).toHaveLength(1);
  });
});

describe('errors', () => {
  test.each<[number, string, string, string]>([
    [400, '702', 'validation', 'invalid_request'],
    [401, '000', 'security', 'authentication'],
    [403, '010', 'security', 'permission'],
    [422, '167', 'validation', 'invalid_request'],
    [422, '137', 'validation', 'invalid_request'],
  ])('%i %s (%s) proves that no money moved: %s', async (status, code, type, kind) => {
    const { outcome, server } = await refundWith([failed(status, code, type)]);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: true,
      error: { kind, code, moneyMoved: 'no', httpStatus: status, message: expect.stringContaining('Says Adyen') },
    });
    expect(server.requests).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  test.each<[number, Answer]>([
    [422, failed(422, '704')],
    [422, failed(422, '703')],
    [409, failed(409, '704')],
    [409, failed(409, '167')],
    [422, html(422)],
  ])('%i that may be about an earlier send proves nothing', async (_, answer) => {
    const { outcome, server } = await refundWith([answer]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'ambiguous_answer', moneyMoved: 'unknown', next: 'ask_provider' },
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('without an answer that says what happened', () => {
  test.each<[string, Scripted, string]>([
    ['500', failed(500, '905', 'configuration'), 'provider_error'],
    ['502 of a proxy', html(502), 'provider_error'],
    ['504', html(504), 'provider_error'],
    ['a closed socket', CLOSED, 'network'],
    ['no answer in time', NEVER, 'timeout'],
  ])('%s is unknown, and nothing is sent again', async (_, answer, kind) => {
    const { client, outcome, request, server } = await refundWith([answer]);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind, moneyMoved: 'unknown', next: 'ask_provider' } });
    expect(await client.refund(request)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(server.requests).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  test('a person who has asked Adyen can free the refundRef', async () => {
    const { client, outcome, request, server } = await refundWith([failed(500, '905'), received()]);
    if (outcome.kind !== 'unknown') return expect.fail(outcome.kind);
    await client.release(outcome.attempt);
    expect(await client.refund(request)).toMatchObject({ kind: 'accepted', refund: { status: 'pending' } });
    expect(server.requests[1]).toEqual(server.requests[0]);
  });
});
