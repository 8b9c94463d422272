import type { JsonObject } from '../../generator/json.js';
import { type Cut, sliceWithCuts } from '../../generator/slice/slice.js';
import { documentOf } from '../fixtures/document.js';
import { at, type Json, type JsonMap } from '../fixtures/json.js';
import { valueFrom } from '../output/folder.js';

/** A reference to a component. */
export function ref(name: string, kind = 'schemas'): JsonMap {
  return { $ref: `#/components/${kind}/${name}` };
}

export function body(schema: Json): JsonMap {
  return { content: { 'application/json': { schema } } };
}

/** A document whose `POST /refunds` takes one schema and answers with another. */
export function refundsWith(request: Json, answer: Json, schemas: JsonMap, version = '3.1.0'): JsonMap {
  const post = { requestBody: body(request), responses: { '200': { description: 'Done', ...body(answer) } } };
  return { openapi: version, info: { title: 'Acme' }, paths: { '/refunds': { post } }, components: { schemas } };
}

export const CREATE = { name: 'createRefund', pointer: '/paths/~1refunds/post' };
export const ANSWER = '/paths/~1refunds/post/responses/200/content/application~1json/schema';

export interface Sliced {
  readonly schemas: JsonMap;
  readonly cuts: readonly Cut[];
  readonly document: JsonObject;
}

/** The slice around `POST /refunds`. */
export function sliceOf(document: JsonMap, spine: readonly string[] = [], budget?: number): Sliced {
  const { cuts, document: small } = valueFrom(sliceWithCuts(documentOf(document), [CREATE], spine, budget));
  // What is read from a document is never changed here: only its type differs.
  const components = at(small as JsonMap, 'components');
  return { schemas: components['schemas'] === undefined ? {} : at(components, 'schemas'), cuts, document: small };
}

/** An object schema with so many fields that its type takes more than some thousand characters. */
export function large(fields: JsonMap = {}): JsonMap {
  const many = Array.from({ length: 100 }, (_, index) => [`field_${index}`, { type: 'string' }] as const);
  return { type: 'object', properties: { ...Object.fromEntries(many), ...fields } };
}
