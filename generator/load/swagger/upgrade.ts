import { isObject, type JsonObject, type JsonValue, own, ownObject } from '../../json.js';
import { resolvePointer } from '../../pointer.js';
import { decodeFragment } from '../references.js';
import { upgradeAnswer, upgradeAnswers } from './answers.js';
import { upgradeSecurity, upgradeServers } from './connection.js';
import { asObject, type Draft, type Keys, Moves, mapObject, mediaTypes, set } from './moves.js';
import { consumesOf, isBody, type Parameter, parametersAt, upgradeBody, upgradeParameter } from './parameters.js';
import { upgradeSchema } from './schema.js';

/** A document of Swagger 2.0 as one of OpenAPI 3.0. */
export interface Upgraded {
  readonly value: JsonObject;
  /** The pointer in the original document of what stands at a pointer of the upgraded one. */
  readonly originOf: (pointer: string) => string;
}

/**
 * Upgrades Swagger 2.0 to OpenAPI 3.0. It changes what has a new place or a new word, and leaves everything else as it
 * is, so that what is wrong elsewhere in a document never ends it. It is our own because each value has to lead back
 * to the user's file, and because a field of a form has to keep its constraints.
 *
 * @param from - the URL that the document came from.
 */
export function upgradeSwagger(root: JsonObject, from: URL | undefined): Upgraded {
  const moves = new Moves();
  const {
    swagger: _swagger,
    host: _host,
    basePath: _basePath,
    schemes: _schemes,
    consumes: _consumes,
    produces: _produces,
    definitions: _definitions,
    parameters: _parameters,
    responses: _responses,
    securityDefinitions: _security,
    paths,
    ...rest
  } = root;
  const servers = upgradeServers(root, from, moves);
  // Before the paths: what they copy out of a shared part is not where references to it lead.
  const components = { ...ownObject(root, 'components'), ...upgradeComponents(root, moves) };
  const value: JsonObject = {
    openapi: '3.0.4',
    ...rest,
    ...(servers !== undefined && { servers }),
    paths: isObject(paths) ? mapObject(paths, (item, path) => upgradePath(root, item, ['paths', path], moves)) : {},
    components,
  };
  moves.add(['openapi'], ['swagger']);
  return { value: asObject(withNewRefs(value, root, moves)), originOf: (pointer) => moves.originOf(pointer) };
}

function upgradeComponents(root: JsonObject, moves: Moves): JsonObject {
  const produces = mediaTypes(root['produces']) ?? ['application/json'];
  const schemas = mapObject(ownObject(root, 'definitions'), upgradeSchema);
  moves.add(['components', 'schemas'], ['definitions']);
  moves.add(['components', 'parameters'], ['parameters']);
  moves.add(['components', 'responses'], ['responses']);
  moves.add(['components', 'securitySchemes'], ['securityDefinitions']);
  const parameters: Draft = {};
  for (const [name, written] of Object.entries(ownObject(root, 'parameters'))) {
    const parameter: Parameter = { written, value: asObject(written), at: ['parameters', name] };
    // A shared body is written into each operation that refers to it: its media types are those of the operation.
    if (!isBody(parameter))
      set(parameters, name, upgradeParameter(parameter, ['components', 'parameters', name], moves));
  }
  const responses = mapObject(ownObject(root, 'responses'), (answer, name) =>
    upgradeAnswer(answer, produces, ['components', 'responses', name], ['responses', name], moves),
  );
  const securitySchemes = upgradeSecurity(ownObject(root, 'securityDefinitions'), moves);
  const all = { schemas, parameters, responses, securitySchemes };
  return Object.fromEntries(Object.entries(all).filter(([, part]) => Object.keys(part).length > 0));
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

function upgradePath(root: JsonObject, item: JsonValue, at: Keys, moves: Moves): JsonValue {
  if (!isObject(item)) return item;
  const shared = parametersAt(root, item['parameters'], [...at, 'parameters']);
  return mapObject(item, (value, key) => {
    const place = [...at, key];
    if (key === 'parameters' && Array.isArray(value)) return upgradeList(shared, place, moves);
    return METHODS.has(key) && isObject(value) ? upgradeOperation(root, value, shared, place, moves) : value;
  });
}

function upgradeOperation(
  root: JsonObject,
  operation: JsonObject,
  shared: readonly Parameter[],
  at: Keys,
  moves: Moves,
): JsonValue {
  const {
    consumes: _consumes,
    produces: _produces,
    schemes: _schemes,
    parameters: written,
    responses: _,
    ...rest
  } = operation;
  const parameters = parametersAt(root, written, [...at, 'parameters']);
  // What an operation says of its body replaces what its path says.
  const bodies = parameters.some(isBody) ? parameters : shared;
  const body = upgradeBody(bodies, consumesOf(operation, root), [...at, 'requestBody'], moves);
  const answers = upgradeAnswers(root, operation, at, moves);
  return {
    ...rest,
    ...(written !== undefined && { parameters: upgradeList(parameters, [...at, 'parameters'], moves) }),
    ...(body !== undefined && { requestBody: body }),
    ...(answers !== undefined && { responses: answers }),
  };
}

function upgradeList(parameters: readonly Parameter[], at: Keys, moves: Moves): JsonValue {
  return parameters
    .map((parameter, index) => ({ parameter, written: [...at, index] }))
    .filter(({ parameter }) => !isBody(parameter))
    .map(({ parameter, written }, index) => {
      moves.add([...at, index], written);
      return upgradeParameter(parameter, [...at, index], moves);
    });
}

/** Local references lead to where their target now is; one that led nowhere still does. */
function withNewRefs(value: JsonValue, root: JsonObject, moves: Moves): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withNewRefs(item, root, moves));
  if (!isObject(value)) return value;
  const ref = own(value, '$ref');
  const copy = mapObject(value, (child) => withNewRefs(child, root, moves));
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return copy;
  const pointer = decodeFragment(ref.slice(1));
  const target = moves.targetOf(pointer);
  // A reference that was written for OpenAPI 3 by mistake keeps its words.
  if (target === pointer || (resolvePointer(root, pointer) === undefined && target.startsWith('/paths'))) return copy;
  return { ...copy, $ref: `#${target.replaceAll('%', '%25')}` };
}
