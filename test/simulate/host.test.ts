import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { answers, dripping, silent, silentAfterActing } from '../../generator/simulate/fault.js';
import { type SimulatedProvider, startProvider } from '../../generator/simulate/provider.js';
import { SAMPLE } from './sample-api.js';
import { portOf, providers, rawRefund, read, refund, sendRaw } from './wire.js';

const start = providers();
const ASKED = { payment: 'pay_1', amount: 400 };

async function startPaid(): Promise<SimulatedProvider> {
  const provider = await start();
  provider.addPayment({ id: 'pay_1', currency: 'EUR', minor: 1000n });
  return provider;
}

async function opened(provider: SimulatedProvider, bytes = ''): Promise<Socket> {
  const socket = connect({ port: portOf(provider), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

function refused(provider: SimulatedProvider): Promise<string | undefined> {
  return sendRaw(provider, '').then(({ fault }) => fault);
}

/** A process that ends only if nothing is open any more: a client is still dripped on, and another one kept waiting. */
const ALONE = `
  import { createJiti } from 'jiti';
  const load = (file) => createJiti(process.cwd() + '/').import(process.cwd() + '/' + file);
  const { startProvider } = await load('generator/simulate/provider.ts');
  const { dripping, silent } = await load('generator/simulate/fault.ts');
  const { SAMPLE } = await load('test/simulate/sample-api.ts');
  const provider = await startProvider(SAMPLE);
  provider.fail(dripping);
  provider.fail(silent);
  const dripped = await fetch(provider.url + '/refunds', { method: 'POST', body: '{}' });
  const failed = fetch(provider.url + '/refunds', { method: 'POST', body: '{}' }).catch(() => undefined);
  while (provider.requests.length < 2) await fetch(provider.url + '/payments/1').then((answer) => answer.text());
  await provider.close();
  await Promise.all([dripped.text().catch(() => undefined), failed]);
  process.stdout.write('closed');
`;

const run = promisify(execFile);

describe('closing', () => {
  test('ends every connection: silent, dripping, unfinished, half-closed and idle ones', async () => {
    const provider = await startPaid();
    provider.fail(silent);
    provider.fail(dripping);
    const silentOne = await opened(provider, rawRefund(ASKED));
    while (provider.requests.length === 0) await read(provider, '/payments/pay_1');
    const others = [
      await opened(provider, rawRefund(ASKED)),
      await opened(provider, 'POST /refunds HT'),
      await opened(provider, rawRefund('{', { 'content-length': '100' })),
      await opened(provider),
    ];
    const half = await opened(provider, rawRefund('{', { 'content-length': '100' }));
    half.end();
    const all = [silentOne, ...others, half];
    const closed = all.map((socket) => new Promise((resolve) => socket.on('close', resolve)));
    await provider.close();
    for (const socket of all) socket.end();
    await Promise.all(closed);
    expect(await refused(provider)).toBe('ECONNREFUSED');
  });

  test('leaves nothing open that keeps a process alive', async () => {
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', ALONE]);
    expect(stdout).toBe('closed');
  });

  test('may be done twice, at once, and after going down', async () => {
    const provider = await startPaid();
    await provider.goDown();
    await Promise.all([provider.close(), provider.close()]);
    await provider.close();
    await provider.idle();
    await expect(provider.recover()).rejects.toThrow('the simulation has ended');
    expect(provider.ledger.refundableOf('pay_1')).toBe(1000n);
  });

  test('is done by await using', async () => {
    let kept: SimulatedProvider | undefined;
    {
      await using provider = await startProvider(SAMPLE);
      kept = provider;
      expect((await read(provider, '/payments/none')).status).toBe(404);
    }
    expect(await refused(kept)).toBe('ECONNREFUSED');
  });
});

describe('a provider that is down', () => {
  test('refuses connections, and is at the same place when it is back', async () => {
    const provider = await startPaid();
    provider.fail(answers(503));
    await provider.goDown();
    expect(await refused(provider)).toBe('ECONNREFUSED');
    await expect(refund(provider, ASKED)).rejects.toThrow('fetch failed');
    expect([provider.requests, provider.ledger.refunds]).toEqual([[], []]);
    await provider.recover();
    expect((await refund(provider, ASKED)).status).toBe(200);
    await provider.recover();
    expect(provider.ledger.refundedOf('pay_1')).toBe(400n);
  });

  test('comes back also where nobody has waited for it to be down', async () => {
    const provider = await startPaid();
    const down = provider.goDown();
    await provider.recover();
    await down;
    expect((await refund(provider, ASKED)).status).toBe(200);
  });
});

describe('idle', () => {
  test('waits for what a client has sent and given up before the provider has seen it', async () => {
    const provider = await startPaid();
    const bytes = JSON.stringify(rawRefund(ASKED));
    const send = `require('net').connect(${portOf(provider)}, '127.0.0.1', function () {
      this.end(${bytes}, () => process.exit());
    })`;
    // This process stands still until the other one has ended: nothing has been seen of it by then.
    execFileSync(process.execPath, ['-e', send]);
    expect(provider.requests).toEqual([]);
    await provider.idle();
    expect(provider.requests).toHaveLength(1);
    expect(provider.ledger.refundedOf('pay_1')).toBe(400n);
  });

  test('waits until a silent connection is closed', async () => {
    const provider = await startPaid();
    provider.fail(silentAfterActing);
    const socket = await opened(provider, rawRefund(ASKED));
    const order: string[] = [];
    const idle = provider.idle().then(() => order.push('idle'));
    while (provider.requests.length === 0) await read(provider, '/payments/pay_1');
    order.push('closed');
    socket.destroy();
    await idle;
    expect(order).toEqual(['closed', 'idle']);
    expect(provider.ledger.refundedOf('pay_1')).toBe(400n);
  });
});

describe('another process', () => {
  test('is a client like any other', async () => {
    const provider = await startPaid();
    const call = `fetch(${JSON.stringify(`${provider.url}/refunds`)}, { method: 'POST', body: ${JSON.stringify(
      JSON.stringify(ASKED),
    )} }).then((answer) => answer.text()).then((text) => process.stdout.write(text))`;
    const both = await Promise.all([1, 2].map(() => run(process.execPath, ['-e', call])));
    expect(both.map(({ stdout }) => JSON.parse(stdout).amount)).toEqual([400, 400]);
    expect(provider.ledger.refundedOf('pay_1')).toBe(800n);
  });
});
