import { describe, expect, test } from 'vitest';
import { full, money, partial } from '../../../generated/index.js';
import { strictFaults } from '../../fixtures/generated-module.js';
import type { AnyRequest } from '../../fixtures/invented/clients.js';
import { drive } from '../../fixtures/invented/drive.js';
import { REQUESTS } from '../../fixtures/invented/requests.js';
import { closeAfterReading, json } from '../../loopback.js';

// Requests of invented providers, from a spec and an overlay to the bytes that go over the wire.

const { generated, start } = drive('requests', REQUESTS);

const PLAIN: AnyRequest = { refundRef: 'rf-1', payment: 'p/1', amount: partial(money('EUR', 1250n)) };

function wanted(line: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const common = { accept: 'application/json', authorization: 'Bearer sk_1', 'content-type': 'application/json' };
  return { line: `${line} HTTP/1.1`, headers: { ...common, ...headers }, body: text };
}

test('what is generated fits the compiler options of this repository', () => {
  expect(strictFaults([generated().index])).toEqual([]);
});

describe('a form', () => {
  const answer = { id: 're_1', charge: 'p/1', amount: 1250, currency: 'eur' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test('has its nested fields in brackets, and repeats what the spec wants repeated', async () => {
    const { client, server } = await start('forms', json(200, answer));
    const outcome = await client.refund({
      ...PLAIN,
      reason: 'duplicate',
      metadata: { order: 'a&b=c' },
      expand: ['charge', 'balance'],
      reverseTransfer: true,
    });
    expect(server.seen).toEqual([
      wanted(
        'POST /v1/refunds',
        'amount=1250&charge=p%2F1&expand=charge&expand=balance&metadata%5Border%5D=a%26b%3Dc' +
          '&metadata%5Brefund_ref%5D=rf-1&reason=duplicate&reverse_transfer=true',
        form,
      ),
    ]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      refund: { id: 're_1', payment: 'p/1', money: { currency: 'EUR', minor: 1250n }, status: 'succeeded' },
    });
  });

  test('of all that is left has no amount', async () => {
    const { client, server } = await start('forms', json(200, { id: 're_1' }));
    await client.refund({ ...PLAIN, amount: full() });
    expect(server.seen).toEqual([wanted('POST /v1/refunds', 'charge=p%2F1&metadata%5Brefund_ref%5D=rf-1', form)]);
  });

  test.each<[string, object, string]>([
    ['an empty list', { expand: [] }, 'expand'],
    ['null in metadata', { metadata: { order: null } }, 'metadata.order'],
    ['the key of the reference', { metadata: { refund_ref: 'mine' } }, 'metadata.refund_ref'],
    ['a reason that is none', { reason: 'no' }, 'reason'],
  ])('%s is refused, and nothing is sent', async (_, more, field) => {
    const { client, server } = await start('forms', json(200, answer));
    const outcome = await client.refund({ ...PLAIN, ...more });
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { fields: [{ field }] } });
    expect(server.seen).toEqual([]);
  });
});

describe('an amount and its currency in an object of their own', () => {
  const line = 'POST /captures/p%2F1/refund';

  test('go out together', async () => {
    const { client, server } = await start(
      'paired',
      json(201, { id: '1', amount: { value: '12.5', currency_code: 'EUR' } }),
    );
    const outcome = await client.refund({ ...PLAIN, note: 'Sorry' });
    const body = { amount: { currency_code: 'EUR', value: '12.50' }, note_to_payer: 'Sorry' };
    expect(server.seen).toEqual([wanted(line, body)]);
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { money: { currency: 'EUR', minor: 1250n } } });
  });

  test('are left out together', async () => {
    const { client, server } = await start('paired', json(201, { id: '1' }));
    await client.refund({ ...PLAIN, amount: full() });
    expect(server.seen).toEqual([wanted(line, {})]);
  });

  test.each([
    ['another currency', { value: '12.50', currency_code: 'USD' }],
    ['another amount', { value: '125.0', currency_code: 'EUR' }],
  ])('%s in the answer is said', async (_, amount) => {
    const { client } = await start('paired', json(201, { id: '1', amount }));
    expect(await client.refund(PLAIN)).toMatchObject({ kind: 'unknown', error: { kind: 'contract_violation' } });
  });

  test('leave an object that has to be there', async () => {
    const { client, server } = await start('hollow', json(200, { id: '1' }));
    await client.refund({ ...PLAIN, amount: full() });
    await client.refund({ ...PLAIN, refundRef: 'rf-2' });
    expect(server.seen).toEqual([
      wanted('POST /refunds', { payment_id: 'p/1', refund: {} }),
      wanted('POST /refunds', { payment_id: 'p/1', refund: { amount: 1250, currency: 'EUR' } }),
    ]);
  });
});

describe('a request and an answer inside wrappers', () => {
  const answer = { data: { id: 'r1', attributes: { amount: 1250, currency: 'EUR', status: 'succeeded' } } };

  test('are written and read there', async () => {
    const { client, server } = await start('wrapped', json(200, answer));
    const outcome = await client.refund({ ...PLAIN, reason: 'lost', note: 'N' });
    const attributes = { amount: 1250, notes: 'N', payment_id: 'p/1', reason: 'lost' };
    expect(server.seen).toEqual([wanted('POST /refunds', { data: { attributes } })]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      refund: { id: 'r1', status: 'succeeded', rawStatus: 'succeeded', money: { currency: 'EUR', minor: 1250n } },
    });
  });

  test('an answer without the inner wrapper is no refund', async () => {
    const { client } = await start('wrapped', json(200, { data: { attributes: answer.data.attributes } }));
    const outcome = await client.refund({ ...PLAIN, reason: 'lost' });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer' } });
  });

  test('what is missing is named as the caller writes it', async () => {
    const { client, server } = await start('wrapped', json(200, answer));
    expect(await client.refund(PLAIN)).toMatchObject({
      kind: 'refused',
      sent: false,
      error: { fields: [{ field: 'reason' }] },
    });
    expect(server.seen).toEqual([]);
  });
});

test('an amount inside the item of a list, its currency above it', async () => {
  const { client, server } = await start('listed', json(200, { id: 'r1' }));
  expect(await client.refund({ ...PLAIN, memo: 'M' })).toMatchObject({ kind: 'accepted', refund: { id: 'r1' } });
  const body = '{"currency":"EUR","transactions":[{"amount":12.50,"memo":"M","transaction_id":"p/1"}]}';
  expect(server.seen).toEqual([wanted('POST /refunds', body)]);
});

test('major units are written exactly, whatever a float would make of them', async () => {
  const { client, server } = await start('listed', json(200, { id: 'r1' }));
  await client.refund({ ...PLAIN, amount: partial(money('EUR', 9_007_199_254_740_993n)) });
  expect(server.seen[0]?.body).toContain('"amount":90071992547409.93,');
});

describe('an idempotency key in the body', () => {
  const body = { amount_money: { amount: 1250, currency: 'EUR' }, idempotency_key: 'rf-1', payment_id: 'p/1' };

  test('is the refundRef, and goes out again with the same bytes', async () => {
    const { client, server } = await start('bodykey', closeAfterReading, json(200, { id: 'r1' }));
    expect(await client.refund(PLAIN)).toMatchObject({ kind: 'accepted', refund: { id: 'r1' } });
    expect(server.seen).toEqual([wanted('POST /refunds', body), wanted('POST /refunds', body)]);
  });

  test('that is too long is refused by the name of the refundRef', async () => {
    const { client, server } = await start('bodykey', json(200, { id: 'r1' }));
    const outcome = await client.refund({ ...PLAIN, refundRef: 'r'.repeat(46) });
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { fields: [{ field: 'refundRef' }] } });
    expect(server.seen).toEqual([]);
  });
});

test('fixed fields are always sent, and nobody can set them', async () => {
  const { client, server } = await start('actions', json(200, { id: 'r1' }));
  expect(await client.refund(PLAIN)).toMatchObject({ kind: 'accepted' });
  const line = 'POST /payments/p%2F1/modifications?version=2';
  const body = { action: 'refund', amount: 1250, final: true };
  expect(server.seen).toEqual([wanted(line, body, { 'x-mode': 'strict' })]);
  const outcome = await client.refund({ ...PLAIN, refundRef: 'rf-2', action: 'void' });
  expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { fields: [{ field: 'action' }] } });
  expect(server.seen).toHaveLength(1);
});

describe('currencies in small letters', () => {
  test('are written so', async () => {
    const { client, server } = await start('lowercase', json(200, { id: 'r1' }));
    await client.refund({ ...PLAIN, amount: partial(money('JPY', 500n)) });
    expect(server.seen).toEqual([wanted('POST /refunds', { amount: 500, currency: 'jpy', payment: 'p/1' })]);
  });

  test('that the spec does not list are refused as a fault of the amount', async () => {
    const { client, server } = await start('lowercase', json(200, { id: 'r1' }));
    const outcome = await client.refund({ ...PLAIN, amount: partial(money('CHF', 500n)) });
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { fields: [{ field: 'amount' }] } });
    expect(server.seen).toEqual([]);
  });
});
