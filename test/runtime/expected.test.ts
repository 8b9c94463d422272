import { describe, expect, test } from 'vitest';
import { type JournalState, memoryJournal } from '../../templates/runtime/journal.js';
import { full, money } from '../../templates/runtime/money.js';
import { refund } from '../../templates/runtime/refund.js';
import { json, type Reply, text } from '../loopback.js';
import { type AcmeRequest, acme, attemptOf, DEFINITION, entryOf, REFUNDED, REQUEST } from './acme.js';

const EXPECTING: AcmeRequest = { ...REQUEST, expect: { refunded: money('USD', 500n) } };
const SHOWN = { id: 'pay_1', total: 500, currency: 'usd' };
const accepted = json(201, REFUNDED);

/** Refunds a payment that shows this, beside attempts that stand in the journal. */
async function compare(shown: Reply, others: readonly JournalState[] = [], request = EXPECTING) {
  const journal = memoryJournal();
  for (const [index, state] of others.entries()) {
    const attempt = attemptOf({ refundRef: `other_${index}`, attemptId: `${state}_${index}` });
    await journal.begin({ attempt, state });
  }
  const { connection, seen } = await acme([shown, accepted], { journal });
  const outcome = await refund(connection, DEFINITION, request);
  const attempt = outcome.kind === 'refused' ? undefined : outcome.attempt;
  return { outcome, attempt, journal, seen: seen.map(({ line }) => line.split(' ', 2).join(' ')) };
}

describe('a payment that is as expected', () => {
  test('is refunded, and what it showed is recorded before', async () => {
    const { attempt, journal, outcome, seen } = await compare(json(200, SHOWN));
    expect(outcome).toMatchObject({ kind: 'accepted', recorded: true });
    expect(seen).toEqual(['GET /payments/pay_1', 'POST /refunds']);
    expect(attempt?.before).toStrictEqual({ currency: 'USD', minor: '500', included: [] });
    expect((await entryOf(journal)).attempt).toStrictEqual(attempt);
  });

  test('tells how many attempts it showed', async () => {
    const { attempt } = await compare(json(200, { ...SHOWN, attempts: 2 }));
    expect(attempt?.before).toStrictEqual({ currency: 'USD', minor: '500', included: [], attempts: 2 });
  });

  test('includes what was accepted by then, and nothing that was refused', async () => {
    const { attempt } = await compare(json(200, SHOWN), ['accepted', 'refused', 'accepted']);
    expect(attempt?.before).toMatchObject({ included: ['accepted_0', 'accepted_2'] });
  });

  test.each<[JournalState[]]>([
    [['open']],
    [['unknown']],
    [['accepted', 'open']],
    [['unknown', 'refused']],
    [['open', 'unknown']],
  ])('proves nothing later where others are under way: %j', async (others) => {
    const { attempt, outcome } = await compare(json(200, SHOWN), others);
    expect(outcome).toMatchObject({ kind: 'accepted' });
    expect(attempt).not.toHaveProperty('before');
  });

  test.each<[string, () => Promise<never>]>([
    ['cannot tell', () => Promise.reject(new Error('down'))],
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
  ])('is refunded, and proves nothing later, where the journal %s', async (_, ofPayment) => {
    const { connection } = await acme([json(200, SHOWN), accepted], { journal: { ...memoryJournal(), ofPayment } });
    const outcome = await refund(connection, DEFINITION, EXPECTING);
    expect(outcome).toMatchObject({ kind: 'accepted' });
    expect(outcome).not.toHaveProperty('attempt.before');
  });

  test('is not refunded where that could not be recorded', async () => {
    const journal = { ...memoryJournal(), replace: async () => false };
    const { connection, seen } = await acme([json(200, SHOWN), accepted], { journal });
    expect(await refund(connection, DEFINITION, EXPECTING)).toMatchObject({
      kind: 'refused',
      sent: false,
      recorded: false,
      error: {
        kind: 'not_sent',
        next: 'call_again',
        moneyMoved: 'no',
        message: expect.stringMatching(/nothing was sent.*journal/),
        fields: [],
      },
    });
    expect(seen).toHaveLength(1);
  });
});

describe('a payment that is not as expected is not refunded', () => {
  test.each<[string, object, string]>([
    ['more', { total: 501 }, 'refunded 5.01 USD'],
    ['less', { total: 499 }, 'refunded 4.99 USD'],
    ['another currency', { currency: 'eur' }, 'refunded 5.00 EUR'],
    ['a refund that is under way', { status: 'pending_refund' }, 'still being processed'],
  ])('where it shows %s', async (_, shown, said) => {
    const { outcome, seen } = await compare(json(200, { ...SHOWN, ...shown }));
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      recorded: true,
      error: {
        kind: 'expectation_failed',
        next: 'correct_request',
        moneyMoved: 'no',
        message: expect.stringMatching(`nothing was sent: expect.refunded is 5.00 USD.*${said}`),
        fields: [{ field: 'expect.refunded', message: expect.stringContaining(said) }],
      },
    });
    expect(seen).toEqual(['GET /payments/pay_1']);
  });

  test.each<[string, Reply, string, string]>([
    ['it is another one', json(200, { ...SHOWN, id: 'pay_2' }), 'call_again', 'pay_2, not pay_1'],
    ['it may not be read', json(403, { message: 'No.' }), 'correct_credentials', 'No.'],
    ['nobody is known', json(401, { message: 'Who?' }), 'correct_credentials', 'Who?'],
    ['it is not there', json(404, { message: 'Gone.' }), 'correct_request', 'Gone.'],
    ['the provider fails', text(502, 'Bad gateway'), 'call_again', 'Bad gateway'],
  ])('where %s', async (_, reply, next, said) => {
    const { outcome, journal, seen } = await compare(reply);
    expect(outcome).toMatchObject({
      kind: 'refused',
      sent: false,
      recorded: true,
      error: {
        kind: 'not_sent',
        next,
        moneyMoved: 'no',
        message: expect.stringMatching(`nothing was sent: the payment could not be read.*${said}`),
      },
    });
    expect(seen).toEqual(['GET /payments/pay_1']);
    expect(await entryOf(journal)).toMatchObject({ state: 'refused' });
  });
});

describe('a payment of which nothing is expected is not read', () => {
  test.each<[string, AcmeRequest]>([
    ['no expectation', REQUEST],
    ['none of this measure', { ...REQUEST, expect: { refundable: money('USD', 500n) } }],
    ['only what a full refund is', { ...REQUEST, amount: full(money('USD', 1250n)) }],
  ])('%s', async (_, request) => {
    const { connection, seen } = await acme([accepted]);
    expect(await refund(connection, DEFINITION, request)).toMatchObject({ kind: 'accepted' });
    expect(seen.map(({ line }) => line)).toEqual(['POST /refunds HTTP/1.1']);
  });

  test('nor where the provider shows none', async () => {
    const { connection, seen } = await acme([accepted]);
    const { payment: _, ...definition } = DEFINITION;
    expect(await refund(connection, definition, EXPECTING)).toMatchObject({ kind: 'accepted' });
    expect(seen).toHaveLength(1);
  });
});
