import { describe, expect, test } from 'vitest';
import { type Discovery, discover } from '../../generator/discover/discover.js';
import { documentWith } from '../fixtures/document.js';
import type { JsonMap } from '../fixtures/json.js';
import { valueFrom } from '../output/folder.js';
import { nameOf } from './discovered.js';

const OPERATIONS: Readonly<Record<string, JsonMap>> = {
  'POST /payments/{id}/refunds': { operationId: 'createRefund', summary: 'Create a refund' },
  'POST /payments/{id}/cancel': { operationId: 'cancelRefund', summary: 'Cancel a refund' },
  'GET /payments/{id}': { operationId: 'getRefund', summary: 'Reads the refund of a payment' },
};

function declared(roles: JsonMap) {
  return discover(documentWith(OPERATIONS, {}, { 'x-refund': { operations: roles } }));
}

function namesIn({ all: _, alternatives: __, ...roles }: Discovery): readonly string[] {
  return Object.values(roles).flatMap((operation) => nameOf(operation) ?? []);
}

describe('one operation plays one role', () => {
  test.each<JsonMap>([
    {},
    { create: 'POST /payments/{id}/cancel' },
    { payment: 'GET /payments/{id}' },
    { retrieve: 'GET /payments/{id}' },
    { cancel: 'POST /payments/{id}/cancel' },
  ])('where %o is declared', (roles) => {
    const found = namesIn(valueFrom(declared(roles)));
    expect(found).toEqual([...new Set(found)]);
    expect(found).toEqual(expect.arrayContaining(Object.values(roles)));
  });

  test('what is declared to cancel is not taken for what creates', () => {
    const result = valueFrom(declared({ cancel: 'POST /payments/{id}/refunds' }));
    expect(nameOf(result.create)).toBeUndefined();
  });

  test('what reads the payment by its place is not taken for what reads a refund', () => {
    const { payment, retrieve } = valueFrom(declared({}));
    expect([nameOf(payment), nameOf(retrieve)]).toEqual(['GET /payments/{id}', undefined]);
  });
});

test.each(['retrieve', 'payment'])('to %s with what creates refunds would refund, and is a problem', (role) => {
  const name = 'POST /payments/{id}/refunds';
  const { problems } = declared({ create: name, [role]: name });
  expect(problems.map(({ code, location }) => [code, location?.pointer])).toEqual([
    ['R013', `/x-refund/operations/${role}`],
  ]);
});
