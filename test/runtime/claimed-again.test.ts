import { describe, expect, test } from 'vitest';
import { UnreadableError } from '../../templates/runtime/answer.js';
import { type JournalEntry, memoryJournal, type RefundJournal } from '../../templates/runtime/journal.js';
import { refund } from '../../templates/runtime/refund.js';
import { json, type Reply } from '../loopback.js';
import { type AcmeDefinition, acme, attemptOf, DEFINITION, entryOf, REFUNDED, REQUEST, replay } from './acme.js';

const KEYED: AcmeDefinition = { ...DEFINITION, replay: replay() };
const EXPIRED: AcmeDefinition = { ...DEFINITION, replay: replay({ isKeyAlive: () => false }) };
const accepted = json(201, REFUNDED);
const RECORDED = { status: 201, mediaType: 'application/json', text: JSON.stringify(REFUNDED) };

/** A journal in which an earlier attempt with the same request stands. */
function standing(entry: Omit<JournalEntry, 'attempt'>): RefundJournal {
  const memory = memoryJournal();
  return {
    ...memory,
    begin: async (begun) => {
      const { fingerprint } = begun.attempt;
      await memory.begin({ ...entry, attempt: attemptOf({ fingerprint }) });
      return memory.begin(begun);
    },
  };
}

/** Refunds where an earlier attempt stands in the journal. */
async function again(
  entry: Omit<JournalEntry, 'attempt'>,
  definition: AcmeDefinition = KEYED,
  script: readonly [Reply, ...Reply[]] = [accepted],
) {
  const { connection, journal, seen } = await acme(script, { journal: standing(entry) });
  return { outcome: await refund(connection, definition, REQUEST), journal, seen };
}

describe('an attempt that was left without an outcome, and whose key is alive', () => {
  test.each(['open', 'unknown'] as const)('is sent again as the same attempt: %s', async (state) => {
    const { journal, outcome, seen } = await again({ state });
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      recorded: true,
      attempt: { attemptId: 'attempt_1', startedAt: '2026-01-01T00:00:00.000Z' },
    });
    expect(seen).toHaveLength(1);
    expect(await entryOf(journal)).toMatchObject({ state: 'accepted', answer: { status: 201 } });
  });

  test('is recorded as unknown before it is sent: its first sender may be refused now', async () => {
    const states: unknown[] = [];
    const journal = standing({ state: 'open' });
    const { connection } = await acme([json(500, {}), accepted], {
      journal,
      hooks: {
        onRequest: () => {
          void journal.ofPayment('acme', 'pay_1').then(([entry]) => states.push(entry?.state));
        },
      },
    });
    expect(await refund(connection, KEYED, REQUEST)).toMatchObject({ kind: 'accepted' });
    expect(states).toEqual(['unknown', 'unknown']);
  });

  test.each(['open', 'unknown'] as const)('is never refused: an earlier send may have refunded (%s)', async (state) => {
    const recorded: unknown[] = [];
    const memory = standing({ state });
    const journal: RefundJournal = {
      ...memory,
      replace: (entry, from) => {
        recorded.push(entry.state);
        return memory.replace(entry, from);
      },
    };
    const { connection, seen } = await acme([json(404, { code: 'no_such_payment', message: 'No such payment.' })], {
      journal,
    });
    const outcome = await refund(connection, KEYED, REQUEST);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      recorded: true,
      error: {
        kind: 'unresolved_attempt',
        moneyMoved: 'unknown',
        next: 'reconcile',
        httpStatus: 404,
        message: expect.stringMatching(/earlier send.*No such payment\./),
      },
      attempt: { attemptId: 'attempt_1', answered: { httpStatus: 404, code: 'no_such_payment' } },
    });
    expect(recorded).toEqual(['unknown', 'unknown']);
    expect(seen).toHaveLength(1);
    expect(await entryOf(journal)).toMatchObject({ state: 'unknown', attempt: { answered: { httpStatus: 404 } } });
  });

  test('is not compared with the payment: it may itself have moved what the caller expects', async () => {
    const { connection, seen } = await acme([accepted], { journal: standing({ state: 'unknown' }) });
    expect(await refund(connection, KEYED, REQUEST)).toMatchObject({ kind: 'accepted' });
    expect(seen.map(({ line }) => line)).toEqual(['POST /refunds HTTP/1.1']);
  });

  test.each<[string, RefundJournal['replace']]>([
    ['the journal fails', () => Promise.reject(new Error('down'))],
    ['it has ended meanwhile', async () => false],
  ])('is not sent where %s', async (_, replace) => {
    const journal = { ...standing({ state: 'open' }), replace };
    const { connection, seen } = await acme([accepted], { journal });
    expect(await refund(connection, KEYED, REQUEST)).toMatchObject({
      kind: 'unknown',
      recorded: false,
      error: {
        kind: 'unresolved_attempt',
        next: 'call_again',
        message: expect.stringMatching(/nothing was sent.*journal/),
        fields: [],
      },
      attempt: { attemptId: 'attempt_1' },
    });
    expect(seen).toEqual([]);
  });

  test('is asked about with the time of its first send and the timeout of this call', async () => {
    const asked: unknown[] = [];
    const isKeyAlive = (...of: unknown[]): boolean => asked.push(of) > 0;
    const { connection } = await acme([accepted], { journal: standing({ state: 'open' }) });
    await refund(connection, { ...DEFINITION, replay: replay({ isKeyAlive }) }, REQUEST, { timeoutMs: 4321 });
    expect(asked).toEqual([['2026-01-01T00:00:00.000Z', 4321]]);
  });
});

describe('an attempt that was left without an outcome is not sent again', () => {
  test.each<[string, AcmeDefinition, string]>([
    ['once its key has expired', EXPIRED, 'ask_provider'],
    ['where there is no key', DEFINITION, 'reconcile'],
  ])('%s', async (_, definition, next) => {
    for (const state of ['open', 'unknown'] as const) {
      const { journal, outcome, seen } = await again({ state }, definition);
      expect(outcome).toMatchObject({
        kind: 'unknown',
        recorded: true,
        error: {
          kind: 'unresolved_attempt',
          next,
          fields: [],
          message: expect.stringMatching(`nothing was sent.*2026-01-01T00:00:00.000Z.*${state}`),
        },
        attempt: { attemptId: 'attempt_1' },
      });
      expect(seen).toEqual([]);
      expect(await entryOf(journal)).toMatchObject({ state });
    }
  });

  test('where the journal does not answer', async () => {
    const journal = { ...memoryJournal(), begin: () => Promise.reject(new Error('down')) };
    const { connection, seen } = await acme([accepted], { journal });
    expect(await refund(connection, KEYED, REQUEST)).toMatchObject({
      kind: 'unknown',
      recorded: false,
      error: { next: 'call_again', message: expect.stringMatching(/nothing was sent.*journal/) },
    });
    expect(seen).toEqual([]);
  });
});

test('an answer that stands beside another state than accepted is not taken for a refund', async () => {
  const { outcome, seen } = await again({ state: 'unknown', answer: RECORDED }, EXPIRED);
  expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
  expect(seen).toEqual([]);
});

describe('an accepted attempt', () => {
  const readRetrieved = (): never => {
    throw new UnreadableError(['status'], 'a text');
  };
  const retrieved = (text: string) => ({ of: 'retrieve', status: 200, mediaType: 'application/json', text }) as const;

  test('is told as its answer was recorded', async () => {
    const { outcome, seen } = await again({ state: 'accepted', answer: RECORDED });
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'journal',
      recorded: true,
      refund: { id: 're_1', status: 'pending' },
      attempt: { attemptId: 'attempt_1' },
    });
    expect(seen).toEqual([]);
  });

  test('is told as the refund that reconciling has read', async () => {
    const definition: AcmeDefinition = {
      ...KEYED,
      readRetrieved: ({ value }) => ({ provider: 'acme', status: 'succeeded', raw: value }),
    };
    // A status that no answer to a refund has.
    const { outcome } = await again({ state: 'accepted', answer: retrieved('{"id":"re_1"}') }, definition);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      source: 'journal',
      refund: { status: 'succeeded', raw: { id: 're_1' } },
    });
  });

  /** Whatever is unreadable, the refund stands. */
  test.each<[string, JournalEntry['answer'], Partial<AcmeDefinition>]>([
    ['there is no answer', undefined, {}],
    ['there is no JSON', { ...RECORDED, text: '' }, {}],
    ['it is about another amount', { ...RECORDED, text: JSON.stringify({ ...REFUNDED, amount: 1251 }) }, {}],
    ['it is a refusal', { ...RECORDED, status: 400 }, {}],
    ['nothing is known of reading refunds', { ...RECORDED, of: 'retrieve' }, {}],
    ['the refund is read otherwise today', { ...RECORDED, of: 'retrieve' }, { readRetrieved }],
    [
      'nothing was kept of the refund',
      retrieved(''),
      { readRetrieved: () => ({ provider: 'acme', status: 'succeeded', raw: undefined }) },
    ],
  ])('is neither sent nor told where %s', async (_, answer, given) => {
    const { journal, outcome, seen } = await again(
      { state: 'accepted', ...(answer === undefined ? {} : { answer }) },
      { ...KEYED, ...given },
    );
    expect(outcome).toMatchObject({
      kind: 'unknown',
      recorded: true,
      error: {
        kind: 'unresolved_attempt',
        moneyMoved: 'unknown',
        next: 'ask_provider',
        message: expect.stringContaining('is accepted'),
      },
    });
    expect(outcome).not.toHaveProperty('refund');
    expect(seen).toEqual([]);
    expect(await entryOf(journal)).toMatchObject({ state: 'accepted' });
  });
});
