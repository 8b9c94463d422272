import type { RefundStatus } from '../ir.js';
import { isObject, own } from '../json.js';
import { locationOf, type SpecDocument } from '../load/spec-document.js';
import { error, failure, type Result, success } from '../problem.js';
import { faultsOf, type SchemaFault } from './x-refund-errors.js';
import { isXRefund } from './x-refund-schema.js';

/** The `x-refund` extension, as `specs/x-refund.schema.json` describes it. */
export interface XRefund {
  readonly provider?: { readonly name?: string };
  readonly auth?: Readonly<Record<string, XAuth>>;
  readonly settings?: Readonly<Record<string, { readonly name: string; readonly scope: 'client' | 'call' }>>;
  readonly request?: Readonly<Partial<Record<RequestPart, string>>>;
  readonly fixed?: Readonly<Record<string, string | number | boolean>>;
  readonly amount?: {
    readonly unit?: 'minor' | 'major';
    readonly full?: 'omitted' | 'unsupported';
    readonly currencyCase?: 'upper' | 'lower';
    readonly exponents?: {
      readonly overrides?: Readonly<Record<string, number>>;
      readonly unknown?: readonly string[];
    };
  };
  readonly reasons?: { readonly sideEffects?: Readonly<Record<string, string>> };
  readonly answers?: Readonly<Record<string, readonly XCase[]>>;
  readonly retrieve?: XCase;
  readonly statuses?: Readonly<Record<string, RefundStatus>>;
  readonly errors?: {
    readonly body?: XErrorBody;
    readonly ambiguous?: readonly XMatch[];
    readonly refused?: readonly XMatch[];
    readonly kinds?: Readonly<Record<string, string>>;
  };
  readonly idempotency?: 'none' | XIdempotency;
  readonly payment?: XPayment;
  readonly reconciliation?: 'none' | XReconciliation;
}

export type RequestPart = 'payment' | 'amount' | 'currency' | 'reference' | 'reason' | 'note' | 'metadata';

export type XCredentialPart = { readonly credential: string } | { readonly fixed: string };

export interface XAuth {
  readonly prefix?: string;
  readonly credential?: string;
  readonly username?: XCredentialPart;
  readonly password?: XCredentialPart;
}

export interface XMatch {
  readonly status: number;
  readonly code?: string;
}

export interface XCase {
  readonly when?: Readonly<Record<string, string | number | boolean>>;
  readonly id?: string;
  readonly payment?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly unit?: 'minor' | 'major';
  readonly status: string | { readonly is: RefundStatus };
  readonly reason?: string;
  readonly note?: string;
  readonly remaining?: string;
  readonly failure?: string;
  readonly createdAt?: { readonly field: string; readonly format: 'date-time' | 'unix-seconds' };
}

export type XErrorBody =
  | 'problem'
  | { readonly keyed: { readonly general: readonly string[] }; readonly named?: never }
  | { readonly named: XNamedErrors; readonly keyed?: never };

export interface XNamedErrors {
  readonly code: readonly string[];
  readonly message: string | readonly string[];
  readonly field?: string;
  readonly details?: {
    readonly list: string;
    readonly code?: string;
    readonly message?: string;
    readonly field?: string;
  };
}

/** Either `header` or `field`, as the schema has it. */
export interface XIdempotency {
  readonly header?: string;
  readonly field?: string;
  readonly replay: false | { readonly keyLifetimeHours: number };
}

export interface XPayment {
  readonly id: string;
  readonly measure: 'refunded' | 'refundable';
  readonly total: string;
  readonly currency: string;
  readonly pending?: { readonly field: string; readonly values: readonly string[] };
  readonly failure?: { readonly attempts: string; readonly code: string };
}

export type XReconciliation =
  | { readonly by: 'refund'; readonly reference: string }
  | { readonly by: 'payment'; readonly failureAnswer?: XMatch; readonly definiteFailures?: readonly string[] };

/** Reads and validates the `x-refund` extension at the root of a document; an empty one where there is none. */
export function readXRefund(document: SpecDocument): Result<XRefund> {
  const value = own(document.value, 'x-refund');
  if (value === undefined) return success({});
  // The schema has just said that it is one.
  if (isXRefund(value) && isObject(value)) return success(value as XRefund);
  return failure(...faultsOf(isXRefund.errors ?? []).map((fault) => describe(document, fault)));
}

function describe(document: SpecDocument, { message, pointer }: SchemaFault) {
  const place = `x-refund${pointer.replaceAll('/', '.')}`;
  const hint = 'See refundgen/x-refund.schema.json for what may stand here.';
  return error('R013', `${place} ${message}`, hint, locationOf(document, `/x-refund${pointer}`));
}
