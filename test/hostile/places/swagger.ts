import { invent } from '../../fixtures/invented/build.js';
import { at, type JsonMap, keyed, listAt, put } from '../../fixtures/json.js';
import type { Pack } from '../../fixtures/pack.js';
import { type Injection, type NarrowPlace, refTo, TEXT } from '../inject.js';

/** The plainest provider there could be, in Swagger 2.0. */
function pack(): Pack {
  const of = (name: string): JsonMap => ({ schema: { $ref: `#/definitions/${name}` } });
  const operation: JsonMap = {
    operationId: 'createRefund',
    summary: 'Create a refund',
    consumes: ['application/json'],
    parameters: [{ name: 'body', in: 'body', required: true, ...of('RefundRequest') }],
    responses: { '200': { description: 'Done', ...of('Refund') }, '400': { description: 'No', ...of('Fault') } },
  };
  const definitions: JsonMap = {
    RefundRequest: {
      type: 'object',
      required: ['payment_id', 'amount'],
      properties: { payment_id: TEXT, amount: { type: 'integer' } },
    },
    Refund: { type: 'object', required: ['id'], properties: { id: TEXT } },
    Fault: { type: 'object', required: ['code', 'message'], properties: { code: TEXT, message: TEXT } },
  };
  const spec: JsonMap = {
    swagger: '2.0',
    info: { title: 'Invented', version: '1' },
    host: 'invented.example',
    basePath: '/v1',
    schemes: ['https'],
    security: [{ Key: [] }],
    securityDefinitions: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    paths: { '/refunds': { post: operation } },
    definitions,
  };
  return { spec, overlay: invent().overlay };
}

const POST = ['paths', '/refunds', 'post'] as const;

function place(name: string, harmless: string | readonly string[], inject: Injection): NarrowPlace {
  return { name: `${name} of Swagger 2.0`, pack, harmless: [harmless].flat(), inject };
}

function fieldsOf({ spec }: Pack, name: string): JsonMap {
  return at(spec, 'definitions', name, 'properties');
}

/** Places that Swagger 2.0 has elsewhere, and that are moved. */
export const IN_SWAGGER: readonly NarrowPlace[] = [
  place('the host', ['acme.example', '{region}.example', 'no host'], ({ spec }, text) => put(spec, 'host', text)),
  place('the path below the host', ['/v2', '/{region}'], ({ spec }, text) => put(spec, 'basePath', text)),
  place('the protocol', 'https', ({ spec }, text) => put(spec, 'schemes', [text, 'https'])),
  place('a definition', 'Harmless', (changed, text) => {
    put(at(changed.spec, 'definitions'), text, { type: 'object', properties: keyed(text, TEXT) });
    const { $ref } = refTo('schemas', text);
    put(fieldsOf(changed, 'Refund'), 'other', { $ref: String($ref).replace('components/schemas', 'definitions') });
  }),
  place('a field', 'Harmless words', (changed, text) =>
    put(fieldsOf(changed, 'RefundRequest'), text, { ...TEXT, enum: [text] }),
  ),
  place('the name of a body', 'harmless', ({ spec }, text) => put(at(spec, ...POST, 'parameters', 0), 'name', text)),
  place('a field of a form', 'Harmless words', ({ spec }, text) => {
    put(at(spec, ...POST), 'consumes', ['application/x-www-form-urlencoded']);
    put(at(spec, ...POST), 'parameters', [
      { name: 'payment_id', in: 'formData', type: 'string', required: true },
      { name: 'amount', in: 'formData', type: 'integer', required: true },
      { name: text, in: 'formData', type: 'string', default: text, description: text },
    ]);
  }),
  place('a parameter', 'Harmless words', ({ spec }, text) =>
    listAt(spec, ...POST, 'parameters').push({ name: text, in: 'query', type: 'string', enum: [text] }),
  ),
  place('a media type', 'text/plain', ({ spec }, text) =>
    put(at(spec, ...POST), 'produces', ['application/json', text]),
  ),
  place('a header of an answer', 'X-Trace', ({ spec }, text) =>
    put(at(spec, ...POST, 'responses', '400'), 'headers', keyed(text, { type: 'string', description: text })),
  ),
  place('an example', 'harmless', ({ spec }, text) =>
    put(at(spec, ...POST, 'responses', '200'), 'examples', keyed(text, text)),
  ),
  place('a security definition', 'Harmless', ({ spec }, text) => {
    put(spec, 'security', [keyed(text, [])]);
    put(spec, 'securityDefinitions', keyed(text, { type: 'apiKey', in: 'header', name: 'X-Key' }));
  }),
  place('a shared answer', 'Harmless', ({ spec }, text) => {
    put(spec, 'responses', keyed(text, { description: text }));
    const { $ref } = refTo('responses', text);
    put(at(spec, ...POST, 'responses'), '404', { $ref: String($ref).replace('components/', '') });
  }),
];
