import { AMOUNT_THRESHOLD, amountWeight } from '../discover/amount-field.js';
import { type NamedField, PAYMENT_THRESHOLD, paymentWeight } from '../discover/payment-field.js';
import { pathNames } from '../discover/signs.js';
import { isRefund, words } from '../discover/words.js';
import type { Shape } from '../ir.js';
import { type CreateContext, requestPlace } from './context.js';
import { keyPlace } from './idempotency.js';
import { isAround, isSamePlace, listPlaces, type PlacedShape } from './place.js';
import type { RequestPart } from './x-refund.js';

/** Names under which a request carries a part, where the overlay does not say it. The payment and the amount have rules. */
const USUAL_NAMES: Readonly<Record<Exclude<RequestPart, 'payment' | 'amount' | 'currency'>, readonly string[]>> = {
  reference: ['reference', 'refund_reference', 'merchant_refund_id', 'merchant_refund_reference', 'external_refund_id'],
  reason: ['reason', 'refund_reason', 'reason_code', 'merchant_refund_reason', 'refund_reason_code'],
  note: ['note', 'notes', 'note_to_payer', 'refund_note'],
  metadata: ['metadata'],
};

/** What names and places say of where a part is. */
export interface Guess {
  /** The likeliest first; more than one where they are equally likely. */
  readonly found: readonly PlacedShape[];
  /** Nothing but its position in the path speaks for it. */
  readonly byPosition: boolean;
}

const NOTHING: Guess = { found: [], byPosition: false };

/** Where a part seems to be. What is declared to be something else is never taken for it. */
export function guessPart(context: CreateContext, part: RequestPart): Guess {
  const free = freePlaces(context, part);
  if (part === 'amount') return { found: heaviest(context, free, amountWeight, AMOUNT_THRESHOLD), byPosition: false };
  if (part === 'payment') return guessPayment(context, free);
  if (part === 'currency') return NOTHING;
  const names = USUAL_NAMES[part];
  const kind = part === 'metadata' ? 'object' : 'string';
  const inBody = free.filter(
    ({ place, shape }) =>
      place.part === 'body' &&
      !place.path.includes('[]') &&
      place.path.length <= 2 &&
      shape.kind === kind &&
      (part !== 'reference' || mayHoldReference(shape)),
  );
  const named = names.flatMap((name) =>
    inBody.filter(({ place }) => words(place.path.at(-1) ?? '').join('_') === name),
  );
  // The payment may be called `reference`, too. Where it is declared, its place is not free.
  const isGuessed = part === 'reference' && context.xRefund.request?.payment === undefined;
  const [payment] = isGuessed ? guessPart(context, 'payment').found : [];
  const [first] = named.filter(({ place }) => payment === undefined || !isSamePlace(place, payment.place));
  return first === undefined ? NOTHING : { found: [first], byPosition: false };
}

/** The shortest text that is still likely to hold somebody's durable id of a refund. */
const SHORTEST_REFERENCE = 8;

/** A caller's own id is any text: it is none of a list, and does not fit into a few characters. */
function mayHoldReference(shape: Shape): boolean {
  return (
    shape.kind === 'string' && shape.enum === null && (shape.maxLength ?? SHORTEST_REFERENCE) >= SHORTEST_REFERENCE
  );
}

function guessPayment(context: CreateContext, free: readonly PlacedShape[]): Guess {
  const found = heaviest(context, free, paymentWeight, PAYMENT_THRESHOLD);
  if (found.length > 0) return { found, byPosition: false };
  const last = inPath(context, free);
  return last === undefined ? NOTHING : { found: [last], byPosition: true };
}

/** Places that are neither declared to be another part, nor fixed, nor the idempotency key's. */
function freePlaces(context: CreateContext, part: RequestPart): readonly PlacedShape[] {
  const { create, xRefund } = context;
  const declared = Object.entries(xRefund.request ?? {}).flatMap(([other, text]) => (other === part ? [] : [text]));
  const key = keyPlace(context);
  const places = [...declared, ...Object.keys(xRefund.fixed ?? {})].map(requestPlace);
  const taken = key === undefined ? places : [...places, key];
  // What is declared inside of an object leaves the rest of it to the caller.
  return listPlaces(create).filter(({ place }) => !taken.some((other) => isAround(other, place)));
}

function heaviest(
  { create }: CreateContext,
  places: readonly PlacedShape[],
  weigh: (field: NamedField) => number,
  threshold: number,
): readonly PlacedShape[] {
  const inPath = pathNames(create.path);
  const weighed = places
    .filter(({ place }) => place.part !== 'header')
    .map((found) => {
      const { place, required, shape } = found;
      const path = place.part === 'path' ? (inPath.get(place.path[0] ?? '') ?? place.path) : place.path;
      return { found, weight: weigh({ path, required, type: shape.kind }) };
    });
  const best = weighed.reduce((most, { weight }) => Math.max(most, weight), 0);
  return best < threshold ? [] : weighed.filter(({ weight }) => weight === best).map(({ found }) => found);
}

/**
 * What stands in the path may name what is refunded, whatever it is called: `/pix/{e2eid}/devolucao/{id}`, where the
 * last one is the refund's own, or `/refund/{ownershipId}`, where there is no other.
 */
function inPath({ create }: CreateContext, free: readonly PlacedShape[]): PlacedShape | undefined {
  const parts = create.path.split('/');
  const at = parts.findIndex((part) => !part.startsWith('{') && words(part).some(isRefund));
  const named = (list: readonly string[]): string[] => list.flatMap((part) => /\{([^{}]*)\}/.exec(part)?.[1] ?? []);
  const before = pathNames(create.path);
  const name = [...named(parts), ...named(parts.slice(0, Math.max(at, 0)))]
    .filter((own) => ![own, ...(before.get(own) ?? [])].some(isOwner))
    .at(-1);
  return free.find(({ place }) => place.part === 'path' && place.path[0] === name);
}

function isOwner(name: string): boolean {
  return words(name).some((word) => OWNERS.has(word) || OWNERS.has(word.replace(/s$/, '')));
}

/** Who refunds or is refunded, and where, rather than what is refunded. */
const OWNERS = new Set(
  (
    'merchant account store shop seller location company tenant partner app application version customer user wallet ' +
    'card terminal device env environment region country business organization organisation client vendor supplier ' +
    'channel site project member profile payer buyer'
  ).split(' '),
);
