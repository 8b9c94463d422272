import type { AmountIn, AnswerCase, Place, RefundCreation } from '../ir.js';
import { listedSuccesses } from '../normalize/answers.js';
import type { Draft } from '../normalize/draft.js';
import type { Facts } from './facts.js';
import { listText, NOT_KNOWN, pathText, wordText } from './texts.js';

/** What answers mean: those of the create operation, and what is read of refunds and payments. */
export function addAnswers(facts: Facts, draft: Draft): void {
  const { accepted, native, operation, paymentReading, retrieve } = draft;
  for (const answer of accepted) addAccepted(facts, answer);
  const create = native.operations.find(({ name }) => name === operation);
  for (const status of create === undefined ? [] : listedSuccesses({ create })) {
    if (!accepted.some((answer) => answer.status === status)) facts.add(`success ${wordText(status)}`, NOT_KNOWN);
  }
  addStatuses(facts, draft);
  if (retrieve !== null) {
    const { answer, operation: reader, parameter } = retrieve;
    const when = whenText(answer.value.when);
    facts.add('retrieve', `${reader} by ${wordText(parameter)}${when === '' ? '' : ` if ${when}`}`, answer.evidence);
    addCase(facts, 'retrieve', answer.value, answer.evidence);
  }
  if (paymentReading !== null) addPaymentReading(facts, paymentReading);
}

function addAccepted(facts: Facts, { cases, empty, status }: RefundCreation['accepted'][number]): void {
  const subject = `success ${wordText(status)}`;
  const whens = cases.value.map(({ when }) => whenText(when));
  const order = whens.every((when) => when === '') ? '' : `, ${whens.map((when) => when || 'otherwise').join('; ')}`;
  // The first case that fits counts, so their order is part of what the answer means.
  facts.add(subject, `${empty ? 'no body is read' : 'a body'}${order}`, cases.evidence);
  for (const item of cases.value) {
    const when = whenText(item.when);
    addCase(facts, when === '' ? subject : `${subject} if ${when}:`, item, cases.evidence);
  }
}

function whenText(when: AnswerCase['when']): string {
  return when.map(({ is, path }) => `${pathText(path)}=${JSON.stringify(is)}`).join(' and ');
}

function addCase(
  facts: Facts,
  subject: string,
  { amount, createdAt, failure, id, note, payment, reason, remaining, status }: Omit<AnswerCase, 'when'>,
  place: Place,
): void {
  const values: Readonly<Record<string, string | null>> = {
    id: id && pathText(id),
    payment: payment && `${pathText(payment.path)}, ${payment.type}${payment.optional ? ', may be missing' : ''}`,
    amount: amount && amountText(amount),
    status: 'is' in status ? `always ${status.is}` : pathText(status.path),
    reason:
      reason &&
      `${pathText(reason.path)}, ${reason.values === null ? 'any text' : `one of ${listText(reason.values)}`}`,
    note: note && pathText(note),
    remaining: remaining && amountText(remaining),
    failure: failure && pathText(failure),
    createdAt: createdAt && `${pathText(createdAt.path)}, ${createdAt.format}`,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) facts.add(`${subject} ${name}`, value, place);
  }
}

function amountText({ currency, encoding, path, unit }: AmountIn): string {
  const of = currency === null ? 'the caller’s currency' : `currency ${pathText(currency)}`;
  return `${pathText(path)}, ${encoding}, ${unit} units, ${of}`;
}

/**
 * Of a spec that lists statuses, those that it lists: an overlay may already say what others mean, which the spec does
 * not have, or no longer.
 */
function addStatuses(facts: Facts, { statuses: { classes, declared, listed, places } }: Draft): void {
  const meaning = new Map(
    (classes?.value ?? (places.length > 0 ? declared : [])).map(({ raw, status }) => [raw, status]),
  );
  const raws = listed.length > 0 ? listed : [...meaning.keys()];
  for (const raw of [...raws].sort()) {
    facts.add(`status ${wordText(raw)}`, meaning.get(raw) ?? NOT_KNOWN, classes?.evidence);
  }
}

function addPaymentReading(
  facts: Facts,
  { failure, id, measure, operation, parameter, pending, total }: NonNullable<Draft['paymentReading']>,
): void {
  const add = (subject: string, value: string): void => facts.add(subject, value, total.evidence);
  add('payment reading', `${operation} by ${wordText(parameter)}`);
  add('payment reading id', `${pathText(id.path)}, ${id.type}`);
  add('payment reading total', `${measure}: ${amountText(total.value)}`);
  if (pending !== null) add('payment reading pending', `${pathText(pending.path)} one of ${listText(pending.values)}`);
  if (failure !== null) {
    add('payment reading failure', `${pathText(failure.code)} of the first of ${pathText(failure.attempts)}`);
  }
}
