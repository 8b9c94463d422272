import { describe, expect, test } from 'vitest';
import {
  type JournalEntry,
  memoryJournal,
  processJournal,
  type RefundAttempt,
} from '../../templates/runtime/journal.js';

const STATES: readonly JournalEntry['state'][] = ['open', 'accepted', 'refused', 'unknown'];

function attempt(given: Partial<RefundAttempt> = {}): RefundAttempt {
  return {
    provider: 'acme',
    refundRef: 'rf_1',
    attemptId: 'attempt_1',
    payment: 'pay_1',
    amount: { currency: 'USD', minor: '1250' },
    fingerprint: 'a'.repeat(64),
    startedAt: '2026-01-01T00:00:00.000Z',
    ...given,
  };
}

function open(given: Partial<RefundAttempt> = {}): JournalEntry {
  return { attempt: attempt(given), state: 'open' };
}

describe('begin', () => {
  test('claims what is free', async () => {
    const journal = memoryJournal();
    expect(await journal.begin(open())).toBeUndefined();
  });

  test('returns what is there, and changes nothing', async () => {
    const journal = memoryJournal();
    const first = open();
    await journal.begin(first);
    const second = open({ startedAt: '2026-01-02T00:00:00.000Z' });
    expect(await journal.begin(second)).toEqual(first);
    expect(await journal.begin(open({ fingerprint: 'b' }))).toEqual(first);
    expect(await journal.begin(second)).toEqual(first);
  });

  test.each(STATES.filter((state) => state !== 'refused'))('an entry that is %s keeps its refundRef', async (state) => {
    const journal = memoryJournal();
    await journal.begin(open());
    const entry: JournalEntry = { attempt: attempt(), state };
    await journal.replace(entry, ['open']);
    expect(await journal.begin(open())).toEqual(entry);
    expect(await journal.begin(open({ fingerprint: 'b' }))).toEqual(entry);
  });

  test('a refused entry frees its refundRef for the same request', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    await journal.replace({ attempt: attempt(), state: 'refused' }, ['open']);
    const again = open({ startedAt: '2026-01-02T00:00:00.000Z' });
    expect(await journal.begin(again)).toBeUndefined();
    // It is claimed now.
    expect(await journal.begin(open())).toEqual(again);
  });

  test('a refused entry does not free its refundRef for another request', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    const refused: JournalEntry = { attempt: attempt(), state: 'refused' };
    await journal.replace(refused, ['open']);
    expect(await journal.begin(open({ fingerprint: 'b' }))).toEqual(refused);
    expect(await journal.begin(open())).toBeUndefined();
  });

  test('of many at once, one claims', async () => {
    const journal = memoryJournal();
    const entries = Array.from({ length: 50 }, (_, index) => open({ startedAt: `2026-01-01T00:00:${index}Z` }));
    const found = await Promise.all(entries.map((entry) => journal.begin(entry)));
    const [first] = entries;
    expect(found.filter((entry) => entry === undefined)).toHaveLength(1);
    expect(found.filter((entry) => entry !== undefined)).toEqual(Array.from({ length: 49 }, () => first));
  });

  test('of many at once after a refusal, one claims', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    await journal.replace({ attempt: attempt(), state: 'refused' }, ['open']);
    const found = await Promise.all(Array.from({ length: 50 }, () => journal.begin(open())));
    expect(found.filter((entry) => entry === undefined)).toHaveLength(1);
  });
});

describe('an entry', () => {
  test('belongs to a provider and a refundRef', async () => {
    const journal = memoryJournal();
    expect(await journal.begin(open())).toBeUndefined();
    expect(await journal.begin(open({ provider: 'other' }))).toBeUndefined();
    expect(await journal.begin(open({ refundRef: 'rf_2' }))).toBeUndefined();
    expect(await journal.begin(open({ refundRef: 'RF_1' }))).toBeUndefined();
    expect(await journal.begin(open({ payment: 'pay_2' }))).toEqual(open());
  });

  test.each([
    [
      { provider: 'a', refundRef: 'b:c' },
      { provider: 'a:b', refundRef: 'c' },
    ],
    [
      { provider: 'a', refundRef: '","b' },
      { provider: 'a","', refundRef: 'b' },
    ],
    [
      { provider: '', refundRef: 'ab' },
      { provider: 'a', refundRef: 'b' },
    ],
  ])('%j is not %j', async (one, other) => {
    const journal = memoryJournal();
    await journal.begin(open(one));
    expect(await journal.begin(open(other))).toBeUndefined();
  });

  test.each(['__proto__', 'constructor', '', ' ', '\ud800', '\u0000'])('may be called %j', async (refundRef) => {
    const journal = memoryJournal();
    expect(await journal.begin(open({ refundRef }))).toBeUndefined();
    expect(await journal.begin(open({ refundRef }))).toEqual(open({ refundRef }));
  });

  test('belongs to its journal', async () => {
    await memoryJournal().begin(open());
    expect(await memoryJournal().begin(open())).toBeUndefined();
  });
});

describe('replace', () => {
  const answer = { status: 201, mediaType: 'application/json', text: '{}' };

  test('replaces the entry, the answer included', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    const unknown: JournalEntry = { attempt: attempt({ answered: { httpStatus: 500 } }), state: 'unknown' };
    expect(await journal.replace(unknown, ['open'])).toBe(true);
    expect(await journal.begin(open())).toEqual(unknown);
    const accepted: JournalEntry = { attempt: attempt(), state: 'accepted', answer };
    expect(await journal.replace(accepted, ['open', 'unknown'])).toBe(true);
    expect(await journal.begin(open())).toEqual(accepted);
  });

  test.each(STATES.flatMap((is) => STATES.map((from) => [is, from] as const)))(
    'of one that is %s, from %s',
    async (is, from) => {
      const journal = memoryJournal();
      await journal.begin(open());
      const before: JournalEntry = { attempt: attempt(), state: is };
      await journal.replace(before, ['open']);
      const after: JournalEntry = { attempt: attempt(), state: 'unknown', answer };
      expect(await journal.replace(after, [from])).toBe(is === from);
      expect(await journal.ofPayment('acme', 'pay_1')).toEqual([is === from ? after : before]);
    },
  );

  test('from no state is never', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    expect(await journal.replace({ attempt: attempt(), state: 'refused' }, [])).toBe(false);
    expect(await journal.begin(open())).toEqual(open());
  });

  test('makes no entry', async () => {
    const journal = memoryJournal();
    expect(await journal.replace({ attempt: attempt(), state: 'accepted' }, STATES)).toBe(false);
    expect(await journal.ofPayment('acme', 'pay_1')).toEqual([]);
    expect(await journal.begin(open())).toBeUndefined();
  });

  test('of an old attempt leaves a newer one alone', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    await journal.replace({ attempt: attempt(), state: 'refused' }, ['open']);
    const newer = open({ attemptId: 'attempt_2' });
    await journal.begin(newer);
    for (const state of STATES) expect(await journal.replace({ attempt: attempt(), state }, STATES)).toBe(false);
    expect(await journal.begin(open())).toEqual(newer);
  });

  test.each([{ provider: 'other' }, { refundRef: 'rf_2' }, { attemptId: 'ATTEMPT_1' }, { attemptId: '' }])(
    'of %j is not of this one',
    async (other) => {
      const journal = memoryJournal();
      await journal.begin(open());
      expect(await journal.replace({ attempt: attempt(other), state: 'refused' }, STATES)).toBe(false);
      expect(await journal.begin(open())).toEqual(open());
    },
  );

  test('of many at once, one does', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    const entry: JournalEntry = { attempt: attempt(), state: 'refused' };
    const done = await Promise.all(Array.from({ length: 50 }, () => journal.replace(entry, ['open', 'unknown'])));
    expect(done.filter(Boolean)).toHaveLength(1);
  });

  test('leaves other entries alone', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    await journal.begin(open({ refundRef: 'rf_2' }));
    await journal.replace({ attempt: attempt(), state: 'accepted' }, ['open']);
    expect(await journal.begin(open({ refundRef: 'rf_2' }))).toEqual(open({ refundRef: 'rf_2' }));
  });
});

describe('ofPayment', () => {
  test('returns every entry of the payment at the provider, as it is now', async () => {
    const journal = memoryJournal();
    expect(await journal.ofPayment('acme', 'pay_1')).toEqual([]);
    await journal.begin(open());
    await journal.begin(open({ refundRef: 'rf_2' }));
    await journal.begin(open({ refundRef: 'rf_3', payment: 'pay_2' }));
    await journal.begin(open({ refundRef: 'rf_4', provider: 'other' }));
    const refused: JournalEntry = { attempt: attempt(), state: 'refused' };
    await journal.replace(refused, ['open']);
    expect(await journal.ofPayment('acme', 'pay_1')).toEqual([refused, open({ refundRef: 'rf_2' })]);
    expect(await journal.ofPayment('acme', 'PAY_1')).toEqual([]);
    expect(await journal.ofPayment('Acme', 'pay_1')).toEqual([]);
  });

  test('what it returns is no way into the journal', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    const entries = await journal.ofPayment('acme', 'pay_1');
    Reflect.apply(Array.prototype.splice, entries, [0]);
    expect(await journal.ofPayment('acme', 'pay_1')).toEqual([open()]);
  });
});

test('the journal of the process is one', async () => {
  const refundRef = `process-${crypto.randomUUID()}`;
  expect(await processJournal.begin(open({ refundRef }))).toBeUndefined();
  expect(await processJournal.begin(open({ refundRef }))).toEqual(open({ refundRef }));
  expect(await memoryJournal().begin(open({ refundRef }))).toBeUndefined();
});
