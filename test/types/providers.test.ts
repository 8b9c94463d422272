import { describe, expectTypeOf, test } from 'vitest';
import {
  type ChipClient,
  type ChipOutcome,
  type ChipRefundRequest,
  full,
  type MedusaClient,
  type MedusaRefundRequest,
  money,
  type PiriodCall,
  type PiriodClient,
  type PiriodOutcome,
  type PiriodRefundRequest,
  type ProviderId,
  type Providers,
  partial,
  type RefundAttempt,
  type RefundCall,
  type RefundClient,
  type RefundOutcome,
  type RefundRequest,
  type WooshpayClient,
  type WooshpayOutcome,
  type WooshpayRefundRequest,
} from '../../generated/index.js';
import { compiles } from './compiles.js';

const amount = partial(money('USD', 1250n));

/** Code that is written once for every provider. */
async function refundOrder<P extends ProviderId>(
  client: RefundClient<P>,
  request: RefundRequest<P>,
): Promise<RefundOutcome<P>> {
  return client.refund(request);
}

describe('one provider', () => {
  test('is known by its id', () => {
    expectTypeOf<ProviderId>().toEqualTypeOf<'chip' | 'medusa' | 'piriod' | 'wooshpay'>();
    expectTypeOf<Providers['chip']['client']>().toEqualTypeOf<ChipClient>();
    expectTypeOf<RefundOutcome<'chip'>>().toEqualTypeOf<ChipOutcome>();
    expectTypeOf<RefundOutcome<'chip' | 'piriod'>>().toEqualTypeOf<ChipOutcome | PiriodOutcome>();
  });

  test('its request is its own', () => {
    expectTypeOf<ChipRefundRequest>().toExtend<RefundRequest<'chip'>>();
    expectTypeOf<RefundRequest<'chip'>>().toExtend<ChipRefundRequest>();
    expectTypeOf<PiriodRefundRequest>().toExtend<RefundRequest<'piriod'>>();
    expectTypeOf<RefundRequest<'piriod'>>().toExtend<PiriodRefundRequest>();
    expectTypeOf<MedusaRefundRequest>().toExtend<RefundRequest<'medusa'>>();
    expectTypeOf<WooshpayRefundRequest>().toExtend<RefundRequest<'wooshpay'>>();
  });

  test('its client is a client of it, and of no other', () => {
    expectTypeOf<ChipClient>().toExtend<RefundClient<'chip'>>();
    expectTypeOf<PiriodClient>().toExtend<RefundClient<'piriod'>>();
    expectTypeOf<MedusaClient>().toExtend<RefundClient<'medusa'>>();
    expectTypeOf<WooshpayClient>().toExtend<RefundClient<'wooshpay'>>();
    expectTypeOf<ChipClient>().not.toExtend<RefundClient<'piriod'>>();
    expectTypeOf<PiriodClient>().not.toExtend<RefundClient<'chip'>>();
  });
});

describe('a generic function', () => {
  test('works for each provider, and gives back its outcome', () => {
    compiles(async (chip: ChipClient, medusa: MedusaClient, piriod: PiriodClient, wooshpay: WooshpayClient) => {
      const id = { refundRef: 'r', payment: 'p' };
      expectTypeOf(await refundOrder(chip, { ...id, amount: full() })).toEqualTypeOf<ChipOutcome>();
      await refundOrder(medusa, { ...id, amount, reason: 'return' });
      const outcome = await refundOrder(piriod, { refundRef: 'r', payment: 1, amount, reason: 'duplicate' });
      expectTypeOf(outcome).toEqualTypeOf<PiriodOutcome>();
      await refundOrder(wooshpay, { ...id, amount, reason: 'resolved_dispute', metadata: { order: 1 } });
    });
  });

  test('refuses the request of another provider', () => {
    compiles(
      (
        chip: ChipClient,
        medusa: MedusaClient,
        piriod: PiriodClient,
        wooshpay: WooshpayClient,
        requests: {
          readonly medusa: MedusaRefundRequest;
          readonly piriod: PiriodRefundRequest;
          readonly wooshpay: WooshpayRefundRequest;
        },
      ) => {
        // @ts-expect-error A payment of Piriod is a number.
        refundOrder(chip, requests.piriod);
        // @ts-expect-error The reasons are others.
        refundOrder(medusa, requests.wooshpay);
        // @ts-expect-error A payment of Medusa is text.
        refundOrder(piriod, requests.medusa);
        // @ts-expect-error The reasons are others.
        refundOrder(wooshpay, requests.medusa);
        // @ts-expect-error CHIP takes no reason.
        refundOrder(chip, { refundRef: 'r', payment: 'p', amount, reason: 'duplicate' });
        // @ts-expect-error Piriod has no full refund.
        refundOrder(piriod, { refundRef: 'r', payment: 1, amount: full(), reason: 'duplicate' });
        // @ts-expect-error Piriod requires a reason.
        refundOrder(piriod, { refundRef: 'r', payment: 1, amount });
      },
    );
  });

  test('a switch over kind is exhaustive in it', () => {
    compiles(async <P extends ProviderId>(client: RefundClient<P>, request: RefundRequest<P>): Promise<string> => {
      const outcome = await client.refund(request);
      switch (outcome.kind) {
        case 'accepted':
          return outcome.refund.status;
        case 'refused':
          return outcome.error.message;
        case 'unknown':
          return outcome.attempt.refundRef;
      }
    });
  });
});

describe('several providers', () => {
  test('a client of each of them is accepted, and no other', () => {
    expectTypeOf<ChipClient>().toExtend<RefundClient<'piriod' | 'chip'>>();
    expectTypeOf<PiriodClient>().toExtend<RefundClient<'piriod' | 'chip'>>();
    expectTypeOf<WooshpayClient>().not.toExtend<RefundClient<'piriod' | 'chip'>>();
    expectTypeOf<ChipClient>().toExtend<RefundClient<ProviderId>>();
    expectTypeOf<MedusaClient>().toExtend<RefundClient<ProviderId>>();
    expectTypeOf<PiriodClient>().toExtend<RefundClient<ProviderId>>();
    expectTypeOf<WooshpayClient>().toExtend<RefundClient<ProviderId>>();
  });

  test('what both take compiles, what one of them refuses does not', () => {
    compiles((client: RefundClient<'wooshpay' | 'chip'>, order: Record<string, string>) => {
      client.refund({ refundRef: 'r', payment: 'p', amount });
      client.refund({ refundRef: 'r', payment: 'p', amount: full() });
      // @ts-expect-error CHIP takes no reason.
      client.refund({ refundRef: 'r', payment: 'p', amount, reason: 'duplicate' });
      // @ts-expect-error CHIP takes no metadata.
      client.refund({ refundRef: 'r', payment: 'p', amount, metadata: order });
      // @ts-expect-error WooshPay takes no expectation.
      client.refund({ refundRef: 'r', payment: 'p', amount, expect: { refundable: money('USD', 1n) } });
      // @ts-expect-error Both need an amount.
      client.refund({ refundRef: 'r', payment: 'p' });
    });
    compiles((client: RefundClient<'wooshpay' | 'chip'>, request: WooshpayRefundRequest) => {
      // @ts-expect-error It may have a reason.
      client.refund(request);
    });
  });

  test('where one requires what another does not have, there is no request', () => {
    compiles((client: RefundClient<'piriod' | 'chip'>) => {
      // @ts-expect-error Piriod requires a reason.
      client.refund({ refundRef: 'r', payment: 'p', amount });
      // @ts-expect-error A payment of Piriod is a number.
      client.refund({ refundRef: 'r', payment: 'p', amount, reason: 'duplicate' });
      // @ts-expect-error CHIP takes no reason, and its payments are text.
      client.refund({ refundRef: 'r', payment: 1, amount, reason: 'duplicate' });
    });
    compiles((client: RefundClient<'medusa' | 'chip'>) => {
      // @ts-expect-error Medusa requires a reason.
      client.refund({ refundRef: 'r', payment: 'p', amount });
      // @ts-expect-error CHIP takes no reason.
      client.refund({ refundRef: 'r', payment: 'p', amount, reason: 'return' });
    });
    compiles((client: RefundClient<'medusa' | 'wooshpay'>) => {
      // @ts-expect-error They have no reason in common.
      client.refund({ refundRef: 'r', payment: 'p', amount, reason: 'return' });
    });
  });

  test('the provider tells whose outcome it is', () => {
    compiles(async (client: ChipClient | WooshpayClient) => {
      const outcome = await client.refund({ refundRef: 'r', payment: 'p', amount });
      expectTypeOf(outcome).toEqualTypeOf<ChipOutcome | WooshpayOutcome>();
      if (outcome.kind === 'accepted' && outcome.refund.provider === 'wooshpay') {
        expectTypeOf(outcome.refund.id).toEqualTypeOf<string>();
      }
    });
  });

  test('options that only one takes are not those of both', () => {
    compiles((piriod: RefundClient<'piriod'>, both: RefundClient<'piriod' | 'chip'>, request: never) => {
      piriod.refund(request, { testMode: true });
      both.refund(request, { timeoutMs: 5 });
      // @ts-expect-error CHIP has no test mode: it would refund real money.
      both.refund(request, { testMode: true });
    });
  });

  test('a generic function passes on the options of a call', () => {
    expectTypeOf<RefundCall<'piriod'>>().toExtend<{ readonly testMode?: boolean | undefined }>();
    compiles(async <P extends ProviderId>(client: RefundClient<P>, request: RefundRequest<P>, call: RefundCall<P>) =>
      client.refund(request, call),
    );
    compiles((piriod: RefundCall<'piriod'>) => {
      piriod satisfies PiriodCall;
      ({ timeoutMs: 5 }) satisfies RefundCall<ProviderId>;
      ({ testMode: true }) satisfies RefundCall<'piriod'>;
      // @ts-expect-error CHIP has no test mode.
      ({ testMode: true }) satisfies RefundCall<'chip'>;
      // @ts-expect-error Not all of them have one.
      ({ testMode: true }) satisfies RefundCall<'chip' | 'piriod'>;
      // @ts-expect-error A workspace is the client's.
      ({ workspace: 'w' }) satisfies RefundCall<'piriod'>;
    });
  });

  test('an attempt is released by the client of its own provider', () => {
    compiles((chip: RefundClient<'chip'>, both: RefundClient<'piriod' | 'chip'>, attempt: RefundAttempt<'chip'>) => {
      chip.release(attempt);
      // @ts-expect-error The client may be Piriod's.
      both.release(attempt);
    });
  });
});
