import { INTEGER, type Invention, listOf, object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';

const PAYMENT = { payment_id: TEXT, amount: INTEGER };
const body = (schema: JsonMap): Invention => ({ body: object({ ...PAYMENT, it: schema }, 'payment_id', 'amount') });

/** Schemas of a field `it` that are odd in one way each: what a client demands of it, and what is told, is in a snapshot. */
export const ODD_SHAPES: Readonly<Record<string, Invention>> = {
  'texts with limits': body({
    type: 'string',
    minLength: 1,
    maxLength: 5,
    pattern: '^a+$',
    format: 'uuid',
    description: 'It.',
  }),
  'texts with a pattern that cannot be used': body({ type: 'string', pattern: '(' }),
  'numbers with limits': body({ type: 'number', minimum: 1, maximum: 9 }),
  'numbers between limits': body({ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 9, multipleOf: 0.5 }),
  'numbers between limits, in words': body({
    type: 'number',
    minimum: 0,
    exclusiveMinimum: true,
    maximum: 9,
    exclusiveMaximum: true,
  }),
  'numbers with limits that exclude nothing': body({
    type: 'number',
    minimum: 0,
    exclusiveMinimum: false,
    maximum: 9,
    exclusiveMaximum: false,
  }),
  'numbers between tighter limits': body({
    allOf: [
      { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 8, multipleOf: 2 },
      { exclusiveMinimum: 1, exclusiveMaximum: 9, multipleOf: 3 },
      { multipleOf: 4 },
    ],
  }),
  'a limit of a number by itself': body({ allOf: [INTEGER, { exclusiveMaximum: 9 }, { exclusiveMinimum: 1 }] }),
  'a text of numbers': body({ type: 'string', enum: [1, 2] }),
  'a text of numbers and texts': body({ type: 'string', enum: [1, '2', null] }),
  'a number of texts': body({ type: 'integer', enum: ['1', '2'] }),
  'a number of two': body({ type: 'integer', enum: [1, 2] }),
  'a number that is one': body({ const: 0.5 }),
  'a text that may be null only': body({ type: ['string', 'null'], enum: [null] }),
  'a text of no values': body({ type: 'string', enum: [] }),
  'a text of a list that is none': body({ type: 'string', enum: 'a' }),
  'numbers of two lists together': body({ allOf: [{ enum: [1, 2, 3] }, { enum: [2, 3, 4.5] }] }),
  'numbers of two lists with nothing in common': body({ allOf: [{ enum: [1, 2] }, { enum: [3] }] }),
  'numbers of one of two lists': body({ anyOf: [{ enum: [1, 2] }, { enum: [2, 3.5] }] }),
  'numbers of a list or of any kind': body({ anyOf: [{ enum: [1, 2] }, INTEGER] }),
  'a field of two types in alternatives': body({
    oneOf: [
      object({ a: TEXT, b: TEXT, c: object({ d: TEXT }) }),
      object({ a: INTEGER, b: TEXT, c: object({ d: INTEGER }) }),
    ],
  }),
  'a field without a type in one alternative': body({ anyOf: [object({ a: TEXT }), object({ a: {} }), object({})] }),
  'lists with limits': body(listOf(TEXT, { minItems: 1, maxItems: 2 })),
  'a list of anything': body({ type: 'array' }),
  'an object of anything': body({ type: 'object' }),
  'an object that is closed': body({ ...object({ a: TEXT }), additionalProperties: false }),
  'an object of texts': body({ type: 'object', additionalProperties: TEXT }),
  'an object with fields that must be there and are not described': body({
    type: 'object',
    required: ['a', 'b'],
    properties: { a: TEXT },
  }),
  anything: body({}),
  nothing: body(listOf({ not: {} })),
  'null or a text': body({ type: ['string', 'null'] }),
  'a text, or null': body({ anyOf: [TEXT, { type: 'null' }] }),
  'two types': body({ type: ['string', 'integer'] }),
  'one of two texts': body({
    oneOf: [
      { type: 'string', enum: ['a'] },
      { type: 'string', enum: ['b'] },
    ],
  }),
  'one of two objects': body({
    oneOf: [object({ a: TEXT, c: TEXT }, 'a', 'c'), object({ b: TEXT, c: INTEGER }, 'b', 'c')],
  }),
  'one of several kinds': body({ oneOf: [TEXT, object({ a: TEXT })] }),
  'all of several': body({
    allOf: [object({ a: TEXT }, 'a'), { required: ['b'], properties: { b: INTEGER } }, { description: 'Both.' }],
  }),
  'all of what contradicts itself': body({ allOf: [TEXT, INTEGER] }),
  'all of, with limits': body({
    allOf: [{ type: 'string', minLength: 2 }, { maxLength: 4, pattern: '^x' }, { enum: ['xa', 'xb'] }],
  }),
  'one of several kinds, with a limit of one': body({ oneOf: [TEXT, INTEGER], maxLength: 5 }),
  'one of two texts, with a limit beside them': body({
    oneOf: [TEXT, { type: 'string', format: 'uuid' }],
    maxLength: 5,
  }),
  'limits alone': body({ allOf: [{ maxLength: 5 }, { minLength: 1 }] }),
  'a limit alone': body({ maxLength: 5 }),
  'an integer with a limit': body({ allOf: [INTEGER, { minimum: 1 }, { type: 'number', maximum: 9 }] }),
  'lists of values without a common one': body({ allOf: [{ enum: ['a'] }, { enum: ['b'] }] }),
  'a constant': body({ const: 'fixed' }),
  'constants of several kinds': body({ enum: ['a', 1, true, null] }),
  'a reference': { ...body({ $ref: '#/components/schemas/It' }), schemas: { It: { type: 'string', enum: ['a'] } } },
  'a reference that leads nowhere': body({ $ref: '#/components/schemas/Lost' }),
  'a reference to itself': {
    ...body({ $ref: '#/components/schemas/It' }),
    schemas: { It: object({ it: { $ref: '#/components/schemas/It' }, a: TEXT }) },
  },
  'a schema that is true': { body: { type: 'object', properties: { ...PAYMENT, it: true }, required: ['amount'] } },
  'what is only read': body({ ...TEXT, readOnly: true }),
  // Texts of alternatives.
  'one of two texts with limits': body({
    oneOf: [
      { type: 'string', minLength: 2, maxLength: 4, pattern: '^a', format: 'uuid', description: 'A' },
      { type: ['string', 'null'], minLength: 1, maxLength: 9, pattern: '^a', format: 'uuid', description: 'B' },
    ],
  }),
  'one of two texts, one of them without limits': body({
    oneOf: [
      { type: 'string', minLength: 2, maxLength: 4, pattern: '^a', format: 'uuid' },
      { ...TEXT, description: 'B' },
    ],
  }),
  'one of two texts, the second one with limits': body({
    oneOf: [TEXT, { type: 'string', minLength: 2, maxLength: 4, pattern: '^a', format: 'uuid', description: 'B' }],
  }),
  'one of two texts of other forms': body({
    oneOf: [
      { type: 'string', pattern: '^a', format: 'uuid' },
      { type: 'string', pattern: '^b', format: 'date' },
    ],
  }),
  'one of two lists of texts': body({ oneOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c', null] }] }),
  'one of two lists of texts, the first with null': body({ oneOf: [{ enum: ['a', null] }, { enum: ['c'] }] }),
  'a text of a list or of any kind': body({ oneOf: [{ enum: ['a', 'b'] }, { ...TEXT, minLength: 2 }] }),
  'one of two equal texts': body({ oneOf: [TEXT, { ...TEXT, description: 'B' }] }),
  'one of two equal truth values': body({ anyOf: [{ type: 'boolean' }, { type: ['boolean', 'null'] }] }),
  'one of two equal truth values, the first with null': body({
    anyOf: [
      { type: ['boolean', 'null'], description: 'A' },
      { type: 'boolean', description: 'B' },
    ],
  }),
  'one of two equal lists': body({ anyOf: [listOf(TEXT), listOf(TEXT, { description: 'B' })] }),
  'one of two lists of other things': body({ anyOf: [listOf(TEXT), listOf(INTEGER)] }),
  'one of two numbers': body({
    anyOf: [
      { type: ['number', 'null'], minimum: 1, description: 'A' },
      { type: 'integer', minimum: 5 },
    ],
  }),
  'one of two numbers, the second with null': body({
    anyOf: [INTEGER, { type: ['number', 'null'], description: 'B' }],
  }),
  // Objects of alternatives.
  'one of two closed objects': body({
    oneOf: [
      { ...object({ a: TEXT }, 'a'), additionalProperties: false, description: 'A' },
      { ...object({ a: TEXT, b: TEXT }, 'a', 'b'), additionalProperties: false, description: 'B' },
    ],
  }),
  'one of two objects, one of them closed': body({
    oneOf: [
      { ...object({ a: TEXT }), additionalProperties: false },
      { ...object({ a: TEXT }), description: 'B' },
    ],
  }),
  'one of two objects, the second closed': body({
    oneOf: [object({ a: TEXT }, 'a'), { ...object({ a: TEXT }), additionalProperties: false }],
  }),
  'one of two objects, the first with null': body({
    oneOf: [{ ...object({ a: TEXT }), type: ['object', 'null'] }, object({ a: TEXT })],
  }),
  'one of two objects, the second with null': body({
    oneOf: [object({ a: TEXT }), { ...object({ a: TEXT }), type: ['object', 'null'] }],
  }),
  'alternatives beside what holds for both': body({
    allOf: [object({ c: { ...TEXT, maxLength: 5 } }, 'c'), { oneOf: [object({ a: TEXT }), object({ b: TEXT })] }],
  }),
  'alternatives before what holds for both': body({
    allOf: [{ oneOf: [object({ a: TEXT }), object({ b: TEXT })] }, object({ c: TEXT }, 'c')],
  }),
  'alternatives and what holds for both, beside each other': body({
    ...object({ c: TEXT }, 'c'),
    anyOf: [object({ c: { ...TEXT, minLength: 1 } }), object({ b: TEXT })],
  }),
  // What holds together.
  'all of two objects with one field': body({
    allOf: [object({ a: { ...TEXT, minLength: 1 } }, 'a'), object({ a: { type: 'string', maxLength: 9 } })],
  }),
  'all of two objects, the second demands': body({ allOf: [object({ a: TEXT }), object({ a: {}, b: TEXT }, 'a')] }),
  'all of two objects with null': body({
    allOf: [
      { ...object({ a: TEXT }), type: ['object', 'null'] },
      { ...object({ b: TEXT }), type: ['object', 'null'] },
    ],
  }),
  'all of anything and a text': body({ allOf: [{ description: 'A' }, { ...TEXT, description: 'B' }] }),
  'all of a text and anything': body({ allOf: [TEXT, { description: 'B' }] }),
  'all of two texts': body({
    allOf: [
      { type: 'string', minLength: 3, maxLength: 5, enum: ['abc', 'abcd'], format: 'uuid' },
      { type: 'string', minLength: 2, maxLength: 9, enum: ['abcd', 'x'], pattern: '^a', format: 'date' },
    ],
  }),
  'all of two texts, the tighter one last': body({
    allOf: [
      { type: 'string', minLength: 1, maxLength: 9 },
      { type: 'string', minLength: 3, maxLength: 5, format: 'uuid', enum: ['abc'] },
    ],
  }),
  'all of two numbers, the tighter one last': body({
    allOf: [
      { type: 'number', minimum: 1, maximum: 9, multipleOf: 1 },
      { type: 'integer', minimum: 3, maximum: 5 },
    ],
  }),
  'all of two numbers, the tighter one first': body({
    allOf: [
      { type: 'integer', minimum: 3, maximum: 5 },
      { type: 'number', minimum: 1, maximum: 9, multipleOf: 1 },
    ],
  }),
  'all of two numbers with a fraction': body({ allOf: [{ type: 'number', minimum: 1 }, { type: 'number' }] }),
  'all of two lists': body({
    allOf: [
      listOf({ ...TEXT, minLength: 1 }, { minItems: 1, maxItems: 9 }),
      listOf({ type: 'string', maxLength: 9 }, { minItems: 2, maxItems: 5 }),
    ],
  }),
  'a list with limits beside it': body({ allOf: [listOf(TEXT), { minItems: 1 }, { maxItems: 3 }] }),
  'a text with limits of lists and numbers': body({ allOf: [TEXT, { minItems: 1 }, { minimum: 4 }] }),
  'a number with limits of texts': body({ allOf: [INTEGER, { maxLength: 4 }, { pattern: 'x' }] }),
  'truth values together': body({ allOf: [{ type: 'boolean' }, { type: 'boolean', description: 'B' }] }),
  'a text and an object at once': body({ allOf: [TEXT, object({ a: TEXT })] }),
  'a text and a list at once': body({ allOf: [TEXT, listOf(TEXT)] }),
  'a truth value and a number at once': body({ allOf: [{ type: 'boolean' }, INTEGER] }),
  // Types that are not named.
  'a list that is not called one': body({ items: TEXT }),
  'a list of nothing in particular': body({ type: 'array', description: 'A' }),
  'an object by what else it may hold': body({ additionalProperties: { type: 'string' } }),
  'a text by its values': body({ enum: ['a', 'b'] }),
  'a text or null by its values': body({ enum: ['a', null] }),
  'a whole number by its values': body({ enum: [1, 2, null] }),
  'a number by its values': body({ enum: [1.5, 2] }),
  'a truth value by its value': body({ const: false }),
  'an object by its value': body({ const: { a: 1 } }),
  'null by its value': body({ const: null }),
  'several types in words': body({ type: ['string', 'null', 'integer'] }),
  'no type in words': body({ type: [] }),
  'null alone': body({ type: 'null' }),
  'null alone, of alternatives': body({ oneOf: [{ type: 'null' }, { enum: [null] }] }),
  'null by values, of alternatives': body({ oneOf: [TEXT, { enum: [null] }] }),
  'null and more by values, of alternatives': body({ oneOf: [{ enum: ['a'] }, { enum: ['b', null] }] }),
  'nullable, in words': body({ ...TEXT, nullable: true }),
  'nullable and unset, of alternatives': body({ anyOf: [INTEGER, { enum: [''] }] }),
  'unset among others, of alternatives': body({ anyOf: [{ enum: ['a'] }, { enum: ['', 'b'] }] }),
  'a type that there is not': body({ type: 'decimal' }),
  // Limits.
  'a pattern that may hang': body({ type: 'string', pattern: '^(a+)+$' }),
  'a limit of a text by a pattern': body({ allOf: [TEXT, { pattern: '^a' }] }),
  'a limit of a list': body({ allOf: [listOf(TEXT), { maxItems: 2 }] }),
  'a limit of a number': body({ allOf: [INTEGER, { maximum: 2 }, { multipleOf: 2 }] }),
  'a limit of alternatives that are objects': body({ oneOf: [object({ a: TEXT }), object({ b: TEXT })], minimum: 1 }),
  'a limit that leads nowhere': body({ allOf: [TEXT, { $ref: '#/components/schemas/Lost' }] }),
  'a limit by a reference': {
    ...body({ allOf: [{ $ref: '#/components/schemas/Short' }, TEXT] }),
    schemas: { Short: { maxLength: 7, description: 'Short' } },
  },
  'only limits, of several parts': body({ allOf: [{ minimum: 1 }, { maximum: 2 }], description: 'A' }),
  'a field that is only read, by a reference': {
    ...body(object({ a: { $ref: '#/components/schemas/Read' }, b: TEXT })),
    schemas: { Read: { ...TEXT, readOnly: true } },
  },
  'a field with signs in its name': body(object({ 'a/b~c': TEXT, constructor: TEXT }, 'a/b~c')),
  'texts that are described at length': body({ ...TEXT, description: `First. ${'More of it. '.repeat(40)}` }),
  deep: body(Array.from({ length: 14 }).reduce<JsonMap>((inner) => object({ a: inner }), TEXT)),
};
