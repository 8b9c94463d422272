import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Digits } from '../../generator/simulate/exact-json.js';
import {
  answers,
  answersAfterActing,
  changed,
  closedAfterActing,
  closedAfterReading,
  closedBeforeReading,
  closedInAnswer,
  DAMAGES,
  type Damage,
  damaged,
  dripping,
  failsWith,
  interim,
  silent,
  silentAfterActing,
} from '../../generator/simulate/fault.js';
import type { SimulatedProvider } from '../../generator/simulate/provider.js';
import { fact, SAMPLE, sampleWith } from './sample-api.js';
import { portOf, providers, rawRefund, read, refund, sendRaw } from './wire.js';

const start = providers();
const ASKED = { payment: 'pay_1', amount: 400 };

async function startPaid(): Promise<SimulatedProvider> {
  const provider = await start();
  provider.addPayment({ id: 'pay_1', currency: 'EUR', minor: 1000n });
  return provider;
}

function moved(provider: SimulatedProvider): bigint {
  return provider.ledger.refundedOf('pay_1');
}

describe('a connection', () => {
  test('is reset before the body is read', async () => {
    const provider = await startPaid();
    provider.fail(closedBeforeReading);
    // The rest of the body never comes: who waited for it would wait forever.
    const { fault, text } = await sendRaw(provider, rawRefund('{', { 'content-length': '1000' }));
    expect([fault, text, provider.requests, moved(provider)]).toEqual(['ECONNRESET', '', [], 0n]);
    expect((await refund(provider, ASKED)).status).toBe(200);
  });

  test('that is to be reset when refunding reads the payment unharmed', async () => {
    const provider = await startPaid();
    provider.fail(closedBeforeReading);
    expect((await read(provider, '/payments/pay_1')).status).toBe(200);
    await expect(refund(provider, ASKED)).rejects.toThrow('fetch failed');
  });

  test.each([
    ['after reading, without acting', closedAfterReading, 0n],
    ['after acting', closedAfterActing, 400n],
  ])('ends without a byte %s', async (_, fault, refunded) => {
    const provider = await startPaid();
    provider.fail(fault);
    expect(await sendRaw(provider, rawRefund(ASKED))).toEqual({ text: '', fault: undefined });
    expect(moved(provider)).toBe(refunded);
    expect(provider.requests).toMatchObject([{ role: 'create', body: JSON.stringify(ASKED) }]);
    expect(provider.requests[0]).not.toHaveProperty('answered');
  });

  test('ends in the middle of the answer', async () => {
    const provider = await startPaid();
    provider.fail(closedInAnswer);
    const { text } = await sendRaw(provider, rawRefund(ASKED));
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(body.length).toBe(Math.floor(length / 2));
    expect(moved(provider)).toBe(400n);
  });

  test('ends in the middle of an answer that is its status alone', async () => {
    const [accepted] = SAMPLE.create.accepted;
    const provider = await start(
      sampleWith({ accepted: [{ status: '204', empty: true, cases: accepted?.cases ?? fact([]) }] }),
    );
    provider.addPayment({ id: 'pay_1', currency: 'EUR', minor: 1000n });
    provider.fail(closedInAnswer);
    expect((await sendRaw(provider, rawRefund(ASKED))).text).toBe('HTTP/1.1 2');
    expect(provider.requests[0]).not.toHaveProperty('answered');
    expect(() => provider.fail(changed('amount', null))).toThrow('say no amount');
    expect(() => provider.fail(damaged('null'))).toThrow('no body');
  });

  test.each([
    ['without acting', silent, 0n],
    ['after acting', silentAfterActing, 400n],
  ])('stays open in silence %s', async (_, fault, refunded) => {
    const provider = await startPaid();
    provider.fail(fault);
    const socket = connect(portOf(provider), '127.0.0.1', () => socket.write(rawRefund(ASKED)));
    let bytes = 0;
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    // Another request is answered in the meantime: the silent one has been read long before.
    while (!provider.requests.some(({ role }) => role === 'create')) await read(provider, '/payments/pay_1');
    expect([bytes, socket.readyState, moved(provider)]).toEqual([0, 'open', refunded]);
    socket.destroy();
    await provider.idle();
  });

  test('drips', async () => {
    const provider = await startPaid();
    provider.fail(dripping);
    const socket = connect(portOf(provider), '127.0.0.1', () => socket.write(rawRefund(ASKED)));
    let text = '';
    while (!/\r\n\r\n\{ {3}/.test(text)) text += String((await once(socket, 'data'))[0]);
    expect(text).toMatch(/^HTTP\/1\.1 200 .*content-length: 100000000/is);
    expect(moved(provider)).toBe(400n);
    socket.destroy();
    await provider.idle();
  });
});

describe('an answer', () => {
  test.each([
    [100, 'Continue'],
    [102, 'Processing'],
    [103, 'Early Hints'],
  ] as const)('comes after %i %s', async (status, phrase) => {
    const provider = await startPaid();
    provider.fail(interim(status));
    const { text } = await sendRaw(provider, rawRefund(ASKED));
    expect(text.startsWith(`HTTP/1.1 ${status} ${phrase}\r\n`)).toBe(true);
    expect(text).toMatch(/\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    expect(moved(provider)).toBe(400n);
  });

  test.each([301, 307, 304, 400, 404, 409, 418, 429, 500, 502, 503, 599])('may be %i', async (status) => {
    const provider = await startPaid();
    provider.fail(answers(status, { code: 'no' }));
    provider.fail(answersAfterActing(status));
    const first = await refund(provider, ASKED);
    expect([first.status, moved(provider)]).toEqual([status, 0n]);
    if (status !== 304) expect(first.body).toMatchObject({ error: { code: 'no', message: expect.any(String) } });
    expect([(await refund(provider, ASKED)).status, moved(provider)]).toEqual([status, 400n]);
    expect(provider.requests.map(({ answered }) => answered)).toEqual([status, status]);
  });

  test('may be 101, which is none', async () => {
    const provider = await startPaid();
    provider.fail(answersAfterActing(101, { body: 'empty' }));
    expect((await sendRaw(provider, rawRefund(ASKED))).text).toMatch(/^HTTP\/1\.1 101 /);
  });

  test.each([
    ['json', 'application/json', /^\{"gateway"/],
    ['html', 'text/html; charset=utf-8', /^<html>/],
    ['text', 'text/plain', /^upstream/],
    ['empty', null, /^$/],
    ['echo', 'application/json', /idempotency-key.*k1/],
  ] as const)('has a body of a stranger: %s', async (body, type, wanted) => {
    const provider = await startPaid();
    provider.fail(answers(502, { body }));
    const { headers, text } = await refund(provider, ASKED, { 'idempotency-key': 'k1' });
    expect([headers.get('content-type'), wanted.test(text)]).toEqual([type, true]);
  });

  test('has the headers that are given, once each', async () => {
    const provider = await startPaid();
    provider.fail(answers(429, { headers: { 'Retry-After': '120', 'Content-Type': 'application/x-own' } }));
    const { text } = await sendRaw(provider, rawRefund(ASKED));
    expect(text.match(/^retry-after: 120\r$/gim)).toHaveLength(1);
    expect(text.match(/^content-type: .*$/gim)).toEqual(['content-type: application/x-own']);
  });
});

const DAMAGED: Readonly<Record<Damage, (bytes: Buffer, headers: string) => boolean>> = {
  truncated_json: (bytes) =>
    bytes.length > 0 && !isJson(bytes) && isJson(Buffer.concat([bytes.subarray(0, 1), Buffer.from('}')])),
  html: (bytes, headers) => /text\/html/.test(headers) && /^<html>/.test(String(bytes)),
  empty: (bytes) => bytes.length === 0,
  oversized: (bytes) => bytes.length > 8 * 1024 * 1024 && isJson(bytes),
  invalid_utf8: (bytes) => bytes.includes(0xff) && String(bytes).includes('\ufffd'),
  utf16: (bytes) => isJson(Buffer.from(bytes.toString('utf16le'))) && !isJson(bytes),
  not_gzip: (bytes, headers) => /content-encoding: gzip/i.test(headers) && isJson(bytes),
  duplicate_key: (bytes) => /^\{("\w+"):null,\1:/.test(String(bytes)),
  deep: (bytes) => String(bytes).includes('['.repeat(100_000)) && String(bytes).includes('"amount":400'),
  array: (bytes) => /^\[\{.*\}\]$/.test(String(bytes)) && isJson(bytes),
  null: (bytes) => String(bytes) === 'null',
  text_media_type: (bytes, headers) => /content-type: text\/plain/i.test(headers) && isJson(bytes),
  trailing_text: (bytes) => /\}\{\}$/.test(String(bytes)) && !isJson(bytes),
};

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(String(bytes));
    return true;
  } catch {
    return false;
  }
}

describe('damage', () => {
  test.each(DAMAGES)('%s arrives as it is called, after the money has moved', async (how) => {
    const provider = await startPaid();
    provider.fail(damaged(how));
    const { text } = await sendRaw(provider, rawRefund(ASKED));
    const end = text.indexOf('\r\n\r\n');
    const head = text.slice(0, end);
    const bytes = Buffer.from(text.slice(end + 4), 'latin1');
    expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(bytes.length).toBe(Number(/content-length: (\d+)/i.exec(head)?.[1]));
    expect(DAMAGED[how](bytes, head)).toBe(true);
    expect(moved(provider)).toBe(400n);
  });
});

describe('a changed answer', () => {
  test.each([
    ['id', 'other', { id: 'other' }],
    ['payment', 'pay_2', { payment: 'pay_2' }],
    ['amount', new Digits('4e2'), { amount: 400 }],
    ['currency', null, { currency: null }],
    ['status', { is: 'done' }, { status: { is: 'done' } }],
    ['reason', 'brand_new', { reason: 'brand_new' }],
  ] as const)('says another %s and is right in all else', async (field, value, wanted) => {
    const provider = await startPaid();
    const asked = { ...ASKED, reason: 'late' };
    const right = await refund(provider, asked);
    provider.fail(changed(field, value));
    const { body } = await refund(provider, asked);
    expect(body).toMatchObject(wanted);
    expect({ ...body, ...own(right.body), [field]: undefined }).toEqual({ ...right.body, [field]: undefined });
  });

  test('keeps every digit of a number that no computer counts with', async () => {
    const provider = await startPaid();
    provider.fail(changed('amount', new Digits(`4${'0'.repeat(400)}`)));
    expect((await refund(provider, ASKED)).text).toContain(`"amount":4${'0'.repeat(400)},`);
  });

  test('says nothing where nothing is wanted', async () => {
    const provider = await startPaid();
    provider.fail(changed('amount', undefined));
    expect((await refund(provider, ASKED)).body).not.toHaveProperty('amount');
  });

  test('may be that of a payment', async () => {
    const provider = await startPaid();
    provider.fail(changed('amount', new Digits('7')), { on: 'payment' });
    expect((await read(provider, '/payments/pay_1')).body).toEqual({
      ...{ id: 'pay_1', refunded: 7, currency: 'EUR', state: 'paid', attempts: [{}] },
    });
  });
});

/** What differs from refund to refund. */
function own(body: Readonly<Record<string, unknown>> | undefined): object {
  return { id: body?.['id'], created_at: body?.['created_at'], remaining: body?.['remaining'] };
}

describe('faults', () => {
  test('strike one after the other, each on what it is meant for, and as often as it should', async () => {
    const provider = await startPaid();
    provider.fail(answers(503), { times: 2 });
    provider.fail(answers(404), { on: 'payment' });
    provider.fail(answers(429));
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await refund(provider, { ...ASKED, amount: 1 })).status);
    expect(statuses).toEqual([503, 503, 429, 200]);
    expect((await read(provider, '/payments/pay_1')).status).toBe(404);
    expect((await read(provider, '/payments/pay_1')).status).toBe(200);
  });

  test('are over after recovering', async () => {
    const provider = await startPaid();
    provider.fail(answers(503), { times: Number.POSITIVE_INFINITY });
    for (let call = 0; call < 3; call += 1) expect((await refund(provider, ASKED)).status).toBe(503);
    await provider.recover();
    expect((await refund(provider, ASKED)).status).toBe(200);
  });

  test('that could never strike are no faults', async () => {
    const provider = await start({ ...SAMPLE, operations: SAMPLE.operations.filter(({ role }) => role !== 'payment') });
    // A caller without types may give any text.
    const unknown = 'creat' as 'create';
    expect(() => provider.fail(silent, { on: unknown })).toThrow('sample has no creat: it has create, retrieve');
    expect(() => provider.fail(silent, { on: 'payment' })).toThrow(RangeError);
    expect(() => provider.fail(changed('status', 'x'), { on: 'list' })).toThrow(RangeError);
    expect(() => provider.fail(silent, { times: 0 })).toThrow(RangeError);
    expect(() => provider.fail(silent, { times: Number.NaN })).toThrow(RangeError);
    for (const status of [0, 42, 100, 1000, 200.5, Number.NaN]) {
      expect(() => provider.fail(answers(status))).toThrow(RangeError);
    }
    expect(() => provider.fail(answers(503, { headers: { 'a b': '' } }))).toThrow('a b');
    expect(() => provider.fail(failsWith('no', 400, { headers: { a: 'x\ny' } }))).toThrow('Invalid character');
    expect((await refund(provider, ASKED)).status).toBe(404);
  });
});
