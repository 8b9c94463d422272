import type { AmountOut, Fact, Operation, Reasons, RequestField } from '../ir.js';
import type { AmountDraft } from '../normalize/amount.js';
import type { Draft } from '../normalize/draft.js';
import type { Facts } from './facts.js';
import { addShape, presence, sameShape, shapeIn } from './shapes.js';
import { NOT_KNOWN, placeText, wordText } from './texts.js';

/** What the caller says of a refund, and where it goes. */
export function addRequest(facts: Facts, { amount, native, operation, payment, request }: Draft): void {
  if (payment === null) facts.add('payment', NOT_KNOWN);
  else {
    const { place, required, type } = payment.value;
    facts.add('payment', `${placeText(place)}, ${presence(required)}, ${type}`, payment.evidence);
  }
  addAmount(facts, amount);
  const { metadata, note, reason, reference } = request;
  if (reference !== null) {
    const { maxLength, place } = reference.value;
    facts.add('reference', placeText(place), reference.evidence);
    if (maxLength !== null) facts.add('reference maxLength', String(maxLength), reference.evidence);
  }
  if (reason !== null) addReason(facts, reason);
  const create = native.operations.find(({ name }) => name === operation);
  if (note !== null) addField(facts, 'note', note, create);
  if (metadata !== null) addField(facts, 'metadata', metadata, create);
  for (const { evidence, value } of request.fixed) {
    facts.add(`fixed ${placeText(value.place)}`, JSON.stringify(value.value), evidence);
  }
}

function addAmount(facts: Facts, amount: AmountDraft | null): void {
  if (amount === null) {
    facts.add('amount', NOT_KNOWN);
    return;
  }
  const { currency, encoding, exponents, full, place, unit } = amount;
  facts.add('amount', `${placeText(place)}, ${encoding}`);
  facts.add('amount unit', unit?.value ?? NOT_KNOWN, unit?.evidence);
  facts.add('amount currency', currencyText(currency));
  facts.add('full refund', full?.value ?? NOT_KNOWN, full?.evidence);
  for (const { currency: code, digits } of exponents.value.overrides) {
    facts.add(`exponent ${wordText(code)}`, String(digits), exponents.evidence);
  }
  for (const code of exponents.value.unknown) facts.add(`exponent ${wordText(code)}`, 'unknown', exponents.evidence);
}

function currencyText(currency: AmountOut['currency']): string {
  if (currency === null) return 'the payment’s';
  return `${placeText(currency.place)}, ${presence(currency.required)}, ${currency.letters} case`;
}

function addReason(facts: Facts, { evidence, value: { place, required, sideEffects, values } }: Fact<Reasons>): void {
  facts.add(
    'reason',
    `${placeText(place)}, ${presence(required)}, ${values === null ? 'free text' : 'listed'}`,
    evidence,
  );
  for (const value of values ?? []) facts.add(`reason ${wordText(value)}`, 'accepted', evidence);
  for (const { effect, reason } of sideEffects) facts.add(`reason effect ${wordText(reason)}`, effect, evidence);
}

/** A field of the caller's. What it must be is said by the request, unless that differs. */
function addField(
  facts: Facts,
  subject: string,
  { evidence, value: { name, place, required, shape } }: Fact<RequestField>,
  create: Operation | undefined,
): void {
  const as = name === subject ? '' : `, as ${name}`;
  facts.add(subject, `${placeText(place)}, ${presence(required)}${as}`, evidence);
  if (!isSaid(create, place, shape)) addShape(facts, `${subject} value`, '', shape);
}

/** Whether the create operation says the same of a place. */
export function isSaid(
  create: Operation | undefined,
  { part, path }: RequestField['place'],
  shape: RequestField['shape'],
): boolean {
  const own =
    part === 'body'
      ? create?.body && shapeIn(create.body.shape, path)
      : create?.parameters.find((parameter) => parameter.in === part && parameter.name === path[0])?.shape;
  return sameShape(own ?? undefined, shape);
}
