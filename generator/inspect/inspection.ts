import type { ProblemCode } from '../problem.js';

/**
 * All that refundgen understands of refunds at a provider, and what it does not: what `refundgen inspect --json` prints,
 * and `specs/inspection.schema.json` describes.
 */
export interface Inspection {
  readonly provider: { readonly id: string; readonly name: string; readonly title: string; readonly version: string };
  readonly spec: { readonly file: string; readonly digest: string | null; readonly overlay: string | null };
  /** Whether nothing stands in the way of a client. */
  readonly complete: boolean;
  /** Every operation about refunds: those that are used first, then the likeliest. */
  readonly operations: readonly InspectedOperation[];
  readonly create: NamedOperation | null;
  /** Further operations that look as if they created a refund. */
  readonly alternatives: readonly NamedOperation[];
  readonly amount: InspectedAmount | null;
  readonly currency: (InspectedField & { readonly letters: 'upper' | 'lower' }) | null;
  readonly paymentRef: (InspectedField & { readonly type: 'string' | 'integer' }) | null;
  readonly reference: (InspectedField & { readonly maxLength: number | null }) | null;
  readonly reason: (InspectedField & { readonly freeText: boolean }) | null;
  /** The reasons that the provider accepts; none where any text will do, or where there is no reason. */
  readonly reasons: readonly string[];
  readonly note: InspectedField | null;
  readonly metadata: InspectedField | null;
  /** What else a request can say. */
  readonly others: readonly InspectedField[];
  /** What every request says. */
  readonly fixed: readonly (InspectedField & { readonly value: string | number | boolean })[];
  readonly answers: readonly InspectedAnswer[];
  /** The provider's own statuses, and what they mean where somebody has said so. */
  readonly statuses: readonly { readonly raw: string; readonly status: string | null }[];
  /** Where answers have them. */
  readonly statusPlaces: readonly string[];
  readonly errors: InspectedErrors | null;
  readonly idempotency: InspectedIdempotency;
  readonly capabilities: Capabilities;
  /** One of these is sent; of it, every scheme. */
  readonly auth: readonly (readonly InspectedScheme[])[];
  /** None where the caller gives the address. */
  readonly servers: readonly { readonly name: string; readonly url: string }[];
  readonly settings: readonly { readonly name: string; readonly header: string; readonly scope: 'client' | 'call' }[];
  /** What only a person can answer, the most important first. */
  readonly questions: readonly OpenQuestion[];
  /** What is wrong, and has to be corrected rather than answered. */
  readonly obstacles: readonly Remark[];
  readonly warnings: readonly Remark[];
}

export type Basis = 'stated' | 'declared' | 'assumed';

/** A place in a file of the user's. Lines count from 1. */
export interface Site {
  readonly file: string;
  readonly pointer: string;
  readonly line: number;
}

/** What a fact rests on. */
export interface Evidence extends Site {
  /** The words of the spec that state it. */
  readonly quote?: string;
  /** Of a declared fact: where it comes from, and the day on which it was read there. */
  readonly source?: string;
  readonly date?: string;
}

/** Something that is known, and why. */
export interface Known {
  readonly basis: Basis;
  readonly evidence: Evidence;
}

export interface NamedOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string | null;
}

export interface InspectedOperation extends NamedOperation {
  readonly role: 'create' | 'retrieve' | 'list' | 'cancel' | 'update' | 'other' | 'payment';
  /** Whether the client has it. */
  readonly chosen: boolean;
  readonly basis: 'declared' | 'assumed';
  readonly summary: string;
  readonly at: Site;
  readonly reasons: readonly { readonly says: string; readonly weight: number; readonly at: Site }[];
}

export type RequestPart = 'path' | 'query' | 'header' | 'body';

/** Where a request says something. In a body, `name` is a path: `refund.items[].id`. */
export interface InspectedField extends Known {
  readonly in: RequestPart;
  readonly name: string;
  readonly required: boolean;
}

export interface InspectedAmount {
  /** `body.amount`, `body.items[].amount`. */
  readonly field: string;
  readonly encoding: 'integer' | 'number' | 'string';
  readonly unit: 'minor' | 'major' | 'unknown';
  /** Of the unit; `none` where it is not known. */
  readonly basis: Basis | 'none';
  readonly evidence: Evidence | null;
  /** Of the field. */
  readonly place: Known;
  /** What leaving it out does. */
  readonly full: (Known & { readonly value: 'omitted' | 'unsupported' }) | null;
  /** Where the provider's digits of a currency are not those of ISO 4217. */
  readonly exponents: {
    readonly overrides: readonly { readonly currency: string; readonly digits: number }[];
    readonly unknown: readonly string[];
  };
}

/** A success answer of the create operation, or of the one that retrieves. */
export interface InspectedAnswer {
  readonly role: 'create' | 'retrieve';
  readonly status: string;
  readonly explained: Known | null;
  readonly cases: readonly InspectedCase[];
}

export interface InspectedCase {
  readonly when: readonly { readonly field: string; readonly is: string | number | boolean }[];
  readonly status: { readonly field: string } | { readonly is: string };
  readonly id: string | null;
  readonly payment: string | null;
  readonly amount: InspectedSum | null;
  readonly remaining: InspectedSum | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly failure: string | null;
  readonly createdAt: string | null;
}

export interface InspectedSum {
  readonly field: string;
  readonly encoding: 'integer' | 'number' | 'string';
  readonly unit: 'minor' | 'major' | 'unknown';
  /** `null` where the answer does not say it. */
  readonly currency: string | null;
}

export interface InspectedErrors {
  /** As the spec lists them. */
  readonly listed: readonly string[];
  readonly body: (Known & { readonly kind: 'keyed' | 'named' | 'problem' }) | null;
  /** Answers after which money may have moved. */
  readonly ambiguous: readonly InspectedMatch[];
  /** Answers that prove that none did. */
  readonly refused: readonly InspectedMatch[];
  readonly kinds: readonly (Known & { readonly code: string; readonly kind: string })[];
}

export interface InspectedMatch extends Known {
  readonly status: number;
  readonly code: string | null;
}

export interface InspectedIdempotency {
  readonly carrier: { readonly in: RequestPart; readonly name: string } | null;
  readonly kind: 'none' | 'key' | 'unknown';
  /** Whether a repeated key is acted on once, and for how long; `null` where that is not known. */
  readonly replay: false | { readonly keyLifetimeHours: number } | null;
  readonly basis: Basis | 'none';
  readonly evidence: Evidence | null;
}

export interface Capabilities {
  readonly full: 'yes' | 'no' | 'unknown';
  readonly retrieve: boolean;
  readonly list: boolean;
  readonly cancel: boolean;
  readonly update: boolean;
  /** What of a payment can be compared before a refund is sent. */
  readonly guard: 'refunded' | 'refundable' | null;
  readonly reconcile: 'none' | 'refund' | 'payment' | 'unknown';
  readonly send: 'repeated with its key' | 'at most once' | 'unknown';
}

/** A security scheme: what it is and what the caller's credentials are called. Never a value. */
export interface InspectedScheme {
  readonly scheme: string;
  readonly kind: 'header' | 'basic' | 'cookie' | 'query';
  /** The header, cookie or query parameter. */
  readonly name: string | null;
  readonly prefix: string | null;
  readonly credentials: readonly string[];
}

/** Words of the spec that bear on a question. */
export interface Hint extends Site {
  readonly text: string;
}

export interface OpenQuestion extends Site {
  readonly code: ProblemCode;
  /** What questions of this kind are about. */
  readonly about: string;
  readonly message: string;
  readonly says: readonly Hint[];
  /** The action of an overlay that answers it, as YAML to fill in. */
  readonly overlay: string;
}

export interface Remark {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly at: Site | null;
}
