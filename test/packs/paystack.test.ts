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

interface PaystackRequest {
  readonly refundRef: string;
  readonly payment: string;
  readonly amount: FullRefund | PartialRefund;
  readonly customerNote?: string;
}

interface PaystackClient extends PackClient<'paystack', PaystackRequest, AnyRefund> {
  readonly retrieve: (refundId: string, call?: CallOptions) => Promise<Found<AnyRefund>>;
  readonly reconcile: (
    attempt: RefundAttempt<'paystack'>,
    seen: { readonly refundId: string },
    call?: CallOptions,
  ) => Promise<unknown>;
}

interface PaystackModule {
  readonly createPaystack: (config: ClientConfig & { readonly auth: { readonly secretKey: string } }) => PaystackClient;
}

const REQUEST: PaystackRequest = {
  refundRef: 'order-77/1',
  payment: 'mpk_1',
  amount: partial(money('NGN', 125_000n)),
};

/** In the answer of a create, the transaction is an object; in that of a fetch, its id. */
const CREATED = {
  transaction: { id: 1_641, reference: 'mpk_1', amount: 500_000, currency: 'NGN' },
  id: 15_581_137,
  status: 'pending',
  amount: 125_000,
  currency: 'NGN',
  merchant_note: 'order-77/1',
  customer_note: 'Damaged',
  createdAt: '2026-11-20T10:00:00.000Z',
};
const FETCHED = { ...CREATED, transaction: 1_641, transaction_reference: 'mpk_1' };

const { close, serve } = serversOf('test/packs/paystack.yaml');
let generated: Recognised;
let paystack: PaystackModule;

beforeAll(async () => {
  generated = await generateRecognised('paystack', 'test/packs/paystack.yaml');
  paystack = await generated.load<PaystackModule>();
});

afterEach(close);
afterAll(() => generated?.remove());

function clientOf({ url: baseUrl }: ValidatingServer, config: Partial<ClientConfig> = {}): PaystackClient {
  const auth = { secretKey: 'sk_test_1' };
  return paystack.createPaystack({ auth, baseUrl, journal: memoryJournal(), ...config });
}

async function refundWith(answer: Answer | undefined | Promise<Answer>, change: Partial<PaystackRequest> = {}) {
  const server = await serve(answer);
  const client = clientOf(server, answer === NEVER ? SHORT : {});
  const request = { ...REQUEST, ...change };
  return { client, outcome: await client.refund(request), request, server };
}

/** An answer in Paystack's envelope. */
function envelope(data: object, status: unknown = true): Answer {
  return { status: 200, body: { status, message: 'Says Paystack', data } };
}

function failed(status: number, more: object = {}): Answer {
  return { status, body: { status: false, message: 'Says Paystack', ...more } };
}

describe('what is generated', () => {
  test('is as it was', async () => {
    await expect(generated.client).toMatchFileSnapshot('paystack.client.ts.snap');
  });

  test('type-checks in the strictest settings', () => {
    expect(generated.faults()).toEqual([]);
  });

  test('says what Paystack can do', async () => {
    expect(clientOf(await serve(envelope(CREATED))).capabilities).toEqual({
      full: false,
      partial: true,
      amountUnit: 'minor',
      exponents: 'declared',
      currencyInAnswer: true,
      statusInAnswer: true,
      reasons: [],
      reasonRequired: false,
      reference: true,
      idempotency: 'none',
      retrieve: true,
      expect: 'none',
      reconcile: 'refund',
    });
  });
});

describe('what goes over the wire', () => {
  test('a refund, byte by byte: JSON, in kobo, with its refundRef', async () => {
    const { server } = await refundWith(envelope(CREATED), { customerNote: 'Damaged' });
    expect(server.requests).toEqual([
      {
        method: 'POST',
        path: '/refund',
        headers: { accept: 'application/json', authorization: 'Bearer sk_test_1', 'content-type': 'application/json' },
        body:
          '{"amount":125000,"currency":"NGN","customer_note":"Damaged","merchant_note":"order-77/1",' +
          '"transaction":"mpk_1"}',
      },
    ]);
    expect(server.violations).toEqual([]);
  });
});

describe('what is refused before anything is sent', () => {
  test.each<[string, Partial<PaystackRequest>, string]>([
    ['a full refund', { amount: full() }, 'amount'],
    ['nothing', { amount: partial(money('NGN', 0n)) }, 'amount'],
    ['a currency that refunds are not made in', { amount: partial(money('EUR', 1250n)) }, 'amount'],
    ['a currency whose decimals are not settled', { amount: partial(money('XOF', 1250n)) }, 'amount'],
    ['no payment', { payment: '' }, 'payment'],
    ['an empty refundRef', { refundRef: '' }, 'refundRef'],
  ])('%s', async (_, change, field) => {
    const { outcome, server } = await refundWith(envelope(CREATED), change);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { kind: 'invalid_request', moneyMoved: 'no', fields: [{ field }] },
    });
    expect(server.requests).toEqual([]);
  });
});

describe('an answer 200', () => {
  test.each([
    ['pending', 'pending'],
    ['needs-attention', 'requires_action'],
    ['processing', 'unrecognized'],
    ['processed', 'unrecognized'],
    ['failed', 'unrecognized'],
  ])('%s is %s', async (rawStatus, status) => {
    const { outcome, server } = await refundWith(envelope({ ...CREATED, status: rawStatus }));
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      refund: {
        provider: 'paystack',
        id: '15581137',
        payment: 'mpk_1',
        money: { currency: 'NGN', minor: 125_000n },
        status,
        rawStatus,
        createdAt: new Date('2026-11-20T10:00:00Z'),
      },
    });
    expect(server.violations).toEqual([]);
  });

  test('with a time that is none has no time', async () => {
    const { outcome } = await refundWith(envelope({ ...CREATED, createdAt: 'now' }));
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { status: 'pending' } });
    expect(outcome).not.toHaveProperty('refund.createdAt');
  });

  test.each<[string, object, string]>([
    ['payment', { transaction: { ...CREATED.transaction, reference: 'mpk_2' } }, 'payment'],
    ['amount', { amount: 500_000 }, 'amount'],
    ['currency', { currency: 'GHS' }, 'amount'],
  ])('about another %s breaks the contract', async (_, change, field) => {
    const { outcome, server } = await refundWith(envelope({ ...CREATED, ...change }));
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'contract_violation', moneyMoved: 'unknown', fields: [{ field }] },
      refund: { id: '15581137' },
    });
    expect(creates(server)).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['an envelope that says false', envelope(CREATED, false)],
    ['an envelope that says "true"', envelope(CREATED, 'true')],
    ['no envelope', { status: 200, body: CREATED }],
    ['no data', { status: 200, body: { status: true, message: 'Refund has been queued' } }],
    ['a transaction without a reference', envelope({ ...CREATED, transaction: { id: 1_641 } })],
    ['an amount in text', envelope({ ...CREATED, amount: '125000' })],
    ['a currency whose decimals are not settled', envelope({ ...CREATED, currency: 'XOF' })],
    ['half of it', half(200, { status: true, data: CREATED })],
    ['HTML', html(200)],
    ['another 2xx', { ...envelope(CREATED), status: 201 }],
  ])('with %s proves nothing', async (_, answer) => {
    const { outcome, server } = await refundWith(answer);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', next: 'reconcile' } });
    expect(creates(server)).toHaveLength(1);
  });
});

describe('errors', () => {
  test.each<[number, object, string, string | undefined]>([
    [400, { code: 'validation_error' }, 'invalid_request', 'validation_error'],
    [400, { type: 'validation_error', code: 'invalid_params' }, 'invalid_request', 'invalid_params'],
    [422, { type: 'validation_error' }, 'invalid_request', 'validation_error'],
    [401, {}, 'authentication', undefined],
    [403, {}, 'permission', undefined],
    [404, {}, 'not_found', undefined],
    [429, {}, 'rate_limited', undefined],
  ])('%i %j proves that no money moved: %s', async (status, body, kind, code) => {
    const { outcome, server } = await refundWith(failed(status, body));
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: true,
      error: { kind, moneyMoved: 'no', httpStatus: status, message: expect.stringContaining('Says Paystack') },
    });
    expect(outcome.kind === 'refused' ? outcome.error.code : 'not refused').toBe(code);
    expect(creates(server)).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  test.each<[number, object]>([
    ...[400, 402, 422].flatMap((status) =>
      ['processor_error', 'api_error'].flatMap((code): [number, object][] => [
        [status, { code }],
        [status, { type: code, code: 'unknown' }],
      ]),
    ),
    [400, {}],
    [409, { code: 'validation_error' }],
    [408, {}],
  ])('%i %j proves nothing', async (status, body) => {
    const { outcome, server } = await refundWith(failed(status, body));
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind: 'ambiguous_answer', moneyMoved: 'unknown', next: 'reconcile' },
    });
    expect(creates(server)).toHaveLength(1);
  });
});

describe('without an answer that says what happened', () => {
  test.each<[string, Answer | undefined | Promise<Answer>, string]>([
    ['500', failed(500, { code: 'api_error' }), 'provider_error'],
    ['502 of a proxy', html(502), 'provider_error'],
    ['504', html(504), 'provider_error'],
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
    const server = await serve(envelope(FETCHED));
    expect(await clientOf(server).retrieve('15581137')).toMatchObject({
      kind: 'found',
      value: { id: '15581137', payment: 'mpk_1', status: 'pending', money: { currency: 'NGN', minor: 125_000n } },
    });
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/refund/15581137', body: '' }]);
    expect(server.violations).toEqual([]);
  });

  test('a refund that is not there', async () => {
    const server = await serve(failed(404));
    expect(await clientOf(server).retrieve('1')).toMatchObject({ kind: 'failed', error: { kind: 'not_found' } });
  });

  test.each<[string, object, string]>([
    ['with the refundRef is the one of the attempt', {}, 'happened'],
    ['with another note is not', { merchant_note: 'Refund for mpk_1' }, 'still_unknown'],
    ['with another amount is not', { amount: 500_000 }, 'still_unknown'],
    ['of another transaction is not', { transaction_reference: 'mpk_2' }, 'still_unknown'],
  ])('a refund %s', async (_, change, verdict) => {
    const server = await serve(failed(500), envelope({ ...FETCHED, ...change }));
    const client = clientOf(server);
    const outcome = await client.refund(REQUEST);
    if (outcome.kind !== 'unknown') return expect.fail(outcome.kind);
    expect(await client.reconcile(outcome.attempt, { refundId: '15581137' })).toMatchObject({ verdict });
    expect(creates(server)).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });
});
