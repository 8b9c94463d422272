import type { AnswerCase, RefundApi } from '../ir.js';
import { type Literal, literal } from './literal.js';
import type { ViewContext } from './view.js';

export interface CapabilityView {
  readonly value: string;
}

/** What a provider can do, as a value that programs can read. */
export function capabilitiesOf(api: RefundApi): Readonly<Record<string, Literal>> {
  const { create, idempotency, payment, reconciliation, retrieve } = api;
  const cases = create.accepted.flatMap(({ cases: facts }) => facts.value);
  const key = idempotency.value;
  return {
    full: create.amount.full.value === 'omitted',
    partial: true,
    amountUnit: create.amount.unit.value,
    exponents: create.amount.exponents.basis === 'assumed' ? 'iso4217_assumed' : 'declared',
    currencyInAnswer: hasCurrency(cases),
    statusInAnswer: cases.some(({ status }) => 'path' in status),
    reasons: create.reason === null ? [] : (create.reason.value.values ?? ['*']),
    reasonRequired: create.reason?.value.required ?? false,
    reference: create.reference !== null,
    idempotency: key.kind === 'none' ? 'none' : key.replay === false ? 'undocumented' : 'replay',
    retrieve: retrieve !== null,
    expect: payment === null ? 'none' : payment.measure,
    reconcile: reconciliation.value.kind,
  };
}

/** An answer without an amount says nothing of its currency either. */
function hasCurrency(cases: readonly AnswerCase[]): boolean {
  const amounts = cases.flatMap(({ amount }) => amount ?? []);
  return amounts.length > 0 && amounts.every(({ currency }) => currency !== null);
}

export function viewCapabilities({ api }: ViewContext): CapabilityView {
  return { value: literal(capabilitiesOf(api)) };
}
