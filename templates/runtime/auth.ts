import { RefundConfigError } from './errors.js';
import type { HttpRequest } from './http.js';

/**
 * A credential: the text, or where to ask for it, such as a cache of access tokens that expire. It is asked for each
 * time that something is sent, within the timeout. Where it fails, nothing is sent.
 */
export type Credential = string | (() => string | Promise<string>);

/** A part of a credential that the caller gives (`credential`) or that the provider fixes (`fixed`). */
export type CredentialPart = { readonly credential: string } | { readonly fixed: string };

/** How one security scheme goes over the wire. */
export type AuthScheme =
  | { readonly kind: 'header'; readonly name: string; readonly prefix: string; readonly value: CredentialPart }
  | { readonly kind: 'basic'; readonly username: CredentialPart; readonly password: CredentialPart }
  | { readonly kind: 'cookie'; readonly name: string; readonly value: CredentialPart }
  | { readonly kind: 'query'; readonly name: string; readonly value: CredentialPart };

/** The alternatives that the provider accepts; all schemes of one alternative are sent, and of one alternative only. */
export type AuthAlternatives = readonly (readonly AuthScheme[])[];

/** What authenticates a request, and the secrets that must not be seen anywhere else. */
export interface Authorization {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly secrets: readonly string[];
}

/**
 * Picks the one alternative whose credentials were given.
 *
 * @throws RefundConfigError where none or several were given, or one is empty or cannot stand in a header.
 */
export function authorize(alternatives: AuthAlternatives, given: Readonly<Record<string, unknown>>): Authorization {
  const schemes = chooseAlternative(alternatives, given);
  const names = givenNames(given);
  for (const name of names) requireCredential(name, given[name]);
  const value = (part: CredentialPart): string => ('fixed' in part ? part.fixed : String(given[part.credential]));
  return combine(
    schemes,
    value,
    names.map((name) => String(given[name])),
  );
}

/**
 * The one alternative whose credentials were given, those that are functions included: they are not asked.
 *
 * @throws RefundConfigError as {@link authorize} does.
 */
export function chooseAlternative(
  alternatives: AuthAlternatives,
  given: Readonly<Record<string, unknown>>,
): readonly AuthScheme[] {
  const names = givenNames(given);
  const chosen = alternatives.filter((schemes) => sameNames(credentialNames(schemes), names));
  const [schemes] = chosen;
  if (schemes === undefined || chosen.length > 1) {
    const wanted = alternatives.map((alternative) => credentialNames(alternative).join(' and ')).join(', or ');
    throw new RefundConfigError(`auth takes exactly: ${wanted}. Given: ${names.join(', ') || 'nothing'}`);
  }
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value !== 'function'));
  for (const name of givenNames(known)) requireCredential(name, known[name]);
  for (const scheme of schemes) requireFit(scheme, known);
  return schemes;
}

function givenNames(given: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(given).filter((name) => given[name] !== undefined);
}

/** A request with its credentials: the last step before it is sent. */
export function withCredentials(request: HttpRequest, { headers, query }: Authorization): HttpRequest {
  const url = query.length === 0 ? request.url : appendQuery(request.url, query);
  return { ...request, url, headers: [...request.headers, ...headers] };
}

function appendQuery(url: string, query: Authorization['query']): string {
  const text = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  return `${url}${url.includes('?') ? '&' : '?'}${text}`;
}

function combine(
  schemes: readonly AuthScheme[],
  value: (part: CredentialPart) => string,
  credentials: readonly string[],
): Authorization {
  const headers: [string, string][] = [];
  const query: [string, string][] = [];
  const secrets = [...credentials];
  for (const scheme of schemes) {
    if (scheme.kind === 'header') headers.push([scheme.name, `${scheme.prefix}${value(scheme.value)}`]);
    else if (scheme.kind === 'cookie') headers.push(['Cookie', `${scheme.name}=${value(scheme.value)}`]);
    else if (scheme.kind === 'query') query.push([scheme.name, value(scheme.value)]);
    else {
      const encoded = base64(`${value(scheme.username)}:${value(scheme.password)}`);
      secrets.push(encoded);
      headers.push(['Authorization', `Basic ${encoded}`]);
    }
  }
  return { headers, query, secrets };
}

function credentialNames(schemes: readonly AuthScheme[]): string[] {
  return schemes
    .flatMap((scheme) => (scheme.kind === 'basic' ? [scheme.username, scheme.password] : [scheme.value]))
    .flatMap((part) => ('credential' in part ? [part.credential] : []))
    .filter((name, index, names) => names.indexOf(name) === index);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

/** The message never holds the value: a header that fetch refuses would print it. */
function requireCredential(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw new RefundConfigError(`auth.${name} must be a non-empty string`);
  if (!/^[\x20-\x7e]+$/.test(value) || value !== value.trim()) {
    throw new RefundConfigError(`auth.${name} holds a character that a header cannot carry, or a space at an end`);
  }
}

/** What a cookie (RFC 6265) or the user name of Basic authentication (RFC 7617) cannot hold. */
function requireFit(scheme: AuthScheme, given: Readonly<Record<string, unknown>>): void {
  const part = scheme.kind === 'basic' ? scheme.username : scheme.value;
  if (!('credential' in part)) return;
  const value = String(given[part.credential] ?? '');
  if (scheme.kind === 'cookie' && /[\s",;\\]/.test(value)) {
    throw new RefundConfigError(`auth.${part.credential} holds a character that a cookie cannot carry`);
  }
  if (scheme.kind === 'basic' && value.includes(':')) {
    throw new RefundConfigError(`auth.${part.credential} must not hold a colon: it is a user name`);
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
