import { expect, test } from 'vitest';
import { possibleTypes } from '../../generator/normalize/possible-types.js';
import { documentOf } from '../fixtures/document.js';
import type { Json, JsonMap } from '../fixtures/json.js';

const ALL = ['array', 'boolean', 'null', 'number', 'object', 'string'];

function typesOf(it: Json, schemas: JsonMap = {}): readonly string[] {
  const document = documentOf({ openapi: '3.1.0', paths: {}, components: { schemas: { It: it, ...schemas } } });
  return possibleTypes(document, '/components/schemas/It');
}

const ref = (name: string): JsonMap => ({ $ref: `#/components/schemas/${name}` });

test.each<readonly [string, Json, readonly string[]]>([
  ['anything', {}, ALL],
  ['a truth value for a schema', true, ALL],
  ['a reference that leads nowhere', ref('Lost'), ALL],
  ['a type', { type: 'string' }, ['string']],
  ['an integer', { type: 'integer' }, ['number']],
  ['several types', { type: ['integer', 'null', 'array'] }, ['array', 'null', 'number']],
  ['a type that there is not', { type: 'decimal' }, ALL],
  ['types of which there is one not', { type: ['string', 'decimal'] }, ALL],
  ['a type that is no text', { type: ['string', 1] }, ALL],
  ['a type that may be null', { type: 'string', nullable: true }, ['null', 'string']],
  ['a type that may not be null', { type: 'string', nullable: false }, ['string']],
  ['listed values', { enum: ['a', 1, null, true, [], {}] }, ALL],
  ['listed values of one type', { enum: ['a', 'b'] }, ['string']],
  ['a list for a value', { enum: [[]] }, ['array']],
  ['an object for a value', { enum: [{}] }, ['object']],
  ['listed values of another type', { type: 'string', enum: [1, 2] }, []],
  ['listed values of two types, of which one may be', { type: 'string', enum: [1, 'a'] }, ['string']],
  ['a constant', { const: 1 }, ['number']],
  ['a constant beside values', { const: 1, enum: ['a'] }, ['number']],
  ['null for a constant', { const: null }, ['null']],
  ['no values', { type: 'string', enum: [] }, ['string']],
  ['what holds together', { allOf: [{ type: ['string', 'null'] }, { type: ['string', 'number'] }] }, ['string']],
  ['what cannot hold together', { allOf: [{ type: 'string' }, { type: 'number' }] }, []],
  ['alternatives', { oneOf: [{ type: 'string' }, { type: 'null' }] }, ['null', 'string']],
  ['two kinds of alternatives', { oneOf: [{ type: 'string' }, {}], anyOf: [{ type: 'string' }] }, ['string']],
  ['alternatives with a type', { type: 'string', anyOf: [{ type: 'number' }] }, []],
  ['a circle', { allOf: [ref('It'), { type: 'string' }] }, ['string']],
  ['no alternatives', { type: 'string', oneOf: [], anyOf: [] }, ['string']],
])('%s', (_, schema, types) => {
  expect(typesOf(schema)).toEqual(types);
});

test('a schema that is met twice is read once, and counts both times', () => {
  const text: JsonMap = { type: ['string', 'null'] };
  expect(typesOf({ allOf: [ref('Text'), ref('Text')] }, { Text: text })).toEqual(['null', 'string']);
  expect(typesOf({ oneOf: [ref('Text'), { type: 'number' }], allOf: [ref('Text')] }, { Text: text })).toEqual([
    'null',
    'string',
  ]);
});
