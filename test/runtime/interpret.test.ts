import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { amount, classify, optionalText, text } from '../../templates/runtime/answer.js';
import { keyedErrors, namedErrors } from '../../templates/runtime/error-body.js';
import type { RefusedKind } from '../../templates/runtime/errors.js';
import type { HttpAnswer } from '../../templates/runtime/http.js';
import {
  type AcceptedCase,
  type AnswerRules,
  errorValue,
  interpret,
  isJson,
  type Reading,
} from '../../templates/runtime/interpret.js';
import type { RefundAttempt } from '../../templates/runtime/journal.js';
import type { Json } from '../../templates/runtime/json.js';
import type { Money } from '../../templates/runtime/money.js';
import type { AnyRefund, RefundStatus } from '../../templates/runtime/outcome.js';

interface AcmeRefund extends AnyRefund {
  readonly provider: 'acme';
  readonly refundId: string;
  readonly payment?: string;
  readonly money: Money;
  readonly status: RefundStatus;
}

const EXACT = { unit: 'minor', encoding: 'integer', exponents: { overrides: {}, unknown: ['CLF'] } } as const;

const plain: AcceptedCase<'acme', AcmeRefund> = {
  read: (body) => {
    const payment = optionalText(body, ['payment']);
    return {
      provider: 'acme',
      refundId: text(body, ['id']),
      ...(payment === undefined ? {} : { payment }),
      money: amount(body, ['amount'], ['currency'], EXACT),
      status: classify(optionalText(body, ['status']), { done: 'succeeded', waiting: 'pending' }),
      raw: body.value,
    };
  },
};

const RULES: AnswerRules<'acme', AcmeRefund> = {
  accepted: {
    200: [
      { ...plain, when: [{ path: ['object'], is: 'refund' }] },
      {
        when: [
          { path: ['object'], is: 'payment' },
          { path: ['status'], is: 'pending_refund' },
        ],
        read: (body) => ({ ...plain.read(body, attempt()), status: 'pending' }),
      },
    ],
    201: [plain],
  },
  errorBody: namedErrors({
    code: [['error', 'code']],
    message: ['error', 'message'],
    field: ['error', 'param'],
  }),
  ambiguous: [{ status: 400, code: 'acquirer_timeout' }, { status: 404, code: 'moved' }, { status: 429 }],
  refused: [
    { status: 409, code: 'duplicate' },
    { status: 418 },
    { status: 500, code: 'declined' },
    { status: 400, code: 'acquirer_timeout' },
  ],
  kinds: { too_much: 'amount_exceeds_refundable', duplicate: 'already_refunded' },
  fieldNames: { amount_minor: 'amount', receipt: 'refundRef' },
};

/** The same provider where no code makes a refusal ambiguous. */
const DECIDED: AnswerRules<'acme', AcmeRefund> = { ...RULES, ambiguous: [{ status: 429 }] };

/** What RFC 9110 and its relatives call not acted upon; 429 is left out, as these rules call it ambiguous. */
const REFUSED: Readonly<Record<number, RefusedKind>> = {
  400: 'invalid_request',
  401: 'authentication',
  402: 'declined',
  403: 'permission',
  404: 'not_found',
  405: 'refused',
  406: 'refused',
  410: 'not_found',
  411: 'refused',
  413: 'invalid_request',
  414: 'invalid_request',
  415: 'refused',
  418: 'refused',
  421: 'refused',
  422: 'invalid_request',
  426: 'refused',
  431: 'invalid_request',
  451: 'permission',
};

const STATUSES = Array.from({ length: 500 }, (_, index) => 100 + index);

function attempt(given: Partial<RefundAttempt<'acme'>> = {}): RefundAttempt<'acme'> {
  return {
    provider: 'acme',
    refundRef: 'rf_1',
    attemptId: '5f8f2a86-0a53-4a4c-8f63-3f1c1f8a4a11',
    payment: 'pay_1',
    amount: { currency: 'USD', minor: '1250' },
    fingerprint: 'f',
    startedAt: '2026-01-01T00:00:00.000Z',
    ...given,
  };
}

const NOTHING: Json = { value: undefined, numberAt: () => undefined };

const GOOD = { id: 're_1', object: 'refund', payment: 'pay_1', amount: 1250, currency: 'usd', status: 'done' };

function answer(status: number, body: unknown, given: Partial<HttpAnswer> = {}): HttpAnswer {
  const written = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, mediaType: 'application/json', retryAfter: undefined, text: written, ...given };
}

function read(given: HttpAnswer, about = attempt(), rules = RULES): Reading<AcmeRefund> {
  return interpret(given, about, rules, 'reconcile');
}

function refusalOf(reading: Reading<AcmeRefund>): Extract<Reading<AcmeRefund>, { kind: 'refused' }>['error'] {
  if (reading.kind !== 'refused') throw new Error(`it is ${reading.kind}`);
  expect(reading.error.moneyMoved).toBe('no');
  return reading.error;
}

function doubtOf(reading: Reading<AcmeRefund>): Extract<Reading<AcmeRefund>, { kind: 'unknown' }>['error'] {
  if (reading.kind !== 'unknown') throw new Error(`it is ${reading.kind}`);
  expect(reading.error.moneyMoved).toBe('unknown');
  expect(reading.error.next).toBe('reconcile');
  return reading.error;
}

describe('every status', () => {
  const bodies: readonly (readonly [string, Partial<HttpAnswer>])[] = [
    ['no body', { text: '', mediaType: '' }],
    ['no readable body', { text: undefined }],
    ['an empty object', { text: '{}' }],
    ['an error object', { text: '{"error":{"code":"odd","message":"no"}}' }],
    ['text', { text: 'no', mediaType: 'text/plain' }],
    ['HTML', { text: '<html><h1>no</h1></html>', mediaType: 'text/html' }],
    ['JSON called HTML', { text: '{"error":{"code":"odd"}}', mediaType: 'text/html' }],
    ['truncated JSON', { text: '{"error":{"code":"odd"' }],
    ['null', { text: 'null' }],
    ['a list', { text: '[1]' }],
  ];

  test.each(bodies)('with %s', (_, given) => {
    for (const status of STATUSES) {
      const reading = read(answer(status, '', given), attempt(), DECIDED);
      expect(reading.kind, `HTTP ${status}`).toBe(REFUSED[status] === undefined ? 'unknown' : 'refused');
      if (reading.kind === 'accepted') continue;
      expect(reading.error.httpStatus).toBe(status);
      expect(reading.error.moneyMoved).toBe(reading.kind === 'refused' ? 'no' : 'unknown');
      expect(reading.error.message).toContain(String(status));
      if (reading.kind === 'refused') expect(reading.error.kind).toBe(REFUSED[status]);
      else if (status >= 500) expect(reading.error.kind).toBe('provider_error');
      else if (status >= 200 && status < 300) expect(reading.error.kind).toBe('malformed_answer');
      else expect(reading.error.kind).toBe('ambiguous_answer');
    }
  });

  test('with a good refund is accepted at the declared statuses only', () => {
    const accepted = STATUSES.filter((status) => read(answer(status, GOOD)).kind === 'accepted');
    expect(accepted).toEqual([200, 201]);
  });

  test('without rules of its own, nothing but the known statuses is a refusal', () => {
    const bare: AnswerRules<'acme', AcmeRefund> = { ...RULES, ambiguous: [], refused: [] };
    const refused = STATUSES.filter((status) => read(answer(status, {}), attempt(), bare).kind === 'refused');
    const { 418: _, ...known } = REFUSED;
    expect(refused).toEqual([...Object.keys(known).map(Number), 429].sort((a, b) => a - b));
    for (const status of [408, 409, 412, 423, 424, 425, 428, 499]) expect(refused).not.toContain(status);
  });

  test('status 0, as browsers give a redirect that is not followed, is unknown', () => {
    expect(doubtOf(read(answer(0, ''))).kind).toBe('ambiguous_answer');
  });
});

describe('a success', () => {
  test('is accepted where it is what was asked for', () => {
    const reading = read(answer(201, GOOD));
    expect(reading).toMatchObject({
      kind: 'accepted',
      refund: { refundId: 're_1', payment: 'pay_1', status: 'succeeded', raw: GOOD },
    });
    expect(reading.kind === 'accepted' && reading.refund.money.minor).toBe(1250n);
  });

  test('may leave out the payment', () => {
    const { payment: _, ...rest } = GOOD;
    expect(read(answer(201, rest)).kind).toBe('accepted');
  });

  test('with a status that nobody knows is unrecognized', () => {
    for (const status of ['Done', 'toString', '', null, 5]) {
      expect(read(answer(201, { ...GOOD, status }))).toMatchObject({ refund: { status: 'unrecognized' } });
    }
  });

  test('comes in the shape that its marks say', () => {
    expect(read(answer(200, GOOD))).toMatchObject({ kind: 'accepted', refund: { status: 'succeeded' } });
    const payment = { ...GOOD, object: 'payment', status: 'pending_refund' };
    expect(read(answer(200, payment))).toMatchObject({ kind: 'accepted', refund: { status: 'pending' } });
    for (const odd of [
      { ...payment, status: 'paid' },
      { ...GOOD, object: 'charge' },
      { ...GOOD, object: null },
    ]) {
      expect(doubtOf(read(answer(200, odd))).kind).toBe('malformed_answer');
    }
  });

  test.each(['application/json', '', 'application/hal+json', 'application/problem+json'])('may be %j', (mediaType) => {
    expect(read(answer(201, GOOD, { mediaType })).kind).toBe('accepted');
  });

  test.each<[string, HttpAnswer]>([
    ['an undeclared status', answer(202, GOOD)],
    ['no body', answer(201, '')],
    ['no readable body', answer(201, '', { text: undefined })],
    ['HTML', answer(200, '<html>ok</html>', { mediaType: 'text/html' })],
    ['JSON called HTML', answer(201, GOOD, { mediaType: 'text/html' })],
    ['HTML called JSON', answer(201, '<html>ok</html>')],
    ['truncated JSON', answer(201, JSON.stringify(GOOD).slice(0, -1))],
    ['two JSON texts', answer(201, JSON.stringify(GOOD).repeat(2))],
    ['a key twice', answer(201, `{"amount":1,${JSON.stringify(GOOD).slice(1)}`)],
    ['no id', answer(201, { ...GOOD, id: undefined })],
    ['an empty id', answer(201, { ...GOOD, id: '' })],
    ['no amount', answer(201, { ...GOOD, amount: undefined })],
    ['an amount that is a text', answer(201, { ...GOOD, amount: '1250' })],
    ['an amount with a point', answer(201, JSON.stringify(GOOD).replace('1250', '1250.00'))],
    ['no currency', answer(201, { ...GOOD, currency: undefined })],
    ['another kind of currency', answer(201, { ...GOOD, currency: 'BTC' })],
    ['a currency with unknown digits', answer(201, { ...GOOD, currency: 'CLF' })],
    ['null', answer(201, 'null')],
    ['a list', answer(201, [GOOD])],
    ['a text', answer(201, '"re_1"')],
  ])('with %s is unknown', (_, given) => {
    const error = doubtOf(read(given));
    expect(error.kind).toBe('malformed_answer');
    expect(error.httpStatus).toBe(given.status);
  });

  test('whatever a reader throws is unknown', () => {
    for (const thrown of [new TypeError('x is undefined'), new RangeError('x'), 'text', undefined]) {
      const broken: AnswerRules<'acme', AcmeRefund> = {
        ...RULES,
        accepted: {
          201: [
            {
              read: () => {
                throw thrown;
              },
            },
          ],
        },
      };
      expect(doubtOf(read(answer(201, GOOD), attempt(), broken)).kind).toBe('malformed_answer');
    }
  });

  test('keeps what it said', () => {
    expect(doubtOf(read(answer(201, { id: 're_1' }))).raw).toEqual({ id: 're_1' });
    expect(doubtOf(read(answer(200, '<html>', { mediaType: 'text/html' }))).raw).toBe('<html>');
  });
});

describe('a success told by marks', () => {
  /** Whether an answer with this value has the shape that the mark says. */
  function fits(value: unknown, is: string | number | boolean): boolean {
    const marked = { ...RULES, accepted: { 201: [{ ...plain, when: [{ path: ['mark', '0'], is }] }] } };
    const body = JSON.stringify({ ...GOOD, mark: [0] }).replace('[0]', `[${value}]`);
    const reading = read(answer(201, body), attempt(), marked);
    if (reading.kind !== 'accepted') expect(doubtOf(reading).kind).toBe('malformed_answer');
    return reading.kind === 'accepted';
  }

  test.each<[string, string | number | boolean]>([
    ['true', true],
    ['false', false],
    ['0', 0],
    ['-1', -1],
    ['1', 1],
    ['1.0', 1],
    ['100e-2', 1],
    ['12.5', 12.5],
    ['9007199254740991', 9007199254740991],
    ['"1"', '1'],
    ['""', ''],
  ])('%s is %j', (value, is) => {
    expect(fits(value, is)).toBe(true);
  });

  test.each<[string, string | number | boolean]>([
    ['"true"', true],
    ['1', true],
    ['null', false],
    ['0', false],
    ['""', false],
    ['false', 0],
    ['"1"', 1],
    ['1', '1'],
    ['true', 'true'],
    ['[1]', 1],
    // Both are 1 once they are rounded.
    ['1.0000000000000000001', 1],
    ['9007199254740991.1', 9007199254740991],
    [`1.${'0'.repeat(60)}1`, 1],
  ])('%s is not %j', (value, is) => {
    expect(fits(value, is)).toBe(false);
  });
});

describe('a success without a body', () => {
  const bare: AcceptedCase<'acme', AcmeRefund> = {
    empty: true,
    read: (body, { amount: asked, payment }) => {
      expect(body.value).toBeUndefined();
      expect(body.numberAt(['amount'])).toBeUndefined();
      const status = classify(optionalText(body, ['status']), { done: 'succeeded' });
      const money = amount({ value: { amount: 1250 }, numberAt: () => asked?.minor }, ['amount'], 'USD', EXACT);
      return { provider: 'acme', refundId: 're_?', payment, money, status, raw: body.value };
    },
  };
  const rules: AnswerRules<'acme', AcmeRefund> = {
    ...RULES,
    accepted: { 200: [plain, bare], 202: [bare], 204: [bare] },
  };
  const accepted = { kind: 'accepted', refund: { status: 'unrecognized', payment: 'pay_1' } };

  test.each<[string, HttpAnswer]>([
    ['nothing', answer(204, '', { mediaType: '' })],
    ['no JSON', answer(202, '')],
    ['white space', answer(202, ' \n', { mediaType: 'text/plain' })],
  ])('is told by its status: %s', (_, given) => {
    expect(read(given, attempt(), rules)).toMatchObject(accepted);
  });

  test.each<[string, HttpAnswer]>([
    ['a text', answer(202, 'Accepted', { mediaType: 'text/plain' })],
    ['HTML', answer(202, '<html>"\\x"</html>', { mediaType: 'text/html' })],
    ['half a JSON', answer(202, '{"status":"do')],
    ['JSON', answer(202, GOOD)],
    ['no text', answer(202, '', { text: undefined })],
  ])('is not understood where it has one: %s', (_, given) => {
    expect(doubtOf(read(given, attempt(), rules)).kind).toBe('malformed_answer');
  });

  test('is so at its status only', () => {
    for (const status of [201, 203, 206]) {
      expect(doubtOf(read(answer(status, ''), attempt(), rules)).kind).toBe('malformed_answer');
    }
    expect(read(answer(404, '', { mediaType: '' }), attempt(), DECIDED).kind).toBe('refused');
    expect(read(answer(500, ''), attempt(), rules).kind).toBe('unknown');
  });

  test('beside one with a body: a body that is there has to be read', () => {
    expect(read(answer(200, GOOD), attempt(), rules)).toMatchObject({ refund: { status: 'succeeded' } });
    expect(read(answer(200, '', { mediaType: '' }), attempt(), rules)).toMatchObject(accepted);
    const marked = { ...rules, accepted: { 200: [bare, { ...plain, when: [{ path: ['status'], is: 'done' }] }] } };
    expect(read(answer(200, GOOD), attempt(), marked)).toMatchObject({ refund: { status: 'succeeded' } });
    for (const body of ['{"status":"failed"}', '{"status":"do', '<html>']) {
      expect(doubtOf(read(answer(200, body), attempt(), marked)).kind).toBe('malformed_answer');
    }
    expect(doubtOf(read(answer(200, '', { text: undefined }), attempt(), marked)).kind).toBe('malformed_answer');
  });

  test('is still compared with what was asked, and a reader may still fail', () => {
    const other = { ...bare, read: () => ({ ...bare.read(NOTHING, attempt()), payment: 'pay_2' }) };
    const compared = read(answer(204, ''), attempt(), { ...rules, accepted: { 204: [other] } });
    expect(doubtOf(compared).kind).toBe('contract_violation');
    const failing = { empty: true, read: plain.read } as const;
    expect(doubtOf(read(answer(204, ''), attempt(), { ...rules, accepted: { 204: [failing] } })).kind).toBe(
      'malformed_answer',
    );
  });
});

describe('the echo', () => {
  /** Unknown, with the refund and the field that differs. */
  function differs(body: unknown, about: RefundAttempt<'acme'>, fields: readonly string[]): void {
    const reading = read(answer(201, body), about);
    const error = doubtOf(reading);
    expect(error.kind).toBe('contract_violation');
    expect(error.fields.map(({ field }) => field)).toEqual(fields);
    expect(error.raw).toEqual(body);
    expect(reading).toMatchObject({ refund: { refundId: 're_1', raw: body } });
  }

  test('of another payment', () => {
    differs({ ...GOOD, payment: 'pay_2' }, attempt(), ['payment']);
    differs({ ...GOOD, payment: 'PAY_1' }, attempt(), ['payment']);
  });

  test('of the same UUID in another case is none of another payment', () => {
    const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    const about = attempt({ payment: id });
    expect(read(answer(201, { ...GOOD, payment: id.toUpperCase() }), about).kind).toBe('accepted');
    differs({ ...GOOD, payment: id.replace('7', '8') }, about, ['payment']);
    differs({ ...GOOD, payment: id.replaceAll('-', '') }, about, ['payment']);
    differs({ ...GOOD, payment: `${id} ` }, about, ['payment']);
  });

  test('of another amount', () => {
    for (const other of [1249, 1251, 125000, 12, -1250, 0]) differs({ ...GOOD, amount: other }, attempt(), ['amount']);
  });

  test('of another currency', () => {
    differs({ ...GOOD, currency: 'EUR' }, attempt(), ['amount']);
    differs({ ...GOOD, currency: 'jpy' }, attempt(), ['amount']);
  });

  test('of everything else', () => {
    differs({ ...GOOD, payment: 'pay_2', amount: 1 }, attempt(), ['payment', 'amount']);
  });

  test('of a full refund: any amount but none, unless it was expected', () => {
    const full = attempt({ amount: null });
    expect(read(answer(201, GOOD), full).kind).toBe('accepted');
    differs({ ...GOOD, amount: 0 }, full, ['amount']);
    differs({ ...GOOD, amount: -1250 }, full, ['amount']);
    const expected = attempt({ amount: null, expectedAmount: { currency: 'USD', minor: '1250' } });
    expect(read(answer(201, GOOD), expected).kind).toBe('accepted');
    differs({ ...GOOD, amount: 1249 }, expected, ['amount']);
    differs({ ...GOOD, currency: 'EUR' }, expected, ['amount']);
    differs({ ...GOOD, amount: 0 }, expected, ['amount']);
  });

  test('of a payment with a number', () => {
    const numbered: AnswerRules<'acme', AnyRefund> = {
      ...RULES,
      accepted: {
        201: [{ read: (body) => ({ provider: 'acme', payment: 4711, status: 'pending', raw: body.value }) }],
      },
    };
    expect(interpret(answer(201, {}), attempt({ payment: '4711' }), numbered, 'reconcile').kind).toBe('accepted');
    expect(interpret(answer(201, {}), attempt({ payment: '04711' }), numbered, 'reconcile').kind).toBe('unknown');
  });

  test('above 2^53 is compared digit by digit', () => {
    const about = attempt({ amount: { currency: 'USD', minor: '9007199254740993' } });
    const body = (digits: string): string => JSON.stringify(GOOD).replace('1250', digits);
    expect(read(answer(201, body('9007199254740993')), about).kind).toBe('accepted');
    expect(read(answer(201, body('9007199254740992')), about).kind).toBe('unknown');
  });

  test('is accepted exactly where nothing differs', () => {
    const minor = fc.constantFrom(-1n, 0n, 1n, 1250n, 2n ** 53n, 2n ** 53n + 1n);
    const currency = fc.constantFrom('USD', 'EUR', 'JPY');
    const payment = fc.constantFrom('pay_1', 'pay_2');
    fc.assert(
      fc.property(minor, minor, currency, currency, payment, (asked, said, askedIn, saidIn, about) => {
        const body = JSON.stringify({ ...GOOD, payment: about, currency: saidIn }).replace('1250', said.toString());
        const given = attempt({ amount: { currency: askedIn, minor: asked.toString() } });
        const same = asked === said && askedIn === saidIn && about === 'pay_1' && said > 0n;
        expect(read(answer(201, body), given).kind).toBe(same ? 'accepted' : 'unknown');
      }),
    );
  });
});

describe('a refusal', () => {
  const error = (code: string, param?: string): object => ({ error: { code, message: 'No.', param } });

  test('says what the provider said', () => {
    const body = error('odd', 'note');
    expect(refusalOf(read(answer(400, body)))).toEqual({
      kind: 'invalid_request',
      message: 'the provider refused with HTTP 400: note No.',
      next: 'correct_request',
      moneyMoved: 'no',
      httpStatus: 400,
      code: 'odd',
      fields: [{ field: 'note', message: 'No.' }],
      raw: body,
    });
  });

  test.each([
    [401, 'correct_credentials'],
    [403, 'correct_credentials'],
    [404, 'correct_request'],
    [402, 'ask_provider'],
  ])('HTTP %i: %s', (status, next) => {
    expect(refusalOf(read(answer(status, error('odd')))).next).toBe(next);
  });

  test('has a kind of its own where its code says more', () => {
    expect(refusalOf(read(answer(400, error('too_much')))).kind).toBe('amount_exceeds_refundable');
    expect(refusalOf(read(answer(400, error('toString')))).kind).toBe('invalid_request');
    expect(refusalOf(read(answer(400, error('__proto__')))).kind).toBe('invalid_request');
  });

  test("names the fields as the caller's", () => {
    expect(refusalOf(read(answer(422, error('odd', 'amount_minor')))).fields).toEqual([
      { field: 'amount', message: 'No.' },
    ]);
    expect(refusalOf(read(answer(422, error('odd', 'receipt')))).message).toContain('refundRef No.');
    expect(refusalOf(read(answer(422, error('odd', 'constructor')))).fields).toEqual([
      { field: 'constructor', message: 'No.' },
    ]);
  });

  test('may be ambiguous by its code', () => {
    expect(doubtOf(read(answer(400, error('acquirer_timeout'))))).toMatchObject({
      kind: 'ambiguous_answer',
      code: 'acquirer_timeout',
      httpStatus: 400,
    });
    expect(doubtOf(read(answer(404, error('moved')))).kind).toBe('ambiguous_answer');
    expect(refusalOf(read(answer(422, error('acquirer_timeout')))).kind).toBe('invalid_request');
    expect(refusalOf(read(answer(404, error('acquirer_timeout')))).kind).toBe('not_found');
  });

  test('is undecided without a code, where a code decides', () => {
    for (const status of [400, 404]) {
      for (const body of ['', '{}', '<html>', '{"error":{"code":{}}}']) {
        expect(doubtOf(read(answer(status, body))).kind).toBe('ambiguous_answer');
        expect(doubtOf(read(answer(status, body, { mediaType: 'text/html' }))).kind).toBe('ambiguous_answer');
        expect(read(answer(422, body)).kind).toBe('refused');
      }
      expect(doubtOf(read(answer(status, '', { text: undefined }))).kind).toBe('ambiguous_answer');
    }
  });

  test('may be ambiguous by its status', () => {
    expect(doubtOf(read(answer(429, error('odd')))).kind).toBe('ambiguous_answer');
    expect(doubtOf(read(answer(429, ''))).kind).toBe('ambiguous_answer');
  });

  test('may be ambiguous by one of several codes', () => {
    const rules: AnswerRules<'acme', AcmeRefund> = { ...RULES, errorBody: keyedErrors(['__all__']) };
    const timeout = { message: 'The acquirer did not answer.', code: 'acquirer_timeout' };
    const other = { message: 'The refund failed.', code: 'refund_error' };
    expect(read(answer(400, { __all__: [timeout, other] }), attempt(), rules).kind).toBe('unknown');
    expect(read(answer(400, { __all__: [other, timeout] }), attempt(), rules).kind).toBe('unknown');
    expect(read(answer(400, { __all__: [other], payment: [timeout] }), attempt(), rules).kind).toBe('unknown');
    expect(read(answer(400, { __all__: [other] }), attempt(), rules).kind).toBe('refused');
  });

  test('may be ambiguous by a code that is not the first', () => {
    const rules: AnswerRules<'acme', AcmeRefund> = {
      ...RULES,
      errorBody: namedErrors({
        code: [
          ['error', 'code'],
          ['error', 'type'],
        ],
        message: ['error', 'message'],
      }),
    };
    const body = { error: { code: 'odd', type: 'acquirer_timeout' } };
    expect(doubtOf(read(answer(400, body), attempt(), rules))).toMatchObject({ kind: 'ambiguous_answer', code: 'odd' });
    // That no money moved is proved by the code that counts only.
    expect(read(answer(409, { error: { code: 'odd', type: 'duplicate' } }), attempt(), rules).kind).toBe('unknown');
    expect(read(answer(409, { error: { code: 'duplicate', type: 'odd' } }), attempt(), rules).kind).toBe('refused');
  });

  test('is undecided where only details have codes: they do not stand in for the one that decides', () => {
    const details = { list: ['error', 'details'], code: ['code'] };
    const errorBody = namedErrors({ code: [['error', 'code']], message: ['error', 'message'], details });
    const rules: AnswerRules<'acme', AcmeRefund> = { ...RULES, errorBody };
    const said = (status: number, code: string | undefined, ...codes: readonly string[]): Reading<AcmeRefund> =>
      read(answer(status, { error: { code, details: codes.map((one) => ({ code: one })) } }), attempt(), rules);
    expect(said(400, undefined, 'odd').kind).toBe('unknown');
    expect(said(400, 'odd', 'odd').kind).toBe('refused');
    // The code that makes it ambiguous may stand anywhere, also behind the fields that are told.
    expect(said(400, 'odd', ...Array.from({ length: 200 }, (_, at) => `c_${at}`), 'acquirer_timeout').kind).toBe(
      'unknown',
    );
    // A detail proves nothing at a status that proves nothing.
    expect(said(409, undefined, 'duplicate').kind).toBe('unknown');
    expect(said(409, 'duplicate', 'odd').kind).toBe('refused');
  });

  test('may be declared, for a status that alone says nothing', () => {
    expect(refusalOf(read(answer(409, error('duplicate')))).kind).toBe('already_refunded');
    expect(doubtOf(read(answer(409, error('odd')))).kind).toBe('ambiguous_answer');
    expect(doubtOf(read(answer(409, ''))).kind).toBe('ambiguous_answer');
    expect(refusalOf(read(answer(418, ''))).kind).toBe('refused');
  });

  test('is none at 5xx, whatever is declared', () => {
    expect(doubtOf(read(answer(500, error('declined'))))).toMatchObject({ kind: 'provider_error', code: 'declined' });
    expect(doubtOf(read(answer(503, error('duplicate')))).kind).toBe('provider_error');
  });

  test('keeps no endless text', () => {
    const html = `<html>${'x'.repeat(100_000)}</html>`;
    const { message, raw } = refusalOf(read(answer(403, html, { mediaType: 'text/html' })));
    expect(message.length).toBeLessThan(1000);
    expect(String(raw).length).toBeLessThanOrEqual(4000);
  });
});

describe('Retry-After', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-31T10:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function waits(retryAfter: string | undefined, status = 503): number | undefined {
    const reading = read(answer(status, '', { retryAfter }));
    return reading.kind === 'accepted' ? undefined : reading.error.retryAfterMs;
  }

  test.each([
    ['0', 0],
    ['7', 7000],
    ['120', 120_000],
    ['007', 7000],
    ['Sat, 31 Jan 2026 10:00:30 GMT', 30_000],
    ['Saturday, 31-Jan-26 10:00:30 GMT', 30_000],
    ['Sat Jan 31 10:00:30 2026', 30_000],
    ['Fri Jan  2 10:00:30 2026', 0],
    ['Sat, 31 Jan 2026 10:00:00 GMT', 0],
    ['Fri, 30 Jan 2026 10:00:00 GMT', 0],
  ])('%s', (value, milliseconds) => {
    expect(waits(value)).toBe(milliseconds);
    expect(waits(value, 400)).toBe(milliseconds);
    expect(waits(value, 429)).toBe(milliseconds);
  });

  test.each([
    '',
    ' ',
    'soon',
    'NaN',
    '-5',
    '+5',
    '1.5',
    '1e3',
    '0x10',
    '120s',
    '10 seconds',
    'Sat Jan 31 10:00:30 2026 +0200',
    'Sat Jan 31 2026',
    '7, 8',
    '９',
    '9'.repeat(400),
  ])('%j says nothing', (value) => {
    expect(waits(value)).toBeUndefined();
  });

  test('is absent where there is none', () => {
    expect(waits(undefined)).toBeUndefined();
    const reading = read(answer(503, ''));
    expect(reading.kind === 'unknown' && 'retryAfterMs' in reading.error).toBe(false);
  });
});

test('nothing is thrown, and nothing odd accepted, whatever comes', () => {
  const piece = fc.oneof(fc.json({ maxDepth: 3 }), fc.string(), fc.constant(JSON.stringify(GOOD)));
  const media = fc.constantFrom('', 'application/json', 'text/html', 'a+json', 'text/plain');
  const retryAfter = fc.option(fc.string(), { nil: undefined });
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), piece, media, retryAfter, (status, body, mediaType, after) => {
      const reading = read({ status, mediaType, retryAfter: after, text: body });
      if (reading.kind === 'accepted') expect([200, 201]).toContain(status);
      else expect(reading.error.message).not.toBe('');
      if (reading.kind === 'refused') expect(REFUSED[status]).toBeDefined();
    }),
    { numRuns: 500 },
  );
});

test('the same answer has the same meaning again', () => {
  for (const given of [answer(201, GOOD), answer(201, {}), answer(400, {}), answer(500, 'x')]) {
    expect(JSON.stringify(read(given))).toBe(JSON.stringify(read(given)));
  }
});

test.each([
  ['application/json', true],
  ['application/problem+json', true],
  ['', true],
  ['text/json', false],
  ['text/html', false],
  ['application/jsonp', false],
  ['application/json-seq', false],
])('isJson(%j) is %s', (mediaType, wanted) => {
  expect(isJson(mediaType)).toBe(wanted);
});

test('errorValue is JSON where it can be, and text otherwise', () => {
  expect(errorValue(answer(400, { a: 1 }))).toEqual({ a: 1 });
  expect(errorValue(answer(400, '{"a":1', {}))).toBe('{"a":1');
  expect(errorValue(answer(400, '{"a":1}', { mediaType: 'text/plain' }))).toBe('{"a":1}');
  expect(errorValue(answer(400, '', { text: undefined }))).toBeUndefined();
  expect(errorValue(answer(400, 'null'))).toBeNull();
});
