import { describe, expect, test } from 'vitest';
import { factAt, locationOf, resolve, type SpecDocument } from '../../generator/load/spec-document.js';
import { at, type Json, type JsonMap } from '../fixtures/json.js';
import { action } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';
import { loadFiles } from './load-files.js';

/** Written by hand, so that its lines are known. */
const SPEC = `swagger: "2.0"
info: { title: Acme, version: "1" }
host: api.acme.example
basePath: /v1/
schemes: [http, https]
consumes: [application/json]
produces: [application/json]
parameters:
  Version: { name: Acme-Version, in: header, type: string, default: "1" }
  Body: { name: body, in: body, required: true, schema: { $ref: '#/definitions/RefundRequest' } }
responses:
  Error: { description: An error, schema: { $ref: '#/definitions/Error' } }
paths:
  /refunds/{id}:
    parameters:
      - { $ref: '#/parameters/Version' }
    post:
      operationId: createRefund
      parameters:
        - { $ref: '#/parameters/Body' }
        - { name: id, in: path, required: true, type: string, maxLength: 20 }
        - { name: expand, in: query, type: array, items: { type: string }, collectionFormat: multi }
      responses:
        200:
          description: Done
          schema: { $ref: '#/definitions/Refund' }
          headers: { Request-Id: { type: string, description: For support } }
          examples: { application/json: { id: re_1 } }
        400: { $ref: '#/responses/Error' }
  /form:
    post:
      consumes: [application/x-www-form-urlencoded]
      produces: [text/plain]
      parameters:
        - { name: reason, in: formData, type: string, enum: [duplicate, fraud], required: true, description: Why }
        - { name: items, in: formData, type: array, items: { type: string }, collectionFormat: multi }
      responses: { 400: { $ref: '#/responses/Error' } }
definitions:
  RefundRequest:
    type: object
    required: [amount]
    properties:
      amount: { type: integer, minimum: 1, x-nullable: true }
  Refund:
    type: object
    discriminator: kind
    properties:
      kind: { type: string }
      request: { $ref: '#/paths/~1refunds~1%7Bid%7D/post/parameters/1' }
      parent: { $ref: '#/definitions/Refund', description: The one before }
  Error: { type: object }
securityDefinitions:
  key: { type: apiKey, in: header, name: X-Key }
  basic: { type: basic, description: With the key }
  oauth: { type: oauth2, flow: application, tokenUrl: 'https://acme.example/token', scopes: { refund: May refund } }
security: [{ key: [] }]
`;

async function loaded(text: string | JsonMap = SPEC): Promise<SpecDocument> {
  const result = await loadFiles({ 'spec.yaml': text });
  expect(result.problems).toEqual([]);
  return valueFrom(result);
}

async function upgraded(root: JsonMap): Promise<JsonMap> {
  const spec = { swagger: '2.0', info: { title: 'Acme', version: '1' }, ...root };
  return at(valueFrom(await loadFiles({ 'spec.yaml': spec })).value as Json);
}

const POST = '/paths/~1refunds~1{id}/post';
const BODY = `${POST}/requestBody/content/application~1json/schema`;

describe('an upgraded document', () => {
  test('is OpenAPI 3.0, with nothing left of Swagger', async () => {
    const { value } = await loaded();
    expect(Object.keys(value).sort()).toEqual(['components', 'info', 'openapi', 'paths', 'security', 'servers']);
    expect(value['openapi']).toMatch(/^3\.0\./);
    expect(JSON.stringify(value)).not.toMatch(/definitions|collectionFormat|x-nullable|#\/(parameters|responses)/);
  });

  test('has its servers, https first', async () => {
    const { value } = await loaded();
    expect(value['servers']).toEqual([{ url: 'https://api.acme.example/v1' }, { url: 'http://api.acme.example/v1' }]);
  });

  test('has bodies of its parameters, also of shared ones', async () => {
    const document = await loaded();
    expect(resolve(document, `${POST}/requestBody/required`)?.value).toBe(true);
    expect(resolve(document, `${BODY}/properties/amount`)?.value).toEqual({
      type: 'integer',
      minimum: 1,
      nullable: true,
    });
  });

  test('keeps what a form says of its fields', async () => {
    const document = await loaded();
    expect(resolve(document, '/paths/~1form/post/requestBody')?.value).toEqual({
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: {
            type: 'object',
            properties: {
              reason: { type: 'string', enum: ['duplicate', 'fraud'], description: 'Why' },
              items: { type: 'array', items: { type: 'string' } },
            },
            required: ['reason'],
          },
          encoding: { items: { style: 'form', explode: true } },
        },
      },
    });
  });

  test('has schemas for parameters', async () => {
    const document = await loaded();
    expect(resolve(document, `${POST}/parameters`)?.value).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } },
      {
        name: 'expand',
        in: 'query',
        style: 'form',
        explode: true,
        schema: { type: 'array', items: { type: 'string' } },
      },
    ]);
    expect(resolve(document, '/paths/~1refunds~1{id}/parameters/0')?.value).toEqual({
      name: 'Acme-Version',
      in: 'header',
      schema: { type: 'string', default: '1' },
    });
  });

  test('has answers with content', async () => {
    const document = await loaded();
    expect(resolve(document, `${POST}/responses/200`)?.value).toEqual({
      description: 'Done',
      headers: { 'Request-Id': { description: 'For support', schema: { type: 'string' } } },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Refund' }, example: { id: 're_1' } } },
    });
    const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
    expect(resolve(document, `${POST}/responses/400/content`)?.value).toEqual(error);
  });

  test('takes the media types of a shared answer from the operation', async () => {
    const document = await loaded();
    const content = resolve(document, '/paths/~1form/post/responses/400/content')?.value;
    expect(Object.keys(at(content as Json))).toEqual(['text/plain']);
  });

  test('has references that follow what has moved', async () => {
    const document = await loaded();
    const refund = at(document.value as Json, 'components', 'schemas', 'Refund');
    expect(refund['discriminator']).toEqual({ propertyName: 'kind' });
    expect(at(refund, 'properties')['parent']).toEqual({
      $ref: '#/components/schemas/Refund',
      description: 'The one before',
    });
    expect(resolve(document, '/components/schemas/Refund/properties/request')?.value).toMatchObject({ name: 'id' });
  });

  test('has security schemes', async () => {
    const { value } = await loaded();
    expect(at(value as Json, 'components')['securitySchemes']).toEqual({
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      basic: { type: 'http', scheme: 'basic', description: 'With the key' },
      oauth: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://acme.example/token', scopes: { refund: 'May refund' } } },
      },
    });
  });
});

describe('everything leads back to the file of the user', () => {
  test.each([
    ['/components/schemas/Refund/properties/kind', '/definitions/Refund/properties/kind', 48],
    ['/components/parameters/Version', '/parameters/Version', 9],
    ['/components/parameters/Version/schema/default', '/parameters/Version/default', 9],
    ['/components/responses/Error/content/application~1json/schema', '/responses/Error/schema', 12],
    ['/components/securitySchemes/oauth/flows/clientCredentials/tokenUrl', '/securityDefinitions/oauth/tokenUrl', 55],
    ['/servers/0', '/host', 3],
    [`${POST}/requestBody`, '/parameters/Body', 10],
    [BODY, '/parameters/Body/schema', 10],
    [`${POST}/parameters/0`, `${POST}/parameters/1`, 21],
    [`${POST}/parameters/0/schema/maxLength`, `${POST}/parameters/1/maxLength`, 21],
    [`${POST}/responses/200/content/application~1json/schema`, `${POST}/responses/200/schema`, 26],
    [`${POST}/responses/200/headers/Request-Id/schema/type`, `${POST}/responses/200/headers/Request-Id/type`, 27],
    [`${POST}/operationId`, `${POST}/operationId`, 18],
    [
      '/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/items/type',
      '/paths/~1form/post/parameters/1/type',
      36,
    ],
  ])('%s', async (pointer, original, line) => {
    const document = await loaded();
    expect(locationOf(document, pointer)).toMatchObject({ pointer: original, line });
    expect(factAt(document, pointer, 1).evidence).toEqual({ file: 'spec.yaml', pointer: original });
  });

  test('through several files', async () => {
    const document = valueFrom(
      await loadFiles({
        'spec.yaml': `swagger: '2.0'\ninfo: {}\npaths:\n  /refunds: { $ref: ./refunds.yaml }\n`,
        'refunds.yaml':
          'post:\n  parameters:\n    - { name: b, in: body, schema: { $ref: ./refund.yaml } }\n  responses: {}\n',
        'refund.yaml': 'type: object\nproperties:\n  amount: { type: integer }\n',
      }),
    );
    const body = resolve(
      document,
      '/paths/~1refunds/post/requestBody/content/application~1json/schema/properties/amount',
    );
    expect(body?.value).toEqual({ type: 'integer' });
    expect(factAt(document, body?.pointer ?? '', 1).evidence).toEqual({
      file: 'refund.yaml',
      pointer: '/properties/amount',
    });
    const place = locationOf(document, '/paths/~1refunds/post/requestBody');
    expect([place.file.replace(/.*\//, ''), place.line]).toEqual(['refunds.yaml', 3]);
  });

  test('an overlay is written for the upgraded document', async () => {
    const actions = [action("$.paths['/refunds/{id}'].post.requestBody", { update: { description: 'New' } })];
    const document = valueFrom(await loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': { overlay: '1.0.0', actions } }));
    expect(factAt(document, `${POST}/requestBody/description`, 1).basis).toBe('declared');
    expect(factAt(document, `${POST}/requestBody/required`, 1).basis).toBe('stated');
  });

  test('an overlay that is written for Swagger is told so', async () => {
    const actions = [action('$.definitions.Refund', { update: { description: 'New' } })];
    const result = await loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': { overlay: '1.0.0', actions } });
    expect(result.problems.map(({ code }) => code)).toEqual(['R011']);
    expect(result.problems[0]?.hint).toContain('OpenAPI 3.0, with components');
  });
});

describe('what is left out or wrong', () => {
  test.each([
    ['no host', { basePath: '/v1' }, [{ url: '/v1' }]],
    ['no schemes', { host: 'a.example' }, [{ url: 'https://a.example' }]],
    ['a host with a scheme', { host: 'https://a.example/', schemes: ['https'] }, [{ url: 'https://a.example' }]],
    ['only http', { host: 'a.example', schemes: ['http', 'ws'] }, [{ url: 'http://a.example' }]],
    ['nothing', {}, undefined],
  ])('servers: %s', async (_, root, servers) => {
    expect((await upgraded(root as JsonMap))['servers']).toEqual(servers);
  });

  test('a version that YAML reads as a number', async () => {
    expect((await loaded('swagger: 2.0\ninfo: {}\npaths: {}\n')).value['openapi']).toMatch(/^3\.0/);
  });

  test('media types: JSON for a body, urlencoded for a form, multipart for a file', async () => {
    const post = (...parameters: JsonMap[]): JsonMap => ({ post: { parameters, responses: {} } });
    const field = { name: 'f', in: 'formData', type: 'string' };
    const value = await upgraded({
      paths: {
        '/body': post({ name: 'b', in: 'body', schema: {} }),
        '/form': post(field),
        '/file': post(field, { name: 'g', in: 'formData', type: 'file' }),
      },
    });
    const types = (path: string): string[] => Object.keys(at(value, 'paths', path, 'post', 'requestBody', 'content'));
    expect(['/body', '/form', '/file'].map(types)).toEqual([
      ['application/json'],
      ['application/x-www-form-urlencoded'],
      ['multipart/form-data'],
    ]);
  });

  test('a body of the path is one of each operation, wherever it stands', async () => {
    const body = { name: 'b', in: 'body', schema: { type: 'string' } };
    const own = { name: 'b', in: 'body', schema: { type: 'integer' } };
    const value = await upgraded({
      paths: {
        '/a': { post: {}, put: { parameters: [own] }, parameters: [body, { name: 'q', in: 'query', type: 'string' }] },
      },
    });
    const schema = (method: string) =>
      at(value, 'paths', '/a', method, 'requestBody', 'content', 'application/json')['schema'];
    expect([schema('post'), schema('put')]).toEqual([{ type: 'string' }, { type: 'integer' }]);
    expect(at(value, 'paths', '/a')['parameters']).toEqual([{ name: 'q', in: 'query', schema: { type: 'string' } }]);
  });

  test('a mistake elsewhere ends nothing', async () => {
    const value = await upgraded({
      definitions: { A: null, ['__proto__x']: 5 },
      parameters: { P: 7, Q: { $ref: '#/parameters/Q' } },
      responses: { R: null },
      securityDefinitions: { s: 'none', o: { type: 'oauth2' } },
      paths: {
        '/null': null,
        '/a': { get: null, post: 'text', 'x-note': 'text', parameters: 5 },
        '/b': { get: { parameters: { a: 1 }, responses: { 200: null, 400: 'x' } } },
        '/c': {
          get: { parameters: [null, 5, {}, { name: 'x' }, { $ref: '#/parameters/Q' }, { $ref: 5 }], responses: [] },
        },
        '/refunds': { post: { operationId: 'createRefund', responses: {} } },
      },
    });
    expect(at(value, 'paths', '/refunds', 'post')['operationId']).toBe('createRefund');
  });
});
