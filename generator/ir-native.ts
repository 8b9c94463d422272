/** The part of the IR that is the spec's own: operations as they are, and how they are reached. Types only. */

import type { Place } from './ir.js';

/** What it takes to call operations as the spec has them. */
export interface NativeApi {
  readonly provider: Provider;
  readonly servers: Servers;
  readonly auth: readonly (readonly AuthScheme[])[];
  readonly settings: readonly Setting[];
  readonly operations: readonly Operation[];
}

export interface Provider {
  /** Names the folder and the `provider` field: lower case, digits and dashes. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
}

/** `named`: the caller picks one where there are several. `caller`: the caller gives the base URL. */
export type Servers =
  | { readonly kind: 'named'; readonly servers: readonly { readonly name: string; readonly url: string }[] }
  | { readonly kind: 'caller' };

/** A part of a credential: the caller's, or fixed by the provider. */
export type CredentialPart = { readonly credential: string } | { readonly fixed: string };

/** A security scheme, reduced to what goes over the wire. */
export type AuthScheme = { readonly scheme: string; readonly description: string } & (
  | { readonly kind: 'header'; readonly name: string; readonly prefix: string; readonly value: CredentialPart }
  | { readonly kind: 'basic'; readonly username: CredentialPart; readonly password: CredentialPart }
  | { readonly kind: 'cookie'; readonly name: string; readonly value: CredentialPart }
  | { readonly kind: 'query'; readonly name: string; readonly value: CredentialPart }
);

/** A header that belongs to the client rather than to one refund. */
export interface Setting {
  readonly name: string;
  readonly header: string;
  /** `call`: may also be given with a call, which then counts. */
  readonly scope: 'client' | 'call';
  readonly required: boolean;
  readonly shape: Shape;
  readonly description: string;
}

/** An operation as the spec has it. */
export interface Operation {
  /** The native method; unique, a safe identifier. */
  readonly name: string;
  readonly role: 'create' | 'retrieve' | 'list' | 'cancel' | 'update' | 'payment';
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** Headers with one possible value, such as `Content-Type`. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: Body | null;
  readonly answers: readonly Answer[];
  readonly evidence: Place;
}

/** The body of a request. */
export interface Body {
  readonly mediaType: string;
  readonly required: boolean;
  readonly shape: Shape;
  /** `form`: `application/x-www-form-urlencoded`; how its nested fields are written, by name. */
  readonly encoding:
    | { readonly kind: 'json' }
    | { readonly kind: 'form'; readonly styles: readonly { readonly field: string; readonly style: FormStyle }[] };
}

/** How a nested field of a form is written: `a[b]`, `a[0]`, `a[]`, `a=1&a=2`, `a=1,2`, or as one JSON text. */
export type FormStyle = 'indices' | 'brackets' | 'repeat' | 'comma' | 'json';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  /** How a list or an object is written; `null` for the default of the place. */
  readonly style: 'deepObject' | 'comma' | 'space' | 'pipe' | 'json' | null;
  readonly shape: Shape;
  readonly description: string;
}

/** `status`: as the spec has it: `200`, `4XX` or `default`. */
export interface Answer {
  readonly status: string;
  readonly body: 'json' | 'text' | 'none';
  /** The media type that the types are taken from. */
  readonly mediaType: string | null;
  readonly description: string;
}

/** What a value must be, as far as it is checked before sending. */
export type Shape = { readonly nullable: boolean; readonly description: string } & (
  | {
      readonly kind: 'string';
      readonly enum: readonly string[] | null;
      readonly minLength: number | null;
      readonly maxLength: number | null;
      readonly pattern: string | null;
      readonly format: string | null;
    }
  | {
      readonly kind: 'integer' | 'number';
      readonly enum: readonly number[] | null;
      readonly minimum: number | null;
      readonly maximum: number | null;
      readonly exclusiveMinimum: number | null;
      readonly exclusiveMaximum: number | null;
      readonly multipleOf: number | null;
    }
  | { readonly kind: 'boolean' }
  | {
      readonly kind: 'array';
      readonly items: Shape;
      readonly minItems: number | null;
      readonly maxItems: number | null;
    }
  | {
      readonly kind: 'object';
      readonly fields: readonly { readonly name: string; readonly required: boolean; readonly shape: Shape }[];
      readonly closed: boolean;
      /** Made of several alternatives: a field may be in some of them only. */
      readonly alternatives?: true;
    }
  | { readonly kind: 'any' }
);
