import type { AnswerCase } from '../ir.js';
import { locationOf } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error } from '../problem.js';
import type { CreateContext } from './context.js';
import type { Draft } from './draft.js';

/** Cases that would take any JSON for a refund, and cases that another one hides. */
export function checkTelling(context: CreateContext, draft: Pick<Draft, 'accepted' | 'amount' | 'retrieve'>): void {
  const isAmountSure = draft.amount?.full?.value === 'unsupported';
  for (const { cases, empty, status } of draft.accepted) {
    if (empty) continue;
    cases.value.forEach((one, index) => {
      const keys = ['answers', status, index];
      if (!tells(one, isAmountSure)) refuseSilent(context, keys, `a JSON answer ${status}`);
      if (cases.value.slice(0, index).some((earlier) => hides(earlier, one))) refuseHidden(context, keys, status);
    });
  }
  const read = draft.retrieve?.answer.value;
  if (read !== undefined && !tells(read, true)) refuseSilent(context, ['retrieve'], 'a refund that is read by its id');
}

/**
 * Whether something has to be in an answer for it to be read as this case. What is optional, or is told for information
 * only, may be missing from an error in an envelope just as well.
 *
 * @param isAmountSure - whether every refund has an amount, and with it a currency to read one of an answer by.
 */
function tells({ amount, id, payment, status, when }: AnswerCase, isAmountSure: boolean): boolean {
  const isMoney = amount !== null && (amount.currency !== null || isAmountSure);
  return when.length > 0 || id !== null || payment?.optional === false || isMoney || 'path' in status;
}

/** Whether every answer that is of the second case is of the first one already. */
function hides(earlier: AnswerCase, later: AnswerCase): boolean {
  const marks = new Set(later.when.map((mark) => JSON.stringify(mark)));
  return earlier.when.every((mark) => marks.has(JSON.stringify(mark)));
}

function refuseSilent({ document, problems }: CreateContext, keys: readonly (string | number)[], what: string): void {
  const hint = 'Name where it has the id or a status, or say with when: { body.<place>: <value> } what tells it.';
  const message = `nothing has to be in ${what}: any JSON, such as an error, would be taken for a refund`;
  problems.add(error('R014', message, hint, locationOf(document, toPointer(['x-refund', ...keys]))));
}

function refuseHidden({ document, problems }: CreateContext, keys: readonly (string | number)[], status: string): void {
  const hint =
    'Put the case with more in its when first, or remove one of them. Lists of several overlay actions are joined.';
  const message = `this case of an answer ${status} is never read: an earlier one is taken for it`;
  problems.add(error('R014', message, hint, locationOf(document, toPointer(['x-refund', ...keys]))));
}
