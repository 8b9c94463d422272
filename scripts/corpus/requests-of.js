/** Formats that the validator knows. Another one says nothing that it could check, and it prints a warning for each. */
const FORMATS = new Set([
  ...['int32', 'int64', 'float', 'double', 'byte', 'binary', 'password'],
  ...['date', 'time', 'date-time', 'duration', 'uri', 'uri-reference', 'url', 'email', 'hostname'],
  ...['ipv4', 'ipv6', 'uuid', 'regex', 'json-pointer'],
]);

/** @typedef {Record<string, unknown>} JsonObject */

/**
 * What an OpenAPI document says of requests, as a document of its own: a validator of requests takes seconds to read
 * the answers of a large one, and trips over what is loose in them.
 *
 * @param {unknown} spec
 */
export function requestsOf(spec) {
  const { components, paths, ...root } = asObject(copy(spec, spec));
  for (const item of Object.values(asObject(paths))) {
    for (const operation of Object.values(asObject(item))) withoutAnswers(operation);
  }
  const { securitySchemes } = asObject(components);
  const kept = { ...(securitySchemes === undefined ? {} : { securitySchemes }) };
  const document = { ...root, servers: [{ url: '/' }], paths: asObject(paths), components: kept };
  addReferenced(document, asObject(components), kept);
  return document;
}

/** @param {unknown} operation */
function withoutAnswers(operation) {
  if (typeof operation !== 'object' || operation === null || !('responses' in operation)) return;
  operation.responses = { default: { description: 'Any answer.' } };
  if ('callbacks' in operation) delete operation.callbacks;
}

/**
 * A copy without what the validator cannot read: formats that it does not know; patterns that are no regular expression
 * (ECMA-262, flag u); references that lead nowhere in this document; and a `nullable` beside no `type`, which means
 * nothing in OpenAPI 3.0.3.
 *
 * @param {unknown} value
 * @param {unknown} document
 * @returns {unknown}
 */
function copy(value, document) {
  if (Array.isArray(value)) return value.map((item) => copy(item, document));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => isReadable(key, item, value, document))
      .map(([key, item]) => [key, copy(item, document)]),
  );
}

/**
 * @param {string} key
 * @param {unknown} item
 * @param {object} schema
 * @param {unknown} document
 */
function isReadable(key, item, schema, document) {
  if (key === 'nullable') return typeof item !== 'boolean' || 'type' in schema;
  if (typeof item !== 'string') return true;
  if (key === 'format') return FORMATS.has(item);
  if (key === 'pattern') return isPattern(item);
  return key !== '$ref' || leadsSomewhere(item, document);
}

/**
 * @param {string} reference
 * @param {unknown} document
 */
function leadsSomewhere(reference, document) {
  if (!reference.startsWith('#/')) return false;
  const keys = reference.slice(2).split('/').map(decoded);
  return keys.reduce((/** @type {unknown} */ value, key) => asObject(value)[key], document) !== undefined;
}

/** @param {string} text */
function isPattern(text) {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/**
 * Adds the components that a document refers to, and those that these refer to.
 *
 * @param {unknown} from
 * @param {JsonObject} components
 * @param {JsonObject} kept
 */
function addReferenced(from, components, kept) {
  for (const [kind, name] of referencesIn(from)) {
    kept[kind] ??= {};
    const group = asObject(kept[kind]);
    const value = asObject(components[kind])[name];
    if (value === undefined || Object.hasOwn(group, name)) continue;
    group[name] = value;
    addReferenced(value, components, kept);
  }
}

/**
 * @param {unknown} value
 * @returns {Generator<readonly [kind: string, name: string]>}
 */
function* referencesIn(value) {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const [, kind, name] = (key === '$ref' && /^#\/components\/([^/]+)\/([^/]+)/.exec(String(item))) || [];
    if (kind !== undefined && name !== undefined) yield [kind, decoded(name)];
    yield* referencesIn(item);
  }
}

/** @param {string} token - of a JSON pointer in a URI. */
function decoded(token) {
  return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
}

/**
 * @param {unknown} value
 * @returns {JsonObject}
 */
function asObject(value) {
  return typeof value === 'object' && value !== null ? /** @type {JsonObject} */ (value) : {};
}
