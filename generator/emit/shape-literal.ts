import type { Shape } from '../ir.js';
import { Code, type Literal, literal } from './literal.js';

/** Long lists of values, each written once: the names of constants, by their values. */
export type ValueLists = Map<string, string>;

/** A longer list is written once, however often a spec repeats it: every amount of an API has all its currencies. */
const LONG_LIST = 12;

/** The name of the constant that holds a list of values, where the list is long. */
function valuesLiteral(values: readonly string[], lists: ValueLists): Literal {
  if (values.length <= LONG_LIST) return values;
  const text = literal(values);
  const name = lists.get(text) ?? `values${lists.size + 1}`;
  lists.set(text, name);
  return new Code(name);
}

/** A shape as the runtime takes it: what does not restrict is left out. */
export function shapeLiteral(shape: Shape, lists: ValueLists): Literal {
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
        enum: shape.enum === null ? undefined : valuesLiteral(shape.enum, lists),
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
        minimum: shape.minimum ?? undefined,
        maximum: shape.maximum ?? undefined,
      };
    case 'array':
      return {
        kind: 'array',
        nullable,
        items: shapeLiteral(shape.items, lists),
        minItems: shape.minItems ?? undefined,
        maxItems: shape.maxItems ?? undefined,
      };
    case 'object': {
      // TypeScript takes `constructor` and the like for what every object has: these fields go unchecked.
      const checkable = shape.fields.filter(({ name }) => !Object.hasOwn(Object.prototype, name));
      const required = shape.fields.filter((field) => field.required).map(({ name }) => name);
      return {
        kind: 'object',
        nullable,
        required: required.length === 0 ? undefined : required,
        fields: Object.fromEntries(checkable.map((field) => [field.name, shapeLiteral(field.shape, lists)])),
        closed: (shape.closed && checkable.length === shape.fields.length) || undefined,
      };
    }
  }
}
