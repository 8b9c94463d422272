// Runs without a build, where Node takes types away itself.

import assert from 'node:assert/strict';
import { createChip, full } from './refunds/index.ts';

const chip = createChip({
  auth: { apiKey: 'sk_test' },
  fetch: () => Promise.reject(new TypeError('nothing is sent')),
});
const outcome = await chip.refund({
  refundRef: 'rf_1',
  payment: '00000000-0000-4000-8000-000000000000',
  amount: full(),
});
assert.equal(outcome.kind, 'unknown');
