import { expect, test } from 'vitest';
import { fieldsOf } from '../../generator/load/fields.js';
import { listOperations, uncallableOperations } from '../../generator/load/operations.js';
import { documentWith } from '../fixtures/document.js';

test('only what can be put behind the address of a server is listed', () => {
  const document = documentWith({ 'POST /a': {}, 'POST b': {}, 'GET /c?d=e': {}, 'GET /f#g': {}, 'GET x-note': {} });
  expect(listOperations(document).map(({ path }) => path)).toEqual(['/a']);
  expect(uncallableOperations(document).map(({ path }) => path)).toEqual(['/c?d=e', '/f#g', 'b']);
});

const Body = {
  type: 'object',
  properties: { a: { type: 'object', properties: { b: { type: 'object', properties: { c: { type: 'string' } } } } } },
};

test('a schema that several operations refer to is listed once', () => {
  const ref = { $ref: '#/components/schemas/Body' };
  const document = documentWith({ 'POST /a': { one: ref, two: ref } }, { schemas: { Body } });
  const first = fieldsOf(document, '/paths/~1a/post/one');
  expect(first).toHaveLength(3);
  expect(fieldsOf(document, '/paths/~1a/post/two')).toBe(first);
  expect(fieldsOf(document, '/components/schemas/Body')).toBe(first);
});

test('no deeper than is asked for', () => {
  const document = documentWith({}, { schemas: { Body } });
  const paths = fieldsOf(document, '/components/schemas/Body', 2).map(({ path }) => path.join('.'));
  expect(paths).toEqual(['a', 'a.b']);
  expect(fieldsOf(document, '/components/schemas/Body')).toHaveLength(3);
});
