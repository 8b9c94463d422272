import { randomUUID } from 'node:crypto';
import type { RefundApi, Shape } from '../ir.js';

/** Ids of the kind that an API has. */
export class Ids {
  readonly #api: RefundApi;
  #count = 0;

  constructor(api: RefundApi) {
    this.#api = api;
  }

  payment(): string {
    return this.#next(this.#api.create.payment.value.type === 'integer', paymentShape(this.#api));
  }

  refund(): string {
    const shape = refundIdShape(this.#api);
    return this.#next(shape?.kind === 'integer', shape);
  }

  #next(isInteger: boolean, shape: Shape | undefined): string {
    this.#count += 1;
    if (isInteger) return String(1_000_000 + this.#count);
    const isUuid = shape?.kind === 'string' && (shape.format === 'uuid' || shape.minLength === 36);
    return isUuid ? randomUUID() : `sim_${this.#count}_${randomUUID().slice(0, 8)}`;
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
