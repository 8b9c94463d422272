import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonMap } from '../fixtures/json.js';
import { found, nameOf, type Operations, takes } from './discovered.js';

// What holds for every API, whatever its operations are called.

const RUNS = { numRuns: 150, seed: 20_261_121 };

const PATHS = [
  '/refunds',
  '/v1/refunds',
  '/payments/{id}/refund',
  '/RefundPayment',
  '/charges/{id}/reversals',
  '/refund/{id}',
];
const BESIDE = ['/refunds/{id}', '/refunds/{id}/cancel', '/refunds/search', '/fees/{id}/refunds', '/payments/{id}'];
const METHODS = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'];
const SAID = ['Create a refund', 'Refund a payment', 'Get a refund', 'Cancel or refund', 'Pay', ''];

/** An operation that may be about refunds. */
const operation: fc.Arbitrary<JsonMap> = fc
  .record({
    summary: fc.constantFrom(...SAID),
    operationId: fc.constantFrom('createRefund', 'refund', 'getRefund', 'pay', ''),
    fields: fc.subarray(['payment_id', 'amount', 'order', 'note']),
    deprecated: fc.boolean(),
  })
  .map(({ fields, ...said }) => ({ ...said, ...takes(...fields) }));

const operations: fc.Arbitrary<Operations> = fc.dictionary(
  fc
    .tuple(fc.constantFrom(...METHODS), fc.constantFrom(...PATHS, ...BESIDE))
    .map(([method, path]) => `${method} ${path}`),
  operation,
  { maxKeys: 9 },
);

/** Operations that no word connects with refunds, on paths of their own. */
const unrelated: fc.Arbitrary<Operations> = fc.dictionary(
  fc
    .tuple(fc.constantFrom(...METHODS), fc.constantFrom('/customers', '/cards/{id}', '/hooks', '/a/b/{c}', '/balance'))
    .map(([method, path]) => `${method} ${path}`),
  fc.record({
    summary: fc.constantFrom('Create a customer', 'Pay', 'List cards', 'Get the amount of a payment'),
    operationId: fc.constantFrom('createCustomer', 'listCards', 'paymentOf', ''),
  }),
  { maxKeys: 8 },
);

test('operations that have nothing to do with refunds change nothing', () => {
  fc.assert(
    fc.property(operations, unrelated, (own, others) => {
      expect(found({ ...own, ...others })).toEqual(found(own));
    }),
    RUNS,
  );
});

test('the order in which operations are written changes nothing', () => {
  fc.assert(
    fc.property(
      operations.chain((own) =>
        fc.tuple(fc.constant(own), fc.shuffledSubarray(Object.keys(own), { minLength: Object.keys(own).length })),
      ),
      ([own, names]) => {
        const shuffled = Object.fromEntries(names.map((name) => [name, own[name] ?? {}]));
        expect(found(shuffled)).toEqual(found(own));
      },
    ),
    RUNS,
  );
});

test('the one that creates is never among its alternatives, and both are among all', () => {
  fc.assert(
    fc.property(operations, (own) => {
      const { all, alternatives, create } = found(own);
      const names = alternatives.map(nameOf);
      expect(names).not.toContain(nameOf(create));
      expect(new Set(names).size).toBe(names.length);
      for (const { role } of alternatives) expect(role).toBe('create');
      const every = all.map(nameOf);
      expect(every).toEqual(expect.arrayContaining([...names, ...(create === undefined ? [] : [nameOf(create)])]));
    }),
    RUNS,
  );
});

test('declaring what is found anyway changes nothing but its basis', () => {
  fc.assert(
    fc.property(operations, (own) => {
      const before = found(own);
      const name = nameOf(before.create);
      if (name === undefined) return;
      const after = found(own, {}, { 'x-refund': { operations: { create: name } } });
      expect(nameOf(after.create)).toBe(name);
      expect(after.create?.basis).toBe('declared');
      expect({ ...after, create: undefined }).toEqual({ ...before, create: undefined });
    }),
    RUNS,
  );
});

test('more signs never take the role away from an operation', () => {
  fc.assert(
    fc.property(operations, fc.constantFrom(...PATHS), (own, path) => {
      const name = `POST ${path}`;
      const { create } = found({ ...own, [name]: {} });
      if (nameOf(create) !== name) return;
      const said = { summary: 'Refund a payment', operationId: 'refundPayment', ...takes('payment_id', 'amount') };
      expect(nameOf(found({ ...own, [name]: said }).create)).toBe(name);
    }),
    RUNS,
  );
});

test.each<readonly [string, JsonMap]>([
  [
    'a path of many parts',
    { paths: { [`/refunds${'/a{b}'.repeat(5000)}`]: { post: { operationId: 'createRefund' } } } },
  ],
  ['a long summary', { paths: { '/refunds': { post: { summary: 'refund '.repeat(200_000) } } } }],
  ['a long id', { paths: { '/refunds': { post: { operationId: 'refundRefund'.repeat(50_000) } } } }],
  ['markup without an end', { paths: { '/refunds': { post: { description: '<'.repeat(100_000) } } } }],
  ['tags of any kind', { paths: { '/refunds': { post: { tags: [null, 7, {}, ['refunds'], 'refunds'] } } } }],
])('%s is read, and ends', (_, root) => {
  expect(found({}, {}, root).all.length).toBeLessThanOrEqual(1);
});
