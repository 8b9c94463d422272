import { describe, expect, test } from 'vitest';
import type { RequestField } from '../../generator/ir.js';
import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import { type JsonMap, keyed } from '../fixtures/json.js';
import { codesOf, draftOf, normalized } from './normalized.js';

const PLAIN = { payment_id: TEXT, amount: INTEGER };

function othersOf(invention: Invention): readonly (readonly [string, string, boolean])[] {
  return draftOf(invention).request.others.map(describeField);
}

function describeField({ name, place, required }: RequestField): readonly [string, string, boolean] {
  return [name, [place.part, ...place.path].join('.').replaceAll('.[]', '[]'), required];
}

const withBody = (properties: JsonMap, ...required: string[]): Invention => ({
  body: object({ ...PLAIN, ...properties }, 'payment_id', 'amount', ...required),
});

describe('fields that are no part of a refund are passed on', () => {
  test.each<readonly [string, Invention, readonly (readonly [string, string, boolean])[]]>([
    ['none', withBody({}), []],
    ['texts', withBody({ dry_run: TEXT }, 'dry_run'), [['dryRun', 'body.dry_run', true]]],
    ['an object as a whole', withBody({ shop: object({ id: TEXT, till: TEXT }) }), [['shop', 'body.shop', false]]],
    ['a list as a whole', withBody({ lines: listOf(object({ sku: TEXT })) }), [['lines', 'body.lines', false]]],
    [
      'those around the amount one by one',
      { body: object({ payment_id: TEXT, amount: object({ value: INTEGER, kind: TEXT, tax: object({ a: TEXT }) }) }) },
      [
        ['kind', 'body.amount.kind', false],
        ['tax', 'body.amount.tax', false],
      ],
    ],
    [
      'those inside a wrapper one by one',
      {
        body: object(
          { data: object({ type: TEXT, attributes: object({ ...PLAIN, memo: TEXT }, 'memo') }, 'attributes') },
          'data',
        ),
      },
      [
        ['type', 'body.data.type', false],
        ['memo', 'body.data.attributes.memo', true],
      ],
    ],
    [
      'those of a list item with the amount',
      { body: object({ refunds: listOf(object({ ...PLAIN, memo: TEXT }, 'memo'), { minItems: 1 }) }, 'refunds') },
      [['memo', 'body.refunds[].memo', true]],
    ],
    [
      'those of the path, the query and headers',
      {
        create: 'POST /shops/{shop}/refunds',
        operation: {
          parameters: [
            { name: 'shop', in: 'path', required: true, schema: TEXT },
            { name: 'dry-run', in: 'query', schema: TEXT },
            { name: 'X-Trace', in: 'header', schema: TEXT },
          ],
        },
      },
      [
        ['xTrace', 'header.X-Trace', false],
        ['shop', 'path.shop', true],
        ['dryRun', 'query.dry-run', false],
      ],
    ],
  ])('%s', (_, invention, others) => {
    expect(othersOf(invention)).toEqual(others);
  });

  test('what only the provider writes is not', () => {
    expect(othersOf(withBody({ state: { ...TEXT, readOnly: true } }, 'state'))).toEqual([]);
  });

  test('nor are settings, keys and fixed fields', () => {
    const invention: Invention = {
      ...withBody({ action: TEXT, key: TEXT }),
      operation: { parameters: [{ name: 'X-Shop', in: 'header', schema: TEXT }] },
      facts: {
        settings: { 'X-Shop': { name: 'shop', scope: 'client' } },
        fixed: { 'body.action': 'refund' },
        idempotency: { field: 'body.key', replay: false },
      },
    };
    expect(normalized(invention).problems).toEqual([]);
    expect(othersOf(invention)).toEqual([]);
  });

  test('a reference in metadata leaves the rest of it to the caller', () => {
    const invention: Invention = {
      ...withBody({ metadata: { type: 'object' } }),
      facts: { request: { reference: 'body.metadata.ref' } },
    };
    const { api, problems } = normalized(invention);
    expect(problems).toEqual([]);
    expect(api?.create.metadata?.value.place.path).toEqual(['metadata']);
    expect(api?.create.reference?.value.place.path).toEqual(['metadata', 'ref']);
    expect(api?.create.others).toEqual([]);
  });
});

describe('names that would clash are told apart by what is around them', () => {
  test.each<readonly [string, Invention, readonly string[]]>([
    [
      'of one object and another',
      withBody({ a: object({ x: TEXT }), amount: object({ value: INTEGER, a: TEXT }) }),
      ['bodyA', 'amountA'],
    ],
    ['with one of ours', withBody({ expect: TEXT, refundRef: TEXT }), ['bodyExpect', 'bodyRefundRef']],
    [
      'with one of ours, inside',
      { body: object({ payment_id: TEXT, data: object({ amount: INTEGER, note: listOf(TEXT) }) }) },
      [],
    ],
    [
      'of the query and the body',
      { ...withBody({ mode: TEXT }), operation: { parameters: [{ name: 'mode', in: 'query', schema: TEXT }] } },
      ['queryMode', 'bodyMode'],
    ],
    ['with what every object has', withBody(keyed('constructor', TEXT)), ['constructorValue']],
  ])('%s', (_, invention, names) => {
    const found = draftOf(invention).request.others.map(({ name }) => name);
    if (names.length > 0) expect([...found].sort()).toEqual([...names].sort());
    expect(new Set(found).size).toBe(found.length);
    expect(codesOf(normalized(invention)).filter((code) => code.includes('R044'))).toEqual([]);
  });

  test.each<readonly [string, Invention]>([
    ['two ways of writing one name', withBody({ 'a-b': TEXT, a_b: TEXT })],
    ['names without a letter', withBody({ '-': TEXT, _: TEXT })],
  ])('%s cannot be', (_, invention) => {
    expect(codesOf(normalized(invention))).toEqual(['error R044']);
  });
});

test.each<readonly [string, Invention]>([
  ['a fixed field that does not exist', { facts: { fixed: { 'body.nowhere': 1 } } }],
  ['a currency that does not exist', { facts: { request: { currency: 'body.nowhere' } } }],
  ['a place in a list that is none', { facts: { request: { amount: 'body.amount[].amount' } } }],
])('%s is one problem', (_, invention) => {
  expect(codesOf(normalized(invention))).toEqual(['error R014']);
});
