import { type Discovered, type Discovery, discover } from '../../generator/discover/discover.js';
import { documentWith } from '../fixtures/document.js';
import type { JsonMap } from '../fixtures/json.js';
import { valueFrom } from '../output/folder.js';

export type Operations = Readonly<Record<string, JsonMap>>;

/** What is found in a document with these operations. */
export function found(operations: Operations, components: JsonMap = {}, root: JsonMap = {}): Discovery {
  return valueFrom(discover(documentWith(operations, components, root)));
}

/** As tests write it: `POST /refunds`. */
export function nameOf(operation: Discovered | undefined): string | undefined {
  return operation && `${operation.method} ${operation.path}`;
}

/** The operations of every role, by name; roles that no operation has are left out. */
export function rolesIn(operations: Operations): Readonly<Record<string, string>> {
  const { all: _, alternatives: __, ...roles } = found(operations);
  return Object.fromEntries(
    Object.entries(roles).flatMap(([role, operation]) =>
      operation === undefined ? [] : [[role, nameOf(operation) ?? '']],
    ),
  );
}

/** An operation whose request has these fields, all of them text. */
export function takes(...fields: readonly string[]): JsonMap {
  const properties: JsonMap = Object.fromEntries(fields.map((field) => [field, { type: 'string' }]));
  return { requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } } };
}
