import { describe, expect, test } from 'vitest';
import { slice } from '../../generator/slice/slice.js';
import { documentOf } from '../fixtures/document.js';
import { at, type Json, type JsonMap } from '../fixtures/json.js';
import { where } from '../fixtures/pack.js';
import { ANSWER, CREATE, ref, refundsWith, sliceOf } from './sliced.js';

const TEXT = { type: 'string' };

/** What the answer of the slice is, and all schemas of it. */
function answered(document: JsonMap): { readonly schema: Json; readonly schemas: JsonMap } {
  const { document: small, schemas } = sliceOf(document);
  const answer = at(small as JsonMap, 'paths', '/refunds', 'post', 'responses', '200', 'content', 'application/json');
  return { schema: answer['schema'] ?? null, schemas };
}

describe('what stands outside of the components gets a name', () => {
  test.each([
    ['#/definitions/Refund', 'Refund2'],
    ['#/x-schemas/Refund', 'XSchemasRefund'],
    ['#/components/schemas/Refund/properties/money', 'RefundMoney'],
    ['#/components/x-more/Refund', 'XMoreRefund'],
    ['#/paths/~1refunds/post/requestBody/content/application~1json/schema', 'RefundsPostRequestBodyApplicationJson'],
    ['#/paths/~1payments/get/responses/200/content/application~1json/schema', 'PaymentsGet200ApplicationJson'],
  ])('%s', ($ref, name) => {
    const money = { type: 'object', properties: { value: TEXT } };
    const document = refundsWith(money, { $ref }, { Refund: { properties: { money } } });
    const answer = { content: { 'application/json': { schema: money } } };
    at(document, 'paths')['/payments'] = { get: { responses: { '200': answer } } };
    at(document, 'components')['x-more'] = { Refund: money };
    Object.assign(document, { definitions: { Refund: money }, 'x-schemas': { Refund: money } });
    expect(answered(document)).toEqual({ schema: ref(name), schemas: { [name]: money } });
  });

  test('through a reference on the way', () => {
    const schemas = { A: { properties: { b: ref('B') } }, B: { properties: { c: TEXT } } };
    const document = refundsWith(TEXT, ref('A/properties/b/properties/c'), schemas);
    expect(answered(document)).toEqual({ schema: ref('BC'), schemas: { BC: TEXT } });
  });

  test('in answers, headers, parameters and bodies', () => {
    const document = refundsWith(TEXT, TEXT, {});
    const post = at(document, 'paths', '/refunds', 'post');
    post['parameters'] = [{ $ref: '#/x-parts/parameter' }];
    post['requestBody'] = { $ref: '#/x-parts/body' };
    post['responses'] = { '200': { $ref: '#/x-parts/answer' } };
    document['x-parts'] = {
      parameter: { name: 'id', in: 'query', schema: TEXT },
      body: { content: { 'application/json': { schema: TEXT } } },
      answer: { description: '', headers: { Limit: { $ref: '#/x-parts/header' } } },
      header: { schema: TEXT },
    };
    const components = at(sliceOf(document).document as JsonMap, 'components');
    expect(Object.entries(components).map(([kind, values]) => [kind, Object.keys(at(values))])).toEqual([
      ['headers', ['XPartsHeader']],
      ['parameters', ['XPartsParameter']],
      ['requestBodies', ['XPartsBody']],
      ['responses', ['XPartsAnswer']],
    ]);
  });

  test('a component that is another one is that one', () => {
    const document = refundsWith(TEXT, TEXT, {});
    at(document, 'components')['responses'] = { Alias: ref('Done', 'responses'), Done: { description: 'Done' } };
    at(document, 'paths', '/refunds', 'post')['responses'] = { '200': ref('Alias', 'responses') };
    const small = sliceOf(document).document as JsonMap;
    expect(at(small, 'paths', '/refunds', 'post', 'responses')['200']).toEqual(ref('Done', 'responses'));
  });
});

describe('words next to a reference', () => {
  const noted = { ...ref('A'), description: 'Noted', deprecated: true, readOnly: true };

  test('count since 3.1', () => {
    const answer = { properties: { a: noted } };
    expect(answered(refundsWith(TEXT, answer, { A: TEXT })).schema).toEqual({
      properties: { a: { ...ref('A'), description: 'Noted', readOnly: true } },
    });
  });

  test('say nothing before', () => {
    const answer = { properties: { a: noted } };
    expect(answered(refundsWith(TEXT, answer, { A: TEXT }, '3.0.3')).schema).toEqual({ properties: { a: ref('A') } });
  });

  test('that say more about the type are a part of it', () => {
    const a = { ...ref('A'), description: 'Noted', required: ['x'], properties: { x: ref('B') }, allOf: [ref('C')] };
    const { schema } = answered(refundsWith(TEXT, a, { A: {}, B: TEXT, C: {} }));
    expect(schema).toEqual({
      allOf: [ref('A'), ref('C')],
      description: 'Noted',
      properties: { x: ref('B') },
      required: ['x'],
    });
  });
});

describe('names of JSON Schema', () => {
  test.each([
    ['$anchor', { $ref: '#money' }, { $anchor: 'money', ...TEXT }],
    ['$id', { $ref: 'https://acme.example/money' }, { $id: 'https://acme.example/money', ...TEXT }],
    ['$dynamicRef', { $dynamicRef: '#money' }, { $dynamicAnchor: 'money', ...TEXT }],
  ])('%s', (_, answer, money) => {
    expect(answered(refundsWith(TEXT, answer, { Money: money }))).toEqual({
      schema: ref('Money'),
      schemas: { Money: TEXT },
    });
  });

  test('$defs', () => {
    const schemas = { Refund: { $defs: { Money: TEXT }, properties: { money: ref('Refund/$defs/Money') } } };
    const { schemas: kept } = answered(refundsWith(TEXT, ref('Refund'), schemas));
    expect(kept).toEqual({ Refund: { properties: { money: ref('RefundDefsMoney') } }, RefundDefsMoney: TEXT });
  });

  test('$defs of a schema with an $id', () => {
    const refund = { $id: 'refund', $defs: { Money: TEXT }, properties: { money: { $ref: '#/$defs/Money' } } };
    const { schemas: kept } = answered(refundsWith(TEXT, ref('Refund'), { Refund: refund }));
    expect(at(kept, 'Refund')).toEqual({ properties: { money: ref('RefundDefsMoney') } });
  });

  test('a name that is given twice leads nowhere', () => {
    const schemas = { A: { $anchor: 'money' }, B: { $anchor: 'money' } };
    const result = slice(documentOf(refundsWith(TEXT, { $ref: '#money' }, schemas)), [CREATE]);
    expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error R005']);
  });
});

describe('a reference that leads nowhere', () => {
  const GONE = ref('Gone');
  const holder = { type: 'object', properties: { it: GONE, id: TEXT } };

  function problemsOf(request: Json, answer: Json): readonly string[] {
    const result = slice(documentOf(refundsWith(request, answer, { Holder: holder, Alias: GONE })), [CREATE]);
    return result.problems.map((problem) => `${problem.severity} ${problem.code} ${problem.location?.pointer}`);
  }

  test.each<[string, Json]>([
    ['the answer itself', GONE],
    ['a part of what the answer itself is', { allOf: [GONE] }],
  ])('is an error as %s', (_, answer) => {
    expect(problemsOf(TEXT, answer)).toEqual([expect.stringMatching(/^error R005 .*\$ref$/)]);
  });

  test('is an error behind a name that the answer has', () => {
    expect(problemsOf(TEXT, ref('Alias'))).toEqual(['error R005 /components/schemas/Alias/$ref']);
  });

  test('is an error anywhere in a request', () => {
    expect(problemsOf(ref('Holder'), TEXT)).toEqual(['error R005 /components/schemas/Holder/properties/it/$ref']);
  });

  test('is a warning in a field of an answer, which has a type nonetheless', () => {
    const document = refundsWith(TEXT, ref('Holder'), { Holder: holder });
    const result = slice(documentOf(document), [CREATE]);
    expect(result.problems.map((problem) => `${problem.severity} ${problem.code} ${where(problem)}`)).toEqual([
      expect.stringMatching(/^warning R005 spec\.json:\d+:\d+$/),
    ]);
    expect(answered(document).schemas).toEqual({
      Holder: {
        ...holder,
        properties: { id: TEXT, it: { description: 'The spec does not have it. As it comes, unchecked.' } },
      },
    });
  });

  test('is nothing in what is cut off', () => {
    const many = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`field_${index}_of_many`, TEXT]));
    const schemas = { Big: { type: 'object', properties: { ...many, it: GONE } } };
    const answer = { type: 'object', properties: { big: ref('Big'), id: TEXT } };
    expect(slice(documentOf(refundsWith(TEXT, answer, schemas)), [CREATE]).problems).toEqual([]);
  });
});

test('callbacks, links and webhooks are no part of a slice', () => {
  const document = refundsWith(TEXT, TEXT, { Gone: ref('Nowhere') });
  const post = at(document, 'paths', '/refunds', 'post');
  post['callbacks'] = { done: { '{$url}': { post: { requestBody: ref('Gone', 'requestBodies') } } } };
  at(post, 'responses', '200')['links'] = { next: { $ref: '#/components/links/Gone' } };
  document['webhooks'] = { done: { post: { requestBody: ref('Gone', 'requestBodies') } } };
  const small = slice(documentOf(document), [CREATE]);
  expect(small.problems).toEqual([]);
  expect(JSON.stringify(small)).not.toMatch(/callbacks|links|webhooks/);
});

test('what is no schema is a warning where it stands, and of an unknown type', () => {
  const document = refundsWith(TEXT, { properties: { a: null, b: 'text', c: { $ref: 7 }, d: true } }, {});
  const result = slice(documentOf(document), [CREATE]);
  expect(result.problems.map(({ code, location, severity }) => `${severity} ${code} ${location?.pointer}`)).toEqual([
    `warning R043 ${ANSWER}/properties/a`,
    `warning R043 ${ANSWER}/properties/b`,
    `warning R043 ${ANSWER}/properties/c/$ref`,
  ]);
  expect(answered(document).schema).toEqual({ properties: { a: {}, b: {}, c: {}, d: true } });
});

test('of two parameters with one name, that of the operation counts', () => {
  const document = refundsWith(TEXT, TEXT, {});
  const item = at(document, 'paths', '/refunds');
  item['parameters'] = [
    { name: 'id', in: 'query', schema: TEXT },
    { name: 'id', in: 'header', schema: TEXT },
  ];
  at(item, 'post')['parameters'] = [
    { name: 'id', in: 'query', schema: { type: 'integer' } },
    { name: 'id', in: 'query', schema: { type: 'number' } },
    { name: 'id', in: 'body' },
    'id',
  ];
  const small = sliceOf(document).document as JsonMap;
  expect(at(small, 'paths', '/refunds', 'post')['parameters']).toEqual([
    { in: 'query', name: 'id', schema: { type: 'number' } },
    { in: 'header', name: 'id', schema: TEXT },
  ]);
});
