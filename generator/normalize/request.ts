import type { Fact, FixedField, Reasons, RefundCreation, RequestField, RequestPlace, Shape } from '../ir.js';
import { assumedAt, locationOf } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error } from '../problem.js';
import { type CreateContext, placeText, requestPlace, xFact } from './context.js';
import { guessPart } from './guess.js';
import { readOthers } from './others.js';
import { findPlace, holderOf, isDemanded, type PlacedShape } from './place.js';
import type { RequestPart } from './x-refund.js';

/** The place of a part of the refund: as declared, or else by its name. */
export function findPart(context: CreateContext, part: RequestPart): Fact<PlacedShape> | null {
  const declared = context.xRefund.request?.[part];
  if (declared !== undefined) {
    const place = requestPlace(declared);
    const found = findPlace(context.create, place) ?? (part === 'reference' ? openPlace(context, place) : undefined);
    if (found !== undefined) return xFact(context, ['request', part], found);
    const where = locationOf(context.document, toPointer(['x-refund', 'request', part]));
    const hint = 'Write it as <path|query|header|body>.<name>, with the names of the spec.';
    context.problems.add(error('R014', `the create operation has no ${declared}`, hint, where));
    return null;
  }
  const { found } = guessPart(context, part);
  // Money is never sent to one of several places by chance. What names the payment is a suggestion until it is declared.
  const [first] = part === 'amount' && found.length > 1 ? [] : found;
  return first === undefined ? null : assumedAt(context.document, context.create.evidence.pointer, first);
}

/** A free key of an object without fixed fields will do for a reference, as in metadata. */
function openPlace({ create }: CreateContext, place: RequestPlace): PlacedShape | undefined {
  const holder = findPlace(create, holderOf(place));
  if (holder?.shape.kind !== 'object' || holder.shape.closed || holder.shape.fields.length > 0) return undefined;
  return { place, shape: TEXT, required: false };
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

type OtherParts = Pick<RefundCreation, 'reference' | 'reason' | 'note' | 'metadata' | 'others' | 'fixed'>;

/** The parts of the request that are not money, as the caller sets them. */
export function readRequest(context: CreateContext, taken: readonly RequestPlace[]): OtherParts {
  const reference = findPart(context, 'reference');
  const reason = findPart(context, 'reason');
  const field = (part: 'note' | 'metadata'): Fact<RequestField> | null => {
    const found = findPart(context, part);
    return found && { ...found, value: { ...found.value, name: part, required: isWritten(context, found.value) } };
  };
  const [note, metadata] = [field('note'), field('metadata')];
  const fixed = readFixed(context);
  const named = [reference, reason, note, metadata, ...fixed].flatMap((found) =>
    found === null ? [] : [found.value.place],
  );
  if (reference !== null) checkReference(context, reference.value);
  const maxLength = reference?.value.shape.kind === 'string' ? reference.value.shape.maxLength : null;
  return {
    reference: reference && { ...reference, value: { place: reference.value.place, maxLength } },
    reason: reason && { ...reason, value: readReasons(context, reason.value) },
    note,
    metadata,
    fixed,
    others: readOthers(context, [...taken, ...named]),
  };
}

/** The caller's own id is a text of their choice. */
function checkReference({ create, document, problems }: CreateContext, { place, shape }: PlacedShape): void {
  if (shape.kind === 'any' || (shape.kind === 'string' && shape.enum === null)) return;
  const is = shape.kind === 'string' ? 'takes listed values only' : `is ${shape.kind}`;
  const hint = 'A refundRef is a text of the caller. Name another place, or correct the schema in the overlay.';
  const where = locationOf(document, create.evidence.pointer);
  problems.add(error('R040', `${placeText(place)} ${is}, which holds no refundRef`, hint, where));
}

/** Whether the caller has to give it: the objects around a part are written, also where the spec does not require them. */
function isWritten({ create }: CreateContext, { place, required }: Pick<PlacedShape, 'place' | 'required'>): boolean {
  return required || isDemanded(create, place);
}

function readReasons(context: CreateContext, { place, required, shape }: PlacedShape): Reasons {
  const { xRefund } = context;
  const values = shape.kind === 'string' ? shape.enum : null;
  const effects = Object.entries(xRefund.reasons?.sideEffects ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    place,
    required: isWritten(context, { place, required }),
    values,
    sideEffects: effects.map(([reason, effect]) => ({ reason, effect })),
  };
}

function readFixed(context: CreateContext): readonly Fact<FixedField>[] {
  const declared = Object.entries(context.xRefund.fixed ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return declared.flatMap(([text, value]) => {
    const place = requestPlace(text);
    const found = findPlace(context.create, place);
    const where = locationOf(context.document, toPointer(['x-refund', 'fixed', text]));
    if (found !== undefined) {
      if (!mayBe(found.shape, value)) {
        const hint = 'Write a value that the spec has there: true is not "true". Or correct the schema in the overlay.';
        context.problems.add(error('R014', `${text} is never ${JSON.stringify(value)}`, hint, where));
      }
      return [xFact(context, ['fixed', text], { place: found.place, value })];
    }
    const hint = 'Write it as <path|query|header|body>.<name>, with the names of the spec.';
    context.problems.add(error('R014', `the create operation has no ${text}`, hint, where));
    return [];
  });
}

/** Whether a value is one that the spec has at a place: with another, no refund could be sent. */
function mayBe(shape: Shape, value: FixedField['value']): boolean {
  if (shape.kind === 'any') return true;
  if (shape.kind === 'string') return typeof value === 'string' && (shape.enum?.includes(value) ?? true);
  if (shape.kind === 'integer') return Number.isInteger(value);
  return typeof value === shape.kind;
}
