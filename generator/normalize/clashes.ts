import { locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { type CreateContext, placeText } from './context.js';
import { isAround, isSamePlace } from './place.js';
import { type Writers, type Written, writtenBy } from './written.js';

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
