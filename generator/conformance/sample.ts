import { randomUUID } from 'node:crypto';
import type { Shape } from '../ir.js';

type NumberShape = Extract<Shape, { kind: 'integer' | 'number' }>;

/** A value that a shape takes; `undefined` where none can be made up. */
export function sampleOf(shape: Shape): unknown {
  if (shape.kind === 'boolean') return true;
  if (shape.kind === 'integer' || shape.kind === 'number') return sampleNumber(shape);
  if (shape.kind === 'array') return Array.from({ length: shape.minItems ?? 0 }, () => sampleOf(shape.items));
  if (shape.kind === 'string') return sampleText(shape);
  if (shape.kind !== 'object') return 'sample';
  const required = shape.fields.filter((field) => field.required);
  return Object.fromEntries(required.map((field) => [field.name, sampleOf(field.shape)]));
}

function sampleNumber(shape: NumberShape): number | undefined {
  const { enum: values, exclusiveMaximum, exclusiveMinimum, maximum, minimum, multipleOf } = shape;
  const step = multipleOf ?? 1;
  const bounds = [
    minimum,
    exclusiveMinimum === null ? null : exclusiveMinimum + step,
    maximum,
    exclusiveMaximum === null ? null : exclusiveMaximum - step,
  ].flatMap((bound) =>
    bound === null ? [] : [bound, Math.ceil(bound / step) * step, Math.floor(bound / step) * step],
  );
  const between = ((exclusiveMinimum ?? minimum ?? 0) + (exclusiveMaximum ?? maximum ?? 1)) / 2;
  return [...(values ?? []), 1, step, ...bounds, between].find((value) => fitsNumber(value, shape));
}

function fitsNumber(value: number, shape: NumberShape): boolean {
  const { enum: values, exclusiveMaximum, exclusiveMinimum, kind, maximum, minimum, multipleOf } = shape;
  return (
    (values?.includes(value) ?? true) &&
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value < (exclusiveMaximum ?? Infinity) &&
    (kind === 'number' || Number.isInteger(value)) &&
    (multipleOf === null || Number.isInteger(value / multipleOf))
  );
}

function sampleText(shape: Extract<Shape, { kind: 'string' }>): string | undefined {
  const [first] = shape.enum ?? [];
  const candidates = [
    ...(first === undefined ? [] : [first]),
    ...(shape.format === 'uuid' ? [randomUUID()] : []),
    ...(shape.format === 'date-time' ? ['2026-01-01T00:00:00Z'] : []),
    ...(shape.format === 'date' ? ['2026-01-01'] : []),
    ...(shape.format === 'email' ? ['someone@example.com'] : []),
    ...(shape.format === 'uri' || shape.format === 'url' ? ['https://example.com/'] : []),
    'sample'.padEnd(shape.minLength ?? 0, 'e').slice(0, shape.maxLength ?? undefined),
    '1'.padEnd(shape.minLength ?? 1, '0'),
    'A'.padEnd(shape.minLength ?? 1, 'B'),
    randomUUID(),
  ];
  return candidates.find((text) => fits(text, shape));
}

function fits(text: string, { maxLength, minLength, pattern }: Extract<Shape, { kind: 'string' }>): boolean {
  if (text.length < (minLength ?? 0) || text.length > (maxLength ?? text.length)) return false;
  if (pattern === null) return true;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
