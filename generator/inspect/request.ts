import type { Fact, Operation, RequestField, RequestPlace } from '../ir.js';
import { factAt, type SpecDocument } from '../load/spec-document.js';
import { placeText } from '../normalize/context.js';
import type { Draft } from '../normalize/draft.js';
import { findKeyCarrier } from '../normalize/idempotency.js';
import { findPlace } from '../normalize/place.js';
import { resolvePointer, toPointer } from '../pointer.js';
import type { InspectedAmount, InspectedField, InspectedIdempotency, Inspection, Known } from './inspection.js';
import type { Sites } from './sites.js';

/** What is looked at to say what a request is like. */
export interface Looked {
  readonly document: SpecDocument;
  readonly draft: Draft;
  readonly create: Operation;
  readonly sites: Sites;
}

type Parts = Pick<
  Inspection,
  | 'amount'
  | 'currency'
  | 'paymentRef'
  | 'reference'
  | 'reason'
  | 'reasons'
  | 'note'
  | 'metadata'
  | 'others'
  | 'fixed'
  | 'idempotency'
>;

/** Of a spec in which nothing creates a refund, or none that can be read. */
export const NO_REQUEST: Parts = {
  amount: null,
  currency: null,
  paymentRef: null,
  reference: null,
  reason: null,
  reasons: [],
  note: null,
  metadata: null,
  others: [],
  fixed: [],
  idempotency: { carrier: null, kind: 'unknown', replay: null, basis: 'none', evidence: null },
};

/** What a request says, and where. */
export function inspectRequest(looked: Looked): Parts {
  const { draft, sites } = looked;
  const { amount, payment, request } = draft;
  const { reason, reference } = request;
  const currency = amount?.currency ?? null;
  const known = (fact: Fact<{ readonly place: RequestPlace }>): Known => sites.known(fact, fact.value.place);
  return {
    amount: amount === null ? null : inspectAmount(looked, amount),
    currency: currency && {
      ...fieldAt(looked, currency.place, partBasis(looked, 'currency', currency.place)),
      letters: currency.letters,
    },
    paymentRef: payment && { ...fieldAt(looked, payment.value.place, known(payment)), type: payment.value.type },
    reference: reference && {
      ...fieldAt(looked, reference.value.place, known(reference)),
      maxLength: reference.value.maxLength,
    },
    reason: reason && {
      ...fieldAt(looked, reason.value.place, known(reason)),
      freeText: reason.value.values === null,
    },
    reasons: reason?.value.values ?? [],
    note: request.note && fieldAt(looked, request.note.value.place, known(request.note)),
    metadata: request.metadata && fieldAt(looked, request.metadata.value.place, known(request.metadata)),
    others: request.others.map((field) => inspectOther(looked, field)),
    fixed: request.fixed.map((fact) => ({
      ...fieldAt(looked, fact.value.place, { basis: fact.basis, evidence: sites.evidence(fact) }),
      value: fact.value.value,
    })),
    idempotency: inspectIdempotency(looked),
  };
}

function inspectOther({ sites }: Looked, { place, required }: RequestField): InspectedField {
  return { in: place.part, name: nameOf(place), required, basis: 'stated', evidence: sites.field(place) };
}

function fieldAt({ create }: Looked, place: RequestPlace, { basis, evidence }: Known): InspectedField {
  const required = findPlace(create, place)?.required ?? false;
  return { in: place.part, name: nameOf(place), required, basis, evidence };
}

/** The name of a parameter, or the path of a field in the body. */
export function nameOf(place: RequestPlace): string {
  return place.part === 'body' ? placeText(place).slice('body.'.length) : (place.path[0] ?? '');
}

/** The place of a part for which the draft has no fact of its own. */
function partBasis({ document, sites }: Looked, part: 'amount' | 'currency', place: RequestPlace): Known {
  const pointer = toPointer(['x-refund', 'request', part]);
  const isDeclared = resolvePointer(document.value, pointer) !== undefined;
  return isDeclared
    ? sites.known(factAt(document, pointer, place), place)
    : { basis: 'assumed', evidence: sites.field(place) };
}

function inspectAmount(looked: Looked, amount: NonNullable<Draft['amount']>): InspectedAmount {
  const { encoding, exponents, full, place, unit } = amount;
  const { sites } = looked;
  return {
    field: placeText(place),
    encoding,
    unit: unit?.value ?? 'unknown',
    basis: unit?.basis ?? 'none',
    evidence: unit && sites.evidence(unit),
    place: partBasis(looked, 'amount', place),
    full: full && { value: full.value, basis: full.basis, evidence: sites.evidence(full) },
    exponents: exponents.value,
  };
}

function inspectIdempotency({ create, draft, sites }: Looked): InspectedIdempotency {
  const fact = draft.idempotency;
  if (fact === null) {
    const carrier = findKeyCarrier({ create });
    return {
      carrier: carrier === undefined ? null : { in: carrier.part, name: nameOf(carrier) },
      kind: 'unknown',
      replay: null,
      basis: 'none',
      evidence: carrier === undefined ? null : sites.field(carrier),
    };
  }
  const { basis, value } = fact;
  const evidence = sites.evidence(fact);
  if (value.kind === 'none') return { carrier: null, kind: 'none', replay: false, basis, evidence };
  const carrier = { in: value.place.part, name: nameOf(value.place) };
  return { carrier, kind: 'key', replay: value.replay, basis, evidence };
}
