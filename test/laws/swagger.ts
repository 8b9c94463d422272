import type { Json, JsonMap } from '../fixtures/json.js';
import { put } from '../fixtures/json.js';

// Random documents are made in the words of OpenAPI 3; this writes them as Swagger 2.0 has it.

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapOf(value: Json | undefined): JsonMap {
  return isMap(value) ? value : {};
}

/** The same object with its values changed; keys of any name. */
function mapped(value: Json | undefined, change: (child: Json, key: string) => Json): JsonMap {
  const made: JsonMap = {};
  for (const [key, child] of Object.entries(mapOf(value))) put(made, key, change(child, key));
  return made;
}

function withOldReferences(value: Json): Json {
  if (Array.isArray(value)) return value.map(withOldReferences);
  if (!isMap(value)) return value;
  return mapped(value, (child, key) =>
    key === '$ref' && typeof child === 'string'
      ? child.replace('#/components/schemas/', '#/definitions/').replace('#/components/responses/', '#/responses/')
      : withOldReferences(child),
  );
}

/** The first media type with its schema. */
function firstOf(content: Json | undefined): readonly [type: string, schema: Json | undefined] | undefined {
  const [first] = Object.entries(mapOf(content));
  return first === undefined ? undefined : [first[0], mapOf(first[1])['schema']];
}

function parameterOf(parameter: Json): Json {
  const { content: _content, explode: _explode, schema, style, ...rest } = mapOf(parameter);
  const format = style === 'pipeDelimited' ? { collectionFormat: 'pipes' } : {};
  return { ...rest, ...format, ...mapOf(schema) };
}

/** A body as one parameter; a form as one for each of its fields. */
function bodyParameters(body: Json | undefined): readonly Json[] {
  const found = firstOf(mapOf(body)['content']);
  if (found === undefined) return [];
  const [type, schema = {}] = found;
  if (!type.includes('form')) return [{ name: 'body', in: 'body', required: true, schema }];
  const required = mapOf(schema)['required'];
  const isNeeded = (name: string): boolean => Array.isArray(required) && required.includes(name);
  return Object.entries(mapOf(mapOf(schema)['properties'])).map(([name, field]) => ({
    ...mapOf(field),
    name,
    in: 'formData',
    required: isNeeded(name),
  }));
}

function responseOf(response: Json): Json {
  const { content, ...rest } = mapOf(response);
  const [, schema] = firstOf(content) ?? [];
  return { ...rest, ...(schema !== undefined && { schema }) };
}

function operationOf(operation: Json): Json {
  const { parameters, requestBody, responses, ...rest } = mapOf(operation);
  const own = Array.isArray(parameters) ? parameters.map(parameterOf) : [];
  const type = firstOf(mapOf(requestBody)['content'])?.[0];
  return {
    ...rest,
    ...(type !== undefined && { consumes: [type] }),
    parameters: [...own, ...bodyParameters(requestBody)],
    responses: mapped(responses, responseOf),
  };
}

function schemeOf(scheme: Json): Json {
  const { flows: _flows, ...rest } = mapOf(scheme);
  if (rest['type'] === 'http') return rest['scheme'] === 'bearer' ? { ...rest, type: 'bearer' } : { type: 'basic' };
  if (rest['type'] !== 'oauth2') return rest;
  return { type: 'oauth2', flow: 'application', tokenUrl: 'https://acme.example/token', scopes: { a: 'A' } };
}

/** A document of OpenAPI 3 as one of Swagger 2.0. What Swagger has no words for is left out. */
export function toSwagger(document: JsonMap): JsonMap {
  const { components, openapi: _openapi, paths, servers, ...rest } = document;
  const { responses, schemas, securitySchemes } = mapOf(components);
  const hasHost = Array.isArray(servers) && servers.length > 0;
  return mapOf(
    withOldReferences({
      swagger: '2.0',
      ...rest,
      ...(hasHost && { host: 'api.acme.example', basePath: '/v1', schemes: ['https', 'http'] }),
      produces: ['application/json'],
      paths: mapped(paths, (item) => mapped(item, operationOf)),
      definitions: mapOf(schemas),
      responses: mapped(responses, responseOf),
      securityDefinitions: mapped(securitySchemes, schemeOf),
    }),
  );
}
