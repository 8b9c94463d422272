import { type MeadowClient, type MeadowRefund, parseMoney, partial } from '../generated/index.js';

/** What a person at the back office is shown of a refund. */
export type Finding = 'made' | 'not made' | 'underway' | 'unclear';

/** Refunds at Meadow. Where the answer does not say what happened, the payment may show it. */
export async function refundByHand(
  meadow: MeadowClient,
  ticket: string,
  payment: string,
  euros: string,
): Promise<Finding> {
  const amount = partial(parseMoney('EUR', euros));
  const outcome = await meadow.refund({ refundRef: ticket, payment, amount });
  if (outcome.kind === 'refused') return 'not made';
  if (outcome.kind === 'accepted') return standing(outcome.refund);
  const { verdict } = await meadow.reconcile(outcome.attempt);
  return verdict === 'happened' ? 'made' : 'unclear';
}

function standing({ status }: MeadowRefund): Finding {
  switch (status) {
    case 'succeeded':
      return 'made';
    case 'failed':
      return 'not made';
    case 'pending':
      return 'underway';
    case 'unrecognized':
      return 'unclear';
  }
}
