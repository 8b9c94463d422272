import type { Path, Shape } from '../ir.js';
import type { Facts } from './facts.js';
import { keyText, listText } from './texts.js';

/** `required`, `optional`, or nothing for the items of a list. */
export type Presence = 'required' | 'optional' | '';

export function presence(required: boolean): 'required' | 'optional' {
  return required ? 'required' : 'optional';
}

/**
 * What a value must be: one fact for its type, one for each limit, and the same for all that is in it.
 *
 * @param said - what is said of a subject beside, by the subject.
 */
export function addShape(
  facts: Facts,
  subject: string,
  demand: Presence,
  shape: Shape,
  said: ReadonlyMap<string, string> = new Map(),
): void {
  const type = `${kindText(shape)}${shape.nullable ? ' or null' : ''}`;
  facts.add(subject, `${demand === '' ? '' : `${demand} `}${type}${said.get(subject) ?? ''}`);
  const limits = limitsOf(shape);
  for (const [name, limit] of limits) {
    // What the contract says already is not said again.
    if (said.get(`${subject} ${name}`) !== limit) facts.add(`${subject} ${name}`, limit);
  }
  const isListed = limits.some(([name]) => name === 'values');
  if (said.has(`${subject} values`) && !isListed) facts.add(`${subject} values`, 'any');
  if (shape.kind === 'array') addShape(facts, `${subject}[]`, '', shape.items, said);
  if (shape.kind !== 'object') return;
  for (const field of shape.fields) {
    addShape(facts, `${subject}.${keyText(field.name)}`, presence(field.required), field.shape, said);
  }
}

function kindText(shape: Shape): string {
  if (shape.kind === 'array') return 'list';
  if (shape.kind !== 'object') return shape.kind;
  return `${shape.closed ? 'closed ' : ''}object${shape.alternatives === true ? ' of alternatives' : ''}`;
}

function limitsOf(shape: Shape): readonly (readonly [string, string])[] {
  const limits: Readonly<Record<string, string | number | null>> =
    shape.kind === 'string'
      ? {
          values: shape.enum === null ? null : listText(shape.enum),
          minLength: shape.minLength,
          maxLength: shape.maxLength,
          pattern: shape.pattern,
          format: shape.format,
        }
      : shape.kind === 'integer' || shape.kind === 'number'
        ? {
            values: shape.enum === null ? null : listText(shape.enum.map(String)),
            minimum: shape.minimum,
            maximum: shape.maximum,
            exclusiveMinimum: shape.exclusiveMinimum,
            exclusiveMaximum: shape.exclusiveMaximum,
            multipleOf: shape.multipleOf,
          }
        : shape.kind === 'array'
          ? { minItems: shape.minItems, maxItems: shape.maxItems }
          : {};
  return Object.entries(limits).flatMap(([name, limit]) => (limit === null ? [] : [[name, String(limit)] as const]));
}

/** The shape at a place of a body. */
export function shapeIn(shape: Shape, path: Path): Shape | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return shape;
  if (key === '[]') return shape.kind === 'array' ? shapeIn(shape.items, rest) : undefined;
  const field = shape.kind === 'object' ? shape.fields.find(({ name }) => name === key) : undefined;
  return field === undefined ? undefined : shapeIn(field.shape, rest);
}

/** Whether two shapes ask for the same; what describes them does not matter. */
export function sameShape(one: Shape | undefined, other: Shape): boolean {
  const text = (shape: Shape): string =>
    JSON.stringify(shape, (key: string, value: unknown) =>
      key === 'description' && typeof value === 'string' ? undefined : value,
    );
  return one !== undefined && text(one) === text(other);
}
