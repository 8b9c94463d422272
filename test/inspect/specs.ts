import type { Json, JsonMap } from '../fixtures/json.js';

const EVIL = 'a\n# b: c\r\n- target: $\u2028\u0085x: "y\u001b]0;owned\u0007\u202e\u{e0041}\'#';

/** Specs of an invented provider, each peculiar in one way: by what it is. */
export const SPECS: Readonly<Record<string, JsonMap>> = {
  plain: spec({
    '/payments/{payment_id}/refunds': { post: creates() },
    '/payments/{payment_id}/refunds/{refund_id}': {
      get: { operationId: 'getRefund', parameters: [pathId('payment_id'), pathId('refund_id')], responses: answers() },
    },
    '/refunds/{refund_id}': {
      get: {
        operationId: 'getAnyRefund',
        summary: 'Get a refund',
        parameters: [pathId('refund_id')],
        responses: answers(),
      },
    },
  }),
  form: spec({ '/refunds': { post: creates('application/x-www-form-urlencoded', { payment_id: TEXT() }) } }),
  wrapped: spec({
    '/refund': {
      post: {
        ...creates('application/json', { transaction: { ...TEXT(), description: 'The payment' } }),
        responses: {
          200: json({
            type: 'object',
            properties: { success: { type: 'boolean' }, data: { $ref: '#/components/schemas/Refund' } },
          }),
          409: { description: 'Somebody else is refunding' },
        },
      },
    },
  }),
  nested: spec({
    '/refunds': {
      post: creates('application/json', {
        capture: { type: 'object', required: ['payment_id'], properties: { payment_id: TEXT() } },
        transactions: {
          type: 'array',
          items: {
            type: 'object',
            properties: { amount: { type: 'string', description: 'How much.' }, currency: TEXT() },
          },
        },
        amount: undefined,
      }),
    },
  }),
  'no create': spec({ '/refunds': { get: { operationId: 'listRefunds', responses: answers() } } }),
  'several creates': spec({
    '/a/refunds': { post: { ...creates('application/json', { payment_id: TEXT() }), operationId: 'refundA' } },
    '/b/refunds': { post: { ...creates('application/json', { payment_id: TEXT() }), operationId: 'refundB' } },
  }),
  'key in a header': spec({
    '/payments/{payment_id}/refunds': {
      post: {
        ...creates(),
        parameters: [
          pathId('payment_id'),
          { in: 'header', name: 'Idempotency-Key', description: 'Unique for each request.', schema: TEXT() },
        ],
      },
    },
  }),
  swagger: {
    swagger: '2.0',
    info: { title: 'Acme', version: '1' },
    host: 'api.acme.example',
    schemes: ['https'],
    paths: {
      '/payments/{payment_id}/refunds': {
        post: {
          operationId: 'refund',
          parameters: [
            { in: 'path', name: 'payment_id', type: 'string', required: true },
            { in: 'body', name: 'body', schema: { $ref: '#/definitions/Refund' } },
          ],
          responses: { 200: { description: 'Done', schema: { $ref: '#/definitions/Refund' } } },
        },
      },
    },
    definitions: {
      Refund: {
        type: 'object',
        required: ['amount'],
        properties: {
          amount: { type: 'integer', description: 'In cents.' },
          status: { type: 'string', enum: ['ok', 'no'] },
        },
      },
    },
  },
};

/** Documents that nobody writes on purpose. None of them may be more than a page with questions, or a problem. */
export const ODD: Readonly<Record<string, JsonMap>> = {
  'no paths': { openapi: '3.1.0', info: { title: 'Acme', version: '1' } },
  'paths that are null': { openapi: '3.0.3', info: { title: 'Acme', version: '1' }, paths: null },
  'paths that are a list': { openapi: '3.0.3', info: { title: 'Acme', version: '1' }, paths: [] },
  'no info': { openapi: '3.0.3', paths: {} },
  'webhooks only': {
    openapi: '3.1.0',
    info: { title: 'Acme', version: '1' },
    webhooks: { refunded: { post: { operationId: 'refunded', responses: {} } } },
  },
  'null everywhere': {
    openapi: '3.0.3',
    info: null,
    servers: null,
    security: [null, { nobody: [] }],
    components: null,
    tags: [null],
    paths: {
      '/refunds': { parameters: null, post: { parameters: [null, 7], requestBody: null, responses: null } },
      '/x': null,
    },
  },
  'wrong kinds': {
    openapi: '3.0.3',
    info: { title: ['Acme'], version: 1 },
    servers: [{ url: 7 }, 'x'],
    components: { securitySchemes: { key: 'x' }, schemas: { Refund: 7 } },
    paths: {
      '/refunds': {
        post: {
          summary: { a: 1 },
          operationId: 3,
          requestBody: {
            content: { 'application/json': { schema: { properties: { amount: true, payment_id: 'x' } } } },
          },
          responses: { 200: 'x', 2: null, '2XX': { content: { 'application/json': 7 } } },
        },
      },
    },
  },
  circles: spec({
    '/refunds': { post: { $ref: '#/paths/~1refunds/post' } },
    '/payments/{payment_id}/refund': {
      post: {
        requestBody: { $ref: '#/components/requestBodies/A' },
        responses: { 200: { $ref: '#/components/responses/A' } },
      },
    },
  }),
  'no answers': spec({ '/payments/{payment_id}/refund': { post: { operationId: 'refund' } } }),
  'names that break lines': hostile(),
};

/** Text of the spec that tries to become something else, wherever text can stand. */
function hostile(): JsonMap {
  const made = spec({
    '/payments/{payment_id}/refunds': {
      post: {
        ...creates('application/json', { [EVIL]: TEXT(), [`${EVIL} amount`]: { type: 'number' } }),
        summary: EVIL,
        description: EVIL,
        responses: {
          200: json({
            type: 'object',
            properties: { id: TEXT(), status: { type: 'string', enum: [EVIL, 'no', '~', '1', ''] } },
          }),
          [`2${EVIL}`]: { description: EVIL },
          409: { description: EVIL },
        },
        security: [{ [EVIL]: [] }],
      },
    },
    [`/refunds/${EVIL}`]: { post: { ...creates(), summary: EVIL, operationId: EVIL } },
  });
  return {
    ...made,
    info: { title: EVIL, version: EVIL },
    components: {
      ...(made['components'] as JsonMap),
      securitySchemes: { [EVIL]: { type: 'apiKey', in: 'header', name: 'Authorization', description: EVIL } },
    },
  };
}

function TEXT(): JsonMap {
  return { type: 'string' };
}

function spec(paths: JsonMap): JsonMap {
  return {
    openapi: '3.0.3',
    info: { title: 'Acme Payments', version: '1.2.0' },
    servers: [{ url: 'https://api.acme.example/v1', description: 'Production' }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      requestBodies: { A: { $ref: '#/components/requestBodies/A' } },
      responses: { A: { $ref: '#/components/responses/A' } },
      schemas: {
        Refund: {
          type: 'object',
          properties: {
            id: TEXT(),
            payment_id: TEXT(),
            amount: { type: 'integer' },
            currency: TEXT(),
            status: { type: 'string', enum: ['pending', 'done', 'failed'], description: 'Where the refund stands.' },
          },
        },
        Error: { type: 'object', properties: { code: TEXT(), message: TEXT() } },
      },
    },
  };
}

/** An operation that refunds. Its amount is a number of which nobody says what it counts. */
function creates(mediaType = 'application/json', fields: Readonly<Record<string, Json | undefined>> = {}): JsonMap {
  const all = {
    amount: { type: 'integer', description: 'How much to refund.' },
    reason: { type: 'string', enum: ['duplicate', 'requested'] },
    ...fields,
  };
  const given = Object.entries(all).flatMap(([name, field]) => (field === undefined ? [] : [[name, field] as const]));
  const properties: JsonMap = Object.fromEntries(given);
  return {
    operationId: 'createRefund',
    summary: 'Refund a payment',
    ...(Object.keys(fields).length === 0 && { parameters: [pathId('payment_id')] }),
    requestBody: { content: { [mediaType]: { schema: { type: 'object', properties } } } },
    responses: answers(),
  };
}

function pathId(name: string): JsonMap {
  return { in: 'path', name, required: true, schema: TEXT() };
}

function answers(): JsonMap {
  return { 200: json({ $ref: '#/components/schemas/Refund' }), 400: json({ $ref: '#/components/schemas/Error' }) };
}

function json(schema: JsonMap): JsonMap {
  return { description: 'As it says', content: { 'application/json': { schema } } };
}
