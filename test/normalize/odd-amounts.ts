import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import { described, NUMBER, open, optionalFull, PAYMENT } from './odd-parts.js';

/** Amounts of providers that are odd in one way each: what is asked and told of them is in a snapshot. */
export const ODD_AMOUNTS: Readonly<Record<string, Invention>> = {
  'the plainest': {},
  'nothing declared': {
    facts: { amount: undefined, answers: undefined, idempotency: undefined, reconciliation: undefined },
  },
  'no amount': { body: object(PAYMENT, 'payment_id') },
  'two amounts': {
    body: object({ ...PAYMENT, amount: INTEGER, refund_amount: INTEGER, total_amount: INTEGER }),
    facts: open,
  },
  'two amounts, one of which is declared': {
    body: object({ ...PAYMENT, amount: INTEGER, refund_amount: INTEGER }),
    facts: { request: { amount: 'body.amount' } },
  },
  'an amount that is declared and is not there': { facts: { request: { amount: 'body.sum' } } },
  'an amount that is a truth value': {
    body: object({ ...PAYMENT, amount: { type: 'boolean' } }),
    facts: { request: { amount: 'body.amount' } },
  },
  'an amount that is a list': {
    body: object({ ...PAYMENT, amount: listOf(INTEGER) }),
    facts: { request: { amount: 'body.amount' } },
  },
  'an amount of listed sums': {
    body: object({ ...PAYMENT, amount: { type: 'string', enum: ['10', '20'] } }, 'amount'),
    facts: { request: { amount: 'body.amount' } },
  },
  'an amount that is a number': { body: object({ ...PAYMENT, amount: NUMBER }, 'amount'), facts: open },
  'an amount that is a text': { body: object({ ...PAYMENT, amount: TEXT }, 'amount'), facts: open },
  'an amount that may be left out': {
    body: object({ ...PAYMENT, amount: INTEGER }, 'payment_id'),
    facts: { amount: { unit: 'minor' } },
  },
  'an amount that the spec says may be left out': {
    body: object({ ...PAYMENT, amount: described('If omitted, the whole payment is refunded.') }, 'payment_id'),
    facts: { amount: { unit: 'minor' } },
  },
  'an amount in a unit that the spec states': {
    body: object({ ...PAYMENT, amount: described('Amount in cents.') }, 'amount'),
    facts: open,
  },
  'an amount in two units': {
    body: object(
      { ...PAYMENT, amount: described('Amount in cents, such as 1000 for $10.00. Amount in dollars.') },
      'amount',
    ),
    facts: open,
  },
  'an amount with a long text': {
    body: object({ ...PAYMENT, amount: described(`How   much\n is ${'given back '.repeat(30)}`) }, 'amount'),
    facts: open,
  },
  'an amount with a text of exactly the length that is shown': {
    body: object({ ...PAYMENT, amount: described('x'.repeat(160)) }, 'amount'),
    facts: open,
  },
  'an amount with a text that is one sign too long': {
    body: object({ ...PAYMENT, amount: described('x'.repeat(161)) }, 'amount'),
    facts: open,
  },
  'an amount with many texts': {
    body: object({ ...PAYMENT, amount: { ...described('How much.'), example: 5 } }, 'amount'),
    answers: {
      '200': object({
        id: TEXT,
        amount: described('What was given back.'),
        refunded_amount: described('All that was.'),
      }),
    },
    facts: open,
  },
  'exponents that are declared': {
    facts: {
      amount: {
        unit: 'minor',
        full: 'unsupported',
        exponents: { overrides: { UGX: 0, ISK: 2, HUF: 0 }, unknown: ['XAU', 'BHD', 'CLF'] },
      },
    },
  },
  'a currency beside the amount': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: TEXT }, 'amount', 'currency'),
  },
  'a currency in small letters': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: { type: 'string', enum: ['usd', 'eur'] } }, 'amount'),
  },
  'a currency in large letters': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: { type: 'string', enum: ['USD', 'eur'] } }, 'amount'),
  },
  'a currency whose letters are declared': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: TEXT }, 'amount'),
    facts: { amount: { unit: 'minor', full: 'unsupported', currencyCase: 'lower' } },
  },
  'a currency that may be anything': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: {} }, 'amount'),
    facts: { request: { currency: 'body.currency' } },
  },
  'a currency that is declared and is not there': { facts: { request: { currency: 'body.money' } } },
  'two currencies': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: TEXT, currency_code: TEXT, iso_currency: TEXT }, 'amount'),
  },
  'a currency for each amount': {
    body: object(
      { ...PAYMENT, refund_amount: INTEGER, refund_currency: TEXT, payment_currency: TEXT },
      'refund_amount',
    ),
  },
  'currencies of nobody': {
    body: object(
      { ...PAYMENT, amount: INTEGER, currencyx: TEXT, xcurrency: TEXT, currency_rate: TEXT, recode: TEXT },
      'amount',
    ),
  },
  'an amount with a currency in an object': {
    body: object({ ...PAYMENT, amount: object({ value: INTEGER, currency: TEXT }, 'value', 'currency') }, 'amount'),
  },
  'a currency around the amounts': {
    body: object(
      {
        ...PAYMENT,
        refund: object({ currency: TEXT, lines: listOf(object({ amount: INTEGER }), { minItems: 1, maxItems: 1 }) }),
      },
      'refund',
    ),
    facts: { request: { amount: 'body.refund.lines.[].amount' } },
  },
  'a full refund by an amount that is required': { facts: optionalFull },
  'a full refund whose currency is required': {
    body: object({ ...PAYMENT, amount: INTEGER, currency: TEXT }, 'payment_id', 'currency'),
    facts: optionalFull,
  },
  'a full refund that the spec states, with a currency that is required': {
    body: object(
      { ...PAYMENT, amount: described('Omit it to refund the full amount.'), currency: TEXT },
      'payment_id',
      'currency',
    ),
    facts: { amount: { unit: 'minor' } },
  },
  'a full refund that leaves half an object': {
    body: object(
      { ...PAYMENT, money: object({ amount: INTEGER, currency: TEXT, note: TEXT, fee: INTEGER }, 'amount') },
      'payment_id',
    ),
    facts: { ...optionalFull, request: { amount: 'body.money.amount', note: 'body.money.note' } },
  },
  'a full refund that leaves an object out': {
    body: object({ ...PAYMENT, money: object({ amount: INTEGER, currency: TEXT }, 'amount') }, 'payment_id'),
    facts: { ...optionalFull, request: { amount: 'body.money.amount' } },
  },
  'a full refund that leaves a list out': {
    body: object({ ...PAYMENT, lines: listOf(object({ amount: INTEGER }, 'amount'), { maxItems: 1 }) }, 'payment_id'),
    facts: { ...optionalFull, request: { amount: 'body.lines.[].amount' } },
  },
  'two amounts that are as good as each other': {
    body: object({ ...PAYMENT, refund_amount: INTEGER, amount_refund: INTEGER, 'amount-refund': INTEGER }),
    facts: open,
  },
  'a currency by another word than the amount': {
    body: object({ ...PAYMENT, refund_amount: INTEGER, transaction_currency: TEXT }, 'refund_amount'),
  },
  'two currencies, neither of which is that of the amount': {
    body: object({ ...PAYMENT, refund_amount: INTEGER, transaction_currency: TEXT, currency: TEXT }, 'refund_amount'),
  },
  'a currency by the same two words as the amount': {
    body: object(
      { ...PAYMENT, refund_transaction_amount: INTEGER, refund_transaction_currency: TEXT, refund_currency: TEXT },
      'refund_transaction_amount',
    ),
    facts: { request: { amount: 'body.refund_transaction_amount' } },
  },
};
