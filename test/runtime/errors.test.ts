import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ErrorReader, keyedErrors, namedErrors, problemErrors } from '../../templates/runtime/error-body.js';
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

describe('namedErrors with details', () => {
  const read = namedErrors({
    code: [['name']],
    message: ['message'],
    messages: [['error_description'], ['details', '0', 'description']],
    details: { list: ['details'], field: ['field'], message: ['description'], code: ['issue'] },
  });

  test('each is a field error, and its code one of the codes', () => {
    const body = {
      name: 'UNPROCESSABLE',
      message: 'No.',
      details: [
        { field: '/amount/value', issue: 'TOO_MUCH', description: 'More than captured.' },
        { issue: 'NOTE', description: 'Odd note.' },
        { field: 'payer' },
        { issue: 1062 },
        'Something else.',
        { other: 'x' },
        null,
      ],
    };
    expect(read(body)).toEqual({
      code: 'UNPROCESSABLE',
      codes: ['UNPROCESSABLE', 'TOO_MUCH', 'NOTE', '1062'],
      message: 'No.',
      fields: [
        { field: 'amount.value', code: 'TOO_MUCH', message: 'More than captured.' },
        { field: '', code: 'NOTE', message: 'Odd note.' },
        { field: 'payer', message: 'is refused' },
        { field: '', code: '1062', message: 'is refused' },
        { field: '', message: 'Something else.' },
      ],
    });
  });

  test('the first message that is there counts, then that of a detail', () => {
    const details = [{ issue: 'A', description: 'first' }];
    expect(read({ message: 'm', error_description: 'e', details }).message).toBe('m');
    expect(read({ message: '', error_description: 'e', details }).message).toBe('e');
    expect(read({ message: 5, details }).message).toBe('first');
    expect(
      namedErrors({ code: [], message: ['m'], details: { list: ['d'], message: ['t'] } })({ d: [{ t: 'x' }] }),
    ).toEqual({ codes: [], message: 'x', fields: [{ field: '', message: 'x' }] });
  });

  test('a list alone: the code of its first counts where no other place is named', () => {
    const body = {
      errors: [
        { code: 'a', detail: 'x', source: { pointer: '/data/amount' } },
        { code: 'b', detail: 'y' },
      ],
    };
    const details = { list: ['errors'], code: ['code'], message: ['detail'], field: ['source', 'pointer'] };
    expect(namedErrors({ code: [], message: ['message'], details })(body)).toEqual({
      code: 'a',
      codes: ['a', 'b'],
      message: 'x',
      fields: [
        { field: 'data.amount', code: 'a', message: 'x' },
        { field: '', code: 'b', message: 'y' },
      ],
    });
    // Where one is named, a detail does not stand in for it.
    const { code, codes } = namedErrors({ code: [['code']], message: ['message'], details })(body);
    expect([code, codes]).toEqual([undefined, ['a', 'b']]);
  });

  test('the fields are cut, the codes are not', () => {
    const details = Array.from({ length: 80 }, (_, at) => ({ issue: `c_${at}`, description: 'x' }));
    const { codes, fields } = read({ name: 'n', details });
    expect([fields.length, codes.length]).toEqual([50, 81]);
  });

  test.each([{}, { details: {} }, { details: 'x' }, { details: [[], 5, null, {}] }, { details: null }])(
    '%j says nothing',
    (body) => {
      expect(read(body)).toEqual({ codes: [], fields: [] });
    },
  );
});

describe('problemErrors', () => {
  const read = problemErrors();

  test('a problem', () => {
    const type = 'https://acme.invalid/probs/too-much';
    expect(read({ type, title: 'Too much.', status: 422, detail: 'More than was captured.', instance: '/x' })).toEqual({
      code: type,
      codes: [type],
      message: 'More than was captured.',
      fields: [],
    });
    expect(read({ type, title: 'Too much.', code: 1062, detail: { a: 1 } })).toEqual({
      code: '1062',
      codes: ['1062', type],
      message: 'Too much.',
      fields: [],
    });
  });

  test('about:blank says no more than the status', () => {
    expect(read({ type: 'about:blank', title: 'Not Found', status: 404 })).toEqual({
      codes: [],
      message: 'Not Found',
      fields: [],
    });
  });

  test.each([
    [
      'errors',
      { pointer: '#/amount/value', detail: 'is too much', code: 'max' },
      { field: 'amount.value', code: 'max' },
    ],
    ['errors', { field: 'amount', message: 'is too much' }, { field: 'amount' }],
    ['errors', { pointer: '#/a~1b/c~0d', detail: 'is too much' }, { field: 'a/b.c~d' }],
    ['invalid-params', { name: 'amount', reason: 'is too much' }, { field: 'amount' }],
    ['invalid_params', { name: 'amount', reason: 'is too much', code: 5 }, { field: 'amount', code: '5' }],
    ['errors', { detail: 'is too much' }, { field: '' }],
    ['errors', 'is too much', { field: '' }],
  ])('fields in %s: %j', (place, item, wanted) => {
    const fields = [{ message: 'is too much', ...wanted }];
    expect(read({ type: 't', detail: 'd', [place]: [item, { other: 1 }, 5, null] })).toEqual({
      code: 't',
      codes: ['t', ...('code' in wanted ? [wanted.code] : [])],
      message: 'd',
      fields,
    });
  });

  test('texts by field', () => {
    expect(read({ title: 'Invalid.', errors: { Amount: ['is too much', 'is odd'], note: 'is long' } })).toMatchObject({
      message: 'Invalid.',
      fields: [
        { field: 'Amount', message: 'is too much' },
        { field: 'Amount', message: 'is odd' },
        { field: 'note', message: 'is long' },
      ],
    });
  });

  test('the message of a field, where there is no other; its code is no code of the problem', () => {
    const { code, codes, message } = read({ errors: [{ name: 'amount', reason: 'is too much', code: 'max' }] });
    expect([code, codes, message]).toEqual([undefined, ['max'], 'is too much']);
  });

  test.each([
    {},
    { type: '', code: '' },
    { type: 5n, code: {}, detail: [], title: 5, errors: 5, 'invalid-params': null },
    { errors: [[]], invalid_params: {} },
  ])('a foreign shape says nothing', (body) => {
    expect(read(body)).toEqual({ codes: [], fields: [] });
  });
});

test('no reader throws, and every code is a text that is told once', () => {
  const details = { list: ['errors'], field: ['field'], message: ['message'], code: ['code'] };
  const readers = [
    keyedErrors(['detail']),
    problemErrors(),
    namedErrors({ code: [['code']], message: ['message'], messages: [['title']], field: ['field'], details }),
  ];
  const key = fc.constantFrom(
    'code',
    'type',
    'detail',
    'title',
    'message',
    'field',
    'name',
    'errors',
    'invalid-params',
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.array(tie('value')), fc.dictionary(key, tie('value'))),
  }));
  fc.assert(
    fc.property(fc.constantFrom(...readers), value, (reader, body) => {
      const { code, codes, fields } = reader(body);
      expect(new Set(codes).size).toBe(codes.length);
      if (code !== undefined) expect(codes[0]).toBe(code);
      expect([...codes, ...fields.map(({ message }) => message)].every((one) => typeof one === 'string')).toBe(true);
      expect(fields.length).toBeLessThanOrEqual(50);
    }),
  );
});

describe.each<[string, ErrorReader]>([
  ['keyedErrors', keyedErrors(['detail'])],
  ['problemErrors', problemErrors()],
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
