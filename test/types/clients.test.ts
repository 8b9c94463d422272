import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type ChipClient,
  type ChipOutcome,
  type ChipRefund,
  type ChipRefundRequest,
  type ChipStatus,
  createChip,
  createMedusa,
  createPiriod,
  createWooshpay,
  type DidNotHappen,
  full,
  type Happened,
  type JournalEntry,
  type MedusaAuth,
  type MedusaClient,
  type MedusaOutcome,
  type MedusaReason,
  type MedusaRefundRequest,
  type MedusaStatus,
  type Money,
  money,
  type PaymentEvidence,
  type PiriodClient,
  type PiriodOutcome,
  type PiriodReason,
  type PiriodRefundRequest,
  type PiriodStatus,
  parseMoney,
  partial,
  type RefundAttempt,
  RefundConfigError,
  type RefundJournal,
  type RefundStatus,
  type StillUnknown,
  type WooshpayClient,
  type WooshpayConfig,
  type WooshpayOutcome,
  type WooshpayReason,
  type WooshpayRefund,
  type WooshpayRefundRequest,
  type WooshpayStatus,
} from '../../generated/index.js';
import { compiles } from './compiles.js';

const amount = partial(money('USD', 1250n));

describe('amounts', () => {
  test('full() is there where the provider has it', () => {
    compiles(() => {
      ({ refundRef: 'r', payment: 'p', amount: full() }) satisfies WooshpayRefundRequest;
      ({ refundRef: 'r', payment: 'p', amount: full(money('USD', 1n)) }) satisfies ChipRefundRequest;
      // @ts-expect-error Piriod has no full refund.
      ({ refundRef: 'r', payment: 1, reason: 'duplicate', amount: full() }) satisfies PiriodRefundRequest;
      // @ts-expect-error Medusa has no full refund.
      ({ refundRef: 'r', payment: 'p', reason: 'return', amount: full() }) satisfies MedusaRefundRequest;
    });
  });

  test('are no numbers, and are required', () => {
    compiles(() => {
      // @ts-expect-error A number says neither the currency nor the unit.
      ({ refundRef: 'r', payment: 'p', amount: 12.5 }) satisfies ChipRefundRequest;
      // @ts-expect-error Money alone says neither partial nor full.
      ({ refundRef: 'r', payment: 'p', amount: money('USD', 1n) }) satisfies ChipRefundRequest;
      // @ts-expect-error Leaving it out does not mean full.
      ({ refundRef: 'r', payment: 'p' }) satisfies ChipRefundRequest;
      // @ts-expect-error Minor units are a bigint.
      money('USD', 12.5);
      // @ts-expect-error No currency of ISO 4217.
      money('usd', 1n);
      // @ts-expect-error No currency of ISO 4217.
      parseMoney('XXX', '1');
    });
  });

  test('know their currency', () => {
    expectTypeOf(money('JPY', 1n)).toEqualTypeOf<Money<'JPY'>>();
    expectTypeOf(parseMoney('KWD', '1.250')).toEqualTypeOf<Money<'KWD'>>();
    expectTypeOf<Money<'JPY'>['currency']>().toEqualTypeOf<'JPY'>();
    expectTypeOf<Money<'JPY'>>().toExtend<Money>();
    expectTypeOf<Money>().not.toExtend<Money<'JPY'>>();
    expectTypeOf<Money<'JPY'>>().not.toExtend<Money<'KWD'>>();
    expectTypeOf<Money['minor']>().toEqualTypeOf<bigint>();
    compiles(() => {
      // @ts-expect-error Money does not change.
      money('JPY', 1n).minor = 2n;
    });
  });
});

describe('requests', () => {
  test('a reason is required where the provider requires it, with its own values', () => {
    expectTypeOf<PiriodReason>().toEqualTypeOf<'duplicate' | 'fraudulent' | 'requested_by_customer'>();
    expectTypeOf<MedusaReason>().toEqualTypeOf<'discount' | 'return' | 'swap' | 'claim' | 'other'>();
    expectTypeOf<WooshpayReason>().toEqualTypeOf<
      'duplicate' | 'fraudulent' | 'requested_by_customer' | 'resolved_dispute'
    >();
    expectTypeOf<PiriodRefundRequest['reason']>().toEqualTypeOf<PiriodReason>();
    expectTypeOf<MedusaRefundRequest['reason']>().toEqualTypeOf<MedusaReason>();
    expectTypeOf<WooshpayRefundRequest['reason']>().toEqualTypeOf<WooshpayReason | undefined>();
    expectTypeOf<ChipRefundRequest>().not.toHaveProperty('reason');
    compiles(() => {
      ({ refundRef: 'r', payment: 1, amount, reason: 'duplicate' }) satisfies PiriodRefundRequest;
      ({ refundRef: 'r', payment: 'p', amount, reason: 'swap' }) satisfies MedusaRefundRequest;
      ({ refundRef: 'r', payment: 'p', amount }) satisfies WooshpayRefundRequest;
      // @ts-expect-error Piriod requires a reason.
      ({ refundRef: 'r', payment: 1, amount }) satisfies PiriodRefundRequest;
      // @ts-expect-error Medusa requires a reason.
      ({ refundRef: 'r', payment: 'p', amount }) satisfies MedusaRefundRequest;
      // @ts-expect-error A reason of Medusa.
      ({ refundRef: 'r', payment: 1, amount, reason: 'swap' }) satisfies PiriodRefundRequest;
      // @ts-expect-error A reason of Piriod.
      ({ refundRef: 'r', payment: 'p', amount, reason: 'duplicate' }) satisfies MedusaRefundRequest;
      // @ts-expect-error A reason that WooshPay gives, and does not take.
      ({ refundRef: 'r', payment: 'p', amount, reason: 'expired_uncaptured_charge' }) satisfies WooshpayRefundRequest;
      // @ts-expect-error CHIP takes no reason.
      ({ refundRef: 'r', payment: 'p', amount, reason: 'duplicate' }) satisfies ChipRefundRequest;
    });
  });

  test('a payment is of the type that the provider gives it', () => {
    expectTypeOf<PiriodRefundRequest['payment']>().toEqualTypeOf<number>();
    expectTypeOf<WooshpayRefundRequest['payment']>().toEqualTypeOf<string>();
    expectTypeOf<MedusaRefundRequest['payment']>().toEqualTypeOf<string>();
    expectTypeOf<ChipRefundRequest['payment']>().toEqualTypeOf<string>();
  });

  test('expect is there where a payment can be read, with what the payment shows', () => {
    compiles(() => {
      ({ refundRef: 'r', payment: 'p', amount, expect: { refundable: money('USD', 1n) } }) satisfies ChipRefundRequest;
      const expect = { refunded: money('USD', 0n) };
      ({ refundRef: 'r', payment: 'p', amount, reason: 'return', expect }) satisfies MedusaRefundRequest;
      // @ts-expect-error CHIP shows what can still be refunded.
      ({ refundRef: 'r', payment: 'p', amount, expect }) satisfies ChipRefundRequest;
      // @ts-expect-error WooshPay shows no payment.
      ({ refundRef: 'r', payment: 'p', amount, expect }) satisfies WooshpayRefundRequest;
      // @ts-expect-error Piriod shows no payment.
      ({ refundRef: 'r', payment: 1, amount, reason: 'duplicate', expect }) satisfies PiriodRefundRequest;
    });
  });

  test('what the client sets itself is not the caller\u2019s', () => {
    compiles(() => {
      // @ts-expect-error Piriod's receipt is the refundRef.
      ({ refundRef: 'r', payment: 1, amount, reason: 'duplicate', receipt: 'x' }) satisfies PiriodRefundRequest;
      // @ts-expect-error The key is the refundRef.
      ({ refundRef: 'r', payment: 'p', amount, idempotencyKey: 'x' }) satisfies WooshpayRefundRequest;
      // @ts-expect-error A refundRef is required.
      ({ payment: 'p', amount }) satisfies WooshpayRefundRequest;
    });
  });
});

describe('configurations', () => {
  test('Piriod needs a workspace; test mode may change from call to call', () => {
    compiles((client: PiriodClient, request: PiriodRefundRequest) => {
      createPiriod({ auth: { token: 't' }, workspace: 'w' });
      createPiriod({ auth: { token: 't' }, workspace: 'w', testMode: true });
      // @ts-expect-error A workspace is required.
      createPiriod({ auth: { token: 't' } });
      client.refund(request, { testMode: true });
      // @ts-expect-error A workspace is the client's.
      client.refund(request, { workspace: 'w' });
    });
  });

  test('WooshPay needs a server', () => {
    expectTypeOf<WooshpayConfig['server']>().toEqualTypeOf<'live' | 'test'>();
    compiles(() => {
      createWooshpay({ auth: { secretKey: 's' }, server: 'test' });
      // @ts-expect-error There is no default.
      createWooshpay({ auth: { secretKey: 's' } });
      // @ts-expect-error No server of WooshPay.
      createWooshpay({ auth: { secretKey: 's' }, server: 'production' });
    });
  });

  test('Medusa needs a baseUrl, and one credential', () => {
    const baseUrl = 'https://shop.example';
    compiles(() => {
      createMedusa({ auth: { apiToken: 'a' }, baseUrl });
      createMedusa({ auth: { jwtToken: 'j' }, baseUrl });
      createMedusa({ auth: { cookieAuth: 'c' }, baseUrl });
      // @ts-expect-error The spec names no server.
      createMedusa({ auth: { apiToken: 'a' } });
      // @ts-expect-error One of them.
      createMedusa({ auth: {}, baseUrl });
      // @ts-expect-error None of Medusa's.
      createMedusa({ auth: { token: 'a' }, baseUrl });
      // @ts-expect-error One of them only.
      createMedusa({ auth: { apiToken: 'a', jwtToken: 'j' }, baseUrl });
      // @ts-expect-error One of them only.
      createMedusa({ auth: { jwtToken: 'j', cookieAuth: 'c' }, baseUrl });
      // @ts-expect-error A key and its absence are no credential.
      createMedusa({ auth: { apiToken: undefined }, baseUrl });
    });
    const both = { apiToken: 'a', jwtToken: 'j' } as unknown as MedusaAuth;
    expect(() => createMedusa({ auth: both, baseUrl })).toThrow(RefundConfigError);
  });

  test('CHIP needs its key only', () => {
    compiles(() => {
      createChip({ auth: { apiKey: 'k' } });
      // @ts-expect-error The key is required.
      createChip({ auth: {} });
      // @ts-expect-error CHIP has one server.
      createChip({ auth: { apiKey: 'k' }, server: 'production' });
    });
  });

  test('a call takes the options of its provider', () => {
    compiles((chip: ChipClient, request: ChipRefundRequest, attempt: RefundAttempt<'chip'>) => {
      chip.refund(request, { signal: AbortSignal.timeout(5), timeoutMs: 5 });
      // @ts-expect-error CHIP has no test mode: it would refund real money.
      chip.refund(request, { testMode: true });
      // @ts-expect-error Nor has reading.
      chip.reconcile(attempt, { testMode: true });
      // @ts-expect-error Nor have the operations of its spec.
      chip.native.refundPurchase({ path: { id: 'p' } }, { testMode: true });
      // @ts-expect-error A signal, not its controller.
      chip.refund(request, { signal: new AbortController() });
    });
  });
});

describe('clients', () => {
  test('have what their provider has', () => {
    expectTypeOf<PiriodClient>().not.toHaveProperty('reconcile');
    expectTypeOf<PiriodClient>().not.toHaveProperty('retrieve');
    expectTypeOf<MedusaClient>().toHaveProperty('reconcile');
    expectTypeOf<MedusaClient>().not.toHaveProperty('retrieve');
    expectTypeOf<ChipClient>().toHaveProperty('reconcile');
    expectTypeOf<ChipClient>().not.toHaveProperty('retrieve');
    expectTypeOf<WooshpayClient>().toHaveProperty('reconcile');
    expectTypeOf<WooshpayClient>().toHaveProperty('retrieve');
  });

  test('reconcile tells what the provider can show', () => {
    type Verdict<C extends { readonly reconcile: (...args: never[]) => unknown }> = Awaited<ReturnType<C['reconcile']>>;
    expectTypeOf<Verdict<ChipClient>>().toEqualTypeOf<
      Happened<PaymentEvidence> | DidNotHappen<PaymentEvidence> | StillUnknown<PaymentEvidence>
    >();
    expectTypeOf<Verdict<MedusaClient>>().toEqualTypeOf<Happened<PaymentEvidence> | StillUnknown<PaymentEvidence>>();
    expectTypeOf<Verdict<WooshpayClient>>().toEqualTypeOf<Happened<WooshpayRefund> | StillUnknown<WooshpayRefund>>();
    compiles((client: WooshpayClient, attempt: RefundAttempt<'wooshpay'>) => {
      client.reconcile(attempt, { refundId: 're_1' });
      // @ts-expect-error Something has to be looked at.
      client.reconcile(attempt);
    });
  });

  test('take the attempts of their own provider', () => {
    compiles((chip: ChipClient, medusa: MedusaClient, wooshpay: WooshpayClient, piriod: PiriodClient) => {
      const own = {} as RefundAttempt<'chip'>;
      chip.reconcile(own);
      chip.release(own);
      // @ts-expect-error An attempt of CHIP.
      medusa.reconcile(own);
      // @ts-expect-error An attempt of CHIP.
      wooshpay.reconcile(own, { refundId: 're_1' });
      // @ts-expect-error An attempt of CHIP.
      piriod.release(own);
      const any = {} as RefundAttempt;
      // @ts-expect-error An attempt of nobody knows whom.
      chip.reconcile(any);
    });
  });

  test('say what they can do in literals', () => {
    expectTypeOf<PiriodClient['capabilities']['full']>().toEqualTypeOf<false>();
    expectTypeOf<ChipClient['capabilities']['full']>().toEqualTypeOf<true>();
    expectTypeOf<ChipClient['capabilities']['reasons']>().toEqualTypeOf<readonly []>();
    expectTypeOf<WooshpayClient['capabilities']['idempotency']>().toEqualTypeOf<'undocumented'>();
    expectTypeOf<ChipClient['provider']>().toEqualTypeOf<'chip'>();
  });
});

describe('a journal', () => {
  test('begins, replaces what it knows, and tells of a payment', () => {
    expectTypeOf<keyof RefundJournal>().toEqualTypeOf<'begin' | 'replace' | 'ofPayment'>();
    expectTypeOf<RefundJournal['begin']>().returns.toEqualTypeOf<Promise<JournalEntry | undefined>>();
    expectTypeOf<RefundJournal['replace']>().parameter(1).toEqualTypeOf<readonly JournalEntry['state'][]>();
    expectTypeOf<RefundJournal['replace']>().returns.toEqualTypeOf<Promise<boolean>>();
    expectTypeOf<RefundJournal['ofPayment']>().returns.toEqualTypeOf<Promise<readonly JournalEntry[]>>();
    expectTypeOf<RefundAttempt['attemptId']>().toEqualTypeOf<string>();
    expectTypeOf<NonNullable<RefundAttempt['before']>['attempts']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<DidNotHappen<PaymentEvidence>['released']>().toEqualTypeOf<boolean>();
  });
});

describe('outcomes', () => {
  test('a switch over kind is exhaustive', () => {
    compiles((outcome: ChipOutcome): string => {
      switch (outcome.kind) {
        case 'accepted':
          return outcome.refund.status;
        case 'refused':
          return outcome.error.message;
        case 'unknown':
          return outcome.attempt.refundRef;
      }
    });
    compiles((outcome: PiriodOutcome): string => {
      switch (outcome.kind) {
        case 'accepted':
          return outcome.refund.status;
        case 'refused':
          return outcome.error.message;
        default:
          outcome satisfies Extract<PiriodOutcome, { readonly kind: 'unknown' }>;
          // @ts-expect-error It may be unknown: that is not one of the other two.
          return outcome satisfies never;
      }
    });
  });

  test('what there is depends on the kind', () => {
    compiles((outcome: WooshpayOutcome) => {
      // @ts-expect-error It may not have been accepted.
      outcome.refund.id;
      if (outcome.kind === 'accepted') {
        expectTypeOf(outcome.refund).toEqualTypeOf<WooshpayRefund>();
        expectTypeOf(outcome.source).toEqualTypeOf<'answer' | 'journal'>();
        expectTypeOf(outcome).not.toHaveProperty('error');
      } else if (outcome.kind === 'refused') {
        expectTypeOf(outcome.error.moneyMoved).toEqualTypeOf<'no'>();
        expectTypeOf(outcome).not.toHaveProperty('refund');
        expectTypeOf(outcome).not.toHaveProperty('attempt');
      } else {
        expectTypeOf(outcome.error.moneyMoved).toEqualTypeOf<'unknown'>();
        expectTypeOf(outcome.attempt).toEqualTypeOf<RefundAttempt<'wooshpay'>>();
        expectTypeOf(outcome.refund).toEqualTypeOf<WooshpayRefund | undefined>();
      }
    });
  });

  test('the statuses are those that the provider has', () => {
    expectTypeOf<PiriodStatus>().toEqualTypeOf<'failed' | 'succeeded' | 'unrecognized'>();
    expectTypeOf<WooshpayStatus>().toEqualTypeOf<'succeeded' | 'unrecognized'>();
    expectTypeOf<MedusaStatus>().toEqualTypeOf<'pending'>();
    expectTypeOf<ChipStatus>().toEqualTypeOf<'pending' | 'succeeded'>();
    expectTypeOf<ChipRefund>().not.toHaveProperty('rawStatus');
    expectTypeOf<PiriodStatus | WooshpayStatus | MedusaStatus | ChipStatus>().toExtend<RefundStatus>();
    compiles((outcome: MedusaOutcome) => {
      // @ts-expect-error Medusa never says that a refund has succeeded.
      return outcome.kind === 'accepted' && outcome.refund.status === 'succeeded';
    });
  });

  test('a refund of CHIP need not have an id, one of the others does', () => {
    compiles((chip: ChipOutcome, wooshpay: WooshpayOutcome, medusa: MedusaOutcome, piriod: PiriodOutcome) => {
      if (chip.kind === 'accepted') expectTypeOf(chip.refund.id).toEqualTypeOf<string | undefined>();
      if (wooshpay.kind === 'accepted') expectTypeOf(wooshpay.refund.id).toEqualTypeOf<string>();
      if (medusa.kind === 'accepted') expectTypeOf(medusa.refund.id).toEqualTypeOf<string>();
      if (piriod.kind === 'accepted') expectTypeOf(piriod.refund.id).toEqualTypeOf<string>();
      if (piriod.kind === 'accepted') expectTypeOf(piriod.refund.payment).toEqualTypeOf<number>();
    });
  });

  test('a reason of an answer may be new, and the known ones complete', () => {
    expectTypeOf<'a_new_one'>().toExtend<WooshpayRefund['reason']>();
    compiles((refund: WooshpayRefund) => refund.reason === 'expired_uncaptured_charge');
  });
});

describe('native operations', () => {
  test('take what the spec lets a caller write', () => {
    type Body = Parameters<PiriodClient['native']['createRefund']>[0]['body'];
    expectTypeOf<Body>().not.toHaveProperty('id');
    expectTypeOf<Body>().not.toHaveProperty('status');
    expectTypeOf<Body>().not.toHaveProperty('balance');
    compiles((client: PiriodClient) => {
      const body = { payment: 1, amount: 1, reason: 'duplicate', receipt: 'r' } as const;
      client.native.createRefund({ body });
      // @ts-expect-error The provider sets it.
      client.native.createRefund({ body: { ...body, id: 'x' } satisfies Body });
      // @ts-expect-error The provider sets it.
      client.native.createRefund({ body: { ...body, status: 'succeeded' } satisfies Body });
      // @ts-expect-error The client sets it.
      client.native.createRefund({ body, header: { 'x-simple-workspace': 'w' } });
    });
    compiles((client: WooshpayClient) => {
      client.native.createRefund({ body: { payment_intent: 'p', amount: '5' }, header: { 'Idempotency-Key': 'k' } });
      // @ts-expect-error The overlay requires the payment.
      client.native.createRefund({ body: { amount: '5' } });
      // @ts-expect-error The amount is text.
      client.native.createRefund({ body: { payment_intent: 'p', amount: 5 } });
      // @ts-expect-error Not the caller's business.
      client.native.retrieveRefund({ path: { refund_id: 'r' }, header: { Accept: 'text/plain' } });
    });
    compiles((client: ChipClient) => {
      client.native.refundPurchase({ path: { id: 'p' } });
      // @ts-expect-error The id is required.
      client.native.refundPurchase({ body: { amount: 5 } });
    });
  });

  test('answer by status', () => {
    compiles(async (client: WooshpayClient) => {
      const answer = await client.native.createRefund({ body: { payment_intent: 'p' } });
      if (answer.status === 200) {
        expectTypeOf(answer.body.amount).toEqualTypeOf<number | undefined>();
        expectTypeOf(answer.body.currency).toEqualTypeOf<string | undefined>();
        // @ts-expect-error No error.
        answer.body.error;
      } else if (answer.status === '5XX') {
        expectTypeOf(answer.httpStatus).toEqualTypeOf<number>();
        expectTypeOf(answer.body.error?.message).toEqualTypeOf<string | undefined>();
      } else if (answer.status === 'undeclared') {
        expectTypeOf(answer.body).toEqualTypeOf<unknown>();
      } else {
        expectTypeOf(answer.status).toEqualTypeOf<400 | 401 | 402 | 403 | 404 | 409 | 429>();
      }
    });
    compiles(async (client: PiriodClient) => {
      const body = { payment: 1, amount: 1, reason: 'duplicate', receipt: 'r' } as const;
      const answer = await client.native.createRefund({ body });
      if (answer.status === 201) expectTypeOf(answer.body.status).toEqualTypeOf<'failed' | 'succeeded' | undefined>();
      if (answer.status === 404) expectTypeOf(answer.body.detail).toEqualTypeOf<string>();
    });
    compiles(async (client: MedusaClient) => {
      const answer = await client.native.getPaymentsPayment({ path: { id: 'p' } });
      if (answer.status === 401) expectTypeOf(answer.body).toEqualTypeOf<string>();
    });
    compiles(async (client: ChipClient) => {
      const answer = await client.native.refundPurchase({ path: { id: 'p' } });
      // @ts-expect-error CHIP's spec has no such status.
      return answer.status === 409;
    });
  });
});
