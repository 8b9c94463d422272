import type { RequestField, RequestPlace } from '../ir.js';
import { locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { type CreateContext, placeText } from './context.js';
import { listPlaces, type PlacedShape } from './place.js';

/** Every field that is none of the known parts, and every parameter that is not a setting: passed on as it is. */
export function readOthers(context: CreateContext, parts: readonly RequestPlace[]): readonly RequestField[] {
  const { create, document, problems } = context;
  const key = context.xRefund.idempotency;
  const header = typeof key === 'object' && key.header !== undefined ? [`header.${key.header}`] : [];
  const field = typeof key === 'object' && key.field !== undefined ? [key.field] : [];
  const settings = Object.keys(context.xRefund.settings ?? {}).map((name) => `header.${name}`);
  const taken = [...parts.map(placeText), ...header, ...field, ...settings].map(folded);
  const free = listPlaces(create).filter((place) => isFree(place, taken));
  const places = free.filter(
    ({ place }) => !free.some((outer) => outer.place !== place && isInside(place, outer.place)),
  );
  const others = nameApart(places);
  const clash = others.find(({ name }, index) => others.findIndex((other) => other.name === name) !== index);
  if (clash !== undefined && !problems.failed) {
    const hint = 'Declare what it is in the overlay: x-refund: { request: { … } }, or remove it there.';
    const message = `the request field ${JSON.stringify(clash.name)} has the name of another one`;
    problems.add(error('R044', message, hint, locationOf(document, create.evidence.pointer)));
  }
  return others;
}

/** A place that is no part itself, and around none. */
function isFree({ place }: PlacedShape, taken: readonly string[]): boolean {
  const own = folded(placeText(place));
  return !taken.some(
    (other) =>
      other === own || other.startsWith(`${own}.`) || other.startsWith(`${own}[]`) || own.startsWith(`${other}.`),
  );
}

/** The names of headers have no case. */
function folded(text: string): string {
  return text.startsWith('header.') ? text.toLowerCase() : text;
}

function isInside(inner: RequestPlace, outer: RequestPlace): boolean {
  return (
    inner.part === outer.part &&
    inner.path.length > outer.path.length &&
    outer.path.every((key, index) => inner.path[index] === key)
  );
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
