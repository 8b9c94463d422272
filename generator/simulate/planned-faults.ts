import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { AnswerCase, Path, RefundApi } from '../ir.js';
import { paymentPlacesOf, placesOf } from './answer.js';
import type { AnswerField, Fault } from './fault.js';
import type { FaultOptions, RequestRole } from './provider.js';

interface PlannedFault {
  readonly fault: Fault;
  readonly on: RequestRole;
  left: number;
}

/** The faults that are still to strike. */
export class PlannedFaults {
  readonly #api: RefundApi;
  #planned: readonly PlannedFault[] = [];

  constructor(api: RefundApi) {
    this.#api = api;
  }

  /**
   * Plans a fault.
   *
   * @throws RangeError where it could never strike, TypeError where it has a header that cannot be sent: a test that
   * rests on it would prove nothing.
   */
  add(fault: Fault, { on = 'create', times = 1 }: FaultOptions): void {
    const roles: readonly RequestRole[] = [...new Set(this.#api.operations.map(({ role }) => role)), 'other'];
    if (!roles.includes(on)) throw new RangeError(`${this.#api.provider.id} has no ${on}: it has ${roles.join(', ')}`);
    if (!(times >= 1)) throw new RangeError(`a fault strikes at least once, not ${times} times`);
    requireAnswer(fault);
    requireField(this.#api, fault, on);
    this.#planned = [...this.#planned, { fault, on, left: times }];
  }

  /** The fault that the next request of a role meets; it stays planned. */
  peek(role: RequestRole): Fault | undefined {
    return this.#next(role)?.fault;
  }

  /** The fault that a request of a role meets now. */
  take(role: RequestRole): Fault | undefined {
    const planned = this.#next(role);
    if (planned !== undefined) planned.left -= 1;
    return planned?.fault;
  }

  clear(): void {
    this.#planned = [];
  }

  #next(role: RequestRole): PlannedFault | undefined {
    return this.#planned.find(({ left, on }) => left > 0 && on === role);
  }
}

/** Sent, a status or a header that HTTP does not have would be an exception in the middle of somebody's test. */
function requireAnswer({ reply }: Fault): void {
  if (reply.kind === 'informational' && ![100, 102, 103].includes(reply.status)) {
    throw new RangeError(`what comes before an answer is 100, 102 or 103, not ${reply.status}`);
  }
  if (reply.kind !== 'answer') return;
  const { headers = {}, status } = reply;
  if (!Number.isInteger(status) || status < 101 || status > 999) {
    throw new RangeError(`an answer has a status from 101 to 999, not ${status}`);
  }
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
}

function requireField(api: RefundApi, { reply }: Fault, on: RequestRole): void {
  const { id } = api.provider;
  if (reply.kind === 'changed' && fieldPlaces(api, on, reply.field).length === 0) {
    throw new RangeError(`the answers to ${on} of ${id} say no ${reply.field} that could be changed`);
  }
  if (reply.kind === 'damaged' && on === 'create' && shapesOf(api, on).length === 0) {
    throw new RangeError(`the answers to ${on} of ${id} have no body that could be damaged`);
  }
}

function fieldPlaces(api: RefundApi, on: RequestRole, field: AnswerField): readonly Path[] {
  if (on === 'payment') return api.payment === null ? [] : paymentPlacesOf(api.payment, field);
  return shapesOf(api, on).flatMap((shape) => placesOf(shape, field));
}

/** The shapes of what tells of a refund; none where the status alone is the answer. */
function shapesOf({ create, retrieve }: RefundApi, on: RequestRole): readonly AnswerCase[] {
  if (on === 'create') return create.accepted.flatMap(({ cases, empty }) => (empty ? [] : cases.value));
  return on === 'retrieve' && retrieve !== null ? [retrieve.answer.value] : [];
}
