import { at, keyed, listAt, put } from '../../fixtures/json.js';
import { actionsOf, factsWith, readPack } from '../../fixtures/pack.js';
import { type Injection, type NarrowPlace, POST, TEXT } from '../inject.js';

function place(name: string, pack: Parameters<typeof readPack>[0], harmless: string, inject: Injection): NarrowPlace {
  return { name, pack: () => readPack(pack), harmless: [harmless], inject };
}

/** Places that only a few names fit in: the others are problems. */
export const NARROW: readonly NarrowPlace[] = [
  place('a segment of the path', 'wooshpay', 'v2', (pack, text) => {
    const paths = at(pack.spec, 'paths');
    for (const path of ['/v1/refunds', '/v1/refunds/{refund_id}']) {
      put(
        paths,
        path.replace('/v1', () => `/v1/${text}`),
        paths[path] ?? null,
      );
      delete paths[path];
    }
    const action = actionsOf(pack).find((item) => String(at(item)['target']).endsWith('.parameters'));
    at(action ?? null)['target'] = '$..post.parameters';
  }),
  place('a parameter of the path', 'wooshpay', 'refund', (pack, text) => {
    const paths = at(pack.spec, 'paths');
    put(paths, `/v1/refunds/{${text}}`, paths['/v1/refunds/{refund_id}'] ?? null);
    delete paths['/v1/refunds/{refund_id}'];
    at(listAt(at(paths, `/v1/refunds/{${text}}`, 'get'), 'parameters')[0] ?? null)['name'] = text;
  }),
  place('a header parameter', 'wooshpay', 'X-Trace', (pack, text) =>
    listAt(pack.spec, ...POST, 'parameters').push({ name: text, in: 'header', schema: TEXT }),
  ),
  place('where a parameter is', 'wooshpay', 'query', (pack, text) =>
    listAt(pack.spec, ...POST, 'parameters').push({ name: 'other', in: text, schema: TEXT }),
  ),
  place('the status of an answer', 'wooshpay', '410', (pack, text) =>
    put(at(pack.spec, ...POST, 'responses'), text, { description: 'No' }),
  ),
  place('the host of a server', 'wooshpay', 'acme', (pack, text) =>
    listAt(pack.spec, 'servers').push({ url: `https://${text}.example` }),
  ),
  place('a security scheme', 'medusa', 'Harmless', (pack, text) => {
    pack.spec['security'] = [keyed(text, []), { jwt_token: [] }];
    put(at(pack.spec, 'components', 'securitySchemes'), text, { type: 'apiKey', in: 'header', name: 'X-Key' });
  }),
  place('the header of a key', 'medusa', 'X-Key', (pack, text) =>
    put(at(pack.spec, 'components', 'securitySchemes', 'api_token'), 'name', text),
  ),
  place('the cookie of a key', 'medusa', 'sid', (pack, text) =>
    put(at(pack.spec, 'components', 'securitySchemes', 'cookie_auth'), 'name', text),
  ),
  place('the version of OpenAPI', 'piriod', '', (pack, text) => put(pack.spec, 'openapi', `3.0.3${text}`)),
  place('the name of the provider', 'piriod', 'Acme', (pack, text) =>
    put(at(factsWith(pack, 'provider'), 'provider'), 'name', text),
  ),
  place('a credential', 'piriod', 'key', (pack, text) =>
    put(at(factsWith(pack, 'auth'), 'auth', 'TokenAuth'), 'credential', text),
  ),
  place('a prefix', 'piriod', 'Key ', (pack, text) =>
    put(at(factsWith(pack, 'auth'), 'auth', 'TokenAuth'), 'prefix', text),
  ),
  place('a setting', 'piriod', 'test', (pack, text) =>
    put(at(factsWith(pack, 'settings'), 'settings', 'x-piriod-test-mode'), 'name', text),
  ),
  place('the header of a key of a refund', 'wooshpay', 'Idempotency-Key', (pack, text) =>
    put(at(factsWith(pack, 'idempotency'), 'idempotency'), 'header', text),
  ),
  place('a currency', 'medusa', 'MGA', (pack, text) =>
    put(at(factsWith(pack, 'amount'), 'amount', 'exponents'), 'overrides', keyed(text, 0)),
  ),
  place('the day of a fact', 'piriod', '2026-11-21', (pack, text) =>
    put(at(actionsOf(pack)[0] ?? null, 'x-refund'), 'date', text),
  ),
  place('the target of an action', 'piriod', '$', (pack, text) => put(at(actionsOf(pack)[0] ?? null), 'target', text)),
];
