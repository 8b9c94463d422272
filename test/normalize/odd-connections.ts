import { type Invention, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';

const header = (name: string, more: JsonMap = {}): JsonMap => ({ name, in: 'header', schema: TEXT, ...more });
const key = (name: string, place: string): JsonMap => ({ type: 'apiKey', name, in: place });

/** Connections and operations of providers that are odd in one way each: what is asked and told of them is in a snapshot. */
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
  'servers of odd addresses': {
    servers: [
      { url: 'xhttps://a.acme.invalid' },
      { url: 'https://b.acme.invalid//', description: 'Live   server' },
      { url: 'https://c.acme.invalid', description: 'sand_box' },
      { url: 'https://d.acme.invalid', description: 'averylongwordthatisfarbeyond' },
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
  'a scheme that is not there, beside one': { operation: { security: [{ Key: [], Lost: [] }] } },
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
  'settings with odd names': {
    operation: { parameters: [header('-X--Y-'), header('1-Z'), header('x.y'), header('X_'), header('X-y')] },
    facts: {
      settings: {
        '-X--Y-': { name: 'dashed', scope: 'call' },
        '1-Z': { name: 'digit', scope: 'call' },
        'x.y': { name: 'dotted', scope: 'client' },
      },
    },
  },
  'schemes with odd names': {
    security: { '-My--Key-': key('X-A', 'header'), '1Key': key('X-B', 'header'), 'x.y': key('X-C', 'header') },
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
  'a parameter that is the credential': {
    operation: { parameters: [header('X-Key')] },
    security: { Key: key('X-KEY', 'header') },
  },
  'a parameter that is the credential of others': {
    operation: { parameters: [header('X-Other'), header('X-Needed', { required: true })], security: [{ Key: [] }] },
    security: { Key: key('X-Key', 'header'), Other: key('X-Other', 'header'), Needed: key('X-Needed', 'header') },
  },
  'a parameter like the credential, in another place': {
    operation: { parameters: [header('key'), { name: 'key', in: 'query', required: true, schema: TEXT }] },
    security: { Key: key('key', 'query') },
  },
  'parameters of the operation alone name the credential': {
    operation: { parameters: [header('X-Key', { required: true })], security: [{ Key: [] }] },
    security: { Key: key('X-Key', 'header') },
  },
  'security that is no list of objects': { operation: { security: ['Key', null] } },
  'a reserved header with a default': {
    operation: {
      parameters: [header('content-type', { schema: { type: 'string', default: 'application/vnd.api+json' } })],
    },
  },
  'a query parameter called as a reserved header': {
    operation: {
      parameters: [
        { name: 'Content-Type', in: 'query', schema: { type: 'string', default: 'application/json' } },
        header('Accept', { schema: { type: 'string', default: 'application/json' } }),
        header('Content-Type', { schema: { type: 'string', default: 'text/plain' } }),
      ],
    },
  },
  'a reserved header without a default': { operation: { parameters: [header('Content-Type')] } },
  'parameters in no order': {
    operation: {
      parameters: [header('X-B'), { name: 'z', in: 'query', schema: TEXT }, header('X-A'), { name: 'a', in: 'query' }],
    },
  },
  'an answer that leads nowhere': {
    operation: { responses: { '200': { $ref: '#/components/responses/Lost' }, '201': { description: 'Made' } } },
  },
  'answers of several types': {
    operation: {
      responses: {
        '200': {
          description: 'Made',
          content: {
            'text/xml': { schema: TEXT },
            'application/problem+json': { schema: object({ id: TEXT }) },
            'application/json': { schema: object({ id: TEXT }) },
          },
        },
        DEFAULT: { content: { 'text/plain': { schema: TEXT }, 'image/png': {} } },
        'x-more': { description: 'none' },
      },
    },
  },
};
