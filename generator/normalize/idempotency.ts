import type { Fact, Idempotency } from '../ir.js';
import { assumedAt, locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { ask, type CreateContext, xFact } from './context.js';

/** Whether a repeated call is safe. Never guessed: a header of that name proves nothing about what it does. */
export function readIdempotency(context: CreateContext): Fact<Idempotency> {
  const { create, document, problems, xRefund } = context;
  const declared = xRefund.idempotency;
  if (declared === undefined) {
    const lines = 'idempotency: none   # or { header: Idempotency-Key, replay: { keyLifetimeHours: 24 } }';
    ask(context, 'R033', 'is it safe to repeat a refund? A blind retry refunds twice', lines, create.evidence.pointer);
    return assumedAt(document, create.evidence.pointer, { kind: 'none' });
  }
  if (declared === 'none') return xFact(context, ['idempotency'], { kind: 'none' });
  if (!create.parameters.some(({ in: place, name }) => place === 'header' && name === declared.header)) {
    const hint = 'Add the header to the parameters of the operation in the overlay.';
    const where = locationOf(document, '/x-refund/idempotency/header');
    problems.add(error('R014', `the create operation has no header parameter ${declared.header}`, hint, where));
  }
  return xFact(context, ['idempotency'], { kind: 'header', name: declared.header, replay: declared.replay });
}
