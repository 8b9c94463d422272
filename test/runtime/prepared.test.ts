import { describe, expect, test } from 'vitest';
import { connect } from '../../templates/runtime/connection.js';
import { full, money, partial } from '../../templates/runtime/money.js';
import { describeAttempt, prepare } from '../../templates/runtime/prepare.js';
import { type AcmeDefinition, type AcmeRequest, DEFINITION, PAYMENT, REQUEST } from './acme.js';

const CONNECTION = connect(
  { provider: 'acme', servers: {}, auth: [[]], settings: [] },
  { baseUrl: 'http://127.0.0.1:1', auth: {} },
);

const CLOSED: AcmeDefinition = {
  ...DEFINITION,
  operation: {
    ...DEFINITION.operation,
    body: {
      required: true,
      shape: {
        kind: 'object',
        required: ['payment'],
        fields: {
          payment: { kind: 'string', maxLength: 8 },
          receipt: { kind: 'string', maxLength: 8 },
          amount: { kind: 'integer', maximum: 100_000 },
          meta: { kind: 'object', fields: { ref: { kind: 'string', maxLength: 8 }, id: { kind: 'string' } } },
        },
      },
    },
  },
  shape: { kind: 'object', required: ['refundRef', 'payment', 'amount'], fields: { refundRef: { kind: 'string' } } },
  write: ({ payment, refundRef, ...rest }, wire, currency) => ({
    body: { payment, amount: wire, receipt: refundRef, currency, ...('meta' in rest ? { meta: rest.meta } : {}) },
  }),
  places: {
    'body.payment': 'payment',
    'body.receipt': 'refundRef',
    'body.amount': 'amount',
    'body.meta': 'metadata',
    'body.meta.ref': 'reference',
  },
};

/** What the request may be for a caller without types. */
function preparing(request: unknown, definition = CLOSED) {
  return prepare(CONNECTION, definition, request as AcmeRequest, {});
}

function faultsOf(request: unknown, definition = CLOSED) {
  return preparing(request, definition).faults ?? [];
}

function bodyOf(request: unknown, definition = CLOSED): unknown {
  const { body } = preparing(request, definition).request?.http ?? {};
  return body === undefined ? undefined : JSON.parse(body);
}

describe('a request', () => {
  test('is written with the amount and the currency of the provider', () => {
    const body = { payment: 'pay_1', receipt: 'rf_1', amount: 1250, currency: 'USD' };
    expect(bodyOf(REQUEST)).toEqual(body);
    const lowerCase = { ...CLOSED, amount: { ...CLOSED.amount, lowerCase: true } };
    expect(bodyOf(REQUEST, lowerCase)).toEqual({ ...body, currency: 'usd' });
  });

  test('for all that is left is written without an amount', () => {
    expect(bodyOf({ ...REQUEST, amount: full() })).toEqual({ payment: 'pay_1', receipt: 'rf_1' });
    expect(bodyOf({ ...REQUEST, amount: full(money('USD', 1n)) })).toEqual({ payment: 'pay_1', receipt: 'rf_1' });
  });

  test.each([undefined, null, 'x', 5, [], [REQUEST]])('is an object, not %j', (request) => {
    expect(faultsOf(request)).toEqual([{ field: 'request', message: 'must be an object' }]);
  });

  test('has all of its faults told at once', () => {
    const request = { payment: 'pay_1', refundRef: 5, expect: { refunded: 5 } };
    expect(faultsOf(request).map(({ field }) => field)).toEqual(['amount', 'refundRef', 'amount', 'expect.refunded']);
  });
});

describe('an amount', () => {
  const unsupported = { ...CLOSED, amount: { ...CLOSED.amount, full: 'unsupported' } } as const;

  test.each<[string, unknown, RegExp, AcmeDefinition?]>([
    ['nothing', undefined, /is required: partial\(money/],
    ['null', null, /is required: partial\(money/],
    ['a number', 1250, /is required: partial\(money/],
    ['money', money('USD', 1250n), /must be made with full\(\) or partial/],
    ['another kind', { kind: 'half' }, /must be made with full\(\) or partial/],
    ['another kind with money', { kind: 'half', money: money('USD', 1250n) }, /must be made with full\(\) or partial/],
    ['a part of nothing', { kind: 'partial' }, /needs money\(currency, minor\)/],
    ['a part that is no money', { kind: 'partial', money: 1250 }, /needs money\(currency, minor\)/],
    ['a part of a number', { kind: 'partial', money: { currency: 'USD', minor: 1250 } }, /needs money/],
    ['a part of no currency', { kind: 'partial', money: { currency: 840, minor: 1250n } }, /needs money/],
    ['zero', partial(money('USD', 0n)), /must be more than zero, not 0; zero never means full/],
    ['less than zero', partial(money('USD', -1n)), /must be more than zero, not -1/],
    ['all, expected to be a number', { kind: 'full', expect: 5 }, /full\(expect\) takes money/],
    ['all, expected to be null', { kind: 'full', expect: null }, /full\(expect\) takes money/],
    ['all, expected to be zero', full(money('USD', 0n)), /full\(expect\) expects more than zero/],
    ['all, expected to be less', full(money('USD', -5n)), /full\(expect\) expects more than zero/],
    ['all, where the provider has no word for it', full(), /name the amount with partial/, unsupported],
    ['all, expected where there is no word', full(money('USD', 1n)), /name the amount with partial/, unsupported],
  ])('is refused where it is %s', (_, amount, message, definition) => {
    const faults = faultsOf({ ...REQUEST, amount }, definition).filter(({ message: said }) => said !== 'is required');
    expect(faults).toEqual([{ field: 'amount', message: expect.stringMatching(message) }]);
  });

  test('is the least that there is', () => {
    expect(bodyOf({ ...REQUEST, amount: partial(money('USD', 1n)) })).toMatchObject({ amount: 1 });
  });
});

describe('what is expected of the payment', () => {
  const expecting = (refunded: unknown, amount: unknown = REQUEST.amount): unknown => ({
    ...REQUEST,
    amount,
    expect: { refunded },
  });

  test.each([
    [5, /must be made with money/],
    [null, /must be made with money/],
    [{ currency: 'USD', minor: 5 }, /must be made with money/],
    [money('EUR', 5n), /is in EUR, but the amount in USD/],
  ])('is refused where it is %s', (refunded, message) => {
    const wanted = [{ field: 'expect.refunded', message: expect.stringMatching(message) }];
    expect(faultsOf(expecting(refunded))).toEqual(wanted);
    expect(faultsOf(expecting(refunded, full(money('USD', 5n))))).toEqual(wanted);
  });

  test('is in the currency that is expected of all that is left, where that is said', () => {
    expect(faultsOf(expecting(money('EUR', 5n), full(money('EUR', 5n))))).toEqual([]);
    expect(faultsOf(expecting(money('EUR', 5n), full()))).toEqual([]);
    expect(faultsOf(expecting(money('USD', 0n)))).toEqual([]);
  });

  test('is named by what the provider shows', () => {
    const definition: AcmeDefinition = { ...CLOSED, payment: { ...PAYMENT, measure: 'refundable' } };
    expect(faultsOf({ ...REQUEST, expect: { refundable: 5 } }, definition)).toMatchObject([
      { field: 'expect.refundable' },
    ]);
    expect(faultsOf({ ...REQUEST, expect: { refunded: 5 } }, definition)).toEqual([]);
  });

  test.each([undefined, null, 5, 'x', []])('is nothing where it is %j', (expected) => {
    expect(faultsOf({ ...REQUEST, expect: expected })).toEqual([]);
  });
});

describe("a fault has the caller's name", () => {
  const long = 'x'.repeat(9);

  test.each<[object, string]>([
    [{ payment: long }, 'payment'],
    [{ refundRef: long }, 'refundRef'],
    [{ amount: partial(money('USD', 100_001n)) }, 'amount'],
    [{ meta: 5 }, 'metadata'],
    [{ meta: { id: 5 } }, 'metadata.id'],
    [{ meta: { ref: long } }, 'reference'],
    [{ meta: { reference: {}, ref: null } }, 'reference'],
  ])('of %j', (given, field) => {
    expect(faultsOf({ ...REQUEST, ...given }).map((fault) => fault.field)).toEqual([field]);
  });

  test('of the most exact place, in whatever order places are given', () => {
    const places = Object.fromEntries(Object.entries(CLOSED.places).reverse());
    const faults = faultsOf({ ...REQUEST, meta: { ref: long } }, { ...CLOSED, places });
    expect(faults.map((fault) => fault.field)).toEqual(['reference']);
  });

  test('where there is one', () => {
    const { 'body.meta': _, 'body.meta.ref': __, ...places } = CLOSED.places;
    const definition = { ...CLOSED, places: { ...places, 'body.me': 'wrong' } };
    expect(faultsOf({ ...REQUEST, meta: { id: 5 } }, definition)).toEqual([
      { field: 'body.meta.id', message: 'must be a string' },
    ]);
  });
});

describe('an attempt', () => {
  async function attempt(given: Partial<AcmeRequest> = {}) {
    const request = { ...REQUEST, ...given };
    const prepared = preparing(request).request;
    if (prepared === undefined) throw new Error('it is not prepared');
    return describeAttempt(CLOSED, request, prepared);
  }

  test('says what is asked for, and nothing else', async () => {
    const before = Date.now();
    const { attemptId, fingerprint, startedAt, ...rest } = await attempt();
    expect(rest).toStrictEqual({
      provider: 'acme',
      refundRef: 'rf_1',
      payment: 'pay_1',
      amount: { currency: 'USD', minor: '1250' },
    });
    expect(fingerprint).toMatch(/^[\da-f]{64}$/);
    expect(attemptId).toMatch(/^[\da-f-]{36}$/);
    expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(before);
    expect(startedAt).toMatch(/Z$/);
  });

  test('for all that is left has no amount', async () => {
    expect(await attempt({ amount: full() })).toMatchObject({ amount: null });
    expect(await attempt({ amount: full() })).not.toHaveProperty('expectedAmount');
    expect(await attempt({ amount: full(money('USD', 5n)) })).toMatchObject({
      amount: null,
      expectedAmount: { currency: 'USD', minor: '5' },
    });
  });

  test('has the fingerprint of what is sent', async () => {
    const { fingerprint } = await attempt();
    expect((await attempt()).fingerprint).toBe(fingerprint);
    for (const other of [{ payment: 'pay_2' }, { refundRef: 'rf_2' }, { amount: partial(money('USD', 1251n)) }]) {
      expect((await attempt(other)).fingerprint).not.toBe(fingerprint);
    }
  });
});
