import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';
import { described, NUMBER, open } from './odd-parts.js';

const PAYMENT = { payment_id: TEXT };
const CENTS = described('Amount in cents.');

const amount = (schema: JsonMap, more: Invention = {}): Invention => ({
  body: object({ ...PAYMENT, amount: schema }, 'payment_id', 'amount'),
  facts: open,
  ...more,
});
const nested = (holder: JsonMap, value: JsonMap = INTEGER): Invention =>
  amount({ ...object({ value, currency: TEXT }, 'value', 'currency'), ...holder });
const answered = (answer: JsonMap, schema: JsonMap = INTEGER): Invention =>
  amount(schema, { answers: { '200': answer }, facts: { ...open, answers: undefined } });

/** Where a spec speaks of an amount, odd in one way each: what is taken from there, and what is not, is in a snapshot. */
export const ODD_EVIDENCE: Readonly<Record<string, Invention>> = {
  'a title': amount({ ...INTEGER, title: 'Amount in cents' }),
  'a title and a description': amount({ ...CENTS, title: 'Amount in euros' }),
  'an example': amount({ ...TEXT, example: '10.50' }),
  'an example that is a number': amount({ ...NUMBER, description: 'Amount in cents', example: 10.5 }),
  'an example that is neither': amount({ ...TEXT, example: true, description: 'Amount in cents' }),
  'an example that is an object': amount({ ...TEXT, example: { amount: '10.50' } }),
  'several examples': amount({ ...TEXT, examples: [{}, '10.50'] }),
  'an example and several': amount({ ...TEXT, example: '10.50', examples: ['1050'] }),
  'an example that leaves the point out': amount({ ...TEXT, description: 'Amount in euros', example: '1050' }),
  'a pattern': amount({ ...TEXT, pattern: '^\\d+\\.\\d{2}$' }),
  'a pattern of a number': amount({ ...NUMBER, pattern: '^\\d+\\.\\d{2}$' }),
  'a format': amount({ ...TEXT, format: 'decimal', description: 'Amount in cents' }),
  'a description behind a reference': amount({ $ref: '#/components/schemas/Cents' }, { schemas: { Cents: CENTS } }),
  'descriptions at a reference and behind it': amount(
    { allOf: [{ $ref: '#/components/schemas/Cents' }], description: 'Amount in euros' },
    { schemas: { Cents: CENTS } },
  ),
  'a decimal of an integer': amount({ ...INTEGER, description: 'Decimal amount' }),
  'a decimal of a number': amount({ ...NUMBER, description: 'Decimal amount' }),
  'a decimal of a text': amount({ ...TEXT, description: 'Decimal amount' }),
  'a decimal of no type': amount({ description: 'Decimal amount' }),
  'a decimal of several types': amount({ oneOf: [INTEGER, TEXT], description: 'Decimal amount' }),
  'what is said of the object around it': nested({ description: 'The amount, with its value in cents.' }),
  'what is said of the object and of the value': nested({ description: 'The amount in euros.' }, CENTS),
  'a title of the object': nested({ title: 'Amount in cents' }),
  'an example of the object': nested({ example: '10.50', examples: ['10.50'], pattern: '^\\d+\\.\\d{2}$' }, TEXT),
  'what is said of the body': {
    body: {
      ...object({ ...PAYMENT, amount: INTEGER }, 'payment_id', 'amount'),
      description: 'The amount is in cents.',
    },
    facts: open,
  },
  'what is said of a list': {
    body: object({ ...PAYMENT, refunds: listOf(object({ amount: INTEGER }), { description: 'Amounts in cents.' }) }),
    facts: { ...open, request: { amount: 'body.refunds[].amount', payment: 'body.payment_id' } },
  },
  'what is said of another field': amount(INTEGER, {
    body: object({ ...PAYMENT, amount: INTEGER, fee: CENTS }, 'payment_id', 'amount'),
  }),
  'what is said of the field of an answer': answered(object({ id: TEXT, amount: CENTS })),
  'what is said of another field of an answer': answered(object({ id: TEXT, refund_amount: CENTS })),
  'what is said of an answer, and otherwise of the request': answered(
    object({ id: TEXT, amount: CENTS }),
    described('Amount in euros', NUMBER),
  ),
  'what is said of an error': amount(INTEGER, {
    errors: { '400': object({ code: TEXT, message: TEXT, amount: CENTS }) },
  }),
  'what is said in an answer of another kind': answered({ ...object({ amount: CENTS }), type: 'array' }),
  'what is said of an amount in the query': {
    operation: { parameters: [{ name: 'amount', in: 'query', required: true, schema: CENTS }] },
    body: object(PAYMENT, 'payment_id'),
    facts: { ...open, request: { amount: 'query.amount' } },
  },
  'what is said in alternatives': amount({ anyOf: [CENTS, described('Amount in minor units', NUMBER)] }),
  'what is said in alternatives that differ': amount({ anyOf: [CENTS, described('Amount in euros', NUMBER)] }),
};
