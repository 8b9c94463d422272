import type { Fact, Reasons, RefundCreation, RequestField, RequestPlace, Shape } from '../ir.js';
import { assumedAt, locationOf } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error } from '../problem.js';
import { type CreateContext, requestPlace, xFact } from './context.js';
import type { RequestPart } from './x-refund.js';

/** A place of the request with what the spec demands there. */
interface Found {
  readonly place: RequestPlace;
  readonly shape: Shape;
  readonly required: boolean;
}

/** Names under which a body carries a part, where the overlay does not say it. */
const USUAL_NAMES: Readonly<Record<RequestPart, readonly string[]>> = {
  payment: [
    'payment',
    'payment_id',
    'paymentId',
    'payment_intent',
    'charge',
    'charge_id',
    'transaction',
    'transaction_id',
  ],
  amount: ['amount'],
  reference: ['reference', 'refund_reference'],
  reason: ['reason'],
  note: ['note', 'notes'],
  metadata: ['metadata'],
};

/** The place of a part of the refund: as declared, or else by its usual name. */
export function findPart(context: CreateContext, part: RequestPart): Fact<Found> | null {
  const declared = context.xRefund.request?.[part];
  if (declared !== undefined) {
    const place = requestPlace(declared);
    const found = placeIn(context, place, part === 'reference');
    if (found !== undefined) return xFact(context, ['request', part], found);
    const where = locationOf(context.document, toPointer(['x-refund', 'request', part]));
    const hint = 'Write it as <path|query|header|body>.<name>, with the names of the spec.';
    context.problems.add(error('R014', `the create operation has no ${declared}`, hint, where));
    return null;
  }
  const places = [...usualPlaces(context, part)];
  const [found] = places.flatMap((place) => placeIn(context, place, false) ?? []);
  return found === undefined ? null : assumedAt(context.document, context.create.evidence.pointer, found);
}

function usualPlaces({ create }: CreateContext, part: RequestPart): readonly RequestPlace[] {
  const inBody = USUAL_NAMES[part].map((name): RequestPlace => ({ part: 'body', path: [name] }));
  const inPath = create.parameters.filter((parameter) => parameter.in === 'path');
  const [only] = inPath;
  if (part !== 'payment' || inPath.length !== 1 || only === undefined) return inBody;
  return [{ part: 'path', path: [only.name] }, ...inBody];
}

/** @param open - whether a free key of an object without fixed fields will do, as in metadata. */
function placeIn({ create }: CreateContext, place: RequestPlace, open: boolean): Found | undefined {
  const [first, ...rest] = place.path;
  if (place.part !== 'body') {
    const parameter = create.parameters.find((item) => item.in === place.part && item.name === first);
    return parameter && rest.length === 0 ? { place, shape: parameter.shape, required: parameter.required } : undefined;
  }
  let shape: Shape | undefined = create.body?.shape;
  let required = create.body?.required === true;
  for (const key of place.path) {
    if (shape?.kind !== 'object') return undefined;
    const field: { readonly shape: Shape; readonly required: boolean } | undefined = shape.fields.find(
      ({ name }) => name === key,
    );
    if (field === undefined) {
      if (!open || shape.closed || shape.fields.length > 0) return undefined;
      return { place, shape: TEXT, required: false };
    }
    required &&= field.required;
    shape = field.shape;
  }
  return shape === undefined ? undefined : { place, shape, required };
}

const TEXT: Shape = {
  kind: 'string',
  nullable: false,
  description: '',
  enum: null,
  minLength: null,
  maxLength: null,
  pattern: null,
  format: null,
};

/** The parts of the request that are not money, as the caller sets them. */
export function readRequest(
  context: CreateContext,
): Pick<RefundCreation, 'reference' | 'reason' | 'note' | 'metadata' | 'others'> {
  const reference = findPart(context, 'reference');
  const reason = findPart(context, 'reason');
  const field = (part: 'note' | 'metadata'): Fact<RequestField> | null => {
    const found = findPart(context, part);
    return found && { ...found, value: { ...found.value, name: part } };
  };
  const note = field('note');
  const metadata = field('metadata');
  const taken = [reference, reason, note, metadata, findPart(context, 'payment'), findPart(context, 'amount')].flatMap(
    (found) => (found === null ? [] : [placeKey(found.value.place)]),
  );
  const maxLength = reference?.value.shape.kind === 'string' ? reference.value.shape.maxLength : null;
  return {
    reference: reference && { ...reference, value: { place: reference.value.place, maxLength } },
    reason: reason && { ...reason, value: readReasons(context, reason.value) },
    note,
    metadata,
    others: readOthers(context, taken),
  };
}

function readReasons({ xRefund }: CreateContext, { place, required, shape }: Found): Reasons {
  const values = shape.kind === 'string' ? shape.enum : null;
  const effects = Object.entries(xRefund.reasons?.sideEffects ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return { place, required, values, sideEffects: effects.map(([reason, effect]) => ({ reason, effect })) };
}

/** Every other field of the body and every parameter that is not a setting: passed on as it is. */
function readOthers({ create, xRefund, problems, document }: CreateContext, taken: readonly string[]): RequestField[] {
  const settings = Object.keys(xRefund.settings ?? {});
  const key = typeof xRefund.idempotency === 'object' ? xRefund.idempotency.header : undefined;
  const parameters = create.parameters
    .filter((item) => !(item.in === 'header' && (settings.includes(item.name) || item.name === key)))
    .map(({ name, in: part, required, shape }) => ({ name, place: { part, path: [name] }, required, shape }));
  const bodyShape = create.body?.shape;
  const fields = (bodyShape?.kind === 'object' ? bodyShape.fields : []).map(({ name, required, shape }) => ({
    name,
    place: { part: 'body' as const, path: [name] },
    required,
    shape,
  }));
  const others = [...parameters, ...fields]
    .filter(({ place }) => !taken.some((used) => used === placeKey(place) || used.startsWith(`${placeKey(place)}.`)))
    .map((field) => ({ ...field, name: fieldName(field.name) }));
  const currency = others.find(({ name }) => /currency/i.test(name));
  if (currency !== undefined) {
    const hint = 'It would have to be that of the amount. Remove it in the overlay if the provider can do without.';
    const message = `the create operation takes a currency (${placeKey(currency.place)}), which is not supported yet`;
    problems.add(error('R045', message, hint, locationOf(document, create.evidence.pointer)));
  }
  const clash = others.find(
    ({ name }, index) => OWN_NAMES.includes(name) || others.findIndex((o) => o.name === name) !== index,
  );
  if (clash !== undefined && !problems.failed) {
    const hint = 'Declare what it is in the overlay: x-refund: { request: { … } }, or remove it there.';
    const message = `the request field ${JSON.stringify(clash.name)} has the name of another one`;
    problems.add(error('R044', message, hint, locationOf(document, create.evidence.pointer)));
  }
  return others;
}

const OWN_NAMES = ['refundRef', 'payment', 'amount', 'reason', 'note', 'metadata', 'expect'];

/** `order_lines` and `Order-Lines` are `orderLines` in TypeScript. */
function fieldName(name: string): string {
  const joined = name
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
  // Every object has a property of that name already.
  return Object.hasOwn(Object.prototype, joined) ? `${joined}Value` : joined;
}

function placeKey(place: RequestPlace): string {
  return [place.part, ...place.path].join('.');
}
