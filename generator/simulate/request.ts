import type { AuthScheme, Body, CredentialPart, Operation, RefundApi, RequestPlace } from '../ir.js';
import { type Exact, exactAt, parseExact, scalarOf, withExactAt } from './exact-json.js';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** The path with its query. */
  readonly target: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request to an operation, taken apart. */
export interface ReadRequest {
  readonly operation: Operation;
  /** What stands at a place; `undefined` where nothing does. */
  readonly at: (place: RequestPlace) => Exact | undefined;
}

/** Finds the operation that a request is for; `undefined` where the API has no such path. */
export function readRequest(api: RefundApi, request: ReceivedRequest): ReadRequest | undefined {
  const [path = '', query = ''] = request.target.split('?', 2);
  const found = api.operations.flatMap((operation) => {
    const parameters = operation.method === request.method ? matchPath(operation.path, path) : undefined;
    return parameters === undefined ? [] : [{ operation, parameters }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const { operation, parameters } = first;
  const body = operation.body === null ? undefined : readBody(operation.body, request.body);
  const queried = readPairs(query);
  return {
    operation,
    at: ({ part, path: keys }) => {
      const [name = ''] = keys;
      if (part === 'path') return parameters.get(name);
      if (part === 'header') return request.headers[name.toLowerCase()];
      return exactAt(part === 'query' ? queried : body, keys);
    },
  };
}

/** The parameters of a path, decoded; `undefined` where it is another path. */
function matchPath(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const pattern = template
    .split(/\{[^{}]*\}/)
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('([^/]+)');
  const match = new RegExp(`^${pattern}$`).exec(path);
  return match === null ? undefined : new Map(names.map((name, index) => [name, decode(match[index + 1] ?? '')]));
}

function readBody({ encoding }: Body, text: string): Exact | undefined {
  if (encoding.kind === 'json') return parseExact(text);
  const form = readPairs(text);
  return encoding.styles
    .filter(({ style }) => style === 'json')
    .reduce<Exact>((body, { field }) => {
      const written = scalarOf(exactAt(body, [field]));
      return written === undefined ? body : withExactAt(body, [field], parseExact(written));
    }, form);
}

/** The fields of a form or a query: `a[b]=1` is `{ a: { b: '1' } }`, `a[]=1` and `a=1&a=2` are lists. */
function readPairs(text: string): Exact {
  return [...new URLSearchParams(text)].reduce<Exact>((fields, [key, value]) => {
    const path = [key.replace(/\[.*$/s, ''), ...[...key.matchAll(/\[([^\]]*)\]/g)].map(([, name = '']) => name)];
    const keys = path.map((name) => (name === '' ? '0' : name));
    return withExactAt(fields, keys, value);
  }, {});
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a request carries what one of the declared alternatives of authentication wants. */
export function isAuthorized({ auth }: RefundApi, request: ReceivedRequest): boolean {
  return auth.length === 0 || auth.some((schemes) => schemes.every((scheme) => carries(request, scheme)));
}

function carries({ headers, target }: ReceivedRequest, scheme: AuthScheme): boolean {
  if (scheme.kind === 'header') {
    const value = headers[scheme.name.toLowerCase()];
    return value?.startsWith(scheme.prefix) === true && fits(scheme.value, value.slice(scheme.prefix.length));
  }
  if (scheme.kind === 'query') {
    const value = new URLSearchParams(target.split('?', 2)[1]).get(scheme.name);
    return value !== null && fits(scheme.value, value);
  }
  if (scheme.kind === 'cookie') {
    const cookies = (headers['cookie'] ?? '').split(/; */).map((cookie) => cookie.split('='));
    return cookies.some(([name, value = '']) => name === scheme.name && fits(scheme.value, value));
  }
  const [, encoded] = /^Basic (\S+)$/.exec(headers['authorization'] ?? '') ?? [];
  const decoded = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const [, username, password] = /^([^:]*):(.*)$/s.exec(decoded) ?? [];
  if (username === undefined || password === undefined) return false;
  return fits(scheme.username, username) && fits(scheme.password, password);
}

function fits(part: CredentialPart, value: string): boolean {
  return 'fixed' in part ? value === part.fixed : value !== '';
}
