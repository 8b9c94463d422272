import fc from 'fast-check';
import { type Json, type JsonMap, put } from '../fixtures/json.js';
import { description, enumValue, fieldName } from './words.js';

/** The versions of OpenAPI, by what their schemas can say. */
export type Dialect = '2.0' | '3.0' | '3.1' | '3.2';

/** The schemas that every document has, and that any schema may refer to: circles come about by themselves. */
export const SCHEMA_NAMES = ['Refund', 'Payment', 'Money', 'Error', 'Node', 'odd name/1'] as const;

type Schema = fc.Arbitrary<Json>;

/** A part of a schema that is there or not. */
function maybe(parts: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<JsonMap> {
  return fc.record(parts, { requiredKeys: [] }).map((found) => {
    const made: JsonMap = {};
    for (const [key, value] of Object.entries(found)) if (value !== undefined) made[key] = value;
    return made;
  });
}

/** Both halves of a schema in one. */
function merged(...parts: readonly fc.Arbitrary<JsonMap>[]): fc.Arbitrary<JsonMap> {
  return fc.tuple(...parts).map((maps) => Object.assign({}, ...maps));
}

export function refTo(name: string): JsonMap {
  return { $ref: `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll(' ', '%20')}` };
}

const reference: Schema = fc.constantFrom(...SCHEMA_NAMES).map(refTo);

function isModern(dialect: Dialect): boolean {
  return dialect === '3.1' || dialect === '3.2';
}

/** Says in the words of the version that a value may be null. */
function withNull(dialect: Dialect, schema: JsonMap): JsonMap {
  const { type } = schema;
  if (dialect === '2.0') return { ...schema, 'x-nullable': true };
  if (!isModern(dialect)) return { ...schema, nullable: true };
  return typeof type === 'string' ? { ...schema, type: [type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}

function nullable(dialect: Dialect, schema: fc.Arbitrary<JsonMap>): fc.Arbitrary<JsonMap> {
  return fc
    .tuple(schema, fc.integer({ min: 0, max: 9 }))
    .map(([made, chance]) => (chance === 9 ? withNull(dialect, made) : made));
}

const remarks = maybe({
  description,
  deprecated: fc.boolean(),
  readOnly: fc.constantFrom(false, false, true),
  writeOnly: fc.constantFrom(false, false, true),
  default: enumValue,
  example: enumValue,
  'x-extra': enumValue,
});

const few = fc.integer({ min: 0, max: 5 });

const textSchema = merged(
  fc.constant<JsonMap>({ type: 'string' }),
  maybe({
    minLength: few,
    maxLength: few.map((length) => length + 5),
    pattern: fc.constantFrom('^[a-z]+$', '^\\d{1,3}$', '[', '(?i)x', '/\\/'),
    format: fc.constantFrom('date-time', 'date', 'uuid', 'uri', 'email', 'byte', 'binary', 'decimal'),
    enum: fc.array(enumValue, { minLength: 1, maxLength: 4 }),
  }),
);

/** Limits are truth values beside others in 3.0, and numbers in 3.1. */
function numberSchema(dialect: Dialect): fc.Arbitrary<JsonMap> {
  const exclusive: fc.Arbitrary<Json> = isModern(dialect) ? fc.constantFrom(0, 1) : fc.boolean();
  return merged(
    fc.constantFrom<JsonMap>({ type: 'integer' }, { type: 'number' }),
    maybe({
      minimum: fc.constantFrom<Json>(0, 1, 0.01, -5),
      maximum: fc.constantFrom<Json>(100, 999_999_999_999, 1e30),
      exclusiveMinimum: exclusive,
      multipleOf: fc.constantFrom<Json>(1, 0.01),
      format: fc.constantFrom('int32', 'int64', 'float', 'double', 'decimal'),
      enum: fc.array(enumValue, { minLength: 1, maxLength: 3 }),
    }),
  );
}

const bareSchema: fc.Arbitrary<JsonMap> = fc.oneof(
  fc.constant<JsonMap>({ type: 'boolean' }),
  fc.constant<JsonMap>({}),
  fc.record({ enum: fc.array(enumValue, { minLength: 1, maxLength: 4 }) }),
);

/** What only JSON Schema 2020-12 has. */
const modernSchema: fc.Arbitrary<JsonMap> = fc.oneof(
  fc.record({ const: enumValue }),
  fc.constant<JsonMap>({ type: 'null' }),
  fc.constantFrom<JsonMap>({ type: ['string', 'integer'] }, { type: ['object', 'null'] }, { type: [] }),
  fc.constant<JsonMap>({ type: 'string', contentEncoding: 'base64' }),
);

function leaf(dialect: Dialect): fc.Arbitrary<JsonMap> {
  const usual = [
    { weight: 4, arbitrary: textSchema },
    { weight: 3, arbitrary: numberSchema(dialect) },
    { weight: 1, arbitrary: bareSchema },
  ];
  const all = isModern(dialect) ? [...usual, { weight: 1, arbitrary: modernSchema }] : usual;
  return nullable(dialect, merged(fc.oneof(...all), remarks));
}

/** An object of these fields, with a list of those that have to be there. */
export function objectOf(fields: readonly (readonly [string, Json, boolean])[]): JsonMap {
  const properties: JsonMap = {};
  for (const [name, schema] of fields) put(properties, name, schema);
  const required = [...new Set(fields.filter(([, , isRequired]) => isRequired).map(([name]) => name))];
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

function objectSchema(dialect: Dialect, inner: Schema): fc.Arbitrary<JsonMap> {
  const fields = fc.array(fc.tuple(fieldName, inner, fc.boolean()), { maxLength: 4 }).map(objectOf);
  const open: Readonly<Record<string, fc.Arbitrary<Json>>> = {
    additionalProperties: fc.oneof(fc.boolean(), inner),
    minProperties: few,
  };
  const modern: Readonly<Record<string, fc.Arbitrary<Json>>> = {
    patternProperties: inner.map((schema) => ({ '^x-': schema })),
    propertyNames: fc.constant<Json>({ pattern: '^[a-z]+$' }),
    unevaluatedProperties: fc.constant(false),
    dependentRequired: fc.constant<Json>({ amount: ['currency'] }),
  };
  return merged(fields, maybe(isModern(dialect) ? { ...open, ...modern } : open), remarks);
}

function listSchema(dialect: Dialect, inner: Schema): fc.Arbitrary<JsonMap> {
  const list = fc.record({ type: fc.constant('array'), items: inner });
  const rules = maybe({ minItems: few, maxItems: few, uniqueItems: fc.boolean() });
  if (!isModern(dialect)) return merged(list, rules, remarks);
  const tuple = fc.record({
    type: fc.constant('array'),
    prefixItems: fc.array(inner, { minLength: 1, maxLength: 3 }),
    items: fc.oneof(fc.constant<Json>(false), inner),
  });
  return merged(fc.oneof({ weight: 3, arbitrary: list }, { weight: 1, arbitrary: tuple }), rules, remarks);
}

/** `allOf`, `anyOf`, `oneOf` and `not`; alternatives may say by which field they are told apart. */
function combination(dialect: Dialect, inner: Schema): fc.Arbitrary<JsonMap> {
  const parts = fc.array(inner, { minLength: 1, maxLength: 3 });
  const all = merged(
    parts.map((allOf): JsonMap => ({ allOf })),
    remarks,
  );
  if (dialect === '2.0') return all;
  const discriminator: fc.Arbitrary<Json> = fc.constantFrom<Json>(
    { propertyName: 'type' },
    { propertyName: 'status', mapping: { a: refTo('Refund')['$ref'] ?? '', b: 'Payment', c: './nowhere.yaml' } },
  );
  const references = fc.array(reference, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    all,
    merged(
      parts.map((anyOf): JsonMap => ({ anyOf })),
      remarks,
    ),
    merged(
      parts.map((oneOf): JsonMap => ({ oneOf })),
      remarks,
    ),
    merged(
      references.map((oneOf): JsonMap => ({ oneOf })),
      maybe({ discriminator }),
    ),
    inner.map((not): JsonMap => ({ not })),
    // Beside a type, as many generators of documents write it.
    merged(
      objectSchema(dialect, inner),
      parts.map((anyOf): JsonMap => ({ anyOf })),
    ),
  );
}

function build(dialect: Dialect, depth: number): Schema {
  if (depth <= 0) return fc.oneof({ weight: 4, arbitrary: leaf(dialect) }, { weight: 1, arbitrary: reference });
  const inner = schemaOf(dialect, depth - 1);
  const anything: Schema = isModern(dialect) ? fc.boolean() : fc.constant<Json>({});
  return fc.oneof(
    { weight: 8, arbitrary: leaf(dialect) },
    { weight: 4, arbitrary: reference },
    { weight: 5, arbitrary: nullable(dialect, objectSchema(dialect, inner)) },
    { weight: 3, arbitrary: nullable(dialect, listSchema(dialect, inner)) },
    { weight: 3, arbitrary: nullable(dialect, combination(dialect, inner)) },
    { weight: 1, arbitrary: anything },
    // What stands beside a reference counts in 3.1, and is ignored before it.
    {
      weight: 1,
      arbitrary: fc.tuple(reference, description).map(([ref, said]) => ({ ...Object(ref), description: said })),
    },
  );
}

const made = new Map<string, Schema>();

/** Any schema of a version, so many levels deep. Made once: the arbitraries of all levels are many. */
export function schemaOf(dialect: Dialect, depth: number): Schema {
  const key = `${dialect} ${depth}`;
  const known = made.get(key) ?? build(dialect, depth);
  made.set(key, known);
  return known;
}
