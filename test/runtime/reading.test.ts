import { describe, expect, test } from 'vitest';
import type { ReadError } from '../../templates/runtime/errors.js';
import { readPayment } from '../../templates/runtime/payment.js';
import { readOne } from '../../templates/runtime/read.js';
import { releaseAttempt } from '../../templates/runtime/release.js';
import { type RefundReading, retrieveRefund } from '../../templates/runtime/retrieve.js';
import { closeAfterReading, halfJson, json, type Reply, text } from '../loopback.js';
import { type AcmeRefund, acme, attemptOf, PAYMENT, REFUNDED, RETRIEVAL } from './acme.js';

async function read(reply: Reply, given: Partial<RefundReading<AcmeRefund>> = {}, refundId = 're_1') {
  const { connection } = await acme([reply]);
  return retrieveRefund(connection, { ...RETRIEVAL, ...given }, refundId, {});
}

async function errorOf(reply: Reply, given: Partial<RefundReading<AcmeRefund>> = {}): Promise<ReadError> {
  const found = await read(reply, given);
  if (found.kind !== 'failed') throw new Error('it was read');
  return found.error;
}

const WHOLE = JSON.stringify(REFUNDED);

describe('a refund that is read', () => {
  test.each([200, 201, 299])('is found with HTTP %i', async (status) => {
    expect(await read(json(status, REFUNDED))).toMatchObject({
      kind: 'found',
      value: { id: 're_1', payment: 'pay_1', money: { currency: 'USD', minor: 1250n }, status: 'succeeded' },
      answer: { status, mediaType: 'application/json', text: WHOLE },
    });
  });

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/hal+json', ''])(
    'is found as %j',
    async (type) => {
      const reply: Reply = (response) => {
        if (type !== '') response.setHeader('content-type', type);
        response.end(WHOLE);
      };
      expect(await read(reply)).toMatchObject({ kind: 'found' });
    },
  );

  test('is found where it does not name itself', async () => {
    expect(await read(json(200, { payment: 'pay_1' }))).toMatchObject({ kind: 'found', value: { payment: 'pay_1' } });
  });

  test('is found where its id is the same UUID', async () => {
    const id = '5F8F2A86-0A53-4A4C-8F63-3F1C1F8A4A11';
    expect(await read(json(200, { id }), {}, id.toLowerCase())).toMatchObject({ kind: 'found', value: { id } });
  });

  test('is not taken for another one', async () => {
    expect(await errorOf(json(200, { ...REFUNDED, id: 're_2' }))).toMatchObject({
      kind: 'malformed_answer',
      message: expect.stringContaining('re_2, not re_1'),
      raw: { id: 're_2' },
    });
  });

  test('is told to an observer as one request', async () => {
    const events: unknown[] = [];
    const { connection } = await acme([json(200, REFUNDED)], { hooks: { onRequest: (event) => events.push(event) } });
    await retrieveRefund(connection, RETRIEVAL, 're_1', {});
    expect(events).toEqual([
      { provider: 'acme', operation: 'getRefund', method: 'GET', path: '/refunds/{refund}', attempt: 1 },
    ]);
  });
});

describe('an answer that cannot be read', () => {
  const bytes: Reply = (response) => {
    response.setHeader('content-type', 'application/json');
    response.end(Buffer.concat([Buffer.from('{"id":"re_1","note":"'), Buffer.from([0xff]), Buffer.from('"}')]));
  };

  test.each<[string, Reply]>([
    ['a page', text(200, WHOLE, 'text/html')],
    ['plain text', text(200, WHOLE)],
    ['half of it', halfJson(200, REFUNDED)],
    ['nothing', text(200, '', 'application/json')],
    ['what is not UTF-8', bytes],
    ['a key twice', json(200, '{"id":"re_1","id":"re_1"}')],
  ])('%s', async (_, reply) => {
    expect(await errorOf(reply)).toMatchObject({
      kind: 'malformed_answer',
      httpStatus: 200,
      message: expect.stringContaining('HTTP 200'),
    });
  });

  test('a field of another kind, which is named', async () => {
    expect(await errorOf(json(200, { ...REFUNDED, payment: 5 }))).toMatchObject({
      kind: 'malformed_answer',
      httpStatus: 200,
      message: expect.stringContaining('payment'),
      raw: { payment: 5 },
    });
  });

  test('what the reader trips over', async () => {
    const trip = (): never => {
      throw new TypeError('sk_live_0001');
    };
    const error = await errorOf(json(200, REFUNDED), { read: trip });
    expect(error).toMatchObject({
      kind: 'malformed_answer',
      httpStatus: 200,
      message: expect.stringContaining('not as documented'),
      raw: REFUNDED,
    });
    expect(JSON.stringify(error)).not.toContain('sk_live_0001');
  });

  test.each<[string, object, string]>([
    ['one of two marks', { object: 'refund', version: 1 }, 'malformed_answer'],
    ['no mark', {}, 'malformed_answer'],
    ['another value', { object: 'payment', version: 2 }, 'malformed_answer'],
    ['both', { object: 'refund', version: 2 }, 'found'],
  ])('one with %s of a refund', async (_, marks, kind) => {
    const when = [
      { path: ['object'], is: 'refund' },
      { path: ['version'], is: 2 },
    ];
    const found = await read(json(200, { ...REFUNDED, ...marks }), { when });
    if (found.kind === 'found') expect(kind).toBe('found');
    else {
      expect(found.error).toMatchObject({
        kind,
        httpStatus: 200,
        message: expect.stringContaining('known shapes'),
        raw: marks,
      });
    }
  });
});

describe('a read that the provider refuses', () => {
  test.each([
    [300, 'unavailable'],
    [304, 'unavailable'],
    [400, 'invalid_request'],
    [401, 'authentication'],
    [403, 'permission'],
    [404, 'not_found'],
    [408, 'unavailable'],
    [409, 'invalid_request'],
    [410, 'not_found'],
    [422, 'invalid_request'],
    [429, 'unavailable'],
    [499, 'invalid_request'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ] as const)('HTTP %i is %s', async (status, kind) => {
    const reply: Reply = (response) => {
      response.writeHead(status).end();
    };
    expect(await errorOf(reply)).toMatchObject({
      kind,
      httpStatus: status,
      message: expect.stringContaining(`HTTP ${status}`),
    });
  });

  test('says what the provider says', async () => {
    expect(await errorOf(json(409, { code: 'busy', message: 'Try later.' }))).toEqual({
      kind: 'invalid_request',
      httpStatus: 409,
      code: 'busy',
      message: 'Try later.',
      raw: { code: 'busy', message: 'Try later.' },
    });
    expect(await errorOf(json(409, { message: 'No.' }))).toStrictEqual({
      kind: 'invalid_request',
      httpStatus: 409,
      message: 'No.',
      raw: { message: 'No.' },
    });
  });

  test('holds no credential', async () => {
    const said = { code: 'sk_live_0001', message: 'unknown key sk_live_0001' };
    expect(JSON.stringify(await errorOf(json(401, said)))).not.toContain('sk_live_0001');
  });

  // What a browser makes of a redirect that is not followed: a status below all others.
  test('an answer without a status is none', async () => {
    const { connection } = await acme([json(200, REFUNDED)], { fetch: async () => Response.error() });
    expect(await retrieveRefund(connection, RETRIEVAL, 're_1', {})).toMatchObject({
      kind: 'failed',
      error: { kind: 'unavailable', httpStatus: 0 },
    });
  });
});

describe('a read without an answer', () => {
  test('is unavailable', async () => {
    expect(await errorOf(closeAfterReading)).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('connection failed'),
    });
  });

  test('names what is wrong with the input, and is not sent', async () => {
    const { connection, seen } = await acme([json(200, REFUNDED)]);
    expect(await retrieveRefund(connection, RETRIEVAL, '..', {})).toMatchObject({
      kind: 'failed',
      error: { kind: 'invalid_request', message: expect.stringMatching(/nothing was sent.*path\.refund/) },
    });
    expect(await readOne(connection, RETRIEVAL, {}, {})).toMatchObject({
      kind: 'failed',
      error: { kind: 'invalid_request', message: expect.stringMatching(/nothing was sent.*path\.refund/) },
    });
    expect(seen).toEqual([]);
  });
});

describe('a payment', () => {
  const SHOWN = { id: 'pay_1', total: 500, currency: 'USD' };

  test('is found', async () => {
    const { connection } = await acme([json(200, SHOWN)]);
    expect(await readPayment(connection, PAYMENT, 'pay_1', {})).toMatchObject({
      kind: 'found',
      value: { id: 'pay_1', total: { minor: 500n }, pending: false },
    });
  });

  test('is not taken for another one', async () => {
    const { connection } = await acme([json(200, { ...SHOWN, id: 'PAY_1' })]);
    expect(await readPayment(connection, PAYMENT, 'pay_1', {})).toMatchObject({
      kind: 'failed',
      error: { kind: 'malformed_answer', message: expect.stringContaining('PAY_1, not pay_1') },
    });
  });

  test('that is not there is said to be so', async () => {
    const { connection } = await acme([json(404, {})]);
    expect(await readPayment(connection, PAYMENT, 'pay_1', {})).toMatchObject({ error: { kind: 'not_found' } });
  });
});

test('an attempt of another provider is not released, and both are named', async () => {
  const { connection } = await acme([json(200, {})]);
  // Read back from storage, its type is only a claim.
  await expect(releaseAttempt(connection, { ...attemptOf(), provider: 'other' })).rejects.toThrow(/other.*acme/);
});
