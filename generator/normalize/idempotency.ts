import type { Fact, Idempotency, RequestPlace } from '../ir.js';
import { locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { yamlText } from '../yaml-text.js';
import { ask, type CreateContext, placeText, requestPlace, xFact } from './context.js';
import { findPlace, listPlaces } from './place.js';

/** Whether a repeated call is safe. Never guessed: a header of that name proves nothing about what it does. */
export function readIdempotency(context: CreateContext): Fact<Idempotency> | null {
  const { create, document, problems, xRefund } = context;
  const declared = xRefund.idempotency;
  if (declared === undefined) {
    const carrier = findKeyCarrier(context);
    const lines =
      carrier === undefined
        ? 'idempotency: none   # sent at most once; or { header: Idempotency-Key, replay: { keyLifetimeHours: 24 } }'
        : `idempotency: { ${carrierLine(carrier)}, replay: false }   # or replay: { keyLifetimeHours: <for how long a repeated key is acted on once> }`;
    const asked =
      carrier === undefined
        ? 'is it safe to repeat a refund? A blind retry refunds twice'
        : `${placeText(carrier)} looks like an idempotency key: is a refund with a repeated key acted on once, and for how long?`;
    ask(context, 'R033', asked, lines, create.evidence.pointer);
    return null;
  }
  const place = keyPlace(context);
  if (declared === 'none' || place === undefined) return xFact(context, ['idempotency'], { kind: 'none' });
  // As the spec writes it: the case of a header is the overlay's own otherwise.
  const found = findPlace(create, place)?.place;
  if (found === undefined) {
    const hint = 'Write it as the spec does, or add it to the create operation in the overlay.';
    const where = locationOf(document, '/x-refund/idempotency');
    const what = place.part === 'header' ? `header parameter ${place.path[0]}` : placeText(place);
    problems.add(error('R014', `the create operation has no ${what}`, hint, where));
  }
  return xFact(context, ['idempotency'], { kind: 'key', place: found ?? place, replay: declared.replay });
}

/** Where the idempotency key is declared to go; `undefined` where there is none. */
export function keyPlace({ xRefund }: Pick<CreateContext, 'xRefund'>): RequestPlace | undefined {
  const { idempotency } = xRefund;
  if (idempotency === undefined || idempotency === 'none') return undefined;
  const { field, header } = idempotency;
  if (field !== undefined) return requestPlace(field);
  return header === undefined ? undefined : { part: 'header', path: [header] };
}

/** A header or a field that is named like an idempotency key. */
export function findKeyCarrier({ create }: Pick<CreateContext, 'create'>): RequestPlace | undefined {
  return listPlaces(create)
    .map(({ place }) => place)
    .find(({ part, path }) => (part === 'header' || part === 'body') && KEY_NAME.test(path.at(-1) ?? ''));
}

const KEY_NAME = /idempot|^(.*-)?request-?id$|^nonce$/i;

function carrierLine({ part, path }: RequestPlace): string {
  return part === 'header' ? `header: ${yamlText(path[0] ?? '')}` : `field: ${yamlText(placeText({ part, path }))}`;
}
