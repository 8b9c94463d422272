import { describe, expect, test } from 'vitest';
import type { JsonMap } from '../fixtures/json.js';
import { found, nameOf, rolesIn, takes } from './discovered.js';

/** Operations that are there in any API of payments, and refund nothing. */
const AROUND = {
  'POST /payments': { operationId: 'createPayment', summary: 'Create a payment', ...takes('amount', 'currency') },
  'GET /payments': { operationId: 'listPayments', summary: 'List payments and their refunds' },
  'POST /payments/{id}/capture': { operationId: 'capturePayment', ...takes('amount') },
  'POST /customers': { operationId: 'createCustomer' },
};

/** How APIs name the one operation that refunds a payment. */
const STYLES: readonly (readonly [string, JsonMap])[] = [
  ['POST /refunds', { operationId: 'createRefund' }],
  ['POST /v1/refunds', { operationId: 'PostRefunds' }],
  ['POST /RefundTransaction', { operationId: 'RefundTransaction', ...takes('TransactionId') }],
  ['POST /api/CreateRefund', { operationId: 'CreateRefund', ...takes('TransactionId', 'Amount') }],
  ['POST /refund.create', { operationId: 'refund.create', ...takes('payment') }],
  ['POST /v1/payments/{paymentId}:refund', { operationId: 'payments.refund' }],
  ['POST /orders/{id}:refund', { operationId: 'orders.refund' }],
  ['POST /refund/{paymentId}', { operationId: 'Refund a payment' }],
  ['POST /refunds/full/{transaction_id}', {}],
  ['POST /refund/payment', takes('payment_id', 'amount')],
  ['POST /transaction/refund', { summary: 'Refund Transaction', ...takes('transaction', 'amount') }],
  ['PUT /transactions/{id}/refunds', { operationId: 'transactions_refunds_put' }],
  ['PATCH /payments/{id}/refund', { operationId: 'refundPayment' }],
  ['POST /payments/{id}/actions/refund', {}],
  ['POST /charges/{id}/refund.json', {}],
  ['POST /Payments/{id}/Refund', { operationId: 'Payments_Refund' }],
  ['POST /refund', takes('originalTransactionReference', 'amount')],
  ['POST /reverse', { operationId: 'refund', summary: 'Refund a payment', ...takes('paymentId') }],
  ['POST /payments/{id}/reversals', { operationId: 'refundPayment', ...takes('amount') }],
  ['POST /v1/credit', { operationId: 'refundCard', summary: 'Refund a card payment', ...takes('transaction_id') }],
  ['POST /refunds/', { summary: '**Refund** a payment. Moves money.' }],
];

describe('what refunds is found, however it is named', () => {
  test.each(STYLES)('%s %o', (name, operation) => {
    const { alternatives, create } = found({ ...AROUND, [name]: operation });
    expect(nameOf(create)).toBe(name);
    expect(alternatives.map(nameOf)).toEqual([]);
  });

  test.each([
    ['Portuguese', 'POST /pagamentos/{id}/estornos', {}],
    ['Portuguese, with accents', 'PUT /pix/{id}/devolução', { summary: 'Solicitar devolução.' }],
    ['Spanish', 'POST /pagos/{id}/devoluciones', { summary: 'Crear una devolución' }],
    ['Spanish', 'POST /pagos/{id}/reembolso', {}],
    ['French', 'POST /paiements/{id}/remboursements', {}],
    ['German', 'POST /zahlungen/{id}/rückerstattung', {}],
    ['German', 'POST /zahlungen/{id}/erstattungen', {}],
    ['Italian', 'POST /pagamenti/{id}/rimborso', takes('transazione', 'payment_id')],
    ['Dutch', 'POST /betalingen/{id}/terugbetaling', takes('transaction')],
    ['Polish', 'POST /platnosci/{id}/zwrot', takes('transaction')],
    ['Turkish', 'POST /odeme/{id}/iade', takes('transaction')],
  ])('%s: %s', (_, name, operation) => {
    expect(nameOf(found({ ...AROUND, [name]: operation }).create)).toBe(name);
  });

  test('behind a reference of its path', () => {
    const item = { post: { operationId: 'createRefund' }, get: { operationId: 'listRefunds' } };
    const root = { paths: { '/refunds': { $ref: '#/components/pathItems/Refunds' } } };
    const { create, list } = found({}, { pathItems: { Refunds: item } }, root);
    expect([nameOf(create), nameOf(list)]).toEqual(['POST /refunds', 'GET /refunds']);
    expect(create?.pointer).toBe('/paths/~1refunds/post');
  });
});

const PAYMENT = { 'POST /payments/{id}/refunds': { summary: 'Refund a payment', ...takes('amount') } };

/** What looks like a refund of a payment and is none, or not first of all: never before one that is. */
const BESIDE: readonly (readonly [string, string, JsonMap])[] = [
  ['a refund of a fee', 'POST /application_fees/{id}/refunds', { summary: 'Refund a fee', ...takes('amount') }],
  ['a refund at a terminal', 'POST /terminal/refunds', { summary: 'Create a refund', ...takes('payment_id') }],
  ['what cancels or refunds', 'POST /payments/{id}/cancelOrRefund', { operationId: 'cancelOrRefund' }],
  ['a refund of a payout', 'POST /payouts/{id}/refunds', { summary: 'Refund a payout' }],
  ['a refund of a gift card', 'POST /giftcards/{id}/refunds', { summary: 'Refund a gift card' }],
  ['a deprecated one', 'POST /charges/{id}/refunds', { summary: 'Refund a charge', deprecated: true }],
  ['a refund of a tax', 'POST /taxes/{id}/refunds', { summary: 'Refund a tax' }],
];

/** What has refunds in its name and never makes one. */
const NONE: readonly (readonly [string, string, JsonMap])[] = [
  ['a record', 'POST /invoices/{id}/record_refund', { operationId: 'recordRefund' }],
  ['a record, by its summary', 'POST /invoices/{id}/refunds', { summary: 'Records a refund made elsewhere' }],
  ['a record of another shop', 'POST /external_orders/{id}/refunds', { summary: 'Create a refund' }],
  ['a simulation', 'POST /simulations/refunds', { summary: 'Create a refund' }],
  ['a test', 'POST /refunds/simulate', { summary: 'Simulate a refund' }],
  ['a calculation', 'POST /orders/{id}/refunds/calculate', {}],
  ['a webhook', 'POST /webhooks/refunds', { summary: 'Receive refunds' }],
  ['a note on one', 'POST /refunds/{id}/notes', { summary: 'Add a note to a refund' }],
  ['an approval', 'POST /refunds/{id}/approve', { summary: 'Approve a refund' }],
  ['a batch', 'POST /refunds/batch', { operationId: 'createRefundBatch' }],
  ['reasons', 'POST /refund-reasons', { operationId: 'createRefundReason' }],
  ['what only mentions one', 'POST /payouts', { summary: 'Create a payout', description: 'Not a refund.' }],
];

describe('one operation refunds a payment', () => {
  test.each(BESIDE)('and not %s, which is an alternative at most', (_, name, operation) => {
    const { alternatives, create } = found({ ...PAYMENT, [name]: operation });
    expect(nameOf(create)).toBe('POST /payments/{id}/refunds');
    expect(alternatives.map(nameOf)).not.toContain('POST /payments/{id}/refunds');
    expect([[], [name]]).toContainEqual(alternatives.map(nameOf));
  });

  test.each(NONE)('%s is not even an alternative', (_, name, operation) => {
    const { alternatives, create } = found({ ...PAYMENT, [name]: operation });
    expect(nameOf(create)).toBe('POST /payments/{id}/refunds');
    expect(alternatives).toEqual([]);
    expect(found({ [name]: operation }).create).toBeUndefined();
  });
});

describe('the other roles', () => {
  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>]>([
    [
      'of an API of resources',
      ['POST /refunds', 'GET /refunds', 'GET /refunds/{id}', 'PATCH /refunds/{id}', 'DELETE /refunds/{id}'],
      {
        create: 'POST /refunds',
        list: 'GET /refunds',
        retrieve: 'GET /refunds/{id}',
        update: 'PATCH /refunds/{id}',
        cancel: 'DELETE /refunds/{id}',
      },
    ],
    [
      'of an API of calls',
      ['POST /RefundPayment', 'POST /GetRefund', 'POST /ListRefunds', 'POST /CancelRefund', 'POST /GetPayment'],
      {
        create: 'POST /RefundPayment',
        retrieve: 'POST /GetRefund',
        list: 'POST /ListRefunds',
        cancel: 'POST /CancelRefund',
      },
    ],
    [
      'where everything is a POST',
      ['POST /refunds', 'POST /refunds/list', 'POST /refunds/{id}', 'GET /refunds/{id}', 'POST /refunds/{id}/cancel'],
      {
        create: 'POST /refunds',
        list: 'POST /refunds/list',
        update: 'POST /refunds/{id}',
        retrieve: 'GET /refunds/{id}',
        cancel: 'POST /refunds/{id}/cancel',
      },
    ],
    [
      'below a payment',
      [
        'POST /payments/{id}/refunds',
        'GET /payments/{id}',
        'GET /payments/{id}/refunds',
        'GET /payments/{id}/refunds/{refund_id}',
      ],
      {
        create: 'POST /payments/{id}/refunds',
        payment: 'GET /payments/{id}',
        list: 'GET /payments/{id}/refunds',
        retrieve: 'GET /payments/{id}/refunds/{refund_id}',
      },
    ],
    [
      'beside a payment',
      ['POST /payments/{id}/refund', 'GET /refunds/{id}', 'GET /refunds'],
      { create: 'POST /payments/{id}/refund', retrieve: 'GET /refunds/{id}', list: 'GET /refunds' },
    ],
    [
      'of what is searched with POST',
      ['POST /refunds', 'POST /refunds/search'],
      {
        create: 'POST /refunds',
        list: 'POST /refunds/search',
      },
    ],
  ])('%s', (_, names, roles) => {
    // Calls have their names in their paths, and again as ids.
    const operations = Object.fromEntries(
      names.map((name) => {
        const [, call] = /^POST \/([A-Z]\w+)$/.exec(name) ?? [];
        const said = call === undefined ? {} : { operationId: call };
        return [name, name === names[0] ? { ...said, ...takes('payment_id') } : said];
      }),
    );
    expect(rolesIn(operations)).toEqual(roles);
  });

  test('the ones below where refunds are made count before others', () => {
    const operations = {
      'POST /v2/refunds': { operationId: 'createRefund', ...takes('payment_id') },
      'GET /v1/refunds/{id}': { operationId: 'getRefund', summary: 'Get a refund' },
      'GET /v2/refunds/{id}': {},
    };
    expect(rolesIn(operations)['retrieve']).toBe('GET /v2/refunds/{id}');
  });

  test('without one that creates there are none', () => {
    expect(rolesIn({ 'GET /refunds': {}, 'GET /refunds/{id}': {} })).toEqual({});
  });
});
