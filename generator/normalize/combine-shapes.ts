import type { Shape } from '../ir.js';

type ObjectShape = Extract<Shape, { kind: 'object' }>;
type NumberShape = Extract<Shape, { kind: 'integer' | 'number' }>;
type TextShape = Extract<Shape, { kind: 'string' }>;
type Field = ObjectShape['fields'][number];

/** What satisfies two shapes at once, as far as that can be said: `allOf`. Never demands more than both do. */
export function both(a: Shape, b: Shape): Shape {
  if (a.kind === 'any') return withText(b, a);
  if (b.kind === 'any') return withText(a, b);
  if (a.kind !== 'object' || b.kind !== 'object') return withText(tighter(a, b), a);
  const names = [...new Set([...a.fields, ...b.fields].map(({ name }) => name))].sort();
  return {
    ...withText(a, b),
    kind: 'object',
    nullable: a.nullable && b.nullable,
    // `additionalProperties: false` in one part of an `allOf` knows nothing of the other parts.
    closed: false,
    ...(a.alternatives || b.alternatives ? { alternatives: true } : {}),
    fields: names.map((name): Field => {
      const [one, other] = [fieldOf(a, name), fieldOf(b, name)];
      const shape = one && other ? both(one.shape, other.shape) : (one ?? other)?.shape;
      return { name, required: one?.required === true || other?.required === true, shape: shape ?? ANY };
    }),
  };
}

/** A shape with limits that hold for values of one type only: they say nothing of others. */
export function within(shape: Shape, limits: Shape): Shape {
  const isOfType = shape.kind === limits.kind || (isNumeric(shape) && isNumeric(limits));
  return isOfType ? both(shape, limits) : shape;
}

/** What satisfies one of two shapes: `anyOf` and `oneOf`. Never demands what only one of them does. */
export function either(a: Shape, b: Shape): Shape {
  if (a.kind === 'object' && b.kind === 'object') return eitherObject(a, b);
  if (sameShape(a, b)) return { ...a, nullable: a.nullable || b.nullable };
  if (a.kind === 'string' && b.kind === 'string') return eitherText(a, b);
  if (isNumeric(a) && isNumeric(b)) return eitherNumber(a, b);
  return ANY;
}

/** What has a type in some alternatives and none in what they have in common: names of fields, `''` for the whole. */
export function withoutType(common: Shape, alternatives: readonly Shape[], name = ''): readonly string[] {
  if (common.kind === 'any') return alternatives.some(({ kind }) => kind !== 'any') ? [name] : [];
  if (common.kind !== 'object') return [];
  return common.fields.flatMap((field) => {
    const found = alternatives.flatMap((shape) => (shape.kind === 'object' ? (fieldOf(shape, field.name) ?? []) : []));
    const shapes = found.map(({ shape }) => shape);
    return withoutType(field.shape, shapes, name === '' ? field.name : `${name}.${field.name}`);
  });
}

const ANY: Shape = { kind: 'any', nullable: true, description: '' };
const UNLIMITED = { minimum: null, maximum: null, exclusiveMinimum: null, exclusiveMaximum: null, multipleOf: null };

function eitherObject(a: ObjectShape, b: ObjectShape): Shape {
  const names = [...new Set([...a.fields, ...b.fields].map(({ name }) => name))].sort();
  return {
    kind: 'object',
    nullable: a.nullable || b.nullable,
    description: a.description || b.description,
    closed: a.closed && b.closed,
    alternatives: true,
    fields: names.map((name): Field => {
      const [one, other] = [fieldOf(a, name), fieldOf(b, name)];
      const shape = one && other ? either(one.shape, other.shape) : (one ?? other)?.shape;
      return { name, required: one?.required === true && other?.required === true, shape: shape ?? ANY };
    }),
  };
}

function eitherNumber(a: NumberShape, b: NumberShape): Shape {
  return {
    ...UNLIMITED,
    kind: 'number',
    nullable: a.nullable || b.nullable,
    description: a.description || b.description,
    enum: allValues(a.enum, b.enum),
  };
}

function eitherText(a: TextShape, b: TextShape): Shape {
  const lengths = (one: number | null, other: number | null, pick: (...list: number[]) => number): number | null =>
    one === null || other === null ? null : pick(one, other);
  return {
    kind: 'string',
    nullable: a.nullable || b.nullable,
    description: a.description || b.description,
    enum: allValues(a.enum, b.enum),
    minLength: lengths(a.minLength, b.minLength, Math.min),
    maxLength: lengths(a.maxLength, b.maxLength, Math.max),
    pattern: a.pattern === b.pattern ? a.pattern : null,
    format: a.format === b.format ? a.format : null,
  };
}

/** With the limits of both: an `allOf` often adds some to a reference. Of two kinds that no value has together, any. */
function tighter(a: Shape, b: Shape): Shape {
  if (a.kind === 'string' && b.kind === 'string') {
    const text = tighterText(a, b);
    return isEmpty(text.enum) ? ANY : text;
  }
  if (isNumeric(a) && isNumeric(b)) {
    const kind = a.kind === 'integer' ? a.kind : b.kind;
    const number = { ...a, ...tighterLimits(a, b), kind };
    return isEmpty(number.enum) ? ANY : number;
  }
  if (a.kind === 'array' && b.kind === 'array') {
    const items = both(a.items, b.items);
    return { ...a, items, minItems: most(a.minItems, b.minItems), maxItems: least(a.maxItems, b.maxItems) };
  }
  if (a.kind === b.kind) return a;
  // What stands in it can still be read, so that it is told what no value can be: see checkHolders.
  return [a, b].find(({ kind }) => kind === 'object' || kind === 'array') ?? ANY;
}

/** Of two lists without a common value, none can be met. */
function isEmpty(values: readonly unknown[] | null): boolean {
  return values?.length === 0;
}

function commonValues<T>(a: readonly T[] | null, b: readonly T[] | null): readonly T[] | null {
  return a === null || b === null ? (a ?? b) : a.filter((value) => b.includes(value));
}

function allValues<T>(a: readonly T[] | null, b: readonly T[] | null): readonly T[] | null {
  return a === null || b === null ? null : [...new Set([...a, ...b])];
}

/** Of two steps the first one counts: what is a multiple of both is one of it. */
function tighterLimits(a: NumberShape, b: NumberShape) {
  return {
    enum: commonValues(a.enum, b.enum),
    minimum: most(a.minimum, b.minimum),
    maximum: least(a.maximum, b.maximum),
    exclusiveMinimum: most(a.exclusiveMinimum, b.exclusiveMinimum),
    exclusiveMaximum: least(a.exclusiveMaximum, b.exclusiveMaximum),
    multipleOf: a.multipleOf ?? b.multipleOf,
  };
}

function tighterText(a: TextShape, b: TextShape): TextShape {
  return {
    ...a,
    enum: commonValues(a.enum, b.enum),
    minLength: most(a.minLength, b.minLength),
    maxLength: least(a.maxLength, b.maxLength),
    pattern: a.pattern ?? b.pattern,
    format: a.format ?? b.format,
  };
}

function isNumeric(shape: Shape): shape is NumberShape {
  return shape.kind === 'integer' || shape.kind === 'number';
}

function most(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function withText(shape: Shape, other: Shape): Shape {
  return { ...shape, description: shape.description || other.description };
}

function fieldOf(shape: ObjectShape, name: string): Field | undefined {
  return shape.fields.find((field) => field.name === name);
}

function sameShape(a: Shape, b: Shape): boolean {
  return (
    JSON.stringify({ ...a, nullable: false, description: '' }) ===
    JSON.stringify({ ...b, nullable: false, description: '' })
  );
}
