import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { printTypes } from '../../generator/emit/types.js';
import { faultsOf, STRICTEST_OPTIONS } from '../fixtures/faults.js';
import { at, type Json, type JsonMap, keyed } from '../fixtures/json.js';
import { parse } from './syntax.js';

const TEXT: JsonMap = { type: 'string' };
const NUMBER: JsonMap = { type: 'number' };

function ref(name: string): JsonMap {
  return { $ref: `#/components/schemas/${name}` };
}

function documentOf(schemas: JsonMap, root: Json = ref('It'), version = '3.1.0'): JsonMap {
  const body = (): JsonMap => ({ content: { 'application/json': { schema: root } } });
  const post = { operationId: 'it', requestBody: body(), responses: { '200': { description: '', ...body() } } };
  return { openapi: version, info: { title: '', version: '1' }, paths: { '/it': { post } }, components: { schemas } };
}

/** Schemas that openapi-typescript stops at, or makes no type of: the schema `It`, others, and the type that `It` has. */
const TRAPS: readonly (readonly [string, Json, JsonMap, string])[] = [
  ['no type', { type: null }, {}, 'unknown'],
  ['a type that there is not', { type: 'any' }, {}, 'unknown'],
  ['types that there are not', { type: ['any', 'string'] }, {}, 'string'],
  ['no types', { type: [] }, {}, 'unknown'],
  ['a type and null', { type: ['string', null] }, {}, 'string | null'],
  ['only null', { type: ['null'] }, {}, 'null'],
  ['true', true, {}, 'unknown'],
  ['false', false, {}, 'never'],
  ['null', null, {}, 'unknown'],
  ['a text', 'string', {}, 'unknown'],
  ['a list', [], {}, 'unknown'],
  ['no alternatives', { oneOf: [] }, {}, 'unknown'],
  ['alternatives that are none', { type: 'string', oneOf: [], anyOf: {} }, {}, 'string'],
  ['true as one of many', { anyOf: [true, TEXT] }, {}, 'unknown | string'],
  ['false as one of many', { oneOf: [false, TEXT] }, {}, 'string'],
  ['true as one of all', { allOf: [true, TEXT] }, {}, 'unknown & string'],
  ['false as one of all', { allOf: [TEXT, false] }, {}, 'never'],
  ['values of several types', { enum: ['a', 1, true, null] }, {}, '"a" | 1 | true | null'],
  ['values that may be null', { type: 'string', nullable: true, enum: ['a', null] }, {}, '"a" | null'],
  ['values of a type that may be null', { type: ['string', 'null'], enum: ['a'] }, {}, '"a" | null'],
  ['no values', { type: 'string', enum: [] }, {}, 'string'],
  ['values that are no list', { type: 'string', enum: 'a' }, {}, 'string'],
  ['values of an object', { type: 'object', enum: ['a'] }, {}, 'Record<string, unknown>'],
  ['values next to fields', { type: 'string', enum: ['a'], additionalProperties: false }, {}, '"a"'],
  ['a value that is null', { const: null }, {}, 'null'],
  ['a value that is an object', { const: { a: 1 } }, {}, '{ a: 1; }'],
  ['nullable', { type: 'string', nullable: true }, {}, 'string | null'],
  ['required that is no list', { type: 'object', required: true, properties: { a: TEXT } }, {}, '{ a?: string; }'],
  ['fields that are none', { type: 'object', properties: [] }, {}, 'Record<string, unknown>'],
  [
    'a field that is none',
    { properties: { a: null, b: 'x', c: true } },
    {},
    '{ a?: unknown; b?: unknown; c?: unknown; }',
  ],
  ['a field that nobody has', { properties: { a: false } }, {}, '{ a?: never; }'],
  ['items without a type', { items: TEXT }, {}, 'string[]'],
  ['items that are none', { type: 'array', items: null }, {}, 'unknown[]'],
  ['a tuple', { type: 'array', prefixItems: [TEXT, NUMBER] }, {}, '[ string, number ]'],
  ['a tuple of old', { type: 'array', items: [TEXT, NUMBER] }, {}, '[ string, number ]'],
  ['an empty tuple', { type: 'array', prefixItems: [], items: [] }, {}, 'unknown[]'],
  [
    'a discriminator of Swagger 2.0',
    { allOf: [{ discriminator: 'kind', properties: { kind: TEXT } }] },
    {},
    '{ kind?: string; }',
  ],
  [
    'a mapping of no text',
    { oneOf: [ref('A')], discriminator: { propertyName: 'kind', mapping: { a: 7 } } },
    { A: { type: 'object', properties: { kind: TEXT } } },
    'components["schemas"]["A"]',
  ],
  [
    'a mapping to what is not there',
    { oneOf: [ref('A')], discriminator: { propertyName: 'kind', mapping: { a: 'A', b: ref('B')['$ref'] ?? '' } } },
    { A: { type: 'object', properties: { kind: TEXT } } },
    'components["schemas"]["A"]',
  ],
  ['itself', ref('It'), {}, 'unknown'],
  ['itself as one of many', { oneOf: [TEXT, ref('It')] }, {}, 'string'],
  ['a list of itself', { type: 'array', items: ref('It') }, {}, 'unknown[]'],
  ['itself in a field', { properties: { next: ref('It') } }, {}, '{ next?: components["schemas"]["It"]; }'],
  ['itself in a map', { additionalProperties: ref('It') }, {}, '{ [key: string]: components["schemas"]["It"]; }'],
  ['another that is itself', ref('A'), { A: ref('It') }, 'components["schemas"]["A"]'],
  [
    'its alternatives, which inherit from it',
    { properties: { a: TEXT }, oneOf: [ref('A')] },
    { A: { allOf: [ref('It'), { properties: { b: TEXT } }] } },
    '{ a?: string; } & components["schemas"]["A"]',
  ],
  ...[
    '400',
    '1e3',
    'Infinity',
    'a.b',
    'a/b',
    'a~b',
    'a b',
    'a%b',
    'a#b',
    'a#/b',
    '返金',
    "it's",
    '"',
    '__proto__',
    'constructor',
  ].map(
    (name) =>
      [
        `a schema named ${name}`,
        ref(name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25').replaceAll('#', '%23')),
        keyed(name, { type: 'object', properties: { a: { type: 'string', readOnly: true } } }),
        /^(Infinity|400)$/.test(name)
          ? `components["schemas"]["${name}"]`
          : `components["schemas"][${JSON.stringify(name).replaceAll(/[^ -~]/g, escapedCharacter)}]`,
      ] as const,
  ),
];

describe('a schema that is', () => {
  const printed = new Map<string, string>();

  beforeAll(async () => {
    for (const [what, schema, others] of TRAPS) {
      printed.set(what, await printTypes(documentOf({ It: schema, ...others }, ref('It'))));
    }
  });

  test.each(TRAPS)('%s has a type', (what, _schema, _others, type) => {
    expect(typeOf(printed.get(what) ?? '', 'It')).toBe(type);
  });

  test('any of them compiles', () => {
    expect(typeErrors([...printed.values()])).toEqual([]);
  });

  test('any of them, without a name, compiles', async () => {
    const texts: string[] = [];
    for (const [, schema, others] of TRAPS) {
      texts.push(await printTypes(documentOf({ It: TEXT, ...others }, { properties: { inside: schema } }, '3.0.3')));
    }
    expect(typeErrors(texts)).toEqual([]);
  });
});

describe('discriminators', () => {
  const card = (values: Json[]): JsonMap => ({
    type: 'object',
    properties: { kind: { type: 'string', enum: values } },
  });

  test('give alternatives their value', async () => {
    const It = { oneOf: [ref('Card')], discriminator: { propertyName: 'kind', mapping: { card: 'Card' } } };
    const text = await printTypes(documentOf({ It, Card: { type: 'object', properties: { kind: TEXT } } }));
    expect(typeOf(text, 'Card')).toContain('kind: "card"');
  });

  test('say nothing where the alternatives say other values', async () => {
    const It = { oneOf: [ref('Card')], discriminator: { propertyName: 'kind' } };
    const text = await printTypes(documentOf({ It, Card: card(['credit', 'debit']) }));
    expect(typeOf(text, 'Card')).toContain('kind?: "credit" | "debit"');
  });

  test('do not make a text of a number', async () => {
    const It = {
      oneOf: [ref('Card')],
      discriminator: { propertyName: 'kind', mapping: { '1': ref('Card')['$ref'] ?? '' } },
    };
    const text = await printTypes(documentOf({ It, Card: { type: 'object', properties: { kind: NUMBER } } }));
    expect(typeOf(text, 'Card')).toContain('kind?: number');
  });
});

test('types of a schema that is only sent have no second name', async () => {
  const document = documentOf({ It: TEXT, Body: { properties: { id: { ...TEXT, readOnly: true }, a: TEXT } } });
  at(document, 'paths', '/it', 'post', 'requestBody', 'content', 'application/json')['schema'] = ref('Body');
  const text = await printTypes(document);
  expect(typeOf(text, 'Body')).toBe('{ a?: string; }');
  expect(text).not.toContain('BodyRequest');
});

test.each(['3.0.0', '3.0.4', '3.1.1', '3.2.0'])('OpenAPI %s has types', async (version) => {
  expect(typeOf(await printTypes(documentOf({ It: TEXT }, ref('It'), version)), 'It')).toBe('string');
});

test('a default cannot become a tag of its comment', async () => {
  const text = await printTypes(
    documentOf({ It: { properties: { a: { type: 'string', default: 'a\n@deprecated */' } } } }),
  );
  expect(text).not.toMatch(/^\s*\*?\s*@deprecated/m);
});

/** The type of a named schema, on one line. */
function typeOf(text: string, name: string): string {
  for (const statement of parse(text).statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== 'components') continue;
    const [schemas] = statement.members;
    if (schemas === undefined || !ts.isPropertySignature(schemas) || schemas.type === undefined) continue;
    if (!ts.isTypeLiteralNode(schemas.type)) continue;
    const found = schemas.type.members.find((member) => member.name?.getText() === name);
    if (found !== undefined && ts.isPropertySignature(found)) {
      return found.type?.getText().replaceAll(/\s+/g, ' ') ?? '';
    }
  }
  return '';
}

/** What the compiler has to say, at its strictest. */
function typeErrors(modules: readonly string[]): readonly string[] {
  const texts = new Map(modules.map((text, index) => [`/types${index}.mts`, text]));
  return faultsOf([...texts.keys()], STRICTEST_OPTIONS, texts);
}

/** A character as the printer of TypeScript writes it. */
function escapedCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
