import type { AmountFormat, Exponents } from './amount.js';
import type { ObjectShape } from './check.js';
import type { CallOptions, Connection, PreparedRequest } from './connection.js';
import type { NextStep } from './errors.js';
import type { AnswerRules } from './interpret.js';
import type { RefundAttempt } from './journal.js';
import type { ExactNumber, Json } from './json.js';
import type { FullRefund, Money, PartialRefund } from './money.js';
import type { AnyRefund } from './outcome.js';
import type { PaymentReading } from './payment.js';
import type { Operation, OperationInput } from './request.js';
import type { ReplayPolicy } from './retry.js';

/** What the requests of all providers have in common. */
export interface AnyRefundRequest {
  readonly refundRef: string;
  readonly payment: string | number;
  readonly amount: FullRefund | PartialRefund;
}

/** Everything that makes one provider's refund different from another's. Data, but for `write` and the readers. */
export interface RefundDefinition<P extends string, Request extends AnyRefundRequest, R extends AnyRefund> {
  readonly provider: P;
  readonly operation: Operation;
  /** What the caller may set. */
  readonly shape: ObjectShape;
  /** The caller's field that stands at a place of the request: `body.receipt` is `refundRef`. */
  readonly places: Readonly<Record<string, string>>;
  readonly amount: AmountFormat & {
    readonly exponents: Exponents;
    readonly full: 'omitted' | 'unsupported';
    /** Where the provider wants `usd` rather than `USD`. */
    readonly lowerCase?: boolean;
  };
  /**
   * Builds the input. `amount` and `currency` are missing for a full refund. A method, so that a provider's own may take
   * only what its `amount` facts make.
   */
  write(request: Request, amount: ExactNumber | string | undefined, currency: string | undefined): OperationInput;
  readonly answers: AnswerRules<P, R>;
  /** Reads the answer of `retrieve` that reconciling has recorded: the two may say where a refund stands differently. */
  readonly readRetrieved?: (body: Json) => R;
  /** Where the documents promise that a repeated key is acted on once. Without it, a refund is sent at most once. */
  readonly replay?: ReplayPolicy;
  /** Where the provider shows what is refunded, or refundable. */
  readonly payment?: PaymentReading;
  /** What the caller can do about an outcome that is not known. */
  readonly whenUnknown: NextStep;
}

/** One call of `refund`, once the request has been checked and written. */
export interface Run<P extends string, Request extends AnyRefundRequest, R extends AnyRefund> {
  readonly connection: Connection;
  readonly definition: RefundDefinition<P, Request, R>;
  /** What the caller expects of the payment, as it was when the call was made. */
  readonly expected: Money | undefined;
  readonly call: CallOptions;
  readonly attempt: RefundAttempt<P>;
  readonly prepared: PreparedRequest;
}
