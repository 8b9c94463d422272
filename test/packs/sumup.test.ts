import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type ClientConfig,
  type FullRefund,
  full,
  memoryJournal,
  money,
  type PartialRefund,
  partial,
} from '../../generated/index.js';
import type { AnyRefund } from '../../generated/runtime/outcome.js';
import {
  CLOSED,
  creates,
  generateRecognised,
  html,
  NEVER,
  type PackClient,
  type Recognised,
  SHORT,
  serversOf,
} from './recognised.js';
import type { Answer, ValidatingServer } from './validating-server.js';

interface SumupRequest {
  readonly refundRef: string;
  readonly payment: string;
  readonly merchantCode: string;
  readonly amount: FullRefund | PartialRefund;
}

type SumupClient = PackClient<'sumup', SumupRequest, AnyRefund>;

interface SumupModule {
  readonly createSumup: (
    config: ClientConfig & { readonly auth: { readonly apiKey: string } | { readonly accessToken: string } },
  ) => SumupClient;
}

const PAYMENT = '410fc44a-5956-44e1-b5cc-19c6f8d727a4';
const PATH = `/v1.0/merchants/MH4H92C7/payments/${PAYMENT}/refunds`;
const REQUEST: SumupRequest = {
  refundRef: 'order-77/1',
  payment: PAYMENT,
  merchantCode: 'MH4H92C7',
  amount: partial(money('EUR', 1250n)),
};
const DONE: Answer = { status: 204 };

const { close, serve } = serversOf('test/packs/sumup.yaml');
let generated: Recognised;
let sumup: SumupModule;

beforeAll(async () => {
  generated = await generateRecognised('sumup', 'test/packs/sumup.yaml');
  sumup = await generated.load<SumupModule>();
});

afterEach(close);
afterAll(() => generated?.remove());

function clientOf({ url: baseUrl }: ValidatingServer, config: Partial<ClientConfig> = {}): SumupClient {
  return sumup.createSumup({ auth: { apiKey: 'sup_sk_1' }, baseUrl, journal: memoryJournal(), ...config });
}

async function refundWith(answer: Answer | undefined | Promise<Answer>, change: Partial<SumupRequest> = {}) {
  const server = await serve(answer);
  const client = clientOf(server, answer === NEVER ? SHORT : {});
  const request = { ...REQUEST, ...change };
  return { client, outcome: await client.refund(request), request, server };
}

function failed(status: number, error_code: string): Answer {
  return { status, body: { error_code, message: 'Says SumUp' } };
}

describe('what is generated', () => {
  test('is as it was', async () => {
    await expect(generated.client).toMatchFileSnapshot('sumup.client.ts.snap');
  });

  test('type-checks in the strictest settings', () => {
    expect(generated.faults()).toEqual([]);
  });

  test('has nothing to read with', async () => {
    const client = clientOf(await serve(DONE));
    expect(Object.keys(client).sort()).toEqual(['capabilities', 'native', 'provider', 'refund', 'release']);
    expect(client.capabilities).toMatchObject({
      full: true,
      partial: true,
      amountUnit: 'major',
      exponents: 'declared',
      statusInAnswer: false,
      reference: false,
      idempotency: 'none',
      retrieve: false,
      expect: 'none',
      reconcile: 'none',
    });
  });
});

describe('what goes over the wire', () => {
  test('a part, byte by byte', async () => {
    const { server } = await refundWith(DONE);
    expect(server.requests).toEqual([
      {
        method: 'POST',
        path: PATH,
        headers: { accept: 'application/json', authorization: 'Bearer sup_sk_1', 'content-type': 'application/json' },
        body: '{"amount":12.50}',
      },
    ]);
    expect(server.violations).toEqual([]);
  });

  test('all of it names no amount', async () => {
    const { server } = await refundWith(DONE, { amount: full() });
    expect(server.requests).toMatchObject([{ method: 'POST', path: PATH, body: '{}' }]);
    expect(server.violations).toEqual([]);
  });

  test('an access token', async () => {
    const server = await serve(DONE);
    const { url: baseUrl } = server;
    await sumup.createSumup({ auth: { accessToken: 'at_1' }, baseUrl, journal: memoryJournal() }).refund(REQUEST);
    expect(server.requests).toMatchObject([{ headers: { authorization: 'Bearer at_1' } }]);
    expect(server.violations).toEqual([]);
  });

  test.each([
    ['EUR', 1n, '0.01'],
    ['EUR', 500n, '5.00'],
    ['EUR', 9_007_199_254_740_993n, '90071992547409.93'],
    ['CLP', 12_345n, '12345'],
    ['COP', 1_234_500n, '12345'],
    ['HUF', 1_234_500n, '12345'],
  ] as const)('%s %s is %s', async (currency, minor, written) => {
    const { server } = await refundWith(DONE, { amount: partial(money(currency, minor)) });
    expect(server.requests[0]?.body).toBe(`{"amount":${written}}`);
    expect(server.violations).toEqual([]);
  });
});

describe('what is refused before anything is sent', () => {
  test.each<[string, Partial<SumupRequest>, string]>([
    ['nothing', { amount: partial(money('EUR', 0n)) }, 'amount'],
    ['less than nothing', { amount: partial(money('EUR', -1250n)) }, 'amount'],
    ['a part of a forint', { amount: partial(money('HUF', 12_345n)) }, 'amount'],
    ['a part of a peso', { amount: partial(money('COP', 12_345n)) }, 'amount'],
    ['a currency whose decimals are not known', { amount: partial(money('JPY', 1250n)) }, 'amount'],
    ['no payment', { payment: '' }, 'payment'],
    ['a payment that leads elsewhere', { payment: '..' }, 'payment'],
    ['no merchant', { merchantCode: '' }, 'merchantCode'],
    ['an empty refundRef', { refundRef: '' }, 'refundRef'],
  ])('%s', async (_, change, field) => {
    const { outcome, server } = await refundWith(DONE, change);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', moneyMoved: 'no', fields: [{ field }] },
    });
    expect(server.requests).toEqual([]);
  });
});

describe('an answer', () => {
  test('204 is a refund that is pending, and says nothing else', async () => {
    const { client, outcome, request, server } = await refundWith(DONE);
    expect(outcome).toMatchObject({ kind: 'accepted', source: 'answer' });
    expect(outcome.kind === 'accepted' && outcome.refund).toEqual({
      provider: 'sumup',
      status: 'pending',
      raw: undefined,
    });
    expect(await client.refund(request)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(creates(server)).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['200', { status: 200, body: {} }],
    ['202', { status: 202 }],
    ['200 of a proxy', html(200)],
  ])('%s is not known to mean anything', async (_, answer) => {
    const { outcome, server } = await refundWith(answer);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', next: 'ask_provider' } });
    expect(creates(server)).toHaveLength(1);
  });

  test.each<[number, string, string]>([
    [404, 'NOT_FOUND', 'not_found'],
    [409, 'NOT_ENOUGH_BALANCE', 'insufficient_balance'],
    [400, 'INVALID', 'invalid_request'],
    [429, 'RATE_LIMITED', 'rate_limited'],
  ])('%i %s proves that no money moved: %s', async (status, code, kind) => {
    const { outcome, server } = await refundWith(failed(status, code));
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: true,
      error: { kind, code, moneyMoved: 'no', httpStatus: status, message: expect.stringContaining('Says SumUp') },
    });
    expect(creates(server)).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  test('401 is a problem of RFC 9457', async () => {
    const body = {
      title: 'Unauthorized',
      detail: 'Says SumUp',
      status: 401,
      type: 'https://sumup.example/unauthorized',
    };
    const { outcome } = await refundWith({ status: 401, body });
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { kind: 'authentication', message: expect.stringContaining('Says SumUp') },
    });
  });

  test.each<[string, Answer]>([
    ['CONFLICT', failed(409, 'CONFLICT')],
    ['a code that is not documented', failed(409, 'DUPLICATE')],
    ['no code', { status: 409, body: { message: 'Says SumUp' } }],
    ['HTML', html(409)],
  ])('409 with %s proves nothing', async (_, answer) => {
    const { outcome, server } = await refundWith(answer);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'ambiguous_answer', moneyMoved: 'unknown' } });
    expect(creates(server)).toHaveLength(1);
  });
});

describe('without an answer that says what happened', () => {
  test.each<[string, Answer | undefined | Promise<Answer>, string]>([
    ['500', failed(500, 'INTERNAL'), 'provider_error'],
    ['502 of a proxy', html(502), 'provider_error'],
    ['504', html(504), 'provider_error'],
    ['a closed socket', CLOSED, 'network'],
    ['no answer in time', NEVER, 'timeout'],
  ])('%s is unknown, and nothing is sent again', async (_, answer, kind) => {
    const { client, outcome, request, server } = await refundWith(answer);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind, moneyMoved: 'unknown', next: 'ask_provider' } });
    expect(await client.refund(request)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(creates(server)).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });
});
