import type { AuthScheme, Body, CredentialPart, Operation, RefundApi, RequestPlace } from '../ir.js';
import { type Exact, exactAt, parseExact } from './exact-json.js';
import { readForm } from './form.js';

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
export function findOperation(
  { operations }: RefundApi,
  { method, target }: Pick<ReceivedRequest, 'method' | 'target'>,
): Operation | undefined {
  const [path] = splitTarget(target);
  const found = operations.filter((one) => one.method === method && matchPath(one.path, path) !== undefined);
  // A path without parameters is meant before one with them (OpenAPI 3.1.1, section 4.8.8).
  return found.sort((one, other) => one.path.split('{').length - other.path.split('{').length)[0];
}

/** Takes a request to an operation apart. */
export function readRequest(operation: Operation, request: ReceivedRequest): ReadRequest {
  const [path, query] = splitTarget(request.target);
  const inPath = matchPath(operation.path, path);
  const inQuery = new URLSearchParams(query);
  const body = operation.body === null ? undefined : readBody(operation.body, request.body);
  const parameter = (part: RequestPlace['part'], name: string): string | undefined => {
    if (part === 'path') return inPath?.get(name);
    return part === 'query' ? (inQuery.get(name) ?? undefined) : request.headers[name.toLowerCase()];
  };
  return {
    operation,
    at: ({ part, path: keys }) => {
      if (part === 'body') return operation.body?.encoding.kind === 'form' ? inForm(body, keys) : exactAt(body, keys);
      const [name = ''] = keys;
      const text = parameter(part, name);
      const { style } = operation.parameters.find((one) => one.in === part && isSameName(part, one.name, name)) ?? {};
      return style === 'json' && text !== undefined ? parseExact(text) : text;
    },
  };
}

function isSameName(part: RequestPlace['part'], one: string, other: string): boolean {
  return one === other || (part === 'header' && one.toLowerCase() === other.toLowerCase());
}

/** A form cannot tell a list with one item from the item. */
function inForm(form: Exact | undefined, keys: readonly string[]): Exact | undefined {
  const found = exactAt(form, keys);
  if (found !== undefined || keys.at(-1) !== '[]') return found;
  const alone = exactAt(form, keys.slice(0, -1));
  return typeof alone === 'string' ? alone : undefined;
}

/** The path and the query: only the first question mark stands between them. */
function splitTarget(target: string): readonly [path: string, query: string] {
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
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
  return encoding.kind === 'json' ? parseExact(text) : readForm(text, encoding.styles);
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
    const value = new URLSearchParams(splitTarget(target)[1]).get(scheme.name);
    return value !== null && fits(scheme.value, value);
  }
  if (scheme.kind === 'cookie') {
    const cookies = (headers['cookie'] ?? '').split(/; */).map((cookie) => /^([^=]*)=(.*)$/.exec(cookie) ?? []);
    return cookies.some(([, name, value = '']) => name === scheme.name && fits(scheme.value, value));
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
