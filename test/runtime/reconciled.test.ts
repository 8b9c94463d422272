import { describe, expect, test } from 'vitest';
import { type JournalState, memoryJournal, type RefundAttempt } from '../../templates/runtime/journal.js';
import { type PaymentReconciliation, reconcileByPayment } from '../../templates/runtime/reconcile.js';
import { closeAfterReading, json } from '../loopback.js';
import { acme, attemptOf, PAYMENT } from './acme.js';

const BEFORE = { currency: 'USD', minor: '500', included: ['early'] } as const;
const SHOWN = { id: 'pay_1', total: 1750, currency: 'USD' };
const REFUNDABLE: PaymentReconciliation = { ...PAYMENT, measure: 'refundable' };

/** An attempt of 12.50 USD on a payment of which 5.00 USD were refunded before. */
function asked(given: Partial<RefundAttempt<'acme'>> = {}): RefundAttempt<'acme'> {
  return attemptOf({ before: BEFORE, ...given });
}

interface Given {
  readonly shown?: object;
  readonly attempt?: RefundAttempt<'acme'>;
  readonly reading?: PaymentReconciliation;
  readonly others?: readonly (readonly [state: JournalState, given: Partial<RefundAttempt>])[];
}

async function reconcile({ attempt = asked(), others = [], reading = PAYMENT, shown = {} }: Given = {}) {
  const journal = memoryJournal();
  await journal.begin({ attempt, state: 'unknown' });
  for (const [index, [state, given]] of others.entries()) {
    const other = { ...attemptOf({ refundRef: `other_${index}`, attemptId: `attempt_other_${index}` }), ...given };
    await journal.begin({ attempt: other, state });
  }
  const { connection } = await acme([json(200, { ...SHOWN, ...shown })], { journal });
  return reconcileByPayment(connection, reading, attempt, {});
}

describe('a refund has happened where what is', () => {
  test('refunded has grown by its amount', async () => {
    const verdict = await reconcile();
    if (verdict.verdict !== 'happened') throw new Error(verdict.why);
    const { now, ...evidence } = verdict.evidence;
    expect(now.toString()).toBe('17.50 USD');
    expect(evidence).toStrictEqual({ measure: 'refunded', before: BEFORE, pending: false });
  });

  test('refundable has shrunk by its amount', async () => {
    const attempt = asked({ before: { ...BEFORE, minor: '3000' } });
    expect(await reconcile({ reading: REFUNDABLE, attempt })).toMatchObject({
      verdict: 'happened',
      evidence: { measure: 'refundable', now: { minor: 1750n } },
    });
  });

  test.each<[string, Partial<RefundAttempt<'acme'>>, object, PaymentReconciliation]>([
    ['nothing, after a full refund', { amount: null, before: BEFORE }, { total: 0 }, REFUNDABLE],
    [
      'refunded is more by what a full refund was expected to be',
      { amount: null, expectedAmount: { currency: 'USD', minor: '1250' } },
      {},
      PAYMENT,
    ],
    [
      'refundable is less by what a full refund was expected to be, and there is more left',
      { amount: null, expectedAmount: { currency: 'USD', minor: '300' } },
      { total: 200 },
      REFUNDABLE,
    ],
  ])('%s', async (_, given, shown, reading) => {
    expect(await reconcile({ attempt: asked(given), shown, reading })).toMatchObject({ verdict: 'happened' });
  });

  test('it tells how many attempts there were, and how the newest failed', async () => {
    const verdict = await reconcile({ shown: { attempts: 2, failure: 'declined' } });
    expect(verdict).toMatchObject({ verdict: 'happened', evidence: { attempts: 2, failureCode: 'declined' } });
  });
});

test('what has happened is held again where a person has released it', async () => {
  const journal = memoryJournal();
  await journal.begin({ attempt: asked(), state: 'refused' });
  const { connection } = await acme([json(200, SHOWN)], { journal });
  expect(await reconcileByPayment(connection, PAYMENT, asked(), {})).toMatchObject({ verdict: 'happened' });
  expect((await journal.ofPayment('acme', 'pay_1')).map(({ state }) => state)).toEqual(['unknown']);
});

describe('a refund stays unknown where', () => {
  const none = asked();
  const { before: _, ...unstated } = none;

  test.each<[string, Given, string]>([
    ['nothing has changed', { shown: { total: 500 } }, 'refunded has not changed'],
    ['it was not known before', { attempt: unstated }, 'what was refunded before.*expect'],
    ['refunded has grown by less', { shown: { total: 1749 } }, 'refunded has changed by another amount'],
    ['refunded has grown by more', { shown: { total: 1751 } }, 'refunded has changed by another amount'],
    [
      'refunded has shrunk by its amount',
      { attempt: asked({ before: { ...BEFORE, minor: '3000' } }) },
      'refunded has changed by another amount',
    ],
    ['refundable has grown by its amount', { reading: REFUNDABLE }, 'refundable has changed by another amount'],
    [
      'there was nothing left for a full refund before',
      { attempt: asked({ amount: null, before: { ...BEFORE, minor: '0' } }), shown: { total: 0 }, reading: REFUNDABLE },
      'refundable has not changed',
    ],
    ['another currency is shown', { shown: { currency: 'EUR' } }, 'another currency'],
    [
      'the currency before was another',
      { attempt: asked({ before: { ...BEFORE, currency: 'EUR' } }) },
      'another currency',
    ],
    [
      'the currency of the amount is another',
      { attempt: asked({ amount: { currency: 'EUR', minor: '1250' } }) },
      'another currency',
    ],
    [
      'the currency of a full refund is another',
      { attempt: asked({ amount: null, expectedAmount: { currency: 'EUR', minor: '1250' } }) },
      'another currency',
    ],
    ['a full refund of nobody knows how much shows in what is refunded', { attempt: asked({ amount: null }) }, 'full'],
    [
      'a full refund shows nothing refunded any more',
      { attempt: asked({ amount: null }), shown: { total: 0 } },
      'full refund',
    ],
    [
      'a full refund has left something',
      { attempt: asked({ amount: null }), shown: { total: 1 }, reading: REFUNDABLE },
      'refundable has changed, but not as a full refund',
    ],
  ])('%s', async (_, given, why) => {
    expect(await reconcile(given)).toMatchObject({
      verdict: 'still_unknown',
      next: 'ask_provider',
      why: expect.stringMatching(why),
      evidence: { pending: false },
    });
  });

  test('a refund is still being processed: the payment can be read again', async () => {
    expect(await reconcile({ shown: { status: 'pending_refund' } })).toMatchObject({
      verdict: 'still_unknown',
      next: 'reconcile',
      why: expect.stringContaining('still being processed'),
      evidence: { pending: true, now: { minor: 1750n } },
    });
  });

  test('it was not known before, which the evidence does not claim', async () => {
    const verdict = await reconcile({ attempt: unstated });
    expect(verdict.evidence).toBeDefined();
    expect(verdict.evidence).not.toHaveProperty('before');
  });
});

describe('another attempt on the payment', () => {
  test.each(['open', 'unknown', 'accepted'] as const)('may be what the payment shows: %s', async (state) => {
    expect(
      await reconcile({
        others: [
          ['refused', {}],
          [state, {}],
        ],
      }),
    ).toMatchObject({
      verdict: 'still_unknown',
      next: 'ask_provider',
      why: expect.stringMatching(`"other_1".*${state}`),
      evidence: { now: { minor: 1750n } },
    });
  });

  test.each<[string, JournalState, Partial<RefundAttempt>]>([
    ['was refused', 'refused', {}],
    ['was accepted before', 'accepted', { attemptId: 'early' }],
    ['is on another payment', 'unknown', { payment: 'pay_2' }],
    ['is at another provider', 'unknown', { provider: 'other' }],
  ])('is not where it %s', async (_, state, given) => {
    expect(await reconcile({ others: [[state, given]] })).toMatchObject({ verdict: 'happened' });
  });

  test('is what the payment shows where nothing was included before', async () => {
    const attempt = asked({ before: { ...BEFORE, included: [] } });
    const others = [['accepted', { attemptId: 'early' }]] as const;
    expect(await reconcile({ attempt, others })).toMatchObject({ verdict: 'still_unknown' });
  });

  test('cannot be excluded where the journal fails', async () => {
    const journal = { ...memoryJournal(), ofPayment: () => Promise.reject(new Error('down')) };
    const { connection } = await acme([json(200, SHOWN)], { journal });
    expect(await reconcileByPayment(connection, PAYMENT, asked(), {})).toMatchObject({
      verdict: 'still_unknown',
      next: 'ask_provider',
      why: expect.stringContaining('journal'),
    });
  });
});

describe('a payment that cannot be read', () => {
  test.each([
    ['no answer', closeAfterReading, { kind: 'unavailable' }],
    ['a refusal', json(403, { message: 'No.' }), { kind: 'permission', httpStatus: 403, message: 'No.' }],
    ['another payment', json(200, { ...SHOWN, id: 'pay_2' }), { kind: 'malformed_answer' }],
  ])('%s', async (_, reply, error) => {
    const { connection } = await acme([reply]);
    const verdict = await reconcileByPayment(connection, PAYMENT, asked(), {});
    if (verdict.verdict !== 'still_unknown') throw new Error('it is decided');
    expect(verdict).toMatchObject({ next: 'reconcile', error });
    expect(verdict.why).toContain('the payment could not be read');
    expect(verdict.why).toContain(verdict.error?.message);
    expect(verdict).not.toHaveProperty('evidence');
  });
});

test('an attempt of another provider is nobody to ask about, and nothing is sent', async () => {
  const { connection, seen } = await acme([json(200, SHOWN)]);
  // Read back from storage, its type is only a claim.
  const other = { ...asked(), provider: 'other' };
  await expect(reconcileByPayment(connection, PAYMENT, other, {})).rejects.toThrow(/other.*acme/);
  expect(seen).toEqual([]);
});
