/**
 * The RefundApi: all that refundgen knows about refunding at one provider, and the only thing that normalizing and
 * emitting share. Types only; printable as JSON (`refundgen generate --print ir`).
 */

import type { NativeApi, Shape } from './ir-native.js';

export type {
  Answer,
  AuthScheme,
  Body,
  CredentialPart,
  FormStyle,
  NativeApi,
  Operation,
  Parameter,
  Provider,
  Servers,
  Setting,
  Shape,
} from './ir-native.js';

/** Where something stands in an input file. */
export interface Place {
  /** As the user named it, relative to where refundgen runs. */
  readonly file: string;
  /** JSON pointer (RFC 6901) in that file. */
  readonly pointer: string;
}

/**
 * Something that refundgen relies on. `stated`: by the spec. `declared`: by the overlay. `assumed`: inferred from names
 * and shapes; a fact that decides over money is never that.
 */
export interface Fact<T> {
  readonly value: T;
  readonly basis: 'stated' | 'declared' | 'assumed';
  readonly evidence: Place;
  /** Of a declared fact: the document that it comes from, and the day on which it was read there. */
  readonly source?: string;
  readonly date?: string;
  /** Of a fact that a text of the spec states: the words that do, verbatim. */
  readonly quote?: string;
}

/** A place in a body, as keys from its root. */
export type Path = readonly string[];

export interface RefundApi extends NativeApi {
  readonly create: RefundCreation;
  readonly retrieve: RefundRetrieval | null;
  readonly payment: PaymentReading | null;
  readonly errors: ErrorRules;
  readonly idempotency: Fact<Idempotency>;
  readonly reconciliation: Fact<Reconciliation>;
}

/** A place in a request: which part, and the keys from there. `[]` is the one item of a list. */
export interface RequestPlace {
  readonly part: 'path' | 'query' | 'header' | 'body';
  readonly path: Path;
}

/** How a refund is asked for, and what the answers mean. */
export interface RefundCreation {
  readonly operation: string;
  readonly payment: Fact<{
    readonly place: RequestPlace;
    readonly type: 'string' | 'integer';
    /** Whether the spec demands it, too. */
    readonly required: boolean;
  }>;
  readonly amount: AmountOut;
  /** Where the caller's `refundRef` goes; `null` where the provider takes no reference of the caller. */
  readonly reference: Fact<{ readonly place: RequestPlace; readonly maxLength: number | null }> | null;
  readonly reason: Fact<Reasons> | null;
  readonly note: Fact<RequestField> | null;
  readonly metadata: Fact<RequestField> | null;
  /** Further fields of the request, passed as they are. */
  readonly others: readonly RequestField[];
  /** Fields that always have one value, such as `action: refund`. */
  readonly fixed: readonly Fact<FixedField>[];
  /** By HTTP status: the shapes of an accepted refund. */
  readonly accepted: readonly AcceptedAnswer[];
  /** How the provider's own statuses are classified, and the values that the spec lists, if it does. */
  readonly statuses: Fact<readonly StatusClass[]> | null;
}

/** A field of the request that the caller sets. */
export interface RequestField {
  readonly name: string;
  readonly place: RequestPlace;
  readonly required: boolean;
  readonly shape: Shape;
}

export interface FixedField {
  readonly place: RequestPlace;
  readonly value: string | number | boolean;
}

export interface Reasons {
  readonly place: RequestPlace;
  readonly required: boolean;
  /** `null`: free text. */
  readonly values: readonly string[] | null;
  /** What else a reason does at the provider. */
  readonly sideEffects: readonly { readonly reason: string; readonly effect: string }[];
}

export interface AmountFormat {
  readonly unit: 'minor' | 'major';
  readonly encoding: 'integer' | 'number' | 'string';
}

export interface AmountOut {
  readonly place: RequestPlace;
  readonly encoding: AmountFormat['encoding'];
  /** Where the request says the currency; `null` where the provider knows it. */
  readonly currency: CurrencyOut | null;
  readonly unit: Fact<AmountFormat['unit']>;
  /** `omitted`: leaving the amount out refunds all that is left. */
  readonly full: Fact<'omitted' | 'unsupported'>;
  /** Where the provider's decimal digits of a currency are not those of ISO 4217, or are not known. */
  readonly exponents: Fact<Exponents>;
}

export interface CurrencyOut {
  readonly place: RequestPlace;
  readonly required: boolean;
  /** As the provider writes it. */
  readonly letters: 'upper' | 'lower';
}

export interface Exponents {
  readonly overrides: readonly { readonly currency: string; readonly digits: number }[];
  readonly unknown: readonly string[];
}

/** What a success status of the create operation means: a documented promise, never an inference. */
export interface AcceptedAnswer {
  /** `200`, or `2XX` for all of them. */
  readonly status: string;
  /** The status alone is the answer: no body is read. */
  readonly empty: boolean;
  readonly cases: Fact<readonly AnswerCase[]>;
}

/** One shape of an answer, and where it says what. */
export interface AnswerCase {
  readonly when: readonly { readonly path: Path; readonly is: string | number | boolean }[];
  readonly id: Path | null;
  readonly payment: { readonly path: Path; readonly type: 'string' | 'integer'; readonly optional: boolean } | null;
  readonly amount: AmountIn | null;
  readonly status: { readonly path: Path } | { readonly is: RefundStatus };
  readonly reason: { readonly path: Path; readonly values: readonly string[] | null } | null;
  readonly note: Path | null;
  /** What of the payment can still be refunded. */
  readonly remaining: AmountIn | null;
  readonly failure: Path | null;
  readonly createdAt: { readonly path: Path; readonly format: 'date-time' | 'unix-seconds' } | null;
}

/** `currency`: where the answer says it; `null` where the caller's own currency is the only one known. */
export interface AmountIn {
  readonly path: Path;
  readonly encoding: AmountFormat['encoding'];
  readonly unit: AmountFormat['unit'];
  readonly currency: Path | null;
}

export type RefundStatus = 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';

export interface StatusClass {
  readonly raw: string;
  readonly status: RefundStatus;
}

export interface RefundRetrieval {
  readonly operation: string;
  /** The path parameter that takes the refund's id. */
  readonly parameter: string;
  readonly answer: Fact<AnswerCase>;
}

/** What the provider shows of a payment. */
export interface PaymentReading {
  readonly operation: string;
  readonly parameter: string;
  /** Where the answer names the payment. */
  readonly id: { readonly path: Path; readonly type: 'string' | 'integer' };
  readonly measure: 'refunded' | 'refundable';
  readonly total: Fact<AmountIn>;
  readonly pending: { readonly path: Path; readonly values: readonly string[] } | null;
  /** The list of attempts, the newest first, and why that one failed. */
  readonly failure: { readonly attempts: Path; readonly code: Path } | null;
}

export interface ErrorRules {
  readonly body: Fact<ErrorBody>;
  readonly ambiguous: readonly Fact<AnswerMatch>[];
  readonly refused: readonly Fact<AnswerMatch>[];
  readonly kinds: readonly Fact<{ readonly code: string; readonly kind: string }>[];
}

export type ErrorBody =
  | { readonly kind: 'keyed'; readonly general: readonly string[] }
  | {
      readonly kind: 'named';
      readonly code: readonly Path[];
      /** The first that is there counts. */
      readonly message: readonly Path[];
      readonly field: Path | null;
      /** A list of single errors, and where each says what; paths from the item. */
      readonly details: {
        readonly list: Path;
        readonly code: Path | null;
        readonly message: Path | null;
        readonly field: Path | null;
      } | null;
    }
  /** RFC 9457. */
  | { readonly kind: 'problem' };

/** An answer by its status, and by its code where that decides. */
export interface AnswerMatch {
  readonly status: number;
  readonly code: string | null;
}

/** `replay: false`: the key is sent, but no document promises that a repeated key is acted on once. */
export type Idempotency =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'key';
      /** A header, or a field of the body. */
      readonly place: RequestPlace;
      readonly replay: { readonly keyLifetimeHours: number } | false;
    };

/** What there is to look at after an outcome that is not known. */
export type Reconciliation =
  | { readonly kind: 'none' }
  | { readonly kind: 'refund'; readonly reference: Path }
  | {
      readonly kind: 'payment';
      readonly definiteFailures: readonly string[];
      readonly failureAnswer: AnswerMatch | null;
    };
