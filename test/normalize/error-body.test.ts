import { describe, expect, test } from 'vitest';
import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';
import { actionOf } from '../fixtures/pack.js';
import { codesOf, draftOf, normalized } from './normalized.js';

/** What is made of the schema of an error that nobody declares. */
function bodyOf(error: JsonMap): unknown {
  return draftOf({ errors: { '400': error } }).errors.body?.value;
}

const PROBLEM = 'application/problem+json';

describe('where an error says what went wrong is guessed by names: no money hangs on it', () => {
  test.each<readonly [string, JsonMap, object]>([
    ['at the top', object({ code: TEXT, message: TEXT }), { code: [['code']], message: [['message']] }],
    [
      'in a wrapper',
      object({ error: object({ type: TEXT, message: TEXT, param: TEXT }) }),
      { code: [['error', 'type']], message: [['error', 'message']], field: ['error', 'param'] },
    ],
    [
      'with several codes, the likeliest first',
      object({ error: object({ type: TEXT, code: TEXT, message: TEXT }) }),
      {
        code: [
          ['error', 'code'],
          ['error', 'type'],
        ],
        message: [['error', 'message']],
      },
    ],
    ['as OAuth has it', object({ error: TEXT, error_description: TEXT }), { message: [['error_description']] }],
    [
      'in capitals',
      object({ ErrorCode: INTEGER, ErrorMessage: TEXT }),
      { code: [['ErrorCode']], message: [['ErrorMessage']] },
    ],
    [
      'with a list of details',
      object({ name: TEXT, message: TEXT, details: listOf(object({ issue: TEXT, field: TEXT, description: TEXT })) }),
      {
        code: [['name']],
        message: [['message']],
        details: { list: ['details'], code: ['issue'], message: ['description'], field: ['field'] },
      },
    ],
    [
      'in a list alone',
      object({ errors: listOf(object({ code: TEXT, detail: TEXT })) }),
      {
        code: [['errors', '0', 'code']],
        message: [['errors', '0', 'detail']],
        details: { list: ['errors'], code: ['code'], message: ['detail'], field: null },
      },
    ],
    ['in allOf', { allOf: [object({ code: TEXT }), object({ message: TEXT })] }, { message: [['message']] }],
  ])('%s', (_, error, body) => {
    expect(bodyOf(error)).toMatchObject({ kind: 'named', ...body });
    expect(normalized({ errors: { '400': error } }).problems).toEqual([]);
    expect(draftOf({ errors: { '400': error } }).errors.body?.basis).toBe('assumed');
  });

  test.each<readonly [string, JsonMap]>([
    ['a map by field', { type: 'object', additionalProperties: listOf(TEXT) }],
    ['objects where texts should be', object({ message: object({ a: TEXT }), code: listOf(TEXT) })],
    ['a text', TEXT],
    ['anything', {}],
  ])('%s is asked about', (_, error) => {
    const made = normalized({ errors: { '400': error } });
    expect(codesOf(made)).toEqual(['error R037']);
    expect(actionOf(made.problems[0])).toMatchObject({ update: { 'x-refund': { errors: { body: { named: {} } } } } });
  });

  test('no error at all is asked about', () => {
    expect(codesOf(normalized({ errors: {} }))).toEqual(['error R037']);
  });

  test('the first error that says it counts', () => {
    const errors = { '400': {}, '404': object({ message: TEXT }), '500': object({ title: TEXT }) };
    expect(draftOf({ errors }).errors.body?.value).toMatchObject({ message: [['message']] });
  });

  test('a success is no error', () => {
    const invention: Invention = { answers: { '200': object({ id: TEXT, message: TEXT }) }, errors: {} };
    expect(codesOf(normalized(invention))).toEqual(['error R037']);
  });

  test('what is declared counts', () => {
    const body = { named: { code: ['body.a', 'body.b'], message: ['body.c'] } };
    const facts = { errors: { body } };
    expect(draftOf({ facts }).errors.body?.value).toEqual({
      kind: 'named',
      code: [['a'], ['b']],
      message: [['c']],
      field: null,
      details: null,
    });
  });
});

describe('problem details', () => {
  const problem = object({ type: TEXT, title: TEXT });

  test('are stated by the media type of every error', () => {
    const { errors } = draftOf({ errorType: PROBLEM, errors: { '400': problem, '500': problem } });
    expect(errors.body).toMatchObject({ basis: 'stated', value: { kind: 'problem' } });
    expect(errors.body?.evidence.pointer).toBe('/paths/~1refunds/post/responses/400');
  });

  test('are not, where another error is JSON of another kind', () => {
    const operation = {
      responses: {
        200: { description: 'It', content: { 'application/json': { schema: object({ id: TEXT }) } } },
        400: { description: 'No', content: { [PROBLEM]: { schema: problem } } },
        404: { description: 'No', content: { 'application/json': { schema: object({ message: TEXT }) } } },
      },
    };
    expect(draftOf({ operation }).errors.body).toMatchObject({ basis: 'assumed', value: { kind: 'named' } });
  });

  test('can be declared', () => {
    expect(draftOf({ facts: { errors: { body: 'problem' } } }).errors.body?.value).toEqual({ kind: 'problem' });
  });
});
