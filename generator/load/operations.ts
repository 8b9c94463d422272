import { isObject, ownObject, sortedEntries } from '../json.js';
import { toPointer } from '../pointer.js';
import type { SpecDocument } from './spec-document.js';

/** An operation of the spec by its place. */
export interface OperationRef {
  readonly method: string;
  readonly path: string;
  readonly pointer: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

/** Every operation of the document, in an order that does not depend on how it was written. */
export function listOperations(document: SpecDocument): OperationRef[] {
  return sortedEntries(ownObject(document.value, 'paths')).flatMap(([path, item]) =>
    METHODS.filter((method) => isObject(item) && isObject(item[method])).map((method) => ({
      method: method.toUpperCase(),
      path,
      pointer: toPointer(['paths', path, method]),
    })),
  );
}
