import type { AmountFormat, AmountOut, Exponents, Fact, RequestPlace } from '../ir.js';
import { assumedAt, factAt, locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { yamlText } from '../yaml-text.js';
import { amountTexts, answerTexts } from './amount-texts.js';
import { ask, type CreateContext, placeText, xFact } from './context.js';
import { findCurrency } from './currency.js';
import { guessPart } from './guess.js';
import { findPart } from './request.js';
import { readStatedFull } from './stated-full.js';
import { type AmountText, readStatedUnit } from './stated-unit.js';

/** How the amount goes out, as far as it is known. */
export type AmountDraft = Omit<AmountOut, 'unit' | 'full'> & {
  readonly [key in 'unit' | 'full']: AmountOut[key] | null;
};

/** How the amount goes out. The unit and what omitting it does are never guessed. */
export function readAmount(context: CreateContext): AmountDraft | null {
  const { create, document, problems, xRefund } = context;
  const found = findPart(context, 'amount');
  const at = create.evidence.pointer;
  if (found === null) {
    // A declared place that does not exist has been reported as that.
    if (xRefund.request?.amount !== undefined) return null;
    askPlace(context);
    return null;
  }
  const { place, required, shape } = found.value;
  const field = placeText(place);
  if (shape.kind !== 'integer' && shape.kind !== 'number' && shape.kind !== 'string') {
    const hint = 'An amount is an integer, a number or a string. Correct the schema in the overlay.';
    problems.add(error('R040', `${field} is ${shape.kind}, which is no amount`, hint, locationOf(document, at)));
    return null;
  }
  if (shape.enum !== null) {
    const hint = 'An amount is any sum up to what was paid. Correct the schema in the overlay if it takes others, too.';
    problems.add(error('R040', `${field} takes listed values only`, hint, locationOf(document, at)));
    return null;
  }
  const texts = amountTexts(document, at, place, create.body?.mediaType ?? '');
  const currency = findCurrency(context, place);
  return {
    place,
    encoding: shape.kind,
    currency,
    unit: readUnit(context, place, texts),
    full: readFull(context, field, required, texts),
    exponents: readExponents(context),
  };
}

function askPlace(context: CreateContext): void {
  const at = context.create.evidence.pointer;
  const rivals = guessPart(context, 'amount').found.map(({ place }) => placeText(place));
  const [first, ...others] = rivals;
  if (first !== undefined) {
    const asked = `which of ${rivals.join(', ')} is the amount to refund? Another one refunds another sum`;
    ask(context, 'R040', asked, `request:\n  amount: ${yamlText(first)}   # or ${others.join(', ')}`, at);
    return;
  }
  const asked = 'which field of the create operation is the amount? Refunds that take none are not supported yet';
  ask(context, 'R040', asked, 'request:\n  amount: body.amount', at);
}

function readUnit(context: CreateContext, place: RequestPlace, texts: readonly AmountText[]): AmountOut['unit'] | null {
  const declared = context.xRefund.amount?.unit;
  if (declared !== undefined) return xFact<AmountFormat['unit']>(context, ['amount', 'unit'], declared);
  const { conflict, stated } = readStatedUnit(texts);
  if (stated !== null) return { ...factAt(context.document, stated.pointer, stated.unit), quote: stated.quote };
  // What answers say is shown to the person who decides: some providers count requests and answers differently.
  const answers = answerTexts(context.document, context.create, place);
  const said = conflict.map(({ quote, unit }) => `${unit}: ${JSON.stringify(quote)}`).join(', ');
  const seen = [...texts, ...answers]
    .filter(({ kind }) => kind === 'description' || kind === 'example')
    .map(({ text }) => clip(text));
  const beside =
    said !== ''
      ? ` The spec contradicts itself: ${said}`
      : seen.length === 0
        ? ''
        : ` The spec says: ${[...new Set(seen)].slice(0, 3).join(' | ')}`;
  const asked = `does ${placeText(place)} count minor or major units? A wrong unit refunds a hundred times too much.${beside}`;
  ask(
    context,
    'R030',
    asked,
    'amount:\n  unit: minor   # 1000 for $10.00; or major: 10.00',
    texts[0]?.pointer ?? context.create.evidence.pointer,
  );
  return null;
}

function clip(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return JSON.stringify(flat.length > 160 ? `${flat.slice(0, 157)}…` : flat);
}

function readFull(
  context: CreateContext,
  field: string,
  required: boolean,
  texts: readonly AmountText[],
): AmountOut['full'] | null {
  const { create, document, xRefund } = context;
  const declared = xRefund.amount?.full;
  if (declared !== undefined) return xFact(context, ['amount', 'full'], declared);
  if (required) return factAt(document, create.evidence.pointer, 'unsupported');
  const stated = readStatedFull(texts);
  if (stated !== null) return { ...factAt<'omitted'>(document, stated.pointer, 'omitted'), quote: stated.quote };
  const lines = 'amount:\n  full: omitted   # leaving it out refunds all that is left; or unsupported';
  ask(
    context,
    'R035',
    `${field} is optional: what does a refund without it refund?`,
    lines,
    texts[0]?.pointer ?? create.evidence.pointer,
  );
  return null;
}

function readExponents(context: CreateContext): Fact<Exponents> {
  const declared = context.xRefund.amount?.exponents;
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
