import { isObject, type JsonObject, type JsonValue, ownObject, ownText, sortedEntries } from '../json.js';
import type { SpecDocument } from '../load/spec-document.js';
import type { Result } from '../problem.js';
import { chooseCuts, chooseTextLength } from './prune.js';
import { targetFinder } from './reference.js';
import { type SliceOperation, takeSurvey } from './survey.js';
import { type Cut, writeParts } from './write.js';

export { RESERVED_HEADERS } from './copy-operation.js';
export type { SliceOperation } from './survey.js';
export type { Cut } from './write.js';

/** A small document, and what was cut off for it to be small. */
export interface Slice {
  readonly document: JsonObject;
  readonly cuts: readonly Cut[];
}

/** About how many characters of TypeScript the types of a client may take without comments, and with them. */
const TYPES_BUDGET = 20_000;
const WITH_COMMENTS = 1.8;

/**
 * A small document with these operations and what they use, in an order that does not depend on how the spec was written.
 *
 * What they refer to is in it, as long as its types fit a budget. Where they do not, schemas that only answers lead to
 * are cut off, the largest first: a schema without what it says stands in their place.
 *
 * @param spine - JSON pointers of the schemas that the client reads or writes. They are never cut off, nor is what is on
 *   the way to them.
 */
export function slice(
  document: SpecDocument,
  operations: readonly SliceOperation[],
  spine: readonly string[] = [],
): Result<JsonObject> {
  const result = sliceWithCuts(document, operations, spine);
  return result.ok ? { ...result, value: result.value.document } : result;
}

/** As {@link slice}, with the list of what was cut off. */
export function sliceWithCuts(
  document: SpecDocument,
  operations: readonly SliceOperation[],
  spine: readonly string[] = [],
  budget: number = TYPES_BUDGET,
): Result<Slice> {
  const version = ownText(document.value, 'openapi') ?? '3.0.3';
  const siblings = !version.startsWith('3.0');
  const find = targetFinder(document);
  const survey = takeSurvey(document, operations, find, siblings);
  const cut = chooseCuts(survey, spine, budget);
  const textLength = chooseTextLength(survey, cut, budget * WITH_COMMENTS);
  const written = writeParts({ document, find, operations, siblings, survey, cut, textLength });
  if (!written.ok) return written;
  const { components, cuts, paths } = written.value;
  const info = { title: ownText(ownObject(document.value, 'info'), 'title') ?? '', version: '1' };
  const small = sorted({ openapi: version, info, paths, components });
  return { ok: true, value: { document: small, cuts }, problems: written.problems };
}

function sorted(value: JsonObject): JsonObject {
  return Object.fromEntries(sortedEntries(value).map(([key, child]) => [key, sortedValue(child)]));
}

function sortedValue(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortedValue);
  return isObject(value) ? sorted(value) : value;
}
