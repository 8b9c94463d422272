import type { AuthScheme, CredentialPart } from '../ir.js';
import { docComment, plainText, sentence } from './comment.js';
import { type Imports, runtimeModule } from './imports.js';
import { type Literal, literal, unionType } from './literal.js';
import { shapeLiteral, UNSHARED } from './shape-literal.js';
import { typeOfShape } from './type-text.js';
import type { Field, NativeContext } from './view.js';

export interface ConnectionView {
  /** One object type for each alternative of authenticating. */
  readonly auth: readonly {
    readonly fields: readonly Field[];
    /** Credentials of the other alternatives, which must not be given with these. */
    readonly others: readonly string[];
  }[];
  readonly severalAuth: boolean;
  /** The fields of the configuration beside `auth` and what every client takes. */
  readonly config: readonly Field[];
  /** The fields of the options of a call beside what every call takes. */
  readonly call: readonly Field[];
  /** The argument of `connect`. */
  readonly facts: string;
}

export function viewConnection({ api, imports, runtime }: NativeContext): ConnectionView {
  const { servers, settings } = api;
  imports.value(runtimeModule('connection'), 'connect');
  imports.type(runtimeModule('connection'), 'CallOptions', 'ClientConfig', 'ConnectionFacts');
  const facts: Literal = {
    provider: api.provider.id,
    servers: servers.kind === 'caller' ? {} : Object.fromEntries(servers.servers.map(({ name, url }) => [name, url])),
    auth: api.auth.map((schemes) => schemes.map(schemeLiteral)),
    settings: settings.map(({ name, header, required, scope, shape }) => ({
      name,
      header,
      required,
      perCall: scope === 'call',
      shape: shapeLiteral(shape, UNSHARED),
    })),
    ...(runtime !== null && { runtime }),
  };
  return {
    auth: viewAuth(api.auth, imports),
    severalAuth: api.auth.length > 1,
    config: [...serverFields(servers), ...settings.map((setting) => settingField(setting, setting.required))],
    call: settings.filter(({ scope }) => scope === 'call').map((setting) => settingField(setting, false)),
    facts: literal(facts),
  };
}

function viewAuth(auth: NativeContext['api']['auth'], imports: Imports): ConnectionView['auth'] {
  const alternatives = auth.map((schemes) =>
    schemes
      .flatMap((scheme) => credentialFields(scheme, imports))
      // Two schemes may take one credential.
      .filter(({ name }, index, fields) => fields.findIndex((field) => field.name === name) === index),
  );
  const names = [...new Set(alternatives.flat().map(({ name }) => name))];
  return alternatives.map((fields) => ({
    fields,
    others: names.filter((name) => !fields.some((field) => field.name === name)),
  }));
}

function serverFields(servers: NativeContext['api']['servers']): Field[] {
  if (servers.kind === 'caller') {
    const doc = docComment(['Where the API is: the spec names no server. HTTPS, or loopback.'], 2);
    return [{ doc: `${doc}\n`, name: 'baseUrl', optional: '', type: 'string' }];
  }
  const names = servers.servers.map(({ name }) => name);
  if (names.length < 2) return [];
  const list = servers.servers.map(({ name, url }) => `\`${plainText(name)}\`: ${plainText(url)}`).join(', ');
  const doc = docComment([`Which server to talk to. There is no default. ${list}.`], 2);
  return [{ doc: `${doc}\n`, name: 'server', optional: '', type: unionType(names) }];
}

function settingField(setting: NativeContext['api']['settings'][number], required: boolean): Field {
  const { description, header, name, scope, shape } = setting;
  const or = scope === 'call' ? ' May be given with a call, which then counts.' : '';
  const doc = docComment([`${sentence(description)} Sent as the header \`${plainText(header)}\`.${or}`], 2);
  const type = typeOfShape(shape);
  return { doc: `${doc}\n`, name, optional: required ? '' : '?', type: required ? type : `${type} | undefined` };
}

function credentialFields(scheme: AuthScheme, imports: Imports): Field[] {
  const parts = scheme.kind === 'basic' ? [scheme.username, scheme.password] : [scheme.value];
  const doc = docComment([`${sentence(scheme.description)} ${howSent(scheme)}`.trim()], 2);
  const type = imports.type(runtimeModule('auth'), 'Credential');
  return parts.flatMap((part) =>
    'credential' in part ? [{ doc: `${doc}\n`, name: part.credential, optional: '' as const, type }] : [],
  );
}

function howSent(scheme: AuthScheme): string {
  switch (scheme.kind) {
    case 'basic':
      return 'Sent as Basic authentication.';
    case 'cookie':
      return `Sent as the cookie \`${plainText(scheme.name)}\`.`;
    case 'query':
      return `Sent as the query parameter \`${plainText(scheme.name)}\`.`;
    case 'header':
      return `Sent as \`${plainText(`${scheme.name}: ${scheme.prefix}…`)}\`.`;
  }
}

function schemeLiteral(scheme: AuthScheme): Literal {
  const part = (value: CredentialPart): Literal => ({ ...value });
  if (scheme.kind === 'basic') {
    return { kind: 'basic', username: part(scheme.username), password: part(scheme.password) };
  }
  const { kind, name, value } = scheme;
  return scheme.kind === 'header'
    ? { kind, name, prefix: scheme.prefix, value: part(value) }
    : { kind, name, value: part(value) };
}
