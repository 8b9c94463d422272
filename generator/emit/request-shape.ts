import type { RefundCreation } from '../ir.js';
import type { Literal } from './literal.js';
import { FIXED, type Part, placeKey } from './request-parts.js';
import type { ViewContext } from './view.js';

/** What the caller's request must be before it is written: the fields that there are, and those for the client to set. */
export function ownShape({ api }: ViewContext, parts: readonly Part[]): Literal {
  const { create } = api;
  const names = [...new Set(['refundRef', 'payment', 'amount', ...parts.map(({ name }) => name)])].filter(
    (name) => name !== FIXED,
  );
  const required = [
    'refundRef',
    'payment',
    'amount',
    ...(create.reason?.value.required ? ['reason'] : []),
    ...[create.note, create.metadata].flatMap((fact) => (fact?.value.required ? [fact.value.name] : [])),
    ...create.others.filter((other) => other.required).map(({ name }) => name),
  ];
  const reserved = reservedKeys(parts);
  const shapes = names.map((name): [string, Literal] => {
    if (name === 'refundRef') return [name, { kind: 'string', minLength: 1, pattern: '^\\P{Cc}+$' }];
    if (name === 'payment') return [name, paymentShape(create)];
    const keys = reserved.get(name);
    return [name, keys === undefined ? { kind: 'any' } : { kind: 'object', nullable: true, fields: keys }];
  });
  const expect: [string, Literal][] =
    api.payment === null
      ? []
      : [
          [
            'expect',
            {
              kind: 'object',
              required: [api.payment.measure],
              fields: { [api.payment.measure]: { kind: 'any' } },
              closed: true,
            },
          ],
        ];
  return { kind: 'object', required, fields: Object.fromEntries([...shapes, ...expect]), closed: true };
}

/** An empty id would name no payment, or another resource. */
function paymentShape({ payment }: RefundCreation): Literal {
  return payment.value.type === 'integer' ? { kind: 'integer' } : { kind: 'string', minLength: 1 };
}

/** Keys inside a field of the caller that the client sets itself, such as the reference in metadata. */
function reservedKeys(parts: readonly Part[]): ReadonlyMap<string, Literal> {
  const inner = parts.flatMap((part) => {
    const outer = parts.find((other) => other !== part && placeKey(part.place).startsWith(`${placeKey(other.place)}.`));
    const key = part.place.path.at(-1) ?? '';
    return outer === undefined || key === '[]'
      ? []
      : [[outer.name, { [key]: { kind: 'reserved', for: part.name || 'the client' } }] as const];
  });
  return new Map(inner);
}
