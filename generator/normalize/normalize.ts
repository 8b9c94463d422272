import type { DeclarableRole, Discovered, Discovery } from '../discover/discover.js';
import type { NativeApi, Operation, Provider, RefundApi, RefundCreation } from '../ir.js';
import { ownObject, ownText } from '../json.js';
import { locationOf, type SpecDocument } from '../load/spec-document.js';
import { error, type Problem, Problems, warning } from '../problem.js';
import { yamlText } from '../yaml-text.js';
import { readAmount } from './amount.js';
import { readAccepted } from './answers.js';
import { checkClashes } from './clashes.js';
import { readAuth, readServers, readSettings } from './connection.js';
import { ask, type Context, type CreateContext, placeText } from './context.js';
import { complete, type Draft } from './draft.js';
import { readErrors } from './errors.js';
import { checkFullRefund } from './full-refund.js';
import { guessPart } from './guess.js';
import { checkHolders } from './holders.js';
import { readIdempotency } from './idempotency.js';
import { readOperation } from './operation.js';
import { readPaymentReading, readReconciliation, readRetrieval } from './reading.js';
import { findPart, readRequest } from './request.js';
import { readStatuses } from './statuses.js';
import { checkTelling } from './telling.js';
import { readXRefund } from './x-refund.js';

/** The names of the operations in the generated code, by pointer. */
export type OperationNames = ReadonlyMap<string, string>;

/** What normalizing comes to: all that is known, the questions, and the IR once there are none. */
export interface Normalized {
  readonly draft: Draft | undefined;
  readonly api: RefundApi | undefined;
  /** Where the schemas stand that the client reads in answers. */
  readonly spine: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Turns a document into the IR: every fact decided once, with its evidence. What decides over money and is neither
 * stated nor declared is a problem that asks for it.
 */
export function normalize(
  document: SpecDocument,
  discovery: Discovery & { readonly create: Discovered },
  names: OperationNames,
  providerId: string,
): Normalized {
  const problems = new Problems();
  const xRefund = readXRefund(document);
  if (!xRefund.ok) return { draft: undefined, api: undefined, spine: [], problems: xRefund.problems };
  const context: Context = { document, xRefund: xRefund.value, discovery, problems, spine: new Set() };
  const create = readOperation(
    document,
    discovery.create,
    'create',
    names.get(discovery.create.pointer) ?? '',
    problems,
  );
  const beside = (role: DeclarableRole): Operation | undefined => readBeside(context, role, names);
  const others = (['retrieve', 'list', 'cancel', 'update', 'payment'] as const).map(beside);
  const [retrieve, , , , payment] = others;
  // An operation may be declared to read both refunds and payments: it is one method of the client.
  const operations = [create, ...others.filter((item) => item !== undefined)].filter(
    ({ evidence }, index, all) => all.findIndex((other) => other.evidence.pointer === evidence.pointer) === index,
  );
  const native = {
    provider: readProvider(context, providerId),
    servers: readServers(context),
    auth: readAuth(context, discovery.create.pointer),
    settings: readSettings(context, operations),
    operations,
  };
  const draft = readDraft({ ...context, create, unit: undefined }, native, retrieve, payment);
  const api = problems.failed ? undefined : complete(draft);
  return { draft, api, spine: [...context.spine], problems: problems.list };
}

function readDraft(
  found: CreateContext,
  native: NativeApi,
  retrieveOperation: Operation | undefined,
  paymentOperation: Operation | undefined,
): Draft {
  const amount = readAmount(found);
  const context: CreateContext = { ...found, unit: amount?.unit?.value };
  const payment = readPaymentPart(context);
  const retrieve = readRetrieval(context, retrieveOperation);
  const paymentReading = readPaymentReading(context, paymentOperation);
  const places = [payment?.value.place, amount?.place, amount?.currency?.place];
  const draft = {
    native,
    operation: context.create.name,
    payment,
    amount,
    request: readRequest(
      context,
      places.filter((place) => place !== undefined),
    ),
    accepted: readAccepted(context),
    statuses: readStatuses(context, retrieveOperation),
    retrieve,
    paymentReading,
    errors: readErrors(context),
    idempotency: readIdempotency(context),
    reconciliation: readReconciliation(context, retrieve, retrieveOperation, paymentReading),
  };
  checkClashes(context, draft);
  checkHolders(context, draft);
  checkFullRefund(context, draft);
  checkTelling(context, draft);
  return draft;
}

/** An operation beside the one that creates. Where it cannot be read, the client goes without it. */
function readBeside(
  { discovery, document, problems }: Context,
  role: DeclarableRole,
  names: OperationNames,
): Operation | undefined {
  const found = discovery[role];
  if (role === 'create' || found === undefined) return undefined;
  const own = new Problems();
  const operation = readOperation(document, found, role, names.get(found.pointer) ?? '', own);
  if (!own.failed || found.basis === 'declared') {
    problems.add(...own.list);
    return operation;
  }
  const why = own.list.find(({ severity }) => severity === 'error');
  const message = `${found.method} ${found.path} is left out: ${why?.message ?? ''}`;
  const hint = why?.hint ?? 'Correct it in the overlay.';
  problems.add(warning(why?.code ?? 'R043', message, hint, why?.location ?? locationOf(document, found.pointer)));
  return undefined;
}

function readProvider({ document, xRefund }: Context, id: string): Provider {
  const info = ownObject(document.value, 'info');
  const title = ownText(info, 'title') ?? id;
  return { id, name: xRefund.provider?.name ?? title, title, version: ownText(info, 'version') ?? '' };
}

function readPaymentPart(context: CreateContext): RefundCreation['payment'] | null {
  const found = findPart(context, 'payment');
  const { create, xRefund } = context;
  const declared = xRefund.request?.payment;
  if (found === null) {
    // A declared place that does not exist has been reported as that.
    if (declared !== undefined) return null;
    const asked = 'which field of the create operation names the payment?';
    ask(context, 'R040', asked, 'request:\n  payment: body.payment_id', create.evidence.pointer);
    return null;
  }
  const { place, required, shape } = found.value;
  const text = placeText(place);
  // A number may be a fraction, which names no payment; of an object or a list, nobody knows what names it.
  if (shape.kind !== 'string' && shape.kind !== 'integer' && shape.kind !== 'any') {
    const hint = 'A payment is named by a string or an integer. Correct the schema in the overlay if it is one.';
    const where = locationOf(context.document, create.evidence.pointer);
    context.problems.add(error('R040', `${text} is ${shape.kind}, which names no payment`, hint, where));
    return null;
  }
  if (declared === undefined) askPayment(context, text, required);
  return { ...found, value: { place, required, type: shape.kind === 'integer' ? 'integer' : 'string' } };
}

/** A refund of another payment is another refund: what only seems to name it is confirmed by a person. */
function askPayment(context: CreateContext, text: string, required: boolean): void {
  const { byPosition, found } = guessPart(context, 'payment');
  const rivals = found.slice(1).map(({ place }) => placeText(place));
  const isTie = rivals.length > 0 && !text.startsWith('path.');
  if (required && !byPosition && !isTie) return;
  const why = byPosition
    ? 'by its position in the path alone'
    : isTie
      ? `and so ${rivals.length === 1 ? 'does' : 'do'} ${rivals.join(', ')}`
      : 'but the spec does not require it';
  const asked = `${text} seems to name the payment, ${why}: is it what a refund is made by?`;
  const more = isTie ? `   # or ${rivals.join(', ')}` : '';
  ask(context, 'R040', asked, `request:\n  payment: ${yamlText(text)}${more}`, context.create.evidence.pointer);
}
