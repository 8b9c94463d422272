import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import {
  type Currency,
  createPiriod,
  InvalidInputError,
  type Money,
  memoryJournal,
  money,
  NoAnswerError,
  type PiriodAuth,
  type PiriodCall,
  type PiriodClient,
  type PiriodConfig,
  type PiriodCreateRefundAnswer,
  type PiriodCreateRefundInput,
  type PiriodOutcome,
  type PiriodRefund,
  type PiriodRefundRequest,
  partial,
  type RefundCall,
  RefundConfigError,
} from '../../generated/index.js';
import { closeAfterReading, htmlOk, json, neverAnswer, type Seen, text } from '../loopback.js';
import { describeKeyless, leaks, NOBODY, plain, servers, textJournal } from './cases.js';

const TOKEN = 'token-1f0c';
const { serve, close } = servers();
afterEach(close);

type Overrides = Partial<Omit<PiriodConfig, 'auth'>> & { readonly auth?: PiriodAuth };

function connect(baseUrl: string, config: Overrides = {}): PiriodClient {
  return createPiriod({ auth: { token: TOKEN }, workspace: 'acme', baseUrl, journal: memoryJournal(), ...config });
}

const REQUEST: PiriodRefundRequest = {
  refundRef: 'order-1',
  payment: 77,
  amount: partial(money('USD', 1250n)),
  reason: 'requested_by_customer',
};

const BODY = { amount: 12.5, payment: 77, reason: 'requested_by_customer', receipt: 'order-1' } as const;
const WRITTEN = '{"amount":12.50,"payment":77,"reason":"requested_by_customer","receipt":"order-1"}';

/** A request as the server sees it. */
function seen(body = WRITTEN, headers: Readonly<Record<string, string>> = {}): Seen {
  return {
    line: 'POST /refunds/ HTTP/1.1',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Token ${TOKEN}`,
      'x-simple-workspace': 'acme',
      ...headers,
    },
    body,
  };
}

const ANSWER = {
  id: 'rf_1',
  payment: 77,
  amount: 12.5,
  balance: 7.5,
  receipt: 'order-1',
  reason: 'requested_by_customer',
  note: null,
  metadata: {},
  status: 'succeeded',
  created: '2026-03-04T05:06:07.000Z',
  updated: '2026-03-04T05:06:07.000Z',
};

const REFUND = {
  provider: 'piriod',
  id: 'rf_1',
  payment: 77,
  money: { currency: 'USD', amount: '12.50' },
  status: 'succeeded',
  rawStatus: 'succeeded',
  reason: 'requested_by_customer',
  remaining: { currency: 'USD', amount: '7.50' },
  createdAt: '2026-03-04T05:06:07.000Z',
  raw: ANSWER,
};

const accept = json(201, ANSWER);

/** The accepted answer with an amount of exactly these digits. */
function answering(token: string): string {
  return JSON.stringify({ ...ANSWER, balance: undefined }).replace('"amount":12.5,', `"amount":${token},`);
}

/** As a caller without types may write it. */
function untyped(request: object): PiriodRefundRequest {
  return request as PiriodRefundRequest;
}

describeKeyless({
  provider: 'piriod',
  operation: 'createRefund',
  path: '/refunds/',
  connect: ({ secret = TOKEN, ...config }) => {
    const client = createPiriod({ auth: { token: secret }, workspace: 'acme', ...config });
    return {
      client,
      refund: (changes, call) => client.refund(untyped({ ...REQUEST, ...changes }), call),
      release: (attempt) => client.release(attempt as typeof attempt & { readonly provider: 'piriod' }),
    };
  },
  request: seen(),
  payment: '77',
  accepted: { status: 201, body: ANSWER },
  refund: REFUND,
  acceptedWith: (word) => ({ ...ANSWER, id: word, note: word, status: word, reason: word, metadata: { [word]: word } }),
  whenUnknown: 'ask_provider',
  credential: (secret) => ({ authorization: `Token ${secret}` }),
  secrets: ['token-1f0c', 'tok/en+1f0c==', 'tok"en\\1f0c'],
});

describe('piriod: the client', () => {
  test('can refund, release and call natively, and cannot look a refund up', () => {
    const client = connect(NOBODY);
    expect(Object.keys(client).sort()).toEqual(['capabilities', 'native', 'provider', 'refund', 'release']);
    expect(Object.keys(client.native)).toEqual(['createRefund']);
    expect(Object.isFrozen(client)).toBe(true);
    expectTypeOf<keyof PiriodClient>().toEqualTypeOf<'capabilities' | 'native' | 'provider' | 'refund' | 'release'>();
  });

  test('says what it can do', () => {
    expect(connect(NOBODY).capabilities).toEqual({
      full: false,
      partial: true,
      amountUnit: 'major',
      exponents: 'iso4217_assumed',
      currencyInAnswer: false,
      statusInAnswer: true,
      reasons: ['duplicate', 'fraudulent', 'requested_by_customer'],
      reasonRequired: true,
      reference: true,
      idempotency: 'none',
      retrieve: false,
      expect: 'none',
      reconcile: 'none',
    });
  });

  test('needs no base URL: the spec has a server', () => {
    expect(() => createPiriod({ auth: { token: TOKEN }, workspace: 'acme' })).not.toThrow();
  });

  // Casts: what a caller without types may give.
  test.each<[string, object]>([
    ['no credentials', { auth: {}, workspace: 'acme' }],
    ['no auth', { workspace: 'acme' }],
    ['an undefined token', { auth: { token: undefined }, workspace: 'acme' }],
    ['a token that is a number', { auth: { token: 5 }, workspace: 'acme' }],
    ['a credential too many', { auth: { token: TOKEN, apiKey: TOKEN }, workspace: 'acme' }],
    ['no workspace', { auth: { token: TOKEN } }],
    ['an empty workspace', { auth: { token: TOKEN }, workspace: '' }],
    ['a workspace that is a number', { auth: { token: TOKEN }, workspace: 5 }],
    ['a workspace that no header can carry', { auth: { token: TOKEN }, workspace: 'acme\r\nx-evil: 1' }],
    ['a workspace outside ASCII', { auth: { token: TOKEN }, workspace: 'acmé' }],
    ['a workspace with a space before it', { auth: { token: TOKEN }, workspace: ' acme' }],
    ['a workspace with a space behind it', { auth: { token: TOKEN }, workspace: 'acme ' }],
    ['a workspace of spaces', { auth: { token: TOKEN }, workspace: '  ' }],
    ['a workspace that is null', { auth: { token: TOKEN }, workspace: null }],
    ['a test mode that is a text', { auth: { token: TOKEN }, workspace: 'acme', testMode: 'true' }],
    ['a test mode that is null', { auth: { token: TOKEN }, workspace: 'acme', testMode: null }],
    ['a timeout that is a text', { auth: { token: TOKEN }, workspace: 'acme', timeoutMs: '1000' }],
    ['a server that there is not', { auth: { token: TOKEN }, workspace: 'acme', server: 'sandbox' }],
  ])('is not created with %s', (_, config) => {
    let thrown: unknown;
    try {
      createPiriod(config as PiriodConfig);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(RefundConfigError);
    expect(leaks(thrown, [TOKEN])).toEqual([]);
  });
});

describe('piriod: what is sent', () => {
  test.each<[string, Overrides, PiriodCall | undefined, Readonly<Record<string, string>>]>([
    ['no test mode', {}, undefined, {}],
    ['test mode on the client', { testMode: true }, undefined, { 'x-piriod-test-mode': 'true' }],
    ['live mode on the client', { testMode: false }, undefined, { 'x-piriod-test-mode': 'false' }],
    ['test mode on the call', {}, { testMode: true }, { 'x-piriod-test-mode': 'true' }],
    ['live mode on the call', { testMode: true }, { testMode: false }, { 'x-piriod-test-mode': 'false' }],
    ['nothing on the call', { testMode: true }, { testMode: undefined }, { 'x-piriod-test-mode': 'true' }],
    ['another workspace', { workspace: 'other 2' }, undefined, { 'x-simple-workspace': 'other 2' }],
  ])('headers: %s', async (_, config, call, headers) => {
    const server = await serve(accept);
    expect(await connect(server.url, config).refund(REQUEST, call)).toMatchObject({ kind: 'accepted' });
    expect(server.seen).toEqual([seen(WRITTEN, headers)]);
  });

  test.each(['evil', 'acme', ''])('a call cannot set the workspace, not to %j either', async (workspace) => {
    const server = await serve(accept);
    const { native, refund } = connect(server.url);
    // A cast: what a caller without types may give.
    const call = { workspace } as PiriodCall;
    expect(await refund(REQUEST, call)).toMatchObject({
      kind: 'refused',
      error: { kind: 'invalid_request', fields: [{ field: 'workspace' }] },
      sent: false,
    });
    const thrown = await native.createRefund({ body: BODY }, call).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(InvalidInputError);
    expect(thrown).toMatchObject({ fields: [{ field: 'workspace' }] });
    expect(server.seen).toEqual([]);
  });

  test('a test mode that is no boolean is refused by its name', async () => {
    const server = await serve(accept);
    // A cast: what a caller without types may give.
    const call = { testMode: 'true' as unknown as boolean };
    const { native, refund } = connect(server.url);
    const outcome = await refund(REQUEST, call);
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { fields: [{ field: 'testMode' }] } });
    await expect(native.createRefund({ body: BODY }, call)).rejects.toThrow(InvalidInputError);
    expect(server.seen).toEqual([]);
  });

  test('live and test mode are two requests: one refundRef cannot be both', async () => {
    const server = await serve(accept, json(500, {}));
    const client = connect(server.url);
    await client.refund(REQUEST, { testMode: true });
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'refused', error: { kind: 'request_conflict' } });
    expect(server.seen).toHaveLength(1);
    const other = { ...REQUEST, refundRef: 'order-2' };
    const unknown = await client.refund(other, { testMode: true });
    expect(unknown).toMatchObject({ kind: 'unknown', error: { kind: 'provider_error' } });
    expect(await client.refund(other)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(server.seen).toHaveLength(2);
  });

  const NOTE = 'n'.repeat(64);
  const FACES = '\u{1f600}';
  test.each<[string, Partial<PiriodRefundRequest>, string]>([
    ['a reason', { reason: 'fraudulent' }, '{"amount":12.50,"payment":77,"reason":"fraudulent","receipt":"order-1"}'],
    [
      'the longest note',
      { note: NOTE },
      `{"amount":12.50,"note":"${NOTE}","payment":77,"reason":"requested_by_customer","receipt":"order-1"}`,
    ],
    [
      'the longest note of characters outside the BMP',
      { note: FACES.repeat(64) },
      `{"amount":12.50,"note":"${FACES.repeat(64)}","payment":77,"reason":"requested_by_customer","receipt":"order-1"}`,
    ],
    [
      'a note that has to be escaped',
      { note: '"\\\n\u2028' },
      '{"amount":12.50,"note":"\\"\\\\\\n\u2028","payment":77,"reason":"requested_by_customer","receipt":"order-1"}',
    ],
    [
      'an empty note',
      { note: '' },
      '{"amount":12.50,"note":"","payment":77,"reason":"requested_by_customer","receipt":"order-1"}',
    ],
    [
      'a note that is null',
      { note: null },
      '{"amount":12.50,"note":null,"payment":77,"reason":"requested_by_customer","receipt":"order-1"}',
    ],
    ['an undefined note', { note: undefined, metadata: undefined }, WRITTEN],
    [
      'metadata, its keys sorted',
      { metadata: { b: [1, true, null], a: { d: 'x', c: 0.1 }, left: undefined } },
      '{"amount":12.50,"metadata":{"a":{"c":0.1,"d":"x"},"b":[1,true,null]},"payment":77,"reason":"requested_by_customer","receipt":"order-1"}',
    ],
    [
      'metadata of values that write themselves',
      { metadata: { at: new Date(0), fee: money('USD', 5n) } },
      '{"amount":12.50,"metadata":{"at":"1970-01-01T00:00:00.000Z","fee":{"amount":"0.05","currency":"USD"}},"payment":77,"reason":"requested_by_customer","receipt":"order-1"}',
    ],
    [
      'the longest refundRef',
      { refundRef: 'r'.repeat(256) },
      `{"amount":12.50,"payment":77,"reason":"requested_by_customer","receipt":"${'r'.repeat(256)}"}`,
    ],
    [
      'the longest refundRef of characters outside the BMP',
      { refundRef: FACES.repeat(256) },
      `{"amount":12.50,"payment":77,"reason":"requested_by_customer","receipt":"${FACES.repeat(256)}"}`,
    ],
  ])('body: %s', async (_, changes, body) => {
    const server = await serve(accept);
    expect(await connect(server.url).refund({ ...REQUEST, ...changes })).toMatchObject({ kind: 'accepted' });
    expect(server.seen).toEqual([seen(body)]);
  });

  test('what was asked for at the time of the call, whatever the caller does with it afterwards', async () => {
    const server = await serve(accept);
    const metadata: Record<string, unknown> = { order: 1 };
    const refunding = connect(server.url).refund({ ...REQUEST, metadata });
    metadata['order'] = 2;
    await refunding;
    expect(server.seen).toEqual([seen(WRITTEN.replace('"payment"', '"metadata":{"order":1},"payment"'))]);
  });

  test('the largest payment id that a number can hold', async () => {
    const payment = Number.MAX_SAFE_INTEGER;
    const server = await serve(json(201, { ...ANSWER, payment }));
    const outcome = await connect(server.url).refund({ ...REQUEST, payment });
    expect(outcome).toMatchObject({ kind: 'accepted', refund: { payment } });
    expect(server.seen).toEqual([seen(WRITTEN.replace('77', '9007199254740991'))]);
  });

  test.each<[Currency, bigint, string]>([
    ['CLP', 5000n, '5000'],
    ['CLP', 1n, '1'],
    ['JPY', 1250n, '1250'],
    ['USD', 1250n, '12.50'],
    ['USD', 1200n, '12.00'],
    ['USD', 1n, '0.01'],
    ['USD', 10n, '0.10'],
    ['USD', 30n, '0.30'],
    ['EUR', 110n, '1.10'],
    ['HUF', 1250n, '12.50'],
    ['MGA', 1250n, '12.50'],
    ['BHD', 1n, '0.001'],
    ['BHD', 12_345n, '12.345'],
    ['KWD', 1_000n, '1.000'],
    ['CLF', 12_345n, '1.2345'],
    ['UYW', 1n, '0.0001'],
    ['USD', 900_719_925_474_099_301n, '9007199254740993.01'],
    ['CLP', 9_007_199_254_740_993n, '9007199254740993'],
    ['BHD', 9_007_199_254_740_993_001n, '9007199254740993.001'],
    ['USD', 10n ** 37n + 1n, '100000000000000000000000000000000000.01'],
  ])('amount: %s %d is exactly %s, and is read back exactly', async (currency, minor, token) => {
    const server = await serve(json(201, answering(token)));
    const outcome = await connect(server.url).refund({ ...REQUEST, amount: partial(money(currency, minor)) });
    expect(server.seen).toEqual([seen(WRITTEN.replace('12.50', token))]);
    expect(outcome.kind).toBe('accepted');
    if (outcome.kind !== 'accepted') return;
    expect([outcome.refund.money.currency, outcome.refund.money.minor]).toEqual([currency, minor]);
    expect(outcome.attempt.amount).toEqual({ currency, minor: minor.toString() });
  });
});

describe('piriod: what is not sent', () => {
  test.each<[string, object, string]>([
    ['a note of 65 characters', { note: 'n'.repeat(65) }, 'note'],
    ['a note that is a number', { note: 5 }, 'note'],
    ['a note with half of a surrogate pair', { note: '\ud800' }, 'note'],
    ['a refundRef of 257 characters', { refundRef: 'r'.repeat(257) }, 'refundRef'],
    ['a reason that there is not', { reason: 'other' }, 'reason'],
    ['no reason', { reason: undefined }, 'reason'],
    ['a reason that is null', { reason: null }, 'reason'],
    ['no payment', { payment: undefined }, 'payment'],
    ['a payment that is null', { payment: null }, 'payment'],
    ['a payment that is a text', { payment: '77' }, 'payment'],
    ['a payment with a fraction', { payment: 77.5 }, 'payment'],
    ['a payment that a number cannot hold', { payment: 2 ** 53 }, 'payment'],
    ['a payment that is no number', { payment: Number.NaN }, 'payment'],
    ['metadata that is a list', { metadata: [] }, 'metadata'],
    ['metadata that is a text', { metadata: 'a' }, 'metadata'],
    ['expect, which this provider cannot keep', { expect: { refunded: money('USD', 0n) } }, 'expect'],
    ['the field of the wire: receipt', { receipt: 'order-1' }, 'receipt'],
    ['a field that only answers have: balance', { balance: 1 }, 'balance'],
    ['a field that only answers have: created', { created: '2026-03-04T05:06:07Z' }, 'created'],
  ])('%s', async (_, changes, field) => {
    const server = await serve(accept);
    const journal = textJournal();
    const outcome = await connect(server.url, { journal }).refund(untyped({ ...REQUEST, ...changes }));
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { kind: 'invalid_request', next: 'correct_request', moneyMoved: 'no', fields: [{ field }] },
      sent: false,
    });
    expect(outcome.kind === 'refused' && outcome.error.message).toContain(field);
    expect(journal.begun).toEqual([]);
    expect(server.seen).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a bigint', { total: 5n }],
    ['a number that JSON does not have', { total: Number.NaN }],
    ['a function', { total: () => 5 }],
    ['a regular expression', { total: /5/ }],
    ['a map', { total: new Map([['a', 1]]) }],
  ])('metadata that JSON cannot hold: %s', async (_, metadata) => {
    const server = await serve(accept);
    // A cast for the sake of the table: the type takes any of these.
    const request = { ...REQUEST, metadata: metadata as Record<string, unknown> };
    const outcome = await connect(server.url)
      .refund(request)
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject({ kind: 'refused', sent: false, error: { fields: [{ field: 'metadata.total' }] } });
    expect(server.seen).toEqual([]);
  });

  test.each([undefined, null, 5, 'refund', []])('a request that is %j', async (request) => {
    const server = await serve(accept);
    // A cast: what a caller without types may give.
    const outcome = await connect(server.url).refund(request as unknown as PiriodRefundRequest);
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'invalid_request' }, sent: false });
    expect(server.seen).toEqual([]);
  });
});

describe('piriod: what an accepted answer says', () => {
  test.each<[string, object, object]>([
    ['failed', { status: 'failed' }, { status: 'failed', rawStatus: 'failed' }],
    ['succeeded', { status: 'succeeded' }, { status: 'succeeded', rawStatus: 'succeeded' }],
    ['a status that is not documented', { status: 'reversed' }, { status: 'unrecognized', rawStatus: 'reversed' }],
    ['a status in upper case', { status: 'SUCCEEDED' }, { status: 'unrecognized', rawStatus: 'SUCCEEDED' }],
    ['a status named like a method', { status: 'toString' }, { status: 'unrecognized', rawStatus: 'toString' }],
    ['no status', { status: undefined }, { status: 'unrecognized', rawStatus: undefined }],
    ['a status that is null', { status: null }, { status: 'unrecognized', rawStatus: undefined }],
    ['a note', { note: 'sorry' }, { note: 'sorry' }],
    ['a reason that is not documented', { reason: 'goodwill' }, { reason: 'goodwill' }],
    [
      'nothing that is optional',
      { balance: undefined, created: undefined, reason: undefined },
      {
        remaining: undefined,
        createdAt: undefined,
        reason: undefined,
      },
    ],
    // Told for information only: what cannot be read is left out, and is in raw.
    ['a balance finer than the currency', { balance: 7.555 }, { remaining: undefined }],
    ['a balance that is a text', { balance: '7.50' }, { remaining: undefined }],
    ['a date that is none', { created: 'yesterday' }, { createdAt: undefined }],
    ['a date that is a number', { created: 1772600767 }, { createdAt: undefined }],
    ['a note that is empty', { note: '' }, {}],
    ['a note that is a number', { note: 5 }, {}],
    ['a reason that is a list', { reason: ['other'] }, { reason: undefined }],
    ['an empty status', { status: '' }, { status: 'unrecognized', rawStatus: undefined }],
    ['a status that is a number', { status: 1 }, { status: 'unrecognized', rawStatus: '1' }],
    ['nothing left', { balance: 0 }, { remaining: { currency: 'USD', amount: '0.00' } }],
  ])('%s', async (_, body, refund) => {
    const raw = { ...ANSWER, ...body };
    const server = await serve(json(201, raw));
    const client = connect(server.url);
    const outcome = await client.refund(REQUEST);
    // A failed refund too is one that the provider has made: the refundRef is not free.
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'accepted', source: 'journal' });
    expect(server.seen).toEqual([seen()]);
    expect(outcome.kind).toBe('accepted');
    if (outcome.kind === 'accepted') expect(plain(outcome.refund)).toEqual(plain({ ...REFUND, ...refund, raw }));
  });

  test.each(['12.5', '12.50', '12.500', '1.25e1', '1.25E+1', '1250e-2', '0.125e2'])(
    'the same amount, written as %s',
    async (token) => {
      const server = await serve(json(201, answering(token)));
      const outcome = await connect(server.url).refund(REQUEST);
      expect(outcome).toMatchObject({ kind: 'accepted', refund: { money: { currency: 'USD', minor: 1250n } } });
    },
  );

  test.each([
    ['12.51', 1251n],
    ['12.49', 1249n],
    ['1250', 125_000n],
    ['0.125', undefined],
    ['125.0', 12_500n],
    ['-12.5', -1250n],
    ['0', 0n],
    ['12.505', undefined],
    ['12.500000000000001', undefined],
    ['9007199254740993.01', 900_719_925_474_099_301n],
    ['"12.50"', undefined],
    ['null', undefined],
    ['true', undefined],
    ['[12.5]', undefined],
    ['{"value":12.5}', undefined],
    ['1e99', undefined],
  ])('another amount, %s, is not taken for the one asked for', async (token, minor) => {
    const server = await serve(json(201, answering(token)));
    const client = connect(server.url);
    const outcome = await client.refund(REQUEST);
    const kind = minor === undefined ? 'malformed_answer' : 'contract_violation';
    expect(outcome).toMatchObject({
      kind: 'unknown',
      error: { kind, next: 'ask_provider', moneyMoved: 'unknown', httpStatus: 201, raw: expect.anything() },
      attempt: { refundRef: 'order-1' },
    });
    if (outcome.kind !== 'unknown') return;
    expect(outcome.refund?.money.minor).toBe(minor);
    expect(outcome.error.fields.map(({ field }) => field)).toEqual(minor === undefined ? [] : ['amount']);
    expect(await client.refund(REQUEST)).toMatchObject({ kind: 'unknown', error: { kind: 'unresolved_attempt' } });
    expect(server.seen).toEqual([seen()]);
  });

  test('a rounded amount above 2^53 is another amount', async () => {
    const server = await serve(json(201, answering('9007199254740992')));
    const amount = partial(money('CLP', 9_007_199_254_740_993n));
    const outcome = await connect(server.url).refund({ ...REQUEST, amount });
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'contract_violation' } });
  });

  test('another payment is told, with the refund that was made', async () => {
    const raw = { ...ANSWER, payment: 78 };
    const server = await serve(json(201, raw));
    const outcome = await connect(server.url).refund(REQUEST);
    expect(plain(outcome)).toMatchObject({
      kind: 'unknown',
      error: {
        kind: 'contract_violation',
        message: 'the provider answered for something else than was asked: payment is 78, not 77',
        next: 'ask_provider',
        moneyMoved: 'unknown',
        httpStatus: 201,
        fields: [{ field: 'payment', message: 'is 78, not 77' }],
        raw,
      },
      refund: { ...REFUND, payment: 78, raw },
      recorded: true,
    });
    expect(server.seen).toEqual([seen()]);
  });

  test.each<[string, object]>([
    ['no id', { id: undefined }],
    ['an id that is a fraction', { id: 1.5 }],
    ['an empty id', { id: '' }],
    ['no payment', { payment: undefined }],
    ['a payment that is a text', { payment: '77' }],
    ['no amount', { amount: undefined }],
    ['an amount that is a text', { amount: '12.50' }],
  ])('%s cannot be read', async (_, body) => {
    const server = await serve(json(201, { ...ANSWER, ...body }));
    const outcome = await connect(server.url).refund(REQUEST);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', httpStatus: 201 } });
    expect(server.seen).toEqual([seen()]);
  });

  test.each([
    ['amount', '"amount":12.5,', '"amount":12.5,"amount":12.5,'],
    ['payment', '"payment":77,', '"payment":78,"payment":77,'],
    ['status', '"status":"succeeded",', '"status":"failed","st\\u0061tus":"succeeded",'],
  ])('%s twice cannot be read', async (_, once, twice) => {
    const server = await serve(json(201, JSON.stringify(ANSWER).replace(once, twice)));
    const outcome = await connect(server.url).refund(REQUEST);
    expect(outcome).toMatchObject({ kind: 'unknown', error: { kind: 'malformed_answer', httpStatus: 201 } });
    expect(server.seen).toEqual([seen()]);
  });
});

describe('piriod: what a refusal says', () => {
  test.each<[string, number, unknown, object]>([
    [
      'fields, in the names of the caller',
      400,
      { receipt: ['Too long.'], amount: ['More than is left.', 'Not a number.'], metadata: { order: ['Not a text.'] } },
      {
        kind: 'invalid_request',
        next: 'correct_request',
        message:
          'the provider refused with HTTP 400: refundRef Too long.; amount More than is left.; amount Not a number.; metadata.order Not a text.',
        fields: [
          { field: 'refundRef', message: 'Too long.' },
          { field: 'amount', message: 'More than is left.' },
          { field: 'amount', message: 'Not a number.' },
          { field: 'metadata.order', message: 'Not a text.' },
        ],
      },
    ],
    [
      'no field',
      400,
      { non_field_errors: ['The payment is not paid.'] },
      {
        kind: 'invalid_request',
        next: 'correct_request',
        message: 'the provider refused with HTTP 400: The payment is not paid.',
        fields: [{ field: '', message: 'The payment is not paid.' }],
      },
    ],
    [
      'codes',
      400,
      { payment: [{ message: 'Not found.', code: 'does_not_exist' }] },
      {
        kind: 'invalid_request',
        next: 'correct_request',
        message: 'the provider refused with HTTP 400: payment Not found.',
        code: 'does_not_exist',
        fields: [{ field: 'payment', message: 'Not found.', code: 'does_not_exist' }],
      },
    ],
    [
      'names like those of methods',
      400,
      { constructor: ['a'], toString: 'b' },
      {
        kind: 'invalid_request',
        next: 'correct_request',
        message: 'the provider refused with HTTP 400: constructor a; toString b',
        fields: [
          { field: 'constructor', message: 'a' },
          { field: 'toString', message: 'b' },
        ],
      },
    ],
    [
      'one detail, 401',
      401,
      { detail: 'Invalid token.' },
      {
        kind: 'authentication',
        next: 'correct_credentials',
        message: 'the provider refused with HTTP 401: Invalid token.',
        fields: [{ field: '', message: 'Invalid token.' }],
      },
    ],
    [
      'one detail, 403',
      403,
      { detail: 'No access.' },
      {
        kind: 'permission',
        next: 'correct_credentials',
        message: 'the provider refused with HTTP 403: No access.',
        fields: [{ field: '', message: 'No access.' }],
      },
    ],
    [
      'one detail, 404',
      404,
      { detail: 'Not found.' },
      {
        kind: 'not_found',
        next: 'correct_request',
        message: 'the provider refused with HTTP 404: Not found.',
        fields: [{ field: '', message: 'Not found.' }],
      },
    ],
    [
      '422',
      422,
      { amount: 'no' },
      {
        kind: 'invalid_request',
        next: 'correct_request',
        message: 'the provider refused with HTTP 422: amount no',
        fields: [{ field: 'amount', message: 'no' }],
      },
    ],
    [
      'a list',
      400,
      ['no'],
      { kind: 'invalid_request', next: 'correct_request', message: 'the provider refused with HTTP 400', fields: [] },
    ],
    [
      'nothing',
      400,
      {},
      { kind: 'invalid_request', next: 'correct_request', message: 'the provider refused with HTTP 400', fields: [] },
    ],
  ])('%s', async (_, status, body, error) => {
    const server = await serve(json(status, body));
    const outcome = await connect(server.url).refund(REQUEST);
    expect(plain(outcome)).toEqual({
      kind: 'refused',
      error: { ...error, moneyMoved: 'no', httpStatus: status, raw: body },
      sent: true,
      recorded: true,
    });
    expect(server.seen).toEqual([seen()]);
  });

  test('the detail of a 500 is told, and money may have moved', async () => {
    const server = await serve(json(500, { detail: 'Try again.' }));
    expect(plain(await connect(server.url).refund(REQUEST))).toMatchObject({
      kind: 'unknown',
      error: {
        kind: 'provider_error',
        message: 'the provider failed with HTTP 500: Try again.',
        next: 'ask_provider',
        fields: [{ field: '', message: 'Try again.' }],
        raw: { detail: 'Try again.' },
      },
    });
    expect(server.seen).toEqual([seen()]);
  });
});

describe('piriod: native', () => {
  test('sends one request as the spec has it, each time', async () => {
    const server = await serve(accept);
    const { native } = connect(server.url, { testMode: true });
    const expected = { status: 201, httpStatus: 201, body: ANSWER };
    expect(await native.createRefund({ body: BODY })).toEqual(expected);
    expect(await native.createRefund({ body: BODY }, { testMode: false })).toEqual(expected);
    const written = WRITTEN.replace('12.50', '12.5');
    expect(server.seen).toEqual([
      seen(written, { 'x-piriod-test-mode': 'true' }),
      seen(written, { 'x-piriod-test-mode': 'false' }),
    ]);
  });

  test('the answer is told apart by its status', async () => {
    const server = await serve(json(400, { amount: ['no'] }));
    const answer = await connect(server.url).native.createRefund({ body: BODY });
    expectTypeOf(answer).toEqualTypeOf<PiriodCreateRefundAnswer>();
    switch (answer.status) {
      case 201:
        expectTypeOf(answer.body.amount).toEqualTypeOf<number>();
        break;
      case 400:
        expectTypeOf(answer.body).toEqualTypeOf<{ [key: string]: unknown }>();
        break;
      case 401:
      case 403:
      case 404:
      case 500:
        expectTypeOf(answer.body.detail).toEqualTypeOf<string>();
        break;
      case 'undeclared':
        expectTypeOf(answer.body).toEqualTypeOf<unknown>();
    }
    expect(answer).toEqual({ status: 400, httpStatus: 400, body: { amount: ['no'] } });
  });

  test.each([400, 401, 403, 404, 500])('%d is declared', async (status) => {
    const server = await serve(json(status, { detail: 'no' }));
    const answer = await connect(server.url).native.createRefund({ body: BODY });
    expect(answer).toEqual({ status, httpStatus: status, body: { detail: 'no' } });
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['another status', json(409, { detail: 'no' }), 409, '{"detail":"no"}'],
    ['a redirect', json(302, {}, { location: '/' }), 302, '{}'],
    ['another media type', htmlOk, 200, '<html><body>OK</body></html>'],
    ['the declared status with another media type', text(201, 'OK'), 201, 'OK'],
    ['half a JSON', json(201, '{"id":'), 201, '{"id":'],
    ['a key twice', json(201, '{"id":1,"id":2}'), 201, '{"id":1,"id":2}'],
  ])('%s is undeclared', async (_, reply, httpStatus, body) => {
    const server = await serve(reply);
    const answer = await connect(server.url).native.createRefund({ body: BODY });
    expect(answer).toEqual({ status: 'undeclared', httpStatus, body });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, unknown, string[]]>([
    ['no body', {}, ['body']],
    ['an empty body', { body: {} }, ['body.amount', 'body.payment', 'body.reason', 'body.receipt']],
    ['an amount that is a text', { body: { ...BODY, amount: '12.50' } }, ['body.amount']],
    ['an amount that is no number', { body: { ...BODY, amount: Number.NaN } }, ['body.amount']],
    ['a note that is too long', { body: { ...BODY, note: 'n'.repeat(65) } }, ['body.note']],
    ['a receipt that is too long', { body: { ...BODY, receipt: 'r'.repeat(257) } }, ['body.receipt']],
    ['a payment with a fraction', { body: { ...BODY, payment: 0.5 } }, ['body.payment']],
    ['a reason that there is not', { body: { ...BODY, reason: 'other' } }, ['body.reason']],
    ['metadata that JSON cannot hold', { body: { ...BODY, metadata: { total: 5n } } }, ['body.metadata.total']],
  ])('throws for %s, and sends nothing', async (_, input, fields) => {
    const server = await serve(accept);
    const { native } = connect(server.url);
    // A cast: what a caller without types may give.
    const thrown = await native.createRefund(input as PiriodCreateRefundInput).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(InvalidInputError);
    if (thrown instanceof InvalidInputError) expect(thrown.fields.map(({ field }) => field).sort()).toEqual(fields);
    expect(server.seen).toEqual([]);
  });

  test.each([
    ['a closed socket', { reply: closeAfterReading }, true, 'network', 1],
    ['nobody', { reply: accept, baseUrl: NOBODY }, false, 'network', 0],
    ['an abort before', { reply: accept, signal: AbortSignal.abort() }, false, 'aborted', 0],
  ])('throws for %s, and says whether it was sent', async (_, { reply, ...given }, sent, reason, requests) => {
    const server = await serve(reply);
    const { baseUrl = server.url, signal } = { baseUrl: undefined, signal: undefined, ...given };
    const thrown = await connect(baseUrl)
      .native.createRefund({ body: BODY }, { signal })
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(NoAnswerError);
    expect(thrown).toMatchObject({ sent, reason });
    expect(leaks(thrown, [TOKEN])).toEqual([]);
    expect(server.seen).toHaveLength(requests);
  });

  test('throws for an abort on the way, which may have been sent', async () => {
    const controller = new AbortController();
    const server = await serve((response, request) => {
      neverAnswer(response, request);
      controller.abort();
    });
    const call = { signal: controller.signal };
    const thrown = await connect(server.url)
      .native.createRefund({ body: BODY }, call)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(NoAnswerError);
    expect(thrown).toMatchObject({ sent: true, reason: 'aborted' });
    expect(server.seen).toHaveLength(1);
  });

  // Casts: what a caller without types may give.
  test.each<[string, unknown, string]>([
    ['an option that there is not', { timeout: 5 }, 'timeout'],
    ['a timeout of 0', { timeoutMs: 0 }, 'timeoutMs'],
    ['a signal that is none', { signal: {} }, 'signal'],
    ['no options at all', null, 'call'],
  ])('throws for %s, and sends nothing', async (_, call, field) => {
    const server = await serve(accept);
    const { native } = connect(server.url);
    const thrown = await native.createRefund({ body: BODY }, call as PiriodCall).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(InvalidInputError);
    expect(thrown).toMatchObject({ fields: [{ field }] });
    expect(server.seen).toEqual([]);
  });

  test.each([201, 400, 409])('an answer of %d that repeats the token is redacted', async (status) => {
    const server = await serve(json(status, { detail: `Token ${TOKEN}`, [TOKEN]: [TOKEN] }));
    const answer = await connect(server.url).native.createRefund({ body: BODY });
    expect(leaks(answer, [TOKEN])).toEqual([]);
  });

  test('leaves the journal alone', async () => {
    const server = await serve(accept);
    const journal = textJournal();
    await connect(server.url, { journal }).native.createRefund({ body: BODY });
    expect([journal.begun, journal.recorded]).toEqual([[], []]);
  });
});

describe('piriod: types', () => {
  test('a request names its amount in money, and has no field of another provider', () => {
    expectTypeOf<PiriodRefundRequest['refundRef']>().toEqualTypeOf<string>();
    expectTypeOf<PiriodRefundRequest['payment']>().toEqualTypeOf<number>();
    expectTypeOf<PiriodRefundRequest['amount']['kind']>().toEqualTypeOf<'partial'>();
    expectTypeOf<keyof PiriodRefundRequest>().toEqualTypeOf<
      'refundRef' | 'payment' | 'amount' | 'reason' | 'note' | 'metadata'
    >();
    expectTypeOf<PiriodRefund['money']>().toEqualTypeOf<Money>();
    expectTypeOf<PiriodOutcome['kind']>().toEqualTypeOf<'accepted' | 'refused' | 'unknown'>();
    expectTypeOf<keyof PiriodCall>().toEqualTypeOf<'signal' | 'timeoutMs' | 'testMode'>();
    expectTypeOf<keyof RefundCall<'piriod'>>().toEqualTypeOf<'signal' | 'timeoutMs' | 'testMode'>();
  });
});
