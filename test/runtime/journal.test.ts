import { describe, expect, test } from 'vitest';
import { type JournalEntry, memoryJournal, type RefundAttempt } from '../../templates/runtime/journal.js';

const STATES: readonly JournalEntry['state'][] = ['open', 'accepted', 'refused', 'unknown'];

function attempt(given: Partial<RefundAttempt> = {}): RefundAttempt {
  return {
    provider: 'acme',
    refundRef: 'rf_1',
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
    await journal.record(entry);
    expect(await journal.begin(open())).toEqual(entry);
    expect(await journal.begin(open({ fingerprint: 'b' }))).toEqual(entry);
  });

  test('a refused entry frees its refundRef for the same request', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    await journal.record({ attempt: attempt(), state: 'refused' });
    const again = open({ startedAt: '2026-01-02T00:00:00.000Z' });
    expect(await journal.begin(again)).toBeUndefined();
    // It is claimed now.
    expect(await journal.begin(open())).toEqual(again);
  });

  test('a refused entry does not free its refundRef for another request', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    const refused: JournalEntry = { attempt: attempt(), state: 'refused' };
    await journal.record(refused);
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
    await journal.record({ attempt: attempt(), state: 'refused' });
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

describe('record', () => {
  test('replaces the entry, the answer included', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    const unknown: JournalEntry = { attempt: attempt({ answered: { httpStatus: 500 } }), state: 'unknown' };
    await journal.record(unknown);
    expect(await journal.begin(open())).toEqual(unknown);
    const answer = { status: 201, mediaType: 'application/json', text: '{}' };
    const accepted: JournalEntry = { attempt: attempt(), state: 'accepted', answer };
    await journal.record(accepted);
    expect(await journal.begin(open())).toEqual(accepted);
  });

  test('keeps what no begin has claimed', async () => {
    const journal = memoryJournal();
    const entry: JournalEntry = { attempt: attempt(), state: 'accepted' };
    await journal.record(entry);
    expect(await journal.begin(open())).toEqual(entry);
  });

  test('leaves other entries alone', async () => {
    const journal = memoryJournal();
    await journal.begin(open());
    await journal.begin(open({ refundRef: 'rf_2' }));
    await journal.record({ attempt: attempt(), state: 'accepted' });
    expect(await journal.begin(open({ refundRef: 'rf_2' }))).toEqual(open({ refundRef: 'rf_2' }));
  });
});
