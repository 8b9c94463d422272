import { describe, expect, test } from 'vitest';
import type { Shape } from '../../generator/ir.js';
import { readShape } from '../../generator/normalize/shape.js';
import { type Problem, Problems } from '../../generator/problem.js';
import { documentWith } from '../fixtures/document.js';
import { type JsonMap, keyed } from '../fixtures/json.js';
import { where } from '../fixtures/pack.js';

function read(schema: JsonMap, schemas: JsonMap = {}): { shape: Shape; problems: readonly Problem[] } {
  const problems = new Problems();
  const document = documentWith({}, { schemas: { ...schemas, It: schema } });
  const shape = readShape(document, '/components/schemas/It', problems);
  return { shape, problems: problems.list };
}

const TEXT = {
  kind: 'string',
  description: '',
  enum: null,
  minLength: null,
  maxLength: null,
  pattern: null,
  format: null,
};

describe('null', () => {
  test.each([
    ['3.0', { type: 'string', nullable: true }, true],
    ['3.1', { type: ['string', 'null'] }, true],
    ['3.1, the other way round', { type: ['null', 'string'] }, true],
    ['3.1, one type in a list', { type: ['string'] }, false],
    ['neither', { type: 'string' }, false],
    ['nullable: false', { type: 'string', nullable: false }, false],
  ])('%s', (_, schema, nullable) => {
    const { problems, shape } = read(schema);
    expect(shape).toEqual({ ...TEXT, nullable });
    expect(problems).toEqual([]);
  });

  test('in an enum is not one of its texts', () => {
    expect(read({ type: 'string', nullable: true, enum: ['a', null] }).shape).toMatchObject({
      enum: ['a'],
      nullable: true,
    });
  });
});

describe('what a value has to be', () => {
  test.each<readonly [string, JsonMap, object]>([
    [
      'a text',
      {
        type: 'string',
        minLength: 1,
        maxLength: 9,
        pattern: '^a+$',
        format: 'uuid',
        enum: ['a', 'b'],
        description: 'A text',
      },
      {
        ...TEXT,
        nullable: false,
        minLength: 1,
        maxLength: 9,
        pattern: '^a+$',
        format: 'uuid',
        enum: ['a', 'b'],
        description: 'A text',
      },
    ],
    ['a constant', { type: 'string', const: 'a' }, { enum: ['a'] }],
    ['an integer', { type: 'integer', minimum: 1, maximum: 9 }, { kind: 'integer', minimum: 1, maximum: 9 }],
    ['a number', { type: 'number', minimum: 0 }, { kind: 'number', minimum: 0, maximum: null }],
    ['a truth value', { type: 'boolean' }, { kind: 'boolean' }],
    [
      'a list',
      { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 9 },
      { kind: 'array', items: TEXT, minItems: 1, maxItems: 9 },
    ],
    ['a list of anything', { type: 'array' }, { kind: 'array', items: { kind: 'any' } }],
    ['an object', { type: 'object' }, { kind: 'object', fields: [], closed: false }],
    ['a closed object', { type: 'object', additionalProperties: false }, { kind: 'object', closed: true }],
    [
      'an object without a type',
      { properties: { a: { type: 'string' } } },
      { kind: 'object', fields: [{ name: 'a', required: false, shape: TEXT }] },
    ],
  ])('%s', (_, schema, shape) => {
    expect(read(schema).shape).toMatchObject(shape);
    expect(read(schema).problems).toEqual([]);
  });

  test('through references', () => {
    const { problems, shape } = read({ $ref: '#/components/schemas/Text' }, { Text: { type: 'string', maxLength: 3 } });
    expect(shape).toMatchObject({ kind: 'string', maxLength: 3 });
    expect(problems).toEqual([]);
  });

  test('fields are sorted, and say whether they are required', () => {
    const { shape } = read({
      type: 'object',
      required: ['b'],
      properties: { b: { type: 'string' }, a: { type: 'string' } },
    });
    expect(shape).toMatchObject({
      fields: [
        { name: 'a', required: false },
        { name: 'b', required: true },
      ],
    });
  });

  test.each(['__proto__', 'constructor', 'a/b', 'a~b', ''])('a field named %o', (name) => {
    const { problems, shape } = read({ type: 'object', properties: keyed(name, { type: 'string' }) });
    expect(shape).toMatchObject({ fields: [{ name, shape: TEXT }] });
    expect(problems).toEqual([]);
  });
});

describe('what only the provider writes is not part of a request', () => {
  const names = ({ shape }: { shape: Shape }): readonly string[] =>
    shape.kind === 'object' ? shape.fields.map(({ name }) => name) : [];

  test('readOnly', () => {
    const properties = { id: { type: 'string', readOnly: true }, amount: { type: 'integer' } };
    expect(names(read({ type: 'object', required: ['id', 'amount'], properties }))).toEqual(['amount']);
  });

  test('readOnly behind a reference', () => {
    const properties = { status: { $ref: '#/components/schemas/Status' }, amount: { type: 'integer' } };
    const schemas = { Status: { type: 'string', readOnly: true } };
    expect(names(read({ type: 'object', properties }, schemas))).toEqual(['amount']);
  });

  test('readOnly beside a reference, as 3.1 has it', () => {
    const properties = { status: { $ref: '#/components/schemas/Status', readOnly: true }, amount: { type: 'integer' } };
    const schemas = { Status: { type: 'string' } };
    expect(names(read({ type: 'object', properties }, schemas))).toEqual(['amount']);
  });

  test('writeOnly stays', () => {
    expect(names(read({ type: 'object', properties: { secret: { type: 'string', writeOnly: true } } }))).toEqual([
      'secret',
    ]);
  });
});

describe('what cannot be checked is said', () => {
  test.each(['[', '(?<a>x)\\k<b>', '(?i)abc', '\\p{Nope}', '^[\\w-.]+$', '^(a+)+$', '^(a|ab)*$'])(
    'the pattern %s is a warning',
    (pattern) => {
      const { problems, shape } = read({ type: 'string', pattern });
      expect(shape).toEqual({ ...TEXT, nullable: false });
      expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R043']);
      expect(problems[0]?.location?.pointer).toBe('/components/schemas/It/pattern');
      expect(problems[0] && where(problems[0])).toMatch(/^spec\.json:\d+:\d+$/);
    },
  );

  test.each([
    ['several types', { type: ['string', 'integer'] }],
    ['alternatives', { oneOf: [{ type: 'string' }, { type: 'integer' }] }],
    ['alternatives in a combination', { allOf: [{ anyOf: [{ type: 'string' }, { type: 'object' }] }] }],
    ['an unknown type', { type: 'money' }],
  ])('%s is anything, with a warning', (_, schema) => {
    const { problems, shape } = read(schema);
    expect(shape.kind).toBe('any');
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R043']);
  });

  test.each([{}, { description: 'Anything' }])('%o is anything, and means it', (schema) => {
    const { problems, shape } = read(schema);
    expect(shape.kind).toBe('any');
    expect(problems).toEqual([]);
  });

  test('a reference that leads nowhere is an error', () => {
    const { problems } = read({ $ref: '#/components/schemas/Nowhere' });
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error R005']);
  });

  test('a schema that contains itself ends', () => {
    const itself = { $ref: '#/components/schemas/It' };
    expect(read({ type: 'object', properties: { again: itself } }).shape.kind).toBe('object');
    expect(read({ type: 'array', items: itself }).shape.kind).toBe('array');
    expect(read({ type: 'object', properties: { a: itself, b: itself } }).shape.kind).toBe('object');
    expect(read(itself).problems.map(({ code }) => code)).toEqual(['R005']);
  });
});
