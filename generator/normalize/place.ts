import type { Operation, RequestPlace, Shape } from '../ir.js';

/** A place of a request with what the spec demands there. */
export interface PlacedShape {
  readonly place: RequestPlace;
  readonly shape: Shape;
  /** Whether it must be there, and with it all that is around it. */
  readonly required: boolean;
}

/** Every place of a request, the outer ones first: parameters, then the fields of the body, however deep. */
export function listPlaces({ body, parameters }: Operation): readonly PlacedShape[] {
  const outer = parameters.map(
    ({ in: part, name, required, shape }): PlacedShape => ({
      place: { part, path: [name] },
      shape,
      required,
    }),
  );
  if (body === null) return outer;
  const places: PlacedShape[] = [];
  // Once there is a body, what its schema requires must be there; that the body itself may be left out, as OpenAPI
  // takes it where nothing is said, changes nothing for a client that sends one.
  let level: readonly PlacedShape[] = [{ place: { part: 'body', path: [] }, shape: body.shape, required: true }];
  while (level.length > 0) {
    level = level.flatMap(childrenOf);
    places.push(...level);
  }
  return [...outer, ...places];
}

function childrenOf({ place, required, shape }: PlacedShape): readonly PlacedShape[] {
  const inside = (key: string): RequestPlace => ({ part: place.part, path: [...place.path, key] });
  if (shape.kind === 'array')
    return [{ place: inside('[]'), shape: shape.items, required: required && (shape.minItems ?? 0) > 0 }];
  if (shape.kind !== 'object') return [];
  return shape.fields.map((field) => ({
    place: inside(field.name),
    shape: field.shape,
    required: required && field.required,
  }));
}

/** What the spec demands at a place; `undefined` where it has no such place. */
export function findPlace(operation: Operation, place: RequestPlace): PlacedShape | undefined {
  return listPlaces(operation).find((found) => isSamePlace(found.place, place));
}

/** The names of headers have no case (RFC 9110, section 5.1). */
function foldedPath({ part, path }: RequestPlace): readonly string[] {
  return part === 'header' ? path.map((name) => name.toLowerCase()) : path;
}

/** The object or list that a place is in. */
export function holderOf({ part, path }: RequestPlace): RequestPlace {
  return { part, path: path.slice(0, -1) };
}

/** Whether a place has to be there wherever what it is in is there. */
export function isDemanded(operation: Operation, place: RequestPlace): boolean {
  if (place.part !== 'body') return findPlace(operation, place)?.required === true;
  const holder = place.path.length === 1 ? operation.body?.shape : findPlace(operation, holderOf(place))?.shape;
  if (holder?.kind === 'array') return (holder.minItems ?? 0) > 0;
  const field = holder?.kind === 'object' ? holder.fields.find(({ name }) => name === place.path.at(-1)) : undefined;
  return field?.required === true;
}

export function isSamePlace(one: RequestPlace, other: RequestPlace): boolean {
  return one.path.length === other.path.length && isAround(one, other);
}

/** Whether the second place is inside the first one, or is the same. */
export function isAround(outer: RequestPlace, inner: RequestPlace): boolean {
  const path = foldedPath(inner);
  return outer.part === inner.part && foldedPath(outer).every((key, index) => path[index] === key);
}
