import { isObject, type JsonObject, type JsonValue, ownList, ownText } from '../../json.js';
import { asObject, type Draft, type Keys, type Moves, set } from './moves.js';

/**
 * The servers that host, basePath and schemes make, with https first: a refund has no business on http where there is
 * a choice. By Swagger, missing schemes and a missing host are those that the document came from.
 */
export function upgradeServers(root: JsonObject, from: URL | undefined, moves: Moves): JsonValue | undefined {
  const basePath = (ownText(root, 'basePath') ?? '').replace(/\/$/, '');
  const path = basePath === '' || basePath.startsWith('/') ? basePath : `/${basePath}`;
  const stated = ownText(root, 'host')
    ?.replace(/^[a-z]+:\/\//i, '')
    .replace(/\/$/, '');
  const host = stated ?? from?.host;
  if (host === undefined || host === '') {
    if (path === '') return undefined;
    moves.add(['servers', 0], ['basePath']);
    return [{ url: path }];
  }
  const named = ownList(root, 'schemes').filter((scheme) => scheme === 'https' || scheme === 'http');
  const schemes = [...new Set(named)].sort().reverse();
  const origin = stated === undefined ? ['basePath'] : ['host'];
  return (schemes.length > 0 ? schemes : [from?.protocol.replace(':', '') ?? 'https']).map((scheme, index) => {
    moves.add(['servers', index], origin);
    return { url: `${String(scheme)}://${host}${path}` };
  });
}

const FLOWS: Readonly<Record<string, string>> = {
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
  implicit: 'implicit',
  password: 'password',
};

/** Security definitions as security schemes. */
export function upgradeSecurity(definitions: JsonObject, moves: Moves): JsonObject {
  const schemes: Draft = {};
  for (const [name, scheme] of Object.entries(definitions)) {
    set(schemes, name, isObject(scheme) ? upgradeScheme(scheme, ['securityDefinitions', name], name, moves) : scheme);
  }
  return schemes;
}

function upgradeScheme(scheme: JsonObject, at: Keys, name: string, moves: Moves): JsonValue {
  if (scheme['type'] === 'basic') return { ...scheme, type: 'http', scheme: 'basic' };
  if (scheme['type'] !== 'oauth2') return scheme;
  const { flow = 'implicit', authorizationUrl, tokenUrl, scopes, ...rest } = scheme;
  const named = FLOWS[String(flow)] ?? String(flow);
  moves.add(['components', 'securitySchemes', name, 'flows', named], at);
  moves.add(['components', 'securitySchemes', name, 'flows'], [...at, 'flow']);
  const flows: Draft = {};
  set(flows, named, {
    ...(authorizationUrl !== undefined && { authorizationUrl }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    scopes: asObject(scopes),
  });
  return { ...rest, flows };
}
