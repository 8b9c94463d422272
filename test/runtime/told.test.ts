import { describe, expect, test } from 'vitest';
import { namedErrors } from '../../templates/runtime/error-body.js';
import type { HttpAnswer } from '../../templates/runtime/http.js';
import { type AnswerRules, compareEcho, errorValue, interpret, isIn } from '../../templates/runtime/interpret.js';
import { parseJson } from '../../templates/runtime/json.js';
import { money } from '../../templates/runtime/money.js';
import type { AnyRefund } from '../../templates/runtime/outcome.js';
import { attemptOf } from './acme.js';

const RULES: AnswerRules<'acme', AnyRefund> = {
  accepted: {
    '2XX': [{ read: ({ value }) => ({ provider: 'acme', status: 'succeeded', raw: value }) }],
    202: [
      {
        when: [{ path: ['state'], is: 'queued' }],
        read: ({ value }) => ({ provider: 'acme', status: 'pending', raw: value }),
      },
    ],
    204: [{ empty: true, read: ({ value }) => ({ provider: 'acme', status: 'pending', raw: value }) }],
  },
  errorBody: namedErrors({ code: [['code']], message: ['message'], field: ['field'] }),
  ambiguous: [{ status: 400, code: 'timeout' }],
  refused: [{ status: 409, code: 'duplicate' }],
  kinds: { too_much: 'amount_exceeds_refundable' },
  fieldNames: { sum: 'amount' },
};

function answer(status: number, body: unknown, given: Partial<HttpAnswer> = {}): HttpAnswer {
  return { status, mediaType: 'application/json', retryAfter: undefined, text: JSON.stringify(body), ...given };
}

function read(given: HttpAnswer, rules = RULES) {
  return interpret(given, attemptOf(), rules, 'ask_provider');
}

function errorOf(given: HttpAnswer, rules = RULES) {
  const reading = read(given, rules);
  if (reading.kind === 'accepted') throw new Error('it is accepted');
  return reading.error;
}

describe('a status', () => {
  test.each([
    [400, 'invalid_request', 'correct_request'],
    [401, 'authentication', 'correct_credentials'],
    [402, 'declined', 'ask_provider'],
    [403, 'permission', 'correct_credentials'],
    [404, 'not_found', 'correct_request'],
    [405, 'refused', 'ask_provider'],
    [406, 'refused', 'ask_provider'],
    [410, 'not_found', 'correct_request'],
    [411, 'refused', 'ask_provider'],
    [413, 'invalid_request', 'correct_request'],
    [414, 'invalid_request', 'correct_request'],
    [415, 'refused', 'ask_provider'],
    [421, 'refused', 'ask_provider'],
    [422, 'invalid_request', 'correct_request'],
    [426, 'refused', 'ask_provider'],
    [429, 'rate_limited', 'call_again_later'],
    [431, 'invalid_request', 'correct_request'],
    [451, 'permission', 'ask_provider'],
  ])('%i is %s: %s', (status, kind, next) => {
    expect(errorOf(answer(status, { code: 'odd' }))).toMatchObject({ kind, next, moneyMoved: 'no' });
  });

  test('that is declared to refuse leaves what comes next to the provider', () => {
    expect(errorOf(answer(409, { code: 'duplicate' }))).toMatchObject({ kind: 'refused', next: 'ask_provider' });
  });

  test.each([200, 201, 299])('%i is accepted where all are', (status) => {
    expect(read(answer(status, {}))).toMatchObject({ kind: 'accepted', refund: { status: 'succeeded' } });
  });

  test.each([199, 300])('%i is none of them', (status) => {
    expect(errorOf(answer(status, {}))).toMatchObject({ kind: 'ambiguous_answer', moneyMoved: 'unknown' });
  });

  test('of its own counts before all', () => {
    expect(read(answer(202, { state: 'queued' }))).toMatchObject({ refund: { status: 'pending' } });
    expect(read(answer(202, { state: 'done' }))).toMatchObject({ kind: 'unknown' });
  });
});

describe('a message says the status and', () => {
  const { '2XX': _, ...listed } = RULES.accepted;

  test.each<[string, HttpAnswer, RegExp]>([
    ['that there is no such answer', answer(203, {}), /HTTP 203.*not known to answer so/],
    ['that there is no body described', answer(204, {}), /HTTP 204.*describes none/],
    ['what it is instead of JSON', answer(202, {}, { mediaType: 'text/html' }), /HTTP 202.*text\/html, not JSON/],
    ['that it is not whole', answer(202, {}, { text: '{"a"' }), /HTTP 202.*no whole JSON.*twice/],
    ['that it is not UTF-8', answer(202, {}, { text: undefined }), /HTTP 202.*no whole JSON.*twice/],
    ['that it has no known shape', answer(202, {}), /HTTP 202.*none of the known shapes/],
    ['that the provider failed', answer(502, {}), /failed.*HTTP 502$/],
    ['what the provider said then', answer(502, { message: 'Oops.' }), /failed.*HTTP 502: Oops\.$/],
    ['that it is ambiguous', answer(400, {}), /HTTP 400 does not say whether money moved$/],
    [
      'what was said then',
      answer(400, { code: 'timeout', message: 'Late.' }),
      /HTTP 400 does not say.* money moved: Late\.$/,
    ],
    ['that it proves nothing', answer(409, { message: 'Busy.' }), /HTTP 409 is not known.*no money moved: Busy\.$/],
    ['that it is a refusal', answer(404, {}), /refused with HTTP 404$/],
    ['the field', answer(404, { message: 'Too much.', field: 'sum' }), /refused with HTTP 404: amount Too much\.$/],
  ])('%s', (_, given, message) => {
    expect(errorOf(given, { ...RULES, accepted: listed }).message).toMatch(message);
  });

  test('what a reader could not read, or that it tripped', () => {
    const failing = (error: Error): AnswerRules<'acme', AnyRefund> => ({
      ...RULES,
      accepted: {
        200: [
          {
            read: () => {
              throw error;
            },
          },
        ],
      },
    });
    expect(errorOf(answer(200, { a: 1 }), failing(new TypeError('internal')))).toMatchObject({
      message: expect.stringMatching(/HTTP 200.*not as documented/),
      raw: { a: 1 },
    });
  });

  test('what differs', () => {
    const accepted = {
      200: [
        {
          read: () => ({
            provider: 'acme',
            payment: 'pay_2',
            money: money('EUR', 5n),
            status: 'pending' as const,
            raw: { sum: 5 },
          }),
        },
      ],
    };
    expect(errorOf(answer(200, {}), { ...RULES, accepted })).toMatchObject({
      kind: 'contract_violation',
      httpStatus: 200,
      message: expect.stringMatching(/payment is pay_2, not pay_1; amount is 5 .*EUR, not 1250 .*USD/),
      raw: { sum: 5 },
    });
  });
});

describe('the raw answer', () => {
  test.each<[string, HttpAnswer, unknown]>([
    ['where no such answer is known', answer(299, {}, { text: 'x' }), 'x'],
    ['where the body cannot be read', answer(204, {}, { text: 'x' }), 'x'],
    ['where it is an error', answer(500, { a: 1 }), { a: 1 }],
  ])('is kept %s', (_, given, raw) => {
    const { '2XX': __, ...accepted } = RULES.accepted;
    expect(errorOf(given, { ...RULES, accepted })).toMatchObject({ raw });
  });

  test('of a text is cut after 4000 characters', () => {
    expect(errorValue(answer(400, {}, { text: `${'x'.repeat(4000)}y` }))).toBe('x'.repeat(4000));
  });
});

test('an error has no code, no field and no wait that it was not given', () => {
  const { fields, ...error } = errorOf(answer(404, {}));
  expect(fields).toEqual([]);
  expect(Object.keys(error).sort()).toEqual(['httpStatus', 'kind', 'message', 'moneyMoved', 'next', 'raw']);
});

describe('what refunds nothing', () => {
  test('differs from any amount, and is told as money', () => {
    const refund = (minor: bigint): AnyRefund => ({
      provider: 'acme',
      money: money('USD', minor),
      status: 'pending',
      raw: 0,
    });
    const full = attemptOf({ amount: null });
    expect(compareEcho(refund(0n), full)).toEqual([
      { field: 'amount', message: expect.stringMatching(/0\.00 USD.*nothing/) },
    ]);
    expect(compareEcho(refund(1n), full)).toEqual([]);
    // Asked for nothing, as a journal that was changed by hand may say.
    const nothing = attemptOf({ amount: { currency: 'USD', minor: '0' } });
    expect(compareEcho(refund(0n), nothing)).toHaveLength(1);
  });
});

test('a mark that is a number is found by its digits', () => {
  const has = (text: string, is: number): boolean => {
    const body = parseJson(`{"v":${text}}`);
    return body !== undefined && isIn(body)({ path: ['v'], is });
  };
  expect([has('2', 2), has('2.0', 2), has('2.00000000000000000001', 2), has('1e400', Infinity)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

describe('Retry-After as a date', () => {
  const waits = (retryAfter: string): unknown => errorOf(answer(503, {}, { retryAfter })).retryAfterMs;
  const later = 'Sun, 06 Nov 2094 08:49:37 GMT';

  test('is told where it is one', () => {
    expect(waits(later)).toBeGreaterThan(0);
    expect(waits('Sat Nov  6 08:49:37 2094')).toBeGreaterThan(0);
    expect(waits('Sat Nov 06 08:49:37 2094')).toBeGreaterThan(0);
  });

  test.each([
    `x${later}`,
    `${later}x`,
    `${later.toLowerCase()}`,
    'Sun 06 Nov 2094 08:49:37 GMT',
    'xSat Nov  6 08:49:37 2094',
    'Sat Nov  6 08:49:37 20945',
    'Sat Nov 6x 08:49:37 2094',
    '7s',
    's7',
  ])('is not told where it is none: %s', (value) => {
    expect(waits(value)).toBeUndefined();
  });
});
