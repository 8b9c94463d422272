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

interface StripeRequest {
  readonly refundRef: string;
  readonly payment: string;
  readonly amount: FullRefund | PartialRefund;
  readonly reason?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly refundApplicationFee?: boolean;
  readonly instructionsEmail?: string;
}

interface StripeClient extends PackClient<'stripe', StripeRequest, AnyRefund> {
  readonly retrieve: (refundId: string, call?: CallOptions) => Promise<Found<AnyRefund>>;
  readonly reconcile: (
    attempt: RefundAttempt<'stripe'>,
    seen: { readonly refundId: string },
    call?: CallOptions,
  ) => Promise<unknown>;
}

interface StripeModule {
  readonly createStripe: (
    config: ClientConfig & { readonly auth: { readonly secretKey: string } | { readonly bearerToken: string } },
  ) => StripeClient;
}

type Scripted = Answer | undefined | Promise<Answer>;

const REQUEST: StripeRequest = { refundRef: 'order-77/1', payment: 'pi_1', amount: partial(money('USD', 1250n)) };

const REFUND = {
  id: 're_1',
  object: 'refund',
  amount: 1250,
  charge: 'ch_1',
  created: 1_763_632_800,
  currency: 'usd',
  metadata: { refund_ref: 'order-77/1' },
  payment_intent: 'pi_1',
  reason: null,
  status: 'succeeded',
};

const { close, serve } = serversOf('test/packs/stripe.yaml');
let generated: Recognised;
let stripe: StripeModule;

beforeAll(async () => {
  generated = await generateRecognised('stripe', 'test/packs/stripe.yaml');
  stripe = await generated.load<StripeModule>();
});

afterEach(close);
afterEach(() => vi.restoreAllMocks());
afterAll(() => generated?.remove());

function clientOf({ url: baseUrl }: ValidatingServer, config: Partial<ClientConfig> = {}): StripeClient {
  return stripe.createStripe({ auth: { secretKey: 'sk_1' }, baseUrl, journal: memoryJournal(), ...config });
}

async function refundWith(script: readonly [Scripted, ...Scripted[]], change: Partial<StripeRequest> = {}) {
  const server = await serve(...script);
  const client = clientOf(server, SHORT);
  const request = { ...REQUEST, ...change };
  return { client, outcome: await client.refund(request), request, server };
}

function ok(change: object = {}): Answer {
  return { status: 200, body: { ...REFUND, ...change } };
}

function failed(status: number, error: object): Answer {
  return { status, body: { error: { type: 'invalid_request_error', message: 'Says Stripe', ...error } } };
}

/** What went over the wire, decoded. */
function sent({ requests }: ValidatingServer): readonly Readonly<Record<string, string>>[] {
  return requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
}

describe('what is generated', () => {
  test('is as it was', async () => {
    await expect(generated.client).toMatchFileSnapshot('stripe.client.ts.snap');
  });

  test('type-checks in the strictest settings', () => {
    expect(generated.faults()).toEqual([]);
  });

  test('says what Stripe can do', async () => {
    expect(clientOf(await serve(ok())).capabilities).toEqual({
      full: true,
      partial: true,
      amountUnit: 'minor',
      exponents: 'declared',
      currencyInAnswer: true,
      statusInAnswer: true,
      reasons: ['duplicate', 'fraudulent', 'requested_by_customer'],
      reasonRequired: false,
      reference: true,
      idempotency: 'replay',
      retrieve: true,
      expect: 'none',
      reconcile: 'refund',
    });
  });

  test('warns of the reason that blocks', () => {
    const text = generated.client.replaceAll(/\s+\*?\s*/g, ' ');
    expect(text).toContain('`fraudulent` has a side effect: Stripe puts the card and the e-mail address on your block');
  });
});

describe('what goes over the wire', () => {
  test('a partial refund, byte by byte', async () => {
    const { server } = await refundWith([ok()], {
      reason: 'requested_by_customer',
      metadata: { order: '77' },
      refundApplicationFee: true,
    });
    expect(server.requests).toEqual([
      {
        method: 'POST',
        path: '/v1/refunds',
        headers: {
          accept: 'application/json',
          authorization: `Basic ${btoa('sk_1:')}`,
          'content-type': 'application/x-www-form-urlencoded',
          'idempotency-key': 'order-77/1',
        },
        body:
          'amount=1250&metadata%5Border%5D=77&metadata%5Brefund_ref%5D=order-77%2F1&payment_intent=pi_1&' +
          'reason=requested_by_customer&refund_application_fee=true',
      },
    ]);
    expect(server.violations).toEqual([]);
  });

  test('a full refund has no amount', async () => {
    const { outcome, server } = await refundWith([ok()], { amount: full() });
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { money: { currency: 'USD', minor: 1250n } } });
    expect(sent(server)).toEqual([{ 'metadata[refund_ref]': 'order-77/1', payment_intent: 'pi_1' }]);
    expect(server.violations).toEqual([]);
  });

  test('a bearer token, where that is what there is', async () => {
    const server = await serve(ok());
    const { url: baseUrl } = server;
    const client = stripe.createStripe({ auth: { bearerToken: 'sk_2' }, baseUrl, journal: memoryJournal() });
    await client.refund(REQUEST);
    expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Bearer sk_2' });
    expect(server.violations).toEqual([]);
  });

  test.each([
    ['USD', 1n, '1'],
    ['JPY', 1250n, '1250'],
    ['HUF', 125_000n, '125000'],
    ['TWD', 125_000n, '125000'],
    // ISO 4217 counts MGA with two decimals, Stripe with none.
    ['MGA', 125_000n, '1250'],
    ['EUR', 9_007_199_254_740_993n, '9007199254740993'],
  ] as const)('%i of %s', async (currency, minor, amount) => {
    const { server } = await refundWith([ok()], { amount: partial(money(currency, minor)) });
    expect(sent(server)).toMatchObject([{ amount }]);
  });
});

describe('what is refused before anything is sent', () => {
  test.each<[string, Partial<StripeRequest>, string]>([
    ['nothing', { amount: partial(money('USD', 0n)) }, 'amount'],
    ['less than nothing', { amount: partial(money('USD', -1n)) }, 'amount'],
    ['a currency that has to be whole', { amount: partial(money('ISK', 100n)) }, 'amount'],
    ['a currency that sources disagree on', { amount: partial(money('UGX', 100n)) }, 'amount'],
    ['a currency whose last digit has to be zero', { amount: partial(money('KWD', 1250n)) }, 'amount'],
    ['a fraction that Stripe does not count', { amount: partial(money('MGA', 1250n + 1n)) }, 'amount'],
    ['a refundRef of 256 characters', { refundRef: 'r'.repeat(256) }, 'refundRef'],
    ['a refundRef that no header carries', { refundRef: 'ü' }, 'refundRef'],
    ['an empty refundRef', { refundRef: '' }, 'refundRef'],
    ['no payment', { payment: '' }, 'payment'],
    ['a reason that only answers have', { reason: 'expired_uncaptured_charge' }, 'reason'],
  ])('%s', async (_, change, field) => {
    const { outcome, server } = await refundWith([ok()], change);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', moneyMoved: 'no', fields: [{ field }] },
    });
    expect(server.requests).toEqual([]);
  });

  test.each(['charge', 'expand', 'currency', 'customer', 'origin'])(
    '%s, which is no field of a refund',
    async (name) => {
      const { outcome, server } = await refundWith([ok()], { [name]: 'x' });
      expect(outcome).toMatchObject({ kind: 'refused', sent: false });
      expect(server.requests).toEqual([]);
    },
  );

  test('a refundRef of 255 characters is sent', async () => {
    const { server } = await refundWith([ok()], { refundRef: 'r'.repeat(255) });
    expect(server.requests).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });
});

describe('an answer 200', () => {
  test.each([
    ['pending', 'pending'],
    ['requires_action', 'requires_action'],
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'canceled'],
    ['Succeeded', 'unrecognized'],
    ['reversed', 'unrecognized'],
  ])('%s is %s', async (rawStatus, status) => {
    const { outcome } = await refundWith([ok({ status: rawStatus, reason: 'duplicate' })]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      refund: {
        provider: 'stripe',
        id: 're_1',
        payment: 'pi_1',
        money: { currency: 'USD', minor: 1250n },
        status,
        rawStatus,
        reason: 'duplicate',
        createdAt: new Date('2025-11-20T10:00:00Z'),
      },
    });
  });

  test('that failed says why', async () => {
    const { outcome } = await refundWith([ok({ status: 'failed', failure_reason: 'expired_or_canceled_card' })]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { failure: 'expired_or_canceled_card' } });
  });

  test('without a status is unrecognized', async () => {
    const { outcome } = await refundWith([ok({ status: null })]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'unrecognized' } });
  });

  test('of MGA is read as it was written', async () => {
    const answer = ok({ currency: 'mga', amount: 1250 });
    const { outcome } = await refundWith([answer], { amount: partial(money('MGA', 125_000n)) });
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { money: { currency: 'MGA', minor: 125_000n } } });
  });

  test('in a currency that cannot be read is unknown, not a wrong amount', async () => {
    const { outcome } = await refundWith([ok({ currency: 'isk', amount: 10_000 })], { amount: full() });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', moneyMoved: 'unknown' } });
  });

  test.each<[string, object, string]>([
    ['payment', { payment_intent: 'pi_2' }, 'payment'],
    ['amount', { amount: 125_000 }, 'amount'],
    ['currency', { currency: 'cad' }, 'amount'],
  ])('about another %s breaks the contract', async (_, change, field) => {
    const { outcome, server } = await refundWith([ok(change)]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', moneyMoved: 'unknown', fields: [{ field }] },
      refund: { id: 're_1' },
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['an expanded payment', ok({ payment_intent: { id: 'pi_1', amount: 1250 } })],
    ['no id', ok({ id: undefined })],
    ['no currency', ok({ currency: undefined })],
    ['an amount with a point', { ...ok(), body: JSON.stringify({ ...REFUND }).replace('1250', '12.50') }],
    ['half of it', half(200, REFUND)],
    ['HTML', html(200)],
    ['no body', { status: 200 }],
    ['another 2xx', { status: 201, body: REFUND }],
  ])('with %s proves nothing', async (_, answer) => {
    const { outcome, server } = await refundWith([answer]);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', next: 'call_again' } });
    expect(server.requests).toHaveLength(1);
  });
});

describe('errors', () => {
  test.each<[number, object, string]>([
    [400, { code: 'charge_already_refunded' }, 'already_refunded'],
    [400, { code: 'charge_disputed' }, 'not_refundable'],
    [400, { code: 'charge_not_refundable' }, 'not_refundable'],
    [400, { code: 'refund_disputed_payment' }, 'not_refundable'],
    [400, { code: 'balance_insufficient' }, 'insufficient_balance'],
    [400, { code: 'parameter_unknown' }, 'invalid_request'],
    [400, {}, 'invalid_request'],
    [401, {}, 'authentication'],
    [402, { type: 'card_error', code: 'card_declined' }, 'declined'],
    [403, {}, 'permission'],
    [404, { code: 'resource_missing' }, 'not_found'],
  ])('%i %j proves that no money moved: %s', async (status, error, kind) => {
    const { outcome, server } = await refundWith([failed(status, error)]);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: true,
      error: { kind, moneyMoved: 'no', httpStatus: status, message: expect.stringContaining('Says Stripe') },
    });
    expect(server.requests).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  test('name the field as the caller does', async () => {
    const { outcome } = await refundWith([failed(400, { code: 'resource_missing', param: 'payment_intent' })]);
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { code: 'resource_missing', fields: [{ field: 'payment', message: 'Says Stripe' }] },
    });
  });

  test.each<[number, object]>([
    [409, { code: 'idempotency_key_in_use' }],
    [409, { type: 'idempotency_error' }],
    [400, { type: 'idempotency_error' }],
    [400, { type: 'idempotency_error', code: 'charge_already_refunded' }],
    [424, {}],
  ])('%i %j proves nothing', async (status, error) => {
    const { client, outcome, request, server } = await refundWith([failed(status, error), ok()]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'ambiguous_answer', moneyMoved: 'unknown', next: 'call_again' },
    });
    expect(server.requests).toHaveLength(1);
    // Whoever calls again sends the same bytes with the same key, and learns what became of it.
    expect(await client.refund(request)).toMatchObject({ kind: 'accepted', refund: { id: 're_1' } });
    expect(server.requests[1]).toEqual(server.requests[0]);
  });
});

describe('a repeated key, which Stripe acts on once', () => {
  test.each<[string, Scripted]>([
    ['500', failed(500, { type: 'api_error' })],
    ['502 of a proxy', html(502)],
    ['a closed socket', CLOSED],
    ['no answer in time', NEVER],
    ['429', failed(429, { code: 'rate_limit' })],
  ])('is sent again after %s, byte by byte', async (_, answer) => {
    const { outcome, server } = await refundWith([answer, ok()]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { id: 're_1', status: 'succeeded' } });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]).toEqual(server.requests[0]);
    expect(server.violations).toEqual([]);
  });

  test('that brings the saved 500 again is unknown, after three sends', async () => {
    const { outcome, server } = await refundWith([failed(500, { type: 'api_error' })]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'provider_error', moneyMoved: 'unknown', next: 'call_again', httpStatus: 500 },
    });
    expect(server.requests).toHaveLength(3);
  });

  test('that brings a refusal after a lost answer proves nothing', async () => {
    const { outcome } = await refundWith([CLOSED, failed(400, { code: 'charge_already_refunded' })]);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', code: 'charge_already_refunded', moneyMoved: 'unknown' },
    });
  });

  test('is not relied on after 24 hours', async () => {
    const server = await serve(failed(409, {}));
    const client = clientOf(server);
    await client.refund(REQUEST);
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 24 * 3_600_000);
    expect(await client.refund(REQUEST)).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', next: 'reconcile' },
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('reading', () => {
  test('a refund by its id', async () => {
    const server = await serve(ok({ status: 'failed', failure_reason: 'unknown' }));
    expect(await clientOf(server).retrieve('re_1')).toMatchObject({
      kind: 'found',
      value: { id: 're_1', payment: 'pi_1', status: 'failed', failure: 'unknown', money: { minor: 1250n } },
    });
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/v1/refunds/re_1', body: '' }]);
    expect(server.violations).toEqual([]);
  });

  test('a refund that is not there', async () => {
    const server = await serve(failed(404, { code: 'resource_missing' }));
    expect(await clientOf(server).retrieve('re_2')).toMatchObject({ kind: 'failed', error: { kind: 'not_found' } });
  });

  test.each<[string, object, string]>([
    ['carries the refundRef', {}, 'happened'],
    ['carries another one', { metadata: { refund_ref: 'order-77/2' } }, 'still_unknown'],
    ['carries none', { metadata: null }, 'still_unknown'],
    ['is of another amount', { amount: 1251 }, 'still_unknown'],
  ])('a refund that %s: %s', async (_, change, verdict) => {
    const server = await serve(failed(409, {}), ok(change));
    const client = clientOf(server);
    const outcome = await client.refund(REQUEST);
    if (outcome.kind !== 'unknown') return expect.fail(outcome.kind);
    expect(await client.reconcile(outcome.attempt, { refundId: 're_1' })).toMatchObject({ verdict });
    expect(server.violations).toEqual([]);
  });
});
