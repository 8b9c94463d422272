// Makes refunds against an HTTP server of its own, and exits with 0 where everything is as it has to be.

import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { createPiriod, createWooshpay, full, money, partial } from './refunds/index.js';

interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const seen: Seen[] = [];
const answers: Answer[] = [];

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
  const answer = answers.shift() ?? { status: 500, body: '{}' };
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
assert(typeof address === 'object' && address !== null);
const baseUrl = `http://127.0.0.1:${address.port}`;

try {
  await refundAtPiriod();
  await beRefusedByPiriod();
  await refundAtWooshpay();
} finally {
  server.close();
  server.closeAllConnections();
}

async function refundAtPiriod(): Promise<void> {
  const piriod = createPiriod({ auth: { token: 'secret' }, workspace: 'acc_1', testMode: true, baseUrl });
  answers.push({
    status: 201,
    body: '{"id":"re_1","payment":4711,"amount":12.50,"balance":0.10,"reason":"duplicate","receipt":"rf_1","status":"succeeded"}',
  });
  const request = {
    refundRef: 'rf_1',
    payment: 4711,
    amount: partial(money('USD', 1250n)),
    reason: 'duplicate',
  } as const;
  const outcome = await piriod.refund(request);
  assert(outcome.kind === 'accepted', JSON.stringify(outcome));
  assert.equal(outcome.source, 'answer');
  assert.equal(outcome.refund.id, 're_1');
  assert.equal(outcome.refund.status, 'succeeded');
  assert.equal(outcome.refund.money.minor, 1250n);
  assert.equal(String(outcome.refund.remaining), '0.10 USD');
  const { body, headers, line } = lastSeen();
  assert.equal(line, 'POST /refunds/');
  assert.equal(headers.authorization, 'Token secret');
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['x-simple-workspace'], 'acc_1');
  assert.equal(headers['x-piriod-test-mode'], 'true');
  assert.match(body, /"amount":12\.50?[,}]/);
  assert.deepEqual(JSON.parse(body), { payment: 4711, amount: 12.5, reason: 'duplicate', receipt: 'rf_1' });

  const again = await piriod.refund(request);
  assert(again.kind === 'accepted', JSON.stringify(again));
  assert.equal(again.source, 'journal');
  assert.equal(seen.length, 1, 'a refundRef that was accepted was sent again');
}

async function beRefusedByPiriod(): Promise<void> {
  const piriod = createPiriod({ auth: { token: 'secret' }, workspace: 'acc_1', baseUrl });
  answers.push({ status: 400, body: '{"receipt":["This is taken."]}' });
  const outcome = await piriod.refund({
    refundRef: 'rf_2',
    payment: 4711,
    amount: partial(money('CLP', 5000n)),
    reason: 'requested_by_customer',
  });
  assert(outcome.kind === 'refused', JSON.stringify(outcome));
  assert.equal(outcome.sent, true);
  assert.equal(outcome.error.moneyMoved, 'no');
  assert.equal(outcome.error.fields[0]?.field, 'refundRef');
}

async function refundAtWooshpay(): Promise<void> {
  const wooshpay = createWooshpay({ auth: { secretKey: 'sk_test_1' }, server: 'test', baseUrl });
  answers.push({
    status: 200,
    body: '{"id":"re_2","object":"refund","amount":100,"currency":"usd","payment_intent":"pi_1","status":"succeeded","created":1700000000}',
  });
  const outcome = await wooshpay.refund({ refundRef: 'rf_3', payment: 'pi_1', amount: full(money('USD', 100n)) });
  assert(outcome.kind === 'accepted', JSON.stringify(outcome));
  assert.equal(outcome.refund.money.minor, 100n);
  const { body, headers, line } = lastSeen();
  assert.equal(line, 'POST /v1/refunds');
  assert.equal(headers.authorization, `Basic ${Buffer.from('sk_test_1:').toString('base64')}`);
  assert.equal(headers['idempotency-key'], 'rf_3');
  assert.deepEqual(JSON.parse(body), { payment_intent: 'pi_1', metadata: { refund_ref: 'rf_3' } });
}

function lastSeen(): Seen {
  const last = seen.at(-1);
  assert(last !== undefined, 'no request was seen');
  return last;
}
