import type { Operation, RequestPlace, Shape } from '../ir.js';
import { toIdentifier } from '../names.js';
import { type Imports, runtimeModule } from './imports.js';
import { stringLiteral, unionType } from './literal.js';
import { stepsTo } from './request-steps.js';

/** The type of a setting: a header holds text, a number or a truth value. */
export function typeOfShape(shape: Shape): string {
  if (shape.kind === 'boolean') return 'boolean';
  if (shape.kind === 'integer' || shape.kind === 'number') return 'number';
  return shape.kind === 'string' && shape.enum !== null ? unionType(shape.enum) : 'string';
}

/** The alias of an operation's types: `CreateRefund`. */
export function operationType(operation: Operation): string {
  return toIdentifier(operation.name, 'pascal');
}

/** The type of a part of the request, as text that refers to `types.ts`. */
export function partType(operation: Operation, part: RequestPlace['part']): string {
  const alias = operationType(operation);
  if (part !== 'body') return `NonNullable<${alias}Types['parameters']['${part}']>`;
  return `${alias}Body`;
}

/** The type at a place of the request. What is in some alternatives of an object only is looked up in each. */
export function placeType(operation: Operation, place: RequestPlace, imports: Imports): string {
  const steps = stepsTo(operation, place);
  return place.path.reduce(
    (type, key, index) => {
      const outer = index === 0 ? type : `NonNullable<${type}>`;
      if (key === '[]') return `${outer}[number]`;
      if (!hasAlternatives(steps[index]?.above)) return `${outer}[${stringLiteral(key)}]`;
      return `${imports.type(runtimeModule('request'), 'FieldOf')}<${outer}, ${stringLiteral(key)}>`;
    },
    partType(operation, place.part),
  );
}

/**
 * Whether one type describes what is written: none does where an object is made of alternatives. Nor where a field is
 * called as every object has one, `constructor`: TypeScript cannot tell that it may be left out.
 */
export function isDescribed(shape: Shape | undefined): boolean {
  if (shape?.kind === 'array') return isDescribed(shape.items);
  if (shape?.kind !== 'object') return true;
  return (
    !hasAlternatives(shape) &&
    shape.fields.every((field) => !Object.hasOwn(Object.prototype, field.name) && isDescribed(field.shape))
  );
}

function hasAlternatives(shape: Shape | undefined): boolean {
  return shape?.kind === 'object' && shape.alternatives === true;
}

/** The type of the body of an answer. */
export function answerType(operation: Operation, status: string, mediaType: string): string {
  const key = /^\d+$/.test(status) ? status : stringLiteral(status);
  return `${operationType(operation)}Types['responses'][${key}]['content'][${stringLiteral(mediaType)}]`;
}
