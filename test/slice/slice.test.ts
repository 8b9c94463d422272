import { describe, expect, test } from 'vitest';
import { resolvePointer } from '../../generator/pointer.js';
import { slice } from '../../generator/slice/slice.js';
import { documentOf, documentWith } from '../fixtures/document.js';
import { at, copyOf, type Json, type JsonMap, keyed } from '../fixtures/json.js';
import { compilePack, PACKS, readPack, textOf, where } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';

function ref(name: string, kind = 'schemas'): JsonMap {
  return { $ref: `#/components/${kind}/${name}` };
}

function answering(schema: JsonMap): JsonMap {
  return { responses: { '200': { description: 'Done', content: { 'application/json': { schema } } } } };
}

/** The slice around `POST /refunds`, as it is called in generated code. */
function sliced(operation: JsonMap, components: JsonMap, others: Readonly<Record<string, JsonMap>> = {}): JsonMap {
  const document = documentWith({ 'POST /refunds': operation, ...others }, components);
  const result = slice(document, [{ name: 'createRefund', pointer: '/paths/~1refunds/post' }]);
  return at(valueFrom(result) as Json);
}

/** The names of the schemas that are kept. */
function kept(operation: JsonMap, schemas: JsonMap): readonly string[] {
  const components = at(sliced(operation, { schemas }), 'components');
  return components['schemas'] === undefined ? [] : Object.keys(at(components, 'schemas'));
}

describe('only what is used stays', () => {
  test('operations', () => {
    const { paths } = sliced({}, {}, { 'GET /refunds': {}, 'POST /payments': {} });
    expect(paths).toEqual({ '/refunds': { post: { operationId: 'createRefund', parameters: [] } } });
  });

  test('schemas, through other schemas', () => {
    const schemas = {
      Refund: { type: 'object', properties: { money: ref('Money') } },
      Money: { type: 'object', properties: { currency: ref('Currency') } },
      Currency: { type: 'string' },
      Customer: { type: 'object', properties: { refund: ref('Refund') } },
    };
    expect(kept(answering(ref('Refund')), schemas)).toEqual(['Currency', 'Money', 'Refund']);
  });

  test('components of every kind', () => {
    const operation = {
      parameters: [ref('Trace', 'parameters')],
      requestBody: ref('Body', 'requestBodies'),
      responses: { '200': ref('Done', 'responses') },
    };
    const components = {
      parameters: { Trace: { name: 'trace', in: 'query', schema: ref('Text') }, Other: {} },
      requestBodies: { Body: { content: { 'application/json': { schema: ref('Refund') } } }, Other: {} },
      responses: { Done: { description: 'Done', headers: { Limit: ref('Limit', 'headers') } }, Other: {} },
      headers: { Limit: { schema: ref('Text') }, Other: {} },
      schemas: { Text: { type: 'string' }, Refund: { type: 'object' }, Other: {} },
      securitySchemes: { Bearer: { type: 'http', scheme: 'bearer' } },
    };
    const result = at(sliced(operation, components), 'components');
    const names = Object.entries(result).map(([kind, values]) => [kind, Object.keys(at(values))]);
    expect(Object.fromEntries(names)).toEqual({
      headers: ['Limit'],
      parameters: ['Trace'],
      requestBodies: ['Body'],
      responses: ['Done'],
      schemas: ['Refund', 'Text'],
    });
  });

  test('schemas that refer to themselves', () => {
    const schemas = {
      Refund: { type: 'object', properties: { parent: ref('Refund'), next: ref('Next') } },
      Next: { allOf: [ref('Refund')] },
    };
    expect(kept(answering(ref('Refund')), schemas)).toEqual(['Next', 'Refund']);
  });

  test('a schema that is referred to in part', () => {
    const schemas = {
      Refund: { type: 'object', properties: { id: { type: 'string' }, other: ref('Other') } },
      Other: {},
    };
    expect(kept(answering(ref('Refund/properties/id')), schemas)).toEqual(['RefundId']);
  });

  test('names that a reference has to escape', () => {
    const schemas = { 'a/b': { type: 'string' }, 'a b': { type: 'string' }, 'a~b': {}, 'a%b': {} };
    const refs = ['a~1b', 'a%20b', 'a~0b', 'a%25b'].map((name) => ref(name));
    expect(kept(answering({ oneOf: refs }), schemas)).toEqual(['a b', 'a%b', 'a/b', 'a~b']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('a schema named %s', (name) => {
    expect(kept(answering(ref(name)), { ...keyed(name, { type: 'string' }), Other: {} })).toEqual([name]);
  });

  test('examples and extensions go', () => {
    const schema = { type: 'string', example: 'x', examples: ['x'], 'x-note': ref('Other'), description: 'Stays' };
    const result = sliced({ ...answering(schema), 'x-internal': true, tags: ['refunds'] }, { schemas: { Other: {} } });
    const keys = ['paths', '/refunds', 'post', 'responses', '200', 'content', 'application/json'];
    expect(at(result, ...keys)['schema']).toEqual({ type: 'string', description: 'Stays' });
  });

  test.each(['example', 'examples', 'tags', 'deprecated', 'externalDocs', 'x-note', 'discriminator', '$ref'])(
    'a property named %s stays, with what it refers to',
    (name) => {
      const schema = { type: 'object', properties: keyed(name, ref('Used')) };
      const result = sliced(answering(schema), { schemas: { Used: { type: 'string' } } });
      const keys = ['paths', '/refunds', 'post', 'responses', '200', 'content', 'application/json', 'schema'];
      expect(at(result, ...keys)['properties']).toEqual(keyed(name, ref('Used')));
      expect(at(result, 'components')['schemas']).toEqual({ Used: { type: 'string' } });
    },
  );

  test('reserved header parameters go, those of the path stay', () => {
    const document = documentOf({
      openapi: '3.0.3',
      paths: {
        '/refunds/{id}': {
          parameters: [{ name: 'id', in: 'path' }],
          post: { parameters: [{ name: 'Accept', in: 'header' }, ref('Authorization', 'parameters')] },
        },
      },
      components: { parameters: { Authorization: { name: 'AUTHORIZATION', in: 'header' } } },
    });
    const result = valueFrom(slice(document, [{ name: 'createRefund', pointer: '/paths/~1refunds~1{id}/post' }]));
    expect(resolvePointer(result, '/paths/~1refunds~1{id}/post/parameters')).toEqual([{ in: 'path', name: 'id' }]);
    expect(result['components']).toEqual({});
  });
});

describe('discriminators', () => {
  const schemas = {
    Answer: {
      oneOf: [ref('Card')],
      discriminator: {
        propertyName: 'kind',
        mapping: { card: '#/components/schemas/Card', cash: '#/components/schemas/Cash' },
      },
    },
    Card: { type: 'object', properties: { kind: { type: 'string' } } },
    Cash: { type: 'object', properties: { kind: { type: 'string' } } },
    Other: { type: 'object' },
  };

  test('keep what their mappings name', () => {
    expect(kept(answering(ref('Answer')), schemas)).toEqual(['Answer', 'Card', 'Cash']);
  });

  test('keep their mappings', () => {
    const result = sliced(answering(ref('Answer')), { schemas });
    expect(at(result, 'components', 'schemas', 'Answer')['discriminator']).toEqual(schemas.Answer.discriminator);
  });

  test('keep what their mappings name without a path', () => {
    const named = copyOf(schemas);
    at(named, 'Answer', 'discriminator')['mapping'] = { card: 'Card', cash: 'Cash' };
    expect(kept(answering(ref('Answer')), named)).toEqual(['Answer', 'Card', 'Cash']);
  });

  test('keep mappings whose names mean something elsewhere', () => {
    const mapping = { example: '#/components/schemas/Card', 'x-cash': '#/components/schemas/Cash' };
    const named = copyOf(schemas);
    at(named, 'Answer', 'discriminator')['mapping'] = mapping;
    const result = sliced(answering(ref('Answer')), { schemas: named });
    expect(at(result, 'components', 'schemas', 'Answer', 'discriminator')['mapping']).toEqual(mapping);
  });
});

describe('references that lead nowhere', () => {
  test.each([
    '#/components/schemas/Nowhere',
    '#/components/schemas',
    '#/definitions/Refund',
    '#/components/schemas/Refund/properties/nowhere',
    '#',
    './other.yaml',
    'https://acme.example/refund.yaml',
    '#/__proto__/x/y',
    '#/components/schemas/__proto__',
  ])('%s is an error at the reference, where it is needed', ($ref) => {
    const schemas = { Refund: { type: 'object', properties: { id: { type: 'string' } } } };
    const document = documentWith({ 'POST /refunds': answering({ $ref }) }, { schemas });
    const result = slice(document, [{ name: 'createRefund', pointer: '/paths/~1refunds/post' }]);
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error R005']);
    expect(result.problems[0]?.message).toContain($ref);
    expect(result.problems[0]?.location?.pointer).toBe(
      '/paths/~1refunds/post/responses/200/content/application~1json/schema/$ref',
    );
    expect(result.problems[0]?.location?.frame).toContain($ref);
  });

  test('are nothing, where they are not needed', () => {
    const broken = { schema: { $ref: '#/components/schemas/Nowhere' } };
    const document = documentWith({ 'POST /refunds': {}, 'POST /other': broken }, { schemas: { Other: broken } });
    const result = slice(document, [{ name: 'createRefund', pointer: '/paths/~1refunds/post' }]);
    expect(result.ok).toBe(true);
    expect(result.problems).toEqual([]);
  });

  test('stop a whole pack in the slice, and are warnings outside of it', async () => {
    const pack = readPack('piriod');
    at(pack.spec, 'components', 'schemas')['Unused'] = ref('Nowhere');
    const outside = await compilePack(pack);
    expect(outside.ok).toBe(true);
    expect(outside.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R005']);

    at(pack.spec, 'components', 'schemas', 'Refund', 'properties')['extra'] = ref('Gone');
    const inside = await compilePack(pack);
    expect(inside.ok).toBe(false);
    const errors = inside.problems.filter(({ severity }) => severity === 'error');
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['R005']));
    for (const problem of errors) expect(where(problem)).toMatch(/^acme\.yaml:\d+:\d+$/);
  });

  test('a reference to another place of the document is no dead end', () => {
    const schema = { type: 'string' };
    const inline = { $ref: '#/paths/~1refunds/post/requestBody/content/application~1json/schema' };
    const operation = { requestBody: { content: { 'application/json': { schema } } }, ...answering(inline) };
    const document = documentWith({ 'POST /refunds': operation });
    const result = slice(document, [{ name: 'createRefund', pointer: '/paths/~1refunds/post' }]);
    // Whether it is supported is another question, but "leads nowhere" is not what is wrong with it.
    expect(result.problems.map(({ message }) => message).join('\n')).not.toContain('leads nowhere');
  });
});

test('a path behind a reference gives what the path itself gives', async () => {
  const pack = readPack('piriod');
  pack.spec['openapi'] = '3.1.0';
  const straight = valueFrom(await compilePack(pack));
  const paths = at(pack.spec, 'paths');
  at(pack.spec, 'components')['pathItems'] = { Refunds: paths['/refunds/'] ?? null };
  paths['/refunds/'] = { $ref: '#/components/pathItems/Refunds' };
  const referred = valueFrom(await compilePack(pack));
  for (const file of ['acme/types.ts', 'acme/client.ts']) expect(textOf(referred, file)).toBe(textOf(straight, file));
});

test.each(PACKS)('the order of keys decides nothing: %s', (name) => {
  const { spec } = readPack(name);
  const operations = Object.entries(at(spec, 'paths')).flatMap(([path, item]) =>
    Object.keys(at(item)).map((method) => ({
      name: `${method}It`,
      pointer: `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`,
    })),
  );
  const straight = slice(documentOf(spec), operations);
  const turned = slice(documentOf(at(reversed(spec))), [...operations].reverse());
  expect(JSON.stringify(valueFrom(turned))).toBe(JSON.stringify(valueFrom(straight)));
});

/** The same value with the keys of its objects in another order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, reversed(item)]);
  return Object.fromEntries(entries.reverse());
}
