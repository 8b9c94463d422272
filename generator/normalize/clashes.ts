import type { RefundApi, RequestPlace } from '../ir.js';
import { locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { type CreateContext, placeText } from './context.js';
import type { Draft } from './draft.js';
import { isAround, isSamePlace } from './place.js';

/** Something that the client writes at a place of the request. */
interface Written {
  readonly name: string;
  readonly place: RequestPlace;
}

type Writers = Pick<Draft, 'payment' | 'amount' | 'request'> & {
  readonly idempotency: RefundApi['idempotency'] | null;
};

/** Two facts in one place: the request would carry one of them, and the client would rely on both. */
export function checkClashes({ create, document, problems }: CreateContext, writers: Writers): void {
  const written = writtenBy(writers);
  written.forEach((one, index) => {
    for (const other of written.slice(index + 1)) {
      if (!clash(one, other)) continue;
      const places = isSamePlace(one.place, other.place) ? [one] : [one, other];
      const where = places.map(({ place }) => placeText(place)).join(' and ');
      const message = `${one.name} and ${other.name} are in one place of the request: ${where}`;
      const hint = 'Declare another place for one of them, or leave one of them out.';
      const pointer = document.overlay === undefined ? create.evidence.pointer : '/x-refund';
      problems.add(error('R014', message, hint, locationOf(document, pointer)));
    }
  });
}

function writtenBy({ amount, idempotency, payment, request }: Writers): readonly Written[] {
  const { fixed, metadata, note, reason, reference } = request;
  const key = idempotency?.value.kind === 'key' ? idempotency.value.place : undefined;
  const parts: readonly (readonly [string, RequestPlace | undefined])[] = [
    ['payment', payment?.value.place],
    ['amount', amount?.place],
    ['currency', amount?.currency?.place],
    ['reference', reference?.value.place],
    ['reason', reason?.value.place],
    ['note', note?.value.place],
    ['metadata', metadata?.value.place],
    ...fixed.map(({ value }): readonly [string, RequestPlace] => [`fixed ${placeText(value.place)}`, value.place]),
    ['idempotency', key],
  ];
  return parts.flatMap(([name, place]) => (place === undefined ? [] : [{ name, place }]));
}

function clash(one: Written, other: Written): boolean {
  if (isSamePlace(one.place, other.place)) return !(isShared(one) && isShared(other));
  // Metadata are an object of the caller's: the client adds keys of its own to it.
  const [outer, inner] = one.place.path.length < other.place.path.length ? [one, other] : [other, one];
  return isAround(outer.place, inner.place) && outer.name !== 'metadata';
}

/** Providers that know a refund by the caller's reference act once on it: there, the reference is the key. */
function isShared({ name }: Written): boolean {
  return name === 'reference' || name === 'idempotency';
}
