import type { Discovered, Discovery } from '../discover/discover.js';
import type { Fact, Operation, Provider, RefundApi, RequestPlace } from '../ir.js';
import { ownObject, ownText } from '../json.js';
import { locationOf, type SpecDocument } from '../load/spec-document.js';
import { error, failure, Problems, type Result } from '../problem.js';
import { readAmount } from './amount.js';
import { readAccepted, readStatuses } from './answers.js';
import { readAuth, readServers, readSettings } from './connection.js';
import type { Context, CreateContext } from './context.js';
import { readErrors } from './errors.js';
import { readIdempotency } from './idempotency.js';
import { readOperation } from './operation.js';
import { readPaymentReading, readReconciliation, readRetrieval } from './reading.js';
import { findPart, readRequest } from './request.js';
import { readXRefund } from './x-refund.js';

/** The names of the operations in the generated code, by pointer. */
export type OperationNames = ReadonlyMap<string, string>;

/**
 * Turns a document into the IR: every fact decided once, with its evidence. What decides over money and is neither
 * stated nor declared is a problem that asks for it.
 */
export function normalize(
  document: SpecDocument,
  discovery: Discovery,
  names: OperationNames,
  providerId: string,
): Result<RefundApi> {
  const problems = new Problems();
  const xRefund = readXRefund(document);
  if (!xRefund.ok) return failure(...xRefund.problems);
  const context: Context = { document, xRefund: xRefund.value, discovery, problems };
  const { create, retrieve, payment } = discovery;
  const read = (found: Discovered): Operation =>
    readOperation(document, found, names.get(found.pointer) ?? '', problems);
  const createOperation = read(create);
  const retrieveOperation = retrieve && read(retrieve);
  const paymentOperation = payment && read(payment);
  const createContext: CreateContext = { ...context, create: createOperation };
  const retrieval = readRetrieval(createContext, retrieveOperation);
  const paymentReading = readPaymentReading(createContext, paymentOperation);
  const operations = [createOperation, retrieveOperation, paymentOperation].filter((item) => item !== undefined);
  const amount = readAmount(createContext);
  const paymentPart = readPaymentPart(createContext);
  const api = {
    provider: readProvider(context, providerId),
    servers: readServers(context),
    auth: readAuth(context, create.pointer),
    settings: readSettings(context, operations),
    operations,
    retrieve: retrieval,
    payment: paymentReading,
    errors: readErrors(createContext),
    idempotency: readIdempotency(createContext),
    reconciliation: readReconciliation(createContext, retrieval, paymentReading),
  };
  const creation = {
    operation: createOperation.name,
    ...readRequest(createContext),
    accepted: readAccepted(createContext),
    statuses: readStatuses(createContext, retrieveOperation),
  };
  if (amount === undefined || paymentPart === undefined) return failure(...problems.list);
  return problems.result<RefundApi>({ ...api, create: { ...creation, amount, payment: paymentPart } });
}

function readProvider({ document, xRefund }: Context, id: string): Provider {
  const info = ownObject(document.value, 'info');
  const title = ownText(info, 'title') ?? id;
  return { id, name: xRefund.provider?.name ?? title, title, version: ownText(info, 'version') ?? '' };
}

function readPaymentPart(
  context: CreateContext,
): Fact<{ readonly place: RequestPlace; readonly type: 'string' | 'integer' }> | undefined {
  const found = findPart(context, 'payment');
  const { create, document, problems } = context;
  if (found === null) {
    // A declared place that does not exist has been reported as that.
    if (context.xRefund.request?.payment !== undefined) return undefined;
    const hint = 'Say where it is in the overlay: x-refund: { request: { payment: body.payment_id } }.';
    const where = locationOf(document, create.evidence.pointer);
    problems.add(error('R040', 'the create operation has no field that names the payment', hint, where));
    return undefined;
  }
  const { place, required, shape } = found.value;
  if (!required) {
    const hint = 'Make it required in the overlay: a refund without a payment refunds nothing that anybody named.';
    const where = locationOf(document, create.evidence.pointer);
    problems.add(error('R040', `${place.path.join('.')} names the payment, but is optional`, hint, where));
  }
  return { ...found, value: { place, type: shape.kind === 'integer' ? 'integer' : 'string' } };
}
