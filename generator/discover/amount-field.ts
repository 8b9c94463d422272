import type { NamedField } from './payment-field.js';
import { isRefund, words } from './words.js';

const AMOUNT = new Set('amount amounts amt valor importe montant betrag importo monto'.split(' '));
const MONEY = new Set([...AMOUNT, ...'money total price sum refund'.split(' ')]);

/** Amounts of something else than the refund. */
const ELSEWHERE = new Set(
  (
    'tax taxes vat gst fee fees tip tips gratuity shipping commission discount discounts surcharge split splits line ' +
    'lines item items app application original originally captured authorized available refundable remaining balance ' +
    'max maximum min minimum limit previous prior total_tax donation cashback duty duties handling restocking confirmation ' +
    'installment installments payout transfer net unit quantity points card customer'
  ).split(' '),
);

/** What is refunded has an amount, too: `payment_amount` is all of it, where no word says that it is the refund's. */
const REFUNDED = new Set(
  (
    'transaction transactions payment payments order orders charge charges sale sales invoice invoices paid purchase ' +
    'purchases capture captures'
  ).split(' '),
);

/** Enough to keep an amount of something else from being taken for the one to refund, whatever else speaks for it. */
const ELSEWHERE_WEIGHT = 9;

/** The least weight with which a name is taken to be the amount of the refund. */
export const AMOUNT_THRESHOLD = 4;

/** How strongly a field's name says that it is the amount to refund: `amount`, `refund_amount`, `amount.value`. */
export function amountWeight({ path, required, type }: NamedField): number {
  if (type !== 'integer' && type !== 'number' && type !== 'string') return 0;
  const keys = path.filter((key) => key !== '[]');
  const own = words(keys.at(-1) ?? '');
  const around = keys.slice(0, -1).flatMap(words);
  const base = baseWeight(own, words(keys.at(-2) ?? ''));
  if (base === 0 || own.some((word) => /^(currency|code|type|id|unit)$/.test(word))) return 0;
  const all = [...own, ...around];
  const isOfRefund = all.some(isRefund) ? 1 : 0;
  const ofPayment = isOfRefund === 0 ? own.filter((word) => REFUNDED.has(word)).length : 0;
  const elsewhere = all.filter((word) => ELSEWHERE.has(word)).length + ofPayment;
  const lists = path.filter((key) => key === '[]').length;
  return base + isOfRefund + (required ? 1 : 0) - elsewhere * ELSEWHERE_WEIGHT - (keys.length - 1) - lists * 2;
}

function baseWeight(own: readonly string[], parent: readonly string[]): number {
  if (own.some((word) => AMOUNT.has(word))) return 10;
  const isValue = own.length === 1 && /^(value|minor|major|cents|number|units)$/.test(own[0] ?? '');
  if (isValue && parent.some((word) => MONEY.has(word))) return 10;
  if (own.some((word) => word === 'cents' || word === 'money' || word === 'sum')) return 7;
  if (own.includes('total') || own.includes('value') || own.includes('price')) return 5;
  return own.length === 1 && own.some(isRefund) ? 4 : 0;
}
