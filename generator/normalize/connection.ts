import type { AuthScheme, CredentialPart, Operation, Servers, Setting } from '../ir.js';
import { isObject, type JsonObject, own, ownList, ownObject, ownText, sortedEntries } from '../json.js';
import { locationOf, resolve } from '../load/spec-document.js';
import { fromPointer, toPointer } from '../pointer.js';
import { error, question, warning } from '../problem.js';
import { quoted, yamlText } from '../yaml-text.js';
import { ask, type Context } from './context.js';

/** Servers with an absolute URL are the caller's choice; where there is none, the base URL is. */
export function readServers(context: Context): Servers {
  const { discovery, document, problems } = context;
  const found = [discovery.create, discovery.retrieve, discovery.payment].filter((item) => item !== undefined);
  for (const { path, pointer } of found) {
    const own = [pointer, toPointer(['paths', path])].find(
      (at) => ownList(resolve(document, at)?.value, 'servers').length > 0,
    );
    if (own === undefined) continue;
    const hint = 'Move them to the root of the document in the overlay, if all operations are there.';
    problems.add(error('R045', `${path} has servers of its own`, hint, locationOf(document, `${own}/servers`)));
  }
  const servers = ownList(document.value, 'servers').flatMap((server, index) => {
    const url = fillVariables(ownText(server, 'url') ?? '', ownObject(server, 'variables'));
    if (!/^https:\/\/[^{}@?#]+$/.test(url) || !URL.canParse(url)) {
      const message = `server ${JSON.stringify(url)} is no fixed HTTPS URL, and is left out`;
      const hint = 'The caller can give any base URL.';
      problems.add(warning('R044', message, hint, locationOf(document, `/servers/${index}`)));
      return [];
    }
    const { href } = new URL(url);
    return [{ name: serverName(ownText(server, 'description'), href), url: href.replace(/\/+$/, '') }];
  });
  const names = new Set(servers.map(({ name }) => name));
  if (servers.length === 0) return { kind: 'caller' };
  // Two servers of one name cannot be told apart by it: then their addresses name them.
  const unique = names.size === servers.length;
  return {
    kind: 'named',
    servers: unique ? servers : servers.map(({ url }) => ({ name: url.replace('https://', ''), url })),
  };
}

/** A variable with one possible value is no variable. Others are the caller's: a default is somebody else's account. */
function fillVariables(url: string, variables: JsonObject): string {
  return sortedEntries(variables).reduce((filled, [name, variable]) => {
    const values = ownList(variable, 'enum');
    const [only] = values;
    return values.length === 1 && typeof only === 'string' ? filled.replaceAll(`{${name}}`, only) : filled;
  }, url);
}

/** The first word of the description where it is a plain one, such as `Production`; the host otherwise. */
function serverName(description: string | undefined, url: string): string {
  const word = description?.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
  return /^[a-z][a-z\d-]{1,20}$/.test(word) ? word : new URL(url).host;
}

/** What authenticates the operation: alternatives, of each of which all schemes are sent. */
export function readAuth(context: Context, operationPointer: string): readonly (readonly AuthScheme[])[] {
  const { document } = context;
  const operation = resolve(document, operationPointer)?.value;
  const at = own(operation, 'security') === undefined ? '/security' : `${operationPointer}/security`;
  const security = ownList(own(operation, 'security') === undefined ? document.value : operation, 'security');
  const alternatives = security.map((requirement) =>
    isObject(requirement) ? sortedEntries(requirement).map(([name]) => readScheme(context, name)) : [],
  );
  // `{}` among others: the operation can be called without credentials, but a refund is not.
  const usable = alternatives.filter(
    (schemes) => schemes.length > 0 && schemes.every((scheme) => scheme !== undefined),
  );
  if (usable.length === 0) {
    askAuth(context, at, operationPointer);
    // A native client can be called without credentials: whether that is enough is the provider's to say.
    return [[]];
  }
  return nameApart(withoutEqual(usable.map((schemes) => schemes.filter((scheme) => scheme !== undefined))), context);
}

/** A client takes the credentials of exactly one alternative: of two that send the same, it could take neither. */
function withoutEqual(alternatives: readonly (readonly AuthScheme[])[]): readonly (readonly AuthScheme[])[] {
  const sent = (schemes: readonly AuthScheme[]): string =>
    JSON.stringify(
      schemes
        .map(({ description: _, scheme, ...rest }) =>
          // What has no name for its credential yet will be named by its scheme.
          JSON.stringify('value' in rest && isUnnamed(rest.value) ? { ...rest, scheme } : rest),
        )
        .sort(),
    );
  const keys = alternatives.map(sent);
  return alternatives.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function askAuth({ document, problems }: Context, pointer: string, operation: string): void {
  const asked = 'what authenticates the operation? The spec names no security scheme that can be used';
  const update = [
    'components:',
    '  securitySchemes:',
    '    apiKey: { type: http, scheme: bearer }   # or http basic, or apiKey with its name and in',
    ...securityLines(pointer === '/security' ? [] : fromPointer(operation)),
  ].join('\n');
  problems.add(question('R041', asked, { update, overlay: document.overlay?.file }, locationOf(document, pointer)));
}

/** Where an operation has `security` of its own, that of the document is not its. */
function securityLines(keys: readonly string[]): readonly string[] {
  return [
    ...keys.map((key, depth) => `${'  '.repeat(depth)}${yamlText(key)}:`),
    ...['security:', '  - apiKey: []'].map((line) => `${'  '.repeat(keys.length)}${line}`),
  ];
}

function readScheme(context: Context, name: string): AuthScheme | undefined {
  const { document, problems, xRefund } = context;
  const pointer = toPointer(['components', 'securitySchemes', name]);
  const scheme = resolve(document, pointer)?.value;
  const declared = Object.hasOwn(xRefund.auth ?? {}, name) ? xRefund.auth?.[name] : undefined;
  const base = { scheme: name, description: ownText(scheme, 'description') ?? '' };
  const value: CredentialPart = { credential: declared?.credential ?? '' };
  const type = ownText(scheme, 'type');
  const method = ownText(scheme, 'scheme')?.toLowerCase();
  if (type === 'http' && method === 'bearer') {
    return { ...base, kind: 'header', name: 'Authorization', prefix: 'Bearer ', value };
  }
  // The token is the caller's to fetch: a client that logs in is another client.
  if (type === 'oauth2' || type === 'openIdConnect') {
    const credential = declared?.credential ?? 'accessToken';
    return { ...base, kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential } };
  }
  if (type === 'http' && method === 'basic') {
    const username = declared?.username ?? { credential: 'username' };
    return { ...base, kind: 'basic', username, password: declared?.password ?? { credential: 'password' } };
  }
  const place = ownText(scheme, 'in');
  const key = ownText(scheme, 'name') ?? '';
  if (type === 'apiKey' && /^[\w!#$%&'*+.^`|~-]+$/.test(key)) {
    if (place === 'cookie' || place === 'query') return { ...base, kind: place, name: key, value };
    if (place === 'header') return readHeaderKey(context, base, key, value, declared?.prefix, pointer);
  }
  const hint = 'Supported are apiKey, http basic, http bearer, oauth2 and openIdConnect.';
  problems.add(
    warning('R041', `security scheme ${JSON.stringify(name)} is left out`, hint, locationOf(document, pointer)),
  );
  return undefined;
}

/** An API key on `Authorization` nearly always has a word before it, which OpenAPI has no field for. */
function readHeaderKey(
  context: Context,
  base: { readonly scheme: string; readonly description: string },
  name: string,
  value: CredentialPart,
  prefix: string | undefined,
  pointer: string,
): AuthScheme {
  if (prefix === undefined && name.toLowerCase() === 'authorization') {
    const asked = 'an API key on Authorization: what stands before the key?';
    ask(
      context,
      'R041',
      asked,
      `auth:\n  ${quoted(base.scheme)}: { prefix: 'Bearer ' }   # or 'Token ', or '' for none`,
      pointer,
    );
  }
  return { ...base, kind: 'header', name, prefix: prefix ?? '', value };
}

/** Credentials without a declared name are called `token`; where that could mean two schemes, after their scheme. */
function nameApart(
  alternatives: readonly (readonly AuthScheme[])[],
  context: Context,
): readonly (readonly AuthScheme[])[] {
  const unnamed = new Set(
    alternatives.flat().flatMap((scheme) => ('value' in scheme && isUnnamed(scheme.value) ? [scheme.scheme] : [])),
  );
  return alternatives.map((schemes) =>
    schemes.map((scheme) => {
      if (!('value' in scheme) || !isUnnamed(scheme.value)) return scheme;
      const credential = unnamed.size === 1 && alternatives.length === 1 ? 'token' : camelCase(scheme.scheme, context);
      return { ...scheme, value: { credential } };
    }),
  );
}

function isUnnamed(part: CredentialPart): boolean {
  return 'credential' in part && part.credential === '';
}

function camelCase(name: string, context: Context): string {
  const words = name.split(/[^A-Za-z\d]+/).filter((word) => word !== '');
  const joined = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join('');
  if (/^[a-z][A-Za-z\d]*$/.test(joined)) return joined;
  const hint = `Name it in the overlay: x-refund: { auth: { <scheme>: { credential: apiKey } } }.`;
  const where = locationOf(context.document, toPointer(['components', 'securitySchemes', name]));
  const message = `security scheme ${JSON.stringify(name)} makes no name for a credential`;
  context.problems.add(error('R044', message, hint, where));
  return 'token';
}

function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Fields of a configuration and of the options of a call that every client has. */
const OWN_FIELDS = ['auth', 'baseUrl', 'fetch', 'hooks', 'journal', 'server', 'signal', 'timeoutMs'];

/** Headers that the overlay takes out of the single refund. Every other header parameter is an argument. */
export function readSettings(context: Context, operations: readonly Operation[]): readonly Setting[] {
  const { document, problems, xRefund } = context;
  const declared = Object.entries(xRefund.settings ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return declared.flatMap(([header, { name, scope }], index) => {
    const where = () => locationOf(document, toPointer(['x-refund', 'settings', header]));
    const taken = OWN_FIELDS.includes(name) || declared.findIndex(([, other]) => other.name === name) < index;
    if (taken) {
      const message = `a setting cannot be called ${name}: something else is`;
      problems.add(error('R044', message, 'Give it another name.', where()));
    }
    const parameter = operations
      .flatMap(({ parameters }) => parameters)
      .find((item) => item.in === 'header' && item.name.toLowerCase() === header.toLowerCase());
    if (parameter === undefined) {
      problems.add(error('R014', `no operation has a header ${header}`, 'Write it as the spec does.', where()));
      return [];
    }
    const { required, shape, description } = parameter;
    return [{ name, header: parameter.name, scope, required, shape, description }];
  });
}
