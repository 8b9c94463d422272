/** The exchange that is measured: a refund of a part at CHIP, and the provider's whole answer to it. */

export const MINOR = 1250;
export const CURRENCY = 'MYR';
export const API_KEY = 'chip_test_key';
export const PURCHASE_ID = '0b3f6c1a-9d2e-4f7a-8b5c-1e2d3c4b5a69';

export const CHIP_ANSWER = {
  type: 'payment',
  id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  created_on: 1_700_000_000,
  updated_on: 1_700_000_000,
  payment: {
    is_outgoing: true,
    payment_type: 'refund',
    amount: MINOR,
    currency: CURRENCY,
    net_amount: MINOR,
    fee_amount: 0,
  },
  related_to: { type: 'purchase', id: PURCHASE_ID },
  is_test: true,
};
