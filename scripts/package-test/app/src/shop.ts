// Uses the clients as the README does. Compiled, never run.

import {
  type ChipOutcome,
  createChip,
  createMedusa,
  createPiriod,
  createWooshpay,
  full,
  memoryJournal,
  money,
  type NextStep,
  type PiriodOutcome,
  type ProviderId,
  parseMoney,
  partial,
  type RefundAttempt,
  type RefundClient,
  type RefundOutcome,
  type RefundRequest,
} from './refunds/index.js';

const journal = memoryJournal();
const piriod = createPiriod({ auth: { token: 'token' }, workspace: 'acc_1', testMode: true, journal });
const wooshpay = createWooshpay({ auth: { secretKey: 'key' }, server: 'test', journal });
const medusa = createMedusa({ auth: { apiToken: 'token' }, baseUrl: 'https://shop.example', journal });
const chip = createChip({ auth: { apiKey: 'key' }, journal });

/** What the shop remembers of a refund. */
interface Remembered {
  readonly state: 'done' | 'pending' | 'failed' | 'look' | 'unknown';
  readonly next?: NextStep;
  readonly attempt?: RefundAttempt;
}

function remember(outcome: PiriodOutcome | ChipOutcome): Remembered {
  switch (outcome.kind) {
    case 'accepted':
      return { state: stateOf(outcome.refund.status), attempt: outcome.attempt };
    case 'refused':
      return { state: 'failed', next: outcome.error.next };
    case 'unknown':
      return { state: 'unknown', next: outcome.error.next, attempt: outcome.attempt };
    default:
      return outcome satisfies never;
  }
}

function stateOf(status: 'failed' | 'pending' | 'succeeded' | 'unrecognized'): Remembered['state'] {
  switch (status) {
    case 'succeeded':
      return 'done';
    case 'pending':
      return 'pending';
    case 'failed':
      return 'failed';
    case 'unrecognized':
      return 'look';
    default:
      return status satisfies never;
  }
}

export async function refundAtPiriod(): Promise<Remembered> {
  const outcome = await piriod.refund({
    refundRef: 'rf_1',
    payment: 4711,
    amount: partial(money('CLP', 5000n)),
    reason: 'duplicate',
    note: undefined,
  });
  return remember(outcome);
}

export async function refundInFull(): Promise<Remembered> {
  return remember(await chip.refund({ refundRef: 'rf_2', payment: 'pay_1', amount: full(parseMoney('MYR', '12.50')) }));
}

/** What does not exist at a provider must not compile. */
export const impossible = [
  // @ts-expect-error Piriod has no full refund.
  () => piriod.refund({ refundRef: 'rf_3', payment: 4711, amount: full(), reason: 'duplicate' }),
  // @ts-expect-error A reason is required.
  () => piriod.refund({ refundRef: 'rf_3', payment: 4711, amount: partial(money('CLP', 1n)) }),
  // @ts-expect-error There is nothing to reconcile with.
  () => piriod.reconcile,
  // @ts-expect-error Amounts are bigint.
  () => money('CLP', 5000),
  // @ts-expect-error A server has to be named.
  () => createWooshpay({ auth: { secretKey: 'key' } }),
  // @ts-expect-error An attempt of another provider.
  (attempt: RefundAttempt<'chip'>) => piriod.release(attempt),
];

/** Code for several providers. */
export async function refundOnce<P extends ProviderId>(
  client: RefundClient<P>,
  request: RefundRequest<P>,
): Promise<RefundOutcome<P>> {
  return client.refund(request);
}

export async function refundEverywhere(): Promise<readonly string[]> {
  const amount = partial(money('USD', 1250n));
  const outcomes: RefundOutcome<ProviderId>[] = [
    await refundOnce(piriod, { refundRef: 'rf_4', payment: 4711, amount, reason: 'fraudulent' }),
    await refundOnce(wooshpay, { refundRef: 'rf_4', payment: 'pi_1', amount: full() }),
    await refundOnce(medusa, {
      refundRef: 'rf_4',
      payment: 'pay_1',
      amount,
      reason: 'return',
      expect: { refunded: money('USD', 0n) },
    }),
  ];
  const either: readonly RefundClient<'chip' | 'wooshpay'>[] = [chip, wooshpay];
  for (const client of either) outcomes.push(await client.refund({ refundRef: 'rf_5', payment: 'p', amount }));
  return outcomes.map(({ kind }) => kind);
}

/** An attempt is plain JSON, and comes back from storage. */
export async function settle(stored: string): Promise<string> {
  const attempt: RefundAttempt<'medusa'> = JSON.parse(stored);
  const { verdict } = await medusa.reconcile(attempt);
  return verdict;
}
