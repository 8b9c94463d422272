// How the clients of specs/ are driven against Prism.

/**
 * @typedef {object} Kit what requests are made with, from the generated module
 * @property {() => unknown} full
 * @property {(money: unknown) => unknown} partial
 * @property {(currency: string, minor: bigint) => unknown} money
 */

/**
 * @typedef {object} Mocked what calls end as on answers that Prism makes up
 * @property {readonly (readonly [payment: string | number, minor: bigint, ends: string])[]} refunds
 * @property {readonly (readonly [refundId: string, ends: string])[]} [retrievals]
 * @property {string} [reconciled]
 */

/** @typedef {{ readonly method?: string, readonly path?: string, readonly headers?: object, readonly body?: object }} Raw */

/**
 * @typedef {object} Drive
 * @property {string} create the function of the generated module
 * @property {readonly object[]} clients the configurations to drive with: every way to authenticate
 * @property {string} currency
 * @property {readonly object[]} details what a refund is asked for with, beside its amount: the least, and all there is
 * @property {string | number} nobody a payment that does not exist
 * @property {(payment: string | number, refundId: string) => Readonly<Record<string, object>>} native inputs, by operation
 * @property {Mocked} mocked
 * @property {(answer: any, status: number) => object} complete an answer as the spec has it: the simulator leaves out what no
 *   client reads, and writes every error in one form
 * @property {boolean} [listsStatuses] whether the spec lists all statuses of a refund
 * @property {(payment: string | number) => Required<Raw>} right a request that the spec allows
 * @property {readonly (readonly [place: string, wrong: Raw])[]} wrong what is changed of it, and where Prism has to see it
 */

const JSON_BODY = { 'content-type': 'application/json' };
const BASIC = { ...JSON_BODY, accept: 'application/json', authorization: `Basic ${btoa('sk_test_1:')}` };
const PIRIOD_HEADERS = { ...JSON_BODY, authorization: 'Token tok_1', 'x-simple-workspace': 'acc_1' };
const PIRIOD_BODY = { payment: 7001, amount: 12.5, reason: 'duplicate', receipt: 'order-77' };
const MEDUSA_HEADERS = { ...JSON_BODY, 'x-medusa-access-token': 'tok_1' };
const CHIP_HEADERS = { ...JSON_BODY, authorization: 'Bearer key_1' };
const PURCHASE = '5a1f9a4e-3f5a-4a55-9f7e-0d4a7f0f1c11';

/** By the provider's name. @type {Readonly<Record<string, Drive>>} */
export const DRIVES = {
  piriod: {
    create: 'createPiriod',
    clients: [
      { auth: { token: 'tok_1' }, workspace: 'acc_1' },
      { auth: { token: async () => 'tok_1' }, workspace: 'acc_1', testMode: true },
    ],
    currency: 'USD',
    details: [
      { reason: 'duplicate' },
      { reason: 'requested_by_customer', note: 'Übergröße', metadata: { order: { number: 77 } } },
    ],
    nobody: 999,
    native: (payment) => ({
      createRefund: { body: { ...PIRIOD_BODY, payment: Number(payment), note: null, metadata: {} } },
    }),
    mocked: { refunds: [[7001, 1250n, 'unknown contract_violation']] },
    complete: (answer, status) => {
      if (status < 300) return { receipt: 'order-77', ...answer };
      return status === 404 ? { detail: 'Not found.' } : answer;
    },
    listsStatuses: true,
    right: (payment) => ({
      method: 'POST',
      path: '/refunds/',
      headers: PIRIOD_HEADERS,
      body: { ...PIRIOD_BODY, payment: Number(payment) },
    }),
    wrong: [
      ['credentials', { headers: { ...PIRIOD_HEADERS, authorization: '' } }],
      ['header', { headers: { ...JSON_BODY, authorization: 'Token tok_1' } }],
      ['body.amount', { body: { ...PIRIOD_BODY, amount: '12.50' } }],
      ['body.reason', { body: { ...PIRIOD_BODY, reason: 'other' } }],
      ['body.note', { body: { ...PIRIOD_BODY, note: 'n'.repeat(65) } }],
      ['body', { body: { payment: 7001, amount: 12.5, reason: 'duplicate' } }],
    ],
  },
  wooshpay: {
    create: 'createWooshpay',
    clients: [{ auth: { secretKey: 'sk_test_1' }, server: 'test' }],
    currency: 'USD',
    details: [{}, { reason: 'resolved_dispute', metadata: { 'order number': '77' } }],
    nobody: 'pi_nobody',
    native: (payment, refundId) => ({
      createRefund: { header: { 'Idempotency-Key': 'order-77' }, body: { payment_intent: payment, amount: '100' } },
      retrieveRefund: { path: { refund_id: refundId } },
    }),
    mocked: {
      refunds: [['pi_1', 1250n, 'unknown contract_violation']],
      // Prism names every refund `string`.
      retrievals: [
        ['re_1', 'failed malformed_answer'],
        ['string', 'found unrecognized'],
      ],
      reconciled: 'still_unknown',
    },
    // A 400 without a code is no refusal here: it might be an `idempotency_error`.
    complete: (answer, status) =>
      status < 300 ? answer : { error: { type: 'invalid_request_error', ...answer.error } },
    right: (payment) => ({
      method: 'POST',
      path: '/v1/refunds',
      headers: BASIC,
      body: { payment_intent: payment, amount: '100' },
    }),
    wrong: [
      ['credentials', { headers: { ...BASIC, authorization: '' } }],
      ['media type', { headers: { ...BASIC, 'content-type': 'text/plain' } }],
      ['body.amount', { body: { payment_intent: 'pi_1', amount: 100 } }],
      ['body.reason', { body: { payment_intent: 'pi_1', reason: 'other' } }],
      ['body.metadata', { body: { payment_intent: 'pi_1', metadata: 'order 77' } }],
    ],
  },
  medusa: {
    create: 'createMedusa',
    clients: [{ auth: { apiToken: 'tok_1' } }, { auth: { jwtToken: 'tok_1' } }, { auth: { cookieAuth: 'tok_1' } }],
    currency: 'EUR',
    details: [{ reason: 'return' }, { reason: 'other', note: 'Zu groß' }],
    nobody: 'pay_nobody',
    native: (payment) => ({
      postPaymentsPaymentRefunds: { path: { id: payment }, body: { amount: 100, reason: 'claim', note: 'Late' } },
      getPaymentsPayment: { path: { id: payment } },
    }),
    mocked: {
      // What Prism makes up is a refund of 1000 of the payment `string`.
      refunds: [
        ['pay_1', 1000n, 'unknown contract_violation'],
        ['string', 1250n, 'unknown contract_violation'],
        ['string', 1000n, 'accepted pending'],
      ],
      reconciled: 'still_unknown',
    },
    complete: ({ payment, refund, ...answer }) => {
      if (payment !== undefined) return { payment: { amount: 5000, ...payment } };
      if (refund === undefined) return answer;
      return { refund: { ...UNREAD_OF_MEDUSA, updated_at: refund.created_at, note: null, ...refund } };
    },
    right: (payment) => ({
      method: 'POST',
      path: `/admin/payments/${payment}/refund`,
      headers: MEDUSA_HEADERS,
      body: { amount: 100, reason: 'other' },
    }),
    wrong: [
      ['credentials', { headers: JSON_BODY }],
      ['body.amount', { body: { amount: 12.5, reason: 'other' } }],
      ['body.note', { body: { amount: 100, reason: 'other', note: 77 } }],
      ['body', { body: { amount: 100 } }],
      ['NO_METHOD_MATCHED_ERROR', { method: 'PUT' }],
    ],
  },
  chip: {
    create: 'createChip',
    clients: [{ auth: { apiKey: 'key_1' } }],
    currency: 'MYR',
    details: [{}],
    nobody: PURCHASE,
    native: (payment) => ({
      refundPurchase: { path: { id: payment }, body: { amount: 100 } },
      retrievePurchase: { path: { id: payment } },
    }),
    mocked: { refunds: [[PURCHASE, 1250n, 'unknown malformed_answer']], reconciled: 'still_unknown' },
    complete: (answer, status) => {
      if (status >= 300) return { __all__: [{ message: 'Not possible.', code: 'invalid' }] };
      // The simulator gives refunds ids of its own kind where no operation takes one.
      return answer.type === 'payment' ? { ...answer, id: PURCHASE } : answer;
    },
    right: (payment) => ({
      method: 'POST',
      path: `/purchases/${payment}/refund/`,
      headers: CHIP_HEADERS,
      body: { amount: 100 },
    }),
    wrong: [
      ['credentials', { headers: { ...JSON_BODY, authorization: 'key_1' } }],
      ['path.id', { path: '/purchases/77/refund/' }],
      ['body.amount', { body: { amount: '100' } }],
      ['NO_PATH_MATCHED_ERROR', { path: `/purchases/${PURCHASE}/refunds` }],
    ],
  },
};

/** Required, and nothing that a refund is understood by. */
const UNREAD_OF_MEDUSA = { order_id: null, idempotency_key: null, metadata: null };
