import type { AmountIn, AnswerCase, AnswerMatch, Fact, Path } from '../ir.js';
import { listedSuccesses } from '../normalize/answers.js';
import type { Draft } from '../normalize/draft.js';
import type {
  Capabilities,
  InspectedAnswer,
  InspectedCase,
  InspectedErrors,
  InspectedMatch,
  InspectedSum,
  Inspection,
} from './inspection.js';
import type { Looked } from './request.js';

type Answers = Pick<Inspection, 'answers' | 'statuses' | 'statusPlaces' | 'errors' | 'capabilities'>;

/** Of a spec in which nothing creates a refund, or none that can be read. */
export const NO_ANSWERS: Answers = {
  answers: [],
  statuses: [],
  statusPlaces: [],
  errors: null,
  capabilities: {
    full: 'unknown',
    retrieve: false,
    list: false,
    cancel: false,
    update: false,
    guard: null,
    reconcile: 'unknown',
    send: 'unknown',
  },
};

/** What answers say, what they mean, and what that makes possible. */
export function inspectAnswers(looked: Looked): Answers {
  const { draft } = looked;
  return {
    answers: [...createAnswers(looked), ...retrieveAnswers(looked)],
    statuses: statusesOf(draft),
    statusPlaces: draft.statuses.places,
    errors: inspectErrors(looked),
    capabilities: capabilitiesOf(draft),
  };
}

function createAnswers({ create, draft, sites }: Looked): InspectedAnswer[] {
  const { accepted } = draft;
  const known = new Set(accepted.map(({ status }) => status));
  const silent = listedSuccesses({ create }).filter((status) => !known.has(status));
  const explained = accepted.map(({ cases, status }): InspectedAnswer => {
    const basis = { basis: cases.basis, evidence: sites.evidence(cases) };
    return { role: 'create', status, explained: basis, cases: cases.value.map((item) => inspectCase(item, draft)) };
  });
  const open = silent.map((status): InspectedAnswer => ({ role: 'create', status, explained: null, cases: [] }));
  return [...explained, ...open].sort((a, b) => (a.status < b.status ? -1 : 1));
}

function retrieveAnswers({ draft, sites }: Looked): InspectedAnswer[] {
  const answer = draft.retrieve?.answer;
  if (answer === undefined) return [];
  const explained = { basis: answer.basis, evidence: sites.evidence(answer) };
  return [{ role: 'retrieve', status: '200', explained, cases: [inspectCase(answer.value, draft)] }];
}

function inspectCase(found: AnswerCase, draft: Draft): InspectedCase {
  const { amount, createdAt, failure, id, note, payment, reason, remaining, status, when } = found;
  return {
    when: when.map(({ is, path }) => ({ field: inBody(path), is })),
    status: 'is' in status ? { is: status.is } : { field: inBody(status.path) },
    id: id && inBody(id),
    payment: payment && inBody(payment.path),
    amount: amount && inspectSum(amount, draft),
    remaining: remaining && inspectSum(remaining, draft),
    reason: reason && inBody(reason.path),
    note: note && inBody(note),
    failure: failure && inBody(failure),
    createdAt: createdAt && inBody(createdAt.path),
  };
}

function inBody(path: Path): string {
  return ['body', ...path].join('.');
}

function inspectSum({ currency, encoding, path, unit }: AmountIn, { amount }: Draft): InspectedSum {
  // While nobody knows the unit of the request, the draft fills in one for answers.
  const isKnown = amount?.unit !== null && amount !== null;
  return { field: inBody(path), encoding, unit: isKnown ? unit : 'unknown', currency: currency && inBody(currency) };
}

function statusesOf({ statuses }: Draft): Answers['statuses'] {
  const meaning = new Map(statuses.classes?.value.map(({ raw, status }) => [raw, status]));
  const raws = [...new Set([...statuses.listed, ...meaning.keys()])];
  return raws.map((raw) => ({ raw, status: meaning.get(raw) ?? null }));
}

function inspectErrors({ create, draft, sites }: Looked): InspectedErrors {
  const { ambiguous, body, kinds, refused } = draft.errors;
  const match = (fact: Fact<AnswerMatch>): InspectedMatch => ({
    ...fact.value,
    basis: fact.basis,
    evidence: sites.evidence(fact),
  });
  return {
    listed: create.answers.map(({ status }) => status).filter((status) => !/^[123]/.test(status)),
    body: body && { kind: body.value.kind, basis: body.basis, evidence: sites.evidence(body) },
    ambiguous: ambiguous.map(match),
    refused: refused.map(match),
    kinds: kinds.map((fact) => ({ ...fact.value, basis: fact.basis, evidence: sites.evidence(fact) })),
  };
}

function capabilitiesOf(draft: Draft): Capabilities {
  const { amount, idempotency, native, paymentReading, reconciliation, retrieve } = draft;
  const has = (role: string): boolean => native.operations.some((operation) => operation.role === role);
  const full = amount?.full?.value;
  const key = idempotency?.value;
  return {
    full: full === undefined ? 'unknown' : full === 'omitted' ? 'yes' : 'no',
    retrieve: retrieve !== null,
    list: has('list'),
    cancel: has('cancel'),
    update: has('update'),
    guard: paymentReading?.measure ?? null,
    reconcile: reconciliation?.value.kind ?? 'unknown',
    send:
      key === undefined
        ? 'unknown'
        : key.kind === 'key' && key.replay !== false
          ? 'repeated with its key'
          : 'at most once',
  };
}
