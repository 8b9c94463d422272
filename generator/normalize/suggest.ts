import { amountWeight } from '../discover/amount-field.js';
import { PAYMENT_THRESHOLD, paymentWeight } from '../discover/payment-field.js';
import { isRefund, words } from '../discover/words.js';
import { type Field, fieldsOf } from '../load/fields.js';
import { typeName } from '../load/schema-at.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { yamlText } from '../yaml-text.js';
import type { AnswerBody } from './answer-body.js';

/** Where an answer seems to say what: a suggestion for a person, never a fact. Places as an overlay writes them. */
export interface SuggestedCase {
  readonly id?: string;
  readonly payment?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly status?: string;
}

/** Guesses from names and shapes where an answer describes the refund. */
export function suggestCase(document: SpecDocument, body: AnswerBody): SuggestedCase {
  const response = resolve(document, body.response);
  if (response === undefined || body.mediaType === '') return {};
  const schema = `${response.pointer}${toPointer(['content', body.mediaType, 'schema'])}`;
  const fields = fieldsOf(document, schema).filter(({ path }) => !path.includes('[]') && path.length <= 4);
  const prefix = bestPrefix(fields);
  const inside = fields.filter(
    ({ path }) => path.length > prefix.length && prefix.every((key, index) => path[index] === key),
  );
  const near = inside.filter(({ path }) => path.length <= prefix.length + 2);
  const own = near.filter(({ path }) => path.length === prefix.length + 1 || !isOther(fields, path.slice(0, -1)));
  const pick = (weigh: (field: Field, own: readonly string[]) => number, among = own): string | undefined => {
    const weighed = among.map((field) => ({
      field,
      weight: weigh(field, words(field.path.at(-1) ?? '')) - depth(field, prefix),
    }));
    const best = weighed.reduce((most, { weight }) => Math.max(most, weight), 0);
    const found = best <= 0 ? undefined : weighed.find(({ weight }) => weight === best)?.field;
    return found === undefined ? undefined : ['body', ...found.path].join('.');
  };
  const named = (field: Field) => ({
    path: field.path.slice(prefix.length),
    required: false,
    type: typeName(field.schema),
  });
  const found = {
    id: pick(({ schema: at }, own) => (isScalar(typeName(at)) ? idWeight(own) : 0)),
    payment: pick((field) => paymentWeight(named(field)) - 3, near),
    amount: pick((field) => amountWeight(named(field)) - 3),
    currency: pick(({ schema: at }, own) =>
      typeName(at) === 'string' && own.includes('currency') ? 4 - own.length : 0,
    ),
    status: pick(({ schema: at }, own) => (typeName(at) === 'string' ? statusWeight(own) : 0)),
  };
  return Object.fromEntries(Object.entries(found).filter(([, place]) => place !== undefined));
}

/** Whether an object in the refund is something that it relates to: what has an id of its own. */
function isOther(fields: readonly Field[], path: readonly string[]): boolean {
  return fields.some(
    (field) =>
      field.path.length === path.length + 1 &&
      field.path.at(-1) === 'id' &&
      path.every((key, index) => field.path[index] === key),
  );
}

/** Whether an object is called as the payment is: `payment`, `original_transaction`. */
function isPayment(path: readonly string[]): boolean {
  const name = path.at(-1) ?? '';
  const weight = paymentWeight({ path: [name, 'id'], required: false, type: 'string' });
  return weight >= PAYMENT_THRESHOLD && !words(name).some(isRefund);
}

function depth({ path }: Field, prefix: readonly string[]): number {
  return path.length - prefix.length - 1;
}

function isScalar(type: string | undefined): boolean {
  return type === 'string' || type === 'integer' || type === undefined;
}

function idWeight(own: readonly string[]): number {
  if (own.some(isRefund) && own.some((word) => /^(id|reference|number|token)$/.test(word))) return 4;
  if (own.length === 1 && own[0] === 'id') return 3;
  return own.length === 2 && own[0] === 'psp' && own[1] === 'reference' ? 3 : 0;
}

function statusWeight(own: readonly string[]): number {
  if (own.length === 1 && /^(status|state)$/.test(own[0] ?? '')) return 4;
  return own.some(isRefund) && own.includes('status') ? 4 : 0;
}

/** The object that seems to be the refund: `refund` in `{ refund }`, `data` in an envelope, or the whole body. */
function bestPrefix(fields: readonly Field[]): readonly string[] {
  const objects = fields
    .filter(({ path, schema }) => path.length <= 2 && typeName(schema) === 'object' && !isPayment(path))
    .map(({ path }) => path);
  const prefixes = [[], ...objects];
  const known = (prefix: readonly string[]): number => {
    const own = new Set(
      fields
        .filter(({ path }) => path.length === prefix.length + 1 && prefix.every((key, index) => path[index] === key))
        .map(({ path }) => words(path.at(-1) ?? '').join('_')),
    );
    return KNOWN.filter((name) => own.has(name)).length;
  };
  // A body that says this much is the refund itself: what is nested in it is what the refund relates to.
  if (known([]) >= 3) return [];
  const weigh = (prefix: readonly string[]): number => {
    const name = words(prefix.at(-1) ?? '');
    const isNamed = name.some(isRefund) ? 3 : name.includes('data') ? 1 : 0;
    return known(prefix) + isNamed - prefix.length;
  };
  return prefixes.reduce((best, prefix) => (weigh(prefix) > weigh(best) ? prefix : best), []);
}

/** What a refund says of itself. */
const KNOWN = ['id', 'status', 'state', 'amount', 'currency', 'created_at', 'created'];

/** A suggestion as lines of an overlay. What is not found is left for the person. */
export function caseLines({ id, payment, amount, currency, status }: SuggestedCase, hasBody: boolean): string[] {
  if (!hasBody) return ['status: { is: pending }   # or succeeded: the answer has no body that says more'];
  return [
    ...(id === undefined ? [] : [`id: ${yamlText(id)}`]),
    ...(payment === undefined ? [] : [`payment: ${yamlText(payment)}`]),
    ...(amount === undefined ? [] : [`amount: ${yamlText(amount)}`]),
    ...(currency === undefined ? [] : [`currency: ${yamlText(currency)}`]),
    `status: ${status === undefined ? '{ is: pending }' : yamlText(status)}   # ${status === undefined ? 'or succeeded, as the documents say' : 'or { is: pending }'}`,
  ];
}
