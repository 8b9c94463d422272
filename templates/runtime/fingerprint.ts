import { stringifyJson } from './json.js';
import type { Operation, OperationInput } from './request.js';

/** SHA-256, in hex, of everything that makes a request what it is, without its credentials. */
export async function fingerprint(baseUrl: string, operation: Operation, input: OperationInput): Promise<string> {
  const text = stringifyJson({ baseUrl, method: operation.method, path: operation.path, input });
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
