import fc from 'fast-check';
import { type Json, type JsonMap, put } from '../fixtures/json.js';
import { withMistakes } from './mistakes.js';
import { parameter, refundAnswer, refundRequest, requestBody, responses } from './operations.js';
import { type Dialect, refTo, SCHEMA_NAMES, schemaOf } from './schemas.js';
import { toSwagger } from './swagger.js';
import { description } from './words.js';

/** A document and how its questions are answered: by the actions of an overlay, or at random, as a number decides. */
export interface Case {
  readonly document: JsonMap;
  readonly choice: number;
  readonly actions?: readonly Json[];
}

const VERSIONS: Readonly<Record<Dialect, string>> = { '2.0': '2.0', '3.0': '3.0.3', '3.1': '3.1.0', '3.2': '3.2.0' };

/** Where a refund is created, and operations beside it; the first ones are the plainest. */
const CREATES = [
  ['/refunds', 'post'],
  ['/payments/{payment_id}/refunds', 'post'],
  ['/v1/charges/{id}/refund', 'post'],
  ['/payments/{id}:refund', 'post'],
  ['/refunds/', 'put'],
  ['/transactions/{transactionId}/reversals', 'post'],
] as const;

const BESIDE = [
  ['/refunds/{refund_id}', 'get'],
  ['/refunds/{refund_id}', 'patch'],
  ['/refunds/{refund_id}/cancel', 'post'],
  ['/refunds', 'get'],
  ['/payments/{payment_id}', 'get'],
  ['/v1/charges/{id}', 'get'],
  ['/payments', 'post'],
  ['/orders/{id}/refunds', 'post'],
  ['/customers/{a b}', 'delete'],
  ['/odd{x}path/{x}', 'get'],
] as const;

type Place = readonly [path: string, method: string];

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

const names = fc.constantFrom(
  'createRefund',
  'create_refund',
  'refund',
  'Refunds.create',
  'class',
  'operation 1',
  '2nd',
);
const summaries = fc.constantFrom('Create a refund', 'Refund a payment', 'Refunds', 'Get it', '');

const said = fc.record(
  { operationId: names, summary: summaries, description, deprecated: fc.constantFrom(false, false, true) },
  { requiredKeys: [] },
);

/** Security that an operation has of its own: none, others than the document, or none at all. */
const ownSecurity: fc.Arbitrary<Json> = fc.constantFrom<Json>([], [{ bearer: [] }], [{ keyHeader: [], basic: [] }, {}]);

interface Parts {
  readonly body: fc.Arbitrary<Json>;
  readonly answer: fc.Arbitrary<Json>;
}

function operation(dialect: Dialect, [path, method]: Place, { answer, body }: Parts): fc.Arbitrary<JsonMap> {
  const hasBody = method !== 'get' && method !== 'delete';
  return fc
    .tuple(
      said,
      fc.array(parameter(dialect), { maxLength: 2 }),
      requestBody(body),
      responses(answer),
      fc.option(ownSecurity, { freq: 12 }),
    )
    .map(([about, parameters, taken, answers, security]) => ({
      ...about,
      ...(path.includes('{') || parameters.length > 0
        ? { parameters: [...pathParameters(path), ...parameters] }
        : undefined),
      ...(hasBody && { requestBody: taken }),
      responses: answers,
      ...(security !== null && { security }),
    }));
}

/** Any path with any operation on it, beside one that creates refunds in nearly all documents. */
function paths(dialect: Dialect): fc.Arbitrary<JsonMap> {
  const request = fc.oneof(
    { weight: 4, arbitrary: refundRequest(dialect) },
    { weight: 1, arbitrary: fc.constant<Json>(refTo('Payment')) },
  );
  const answer = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Json>(refTo('Refund')) },
    { weight: 2, arbitrary: refundAnswer(dialect) },
  );
  const at = (place: Place, parts: Parts) => operation(dialect, place, parts).map((made) => ({ place, made }));
  const create = fc.constantFrom<Place>(...CREATES).chain((place) => at(place, { body: request, answer }));
  const other = fc
    .constantFrom<Place>(...BESIDE)
    .chain((place) => at(place, { body: schemaOf(dialect, 2), answer: fc.oneof(answer, schemaOf(dialect, 2)) }));
  return fc.tuple(create, fc.array(other, { maxLength: 3 })).map(([first, others]) => {
    const made: JsonMap = {};
    for (const {
      place: [path, method],
      made: item,
    } of [...others, first]) {
      const known = Object.hasOwn(made, path) ? made[path] : {};
      put(made, path, { ...Object(known), [method]: item });
    }
    return made;
  });
}

const SCHEMES: JsonMap = {
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'Basic', description: 'The key is the user.' },
  keyHeader: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  keyAuthorization: { type: 'apiKey', in: 'header', name: 'Authorization' },
  keyQuery: { type: 'apiKey', in: 'query', name: 'api key' },
  keyCookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  oauth: {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: 'https://acme.example/token', scopes: { a: 'A' } } },
  },
  openId: { type: 'openIdConnect', openIdConnectUrl: 'https://acme.example/.well-known/openid-configuration' },
  mutual: { type: 'mutualTLS' },
  digest: { type: 'http', scheme: 'digest' },
  'odd name': { type: 'http', scheme: 'bearer' },
};

/** Alternatives, each of one scheme or of several together; the usual ones are the likeliest. */
const security: fc.Arbitrary<Json> = fc
  .array(
    fc.uniqueArray(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom('bearer', 'basic', 'keyHeader') },
        { weight: 3, arbitrary: fc.constantFrom(...Object.keys(SCHEMES), 'nobody') },
      ),
      { minLength: 1, maxLength: 2 },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((alternatives) => alternatives.map((all) => Object.fromEntries(all.map((name): [string, Json] => [name, []]))));

const servers: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  [{ url: 'https://api.acme.example/v1', description: 'Production' }],
  [{ url: 'https://api.acme.example' }, { url: 'https://test.acme.example', description: 'Test' }],
  [
    {
      url: 'https://{region}.acme.example/{v}',
      variables: { region: { default: 'eu', enum: ['eu'] }, v: { default: 'v1' } },
    },
  ],
  [{ url: '/v1' }, { url: 'http://acme.example' }],
  [],
);

function schemas(dialect: Dialect): fc.Arbitrary<JsonMap> {
  const any = schemaOf(dialect, 3);
  const refund = fc.oneof({ weight: 5, arbitrary: refundAnswer(dialect) }, { weight: 1, arbitrary: any });
  return fc
    .tuple(...SCHEMA_NAMES.map((name): fc.Arbitrary<Json> => (name === 'Refund' ? refund : any)))
    .map((found) => Object.fromEntries(SCHEMA_NAMES.map((name, index) => [name, found[index] ?? {}])));
}

function documentOf(dialect: Dialect): fc.Arbitrary<JsonMap> {
  return fc
    .tuple(paths(dialect), schemas(dialect), security, servers, fc.constantFrom('Acme', 'Acme */ `Pay`\n', '名'))
    .map(([items, found, needed, list, title]): JsonMap => {
      const document: JsonMap = {
        openapi: VERSIONS[dialect],
        info: { title, version: '1.0', 'x-logo': { url: 'https://acme.example/logo.png' } },
        servers: list,
        security: needed,
        paths: items,
        components: {
          schemas: found,
          securitySchemes: SCHEMES,
          responses: { Done: { description: 'Done', content: { 'application/json': { schema: refTo('Refund') } } } },
        },
        'x-tags': ['a'],
      };
      return dialect === '2.0' ? toSwagger(document) : document;
    });
}

/** Documents of every version; one in five has mistakes in it. */
export const cases: fc.Arbitrary<Case> = fc
  .constantFrom<Dialect>('3.0', '3.1', '3.2', '2.0')
  .chain((dialect) => fc.record({ document: withMistakes(documentOf(dialect)), choice: fc.nat() }));
