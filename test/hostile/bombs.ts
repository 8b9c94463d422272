import { at, type Json, type JsonMap, writeJson } from '../fixtures/json.js';

/** A document that is small for whoever sends it, and large for whoever reads it. */
export interface Bomb {
  readonly text: () => string;
  /** Codes of which the problems have one; none where the document is read, and does no harm. */
  readonly codes: readonly string[];
}

const COUNT = 100_000;

const HEAD = 'openapi: 3.1.0\ninfo: { title: A, version: "1" }\n';

function many(count: number, make: (index: number) => readonly [string, Json]): JsonMap {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
}

const TEXT: JsonMap = { type: 'string' };

/** A refund, with further fields of its body and its answer, and with named schemas. */
export function refundWith(body: JsonMap, answer: JsonMap = {}, schemas: JsonMap = {}): JsonMap {
  const content = (properties: JsonMap): JsonMap => ({
    'application/json': { schema: { type: 'object', properties } },
  });
  const responses = { '200': { description: 'Done', content: content({ id: TEXT, ...answer }) } };
  const requestBody = { required: true, content: content({ payment_id: TEXT, amount: { type: 'integer' }, ...body }) };
  return {
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    security: [{ Key: [] }],
    paths: {
      '/refunds': { post: { operationId: 'createRefund', summary: 'Create a refund', requestBody, responses } },
    },
    components: { schemas, securitySchemes: { Key: { type: 'http', scheme: 'bearer' } } },
  };
}

function refTo(name: string): JsonMap {
  return { $ref: `#/components/schemas/${name}` };
}

function inSchemas(make: () => JsonMap, first: string): () => string {
  return () => writeJson(refundWith({ x: refTo(first) }, { x: refTo(first) }, make()));
}

/** Anchors, each a list of ten of the one before: ten to the power of nine values. */
function aliases(): string {
  const lists = Array.from(
    { length: 9 },
    (_, index) => `x${index}: &a${index} [${`${index === 0 ? 1 : `*a${index - 1}`},`.repeat(10)}]\n`,
  );
  return HEAD + lists.join('');
}

function merges(): string {
  const maps = Array.from(
    { length: 2000 },
    (_, index) => `m${index + 1}: &m${index + 1} { <<: [*m${index}, *m${index}], z${index}: 1 }\n`,
  );
  return `${HEAD}m0: &m0 { ${Array.from({ length: 100 }, (_, index) => `k${index}: 1`).join(', ')} }\n${maps.join('')}`;
}

/** A schema that is made of itself, in as many ways as there are. */
function itself(times: number): JsonMap {
  const list = Array.from({ length: times }, () => refTo('A'));
  return { A: { allOf: list, anyOf: list, oneOf: list } };
}

function withParameters(count: number): string {
  const value = refundWith({});
  const parameters = Array.from({ length: count }, (_, index) => ({ name: `q${index}`, in: 'query', schema: TEXT }));
  at(value, 'paths', '/refunds', 'post')['parameters'] = parameters;
  return writeJson(value);
}

function json(inside: string): string {
  return `{"openapi":"3.1.0","x":${inside},"paths":{}}`;
}

/** A number in the places of numbers, as no JSON writer would write it. */
function withNumber(number: string): string {
  const value = refundWith({
    n: { type: 'integer', minimum: '@', maximum: '@', enum: ['@'], default: '@', multipleOf: '@' },
    t: { type: 'string', minLength: '@', maxLength: '@' },
    l: { type: 'array', items: TEXT, minItems: '@', maxItems: '@' },
  });
  return writeJson(value).replaceAll('"@"', number).replace('"version": "1"', `"version": ${number}`);
}

const LARGE = ['R002', 'R004'];

export const BOMBS: Readonly<Record<string, Bomb>> = {
  'aliases of aliases': { text: aliases, codes: LARGE },
  'aliases of aliases as a key': { text: () => `${aliases()}? *a8\n: 1\n`, codes: LARGE },
  'an alias of itself': { text: () => `${HEAD}x: &a [*a]\n`, codes: LARGE },
  'merge keys of merge keys': { text: merges, codes: LARGE },
  'lists in lists, as JSON': { text: () => json('['.repeat(COUNT) + ']'.repeat(COUNT)), codes: LARGE },
  'objects in objects, as JSON': { text: () => json(`${'{"a":'.repeat(COUNT)}1${'}'.repeat(COUNT)}`), codes: LARGE },
  'lists in lists, as YAML': { text: () => `${HEAD}x: ${'['.repeat(COUNT)}${']'.repeat(COUNT)}\n`, codes: LARGE },
  'lists in lists, as lines of YAML': { text: () => `${HEAD}x:\n${'- '.repeat(COUNT)}1\n`, codes: LARGE },
  'lists that nobody ends': { text: () => json('['.repeat(900_000)), codes: LARGE },
  'fields of a request': {
    text: () => writeJson(refundWith(many(COUNT, (index) => [`p${index}`, TEXT]))),
    codes: ['R004'],
  },
  'fields of an answer': {
    text: () =>
      writeJson(
        refundWith(
          {},
          many(COUNT, (index) => [`p${index}`, TEXT]),
        ),
      ),
    codes: ['R004'],
  },
  parameters: { text: () => withParameters(COUNT), codes: ['R004'] },
  'fields that lead nowhere': {
    text: () => writeJson(refundWith(many(4000, (index) => [`p${index}`, refTo(`N${index}`)]))),
    codes: ['R005'],
  },
  'a chain of references': {
    text: inSchemas(
      () => many(COUNT, (index) => [`S${index}`, index === COUNT - 1 ? TEXT : refTo(`S${index + 1}`)]),
      'S0',
    ),
    codes: ['R005', 'R030'],
  },
  'a circle of schemas': {
    text: inSchemas(
      () =>
        many(COUNT, (index) => [`S${index}`, { type: 'object', properties: { a: refTo(`S${(index + 1) % COUNT}`) } }]),
      'S0',
    ),
    codes: ['R030'],
  },
  'a schema of itself': { text: inSchemas(() => itself(8), 'A'), codes: ['R030'] },
  'a schema of itself, very often': { text: inSchemas(() => itself(1000), 'A'), codes: ['R030'] },
  'fields of itself': {
    text: inSchemas(() => ({ A: { type: 'object', properties: many(60, (index) => [`p${index}`, refTo('A')]) } }), 'A'),
    codes: ['R030'],
  },
  values: {
    text: () =>
      writeJson(
        refundWith({ reason: { type: 'string', enum: Array.from({ length: COUNT }, (_, index) => `v${index}`) } }),
      ),
    codes: ['R030'],
  },
  operations: {
    text: () => {
      const value = refundWith({});
      Object.assign(
        at(value, 'paths'),
        many(COUNT, (index) => [`/x${index}`, { post: { responses: {} } }]),
      );
      return writeJson(value);
    },
    codes: ['R030'],
  },
  'empty objects': { text: () => json(`[${'{},'.repeat(10_000_000)}1]`), codes: ['R004'] },
  'empty lists': { text: () => json(`[${'[],'.repeat(10_000_000)}1]`), codes: ['R004'] },
  numbers: { text: () => json(`[${'0,'.repeat(15_000_000)}1]`), codes: ['R004'] },
  'lines of YAML': { text: () => `${HEAD}x:\n${'- 1\n'.repeat(8_000_000)}`, codes: ['R004'] },
  'a list of YAML': { text: () => `${HEAD}x: [${'a,'.repeat(15_000_000)}]\n`, codes: ['R004'] },
  'a key that stands very often': { text: () => `${HEAD}${'a: 1\n'.repeat(6_000_000)}`, codes: ['R004'] },
  'a number that is infinite': { text: () => withNumber('1e400'), codes: ['R003', 'R030'] },
  'a number of 400 digits': { text: () => withNumber('9'.repeat(400)), codes: ['R003', 'R030'] },
  'a number of 400 digits behind the point': {
    text: () => withNumber(`0.${'1'.repeat(400)}`),
    codes: ['R003', 'R030'],
  },
  'a description without end': {
    text: () =>
      writeJson(refundWith({ amount: { type: 'integer', description: 'in cents and not '.repeat(1_000_000) } })),
    codes: ['R030'],
  },
};
