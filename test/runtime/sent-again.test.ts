import { describe, expect, test } from 'vitest';
import type { JournalState, RefundJournal } from '../../templates/runtime/journal.js';
import { memoryJournal } from '../../templates/runtime/journal.js';
import { refund } from '../../templates/runtime/refund.js';
import { releaseAttempt } from '../../templates/runtime/release.js';
import { closeAfterReading, json, type Reply } from '../loopback.js';
import { type AcmeDefinition, acme, DEFINITION, entryOf, REFUNDED, REQUEST, replay } from './acme.js';

const KEYED: AcmeDefinition = { ...DEFINITION, replay: replay() };
const accepted = json(201, REFUNDED);
const down = json(503, { message: 'Try again.' });
const refused = json(404, { code: 'no_such_payment', message: 'No such payment.' });

/** A provider that answers once `change` has changed what the journal says. */
async function meanwhile(reply: Reply, change: (journal: RefundJournal) => Promise<unknown>) {
  const journal = memoryJournal();
  return acme(
    [
      (response, request) => {
        void change(journal).then(() => reply(response, request));
      },
    ],
    { journal },
  );
}

async function setState(journal: RefundJournal, state: JournalState): Promise<void> {
  const { attempt } = await entryOf(journal);
  await journal.replace({ attempt, state }, ['open', 'unknown', 'refused']);
}

describe('a refund whose key is remembered', () => {
  test.each<[string, Reply]>([
    ['the provider fails', down],
    ['the connection breaks', closeAfterReading],
    ['it is sent too often', json(429, {})],
  ])('is sent again, byte for byte, where %s', async (_, reply) => {
    const { connection, journal, seen } = await acme([reply, accepted]);
    const outcome = await refund(connection, KEYED, REQUEST);
    expect(outcome).toMatchObject({ kind: 'accepted', source: 'answer', recorded: true, refund: { id: 're_1' } });
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
    expect(await entryOf(journal)).toMatchObject({ state: 'accepted' });
  });

  test.each([1, 2, 3])('is sent %i times at most, as the policy says', async (maxSends) => {
    const { connection, seen } = await acme([down]);
    const definition = { ...DEFINITION, replay: replay({ maxSends }) };
    expect(await refund(connection, definition, REQUEST)).toMatchObject({ kind: 'unknown', recorded: true });
    expect(seen).toHaveLength(maxSends);
  });

  test('is not sent again once the key may be forgotten', async () => {
    const { connection, seen } = await acme([down, accepted]);
    const definition = { ...DEFINITION, replay: replay({ isKeyAlive: () => false }) };
    expect(await refund(connection, definition, REQUEST)).toMatchObject({
      kind: 'unknown',
      error: { kind: 'provider_error', next: 'reconcile' },
    });
    expect(seen).toHaveLength(1);
  });

  test('is not sent again where the wait has come to nothing', async () => {
    const waits: unknown[] = [];
    const wait = async (...of: unknown[]): Promise<boolean> => waits.push(of) < 2;
    const { connection, seen } = await acme([json(503, {}, { 'retry-after': '7' }), down, accepted]);
    await refund(connection, { ...DEFINITION, replay: replay({ wait }) }, REQUEST, { timeoutMs: 20_000 });
    expect(waits).toEqual([
      [1, 7000, { timeoutMs: 20_000 }],
      [2, undefined, { timeoutMs: 20_000 }],
    ]);
    expect(seen).toHaveLength(2);
  });

  test('is refused where its only answer is a refusal', async () => {
    const { connection, journal, seen } = await acme([refused]);
    expect(await refund(connection, KEYED, REQUEST)).toMatchObject({
      kind: 'refused',
      sent: true,
      recorded: true,
      error: { kind: 'not_found', moneyMoved: 'no' },
    });
    expect(seen).toHaveLength(1);
    expect(await entryOf(journal)).toMatchObject({ state: 'refused' });
  });

  test('is refused where the provider never took it on, and was not asked for long enough', async () => {
    const { connection, seen } = await acme([json(429, {})]);
    expect(await refund(connection, KEYED, REQUEST)).toMatchObject({
      kind: 'refused',
      error: { kind: 'rate_limited' },
    });
    expect(seen).toHaveLength(3);
  });

  // What the first send has done is not known: the refusal may be of the second one only.
  test('is not known where a send without an outcome comes before a refusal', async () => {
    const { connection, journal } = await acme([down, refused]);
    const recorded: unknown[] = [];
    const { replace } = journal;
    Object.assign(journal, {
      replace: (...[entry, from]: Parameters<typeof replace>) => {
        recorded.push(entry.state);
        return replace(entry, from);
      },
    });
    expect(await refund(connection, KEYED, REQUEST)).toMatchObject({
      kind: 'unknown',
      recorded: true,
      error: {
        kind: 'unresolved_attempt',
        next: 'reconcile',
        moneyMoved: 'unknown',
        message: expect.stringMatching(/earlier send.*No such payment\./),
      },
    });
    expect(recorded).toEqual(['unknown']);
  });

  // The second sender may be paid for what the first was refused for.
  test('is not known where it is refused, and another sender has taken it over', async () => {
    const { connection, journal } = await meanwhile(refused, (kept) => setState(kept, 'unknown'));
    expect(await refund(connection, KEYED, REQUEST)).toMatchObject({
      kind: 'unknown',
      error: {
        kind: 'unresolved_attempt',
        moneyMoved: 'unknown',
        message: expect.stringContaining('No such payment.'),
        httpStatus: 404,
      },
    });
    expect(await entryOf(journal)).toMatchObject({ state: 'unknown' });
  });
});

describe('a refund without a key', () => {
  test.each<[string, Reply]>([
    ['the provider fails', down],
    ['the connection breaks', closeAfterReading],
  ])('is sent once, where %s', async (_, reply) => {
    const { connection, seen } = await acme([reply, accepted]);
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'unknown', recorded: true });
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'unknown' });
    expect(seen).toHaveLength(1);
  });

  test('is refused where the provider refuses it, whatever the journal says', async () => {
    const { connection } = await meanwhile(refused, (kept) => setState(kept, 'unknown'));
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'refused', recorded: false });
  });

  test('that breaks off names no fields', async () => {
    const { connection } = await acme([closeAfterReading]);
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({
      kind: 'unknown',
      error: { kind: 'network', moneyMoved: 'unknown', next: 'reconcile', fields: [] },
    });
  });

  test('that could not be written asks to be corrected, and leaves nothing to record', async () => {
    const { connection, seen } = await acme([accepted]);
    const request = { ...REQUEST, payment: '\ud800' };
    const { payment: _, ...incomplete } = REQUEST;
    for (const asked of [request, incomplete]) {
      // What a caller without types may ask for.
      const outcome = await refund(connection, SHAPED, asked as typeof REQUEST);
      expect(outcome).toMatchObject({
        kind: 'refused',
        sent: false,
        recorded: true,
        error: { kind: 'invalid_request', next: 'correct_request', fields: [{ field: 'payment' }] },
      });
    }
    expect(seen).toEqual([]);
  });
});

const SHAPED: AcmeDefinition = {
  ...DEFINITION,
  shape: { kind: 'object', required: ['payment'], fields: { payment: { kind: 'string' } } },
};

// A person who releases what is still being sent is wrong; what comes of it must not be lost.
test('what was released while it was being sent, and has no outcome, is kept as unknown', async () => {
  const { connection, journal, seen } = await meanwhile(down, async (kept) =>
    releaseAttempt(connection, (await entryOf(kept)).attempt),
  );
  expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'unknown', recorded: true });
  expect(await entryOf(journal)).toMatchObject({ state: 'unknown' });
  expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'unknown' });
  expect(seen).toHaveLength(1);
});

test.each<[string, Reply]>([
  ['an answer without a code', json(503, {})],
  ['an answer with one', json(400, { code: 'refund_failed' })],
  ['no answer', closeAfterReading],
])('an attempt is plain JSON after %s', async (_, reply) => {
  const { connection, journal } = await acme([reply]);
  const outcome = await refund(connection, DEFINITION, REQUEST);
  if (outcome.kind !== 'unknown') throw new Error(`it is ${outcome.kind}`);
  expect(outcome.attempt).toStrictEqual(JSON.parse(JSON.stringify(outcome.attempt)));
  expect((await entryOf(journal)).attempt).toStrictEqual(outcome.attempt);
});
