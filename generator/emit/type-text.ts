import type { Operation, RequestPlace, Shape } from '../ir.js';
import { toIdentifier } from '../names.js';
import { stringLiteral, unionType } from './literal.js';

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

/** The type at a place of the request. */
export function placeType(operation: Operation, place: RequestPlace): string {
  const [first = '', ...rest] = place.path;
  const outer = `${partType(operation, place.part)}[${stringLiteral(first)}]`;
  return rest.reduce((type, key) => `NonNullable<${type}>[${key === '[]' ? 'number' : stringLiteral(key)}]`, outer);
}

/** The type of the body of an answer. */
export function answerType(operation: Operation, status: string, mediaType: string): string {
  const key = /^\d+$/.test(status) ? status : stringLiteral(status);
  return `${operationType(operation)}Types['responses'][${key}]['content'][${stringLiteral(mediaType)}]`;
}
