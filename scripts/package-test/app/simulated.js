// A user's own test, with a simulated provider.
import { strict as assert } from 'node:assert';
import { closedAfterActing, simulate } from 'refundgen/testing';

const provider = await simulate('chip');
const { id } = provider.addPayment({ currency: 'MYR', minor: 1000n });
provider.fail(closedAfterActing);
const request = { method: 'POST', headers: { authorization: 'Bearer key' }, body: '{"amount":400}' };
await assert.rejects(fetch(`${provider.url}/purchases/${id}/refund/`, request));
assert.equal(provider.ledger.refundedOf(id), 400n);
await provider.close();
