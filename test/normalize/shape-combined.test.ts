import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Shape } from '../../generator/ir.js';
import { readShape } from '../../generator/normalize/shape.js';
import { type Problem, Problems } from '../../generator/problem.js';
import { documentWith } from '../fixtures/document.js';
import { listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';

function read(
  schema: JsonMap,
  schemas: JsonMap = {},
): { readonly shape: Shape; readonly problems: readonly Problem[] } {
  const problems = new Problems();
  const document = documentWith({}, { schemas: { ...schemas, It: schema } });
  return { shape: readShape(document, '/components/schemas/It', problems), problems: problems.list };
}

/** The fields of an object: `amount!` has to be there. */
function fieldsOf({ shape }: { readonly shape: Shape }): readonly string[] {
  return shape.kind === 'object' ? shape.fields.map(({ name, required }) => `${name}${required ? '!' : ''}`) : [];
}

const INT: JsonMap = { type: 'integer' };
const NULL: JsonMap = { type: 'null' };

describe('allOf demands all that its parts demand', () => {
  test('fields of every part', () => {
    const made = read(
      { allOf: [object({ a: TEXT, b: INT }, 'a'), { $ref: '#/components/schemas/B' }] },
      { B: object({ b: INT, c: TEXT }, 'b') },
    );
    expect(fieldsOf(made)).toEqual(['a!', 'b!', 'c']);
    expect(made.problems).toEqual([]);
  });

  test('those beside it, too', () => {
    expect(fieldsOf(read({ ...object({ own: TEXT }, 'own'), allOf: [object({ a: TEXT })] }))).toEqual(['a', 'own!']);
  });

  test('a text with a limit that only one part has', () => {
    const made = read(
      { allOf: [{ $ref: '#/components/schemas/B' }, { description: 'The reason' }] },
      { B: { ...TEXT, maxLength: 9 } },
    );
    expect(made.shape).toMatchObject({ kind: 'string', maxLength: 9, description: 'The reason' });
  });

  test('is open, whatever one part says of its own fields', () => {
    const closed = { ...object({ a: TEXT }), additionalProperties: false };
    expect(read({ allOf: [closed, object({ b: TEXT })] }).shape).toMatchObject({ kind: 'object', closed: false });
  });

  test('is null only where every part may be', () => {
    const part = (nullable: boolean): JsonMap => ({
      type: nullable ? ['object', 'null'] : 'object',
      properties: { a: TEXT },
    });
    expect(read({ allOf: [part(true), part(true)] }).shape.nullable).toBe(true);
    expect(read({ allOf: [part(true), part(false)] }).shape.nullable).toBe(false);
  });
});

describe.each(['anyOf', 'oneOf'])('%s demands what all its alternatives demand', (word) => {
  test('fields that one has not are optional', () => {
    const made = read({ [word]: [object({ a: TEXT, b: TEXT }, 'a', 'b'), object({ a: TEXT, c: TEXT }, 'a', 'c')] });
    expect(fieldsOf(made)).toEqual(['a!', 'b', 'c']);
    expect(made.problems).toEqual([]);
  });

  test('one alternative and null', () => {
    expect(read({ [word]: [{ ...TEXT, maxLength: 3 }, NULL] }).shape).toMatchObject({
      kind: 'string',
      maxLength: 3,
      nullable: true,
    });
    expect(read({ [word]: [NULL, { enum: [null] }, INT] }).shape).toMatchObject({ kind: 'integer', nullable: true });
  });

  test('nothing but null, or nothing at all', () => {
    for (const list of [[], [NULL], [{ enum: [null] }], [{ enum: [''] }]]) {
      expect(read({ [word]: list }).shape).toMatchObject({ kind: 'any' });
    }
  });

  test('the empty text that some take for "unset" is none of them', () => {
    expect(
      read({
        [word]: [
          { ...TEXT, enum: ['a'] },
          { ...TEXT, enum: [''] },
        ],
      }).shape,
    ).toMatchObject({ enum: ['a'] });
    expect(read({ [word]: [object({ a: TEXT }), { ...TEXT, enum: [''] }] }).shape).toMatchObject({ kind: 'object' });
  });

  test('lists of values are joined, and a free text frees them', () => {
    const [a, b] = [
      { ...TEXT, enum: ['a', 'b'] },
      { ...TEXT, enum: ['b', 'c'] },
    ];
    expect(read({ [word]: [a, b] }).shape).toMatchObject({ enum: ['a', 'b', 'c'] });
    expect(read({ [word]: [a, TEXT] }).shape).toMatchObject({ kind: 'string', enum: null });
  });

  test('limits are the widest', () => {
    const made = read({
      [word]: [
        { ...TEXT, minLength: 2, maxLength: 4 },
        { ...TEXT, minLength: 3, maxLength: 9 },
      ],
    });
    expect(made.shape).toMatchObject({ minLength: 2, maxLength: 9 });
  });

  test('numbers of two kinds are numbers', () => {
    expect(
      read({
        [word]: [
          { ...INT, minimum: 1 },
          { type: 'number', minimum: 5 },
        ],
      }).shape,
    ).toMatchObject({ kind: 'number', minimum: null });
  });

  test('kinds that have nothing in common are anything, and said to be', () => {
    const made = read({ [word]: [TEXT, object({ a: TEXT })] });
    expect(made.shape.kind).toBe('any');
    expect(made.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R043']);
  });

  test('a discriminator changes nothing', () => {
    const discriminator = {
      propertyName: 'kind',
      mapping: { a: '#/components/schemas/A', b: '#/components/schemas/B' },
    };
    const refs = [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }];
    const schemas = {
      A: object({ kind: { ...TEXT, enum: ['a'] }, amount: INT }, 'kind', 'amount'),
      B: object({ kind: { ...TEXT, enum: ['b'] }, amount: INT, note: TEXT }, 'kind', 'amount'),
    };
    const made = read({ [word]: refs, discriminator }, schemas);
    expect(fieldsOf(made)).toEqual(['amount!', 'kind!', 'note']);
    expect(made.shape).toMatchObject({ fields: [{}, { shape: { enum: ['a', 'b'] } }, {}] });
  });

  test('what only the provider writes is left out of every alternative', () => {
    const id = { ...TEXT, readOnly: true };
    expect(fieldsOf(read({ [word]: [object({ id, a: TEXT }, 'id'), object({ id })] }))).toEqual(['a']);
  });
});

const IT: JsonMap = { $ref: '#/components/schemas/It' };

describe('schemas without an end are read to one', () => {
  test.each<readonly [string, JsonMap]>([
    ['itself in a field', object({ a: IT })],
    ['itself in many fields', object(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, IT])))],
    ['itself in a list', listOf(IT)],
    ['itself in allOf', { allOf: [IT, object({ a: TEXT })] }],
    ['itself in anyOf, twice', { anyOf: [IT, IT, object({ a: IT })] }],
    ['itself in oneOf of lists', { oneOf: [listOf(IT), listOf(listOf(IT))] }],
    [
      'in every way at once',
      { ...object({ a: IT, b: listOf(IT) }), allOf: [IT, IT], anyOf: [IT, IT], oneOf: [IT, IT] },
    ],
  ])('%s', (_, schema) => {
    expect(sizeOf(read(schema).shape)).toBeLessThan(20_000);
  });

  test('two that contain each other', () => {
    const other = object({ it: IT, list: listOf(IT) });
    expect(read(object({ a: { $ref: '#/components/schemas/B' } }), { B: other }).shape.kind).toBe('object');
  });

  test('one as deep as a parser allows', () => {
    const deep = Array.from({ length: 800 }).reduce<JsonMap>((inner) => object({ a: inner }, 'a'), TEXT);
    expect(depthOf(read(deep).shape)).toBeLessThan(40);
  });

  test('one with many fields, each with many more', () => {
    const wide = (count: number, inner: JsonMap): JsonMap =>
      object(Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, inner])));
    const schemas = { C: wide(100, TEXT), B: wide(100, { $ref: '#/components/schemas/C' }) };
    expect(sizeOf(read(wide(100, { $ref: '#/components/schemas/B' }), schemas).shape)).toBeLessThan(20_000);
  });

  test('one with many alternatives, each with as many', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 12 }, (_, level): [string, JsonMap] => [
        `L${level}`,
        { oneOf: Array.from({ length: 12 }, () => ({ $ref: `#/components/schemas/L${level + 1}` })) },
      ]),
    );
    expect(read({ $ref: '#/components/schemas/L0' }, { ...schemas, L12: TEXT }).shape.kind).toMatch(/^(string|any)$/);
  });
});

function sizeOf(shape: Shape): number {
  if (shape.kind === 'array') return 1 + sizeOf(shape.items);
  return shape.kind === 'object' ? shape.fields.reduce((sum, field) => sum + sizeOf(field.shape), 1) : 1;
}

function depthOf(shape: Shape): number {
  if (shape.kind === 'array') return 1 + depthOf(shape.items);
  return shape.kind === 'object' ? 1 + Math.max(0, ...shape.fields.map((field) => depthOf(field.shape))) : 1;
}

const leaf: fc.Arbitrary<JsonMap> = fc.constantFrom<JsonMap>(
  TEXT,
  INT,
  { type: 'boolean' },
  { type: ['string', 'null'] },
  { ...TEXT, enum: ['a', 'b'] },
  NULL,
  {},
  IT,
);

/** Schemas of every kind, inside each other. */
const anySchema: fc.Arbitrary<JsonMap> = fc.letrec<{ schema: JsonMap }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'), { maxKeys: 3 }).map((fields) => object(fields, 'a')),
    tie('schema').map((items) => listOf(items)),
    fc
      .tuple(fc.constantFrom('allOf', 'anyOf', 'oneOf'), fc.array(tie('schema'), { maxLength: 3 }))
      .map(([word, list]): JsonMap => ({ [word]: list })),
  ),
})).schema;

test('an alternative that is added never makes a value a fault that was none', () => {
  fc.assert(
    fc.property(anySchema, anySchema, (a, b) => {
      const one = read({ A: a, anyOf: [a] }).shape;
      const both = read({ anyOf: [a, b] }).shape;
      if (one.kind === 'object' && both.kind === 'object') {
        const required = new Set(one.fields.filter((field) => field.required).map(({ name }) => name));
        for (const field of both.fields) if (field.required) expect(required).toContain(field.name);
      } else if (both.kind !== 'any' && one.kind !== 'any' && both.kind !== 'number') expect(both.kind).toBe(one.kind);
    }),
    { numRuns: 300, seed: 20_261_121 },
  );
});

test('the order of alternatives decides nothing but the order of their values', () => {
  fc.assert(
    fc.property(anySchema, anySchema, (a, b) => {
      const kinds = (list: JsonMap[]): string => JSON.stringify(sortedTexts(read({ anyOf: list }).shape));
      expect(kinds([a, b])).toBe(kinds([b, a]));
    }),
    { numRuns: 300, seed: 20_261_121 },
  );
});

/** A shape with the lists of its values sorted. */
function sortedTexts(shape: Shape): unknown {
  if (shape.kind === 'string') return { ...shape, enum: shape.enum && [...shape.enum].sort() };
  if (shape.kind === 'array') return { ...shape, items: sortedTexts(shape.items) };
  if (shape.kind !== 'object') return shape;
  return { ...shape, fields: shape.fields.map((field) => ({ ...field, shape: sortedTexts(field.shape) })) };
}
