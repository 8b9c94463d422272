import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { printTypes } from '../../generator/emit/types.js';
import { splitDirections } from '../../generator/emit/types-directions.js';
import type { JsonObject } from '../../generator/json.js';
import { resolvePointer } from '../../generator/pointer.js';
import { at, type Json, type JsonMap, keyed } from '../fixtures/json.js';
import { compilePack, readPack, textOf } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';
import { nodesOf, parse } from './syntax.js';

const JSON_BODY = (name: string): JsonMap => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});

/** `POST /refunds` that takes and returns `Refund`. */
function documentWith(schemas: JsonMap, name = 'Refund'): JsonObject {
  const post = {
    operationId: 'it',
    requestBody: JSON_BODY(name),
    responses: { '200': { description: '', ...JSON_BODY(name) } },
  };
  return {
    openapi: '3.1.0',
    info: { title: '', version: '1' },
    paths: { '/refunds': { post } },
    components: { schemas },
  };
}

function bodySchema(document: JsonObject, place: 'requestBody' | 'responses/200'): unknown {
  return resolvePointer(document, `/paths/~1refunds/post/${place}/content/application~1json/schema/$ref`);
}

function fieldsOf(document: JsonObject, name: string): readonly string[] {
  const schema = at(document as JsonMap, 'components', 'schemas', name);
  return Object.keys(at(schema, 'properties'));
}

const TEXT = { type: 'string' };
const READ = { type: 'string', readOnly: true };
const WRITE = { type: 'string', writeOnly: true };

describe('requests and answers have schemas of their own', () => {
  test('where fields have a direction', () => {
    const split = splitDirections(
      documentWith({
        Refund: {
          type: 'object',
          required: ['id', 'amount', 'secret'],
          properties: { id: READ, amount: TEXT, secret: WRITE },
        },
      }),
    );
    expect(bodySchema(split, 'requestBody')).toBe('#/components/schemas/RefundRequest');
    expect(bodySchema(split, 'responses/200')).toBe('#/components/schemas/Refund');
    expect(fieldsOf(split, 'RefundRequest')).toEqual(['amount', 'secret']);
    expect(fieldsOf(split, 'Refund')).toEqual(['id', 'amount']);
    const schemas = at(split as JsonMap, 'components', 'schemas');
    expect([at(schemas, 'RefundRequest')['required'], at(schemas, 'Refund')['required']]).toEqual([
      ['amount', 'secret'],
      ['id', 'amount'],
    ]);
  });

  test('and share them where none has', () => {
    const document = documentWith({ Refund: { type: 'object', properties: { amount: TEXT } } });
    expect(splitDirections(document)).toEqual(document);
  });

  test('through other schemas, and in circles', () => {
    const refund = {
      type: 'object',
      properties: { money: { $ref: '#/components/schemas/Money' }, self: { $ref: '#/components/schemas/Refund' } },
    };
    const split = splitDirections(
      documentWith({ Refund: refund, Money: { type: 'object', properties: { left: READ, value: TEXT } } }),
    );
    const request = at(split as JsonMap, 'components', 'schemas', 'RefundRequest', 'properties');
    expect(request).toEqual({
      money: { $ref: '#/components/schemas/MoneyRequest' },
      self: { $ref: '#/components/schemas/RefundRequest' },
    });
    expect(fieldsOf(split, 'MoneyRequest')).toEqual(['value']);
  });

  test('in alternatives, lists and objects inside', () => {
    const inside = { type: 'object', properties: { id: READ, value: TEXT } };
    const refund = {
      oneOf: [inside, { allOf: [inside] }],
      properties: { list: { type: 'array', items: inside }, one: inside },
    };
    const split = splitDirections(documentWith({ Refund: refund }));
    const request = JSON.stringify(at(split as JsonMap, 'components', 'schemas', 'RefundRequest'));
    expect(request.split('"value"')).toHaveLength(5);
    expect(request).not.toContain('"id"');
  });

  test('in a body without a name', () => {
    const document = documentWith({});
    const inline = { type: 'object', properties: { id: READ, amount: TEXT } };
    const changed = at(JSON.parse(JSON.stringify(document)) as Json);
    at(changed, 'paths', '/refunds', 'post', 'requestBody', 'content', 'application/json')['schema'] = inline;
    const split = splitDirections(changed);
    const schema = resolvePointer(split, '/paths/~1refunds/post/requestBody/content/application~1json/schema');
    expect(schema).toEqual({ type: 'object', properties: { amount: TEXT } });
  });

  test('in a request body that is a component', () => {
    const document = at(
      JSON.parse(JSON.stringify(documentWith({ Refund: { properties: { id: READ, amount: TEXT } } }))) as Json,
    );
    at(document, 'components')['requestBodies'] = { Body: JSON_BODY('Refund') };
    at(document, 'paths', '/refunds', 'post')['requestBody'] = { $ref: '#/components/requestBodies/Body' };
    const body = at(splitDirections(document) as JsonMap, 'components', 'requestBodies', 'Body');
    expect(JSON.stringify(body)).toContain('#/components/schemas/RefundRequest');
  });

  test('under a name that is free', () => {
    const schemas = {
      Refund: { properties: { id: READ, amount: TEXT } },
      RefundRequest: { type: 'string' },
      RefundRequest_: {},
    };
    const split = splitDirections(documentWith(schemas));
    expect(bodySchema(split, 'requestBody')).toBe('#/components/schemas/RefundRequest__');
    expect(resolvePointer(split, '/components/schemas/RefundRequest')).toEqual({ type: 'string' });
  });

  test.each([
    ['Refund.v1', 'Refund.v1'],
    ['Refund/v1', 'Refund~1v1'],
    ['Refund v1', 'Refund%20v1'],
    ['__proto__', '__proto__'],
  ])('where the schema is named %s', (name, escaped) => {
    const schemas = keyed(name, { type: 'object', properties: { id: READ, amount: TEXT } });
    const split = splitDirections(documentWith(schemas, escaped));
    const target = String(bodySchema(split, 'requestBody'));
    const request = resolvePointer(split, decodeURIComponent(target.slice(1)));
    expect(request).toEqual({ type: 'object', properties: { amount: TEXT } });
  });

  test('where the direction stands behind a reference', () => {
    const schemas = {
      Refund: {
        type: 'object',
        required: ['status'],
        properties: { status: { $ref: '#/components/schemas/Status' }, amount: TEXT },
      },
      Status: READ,
    };
    const split = splitDirections(documentWith(schemas));
    const name = String(bodySchema(split, 'requestBody')).split('/').at(-1) ?? '';
    expect(fieldsOf(split, name)).toEqual(['amount']);
  });

  test('properties named like words of OpenAPI are only properties', () => {
    const properties = { readOnly: TEXT, properties: TEXT, required: TEXT, writeOnly: TEXT };
    const document = documentWith({ Refund: { type: 'object', required: ['readOnly'], properties } });
    expect(splitDirections(document)).toEqual(document);
  });

  test('and the document is not changed', () => {
    const document = documentWith({ Refund: { properties: { id: READ, secret: WRITE } } });
    const before = JSON.stringify(document);
    splitDirections(document);
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe('the types of a document', () => {
  test('are printed without changing it', async () => {
    const document = documentWith({ Refund: { type: 'object', properties: { id: READ, amount: TEXT } } });
    const before = JSON.stringify(document);
    const printed = await printTypes(document);
    expect(JSON.stringify(document)).toBe(before);
    expect(printed).toContain('RefundRequest: {');
    expect(await printTypes(document)).toBe(printed);
  });

  test('are only types', async () => {
    const printed = await printTypes(
      documentWith({ Refund: { type: 'object', properties: { status: { enum: ['a', 'b'] } } } }),
    );
    const kinds = new Set(parse(printed).statements.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set([ts.SyntaxKind.InterfaceDeclaration, ts.SyntaxKind.TypeAliasDeclaration]));
  });

  test('have one type for a parameter that the operation overrides', async () => {
    const pack = readPack('chip');
    const item = at(pack.spec, 'paths', '/purchases/{id}/refund/');
    item['parameters'] = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
    const text = textOf(valueFrom(await compilePack(pack)), 'acme/types.ts');
    const [operations] = parse(text)
      .statements.filter(ts.isInterfaceDeclaration)
      .filter(({ name }) => name.text === 'operations');
    const refund = operations?.members.find((member) => member.name?.getText() === 'refundPurchase');
    const ids = nodesOf(refund ?? parse(''))
      .filter(ts.isPropertySignature)
      .filter(({ name }) => name.getText() === 'id');
    expect(ids.map(({ type }) => type?.getText())).toEqual(['components["parameters"]["PurchaseId"]']);
  });

  test('a property named example with a type of its own does not stop them', async () => {
    const pack = readPack('piriod');
    at(pack.spec, 'components', 'schemas')['Sample'] = { type: 'object', properties: { a: TEXT } };
    at(pack.spec, 'components', 'schemas', 'Refund', 'properties')['example'] = { $ref: '#/components/schemas/Sample' };
    const text = textOf(valueFrom(await compilePack(pack)), 'acme/types.ts');
    expect(text).toMatch(/example\?: \{\s+a\?: string;\s+\}/);
  });
});
