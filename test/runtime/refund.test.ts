import { afterEach, describe, expect, test, vi } from 'vitest';
import { amount, text } from '../../templates/runtime/answer.js';
import { type ClientConfig, type Connection, connect } from '../../templates/runtime/connection.js';
import type { AnyRefundRequest, RefundDefinition } from '../../templates/runtime/definition.js';
import { keyedErrors } from '../../templates/runtime/error-body.js';
import { memoryJournal, type RefundJournal } from '../../templates/runtime/journal.js';
import { money, partial } from '../../templates/runtime/money.js';
import type { AnyRefund } from '../../templates/runtime/outcome.js';
import { refund } from '../../templates/runtime/refund.js';
import { releaseAttempt } from '../../templates/runtime/release.js';

const FORMAT = { unit: 'minor', encoding: 'integer', exponents: { overrides: {}, unknown: [] } } as const;

const DEFINITION: RefundDefinition<'acme', AnyRefundRequest, AnyRefund> = {
  provider: 'acme',
  operation: {
    name: 'createRefund',
    method: 'POST',
    path: '/refunds',
    parameters: [],
    body: { required: true, shape: { kind: 'any' } },
  },
  shape: {
    kind: 'object',
    required: ['refundRef', 'payment', 'amount'],
    fields: { refundRef: { kind: 'string', minLength: 1 }, payment: { kind: 'string' }, amount: { kind: 'any' } },
    closed: true,
  },
  places: {},
  amount: { ...FORMAT, full: 'unsupported' },
  write: ({ payment, refundRef }, wire) => ({ body: { payment, amount: wire, receipt: refundRef } }),
  answers: {
    accepted: {
      201: [
        {
          read: (body) => ({
            provider: 'acme',
            payment: text(body, ['payment']),
            money: amount(body, ['amount'], 'USD', FORMAT),
            status: 'succeeded',
            raw: body.value,
          }),
        },
      ],
    },
    errorBody: keyedErrors([]),
    ambiguous: [],
    refused: [],
    kinds: {},
    fieldNames: {},
  },
  whenUnknown: 'reconcile',
};

const REQUEST: AnyRefundRequest = { refundRef: 'rf_1', payment: 'pay_1', amount: partial(money('USD', 1250n)) };

/** A client whose provider always accepts, with a journal of its own; `sends` counts what it was sent. */
function client(
  config: ClientConfig = {},
  auth = { username: 'shop', password: 'pass_1' },
): { connection: Connection; sends: () => number } {
  let count = 0;
  const connection = connect(
    {
      provider: 'acme',
      servers: {},
      auth: [[{ kind: 'basic', username: { credential: 'username' }, password: { credential: 'password' } }]],
      settings: [],
    },
    {
      baseUrl: 'https://acme.invalid',
      journal: memoryJournal(),
      fetch: () => {
        count += 1;
        const body = { payment: 'pay_1', amount: 1250, merchant: 12345 };
        return Promise.resolve(Response.json(body, { status: 201 }));
      },
      ...config,
      auth,
    },
  );
  return { connection, sends: () => count };
}

test('a refund is accepted and sent once, however often it is asked for', async () => {
  const { connection, sends } = client();
  expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
  expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
  expect(sends()).toBe(1);
});

describe('two clients', () => {
  test('of one process share a journal where they are given none', async () => {
    const [one, other] = [client({ journal: undefined }), client({ journal: undefined })];
    const request = { ...REQUEST, refundRef: `shared-${crypto.randomUUID()}` };
    expect(await refund(one.connection, DEFINITION, request)).toMatchObject({ source: 'answer' });
    expect(await refund(other.connection, DEFINITION, request)).toMatchObject({ source: 'journal' });
    expect([one.sends(), other.sends()]).toEqual([1, 0]);
  });

  test('at once: one sends, the other does not know', async () => {
    let go = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    let sends = 0;
    const fetch: typeof globalThis.fetch = async () => {
      sends += 1;
      await waiting;
      return Response.json({ payment: 'pay_1', amount: 1250 }, { status: 201 });
    };
    const request = { ...REQUEST, refundRef: `shared-${crypto.randomUUID()}` };
    const calls = Array.from({ length: 2 }, () => {
      const { connection } = client({ journal: undefined, fetch });
      return refund(connection, DEFINITION, request);
    });
    expect(await Promise.race(calls)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    go();
    expect((await Promise.all(calls)).map(({ kind }) => kind).sort()).toEqual(['accepted', 'unknown']);
    expect(sends).toBe(1);
  });

  test('with journals of their own know nothing of each other', async () => {
    const [one, other] = [client(), client()];
    await refund(one.connection, DEFINITION, REQUEST);
    expect(await refund(other.connection, DEFINITION, REQUEST)).toMatchObject({ source: 'answer' });
  });
});

describe('a call with a timeout that cannot be', () => {
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('%d', async (timeoutMs) => {
    const { connection, sends } = client();
    expect(await refund(connection, DEFINITION, REQUEST, { timeoutMs })).toMatchObject({
      kind: 'refused',
      error: { kind: 'invalid_request', fields: [{ field: 'timeoutMs' }] },
      sent: false,
    });
    expect(sends()).toBe(0);
    // Nothing was sent, so the refundRef must be free.
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted' });
    expect(sends()).toBe(1);
  });
});

describe('a journal that hangs', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Never answers; the time of the call runs out meanwhile. */
  function hang<T>(): Promise<T> {
    queueMicrotask(() => vi.advanceTimersByTime(25));
    return new Promise<T>(() => undefined);
  }

  test('when it begins: nothing is sent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { connection, sends } = client({ journal: { ...memoryJournal(), begin: hang } });
    expect(await refund(connection, DEFINITION, REQUEST, { timeoutMs: 25 })).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unresolved_attempt', next: 'call_again' },
      recorded: false,
    });
    expect(sends()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('when it records: the outcome stands', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { connection, sends } = client({ journal: { ...memoryJournal(), replace: hang } });
    expect(await refund(connection, DEFINITION, REQUEST, { timeoutMs: 25 })).toMatchObject({
      kind: 'accepted',
      source: 'answer',
      recorded: false,
    });
    expect(sends()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is given no more time than a call takes, and no timer is left of one that does not hang', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { connection } = client();
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted', recorded: true });
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('what the caller does with the request afterwards changes nothing', async () => {
  const bodies: unknown[] = [];
  const fetch: typeof globalThis.fetch = (_, init) => {
    bodies.push(init?.body);
    return Promise.resolve(Response.json({ payment: 'pay_1', amount: 1250 }, { status: 201 }));
  };
  const { connection } = client({ fetch });
  const request = { ...REQUEST };
  const refunding = refund(connection, DEFINITION, request);
  Object.assign(request, { refundRef: 'rf_2', payment: 'pay_2', amount: partial(money('EUR', 1n)) });
  expect(await refunding).toMatchObject({
    kind: 'accepted',
    attempt: { refundRef: 'rf_1', payment: 'pay_1', amount: { currency: 'USD', minor: '1250' } },
  });
  expect(bodies).toEqual(['{"amount":1250,"payment":"pay_1","receipt":"rf_1"}']);
});

test('each attempt has an id of its own, which is not sent', async () => {
  const bodies: unknown[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    bodies.push([url, init?.headers, init?.body]);
    return Promise.resolve(Response.json({}, { status: bodies.length === 1 ? 400 : 500 }));
  };
  const entries: string[] = [];
  const memory = memoryJournal();
  const begin: RefundJournal['begin'] = (entry) => {
    entries.push(entry.attempt.attemptId);
    return memory.begin(entry);
  };
  const { connection } = client({ fetch, journal: { ...memory, begin } });
  await refund(connection, DEFINITION, REQUEST);
  const outcome = await refund(connection, DEFINITION, REQUEST);
  expect(new Set(entries).size).toBe(2);
  expect(outcome).toMatchObject({ kind: 'unknown', attempt: { attemptId: entries[1] } });
  for (const id of entries) expect(JSON.stringify(bodies)).not.toContain(id);
  expect(bodies[0]).toEqual(bodies[1]);
});

// A person who releases what is still being sent is wrong; paying twice for it would be worse.
test('what was released while it was being sent, and is then accepted, is not sent again', async () => {
  const memory = memoryJournal();
  const sent: string[] = [];
  const fetch: typeof globalThis.fetch = async () => {
    const [entry] = await memory.ofPayment('acme', 'pay_1');
    if (entry !== undefined && sent.length === 0) await releaseAttempt(connection, entry.attempt);
    sent.push('refund');
    return Response.json({ payment: 'pay_1', amount: 1250 }, { status: 201 });
  };
  const { connection } = client({ fetch, journal: memory });
  expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted', source: 'answer' });
  expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
  expect(sent).toHaveLength(1);
});

test('a short user name does not hide that a refund was accepted', async () => {
  for (const username of ['12345', '1250', '1', 'a', 'pay', 'pay_1', 'amount']) {
    const { connection } = client({}, { username, password: 'pass_1' });
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted' });
  }
});

// What is not the provider's text is not redacted: these words are the client's own.
describe("a user name that is a word of the client's", () => {
  test.each(['kind', 'accepted', 'refund', 'money', 'status', 'succeeded', 'raw'])(
    '%s does not hide that a refund was accepted',
    async (username) => {
      const { connection, sends } = client({}, { username, password: 'pass_1' });
      const outcome = await refund(connection, DEFINITION, REQUEST).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ kind: 'accepted', refund: { money: { minor: 1250n }, status: 'succeeded' } });
      expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
      expect(sends()).toBe(1);
    },
  );

  test.each([
    'kind',
    'provider',
    'provider_error',
    'unknown',
    'error',
    'next',
    'reconcile',
    'field',
    'fields',
    'message',
  ])('%s does not hide that it is unknown whether money moved', async (username) => {
    const fetch = (): Promise<Response> => Promise.resolve(Response.json({ detail: 'down' }, { status: 500 }));
    const { connection } = client({ fetch }, { username, password: 'pass_1' });
    const outcome = await refund(connection, DEFINITION, REQUEST).catch((error: unknown) => error);
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: {
        kind: 'provider_error',
        message: expect.any(String),
        next: 'reconcile',
        moneyMoved: 'unknown',
        fields: [{ field: expect.any(String) }],
      },
    });
  });

  test.each(['kind', 'request', 'invalid', 'refused', 'error', 'correct', 'fields', 'moneyMoved'])(
    '%s does not change why a refund was refused',
    async (username) => {
      const fetch = (): Promise<Response> => Promise.resolve(Response.json({ detail: 'no' }, { status: 400 }));
      const { connection } = client({ fetch }, { username, password: 'pass_1' });
      const outcome = await refund(connection, DEFINITION, REQUEST).catch((error: unknown) => error);
      expect(outcome).toMatchObject({
        kind: 'refused',
        error: {
          kind: 'invalid_request',
          next: 'correct_request',
          moneyMoved: 'no',
          fields: [{ field: expect.any(String) }],
        },
      });
    },
  );
});

describe('a hook', () => {
  test('that throws changes nothing', async () => {
    const fail = (): void => {
      throw new Error('hook');
    };
    const { connection } = client({ hooks: { onRequest: fail, onAnswer: fail } });
    expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted' });
  });

  // Node ends the process for a rejection that nobody handles, and the outcome of the refund with it.
  test('that is asynchronous and fails changes nothing', async () => {
    const others = process.listeners('unhandledRejection');
    const rejections: unknown[] = [];
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (reason) => rejections.push(reason));
    try {
      const fail = (): Promise<void> => Promise.reject(new Error('hook'));
      const { connection } = client({ hooks: { onRequest: fail, onAnswer: fail } });
      expect(await refund(connection, DEFINITION, REQUEST)).toMatchObject({ kind: 'accepted' });
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const other of others) process.on('unhandledRejection', other);
    }
    expect(rejections).toEqual([]);
  });
});
