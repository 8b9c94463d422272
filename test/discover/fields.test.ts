import { describe, expect, test } from 'vitest';
import { AMOUNT_THRESHOLD, amountWeight } from '../../generator/discover/amount-field.js';
import { PAYMENT_THRESHOLD, paymentWeight } from '../../generator/discover/payment-field.js';
import { isRefund, words } from '../../generator/discover/words.js';

/** `transaction.id` as a field of this type. */
function field(path: string, type: string | undefined = 'string', required = false) {
  return { path: path.split('.'), type, required };
}

const namesPayment = (path: string, type?: string): boolean => paymentWeight(field(path, type)) >= PAYMENT_THRESHOLD;
const isAmount = (path: string, type = 'integer'): boolean => amountWeight(field(path, type)) >= AMOUNT_THRESHOLD;

describe('the words of a name', () => {
  test.each([
    ['create_refund', 'create refund'],
    ['createRefund', 'create refund'],
    ['CreateRefund', 'create refund'],
    ['Create a refund', 'create a refund'],
    ['refunds.create', 'refunds create'],
    ['HTTPRefund', 'http refund'],
    ['refundID', 'refund id'],
    ['createrefund', 'create refund'],
    ['refunditem', 'refund item'],
    ['refundable', 'refundable'],
    ['refunded', 'refunded'],
    ['Devolução', 'devolucao'],
    ['Rückerstattung', 'ruckerstattung'],
    ['{refund-id}', 'refund id'],
    ['', ''],
    ['---', ''],
  ])('%j', (name, expected) => {
    expect(words(name).join(' ')).toBe(expected);
  });

  test('a long text is not read to its end', () => {
    expect(words('a '.repeat(100_000)).length).toBeLessThan(500);
  });

  test.each(['refundable', 'refunded', 'refuse', 'prefund', 'toString', '__proto__'])('%s is no refund', (word) => {
    expect(isRefund(word)).toBe(false);
  });
});

describe('a field names the payment', () => {
  test.each([
    'payment',
    'payment_id',
    'paymentId',
    'PaymentID',
    'payment_intent',
    'charge',
    'transaction_id',
    'transaction.id',
    'payment.reference',
    'originalReference',
    'original_transaction_id',
    'orig_psp_reference',
    'capture_id',
    'sale_id',
    'checkout_id',
    'order_id',
    'orderReference',
    'invoice_id',
    'idPagamento',
    'id_pago',
    'acquirer_transaction_id',
  ])('%s', (path) => {
    expect(namesPayment(path)).toBe(true);
  });

  test.each([
    'payment_method',
    'payment_type',
    'payment_date',
    'customer_id',
    'merchant_id',
    'refund_id',
    'id',
    'reference',
    'currency',
    'order_lines',
    'items.[].id',
    'terminal_id',
    'charge_shipping',
    'transaction_fee',
    'order_note',
    '__proto__',
  ])('%s does not', (path) => {
    expect(namesPayment(path)).toBe(false);
  });

  test.each(['boolean', 'object', 'array'])('nor does any %s', (type) => {
    expect(namesPayment('payment_id', type)).toBe(false);
  });

  test('what is required, plain or of a payment weighs more', () => {
    const weigh = (path: string, required = false): number => paymentWeight(field(path, 'string', required));
    expect(weigh('payment_id', true)).toBeGreaterThan(weigh('payment_id'));
    expect(weigh('payment_id')).toBeGreaterThan(weigh('order_id'));
    expect(weigh('order_id')).toBeGreaterThan(weigh('invoice_id'));
    expect(weigh('payment_id')).toBeGreaterThan(weigh('data.attributes.payment_id'));
    expect(weigh('payment_id')).toBeGreaterThan(weigh('items.[].payment_id'));
  });
});

describe('a field is the amount', () => {
  test.each([
    'amount',
    'Amount',
    'refund_amount',
    'refundAmount',
    'amount.value',
    'amount.minor',
    'refund.amount',
    'amount_money.amount',
    'money.amount',
    'data.attributes.amount',
    'transactions.[].amount',
    'amount_in_cents',
    'valor',
    'montant',
    'betrag',
    'importe',
    'total',
  ])('%s', (path) => {
    expect(isAmount(path)).toBe(true);
  });

  test.each([
    'tax_amount',
    'shipping_amount',
    'original_amount',
    'captured_amount',
    'remaining_amount',
    'max_amount',
    'amount_currency',
    'amount.currency',
    'amount_type',
    'application_fee.amount',
    'splits.[].amount',
    'items.[].amount',
    'quantity',
    'currency',
    'reason',
    'id',
  ])('%s is not', (path) => {
    expect(isAmount(path)).toBe(false);
  });

  test.each(['boolean', 'object', 'array', 'any'])('nor is any %s', (type) => {
    expect(isAmount('amount', type)).toBe(false);
  });

  test.each(['integer', 'number', 'string'])('as a %s', (type) => {
    expect(isAmount('amount', type)).toBe(true);
  });

  test('the amount of the refund weighs more than another one', () => {
    const weigh = (path: string): number => amountWeight(field(path, 'integer'));
    expect(weigh('refund_amount')).toBeGreaterThan(weigh('amount'));
    expect(weigh('amount')).toBeGreaterThan(weigh('total'));
    expect(weigh('amount')).toBeGreaterThan(weigh('tax_amount'));
    expect(weigh('amount')).toBeGreaterThan(weigh('lines.[].amount'));
  });
});
