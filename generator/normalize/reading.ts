import { isRefund, words } from '../discover/words.js';
import type { Fact, Operation, Path, PaymentReading, Reconciliation, RefundRetrieval } from '../ir.js';
import { type JsonValue, own } from '../json.js';
import { locationOf } from '../load/spec-document.js';
import { error, warning } from '../problem.js';
import { answerBody, lookUp, schemasInAnswer } from './answer-body.js';
import { askUnit, checkMark, readCase, readEncoding, readPaymentId } from './answers.js';
import { ask, bodyPath, type CreateContext, placeText, requestPlace, xFact } from './context.js';
import { toMatch } from './errors.js';
import { holderOf } from './place.js';
import { caseLines, suggestCase } from './suggest.js';

/** How a refund is read back, where the provider has an operation for it. */
export function readRetrieval(context: CreateContext, operation: Operation | undefined): RefundRetrieval | null {
  if (operation === undefined) return null;
  const declared = context.xRefund.retrieve;
  const isChosen = context.discovery.retrieve?.basis === 'declared';
  if (declared === undefined && !(isCallable(operation) && (isChosen || isByRefund(operation)))) {
    const hint = 'The client will have no retrieve; the operation is in its native part.';
    const message = `${operation.method} ${operation.path} reads a refund, but not by its id alone, which is not supported yet`;
    context.problems.add(warning('R045', message, hint, locationOf(context.document, operation.evidence.pointer)));
    return null;
  }
  const parameter = onlyPathParameter(context, operation);
  if (declared === undefined) {
    const { amount, ...found } = suggestCase(context.document, answerBody(operation, '200'));
    // An amount whose currency nobody knows is none.
    const isMoney = amount !== undefined && found.currency !== undefined;
    const suggested = caseLines(isMoney ? { ...found, amount } : found, true);
    const lines = ['retrieve:', ...suggested.map((line) => `  ${line}`)].join('\n');
    ask(context, 'R031', `where does ${operation.path} say what?`, lines, operation.evidence.pointer);
    return null;
  }
  const answer = readCase(context, declared, answerBody(operation, '200'), ['retrieve']);
  if ([answer.amount, answer.remaining].some((amount) => amount !== null && amount.currency === null)) {
    const hint =
      'Say where the currency is: retrieve: { currency: body.<place> }. If the answer has none, leave the amount out.';
    const where = locationOf(context.document, '/x-refund/retrieve');
    context.problems.add(
      error('R014', 'a refund that is read by its id has an amount without a currency', hint, where),
    );
  }
  return { operation: operation.name, parameter, answer: xFact(context, ['retrieve'], answer) };
}

/** `GET` with one path parameter: the id of the refund. */
function isCallable({ answers, method, parameters }: Operation): boolean {
  const needed = parameters.filter(({ required }) => required);
  return (
    method === 'GET' && needed.length === 1 && needed[0]?.in === 'path' && answers.some(({ body }) => body === 'json')
  );
}

/** `/refunds/{id}`, `/payments/{refund_id}`; in `/payments/{id}/refund` the parameter is the id of something else. */
function isByRefund({ parameters, path }: Operation): boolean {
  const name = parameters.find(({ in: place }) => place === 'path')?.name ?? '';
  const before = path.slice(0, Math.max(0, path.indexOf(`{${name}}`)));
  return [...words(before), ...words(name)].some(isRefund);
}

/** What the provider shows of a payment, where the overlay says how to read it. */
export function readPaymentReading(context: CreateContext, operation: Operation | undefined): PaymentReading | null {
  const declared = context.xRefund.payment;
  if (declared === undefined) return null;
  if (operation === undefined) {
    const hint = 'Name it in the overlay: x-refund: { operations: { payment: GET /path } }.';
    const where = locationOf(context.document, '/x-refund/payment');
    context.problems.add(error('R014', 'no operation reads a payment', hint, where));
    return null;
  }
  const body = answerBody(operation, '200');
  const find = (place: string, ...keys: readonly string[]) => lookUp(context, body, place, ['payment', ...keys]);
  const total = find(declared.total, 'total');
  const { path, type } = readPaymentId(context, declared.id, find(declared.id, 'id'));
  find(declared.currency, 'currency');
  const lines = 'amount:\n  unit: minor   # or major: of the request, and of the payment';
  const encoding = readEncoding(context, declared.total, total);
  askUnit(context, { place: declared.total, encoding, lines }, total);
  const { failure, pending } = declared;
  if (pending !== undefined) {
    const found = find(pending.field, 'pending', 'field');
    // Of a truth value or a number, no text is ever the value: nothing would seem to be pending.
    for (const [index, value] of pending.values.entries()) {
      checkMark(context, [pending.field, value], found, ['payment', 'pending', 'values', index]);
    }
  }
  if (failure !== undefined) {
    find(failure.attempts, 'failure', 'attempts');
    find(failure.code, 'failure', 'code');
  }
  return {
    operation: operation.name,
    parameter: onlyPathParameter(context, operation),
    id: { path, type },
    measure: declared.measure,
    total: xFact(context, ['payment'], {
      path: bodyPath(declared.total),
      encoding,
      unit: context.unit ?? 'minor',
      currency: bodyPath(declared.currency),
    }),
    pending: pending === undefined ? null : { path: bodyPath(pending.field), values: pending.values },
    failure: failure === undefined ? null : { attempts: bodyPath(failure.attempts), code: bodyPath(failure.code) },
  };
}

/** A read operation names what it reads with one path parameter. */
function onlyPathParameter({ document, problems }: CreateContext, operation: Operation): string {
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const [parameter] = inPath;
  if (parameter !== undefined && inPath.length === 1) return parameter.name;
  const hint = 'Only paths with a single parameter are supported so far.';
  const where = locationOf(document, operation.evidence.pointer);
  problems.add(error('R040', `${operation.path} has ${inPath.length} path parameters, not one`, hint, where));
  return '';
}

/** What there is to look at when an outcome is not known. */
export function readReconciliation(
  context: CreateContext,
  retrieve: RefundRetrieval | null,
  retrieveOperation: Operation | undefined,
  payment: PaymentReading | null,
): Fact<Reconciliation> | null {
  const { create, document, problems, xRefund } = context;
  const declared = xRefund.reconciliation;
  if (declared === undefined) {
    const lines =
      'reconciliation: none   # or { by: payment }, or { by: refund, reference: body.<where refundRef is> }';
    const question = 'what is there to look at when the outcome of a refund is not known?';
    ask(context, 'R036', question, lines, create.evidence.pointer);
    return null;
  }
  if (declared === 'none') return xFact(context, ['reconciliation'], { kind: 'none' });
  const lacking = declared.by === 'refund' ? retrieve === null && 'retrieve' : payment === null && 'payment';
  if (lacking !== false) {
    const hint = `Declare x-refund: { ${lacking}: … }, and its operation.`;
    const where = locationOf(document, '/x-refund/reconciliation');
    problems.add(error('R014', `reconciling by ${declared.by} needs ${lacking}`, hint, where));
  }
  if (declared.by === 'refund') {
    if (retrieveOperation !== undefined) checkReference(context, retrieveOperation, declared.reference);
    return xFact(context, ['reconciliation'], { kind: 'refund', reference: bodyPath(declared.reference) });
  }
  return xFact(context, ['reconciliation'], {
    kind: 'payment',
    definiteFailures: [...(declared.definiteFailures ?? [])].sort(),
    failureAnswer: declared.failureAnswer === undefined ? null : toMatch(declared.failureAnswer),
  });
}

/** The refundRef comes back in a field of its own, or in an object that holds whatever the caller has sent. */
function checkReference(context: CreateContext, retrieve: Operation, place: string): void {
  const body = answerBody(retrieve, '200');
  const at = (path: Path) => schemasInAnswer(context.document, body, path);
  const path = bodyPath(place);
  const isHeld = at(path).length === 0 && at(path.slice(0, -1)).some(({ schema }) => isMap(schema));
  lookUp(context, body, isHeld ? placeText(holderOf(requestPlace(place))) : place, ['reconciliation', 'reference']);
}

function isMap(schema: JsonValue): boolean {
  const more = own(schema, 'additionalProperties');
  const isFree = ['properties', 'allOf', 'anyOf', 'oneOf'].every((word) => own(schema, word) === undefined);
  return more === undefined ? isFree : more !== false;
}
