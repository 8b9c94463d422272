import { describe, expect, test } from 'vitest';
import type { RefundApi } from '../../generator/ir.js';
import { at, type JsonMap, put } from '../fixtures/json.js';
import {
  actionOf,
  actionsOf,
  apiOf,
  compilePack,
  declare,
  errorCodes,
  type Pack,
  readPack,
  said,
  where,
} from '../fixtures/pack.js';

/** A pack with this security scheme as its only one, and nothing declared about it. */
function withScheme(scheme: JsonMap, name = 'Key'): Pack {
  const pack = readPack('medusa');
  pack.spec['security'] = [{ [name]: [] }];
  at(pack.spec, 'components')['securitySchemes'] = { [name]: scheme };
  return pack;
}

async function authOf(pack: Pack): Promise<RefundApi['auth']> {
  return (await apiOf(pack)).auth;
}

describe('security schemes', () => {
  test.each([
    [
      'a bearer token',
      { type: 'http', scheme: 'bearer' },
      { kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'token' } },
    ],
    [
      'a bearer token in other letters',
      { type: 'http', scheme: 'Bearer' },
      { kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'token' } },
    ],
    [
      'a name and a password',
      { type: 'http', scheme: 'basic' },
      { kind: 'basic', username: { credential: 'username' }, password: { credential: 'password' } },
    ],
    [
      'a key in a header of its own',
      { type: 'apiKey', in: 'header', name: 'X-Key' },
      { kind: 'header', name: 'X-Key', prefix: '', value: { credential: 'token' } },
    ],
    ['a key in the query', { type: 'apiKey', in: 'query', name: 'key' }, { kind: 'query', name: 'key' }],
    ['a key in a cookie', { type: 'apiKey', in: 'cookie', name: 'sid' }, { kind: 'cookie', name: 'sid' }],
    [
      'a token of OAuth, which the caller fetches',
      { type: 'oauth2', flows: {} },
      { kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'accessToken' } },
    ],
    [
      'a token of OpenID Connect',
      { type: 'openIdConnect', openIdConnectUrl: 'https://acme.example' },
      { kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'accessToken' } },
    ],
  ])('%s', async (_, scheme, sent) => {
    expect(await authOf(withScheme(scheme))).toMatchObject([[{ scheme: 'Key', ...sent }]]);
  });

  test.each(['Authorization', 'authorization', 'AUTHORIZATION'])(
    'a key on %s without the word before it is a problem',
    async (name) => {
      const pack = withScheme({ type: 'apiKey', in: 'header', name });
      const { problems } = await compilePack(pack);
      expect(errorCodes(problems)).toEqual(['R041']);
      const [problem] = problems;
      expect(problem?.location?.pointer).toBe('/components/securitySchemes/Key');
      expect(problem?.overlay).toMatch(/^ {6}auth:\n {8}["']?Key["']?: \{ prefix: 'Bearer ' \}/m);
    },
  );

  test.each(['Token ', ''])('a declared prefix %o settles it', async (prefix) => {
    const pack = withScheme({ type: 'apiKey', in: 'header', name: 'Authorization' });
    actionsOf(pack).push(declare({ auth: { Key: { prefix } } }));
    expect(await authOf(pack)).toMatchObject([[{ name: 'Authorization', prefix }]]);
  });

  test.each([
    ['mutual TLS', { type: 'mutualTLS' }],
    ['digest', { type: 'http', scheme: 'digest' }],
    ['a key nowhere', { type: 'apiKey', name: 'key' }],
    ['a key with a name that is no name', { type: 'apiKey', in: 'header', name: 'X-Key: a\r\nX-Other' }],
    ['nothing', {}],
  ])('%s alone is a problem, with a warning at the scheme', async (_, scheme) => {
    const { ok, problems } = await compilePack(withScheme(scheme));
    expect(ok).toBe(false);
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R041', 'error R041']);
    expect(problems.map(where)).toEqual([expect.stringMatching(/^acme\.yaml:/), expect.stringMatching(/^acme\.yaml:/)]);
  });

  test.each([
    ['no scheme of that name', [{ Other: [] }]],
    ['no security', []],
  ])('%s is a problem', async (_, security) => {
    const pack = withScheme({ type: 'http', scheme: 'bearer' });
    pack.spec['security'] = security;
    expect(errorCodes((await compilePack(pack)).problems)).toEqual(['R041']);
  });

  test('what cannot be used is left out where something else can', async () => {
    const pack = withScheme({ type: 'http', scheme: 'bearer' });
    put(at(pack.spec, 'components', 'securitySchemes'), 'Tls', { type: 'mutualTLS' });
    pack.spec['security'] = [{ Tls: [] }, { Key: [] }];
    const { ok, problems } = await compilePack(pack);
    expect(ok).toBe(true);
    expect(said(problems)).toEqual(['R041 security scheme "Tls" is left out']);
    expect(await authOf(pack)).toHaveLength(1);
  });

  test('alternatives are apart, and what is needed together is together', async () => {
    const pack = withScheme({ type: 'http', scheme: 'bearer' });
    put(at(pack.spec, 'components', 'securitySchemes'), 'AppId', { type: 'apiKey', in: 'header', name: 'X-App' });
    pack.spec['security'] = [{ Key: [], AppId: [] }, { Key: [] }];
    const auth = await authOf(pack);
    expect(auth.map((schemes) => schemes.map(({ scheme }) => scheme))).toEqual([['AppId', 'Key'], ['Key']]);
    const credentials = auth.flat().map((scheme) => ('value' in scheme ? scheme.value : undefined));
    expect(credentials).toEqual([{ credential: 'appId' }, { credential: 'key' }, { credential: 'key' }]);
  });

  test.each<readonly [string, readonly string[], number]>([
    ['the same scheme twice', ['Key', 'Key'], 1],
    ['two schemes that send the same token', ['Login', 'Connect'], 1],
    ['two schemes with a credential each', ['Key', 'Other'], 2],
  ])('%s', async (_, names, count) => {
    const pack = withScheme({ type: 'http', scheme: 'bearer' });
    const schemes = at(pack.spec, 'components', 'securitySchemes');
    put(schemes, 'Other', { type: 'http', scheme: 'bearer' });
    put(schemes, 'Login', { type: 'oauth2', flows: {}, description: 'One way to log in.' });
    put(schemes, 'Connect', { type: 'openIdConnect', openIdConnectUrl: 'https://acme.example' });
    pack.spec['security'] = names.map((name) => ({ [name]: [] }));
    expect(await authOf(pack)).toHaveLength(count);
  });

  test('a declared credential names a token of OAuth', async () => {
    const pack = withScheme({ type: 'oauth2', flows: {} });
    actionsOf(pack).push(declare({ auth: { Key: { credential: 'jwt' } } }));
    expect(await authOf(pack)).toMatchObject([[{ value: { credential: 'jwt' } }]]);
  });

  test('what no scheme authenticates is asked, with lines that answer it', async () => {
    const pack = withScheme({ type: 'http', scheme: 'bearer' });
    pack.spec['security'] = [];
    const [problem] = (await compilePack(pack)).problems;
    actionsOf(pack).push(actionOf(problem));
    expect(await authOf(pack)).toMatchObject([[{ kind: 'header', name: 'Authorization', prefix: 'Bearer ' }]]);
  });

  test('what is asked of an operation without security is answered at the operation', async () => {
    const pack = withScheme({ type: 'http', scheme: 'bearer' });
    put(at(pack.spec, 'paths', '/admin/payments/{id}/refund', 'post'), 'security', []);
    const [problem] = (await compilePack(pack)).problems;
    expect(problem?.code).toBe('R041');
    actionsOf(pack).push(actionOf(problem));
    expect(await authOf(pack)).toMatchObject([[{ kind: 'header', name: 'Authorization', prefix: 'Bearer ' }]]);
  });

  test("the operation's own security counts", async () => {
    const pack = withScheme({ type: 'http', scheme: 'bearer' });
    put(at(pack.spec, 'components', 'securitySchemes'), 'Own', { type: 'apiKey', in: 'header', name: 'X-Own' });
    at(pack.spec, 'paths', '/admin/payments/{id}/refund', 'post')['security'] = [{ Own: [] }];
    expect(await authOf(pack)).toMatchObject([[{ scheme: 'Own', name: 'X-Own' }]]);
  });
});

describe('servers', () => {
  async function serversOf(...servers: readonly JsonMap[]): Promise<RefundApi['servers']> {
    const pack = readPack('piriod');
    pack.spec['servers'] = [...servers];
    return (await apiOf(pack)).servers;
  }

  test('are named by the first word that is said of them', async () => {
    const live = { url: 'https://api.acme.example/v1/', description: 'Live environment' };
    expect(await serversOf(live, { url: 'https://test.acme.example', description: 'Test' })).toEqual({
      kind: 'named',
      servers: [
        { name: 'live', url: 'https://api.acme.example/v1' },
        { name: 'test', url: 'https://test.acme.example' },
      ],
    });
  });

  test('are named by their hosts where nothing is said, or the same', async () => {
    const named = await serversOf(
      { url: 'https://a.example', description: 'API' },
      { url: 'https://b.example', description: 'API' },
    );
    expect(named).toMatchObject({ servers: [{ name: 'a.example' }, { name: 'b.example' }] });
    expect(await serversOf({ url: 'https://c.example' })).toMatchObject({ servers: [{ name: 'c.example' }] });
  });

  test('of one name and one host are still apart', async () => {
    const servers = await serversOf({ url: 'https://a.example/live' }, { url: 'https://a.example/test' });
    const names = servers.kind === 'named' ? servers.servers.map(({ name }) => name) : [];
    expect(new Set(names).size).toBe(2);
  });

  test('have the one value that a variable can have', async () => {
    const variables = { region: { default: 'eu', enum: ['eu'] }, version: { default: 'v2', enum: ['v2'] } };
    const url = 'https://{region}.acme.example/{version}/{region}';
    expect(await serversOf({ url, variables })).toMatchObject({ servers: [{ url: 'https://eu.acme.example/v2/eu' }] });
  });

  test.each([
    ['a default alone', { region: { default: 'eu' } }],
    ['a choice', { region: { default: 'eu', enum: ['eu', 'us'] } }],
    ['a value that is no text', { region: { default: 'eu', enum: [7] } }],
    ['a value that is another host', { region: { default: 'a', enum: ['evil.example/?'] } }],
    ['no variable of that name', { other: { default: 'eu', enum: ['eu'] } }],
  ])('%s does not say which server it is', async (_, variables) => {
    const pack = readPack('piriod');
    pack.spec['servers'] = [{ url: 'https://{region}.acme.example', variables }];
    const result = await compilePack(pack);
    expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R044']);
    expect(result.ok && result.value.apis[0]?.servers).toEqual({ kind: 'caller' });
  });

  test('are the caller’s where there are none', async () => {
    expect(await serversOf()).toEqual({ kind: 'caller' });
  });

  test.each([
    'http://api.acme.example',
    'https://{region}.acme.example',
    '/v1',
    'https://',
    'ftp://acme.example',
    'javascript:alert(1)',
    'https://user:secret@acme.example',
  ])('%s is left out, with a warning', async (url) => {
    const pack = readPack('piriod');
    pack.spec['servers'] = [{ url }];
    const result = await compilePack(pack);
    expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R044']);
    expect(result.problems[0]?.location?.pointer).toBe('/servers/0');
    expect(result.ok && result.value.apis[0]?.servers).toEqual({ kind: 'caller' });
  });
});
