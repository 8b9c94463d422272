import { createHarbour, createMeadow, type Money, partial, type RefundJournal } from '../generated/index.js';

/** An order of the shop, and where it was paid. */
export interface Order {
  readonly id: string;
  readonly paidAt: 'harbour' | 'meadow';
  readonly payment: string;
}

/** What the shop tells its customer. */
export type Answer = 'refunded' | 'underway' | 'not refunded' | 'we will look into it';

/** Makes the function that refunds a part of an order. One `returnId` is one refund, however often it is called. */
export function returnsOf(keys: Record<Order['paidAt'], string>, journal: RefundJournal) {
  const harbour = createHarbour({ auth: { token: keys.harbour }, journal });
  const meadow = createMeadow({ auth: { token: keys.meadow }, journal });

  return async (order: Order, returnId: string, amount: Money): Promise<Answer> => {
    const request = { refundRef: returnId, payment: order.payment, amount: partial(amount) };
    const outcome = await (order.paidAt === 'harbour' ? harbour.refund(request) : meadow.refund(request));
    if (outcome.kind === 'refused') return 'not refunded';
    // It may have happened: it is in the journal, and the back office reconciles it.
    if (outcome.kind === 'unknown') return 'we will look into it';
    if (outcome.refund.status === 'succeeded') return 'refunded';
    return outcome.refund.status === 'pending' ? 'underway' : 'we will look into it';
  };
}
