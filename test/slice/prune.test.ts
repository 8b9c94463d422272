import { describe, expect, test } from 'vitest';
import { slice } from '../../generator/slice/slice.js';
import { documentOf } from '../fixtures/document.js';
import { at, copyOf, type JsonMap } from '../fixtures/json.js';
import { shuffled } from '../fixtures/shuffle.js';
import { valueFrom } from '../output/folder.js';
import { ANSWER, CREATE, large, ref, refundsWith, sliceOf } from './sliced.js';

const TEXT = { type: 'string' };
const SMALL = { type: 'object', properties: { a: TEXT } };
const BUDGET = 3_000;

/** A refund whose payment reaches everything else, and everything else the refund. */
const GRAPH: JsonMap = {
  Refund: { type: 'object', properties: { id: TEXT, money: ref('Money'), payment: ref('Payment') } },
  Money: { type: 'object', properties: { value: { type: 'integer' }, currency: TEXT } },
  Payment: large({ refunds: { type: 'array', items: ref('Refund') }, customer: ref('Customer') }),
  Customer: large({ payments: { type: 'array', items: ref('Payment') } }),
};

function stub(name: string): JsonMap {
  const description = `Cut off: refunds do not need \`${name}\` of the spec. As it comes, unchecked.`;
  return { additionalProperties: true, description, type: 'object' };
}

describe('what answers reach', () => {
  test('stays as long as it fits', () => {
    const { cuts, schemas } = sliceOf(refundsWith(TEXT, ref('Refund'), GRAPH));
    expect(Object.keys(schemas)).toEqual(['Customer', 'Money', 'Payment', 'Refund']);
    expect(cuts).toEqual([]);
  });

  test('is cut off where it is large; the answer itself and what is small stay', () => {
    const { cuts, schemas } = sliceOf(refundsWith(TEXT, ref('Refund'), GRAPH), [], BUDGET);
    expect(Object.keys(schemas)).toEqual(['Money', 'Payment', 'Refund']);
    expect(schemas['Payment']).toEqual(stub('Payment'));
    expect(schemas['Refund']).toEqual(GRAPH['Refund']);
    expect(cuts).toEqual([{ name: 'Payment', pointer: '/components/schemas/Payment' }]);
  });

  test('is cut off by size, whatever it is called and in whatever order it stands', () => {
    const document = refundsWith(TEXT, ref('Refund'), GRAPH);
    const straight = sliceOf(document, [], BUDGET).document;
    for (const seed of [1, 2, 3]) {
      expect(sliceOf(at(shuffled(document, seed)), [], BUDGET).document).toEqual(straight);
    }
  });

  test('is cut off without a name, too', () => {
    const answer = { type: 'object', properties: { id: TEXT, payment: large() } };
    const { cuts, document } = sliceOf(refundsWith(TEXT, answer, {}), [], BUDGET);
    expect(JSON.stringify(document)).toContain('Cut off: refunds do not need this part of the spec.');
    expect(cuts).toEqual([{ name: 'payment', pointer: `${ANSWER}/properties/payment` }]);
  });

  test('stays where it is what the answer itself is', () => {
    const schemas = { Base: large(), Card: large(), Cash: large(), List: { type: 'array', items: ref('Card') } };
    for (const answer of [{ allOf: [ref('Base')] }, { oneOf: [ref('Card'), ref('Cash')] }, ref('List')]) {
      expect(sliceOf(refundsWith(TEXT, answer, schemas), [], BUDGET).cuts).toEqual([]);
    }
  });
});

describe('the spine', () => {
  const payment = { type: 'object', properties: { payment: ref('Payment') } };
  const graph: JsonMap = { ...GRAPH, Order: large({ payment: ref('Payment') }) };

  test('is never cut off', () => {
    const { cuts } = sliceOf(refundsWith(TEXT, payment, graph), ['/components/schemas/Payment'], BUDGET);
    expect(cuts.map(({ name }) => name)).toEqual(['Customer', 'Refund']);
  });

  test('is kept by the schema that a field stands in', () => {
    const spine = ['/components/schemas/Customer/properties/field_7'];
    const { schemas } = sliceOf(refundsWith(TEXT, payment, graph), spine, BUDGET);
    expect(schemas['Customer']).toEqual(graph['Customer']);
  });

  test('is kept with the shortest way to it, and with no other', () => {
    const answer = {
      type: 'object',
      properties: { order: ref('Order'), customer: { properties: { payment: ref('Payment') } } },
    };
    const direct = { type: 'object', properties: { order: ref('Order'), payment: ref('Payment') } };
    const spine = ['/components/schemas/Customer'];
    const names = (root: JsonMap) =>
      sliceOf(refundsWith(TEXT, root, graph), spine, BUDGET).cuts.map(({ name }) => name);
    expect(names(direct)).toEqual(['Order', 'Refund']);
    // Two ways of one length: no name decides between them.
    expect(names(answer)).toEqual(['Refund']);
  });

  test('keeps the part without a name that it stands in, and not those beside it', () => {
    const answer = { type: 'object', properties: { one: large(), other: large() } };
    const spine = [`${ANSWER}/properties/one/properties/field_3`];
    const { cuts } = sliceOf(refundsWith(TEXT, answer, {}), spine, BUDGET);
    expect(cuts.map(({ name }) => name)).toEqual(['other']);
  });
});

describe('requests', () => {
  test('are whole, also what they share with answers', () => {
    const { cuts, schemas } = sliceOf(refundsWith(ref('Customer'), ref('Refund'), GRAPH), [], 20_000);
    expect(cuts).toEqual([]);
    expect(schemas['Payment']).toEqual(GRAPH['Payment']);
  });

  test('are cut where they alone are too much, and no more than that', () => {
    const request = { type: 'object', properties: { small: ref('Small'), payment: ref('Payment') } };
    const { cuts } = sliceOf(refundsWith(request, TEXT, { ...GRAPH, Small: SMALL }), [], BUDGET);
    expect(cuts.map(({ name }) => name)).toEqual(['Payment']);
  });
});

describe('what stands in the place of a schema', () => {
  test.each([
    [
      { ...large(), nullable: true },
      { type: 'object', additionalProperties: true, nullable: true },
    ],
    [
      { ...large(), type: ['object', 'null'] },
      { type: ['object', 'null'], additionalProperties: true },
    ],
    [{ properties: large()['properties'] ?? {} }, { type: 'object', additionalProperties: true }],
    [
      { ...large(), readOnly: true },
      { type: 'object', additionalProperties: true, readOnly: true },
    ],
    [{ type: 'array', items: large() }, { type: 'array' }],
    [{ oneOf: [TEXT, large()] }, {}],
    [{ type: 'string', enum: Array.from({ length: 200 }, (_, index) => `value number ${index}`) }, { type: 'string' }],
  ])('allows everything that the schema allows: %#', (schema, expected) => {
    const answer = { type: 'object', properties: { it: ref('It') } };
    const found = at(sliceOf(refundsWith(TEXT, answer, { It: schema }), [], BUDGET).schemas, 'It');
    const { description: _, ...rest } = found;
    expect(rest).toEqual(expected);
  });

  test('has discriminators that still name it', () => {
    const mapping = { card: ref('Card')['$ref'] ?? '' };
    const schemas = {
      Answer: { properties: { method: { oneOf: [ref('Card')], discriminator: { propertyName: 'kind', mapping } } } },
      Card: large({ kind: TEXT }),
    };
    const found = sliceOf(refundsWith(TEXT, ref('Answer'), schemas), [], BUDGET).schemas;
    expect(at(found, 'Answer')).toEqual(schemas.Answer);
    expect(at(found, 'Card')).toEqual(stub('Card'));
  });
});

describe('texts', () => {
  const said = (text: string, count: number): JsonMap => {
    const fields = Array.from({ length: count }, (_, index) => [`f${index}`, { ...TEXT, description: text }] as const);
    return { type: 'object', properties: { ...Object.fromEntries(fields), payment: ref('Payment') } };
  };
  const WORDS = 'words '.repeat(200);

  test('of any length change nothing but comments', () => {
    const cutsWith = (text: string, count: number) =>
      sliceOf(refundsWith(TEXT, said(text, count), GRAPH), [], BUDGET).cuts;
    expect(cutsWith(WORDS, 30)).toEqual(cutsWith('', 30));
  });

  test.each([
    [10, 300],
    [15, 200],
    [22, 120],
    [34, 60],
  ])('are the shorter the more there are: %d', (count, length) => {
    const { document } = sliceOf(refundsWith(TEXT, said(WORDS, count), GRAPH), [], BUDGET);
    const texts = [...JSON.stringify(document).matchAll(/"description":"(words[^"]*)"/g)].map(([, text = '']) => text);
    expect(texts).toHaveLength(count);
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(length);
      expect(text.length).toBeGreaterThanOrEqual(length - 10);
    }
  });

  test('are left out where there are too many', () => {
    const { document } = sliceOf(refundsWith(TEXT, said(WORDS, 60), GRAPH), [], BUDGET);
    expect(JSON.stringify(document)).not.toContain('words');
  });
});

test('the budget is there without being asked for', () => {
  const schemas = copyOf(GRAPH);
  const graph = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`Other${index}`, large({ next: ref(`Other${(index + 1) % 40}`) })]),
  );
  Object.assign(schemas, graph, { Customer: large({ other: ref('Other0') }) });
  const small = valueFrom(slice(documentOf(refundsWith(TEXT, ref('Refund'), schemas)), [CREATE]));
  expect(JSON.stringify(small).length).toBeLessThan(4_000);
});
