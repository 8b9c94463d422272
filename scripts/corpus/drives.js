/** @import { Answer, ReceivedRequest } from './validating-server.js' */

/**
 * How the client of a pack is driven.
 *
 * @typedef {object} Drive
 * @property {string} create the function of the generated module
 * @property {readonly object[]} clients the configurations to drive with: every way to authenticate
 * @property {(kit: Kit) => readonly object[]} refunds what to ask for
 * @property {(request: ReceivedRequest) => Answer} answer of the provider that accepts
 * @property {string | undefined} [retrieve] the id of a refund to read
 */

/**
 * What requests are made with, from the generated module.
 *
 * @typedef {object} Kit
 * @property {() => unknown} full
 * @property {(money: unknown) => unknown} partial
 * @property {(currency: string, minor: bigint) => unknown} money
 */

/** By the name of the pack. @type {Readonly<Record<string, Drive>>} */
export const DRIVES = {
  stripe: {
    create: 'createStripe',
    clients: [{ auth: { secretKey: 'sk_test_1' } }, { auth: { bearerToken: 'sk_test_1' } }],
    refunds: ({ full, money, partial }) => [
      {
        refundRef: 'order-77/1',
        payment: 'pi_1',
        amount: partial(money('USD', 1250n)),
        reason: 'duplicate',
        metadata: { 'order number': '77' },
        refundApplicationFee: true,
        reverseTransfer: false,
      },
      { refundRef: 'order-77/2', payment: 'pi_1', amount: full() },
      { refundRef: 'order-77/3', payment: 'pi_1', amount: partial(money('MGA', 125_000n)) },
    ],
    answer: ({ body }) => {
      const asked = new URLSearchParams(body);
      const amount = Number(asked.get('amount') ?? 1250);
      const currency = asked.get('metadata[refund_ref]') === 'order-77/3' ? 'mga' : 'usd';
      const about = { id: 're_1', object: 'refund', created: 1_763_632_800, payment_intent: 'pi_1' };
      return { status: 200, body: { ...about, amount, currency, status: 'succeeded' } };
    },
    retrieve: 're_1',
  },
  'adyen-checkout': {
    create: 'createAdyenCheckout',
    clients: [{ auth: { apiKey: 'AQE_1' } }, { auth: { username: 'ws@Company.Shop', password: 'p' } }],
    refunds: ({ money, partial }) => [
      {
        refundRef: 'order-77/1',
        payment: 'PAY1234567890123',
        merchantAccount: 'ShopECOM',
        amount: partial(money('EUR', 1250n)),
        reason: 'CUSTOMER REQUEST',
        lineItems: [{ id: 'item 1', quantity: 1, amountIncludingTax: 1250 }],
      },
      {
        refundRef: 'order-77/2',
        payment: 'PAY1234567890123',
        merchantAccount: 'ShopECOM',
        amount: partial(money('CLP', 1250n)),
      },
    ],
    answer: ({ body }) => {
      const about = { pspReference: 'REF1', paymentPspReference: 'PAY1234567890123', status: 'received' };
      return { status: 201, body: { ...JSON.parse(body), ...about } };
    },
  },
  'paypal-payments': {
    create: 'createPaypalPayments',
    clients: [{ auth: { accessToken: async () => 'A21_1' }, server: 'sandbox' }],
    refunds: ({ full, money, partial }) => [
      {
        refundRef: 'order-77-1',
        payment: 'CAP1',
        amount: partial(money('USD', 1250n)),
        note: 'Damaged',
        invoiceId: 'INV-1',
      },
      { refundRef: 'order-77-2', payment: 'CAP1', amount: full() },
      { refundRef: 'order-77-3', payment: 'CAP1', amount: partial(money('HUF', 125_000n)) },
    ],
    answer: ({ body, method }) => {
      const asked = body === '' ? {} : JSON.parse(body);
      const amount = asked.amount ?? { currency_code: 'USD', value: '12.50' };
      const status = method === 'GET' ? 200 : 201;
      return { status, body: { id: 'r1', status: 'COMPLETED', custom_id: asked.custom_id, amount } };
    },
    retrieve: 'r1',
  },
  paystack: {
    create: 'createPaystack',
    clients: [{ auth: { secretKey: 'sk_test_1' } }],
    refunds: ({ money, partial }) => [
      {
        refundRef: 'order-77/1',
        payment: 'mpk_1',
        amount: partial(money('NGN', 125_000n)),
        customerNote: 'Damaged',
      },
    ],
    answer: () => {
      const transaction = { id: 1641, reference: 'mpk_1' };
      const data = { transaction, id: 1, status: 'pending', amount: 125_000, currency: 'NGN' };
      return { status: 200, body: { status: true, message: 'Done', data } };
    },
  },
  square: {
    create: 'createSquare',
    clients: [{ auth: { accessToken: 'EAAA_1' } }],
    refunds: ({ money, partial }) => [
      { refundRef: 'order-77/1', payment: 'pay_1', amount: partial(money('USD', 1250n)), reason: 'Damaged' },
    ],
    answer: () => {
      const amount_money = { amount: 1250, currency: 'USD' };
      return { status: 200, body: { refund: { id: 'rf_1', status: 'PENDING', amount_money, payment_id: 'pay_1' } } };
    },
    retrieve: 'rf_1',
  },
  sumup: {
    create: 'createSumup',
    clients: [{ auth: { apiKey: 'sup_sk_1' } }],
    refunds: ({ full, money, partial }) =>
      [partial(money('EUR', 1250n)), full()].map((amount, index) => ({
        refundRef: `order-77/${index}`,
        payment: '410fc44a-5956-44e1-b5cc-19c6f8d727a4',
        merchantCode: 'MH4H92C7',
        amount,
      })),
    answer: () => ({ status: 204 }),
  },
};
