import { describe, expect, test } from 'vitest';
import { INTEGER, type Invention, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';
import { codesOf, draftOf, normalized } from './normalized.js';

const header = (name: string): JsonMap => ({ name, in: 'header', schema: TEXT });
const inPath = (name: string): JsonMap => ({ parameters: [{ name, in: 'path', required: true, schema: TEXT }] });

function plain(properties: JsonMap, facts: Invention['facts'] = {}): Invention {
  return { body: object({ payment_id: TEXT, amount: INTEGER, ...properties }, 'payment_id', 'amount'), facts };
}

function messageOf(invention: Invention): string {
  return normalized(invention).problems.map(({ code, message }) => `${code} ${message}`)[0] ?? '';
}

describe('two facts are never in one place', () => {
  const key = { field: 'body.payment_id', replay: { keyLifetimeHours: 24 } };

  test.each<readonly [string, Invention, string]>([
    [
      'the payment and the key',
      plain({}, { idempotency: key, request: { payment: 'body.payment_id' } }),
      'payment and idempotency',
    ],
    [
      'a reason and a note',
      plain({ text: TEXT }, { request: { reason: 'body.text', note: 'body.text' } }),
      'reason and note',
    ],
    [
      'a reason and a fixed value',
      plain({ text: TEXT }, { request: { reason: 'body.text' }, fixed: { 'body.text': 'x' } }),
      'reason and fixed body.text',
    ],
  ])('%s', (_, invention, named) => {
    expect(codesOf(normalized(invention))).toContain('error R014');
    expect(messageOf(invention)).toContain(named);
  });

  const set = { 'X-Key': { name: 'shop', scope: 'call' } };

  // A setting is written last: the key of every refund would be the same, or none.
  test.each<readonly [string, Invention['facts'], string]>([
    [
      'the key and a setting',
      { settings: set, idempotency: { header: 'x-key', replay: { keyLifetimeHours: 24 } } },
      'idempotency and setting shop',
    ],
    ['the payment and a setting', { settings: set, request: { payment: 'header.X-Key' } }, 'payment and setting shop'],
    ['a fixed value and a setting', { settings: set, fixed: { 'header.X-Key': 'a' } }, 'and setting shop'],
    ['two settings', { settings: { ...set, 'x-key': { name: 'till', scope: 'client' } } }, 'and setting till'],
  ])('%s', (_, facts, named) => {
    const invention = { ...plain({}, facts), operation: { parameters: [header('X-Key')] } };
    expect(codesOf(normalized(invention))).toContain('error R014');
    expect(messageOf(invention)).toContain(named);
  });

  test('but a reference may be the key', () => {
    const shared = plain(
      { ref: TEXT },
      { request: { reference: 'body.ref' }, idempotency: { ...key, field: 'body.ref' } },
    );
    expect(normalized(shared).problems).toEqual([]);
  });

  test('and a guess takes no place that is fixed', () => {
    expect(draftOf(plain({ reason: TEXT }, { fixed: { 'body.reason': 'x' } })).request.reason).toBeNull();
  });
});

describe('what is guessed is asked about where it decides', () => {
  test('the shape of an error whose codes are declared', () => {
    const refused = plain({}, { errors: { refused: [{ status: 409, code: 'no' }] } });
    expect(codesOf(normalized(refused))).toEqual(['error R037']);
  });

  test('two amounts that are equally likely', () => {
    const body = object({ payment_id: TEXT, amount: INTEGER, amt: INTEGER }, 'payment_id', 'amount', 'amt');
    expect(draftOf({ body }).amount).toBeNull();
    expect(messageOf({ body })).toContain('which of body.amount, body.amt');
  });

  test.each(['transaction_amount', 'payment_amount', 'paid_amount'])('%s is no refund', (name) => {
    const body = object({ payment_id: TEXT, [name]: INTEGER }, 'payment_id', name);
    expect(draftOf({ body }).amount).toBeNull();
  });

  test('a payment by its position alone, and owners not at all', () => {
    const body = object({ amount: INTEGER }, 'amount');
    expect(messageOf({ create: 'POST /things/{x}/refunds', operation: inPath('x'), body })).toContain(
      'by its position',
    );
    expect(draftOf({ create: 'POST /customers/{id}/refunds', operation: inPath('id'), body }).payment).toBeNull();
  });

  test('two payments of the body, and the original one is preferred', () => {
    const both = object({ payment_id: TEXT, charge_id: TEXT, amount: INTEGER }, 'payment_id', 'charge_id', 'amount');
    expect(codesOf(normalized({ body: both }))).toEqual(['error R040']);
    const related = object(
      { transaction_id: TEXT, related_transaction_id: TEXT, amount: INTEGER },
      'transaction_id',
      'related_transaction_id',
      'amount',
    );
    expect(draftOf({ body: related }).payment?.value.place.path).toEqual(['related_transaction_id']);
  });

  test('two currencies, unless one is named as the amount', () => {
    expect(messageOf(plain({ currency: TEXT, currency_code: TEXT }))).toContain('which of body.currency');
    const body = object(
      { payment_id: TEXT, refund_amount: INTEGER, currency: TEXT, refund_ccy: TEXT },
      'payment_id',
      'refund_amount',
    );
    expect(draftOf({ body }).amount?.currency?.place.path).toEqual(['refund_ccy']);
  });

  test('the unit of an answer that is written otherwise, where it is only stated', () => {
    const body = object(
      { payment_id: TEXT, amount: { type: 'integer', description: 'Amount in minor units.' } },
      'payment_id',
      'amount',
    );
    const answers = { '200': object({ id: TEXT, amount: TEXT }, 'id') };
    const read = { '200': [{ id: 'body.id', amount: 'body.amount', status: { is: 'pending' } }] };
    expect(codesOf(normalized({ body, answers, facts: { amount: { full: 'unsupported' }, answers: read } }))).toEqual([
      'error R030',
    ]);
    expect(normalized({ body, answers, facts: { answers: read } }).problems).toEqual([]);
  });

  test('a payment that an answer gives as a number', () => {
    const answers = { '200': object({ id: TEXT, payment: { type: 'number' } }, 'id') };
    const read = { '200': [{ id: 'body.id', payment: 'body.payment', status: { is: 'pending' } }] };
    expect(codesOf(normalized({ answers, facts: { answers: read } }))).toEqual(['error R045']);
  });
});

describe('headers', () => {
  test('of credentials and of the connection are no arguments', () => {
    const security = { Key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } };
    const operation = { parameters: [header('x-api-key'), header('Host'), header('X-Trace')] };
    const made = normalized({ security, operation });
    expect(made.draft?.request.others.map(({ name }) => name)).toEqual(['xTrace']);
    expect(codesOf(made)).toEqual(['warning R040']);
  });

  test('are found in any case', () => {
    const operation = { parameters: [header('Idempotency-Key')] };
    const made = draftOf({ operation, facts: { idempotency: { header: 'idempotency-key', replay: false } } });
    expect(made.idempotency?.value).toMatchObject({ place: { part: 'header', path: ['Idempotency-Key'] } });
    expect(made.request.others).toEqual([]);
  });
});
