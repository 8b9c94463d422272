import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';

const PAYMENT = { payment_id: TEXT, amount: INTEGER };
const header = (name: string, more: JsonMap = {}): JsonMap => ({ name, in: 'header', schema: TEXT, ...more });
const key = (name: string, place: string): JsonMap => ({ type: 'apiKey', name, in: place });
const body = (schema: JsonMap): Invention => ({ body: object({ ...PAYMENT, it: schema }, 'payment_id', 'amount') });

/** Connections and schemas of providers that are odd in one way each: what is asked and told of them is in a snapshot. */
export const ODD_CONNECTIONS: Readonly<Record<string, Invention>> = {
  servers: {
    servers: [
      { url: 'https://api.acme.invalid/v1/', description: 'Production server' },
      { url: 'https://sandbox.acme.invalid', description: '  sandbox' },
    ],
  },
  'servers of one name': {
    servers: [
      { url: 'https://a.acme.invalid', description: 'Production' },
      { url: 'https://b.acme.invalid/x', description: 'production too' },
    ],
  },
  'servers without a name': {
    servers: [
      { url: 'https://a.acme.invalid' },
      { url: 'https://b.acme.invalid', description: '1st' },
      { url: 'https://c.acme.invalid', description: 'A very-long-word-that-is-no-name' },
    ],
  },
  'servers that cannot be used': {
    servers: [
      { url: 'http://a.acme.invalid' },
      { url: '/v1' },
      { url: 'https://{tenant}.acme.invalid' },
      { url: 'https://u@acme.invalid' },
      { url: 'https://acme.invalid/?a' },
      {},
    ],
  },
  'servers with variables': {
    servers: [
      {
        url: 'https://{host}.acme.invalid/{version}',
        variables: { host: { enum: ['eu'], default: 'eu' }, version: { enum: ['v1'], default: 'v1' } },
      },
      { url: 'https://{host}.acme.invalid', variables: { host: { enum: ['eu', 'us'], default: 'eu' } } },
    ],
  },
  'servers of the operation': { operation: { servers: [{ url: 'https://other.invalid' }] } },
  'no security': { security: {} },
  'a scheme that is not there': { operation: { security: [{ Lost: [] }] } },
  'no security, for the operation alone': { operation: { security: [] } },
  'security that may be left out': { operation: { security: [{}, { Key: [] }] } },
  'a bearer token': { security: { Key: { type: 'http', scheme: 'Bearer', description: 'A token.' } } },
  basic: { security: { Key: { type: 'http', scheme: 'basic' } } },
  'basic that is declared': {
    security: { Key: { type: 'http', scheme: 'basic' } },
    facts: { auth: { Key: { username: { credential: 'secretKey' }, password: { fixed: '' } } } },
  },
  oauth: { security: { Key: { type: 'oauth2', flows: {} } } },
  'oauth with a name': {
    security: { Key: { type: 'openIdConnect', openIdConnectUrl: 'https://acme.invalid' } },
    facts: { auth: { Key: { credential: 'loginToken' } } },
  },
  'keys everywhere': { security: { A: key('X-A', 'header'), B: key('b', 'query'), C: key('c', 'cookie') } },
  'keys together': {
    security: { 'api-key': key('X-A', 'header'), 'merchant id': key('X-B', 'header') },
    operation: { security: [{ 'api-key': [], 'merchant id': [] }] },
  },
  'keys that send the same': {
    security: { One: { type: 'http', scheme: 'bearer' }, Two: { type: 'http', scheme: 'bearer' } },
    facts: { auth: { One: { credential: 'apiKey' }, Two: { credential: 'apiKey' } } },
  },
  'keys that make no name': { security: { '1': key('X-A', 'header'), '2': key('X-B', 'header') } },
  'a key on Authorization': { security: { Key: key('Authorization', 'header') } },
  'a key on Authorization, declared': {
    security: { Key: key('authorization', 'header') },
    facts: { auth: { Key: { prefix: 'Token ' } } },
  },
  'schemes that cannot be used': {
    security: {
      A: { type: 'mutualTLS' },
      B: { type: 'http', scheme: 'digest' },
      C: key('bad name', 'header'),
      D: key('d', 'body'),
    },
  },
  'a parameter that is a credential': {
    security: { Key: key('X-Key', 'header') },
    operation: { parameters: [header('x-key')] },
  },
  'a parameter that is the credential of something else': {
    security: { Key: { type: 'http', scheme: 'bearer' } },
    operation: { parameters: [header('X-Key', { required: true })] },
  },
  settings: {
    operation: {
      parameters: [
        header('X-Account', { required: true, description: 'Whose.' }),
        header('X-Mode', { schema: { type: 'string', enum: ['test', 'live'] } }),
      ],
    },
    facts: {
      settings: { 'x-mode': { name: 'mode', scope: 'call' }, 'X-Account': { name: 'account', scope: 'client' } },
    },
  },
  'settings that cannot be': {
    operation: { parameters: [header('X-A'), header('X-B'), header('X-C')] },
    facts: {
      settings: {
        'X-A': { name: 'signal', scope: 'call' },
        'X-B': { name: 'mode', scope: 'call' },
        'X-C': { name: 'mode', scope: 'client' },
        'X-D': { name: 'other', scope: 'client' },
      },
    },
  },
  'a name of the provider': { facts: { provider: { name: 'Acme Pay' } } },
  texts: { operation: { summary: 'Refunds.', description: `Refunds ${'a payment '.repeat(60)}. Really.` } },
  'texts with limits': body({
    type: 'string',
    minLength: 1,
    maxLength: 5,
    pattern: '^a+$',
    format: 'uuid',
    description: 'It.',
  }),
  'texts with a pattern that cannot be used': body({ type: 'string', pattern: '(' }),
  'numbers with limits': body({ type: 'number', minimum: 1, maximum: 9 }),
  'numbers between limits': body({ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 9, multipleOf: 0.5 }),
  'numbers between limits, in words': body({
    type: 'number',
    minimum: 0,
    exclusiveMinimum: true,
    maximum: 9,
    exclusiveMaximum: true,
  }),
  'numbers with limits that exclude nothing': body({
    type: 'number',
    minimum: 0,
    exclusiveMinimum: false,
    maximum: 9,
    exclusiveMaximum: false,
  }),
  'numbers between tighter limits': body({
    allOf: [
      { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 8, multipleOf: 2 },
      { exclusiveMinimum: 1, exclusiveMaximum: 9, multipleOf: 3 },
      { multipleOf: 4 },
    ],
  }),
  'a limit of a number by itself': body({ allOf: [INTEGER, { exclusiveMaximum: 9 }, { exclusiveMinimum: 1 }] }),
  'a text of numbers': body({ type: 'string', enum: [1, 2] }),
  'a text of numbers and texts': body({ type: 'string', enum: [1, '2', null] }),
  'a number of texts': body({ type: 'integer', enum: ['1', '2'] }),
  'a number of two': body({ type: 'integer', enum: [1, 2] }),
  'a number that is one': body({ const: 0.5 }),
  'a text that may be null only': body({ type: ['string', 'null'], enum: [null] }),
  'a text of no values': body({ type: 'string', enum: [] }),
  'a text of a list that is none': body({ type: 'string', enum: 'a' }),
  'numbers of two lists together': body({ allOf: [{ enum: [1, 2, 3] }, { enum: [2, 3, 4.5] }] }),
  'numbers of two lists with nothing in common': body({ allOf: [{ enum: [1, 2] }, { enum: [3] }] }),
  'numbers of one of two lists': body({ anyOf: [{ enum: [1, 2] }, { enum: [2, 3.5] }] }),
  'numbers of a list or of any kind': body({ anyOf: [{ enum: [1, 2] }, INTEGER] }),
  'a field of two types in alternatives': body({
    oneOf: [
      object({ a: TEXT, b: TEXT, c: object({ d: TEXT }) }),
      object({ a: INTEGER, b: TEXT, c: object({ d: INTEGER }) }),
    ],
  }),
  'a field without a type in one alternative': body({ anyOf: [object({ a: TEXT }), object({ a: {} }), object({})] }),
  'lists with limits': body(listOf(TEXT, { minItems: 1, maxItems: 2 })),
  'a list of anything': body({ type: 'array' }),
  'an object of anything': body({ type: 'object' }),
  'an object that is closed': body({ ...object({ a: TEXT }), additionalProperties: false }),
  'an object of texts': body({ type: 'object', additionalProperties: TEXT }),
  'an object with fields that must be there and are not described': body({
    type: 'object',
    required: ['a', 'b'],
    properties: { a: TEXT },
  }),
  anything: body({}),
  nothing: body(listOf({ not: {} })),
  'null or a text': body({ type: ['string', 'null'] }),
  'a text, or null': body({ anyOf: [TEXT, { type: 'null' }] }),
  'two types': body({ type: ['string', 'integer'] }),
  'one of two texts': body({
    oneOf: [
      { type: 'string', enum: ['a'] },
      { type: 'string', enum: ['b'] },
    ],
  }),
  'one of two objects': body({
    oneOf: [object({ a: TEXT, c: TEXT }, 'a', 'c'), object({ b: TEXT, c: INTEGER }, 'b', 'c')],
  }),
  'one of several kinds': body({ oneOf: [TEXT, object({ a: TEXT })] }),
  'all of several': body({
    allOf: [object({ a: TEXT }, 'a'), { required: ['b'], properties: { b: INTEGER } }, { description: 'Both.' }],
  }),
  'all of what contradicts itself': body({ allOf: [TEXT, INTEGER] }),
  'all of, with limits': body({
    allOf: [{ type: 'string', minLength: 2 }, { maxLength: 4, pattern: '^x' }, { enum: ['xa', 'xb'] }],
  }),
  'one of several kinds, with a limit of one': body({ oneOf: [TEXT, INTEGER], maxLength: 5 }),
  'one of two texts, with a limit beside them': body({
    oneOf: [TEXT, { type: 'string', format: 'uuid' }],
    maxLength: 5,
  }),
  'limits alone': body({ allOf: [{ maxLength: 5 }, { minLength: 1 }] }),
  'a limit alone': body({ maxLength: 5 }),
  'an integer with a limit': body({ allOf: [INTEGER, { minimum: 1 }, { type: 'number', maximum: 9 }] }),
  'lists of values without a common one': body({ allOf: [{ enum: ['a'] }, { enum: ['b'] }] }),
  'a constant': body({ const: 'fixed' }),
  'constants of several kinds': body({ enum: ['a', 1, true, null] }),
  'a reference': { ...body({ $ref: '#/components/schemas/It' }), schemas: { It: { type: 'string', enum: ['a'] } } },
  'a reference that leads nowhere': body({ $ref: '#/components/schemas/Lost' }),
  'a reference to itself': {
    ...body({ $ref: '#/components/schemas/It' }),
    schemas: { It: object({ it: { $ref: '#/components/schemas/It' }, a: TEXT }) },
  },
  'a schema that is true': { body: { type: 'object', properties: { ...PAYMENT, it: true }, required: ['amount'] } },
  'what is only read': body({ ...TEXT, readOnly: true }),
};
