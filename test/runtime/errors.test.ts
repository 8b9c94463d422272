import { describe, expect, test } from 'vitest';
import { type ErrorReader, keyedErrors, namedErrors } from '../../templates/runtime/error-body.js';
import { describeFields, InvalidInputError, NoAnswerError, RefundConfigError } from '../../templates/runtime/errors.js';

describe('keyedErrors', () => {
  const read = keyedErrors(['non_field_errors', 'detail', '__all__']);

  test('texts by field, and general ones', () => {
    expect(read({ note: ['too long'], non_field_errors: ['x'] })).toEqual({
      message: 'x',
      codes: [],
      fields: [
        { field: 'note', message: 'too long' },
        { field: '', message: 'x' },
      ],
    });
  });

  test('a detail', () => {
    expect(read({ detail: 'x' })).toEqual({ message: 'x', codes: [], fields: [{ field: '', message: 'x' }] });
  });

  test('texts with codes', () => {
    expect(read({ __all__: [{ message: 'm', code: 'c' }] })).toEqual({
      message: 'm',
      code: 'c',
      codes: ['c'],
      fields: [{ field: '', message: 'm', code: 'c' }],
    });
  });

  test('a code of a field counts where there is no general one', () => {
    expect(read({ amount: [{ message: 'too much', code: 'max' }] })).toEqual({
      message: 'too much',
      code: 'max',
      codes: ['max'],
      fields: [{ field: 'amount', message: 'too much', code: 'max' }],
    });
    expect(read({ note: ['a'], amount: { message: 'b', code: 'max' } })).toMatchObject({ message: 'a', code: 'max' });
    const both = { amount: [{ message: 'a', code: 'max' }], __all__: [{ message: 'b', code: 'refund_error' }] };
    expect(read(both)).toMatchObject({
      message: 'b',
      code: 'refund_error',
      codes: ['refund_error', 'max'],
    });
  });

  test('every code is told once, the one that counts first', () => {
    const coded = (code: string): object => ({ message: 'x', code });
    const body = { amount: [coded('max'), coded('min')], note: coded('max'), detail: coded('refund_error') };
    expect(read(body)).toMatchObject({ code: 'refund_error', codes: ['refund_error', 'max', 'min'] });
    const late = {
      ...Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}`, ['x']])),
      z: coded('c'),
    };
    expect(read(late)).toMatchObject({ code: 'c', codes: ['c'] });
  });

  test('several texts of one field', () => {
    expect(read({ note: ['a', 'b'] }).fields).toEqual([
      { field: 'note', message: 'a' },
      { field: 'note', message: 'b' },
    ]);
    expect(read({ note: 'a' }).fields).toEqual([{ field: 'note', message: 'a' }]);
  });

  test('nested maps', () => {
    expect(read({ metadata: { order: ['a'], deep: { er: 'b' } } }).fields).toEqual([
      { field: 'metadata.order', message: 'a' },
      { field: 'metadata.deep.er', message: 'b' },
    ]);
    expect(read({ metadata: { non_field_errors: ['a'] } }).fields).toEqual([{ field: 'metadata', message: 'a' }]);
  });

  test('lists of objects', () => {
    const { fields, message } = read({ items: [{}, { amount: ['a'], tax: [{ rate: ['b'] }] }, null] });
    expect(fields.map((field) => field.message)).toEqual(['a', 'b']);
    for (const { field } of fields) expect(field).toMatch(/^items\b.*\b(amount|rate)$/);
    expect(message).toBe('a');
  });

  test('what is no error is passed over', () => {
    const body = { status: 400, ok: false, none: null, list: [1, null, [], {}], note: ['too long'] };
    expect(read(body)).toEqual({ message: 'too long', codes: [], fields: [{ field: 'note', message: 'too long' }] });
    expect(read({})).toEqual({ codes: [], fields: [] });
  });

  test('a code that is no text is no code', () => {
    expect(read({ __all__: [{ message: 'm', code: 5 }] })).toEqual({
      message: 'm',
      codes: [],
      fields: [{ field: '', message: 'm' }],
    });
  });

  test('a field may be called as anything', () => {
    expect(read(JSON.parse('{"__proto__":["a"],"constructor":["b"],"":["c"]}')).fields).toHaveLength(3);
  });

  test('a message beside fields does not hide them', () => {
    expect(read({ message: 'Validation failed', note: ['too long'] }).fields).toContainEqual({
      field: 'note',
      message: 'too long',
    });
  });

  test('a long list is cut, but not its general message', () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, ['x']]));
    expect(read(body).fields).toHaveLength(50);
    expect(read({ ...body, detail: 'too much' }).message).toBe('too much');
  });
});

describe('namedErrors', () => {
  const read = namedErrors({
    code: [
      ['error', 'code'],
      ['error', 'type'],
    ],
    message: ['error', 'message'],
    field: ['error', 'param'],
  });

  test('an error object', () => {
    expect(read({ error: { type: 'invalid', code: 'too_much', message: 'Too much.', param: 'amount' } })).toEqual({
      code: 'too_much',
      codes: ['too_much', 'invalid'],
      message: 'Too much.',
      fields: [{ field: 'amount', message: 'Too much.' }],
    });
  });

  test('the first code that is there counts', () => {
    expect(read({ error: { type: 'invalid', message: 'x' } })).toEqual({
      code: 'invalid',
      codes: ['invalid'],
      message: 'x',
      fields: [],
    });
    expect(read({ error: { type: 'invalid', code: null } })).toEqual({
      code: 'invalid',
      codes: ['invalid'],
      fields: [],
    });
  });

  test('a code may be a number, and nothing else', () => {
    expect(read({ error: { code: 1062, type: 'invalid' } })).toMatchObject({
      code: '1062',
      codes: ['1062', 'invalid'],
    });
    expect(read({ error: { code: true, type: ['invalid'] } }).codes).toEqual([]);
  });

  test('a field without a message', () => {
    expect(read({ error: { param: 'amount' } })).toEqual({
      codes: [],
      fields: [{ field: 'amount', message: 'is refused' }],
    });
    expect(read({ error: { param: 'amount', message: { en: 'x' } } }).fields).toEqual([
      { field: 'amount', message: 'is refused' },
    ]);
  });

  test('no field place', () => {
    const flat = namedErrors({ code: [['code'], ['type']], message: ['message'] });
    expect(flat({ code: 'c', type: 't', message: 'm', param: 'p' })).toEqual({
      code: 'c',
      codes: ['c', 't'],
      message: 'm',
      fields: [],
    });
  });

  test('a place in a list', () => {
    const listed = namedErrors({ code: [['errors', '0', 'code']], message: ['errors', '0', 'detail'] });
    expect(listed({ errors: [{ code: 'a', detail: 'b' }, { code: 'c' }] })).toMatchObject({ code: 'a', message: 'b' });
    expect(listed({ errors: [] })).toEqual({ codes: [], fields: [] });
    expect(listed({ errors: 'x' })).toEqual({ codes: [], fields: [] });
  });

  test.each([{}, { error: null }, { error: 'x' }, { error: [] }, { error: { code: {}, message: {}, param: [] } }])(
    '%j says nothing',
    (body) => {
      expect(read(body)).toEqual({ codes: [], fields: [] });
    },
  );

  test('an inherited name is no code', () => {
    const odd = namedErrors({ code: [['constructor', 'name']], message: ['toString', 'name'] });
    expect(odd({})).toEqual({ codes: [], fields: [] });
  });
});

describe.each<[string, ErrorReader]>([
  ['keyedErrors', keyedErrors(['detail'])],
  ['namedErrors', namedErrors({ code: [['code']], message: ['message'] })],
])('%s, where the body is no object', (_, read) => {
  test('plain text is the message', () => {
    expect(read('Unauthorized')).toEqual({ message: 'Unauthorized', codes: [], fields: [] });
  });

  test('HTML is cut', () => {
    const html = `<html><body>${'502 Bad Gateway '.repeat(200)}</body></html>`;
    const { fields, message } = read(html);
    expect(fields).toEqual([]);
    expect(message?.length).toBeLessThanOrEqual(500);
    expect(html.startsWith(message ?? 'missing')).toBe(true);
  });

  test.each([null, undefined, '', 5, true, [], [['x']], ['text'], [{ code: 'c' }]])('%j', (body) => {
    expect(read(body)).toEqual({ codes: [], fields: [] });
  });
});

describe('error classes', () => {
  test('name themselves', () => {
    expect(String(new RefundConfigError('x'))).toBe('RefundConfigError: x');
    const noAnswer = new NoAnswerError('x', true, 'timeout');
    expect(noAnswer).toBeInstanceOf(Error);
    expect(noAnswer).toMatchObject({ name: 'NoAnswerError', message: 'x', sent: true, reason: 'timeout' });
  });

  test('name the fields', () => {
    const fields = [
      { field: 'note', message: 'is too long' },
      { field: '', message: 'no' },
    ];
    expect(describeFields(fields)).toBe('note is too long; no');
    expect(new InvalidInputError(fields)).toMatchObject({
      name: 'InvalidInputError',
      message: 'nothing was sent: note is too long; no',
      fields,
    });
  });
});
