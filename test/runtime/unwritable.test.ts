import { describe, expect, test } from 'vitest';
import { type AuthAlternatives, authorize } from '../../templates/runtime/auth.js';
import { check, type Shape } from '../../templates/runtime/check.js';
import { type FormStyle, formBody } from '../../templates/runtime/form.js';
import { ExactNumber, stringifyJson, UnwritableError } from '../../templates/runtime/json.js';
import { type ParameterStyle, toQuery, toTexts } from '../../templates/runtime/parameter.js';
import { redactor } from '../../templates/runtime/redact.js';
import { checkInput, type Operation, writeRequest } from '../../templates/runtime/request.js';

function faultOf(write: () => unknown): string {
  try {
    write();
  } catch (error) {
    if (error instanceof UnwritableError) return error.message;
    throw error;
  }
  return 'it was written';
}

class Money {
  readonly minor = 5;
}

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { a: nested(depth - 1) };
}

describe('what cannot be written says where it is, and why', () => {
  test.each<[unknown, RegExp]>([
    [{ a: [0, Number.NaN] }, /^body\.a\.1 cannot be written as JSON: NaN/],
    [{ a: 5n }, /^body\.a cannot be written as JSON: 5/],
    [{ a: new Money() }, /^body\.a cannot be written: it is no plain object/],
    [undefined, /^body cannot be written as JSON: undefined/],
    [nested(65), /^body\.a.* is nested too deeply, or contains itself/],
  ])('as JSON: %s', (value, message) => {
    expect(faultOf(() => stringifyJson(value))).toMatch(message);
  });

  test.each<[Readonly<Record<string, unknown>>, FormStyle, RegExp]>([
    [{ a: null }, 'indices', /^body\.a is null.*leave it out/],
    [{ a: 5n }, 'indices', /^body\.a must be a text, a number, true or false here, not bigint/],
    [{ a: Number.NaN }, 'repeat', /^body\.a must be .*not NaN/],
    [{ a: [['x']] }, 'repeat', /^body\.a\.0 must be .*not a list/],
    [{ a: { b: 1 } }, 'repeat', /^body\.a must be .*not object/],
    [{ a: [] }, 'indices', /^body\.a is an empty list.*leave it out/],
    [{ a: [] }, 'repeat', /^body\.a is an empty list/],
    [{ a: [{}] }, 'indices', /^body\.a\.0 cannot be written: it is empty/],
    [{ a: ['x', 'y,z'] }, 'comma', /^body\.a\.1 must not be empty or hold ","/],
    [{ a: ['x', ''] }, 'comma', /^body\.a\.1 must not be empty/],
    [{ a: '\ud800' }, 'indices', /^body\.a holds half of a surrogate pair/],
    [{ a: { 'b[': 1 } }, 'indices', /^body\.a\.b\[ cannot be written: its name .*bracket/],
    [{ '': 1 }, 'indices', /^body\. cannot be written: its name is empty/],
    [{ a: { b: '1' }, 'a[b]': '2' }, 'indices', /^body\.a\[b\] cannot be written: another field writes the same name/],
  ])('in a form: %#, %s', (value, style, message) => {
    expect(faultOf(() => formBody({ a: style }).write(value))).toMatch(message);
  });

  test('in a form that is no object', () => {
    expect(faultOf(() => formBody().write(['x']))).toMatch(/^body must be an object, as forms have fields/);
  });

  test.each<[unknown, ParameterStyle | undefined, RegExp]>([
    [{ b: 1 }, undefined, /^query\.a is an object, and it is not known how/],
    [{ b: 1 }, 'comma', /^query\.a is an object/],
    [['x'], 'deepObject', /^query\.a must be an object, not a list/],
    [{ 'b]': 1 }, 'deepObject', /^query\.a\.b\] cannot be written/],
    [{ b: null }, 'deepObject', /^query\.a\.b is null/],
    [['x', 'y z'], 'space', /^query\.a\.1 must not be empty or hold " "/],
    [['x|y'], 'pipe', /^query\.a\.0 must not be empty or hold "\|"/],
    [[], 'brackets', /^query\.a is an empty list/],
    [[null], undefined, /^query\.a\.0 is null/],
  ])('in a query: %#, %s', (value, style, message) => {
    expect(faultOf(() => toQuery('a', value, style, 'query.a'))).toMatch(message);
  });

  test('in a path: a comma separates', () => {
    expect(toTexts(['a', 'b'], undefined, 'path.a')).toEqual(['a', 'b']);
    expect(faultOf(() => toTexts(['a,b'], undefined, 'path.a'))).toMatch(/^path\.a\.0 must not .*","/);
  });
});

const OPERATION: Operation = {
  name: 'createRefund',
  method: 'POST',
  path: '/payments/{id}',
  parameters: [
    { name: 'id', in: 'path', required: true, shape: { kind: 'string' } },
    { name: 'X-Ref', in: 'header', required: false, shape: { kind: 'string' } },
  ],
  headers: { 'Content-Length': '0' },
};

describe('an input', () => {
  const path = { id: 'p' };

  test.each<[Operation, Parameters<typeof checkInput>[1], string, RegExp]>([
    [OPERATION, {}, 'path.id', /is required/],
    [OPERATION, { path: { id: '' } }, 'path.id', /must not be empty, "\." or "\.\."/],
    [OPERATION, { path: { id: '.' } }, 'path.id', /must not be empty/],
    [OPERATION, { path, query: { a: 1 } }, 'query.a', /is not a field/],
    [OPERATION, { path, header: { 'X-Ref': 'ü' } }, 'header.X-Ref', /printable ASCII/],
    [OPERATION, { path, header: { 'X-Ref': ' a' } }, 'header.X-Ref', /printable ASCII/],
    [OPERATION, { path, body: {} }, 'body', /is not taken by this operation/],
    [{ ...OPERATION, body: { required: true, shape: { kind: 'any' } } }, { path }, 'body', /is required/],
    [{ ...OPERATION, body: { required: true, shape: { kind: 'any' } } }, { path, body: { a: 5n } }, 'body.a', /JSON/],
  ])('has its fault told: %#', (operation, input, field, message) => {
    expect(checkInput(operation, input)).toEqual([{ field, message: expect.stringMatching(message) }]);
  });

  test('without a body has the headers that the provider demands then, and no other', () => {
    expect(writeRequest(OPERATION, { path }, 'https://acme.invalid//')).toStrictEqual({
      method: 'POST',
      url: 'https://acme.invalid/payments/p',
      headers: [
        ['Accept', 'application/json'],
        ['Content-Length', '0'],
      ],
    });
    const bodied: Operation = { ...OPERATION, body: { required: false, shape: { kind: 'any' } } };
    expect(checkInput(bodied, { path })).toEqual([]);
    expect(writeRequest(bodied, { path, body: {} }, 'https://acme.invalid')).toStrictEqual({
      method: 'POST',
      url: 'https://acme.invalid/payments/p',
      headers: [
        ['Accept', 'application/json'],
        ['Content-Type', 'application/json'],
      ],
      body: '{}',
    });
  });

  test('never goes to another host than the one that was chosen', () => {
    const astray: Operation = { ...OPERATION, path: '.evil.invalid/{id}' };
    expect(() => writeRequest(astray, { path }, 'https://acme.invalid')).toThrow(/another host/);
  });
});

describe('a value that breaks its shape says how', () => {
  test.each<[unknown, Shape, string]>([
    [null, { kind: 'string' }, 'must not be null'],
    [5, { kind: 'string' }, 'must be a string'],
    ['x', { kind: 'boolean' }, 'must be true or false'],
    ['x', { kind: 'array', items: { kind: 'any' } }, 'must be an array'],
    ['x', { kind: 'object', fields: {} }, 'must be an object'],
    ['x', { kind: 'string', minLength: 2 }, 'must have at least 2 characters, not 1'],
    ['xyz', { kind: 'string', maxLength: 2 }, 'must have at most 2 characters, not 3'],
    ['x', { kind: 'string', enum: ['a', 'b'] }, 'must be one of a, b'],
    ['x', { kind: 'string', pattern: '^y' }, 'must match ^y'],
    ['x', { kind: 'string', format: 'uuid' }, 'must be a uuid'],
    ['x', { kind: 'number' }, 'must be a finite number'],
    [2 ** 53, { kind: 'integer' }, 'must be an integer below 2^53'],
    [1, { kind: 'integer', minimum: 2 }, 'must be at least 2'],
    [3, { kind: 'integer', maximum: 2 }, 'must be at most 2'],
    [new ExactNumber('1'), { kind: 'integer', minimum: 2 }, 'must be at least 2'],
    [new ExactNumber('3'), { kind: 'integer', maximum: 2 }, 'must be at most 2'],
    [new ExactNumber('1.5'), { kind: 'integer' }, 'must be an integer'],
    [[], { kind: 'array', items: { kind: 'any' }, minItems: 1 }, 'must have at least 1 items'],
    [[1, 2], { kind: 'array', items: { kind: 'any' }, maxItems: 1 }, 'must have at most 1 items'],
    ['x', { kind: 'reserved', for: 'refundRef' }, 'is set by the client, from refundRef'],
  ])('%#', (value, shape, message) => {
    expect(check(value, shape, 'note')).toEqual([{ field: 'note', message }]);
  });
});

describe('credentials that cannot work are named, and not shown', () => {
  const BASIC: AuthAlternatives = [
    [{ kind: 'basic', username: { credential: 'user' }, password: { credential: 'word' } }],
    [{ kind: 'cookie', name: 'sid', value: { credential: 'session' } }],
  ];

  test.each<[Readonly<Record<string, unknown>>, RegExp]>([
    [{}, /auth takes exactly: user and word, or session\. Given: nothing/],
    [{ user: 'u' }, /Given: user/],
    [{ user: 'u', word: '' }, /auth\.word must be a non-empty string/],
    [{ user: 'u', word: 'secret\n' }, /auth\.word holds a character that a header cannot carry/],
    [{ user: 'secret:', word: 'w' }, /auth\.user must not hold a colon/],
    [{ session: 'secret;' }, /auth\.session holds a character that a cookie cannot carry/],
  ])('%j', (given, message) => {
    expect(() => authorize(BASIC, given)).toThrow(message);
    expect(() => authorize(BASIC, given)).not.toThrow(/secret/);
  });
});

test('a secret is kept out of every word of an error', () => {
  const secret = 'sk_live_0001';
  const error = { message: `m ${secret}`, code: secret, fields: [{ field: secret, message: secret, code: secret }] };
  const { error: redact } = redactor([secret]);
  expect(redact({ ...error, raw: { [secret]: [secret] } })).toStrictEqual({
    message: 'm [redacted]',
    code: '[redacted]',
    fields: [{ field: '[redacted]', message: '[redacted]', code: '[redacted]' }],
    raw: { '[redacted]': ['[redacted]'] },
  });
  expect(redact({ message: 'm', fields: [{ field: 'f', message: 'm' }] })).toStrictEqual({
    message: 'm',
    fields: [{ field: 'f', message: 'm' }],
  });
  expect(redact({ message: 'm' })).toStrictEqual({ message: 'm' });
});
