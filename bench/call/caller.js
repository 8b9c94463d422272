// Bundled with a generated client: calls the provider at the URL that it is given through the client, and bare, in turn.
// Prints for each batch what both took, in microseconds for one call.

import { createChip, money, partial } from '#generated';
import { API_KEY, CURRENCY, MINOR, PURCHASE_ID } from './exchange.js';

const WARM_UP = 2000;
const BATCHES = 60;
const CALLS = 100;

const [url = ''] = process.argv.slice(2);
const client = createChip({ auth: { apiKey: API_KEY }, baseUrl: url });
let refunds = 0;

async function throughClient() {
  refunds += 1;
  const refundRef = `rf_${refunds}`;
  const outcome = await client.refund({ refundRef, payment: PURCHASE_ID, amount: partial(money(CURRENCY, 1250n)) });
  if (outcome.kind !== 'accepted') throw new Error(`the refund ended ${outcome.kind}`);
}

/** The same request, and what anybody would do with its answer. */
async function bare() {
  const answer = await fetch(`${url}/purchases/${PURCHASE_ID}/refund/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ amount: MINOR }),
  });
  const refund = JSON.parse(await answer.text());
  if (answer.status !== 200 || refund.payment.amount !== MINOR) throw new Error('another answer was expected');
}

/**
 * @param {() => Promise<void>} call
 * @param {number} calls
 */
async function microseconds(call, calls) {
  const started = { wall: performance.now(), cpu: process.cpuUsage() };
  for (let made = 0; made < calls; made += 1) await call();
  const { system, user } = process.cpuUsage(started.cpu);
  return { wall: ((performance.now() - started.wall) * 1000) / calls, cpu: (user + system) / calls };
}

await microseconds(throughClient, WARM_UP);
await microseconds(bare, WARM_UP);
const batches = [];
for (let batch = 0; batch < BATCHES; batch += 1) {
  batches.push({ ours: await microseconds(throughClient, CALLS), theirs: await microseconds(bare, CALLS) });
}
process.stdout.write(JSON.stringify(batches));
