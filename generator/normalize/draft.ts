import type { NativeApi, PaymentReading, RefundApi, RefundCreation, RefundRetrieval } from '../ir.js';
import type { AmountDraft } from './amount.js';
import type { ErrorDraft } from './errors.js';
import type { StatusDraft } from './statuses.js';

/** What is known of refunding at a provider while questions are open. What nobody knows yet is `null`. */
export interface Draft {
  readonly native: NativeApi;
  readonly operation: string;
  readonly payment: RefundCreation['payment'] | null;
  readonly amount: AmountDraft | null;
  readonly request: Pick<RefundCreation, 'reference' | 'reason' | 'note' | 'metadata' | 'others' | 'fixed'>;
  readonly accepted: RefundCreation['accepted'];
  readonly statuses: StatusDraft;
  readonly retrieve: RefundRetrieval | null;
  readonly paymentReading: PaymentReading | null;
  readonly errors: ErrorDraft;
  readonly idempotency: RefundApi['idempotency'] | null;
  readonly reconciliation: RefundApi['reconciliation'] | null;
}

/** The IR, once nothing that it needs is missing. */
export function complete(draft: Draft): RefundApi | undefined {
  const { amount, errors, idempotency, payment, reconciliation } = draft;
  if (amount === null || payment === null || idempotency === null || reconciliation === null) return undefined;
  const { body } = errors;
  const { full, unit } = amount;
  if (body === null || unit === null || full === null) return undefined;
  return {
    ...draft.native,
    create: {
      ...draft.request,
      operation: draft.operation,
      payment,
      amount: { ...amount, unit, full },
      accepted: draft.accepted,
      statuses: draft.statuses.classes,
    },
    retrieve: draft.retrieve,
    payment: draft.paymentReading,
    errors: { ...errors, body },
    idempotency,
    reconciliation,
  };
}
