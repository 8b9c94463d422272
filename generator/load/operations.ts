import { isObject, own, ownObject, sortedEntries } from '../json.js';
import { toPointer } from '../pointer.js';
import { resolve, type SpecDocument } from './spec-document.js';

/** An operation of the spec by its place. */
export interface OperationRef {
  readonly method: string;
  readonly path: string;
  readonly pointer: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

/** Every operation of the document, in an order that does not depend on how it was written. */
export function listOperations(document: SpecDocument): OperationRef[] {
  return sortedEntries(ownObject(document.value, 'paths')).flatMap(([path]) => {
    // A path item may be a reference.
    const item = resolve(document, toPointer(['paths', path]));
    return METHODS.filter((method) => isObject(own(item?.value, method))).map((method) => ({
      method: method.toUpperCase(),
      path,
      pointer: toPointer(['paths', path, method]),
    }));
  });
}
