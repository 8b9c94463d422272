import type { AnswerMatch, ErrorBody, Fact, Reconciliation, RefundApi } from '../ir.js';
import { docComment } from './comment.js';
import { evidence } from './evidence.js';
import { runtimeModule } from './imports.js';
import { Code, type Literal, literal, stringLiteral } from './literal.js';
import type { ViewContext } from './view.js';
import { readingName } from './view-answers.js';
import { exponentsLiteral } from './view-request.js';

/** What decides over retries, refusals and what can be looked up afterwards. */
export interface SafetyView {
  readonly exponents: string;
  readonly exponentsDoc: string;
  readonly errorBody: string;
  readonly ambiguous: string;
  readonly refused: string;
  readonly kinds: string;
  /** The `replay` of the runtime; empty where a refund is sent at most once. */
  readonly replay: string;
  readonly idempotencyDoc: string;
  readonly whenUnknown: string;
  /** The `PaymentReconciliation` of the runtime; empty where no payment is read. */
  readonly payment: PaymentView | null;
  readonly retrieve: RetrieveView | null;
  /** How `reconcile` works: `none`, `refund` or `payment`. */
  readonly reconcilesByRefund: boolean;
  readonly reconcilesByPayment: boolean;
  readonly mayProveAbsence: boolean;
  /** The function of the runtime that reconciles by the payment. */
  readonly reconcileFunction: string;
}

export interface PaymentView {
  readonly operation: string;
  readonly parameter: string;
  readonly measure: string;
  readonly id: string;
  readonly total: string;
  readonly pending: string;
  /** Properties, each a line. */
  readonly failure: readonly string[];
  readonly definiteFailures: string;
  readonly failureAnswer: string;
}

export interface RetrieveView {
  readonly operation: string;
  readonly parameter: string;
  /** The marks of an answer that has the refund; empty where there are none. */
  readonly when: string;
  /** Where the refund carries the `refundRef`; empty where it does not. */
  readonly reference: string;
}

export function viewSafety(context: ViewContext): SafetyView {
  const { api, imports } = context;
  const { errors, reconciliation } = api;
  imports.type(runtimeModule('amount'), 'Exponents');
  imports.type(runtimeModule('definition'), 'RefundDefinition');
  imports.type(runtimeModule('journal'), 'RefundAttempt');
  imports.value(runtimeModule('refund'), 'refund');
  imports.value(runtimeModule('release'), 'releaseAttempt');
  const kind = reconciliation.value.kind;
  importReconciliation(context, kind);
  const matches = (facts: readonly Fact<AnswerMatch>[]): string =>
    literal(facts.map(({ value }) => matchLiteral(value)));
  return {
    exponents: literal(exponentsLiteral(api.create.amount.exponents)),
    exponentsDoc: exponentsDoc(context),
    errorBody: errorBody(context, errors.body.value),
    ambiguous: matches(errors.ambiguous),
    refused: matches(errors.refused),
    kinds: literal(Object.fromEntries(errors.kinds.map(({ value }) => [value.code, value.kind]))),
    replay: replay(context),
    idempotencyDoc: idempotencyText(context),
    whenUnknown: stringLiteral(replay(context) === '' ? lookingStep(api) : 'call_again'),
    payment: viewPayment(context),
    retrieve: viewRetrieve(context),
    reconcilesByRefund: kind === 'refund',
    reconcilesByPayment: kind === 'payment',
    mayProveAbsence: mayProveAbsence(api),
    reconcileFunction: reconcileFunction(api),
  };
}

function importReconciliation({ api, imports }: ViewContext, kind: Reconciliation['kind']): void {
  const module = runtimeModule('reconcile');
  if (kind !== 'none') imports.type(module, 'Happened', 'StillUnknown');
  if (kind === 'refund') {
    imports.value(module, 'reconcileByRefund');
    imports.type(module, 'RefundReconciliation');
  }
  if (kind === 'payment') {
    imports.value(module, reconcileFunction(api));
    imports.type(module, 'PaymentEvidence', 'PaymentReconciliation');
    if (mayProveAbsence(api)) imports.type(module, 'DidNotHappen');
  }
}

/** What is left to do where sending again is not. */
function lookingStep({ reconciliation }: RefundApi): string {
  return reconciliation.value.kind === 'none' ? 'ask_provider' : 'reconcile';
}

/** Whether what the payment shows can prove that an attempt did not happen. */
function mayProveAbsence({ reconciliation }: RefundApi): boolean {
  return reconciliation.value.kind === 'payment' && reconciliation.value.failureAnswer !== null;
}

function reconcileFunction(api: RefundApi): string {
  return mayProveAbsence(api) ? 'reconcileByPaymentOrFailure' : 'reconcileByPayment';
}

function exponentsDoc({ api }: ViewContext): string {
  const said = 'Where the decimals of a currency are not those of ISO 4217, or are not known.';
  return `${docComment([`${said} ${evidence(api.create.amount.exponents)}`])}\n`;
}

function errorBody({ imports }: ViewContext, body: ErrorBody): string {
  const module = runtimeModule('error-body');
  if (body.kind === 'keyed') return `${imports.value(module, 'keyedErrors')}(${literal(body.general)})`;
  if (body.kind === 'problem') return `${imports.value(module, 'problemErrors')}()`;
  const { details } = body;
  const [message = [], ...messages] = body.message;
  const places: Literal = {
    code: body.code,
    message,
    messages: messages.length === 0 ? undefined : messages,
    field: body.field ?? undefined,
    details:
      details === null
        ? undefined
        : {
            list: details.list,
            code: details.code ?? undefined,
            message: details.message ?? undefined,
            field: details.field ?? undefined,
          },
  };
  return `${imports.value(module, 'namedErrors')}(${literal(places, 0, 48)})`;
}

function matchLiteral({ code, status }: AnswerMatch): Literal {
  return { status, code: code ?? undefined };
}

function replay({ api, imports }: ViewContext): string {
  const idempotency = api.idempotency.value;
  if (idempotency.kind === 'none' || idempotency.replay === false) return '';
  return `${imports.value(runtimeModule('retry'), 'replayWithKey')}(${idempotency.replay.keyLifetimeHours}, ${stringLiteral(lookingStep(api))})`;
}

/** What repeating does, as a sentence for the `refund` method. */
function idempotencyText({ api }: ViewContext): string {
  const { value } = api.idempotency;
  const said =
    value.kind === 'none'
      ? 'Sent at most once: this provider has no idempotency key.'
      : value.replay === false
        ? 'Sent at most once: an idempotency key goes out with it, but what a repeated one does is not documented.'
        : `Sent again, with the same bytes and the same key, where that may help: a repeated key is acted on once for ${value.replay.keyLifetimeHours} hours.`;
  return `${said} ${evidence(api.idempotency)}`;
}

function viewPayment(context: ViewContext): PaymentView | null {
  const { api, imports } = context;
  const { payment, reconciliation } = api;
  if (payment === null) return null;
  imports.value(runtimeModule('answer'), 'amount');
  if (reconciliation.value.kind !== 'payment') imports.type(runtimeModule('payment'), 'PaymentReading');
  const { currency, path } = payment.total.value;
  const { failure, pending } = payment;
  if (pending !== null) imports.value(runtimeModule('answer'), 'optionalText');
  if (failure !== null) imports.value(runtimeModule('answer'), 'count', 'detail', 'maybe', 'text');
  const rules = reconciliation.value.kind === 'payment' ? reconciliation.value : null;
  return {
    operation: payment.operation,
    parameter: idParameter(api, payment, 'payment'),
    measure: stringLiteral(payment.measure),
    id: `${imports.value(runtimeModule('answer'), payment.id.type === 'integer' ? 'integer' : 'text')}(body, ${literal(payment.id.path)})`,
    total: `amount(body, ${literal(path)}, ${literal(currency ?? [])}, ${readingName(context, payment.total.value)})`,
    pending:
      pending === null
        ? 'false'
        : `${literal(pending.values)}.includes(optionalText(body, ${literal(pending.path)}) ?? '')`,
    failure:
      failure === null
        ? []
        : [
            `...maybe('attempts', body, ${literal(failure.attempts)}, count),`,
            `...detail('failureCode', body, ${literal(failure.code)}, text),`,
          ],
    definiteFailures: literal(rules?.definiteFailures ?? []),
    failureAnswer: rules?.failureAnswer ? literal(matchLiteral(rules.failureAnswer)) : '',
  };
}

function viewRetrieve({ api, imports }: ViewContext): RetrieveView | null {
  const { reconciliation, retrieve } = api;
  if (retrieve === null) return null;
  imports.value(runtimeModule('retrieve'), 'retrieveRefund');
  imports.type(runtimeModule('read'), 'Found');
  if (reconciliation.value.kind !== 'refund') imports.type(runtimeModule('retrieve'), 'RefundReading');
  const rules = reconciliation.value.kind === 'refund' ? reconciliation.value : null;
  if (rules !== null) imports.value(runtimeModule('answer'), 'valueAt');
  const { when } = retrieve.answer.value;
  return {
    operation: retrieve.operation,
    parameter: idParameter(api, retrieve, 'refundId'),
    when: when.length === 0 ? '' : literal(when.map(({ is, path }) => ({ path, is }))),
    reference: rules === null ? '' : literal(rules.reference),
  };
}

/** The id of what is read as its path parameter. Ids are text here: where the spec has numbers, it wants one. */
function idParameter(
  { operations }: RefundApi,
  { operation, parameter }: { readonly operation: string; readonly parameter: string },
  id: string,
): string {
  const { shape } =
    operations
      .find(({ name }) => name === operation)
      ?.parameters.find((item) => item.in === 'path' && item.name === parameter) ?? {};
  const isNumber = shape?.kind === 'integer' || shape?.kind === 'number';
  return literal({ [parameter]: new Code(isNumber ? `Number(${id})` : id) });
}
