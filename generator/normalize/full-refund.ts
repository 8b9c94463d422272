import type { Operation, RequestPlace } from '../ir.js';
import { locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { ask, type CreateContext, placeText } from './context.js';
import { isAround, isDemanded } from './place.js';
import { type Writers, writtenBy } from './written.js';

/** A full refund leaves the amount and its currency out: what is sent without them has to be whole all the same. */
export function checkFullRefund(context: CreateContext, writers: Writers): void {
  const { amount, payment } = writers;
  if (amount?.full?.value !== 'omitted' || payment === null) return;
  const { create } = context;
  const places = amount.currency === null ? [amount.place] : [amount.place, amount.currency.place];
  const found = places.map((place) => ({ place, left: leftOut(create, place, payment.value.place) }));
  const required = found.find(({ left, place }) => left === undefined && isDemanded(create, place));
  if (required !== undefined) {
    const field = placeText(required.place);
    const what = required.place === amount.place ? 'it cannot be omitted' : 'the amount cannot be left out alone';
    refuse(context, `${field} is required, so ${what}`, 'or take it out of the required fields');
    return;
  }
  const halved = found.flatMap(({ left }) => left ?? []).find((left) => besideAmount(writers, left).length > 0);
  if (halved === undefined) return;
  const beside = besideAmount(writers, halved).map(placeText).join(', ');
  const message = `${placeText(halved)} would still be sent, without an amount: ${beside} is in it as well`;
  refuse(context, message, 'or remove these fields if no refund needs them');
}

/**
 * The outermost place around another that is there for its sake only, and so is left out with it; `undefined` where all
 * around it is sent in any case. The one item of a list goes with the list.
 */
function leftOut(create: Operation, place: RequestPlace, payment: RequestPlace): RequestPlace | undefined {
  return place.path
    .slice(0, -1)
    .map((_, index): RequestPlace => ({ part: place.part, path: place.path.slice(0, index + 1) }))
    .find((outer) => outer.path.at(-1) !== '[]' && !isDemanded(create, outer) && !isAround(outer, payment));
}

/** What else than the amount and its currency is written inside a place. */
function besideAmount(writers: Writers, outer: RequestPlace): readonly RequestPlace[] {
  const written = writtenBy(writers).filter(({ name }) => name !== 'amount' && name !== 'currency');
  return [...written, ...writers.request.others].map(({ place }) => place).filter((place) => isAround(outer, place));
}

/** What is declared is a mistake; what the spec states is a question, which `unsupported` answers. */
function refuse(context: CreateContext, message: string, otherwise: string): void {
  const { create, document, problems, xRefund } = context;
  if (xRefund.amount?.full === undefined) {
    const lines = `amount:\n  full: unsupported   # ${otherwise}`;
    ask(
      context,
      'R035',
      `the spec lets a full refund leave the amount out, but ${message}`,
      lines,
      create.evidence.pointer,
    );
    return;
  }
  const hint = `Declare full: unsupported, ${otherwise}.`;
  problems.add(error('R014', message, hint, locationOf(document, '/x-refund/amount/full')));
}
