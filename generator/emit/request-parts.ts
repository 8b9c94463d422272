import type { Operation, RequestPlace } from '../ir.js';
import { literal, propertyName } from './literal.js';
import type { ViewContext } from './view.js';

/** A value of the request: where it goes, under which name the caller gives it, and the expression that holds it. */
export interface Part {
  readonly place: RequestPlace;
  readonly name: string;
  readonly expression: string;
}

/** The name of a part that nobody sets: it always has the same value. */
export const FIXED = '';

/** The operation that creates a refund. */
export function createOperation({ api }: Pick<ViewContext, 'api'>): Operation {
  const found = api.operations.find(({ name }) => name === api.create.operation);
  if (found === undefined) throw new Error(`the IR has no operation ${api.create.operation}`);
  return found;
}

/** A place as text, as errors name it: `body.amount`, `body.items.0.amount`. */
export function placeKey(place: RequestPlace): string {
  return [place.part, ...place.path.map((key) => (key === '[]' ? '0' : key))].join('.');
}

/** All that goes into the request. */
export function listParts({ api }: ViewContext): readonly Part[] {
  const { create, idempotency } = api;
  const named = [create.reason, create.note, create.metadata].flatMap((fact, index): Part[] => {
    const name = ['reason', 'note', 'metadata'][index] ?? '';
    return fact === null ? [] : [{ place: fact.value.place, name, expression: `request.${name}` }];
  });
  const key: Part[] =
    idempotency.value.kind === 'key'
      ? [{ place: idempotency.value.place, name: 'refundRef', expression: 'request.refundRef' }]
      : [];
  const { reference } = create;
  const { currency } = create.amount;
  return [
    { place: create.payment.value.place, name: 'payment', expression: 'request.payment' },
    { place: create.amount.place, name: 'amount', expression: 'amount' },
    ...(currency === null ? [] : [{ place: currency.place, name: 'amount', expression: 'currency' }]),
    ...(reference === null
      ? []
      : [{ place: reference.value.place, name: 'refundRef', expression: 'request.refundRef' }]),
    ...named,
    ...create.others.map(({ name, place }) => ({ place, name, expression: `request${access(name)}` })),
    ...key,
    ...create.fixed.map(({ value: { place, value } }) => ({ place, name: FIXED, expression: literal(value) })),
  ];
}

/** Where the settings go. */
export function settingPlaces({ api }: ViewContext): [string, string][] {
  return api.settings.map(({ header, name }) => [`header.${header}`, name]);
}

function access(name: string): string {
  const written = propertyName(name);
  return /^[A-Za-z_$]/.test(written) ? `.${written}` : `[${written}]`;
}
