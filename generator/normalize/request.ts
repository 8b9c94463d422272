import { AMOUNT_THRESHOLD, amountWeight } from '../discover/amount-field.js';
import { type NamedField, PAYMENT_THRESHOLD, paymentWeight } from '../discover/payment-field.js';
import { pathNames } from '../discover/signs.js';
import { isRefund, words } from '../discover/words.js';
import type {
  CurrencyOut,
  Fact,
  FixedField,
  Reasons,
  RefundCreation,
  RequestField,
  RequestPlace,
  Shape,
} from '../ir.js';
import { assumedAt, locationOf } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error } from '../problem.js';
import { type CreateContext, requestPlace, xFact } from './context.js';
import { readOthers } from './others.js';
import { findPlace, listPlaces, type PlacedShape } from './place.js';
import type { RequestPart } from './x-refund.js';

/** Names under which a request carries a part, where the overlay does not say it. The payment and the amount have rules. */
const USUAL_NAMES: Readonly<Record<Exclude<RequestPart, 'payment' | 'amount' | 'currency'>, readonly string[]>> = {
  reference: ['reference', 'refund_reference', 'merchant_refund_id', 'merchant_refund_reference', 'external_refund_id'],
  reason: ['reason', 'refund_reason', 'reason_code', 'merchant_refund_reason', 'refund_reason_code'],
  note: ['note', 'notes', 'note_to_payer', 'refund_note'],
  metadata: ['metadata'],
};

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
  const found = guessPart(context, part);
  return found === undefined ? null : assumedAt(context.document, context.create.evidence.pointer, found);
}

function guessPart(context: CreateContext, part: RequestPart): PlacedShape | undefined {
  if (part === 'payment') return heaviest(context, paymentWeight, PAYMENT_THRESHOLD) ?? inPath(context);
  if (part === 'amount') return heaviest(context, amountWeight, AMOUNT_THRESHOLD);
  if (part === 'currency') return undefined;
  const names = USUAL_NAMES[part];
  const found = listPlaces(context.create).filter(
    ({ place: { part: where, path } }) => where === 'body' && !path.includes('[]'),
  );
  const fits = part === 'metadata' ? ['object'] : ['string'];
  const named = names.flatMap((name) => found.filter(({ place }) => words(place.path.at(-1) ?? '').join('_') === name));
  // The payment may be called `reference`, too.
  const payment = part === 'reference' ? guessPart(context, 'payment') : undefined;
  return named
    .filter(({ place, shape }) => place.path.length <= 2 && fits.includes(shape.kind))
    .find(({ place }) => JSON.stringify(place) !== JSON.stringify(payment?.place));
}

function heaviest(
  { create }: CreateContext,
  weigh: (field: NamedField) => number,
  threshold: number,
): PlacedShape | undefined {
  const inPath = pathNames(create.path);
  const weighed = listPlaces(create)
    .filter(({ place }) => place.part !== 'header')
    .map((found) => {
      const { place, required, shape } = found;
      const path = place.part === 'path' ? (inPath.get(place.path[0] ?? '') ?? place.path) : place.path;
      return { found, weight: weigh({ path, required, type: shape.kind }) };
    });
  const best = weighed.reduce((most, { weight }) => Math.max(most, weight), 0);
  return best < threshold ? undefined : weighed.find(({ weight }) => weight === best)?.found;
}

/**
 * What stands in the path names what is refunded, whatever it is called: `/pix/{e2eid}/devolucao/{id}`, where the last
 * one is the refund's own, or `/refund/{ownershipId}`, where there is no other.
 */
function inPath({ create }: CreateContext): PlacedShape | undefined {
  const parts = create.path.split('/');
  const at = parts.findIndex((part) => !part.startsWith('{') && words(part).some(isRefund));
  const named = (list: readonly string[]): string[] => list.flatMap((part) => /\{([^{}]*)\}/.exec(part)?.[1] ?? []);
  const name = [...named(parts), ...named(parts.slice(0, Math.max(at, 0)))].filter((own) => !isOwner(own)).at(-1);
  return listPlaces(create).find(({ place }) => place.part === 'path' && place.path[0] === name);
}

function isOwner(name: string): boolean {
  return words(name).some((word) => OWNERS.has(word));
}

/** Who refunds, rather than what is refunded. */
const OWNERS = new Set(
  'merchant account store shop seller location company tenant partner app application version'.split(' '),
);

/** A free key of an object without fixed fields will do for a reference, as in metadata. */
function openPlace({ create }: CreateContext, place: RequestPlace): PlacedShape | undefined {
  const holder = findPlace(create, { part: place.part, path: place.path.slice(0, -1) });
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

/** Where the request says the currency of its amount: beside it, or at the top of the body. */
export function findCurrency(context: CreateContext, amount: RequestPlace): CurrencyOut | null {
  const declared = context.xRefund.request?.currency === undefined ? undefined : findPart(context, 'currency')?.value;
  const around = amount.path.slice(0, -1);
  const named = listPlaces(context.create).filter(
    ({ place, shape }) => place.part === amount.part && shape.kind === 'string' && isCurrency(place.path.at(-1) ?? ''),
  );
  const beside = named.find(({ place }) => JSON.stringify(place.path.slice(0, -1)) === JSON.stringify(around));
  // `{ refund: { currency, transactions: [{ amount }] } }`: the nearest one around the amount.
  const above = named.filter(({ place }) => isPrefix(place.path.slice(0, -1), around)).at(-1);
  const found = declared ?? beside ?? above;
  if (found === undefined) return null;
  const { place, required, shape } = found;
  const values = shape.kind === 'string' ? (shape.enum ?? []) : [];
  const isLower = values.length > 0 && values.every((value) => value === value.toLowerCase());
  const letters = context.xRefund.amount?.currencyCase ?? (isLower ? 'lower' : 'upper');
  return { place, required, letters };
}

function isCurrency(name: string): boolean {
  const own = words(name);
  return (
    own.includes('currency') && own.every((word) => /^(currency|code|iso|amount|refund|transaction|alpha)$/.test(word))
  );
}

function isPrefix(outer: readonly string[], inner: readonly string[]): boolean {
  return outer.every((key, index) => inner[index] === key);
}

type OtherParts = Pick<RefundCreation, 'reference' | 'reason' | 'note' | 'metadata' | 'others' | 'fixed'>;

/** The parts of the request that are not money, as the caller sets them. */
export function readRequest(context: CreateContext, taken: readonly RequestPlace[]): OtherParts {
  const reference = findPart(context, 'reference');
  const reason = findPart(context, 'reason');
  const field = (part: 'note' | 'metadata'): Fact<RequestField> | null => {
    const found = findPart(context, part);
    return found && { ...found, value: { ...found.value, name: part } };
  };
  const [note, metadata] = [field('note'), field('metadata')];
  const fixed = readFixed(context);
  const named = [reference, reason, note, metadata, ...fixed].flatMap((found) =>
    found === null ? [] : [found.value.place],
  );
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

function readReasons({ xRefund }: CreateContext, { place, required, shape }: PlacedShape): Reasons {
  const values = shape.kind === 'string' ? shape.enum : null;
  const effects = Object.entries(xRefund.reasons?.sideEffects ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return { place, required, values, sideEffects: effects.map(([reason, effect]) => ({ reason, effect })) };
}

function readFixed(context: CreateContext): readonly Fact<FixedField>[] {
  const declared = Object.entries(context.xRefund.fixed ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return declared.flatMap(([text, value]) => {
    const place = requestPlace(text);
    if (findPlace(context.create, place) !== undefined) return [xFact(context, ['fixed', text], { place, value })];
    const where = locationOf(context.document, toPointer(['x-refund', 'fixed', text]));
    const hint = 'Write it as <path|query|header|body>.<name>, with the names of the spec.';
    context.problems.add(error('R014', `the create operation has no ${text}`, hint, where));
    return [];
  });
}
