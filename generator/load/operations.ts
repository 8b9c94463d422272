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

/** What can be put behind the address of a server. Anything else would change the host, or cut off what follows. */
const CALLABLE = /^\/[^?#]*$/;

/** Every operation that can be called, in an order that does not depend on how the document was written. */
export function listOperations(document: SpecDocument): OperationRef[] {
  return operationsOf(document).filter(({ path }) => CALLABLE.test(path));
}

/** The operations that `listOperations` leaves out: `@evil.test/refunds` behind the server's address is another host. */
export function uncallableOperations(document: SpecDocument): OperationRef[] {
  return operationsOf(document).filter(({ path }) => !CALLABLE.test(path) && !path.startsWith('x-'));
}

function operationsOf(document: SpecDocument): OperationRef[] {
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
