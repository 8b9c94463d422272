import type { RequestField, RequestPlace } from '../ir.js';
import { locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import type { CreateContext } from './context.js';
import { keyPlace } from './idempotency.js';
import { isAround, isDemanded, isSamePlace, listPlaces, type PlacedShape } from './place.js';

/** Every field that is none of the known parts, and every parameter that is not a setting: passed on as it is. */
export function readOthers(context: CreateContext, parts: readonly RequestPlace[]): readonly RequestField[] {
  const { create, document, problems } = context;
  const taken = [...parts, ...setByClient(context)];
  const free = listPlaces(create).filter(({ place }) => !taken.some((other) => overlaps(place, other)));
  // What is passed on as a whole is passed on with all that is in it.
  const outer = free.filter(({ place }) => !free.some((other) => isInside(place, other.place)));
  // What is passed on by itself stands in an object that the client always writes.
  const others = nameApart(outer.map((found) => ({ ...found, required: isDemanded(create, found.place) })));
  const clash = others.find(({ name }, index) => others.findIndex((other) => other.name === name) !== index);
  if (clash !== undefined && !problems.failed) {
    const hint = 'Declare what it is in the overlay: x-refund: { request: { … } }, or remove it there.';
    const message = `the request field ${JSON.stringify(clash.name)} has the name of another one`;
    problems.add(error('R044', message, hint, locationOf(document, create.evidence.pointer)));
  }
  return others;
}

/** Places that are no argument of a refund: the key's, and those of settings. */
function setByClient(context: CreateContext): readonly RequestPlace[] {
  const key = keyPlace(context);
  const settings = Object.keys(context.xRefund.settings ?? {}).map(
    (name): RequestPlace => ({
      part: 'header',
      path: [name],
    }),
  );
  return key === undefined ? settings : [key, ...settings];
}

function overlaps(one: RequestPlace, other: RequestPlace): boolean {
  return isAround(one, other) || isAround(other, one);
}

function isInside(inner: RequestPlace, outer: RequestPlace): boolean {
  return isAround(outer, inner) && !isSamePlace(outer, inner);
}

/** By its own name; where that is taken, by those around it as well. */
function nameApart(places: readonly PlacedShape[]): readonly RequestField[] {
  const short = places.map(({ place }) => fieldName(place.path.at(-1) ?? ''));
  return places.map(({ place, required, shape }, index) => {
    const name = short[index] ?? '';
    const isTaken = OWN_NAMES.includes(name) || short.filter((other) => other === name).length > 1;
    const keys = place.path.filter((key) => key !== '[]');
    return {
      name:
        isTaken && keys.length > 1
          ? fieldName(keys.join(' '))
          : isTaken
            ? fieldName(`${place.part} ${keys.join(' ')}`)
            : name,
      place,
      required,
      shape,
    };
  });
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
