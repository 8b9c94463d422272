import { describe, expect, test } from 'vitest';
import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { Json, JsonMap } from '../fixtures/json.js';
import { codesOf, normalized } from './normalized.js';

// What is declared has to be able to be so: a value or a place of another type would never be what the client relies on.

function plain(properties: JsonMap, facts: Invention['facts'] = {}): Invention {
  return { body: object({ payment_id: TEXT, amount: INTEGER, ...properties }, 'payment_id', 'amount'), facts };
}

describe('a payment is named by a text or an integer', () => {
  test.each<readonly [string, JsonMap]>([
    ['a number', { type: 'number' }],
    ['an object', object({ id: TEXT })],
    ['a list', listOf(TEXT)],
  ])('%s names none', (_, payment) => {
    const made = normalized(plain({ payment }, { request: { payment: 'body.payment' } }));
    expect(codesOf(made)).toEqual(['error R040']);
    expect(made.problems[0]?.message).toContain('body.payment is');
  });

  test.each<JsonMap>([TEXT, INTEGER, {}])('%o may', (payment) => {
    expect(normalized(plain({ payment }, { request: { payment: 'body.payment' } })).problems).toEqual([]);
  });
});

describe('a fixed value is one that the spec has there', () => {
  const properties = {
    kind: { type: 'string', enum: ['refund', 'void'] },
    final: { type: 'boolean' },
    version: INTEGER,
  };

  test.each<readonly [string, Json]>([
    ['body.kind', 'refnud'],
    ['body.kind', true],
    ['body.final', 'true'],
    ['body.version', 1.5],
    ['body.version', '1'],
  ])('%s is never %o', (place, value) => {
    const made = normalized(plain(properties, { fixed: { [place]: value } }));
    expect(codesOf(made)).toEqual(['error R014']);
    expect(made.problems[0]?.location?.pointer).toBe(`/x-refund/fixed/${place}`);
  });

  test.each<readonly [string, Json]>([
    ['body.kind', 'refund'],
    ['body.final', true],
    ['body.version', 2],
  ])('%s may be %o', (place, value) => {
    expect(normalized(plain(properties, { fixed: { [place]: value } })).problems).toEqual([]);
  });
});

describe('what says that a refund of a payment is pending is a text that may be there', () => {
  const schema = object({
    id: TEXT,
    total: INTEGER,
    currency: TEXT,
    state: { type: 'string', enum: ['refunding', 'done'] },
    refunding: { type: 'boolean' },
    said: TEXT,
  });
  const get = {
    operationId: 'getPayment',
    parameters: [{ name: 'id', in: 'path', required: true, schema: TEXT }],
    responses: { '200': { description: 'It', content: { 'application/json': { schema } } } },
  };

  function pending(field: string, value: string) {
    const payment = { id: 'body.id', measure: 'refunded', total: 'body.total', currency: 'body.currency' };
    const operations = { payment: 'GET /payments/{id}' };
    const facts = { operations, payment: { ...payment, pending: { field, values: [value] } } };
    return normalized({ paths: { '/payments/{id}': { get } }, facts });
  }

  test.each([
    ['body.refunding', 'true'],
    ['body.state', 'refundign'],
  ])('%s is never %o', (field, value) => {
    const made = pending(field, value);
    expect(codesOf(made)).toEqual(['error R014']);
    expect(made.problems[0]?.location?.pointer).toBe('/x-refund/payment/pending/values/0');
  });

  test.each([
    ['body.state', 'refunding'],
    ['body.said', 'anything'],
  ])('%s may be %o', (field, value) => {
    expect(pending(field, value).problems).toEqual([]);
  });
});
