import type { RefundApi, RequestPlace } from '../ir.js';
import { placeText } from './context.js';
import type { Draft } from './draft.js';

/** Something that the client writes at a place of the request. */
export interface Written {
  readonly name: string;
  readonly place: RequestPlace;
}

/** What is known of everything that the client writes. */
export type Writers = Pick<Draft, 'payment' | 'amount' | 'request'> & {
  readonly native: Pick<Draft['native'], 'settings'>;
  readonly idempotency: RefundApi['idempotency'] | null;
};

/** All that the client writes into the request as it understands it; further fields of the caller are not among it. */
export function writtenBy({ amount, idempotency, native, payment, request }: Writers): readonly Written[] {
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
    ...native.settings.map(({ header, name }): readonly [string, RequestPlace] => [
      `setting ${name}`,
      { part: 'header', path: [header] },
    ]),
  ];
  return parts.flatMap(([name, place]) => (place === undefined ? [] : [{ name, place }]));
}
