import { describe, expect, test } from 'vitest';
import type { Body, Parameter } from '../../generator/ir.js';
import { INTEGER, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';
import { draftOf, normalized } from './normalized.js';

const FORM = 'application/x-www-form-urlencoded';
const PLAIN = { payment_id: TEXT, amount: INTEGER };

function formBody(properties: JsonMap, encoding?: JsonMap) {
  const body = object({ ...PLAIN, ...properties }, 'payment_id', 'amount');
  const made = normalized({ body, bodyType: FORM, media: encoding === undefined ? {} : { encoding } });
  return { ...made, body: made.draft?.native.operations[0]?.body };
}

/** The style of the one nested field. */
function styleOf(encoding: JsonMap, schema: JsonMap): string | undefined {
  const { body } = formBody({ nested: schema }, { nested: encoding });
  return body?.encoding.kind === 'form' ? (body.encoding.styles[0]?.style ?? 'indices') : undefined;
}

describe('a form', () => {
  test('without nested fields leaves nothing open', () => {
    const { body, problems } = formBody({});
    expect(problems).toEqual([]);
    expect(body).toMatchObject({ mediaType: FORM, encoding: { kind: 'form', styles: [] } });
  });

  test('with nested fields that nobody explains says what is taken', () => {
    const { problems } = formBody({ metadata: { type: 'object' }, expand: listOf(TEXT), note: TEXT });
    expect(problems.map(({ code, message, severity }) => `${severity} ${code} ${message}`)).toEqual([
      'warning R046 the spec does not say how expand, metadata is written in a form: a[b] and a[0] is taken',
    ]);
  });

  test.each<readonly [string, JsonMap, JsonMap, string]>([
    ['a list in brackets', { style: 'deepObject', explode: true }, listOf(TEXT), 'indices'],
    ['a list that repeats', { style: 'form', explode: true }, listOf(TEXT), 'repeat'],
    ['a list that repeats by default', { style: 'form' }, listOf(TEXT), 'repeat'],
    ['a list with commas', { style: 'form', explode: false }, listOf(TEXT), 'comma'],
    ['a list as JSON', { contentType: 'application/json' }, listOf(TEXT), 'json'],
    ['an object as JSON', { contentType: 'application/json' }, object({ a: TEXT }), 'json'],
    ['an object in brackets', { style: 'deepObject' }, object({ a: TEXT }), 'indices'],
    ['nothing that is known', { style: 7 }, listOf(TEXT), 'indices'],
  ])('%s', (_, encoding, schema, style) => {
    expect(styleOf(encoding, schema)).toBe(style);
    expect(formBody({ nested: schema }, { nested: encoding }).problems).toEqual([]);
  });

  test.each<readonly [string, JsonMap, JsonMap]>([
    ['an object as fields', { style: 'form', explode: true }, object({ a: TEXT })],
    ['an object with commas', { style: 'form', explode: false }, object({ a: TEXT })],
    ['a list with spaces', { style: 'spaceDelimited' }, listOf(TEXT)],
    ['a list with pipes', { style: 'pipeDelimited' }, listOf(TEXT)],
  ])('%s is not written in another way', (_, encoding, schema) => {
    const { problems } = formBody({ nested: schema }, { nested: encoding });
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error R046']);
  });

  test('is not what is sent where JSON is taken as well', () => {
    const schema = object(PLAIN, 'payment_id', 'amount');
    const operation = { requestBody: { content: { [FORM]: { schema }, 'text/json': { schema } } } };
    expect(draftOf({ operation }).native.operations[0]?.body?.encoding).toEqual({ kind: 'json' });
  });

  test.each(['multipart/form-data', 'text/plain', 'application/xml', 'application/x-www-form-urlencoded-2'])(
    'of %s cannot be sent',
    (bodyType) => {
      const { draft, problems } = normalized({ bodyType });
      expect(draft?.native.operations[0]?.body).toBeNull();
      expect(problems).toContainEqual(expect.objectContaining({ code: 'R042', severity: 'error' }));
    },
  );
});

describe('a parameter that is a list or an object', () => {
  function parameterOf(parameter: JsonMap): Parameter | undefined {
    const operation = { parameters: [{ name: 'x', in: 'query', ...parameter }] };
    return draftOf({ operation }).native.operations[0]?.parameters.find(({ name }) => name === 'x');
  }

  test.each<readonly [string, JsonMap, Parameter['style']]>([
    ['a list', { schema: listOf(TEXT) }, null],
    ['a list with commas', { schema: listOf(TEXT), style: 'form', explode: false }, 'comma'],
    ['a list with spaces', { schema: listOf(TEXT), style: 'spaceDelimited' }, 'space'],
    ['a list with pipes', { schema: listOf(TEXT), style: 'pipeDelimited' }, 'pipe'],
    ['a deep object', { schema: object({ a: TEXT }), style: 'deepObject', explode: true }, 'deepObject'],
    ['JSON', { content: { 'application/json': { schema: object({ a: TEXT }) } } }, 'json'],
    ['a text, whatever is said', { schema: TEXT, style: 'pipeDelimited' }, null],
  ])('%s', (_, parameter, style) => {
    expect(parameterOf(parameter)?.style).toBe(style);
  });

  test('has the shape of its content', () => {
    expect(parameterOf({ content: { 'application/json': { schema: object({ a: INTEGER }) } } })?.shape).toMatchObject({
      kind: 'object',
      fields: [{ name: 'a', shape: { kind: 'integer' } }],
    });
  });
});

test('a body is required as the spec says', () => {
  const bodies = [true, false, undefined].map((required): Body | null | undefined => {
    const content = { 'application/json': { schema: object(PLAIN, 'payment_id', 'amount') } };
    const requestBody: JsonMap = required === undefined ? { content } : { content, required };
    return draftOf({ operation: { requestBody } }).native.operations[0]?.body;
  });
  expect(bodies.map((body) => body?.required)).toEqual([true, false, false]);
});
