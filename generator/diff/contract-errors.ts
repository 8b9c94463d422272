import type { AnswerMatch, ErrorBody, Idempotency, Path, Place, Reconciliation } from '../ir.js';
import type { Draft } from '../normalize/draft.js';
import { NOT_ACTED_UPON } from '../normalize/errors.js';
import { type Facts, listPlace } from './facts.js';
import { listText, NOT_KNOWN, pathText, placeText, wordText } from './texts.js';

/** What errors say of money, whether a call may be repeated, and what there is to look at afterwards. */
export function addErrors(facts: Facts, draft: Draft): void {
  const { errors, idempotency, reconciliation } = draft;
  facts.add('error body', errors.body === null ? NOT_KNOWN : bodyText(errors.body.value), errors.body?.evidence);
  for (const fact of errors.refused) facts.add(`money after ${matchText(fact.value)}`, 'not moved', listPlace(fact));
  for (const fact of errors.ambiguous) {
    facts.add(`money after ${matchText(fact.value)}`, 'may have moved', listPlace(fact));
  }
  for (const status of unclear(draft)) facts.add(`money after ${wordText(status)}`, NOT_KNOWN);
  for (const fact of errors.kinds) {
    facts.add(`error code ${wordText(fact.value.code)}`, fact.value.kind, listPlace(fact));
  }
  if (idempotency === null) facts.add('idempotency', NOT_KNOWN);
  else addIdempotency(facts, idempotency.value, idempotency.evidence);
  if (reconciliation === null) facts.add('reconciliation', NOT_KNOWN);
  else addReconciliation(facts, reconciliation.value, reconciliation.evidence);
}

/** Errors of which nobody has said whether money may have moved: normalizing asks for them by the same rule (R034). */
function unclear({ errors, native, operation }: Draft): readonly string[] {
  const create = native.operations.find(({ name }) => name === operation);
  const known = [...errors.ambiguous, ...errors.refused].map(({ value }) => value.status);
  return (create?.answers ?? [])
    .map(({ status }) => status)
    .filter((status) => Number(status) >= 400 && Number(status) < 500)
    .filter((status) => !NOT_ACTED_UPON.includes(Number(status)) && !known.includes(Number(status)));
}

function matchText({ code, status }: AnswerMatch): string {
  return code === null ? String(status) : `${status} ${wordText(code)}`;
}

function bodyText(body: ErrorBody): string {
  if (body.kind === 'problem') return 'RFC 9457';
  if (body.kind === 'keyed') return `messages by field, ${listText(body.general)} for all of them`;
  const { code, details, field, message } = body;
  const first = (paths: readonly Path[]): string => paths.map((path) => pathText(path)).join(' | ') || '(none)';
  const optional = (path: Path | null): string => (path === null ? '(none)' : pathText(path));
  const all =
    details === null
      ? ''
      : `, details ${pathText(details.list)} with code ${optional(details.code)}, message ${optional(details.message)}, field ${optional(details.field)}`;
  return `code ${first(code)}, message ${first(message)}, field ${optional(field)}${all}`;
}

function addIdempotency(facts: Facts, value: Idempotency, place: Place): void {
  facts.add('idempotency', value.kind === 'none' ? 'none' : `key in ${placeText(value.place)}`, place);
  if (value.kind === 'none') return;
  const replay = value.replay === false ? 'not promised' : `acted on once for ${value.replay.keyLifetimeHours} hours`;
  facts.add('idempotency replay', replay, place);
}

function addReconciliation(facts: Facts, value: Reconciliation, place: Place): void {
  const reference = value.kind === 'refund' ? `, ${pathText(value.reference)}` : '';
  facts.add('reconciliation', value.kind === 'none' ? 'none' : `by ${value.kind}${reference}`, place);
  if (value.kind !== 'payment') return;
  facts.add('reconciliation definite failures', listText(value.definiteFailures), place);
  if (value.failureAnswer !== null) facts.add('reconciliation failure answer', matchText(value.failureAnswer), place);
}
