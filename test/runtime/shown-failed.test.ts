import { describe, expect, test } from 'vitest';
import type { JournalState, RefundAttempt, RefundJournal } from '../../templates/runtime/journal.js';
import { memoryJournal } from '../../templates/runtime/journal.js';
import {
  type PaymentReconciliation,
  type RefundReconciliation,
  reconcileByPaymentOrFailure,
  reconcileByRefund,
} from '../../templates/runtime/reconcile.js';
import { refund } from '../../templates/runtime/refund.js';
import { releaseAttempt } from '../../templates/runtime/release.js';
import { closeAfterReading, json, type Reply } from '../loopback.js';
import {
  type AcmeRefund,
  acme,
  attemptOf,
  DEFINITION,
  entryOf,
  PAYMENT,
  REFUNDED,
  REQUEST,
  RETRIEVAL,
} from './acme.js';

const BEFORE = { currency: 'USD', minor: '500', attempts: 1, included: [] };
const ANSWERED = { httpStatus: 400, code: 'refund_failed' };
const SHOWN = { id: 'pay_1', total: 500, currency: 'USD', attempts: 2, failure: 'declined' };

/** An attempt that the provider says it has tried. */
const FAILED = attemptOf({ before: BEFORE, answered: ANSWERED });

interface Given {
  readonly shown?: object;
  readonly attempt?: RefundAttempt<'acme'>;
  readonly reading?: PaymentReconciliation;
  readonly state?: JournalState;
  readonly journal?: Partial<RefundJournal>;
}

async function reconcile({ attempt = FAILED, reading = PAYMENT, shown = {}, state = 'unknown', ...given }: Given = {}) {
  const journal = { ...memoryJournal(), ...given.journal };
  await journal.begin({ attempt, state });
  const { connection } = await acme([json(200, { ...SHOWN, ...shown })], { journal });
  return { verdict: await reconcileByPaymentOrFailure(connection, reading, attempt, {}), journal };
}

describe('an attempt whose failure the payment shows', () => {
  test.each(['open', 'unknown'] as const)('has not happened, and is released: %s', async (state) => {
    const { journal, verdict } = await reconcile({ state });
    expect(verdict).toMatchObject({
      verdict: 'did_not_happen',
      released: true,
      evidence: {
        measure: 'refunded',
        before: BEFORE,
        now: { minor: 500n },
        pending: false,
        attempts: 2,
        failureCode: 'declined',
      },
    });
    expect(await entryOf(journal)).toEqual({ attempt: FAILED, state: 'refused' });
  });

  test.each<[string, Given]>([
    ['has ended already', { state: 'accepted' }],
    ['cannot be recorded', { journal: { replace: () => Promise.reject(new Error('down')) } }],
  ])('has not happened, and is not released where it %s', async (_, given) => {
    const { journal, verdict } = await reconcile(given);
    expect(verdict).toMatchObject({ verdict: 'did_not_happen', released: false });
    expect((await entryOf(journal)).state).toBe(given.state ?? 'unknown');
  });
});

describe('a failure that the payment shows may be of something else where', () => {
  const { answered: _, ...unanswered } = FAILED;
  const { failureAnswer: __, ...unspoken } = PAYMENT;
  const answered = (given: object): RefundAttempt<'acme'> => ({ ...FAILED, answered: { ...ANSWERED, ...given } });
  const uncounted = { currency: 'USD', minor: '500', included: [] };

  test.each<[string, Given]>([
    ['the provider has no such answer', { reading: unspoken }],
    ['there was no answer', { attempt: unanswered }],
    ['the answer had another status', { attempt: answered({ httpStatus: 409 }) }],
    ['the answer had another code', { attempt: answered({ code: 'busy' }) }],
    ['the answer had no code', { attempt: { ...FAILED, answered: { httpStatus: 400 } } }],
    ['the payment was not read before', { attempt: attemptOf({ answered: ANSWERED }) }],
    ['attempts were not counted before', { attempt: { ...FAILED, before: uncounted } }],
    ['attempts are not counted now', { shown: { attempts: null } }],
    ['no attempt has come', { shown: { attempts: 1 } }],
    ['two attempts have come', { shown: { attempts: 3 } }],
    ['a refund is under way', { shown: { status: 'pending_refund' } }],
    ['the total has changed', { shown: { total: 499 } }],
    ['the currency has changed', { shown: { currency: 'EUR' } }],
    ['the failure has no code', { shown: { failure: null } }],
    ['the code of the failure does not say that no money moved', { shown: { failure: 'timeout' } }],
    ['the journal cannot tell', { journal: { ofPayment: () => Promise.reject(new Error('down')) } }],
  ])('%s', async (_, given) => {
    const recorded: unknown[] = [];
    const replace = async (entry: unknown): Promise<boolean> => recorded.push(entry) > 0;
    const { verdict } = await reconcile({ ...given, journal: { replace, ...given.journal } });
    expect(verdict).toMatchObject({ verdict: 'still_unknown' });
    expect(recorded).toEqual([]);
  });

  test('another attempt is under way', async () => {
    const journal = memoryJournal();
    await journal.begin({ attempt: attemptOf({ refundRef: 'other', attemptId: 'attempt_2' }), state: 'open' });
    expect((await reconcile({ journal })).verdict).toMatchObject({ verdict: 'still_unknown' });
  });

  test('the payment cannot be read', async () => {
    const { connection } = await acme([closeAfterReading]);
    expect(await reconcileByPaymentOrFailure(connection, PAYMENT, FAILED, {})).toMatchObject({
      verdict: 'still_unknown',
      next: 'reconcile',
      why: expect.stringContaining('the payment could not be read'),
      error: { kind: 'unavailable' },
    });
  });
});

test('a refund that the payment shows has happened, whatever it was answered', async () => {
  const { verdict } = await reconcile({ shown: { total: 1750 } });
  expect(verdict).toMatchObject({ verdict: 'happened', evidence: { now: { minor: 1750n } } });
});

const SEEN: RefundReconciliation<AcmeRefund> = {
  ...RETRIEVAL,
  refundRefOf: ({ id, raw }) => (id === 're_1' ? Reflect.get(Object(raw), 'receipt') : undefined),
};
const CARRIED = { ...REFUNDED, receipt: 'rf_1' };

async function see(reply: Reply, state: JournalState = 'unknown') {
  const journal = memoryJournal();
  await journal.begin({ attempt: attemptOf(), state });
  const { connection } = await acme([reply], { journal });
  return { verdict: await reconcileByRefund(connection, SEEN, attemptOf(), { refundId: 're_1' }, {}), journal };
}

describe('a refund that carries the refundRef', () => {
  test.each(['open', 'unknown'] as const)('has happened, and is recorded: %s', async (state) => {
    const { journal, verdict } = await see(json(200, CARRIED), state);
    expect(verdict).toMatchObject({ verdict: 'happened', evidence: { id: 're_1', status: 'succeeded' } });
    expect(await entryOf(journal)).toEqual({
      attempt: attemptOf(),
      state: 'accepted',
      answer: { of: 'retrieve', status: 200, mediaType: 'application/json', text: JSON.stringify(CARRIED) },
    });
  });

  test('has happened, even where a person has released it', async () => {
    const { journal, verdict } = await see(json(200, CARRIED), 'refused');
    expect(verdict).toMatchObject({ verdict: 'happened' });
    expect((await journal.ofPayment('acme', 'pay_1')).map(({ state }) => state)).toEqual(['accepted']);
  });

  test('is not sent again, even where a person has released it', async () => {
    const { connection, seen } = await acme([closeAfterReading, json(200, CARRIED)]);
    const outcome = await refund(connection, DEFINITION, REQUEST);
    if (outcome.kind !== 'unknown') throw new Error(`it is ${outcome.kind}`);
    await releaseAttempt(connection, outcome.attempt);
    await reconcileByRefund(connection, SEEN, outcome.attempt, { refundId: 're_1' }, {});
    const definition = { ...DEFINITION, readRetrieved: RETRIEVAL.read };
    expect(await refund(connection, definition, REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(seen.map(({ line }) => line.split(' ')[0])).toEqual(['POST', 'GET']);
  });

  test('is not sent again once it has been seen', async () => {
    const { connection, seen } = await acme([closeAfterReading, json(200, CARRIED)]);
    const outcome = await refund(connection, DEFINITION, REQUEST);
    if (outcome.kind !== 'unknown') throw new Error(`it is ${outcome.kind}`);
    await reconcileByRefund(connection, SEEN, outcome.attempt, { refundId: 're_1' }, {});
    const definition = { ...DEFINITION, readRetrieved: RETRIEVAL.read };
    expect(await refund(connection, definition, REQUEST)).toMatchObject({
      kind: 'accepted',
      source: 'journal',
      refund: { id: 're_1', status: 'succeeded' },
    });
    expect(seen.map(({ line }) => line)).toEqual(['POST /refunds HTTP/1.1', 'GET /refunds/re_1 HTTP/1.1']);
  });
});

describe('a refund is not the one of the attempt where', () => {
  test.each<[string, object, string]>([
    ['it carries another refundRef', { receipt: 'rf_2' }, 'another refundRef'],
    ['it carries none', { receipt: null }, 'another refundRef'],
    ['it is of another payment', { payment: 'pay_2' }, 'payment is pay_2, not pay_1'],
    ['it has another amount', { amount: 1251 }, 'amount is 1251'],
    ['nothing fits', { receipt: 'rf_2', payment: 'pay_2', amount: 1 }, 'payment is pay_2.*amount is 1 '],
  ])('%s', async (_, given, why) => {
    const { journal, verdict } = await see(json(200, { ...CARRIED, ...given }));
    expect(verdict).toMatchObject({
      verdict: 'still_unknown',
      next: 'ask_provider',
      why: expect.stringMatching(`this refund is not the one of the attempt.*${why}`),
      evidence: { id: 're_1' },
    });
    expect(await entryOf(journal)).toMatchObject({ state: 'unknown' });
  });

  test.each<[string, Reply, string]>([
    ['it cannot be read', json(404, { message: 'Gone.' }), 'Gone.'],
    ['the answer is about another one', json(200, { ...CARRIED, id: 're_2' }), 're_2, not re_1'],
  ])('%s', async (_, reply, why) => {
    const { journal, verdict } = await see(reply);
    expect(verdict).toMatchObject({
      verdict: 'still_unknown',
      next: 'reconcile',
      why: expect.stringMatching(`the refund could not be read.*${why}`),
    });
    expect(verdict).not.toHaveProperty('evidence');
    expect(await entryOf(journal)).toMatchObject({ state: 'unknown' });
  });
});

test('an attempt of another provider is nobody to ask about, and nothing is sent', async () => {
  const { connection, seen } = await acme([json(200, CARRIED)]);
  const other = { ...FAILED, provider: 'other' };
  await expect(reconcileByPaymentOrFailure(connection, PAYMENT, other, {})).rejects.toThrow(/other.*acme/);
  await expect(reconcileByRefund(connection, SEEN, other, { refundId: 're_1' }, {})).rejects.toThrow(/other.*acme/);
  expect(seen).toEqual([]);
});
