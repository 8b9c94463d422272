import type { AmountFormat, AmountOut, Exponents, Fact } from '../ir.js';
import { assumedAt, factAt, locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { ask, type CreateContext, xFact } from './context.js';
import { findPart } from './request.js';

/** How the amount goes out. The unit and what omitting it does are never guessed. */
export function readAmount(context: CreateContext): AmountOut | undefined {
  const { document, problems, xRefund } = context;
  const found = findPart(context, 'amount');
  const at = context.create.evidence.pointer;
  if (found === null) {
    // A declared place that does not exist has been reported as that.
    if (xRefund.request?.amount !== undefined) return undefined;
    const hint = 'Say where it is in the overlay: x-refund: { request: { amount: body.amount } }.';
    problems.add(error('R040', 'the create operation has no field for the amount', hint, locationOf(document, at)));
    return undefined;
  }
  const { place, required, shape } = found.value;
  const field = [place.part, ...place.path].join('.');
  if (shape.kind !== 'integer' && shape.kind !== 'number' && shape.kind !== 'string') {
    const hint = 'An amount is an integer, a number or a string. Correct the schema in the overlay.';
    problems.add(error('R040', `${field} is ${shape.kind}, which is no amount`, hint, locationOf(document, at)));
    return undefined;
  }
  const { unit, full, exponents } = xRefund.amount ?? {};
  if (unit === undefined) {
    const lines = 'amount:\n  unit: minor   # 1000 for $10.00; or major: 10.00';
    ask(
      context,
      'R030',
      `does ${field} count minor or major units? A wrong unit refunds a hundred times too much`,
      lines,
      at,
    );
  }
  if (full === undefined && !required) {
    const lines = 'amount:\n  full: omitted   # leaving it out refunds all that is left; or unsupported';
    ask(context, 'R035', `${field} is optional: what does a refund without it refund?`, lines, at);
  }
  if (full === 'omitted' && required) {
    const hint = 'Declare full: unsupported, or take the amount out of the required fields.';
    problems.add(
      error(
        'R014',
        `${field} is required, so it cannot be omitted`,
        hint,
        locationOf(document, '/x-refund/amount/full'),
      ),
    );
  }
  return {
    place,
    encoding: shape.kind,
    unit: xFact<AmountFormat['unit']>(context, ['amount', 'unit'], unit ?? 'minor'),
    full: full === undefined ? factAt(document, at, 'unsupported') : xFact(context, ['amount', 'full'], full),
    exponents: readExponents(context, exponents),
  };
}

function readExponents(
  context: CreateContext,
  declared: NonNullable<CreateContext['xRefund']['amount']>['exponents'],
): Fact<Exponents> {
  const value: Exponents = {
    overrides: Object.entries(declared?.overrides ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, digits]) => ({ currency, digits })),
    unknown: [...(declared?.unknown ?? [])].sort(),
  };
  return declared === undefined
    ? assumedAt(context.document, context.create.evidence.pointer, value)
    : xFact(context, ['amount', 'exponents'], value);
}
