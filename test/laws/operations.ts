import fc from 'fast-check';
import { type Json, type JsonMap, put } from '../fixtures/json.js';
import { type Dialect, objectOf, refTo, schemaOf } from './schemas.js';
import { description, enumValue, errorStatus, fieldName, successStatus } from './words.js';

type Field = readonly [name: string, schema: Json, required: boolean];

const text: JsonMap = { type: 'string' };

/** Fields with a name, a schema and whether they have to be there; each of them may be missing. */
function fieldsFrom(fields: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<readonly Field[]> {
  const flags = fc.array(fc.boolean(), {
    minLength: Object.keys(fields).length,
    maxLength: Object.keys(fields).length,
  });
  return fc
    .tuple(fc.record(fields, { requiredKeys: [] }), flags)
    .map(([found, required]) =>
      Object.entries(found).map(([name, schema], index): Field => [name, schema ?? null, required[index] === true]),
    );
}

const amount: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom<JsonMap>(
      { type: 'integer', minimum: 1 },
      { type: 'integer', format: 'int64' },
      { type: 'number', format: 'decimal' },
      { type: 'string', pattern: '^\\d+\\.\\d{2}$' },
    ),
    description,
  )
  .map(([schema, said]) => ({ ...schema, description: said }));

const statuses: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>({ type: 'string', enum: ['pending', 'done', 'failed'] }, text, { type: 'string', const: 'ok' }),
  fc.array(enumValue, { minLength: 1, maxLength: 4 }).map((values): Json => ({ type: 'string', enum: values })),
  fc.constantFrom<Json>({ type: 'integer', enum: [0, 1] }, { type: 'boolean' }, refTo('Node')),
);

function extras(dialect: Dialect): fc.Arbitrary<readonly Field[]> {
  return fc.array(fc.tuple(fieldName, schemaOf(dialect, 2), fc.boolean()), { maxLength: 3 });
}

/** The body of a request for a refund. */
export function refundRequest(dialect: Dialect): fc.Arbitrary<JsonMap> {
  const known = fieldsFrom({
    payment_id: fc.constantFrom<Json>(text, { type: 'string', minLength: 1, maxLength: 40 }, { type: 'integer' }),
    currency: fc.constantFrom<Json>(text, { type: 'string', enum: ['EUR', 'USD'] }, { type: 'string', enum: ['eur'] }),
    reason: fc.constantFrom<Json>(text, { type: 'string', enum: ['duplicate', 'fraud', "it's"] }),
    metadata: fc.constantFrom<Json>(
      { type: 'object', additionalProperties: text },
      { type: 'object', properties: { a: text } },
      { type: 'object', additionalProperties: text, maxProperties: 3 },
    ),
    reference: fc.constantFrom<Json>(text, { type: 'string', maxLength: 30 }),
    note: fc.constant<Json>(text),
  });
  const sum = fc.tuple(amount, fc.boolean());
  const flat = fc
    .tuple(sum, known, extras(dialect))
    .map(([[schema, needed], fields, more]) => objectOf([...more, ...fields, ['amount', schema, needed]]));
  const money = fc.tuple(sum, known, extras(dialect), fc.boolean()).map(([[schema, needed], fields, more, isNeeded]) =>
    objectOf([
      ...more,
      ...fields.filter(([name]) => name !== 'currency'),
      [
        'amount',
        objectOf([
          ['value', schema, needed],
          ['currency', text, needed],
        ]),
        isNeeded,
      ],
    ]),
  );
  const combined = fc.tuple(flat, schemaOf(dialect, 1)).map(([body, other]): JsonMap => ({ allOf: [body, other] }));
  return fc.oneof({ weight: 6, arbitrary: flat }, { weight: 2, arbitrary: money }, { weight: 1, arbitrary: combined });
}

/** What an answer says of a refund, by itself or in an envelope. */
export function refundAnswer(dialect: Dialect): fc.Arbitrary<JsonMap> {
  const plain = fc
    .tuple(
      fieldsFrom({
        id: fc.constantFrom<Json>(text, { type: 'integer' }, { type: 'string', format: 'uuid', readOnly: true }),
        status: statuses,
        amount,
        currency: fc.constant<Json>(text),
        payment_id: fc.constantFrom<Json>(text, { type: 'integer' }),
        reason: fc.constant<Json>(text),
        created_at: fc.constant<Json>({ type: 'string', format: 'date-time' }),
      }),
      extras(dialect),
    )
    .map(([fields, more]) => objectOf([...more, ...fields]));
  const wrapped = fc
    .tuple(fc.constantFrom('data', 'refund', 'result'), plain, fc.boolean())
    .map(([name, body, isNeeded]) =>
      objectOf([
        ['success', { type: 'boolean' }, false],
        [name, body, isNeeded],
      ]),
    );
  return fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: wrapped });
}

const errorBody: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    refTo('Error'),
    objectOf([
      ['code', text, true],
      ['message', text, true],
    ]),
    objectOf([
      [
        'error',
        objectOf([
          ['code', text, false],
          ['message', text, false],
        ]),
        true,
      ],
    ]),
    objectOf([
      [
        'errors',
        {
          type: 'array',
          items: objectOf([
            ['code', text, true],
            ['detail', text, false],
          ]),
        },
        true,
      ],
    ]),
  ),
);

const jsonType = fc.constantFrom(
  'application/json',
  'application/json',
  'application/json; charset=utf-8',
  'application/hal+json',
  'APPLICATION/JSON',
);

function content(type: string, schema: Json): JsonMap {
  const media: JsonMap = {};
  put(media, type, { schema });
  return media;
}

type Entry = readonly [status: string, answer: Json];

const headers: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  { 'X-Rate-Limit': { description: 'Left', schema: { type: 'integer' } } },
  { Location: { required: true, schema: text } },
);

function answer(body: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const full = fc.tuple(jsonType, body, fc.option(headers, { freq: 5 })).map(
    ([type, schema, found]): Json => ({
      description: 'It',
      content: content(type, schema),
      ...(found !== null && { headers: found }),
    }),
  );
  const others = fc.constantFrom<Json>(
    { description: 'Nothing' },
    { description: 'Text', content: { 'text/plain': { schema: text } } },
    { description: 'No schema', content: { 'application/json': {} } },
    { $ref: '#/components/responses/Done' },
  );
  return fc.oneof({ weight: 8, arbitrary: full }, { weight: 1, arbitrary: others });
}

/** The answers of an operation: successes with this body, and errors. */
export function responses(body: fc.Arbitrary<Json>): fc.Arbitrary<JsonMap> {
  const successes: fc.Arbitrary<readonly Entry[]> = fc.array(fc.tuple(successStatus, answer(body)), {
    minLength: 1,
    maxLength: 2,
  });
  const errors: fc.Arbitrary<readonly Entry[]> = fc.array(fc.tuple(errorStatus, answer(errorBody)), { maxLength: 3 });
  return fc.tuple(errors, successes).map(([bad, good]) => Object.fromEntries([...bad, ...good]));
}

const multipart: JsonMap = { 'multipart/form-data': { schema: { type: 'object', properties: { file: text } } } };

/** What a form says of how its fields are written. */
const encoding: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  {},
  { metadata: { style: 'deepObject', explode: true } },
  { metadata: { contentType: 'application/json' }, order_lines: { style: 'form', explode: false } },
);

/** A request body: JSON, a form, both, or what cannot be sent. */
export function requestBody(schema: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const json = fc.tuple(jsonType, schema).map(([type, body]) => content(type, body));
  const form = fc.tuple(schema, encoding).map(
    ([body, said]): JsonMap => ({
      'application/x-www-form-urlencoded': { schema: body, encoding: said },
    }),
  );
  const both = fc.tuple(json, form).map(([one, other]): JsonMap => ({ ...one, ...other }));
  const media = fc.oneof(
    { weight: 12, arbitrary: json },
    { weight: 3, arbitrary: form },
    { weight: 1, arbitrary: both },
    { weight: 1, arbitrary: fc.constantFrom<JsonMap>(multipart, {}, { '*/*': { schema: text } }) },
  );
  return fc
    .tuple(media, fc.constantFrom<JsonMap>({ required: true }, {}, { required: false, description: 'The body' }))
    .map(([found, said]): Json => ({ ...said, content: found }));
}

const styles: fc.Arbitrary<JsonMap> = fc.constantFrom<JsonMap>(
  {},
  { style: 'form', explode: true },
  { style: 'form', explode: false },
  { style: 'deepObject', explode: true },
  { style: 'pipeDelimited', explode: false },
  { style: 'spaceDelimited' },
  { allowEmptyValue: true },
);

/** A parameter of the query, a header or a cookie. */
export function parameter(dialect: Dialect): fc.Arbitrary<JsonMap> {
  const name = fc.constantFrom(
    'expand',
    'Idempotency-Key',
    'X-Request-Id',
    'X-Account',
    'limit',
    'filter',
    'odd name',
    'Accept',
    'amount',
  );
  return fc
    .tuple(
      fc.constantFrom('query', 'query', 'header', 'header', 'cookie'),
      name,
      schemaOf(dialect, 1),
      styles,
      fc.boolean(),
      description,
    )
    .map(([place, called, schema, style, required, said]) => ({
      name: called,
      in: place,
      ...(place === 'query' && style),
      ...(required && { required }),
      ...(said !== '' && { description: said }),
      ...(called === 'limit' && dialect !== '2.0' ? { content: { 'application/json': { schema } } } : { schema }),
    }));
}
