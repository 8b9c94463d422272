import { ownObject, ownText } from '../json.js';
import { listOperations, type OperationRef } from '../load/operations.js';
import { locationOf, resolve, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error, failure, type Result, success, warning } from '../problem.js';

/** An operation with the role that it plays, and why it was given that role. */
export interface Discovered extends OperationRef {
  readonly role: 'create' | 'retrieve' | 'payment';
  readonly basis: 'declared' | 'assumed';
  readonly reasons: readonly Reason[];
}

/** A sign that an operation has a role. */
export interface Reason {
  readonly says: string;
  readonly weight: number;
  readonly pointer: string;
}

export interface Discovery {
  readonly create: Discovered;
  readonly retrieve: Discovered | undefined;
  readonly payment: Discovered | undefined;
}

/** The least that the signs of a refund operation have to weigh together. */
const THRESHOLD = 6;

/** Finds the operations that refunding needs: as declared, or else by their words and shapes. */
export function discover(document: SpecDocument): Result<Discovery> {
  const operations = listOperations(document);
  const declared = ownObject(ownObject(document.value, 'x-refund'), 'operations');
  const named = (role: Discovered['role']): Result<Discovered | undefined> => {
    const wanted = ownText(declared, role);
    if (wanted === undefined) return success(undefined);
    const pointer = toPointer(['x-refund', 'operations', role]);
    const found = operations.find(({ method, path }) => `${method} ${path}` === wanted);
    if (found !== undefined) return success({ ...found, role, basis: 'declared', reasons: [] });
    const hint = 'Write it as METHOD /path, exactly as the spec has the path.';
    return failure(error('R014', `the spec has no operation ${wanted}`, hint, locationOf(document, pointer)));
  };
  const [create, retrieve, payment] = [named('create'), named('retrieve'), named('payment')];
  if (!create.ok) return create;
  if (!retrieve.ok) return retrieve;
  if (!payment.ok) return payment;
  const primary = create.value === undefined ? findCreate(document, operations) : success(create.value);
  if (!primary.ok || primary.value === undefined) return failure(...primary.problems);
  const found = retrieve.value ?? findRetrieve(primary.value, operations);
  const usable = found?.basis === 'declared' || found === undefined || found.path.split('{').length === 2;
  const discovery = {
    create: primary.value,
    retrieve: usable ? found : undefined,
    payment: payment.value ?? findPayment(primary.value, operations),
  };
  return success(discovery, usable ? [] : [leftOut(document, found)]);
}

function leftOut(document: SpecDocument, { path, pointer }: Discovered) {
  const hint = 'The client will have no retrieve.';
  const message = `${path} reads a refund, but has more than one path parameter, which is not supported yet`;
  return warning('R045', message, hint, locationOf(document, pointer));
}

function findCreate(document: SpecDocument, operations: readonly OperationRef[]): Result<Discovered | undefined> {
  const scored = operations
    .filter(({ method }) => method === 'POST' || method === 'PUT')
    .map((operation) => ({ ...operation, reasons: signsOfRefund(document, operation) }))
    .map((operation) => ({ ...operation, score: operation.reasons.reduce((sum, { weight }) => sum + weight, 0) }))
    .filter(({ score }) => score >= THRESHOLD)
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  const declare = 'Declare it in the overlay: x-refund: { operations: { create: POST /path } }.';
  if (best === undefined) {
    const where = locationOf(document, '/paths');
    return failure(error('R020', 'no operation looks as if it refunded a payment', declare, where));
  }
  if (second !== undefined && second.score === best.score) {
    const names = scored.filter(({ score }) => score === best.score).map(({ method, path }) => `${method} ${path}`);
    const message = `several operations look as if they refunded a payment: ${names.join(', ')}`;
    return failure(error('R021', message, declare, locationOf(document, best.pointer)));
  }
  return success({ ...best, role: 'create', basis: 'assumed' });
}

function signsOfRefund(document: SpecDocument, operation: OperationRef): Reason[] {
  const value = resolve(document, operation.pointer)?.value;
  const { pointer } = operation;
  const last =
    operation.path
      .split('/')
      .filter((segment) => segment !== '' && !segment.startsWith('{'))
      .at(-1) ?? '';
  const name = words(ownText(value, 'operationId') ?? '');
  const summary = words(ownText(value, 'summary') ?? '');
  const signs: (Reason | false)[] = [
    isRefund(words(last)) && { says: `the path ends in ${last}`, weight: 4, pointer },
    isRefund(name) && { says: 'the operationId speaks of a refund', weight: 2, pointer: `${pointer}/operationId` },
    isRefund(summary) && { says: 'the summary speaks of a refund', weight: 2, pointer: `${pointer}/summary` },
    operation.method === 'POST' && { says: 'it is a POST', weight: 1, pointer },
    /[^}/]\/\{[^{}]*\}\/?$/.test(operation.path) &&
      isRefund(words(last)) && {
        says: 'it is about one refund that exists',
        weight: -6,
        pointer,
      },
    [...words(last), ...name, ...summary].some((word) => OTHER_VERBS.has(word)) && {
      says: 'its words speak of something other than creating',
      weight: -4,
      pointer,
    },
  ];
  return signs.filter((sign) => sign !== false);
}

const OTHER_VERBS = new Set(['cancel', 'delete', 'find', 'get', 'list', 'search', 'simulate', 'update', 'void']);

function isRefund(found: readonly string[]): boolean {
  return found.includes('refund') || found.includes('refunds');
}

/** The words of a name in any style: `create_refund`, `createRefund`, `Create Refund`. */
function words(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '');
}

/** `GET /refunds/{id}` beside `POST /refunds`. */
function findRetrieve(create: Discovered, operations: readonly OperationRef[]): Discovered | undefined {
  const collection = create.path.replace(/\/+$/, '');
  const found = operations.find(({ method, path }) => {
    const rest = path.replace(/\/+$/, '').slice(collection.length);
    return method === 'GET' && path.startsWith(collection) && /^\/\{[^/{}]+\}$/.test(rest);
  });
  return found && assumed(found, 'retrieve', `it reads one item of ${create.path}`);
}

/** `GET /payments/{id}` above `POST /payments/{id}/refund`. */
function findPayment(create: Discovered, operations: readonly OperationRef[]): Discovered | undefined {
  const segments = create.path.replace(/\/+$/, '').split('/');
  const parent = segments.slice(0, -1).join('/');
  if (!/\{[^{}]+\}$/.test(parent)) return undefined;
  const found = operations.find(({ method, path }) => method === 'GET' && path.replace(/\/+$/, '') === parent);
  return found && assumed(found, 'payment', `it reads what ${create.path} belongs to`);
}

function assumed(operation: OperationRef, role: Discovered['role'], says: string): Discovered {
  return { ...operation, role, basis: 'assumed', reasons: [{ says, weight: THRESHOLD, pointer: operation.pointer }] };
}
