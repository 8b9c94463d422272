import { createChip, money, partial } from '../../generated/index.js';
import { closedAfterActing, simulate } from '../../generator/testing.js';

await using provider = await simulate('chip');
const { id } = provider.addPayment({ currency: 'EUR', minor: 1000n });
const client = createChip({ auth: { apiKey: 'sk_test' }, baseUrl: provider.url });

provider.fail(closedAfterActing);
const outcome = await client.refund({ refundRef: 'order-1', payment: id, amount: partial(money('EUR', 400n)) });
// The outcome is unknown, and 4.00 EUR have moved.
export const seen = [outcome.kind, provider.ledger.refundedOf(id)];
