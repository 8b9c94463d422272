import type { Shape } from '../ir.js';
import type { Literal } from './literal.js';

/** A shape as the runtime takes it: what does not restrict is left out. */
export function shapeLiteral(shape: Shape): Literal {
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
        enum: shape.enum ?? undefined,
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
        items: shapeLiteral(shape.items),
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
        fields: Object.fromEntries(checkable.map((field) => [field.name, shapeLiteral(field.shape)])),
        closed: (shape.closed && checkable.length === shape.fields.length) || undefined,
      };
    }
  }
}
