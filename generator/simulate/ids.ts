import { randomUUID } from 'node:crypto';
import type { RefundApi, Shape } from '../ir.js';

type TextShape = Extract<Shape, { kind: 'string' }>;

/** Ids of the kind that an API has. */
export class Ids {
  readonly #api: RefundApi;
  #count = 0;

  constructor(api: RefundApi) {
    this.#api = api;
  }

  /**
   * A payment's id.
   *
   * @throws RangeError where none can be made up that the API takes.
   */
  payment(): string {
    const shape = paymentShape(this.#api);
    const id = this.#next(this.#api.create.payment.value.type === 'integer', shape);
    if (shape?.kind !== 'string' || fits(id, shape)) return id;
    throw new RangeError(
      `the payments of ${this.#api.provider.id} have ids of a form of their own: give one with { id }`,
    );
  }

  refund(): string {
    const shape = refundIdShape(this.#api);
    return this.#next(shape?.kind === 'integer', shape);
  }

  #next(isInteger: boolean, shape: Shape | undefined): string {
    this.#count += 1;
    if (isInteger) return String(1_000_000 + this.#count);
    const plain = `sim_${this.#count}_${randomUUID().slice(0, 8)}`;
    if (shape?.kind !== 'string') return plain;
    const candidates = shape.format === 'uuid' ? [randomUUID()] : [plain, randomUUID(), ...packed(shape)];
    return candidates.find((id) => fits(id, shape)) ?? plain;
  }
}

/** Letters and digits, then digits alone, as long as they may be. */
function packed({ maxLength, minLength }: TextShape): readonly string[] {
  const length = Math.max(minLength ?? 0, Math.min(maxLength ?? 16, 16));
  const hex = randomUUID().replaceAll('-', '').toUpperCase().padEnd(length, '0').slice(0, length);
  return [hex, hex.toLowerCase(), hex.replaceAll(/\D/g, '7')];
}

function fits(id: string, { maxLength, minLength, pattern }: TextShape): boolean {
  if (id.length < (minLength ?? 0) || id.length > (maxLength ?? id.length)) return false;
  try {
    return pattern === null || new RegExp(pattern, 'u').test(id);
  } catch {
    // A pattern that is none to JavaScript rules nothing out.
    return true;
  }
}

/** What the spec demands of a refund's id, by the operation that takes it. */
export function refundIdShape({ operations, retrieve }: RefundApi): Shape | undefined {
  const operation = operations.find(({ name }) => name === retrieve?.operation);
  return operation?.parameters.find(({ name }) => name === retrieve?.parameter)?.shape;
}

/** What the spec demands of a payment's id. */
function paymentShape({ create, operations }: RefundApi): Shape | undefined {
  const { place } = create.payment.value;
  const operation = operations.find(({ name }) => name === create.operation);
  if (place.part !== 'body') {
    return operation?.parameters.find(({ in: part, name }) => part === place.part && name === place.path[0])?.shape;
  }
  return place.path.reduce<Shape | undefined>((shape, key) => {
    if (shape?.kind === 'array') return shape.items;
    return shape?.kind === 'object' ? shape.fields.find(({ name }) => name === key)?.shape : undefined;
  }, operation?.body?.shape);
}
