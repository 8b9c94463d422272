import type { Operation, Shape } from '../ir.js';
import { Code, type Literal, literal } from './literal.js';

/** Shapes that a spec repeats, each written once as a constant: their names, by what they hold. */
export interface SharedShapes {
  readonly names: ReadonlyMap<string, string>;
  /** In the order in which they can be declared. */
  readonly constants: readonly { readonly name: string; readonly value: string }[];
}

/** What is shorter is as clear where it stands. */
const LONG = 200;

/** Nothing is shared: what stands alone, or before the constants are declared. */
export const UNSHARED: SharedShapes = { names: new Map(), constants: [] };

/** Finds what the shapes of all operations have in common: every amount of an API has all its currencies. */
export function shareShapes(operations: readonly Operation[]): SharedShapes {
  const found = new Map<string, { readonly shape: Shape; count: number }>();
  const roots = operations.flatMap(({ body, parameters }) => [
    ...(body === null ? [] : [body.shape]),
    ...parameters.map(({ shape }) => shape),
  ]);
  for (const shape of roots.flatMap(partsOf)) {
    const key = keyOf(shape);
    const known = found.get(key) ?? { shape, count: 0 };
    known.count += 1;
    found.set(key, known);
  }
  // A part is shorter than what it is a part of, and so is declared before it.
  const repeated = [...found]
    .filter(([key, { count }]) => count > 1 && key.length > LONG)
    .sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  const names = new Map(repeated.map(([key], index) => [key, `shape${index + 1}`]));
  const constants = repeated.map(([key, { shape }]) => {
    const others = new Map([...names].filter(([other]) => other !== key));
    return { name: names.get(key) ?? '', value: literal(shapeLiteral(shape, { names: others, constants: [] })) };
  });
  return { names, constants };
}

function partsOf(shape: Shape): readonly Shape[] {
  if (shape.kind === 'array') return [shape, ...partsOf(shape.items)];
  if (shape.kind === 'object') return [shape, ...checkableFields(shape).flatMap((field) => partsOf(field.shape))];
  return shape.kind === 'string' ? [shape] : [];
}

/** TypeScript takes `constructor` and the like for what every object has: these fields go unchecked. */
function checkableFields({ fields }: Shape & { readonly kind: 'object' }) {
  return fields.filter(({ name }) => !Object.hasOwn(Object.prototype, name));
}

function keyOf(shape: Shape): string {
  return literal(shapeLiteral(shape, UNSHARED));
}

/** A shape as the runtime takes it: what does not restrict is left out. */
export function shapeLiteral(shape: Shape, shared: SharedShapes): Literal {
  const isPart =
    shared.names.size > 0 && (shape.kind === 'array' || shape.kind === 'object' || shape.kind === 'string');
  const name = isPart ? shared.names.get(keyOf(shape)) : undefined;
  return name === undefined ? writeShape(shape, shared) : new Code(name);
}

/** A list without a value of its type refuses nothing: it has been told that the schema contradicts itself. */
function listed<T>(values: readonly T[] | null): readonly T[] | undefined {
  return values === null || values.length === 0 ? undefined : values;
}

function writeShape(shape: Shape, shared: SharedShapes): Literal {
  const nullable = shape.nullable || undefined;
  switch (shape.kind) {
    case 'any':
      return { kind: 'any' };
    case 'boolean':
      return { kind: 'boolean', nullable };
    case 'string':
      return {
        kind: 'string',
        nullable,
        enum: listed(shape.enum),
        minLength: shape.minLength ?? undefined,
        maxLength: shape.maxLength ?? undefined,
        pattern: shape.pattern ?? undefined,
        format: shape.format ?? undefined,
      };
    case 'integer':
    case 'number':
      return {
        kind: shape.kind,
        nullable,
        enum: listed(shape.enum),
        minimum: shape.minimum ?? undefined,
        maximum: shape.maximum ?? undefined,
        exclusiveMinimum: shape.exclusiveMinimum ?? undefined,
        exclusiveMaximum: shape.exclusiveMaximum ?? undefined,
        multipleOf: shape.multipleOf ?? undefined,
      };
    case 'array':
      return {
        kind: 'array',
        nullable,
        items: shapeLiteral(shape.items, shared),
        minItems: shape.minItems ?? undefined,
        maxItems: shape.maxItems ?? undefined,
      };
    case 'object': {
      const checkable = checkableFields(shape);
      const required = shape.fields.filter((field) => field.required).map(({ name }) => name);
      return {
        kind: 'object',
        nullable,
        required: required.length === 0 ? undefined : required,
        fields: Object.fromEntries(checkable.map((field) => [field.name, shapeLiteral(field.shape, shared)])),
        closed: (shape.closed && checkable.length === shape.fields.length) || undefined,
      };
    }
  }
}
