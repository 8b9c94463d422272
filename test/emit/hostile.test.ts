import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { planConfig, planSpecs } from '../../generator/config.js';
import { type Compiled, compile } from '../../generator/generate.js';
import { isOutputPath } from '../../generator/output/output-path.js';
import type { Result } from '../../generator/problem.js';
import { at, type Json, type JsonMap, keyed, listAt, put } from '../fixtures/json.js';
import {
  actionsOf,
  compilePack,
  declare,
  factsWith,
  inFolder,
  PACKS,
  type Pack,
  type PackName,
  readPack,
  said,
} from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';
import { FEW_PAYLOADS, PAYLOADS } from './hostile-text.js';
import { actionsIn, Complaints, kindsOf, madeFiles, Twin } from './hostile-twin.js';
import { INVISIBLE, nodesOf, parse } from './syntax.js';

const HARMLESS = 'Harmless words';

type Injection = (pack: Pack, text: string) => void;

/** Keys of OpenAPI that hold text for people. */
const TEXTS = ['description', 'summary', 'title', '$comment', 'bearerFormat'];

/** Keys of OpenAPI that hold values by names of the author. */
const MAPS = new Set(['properties', 'schemas', 'responses', 'parameters', 'paths', 'content', 'securitySchemes']);

/** Every text that a schema may have. */
function addTexts(schema: JsonMap, text: string): void {
  Object.assign(schema, { title: text, description: text, $comment: text, example: text, examples: [text] });
  Object.assign(schema, { externalDocs: { url: text, description: text }, 'x-extension': text });
  if ('enum' in schema) return;
  schema['default'] = { ...keyed(text, text), properties: { description: text, title: text } };
}

/** Every text that a spec and an overlay have, and many more. */
function injectTexts(pack: Pack, text: string): void {
  const visit = (value: Json, isMap: boolean): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, false);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const key of TEXTS) if (!isMap && typeof value[key] === 'string') value[key] = text;
    const children = Object.entries(value);
    if (!isMap && ('type' in value || 'properties' in value) && !('in' in value)) addTexts(value, text);
    for (const [key, child] of children) if (key !== 'servers') visit(child, !isMap && MAPS.has(key));
  };
  visit(pack.spec, false);
  Object.assign(at(pack.spec, 'info'), { title: text, version: text, contact: { name: text } });
  Object.assign(pack.spec, { tags: [{ name: text, description: text }], 'x-extension': text });
  for (const item of actionsOf(pack)) {
    at(item)['description'] = text;
    at(item, 'x-refund')['source'] = text;
  }
  at(pack.overlay, 'info')['title'] = text;
  const effects = { duplicate: text, other: text };
  const [path = ''] = Object.keys(at(pack.spec, 'paths'));
  actionsOf(pack).push(declare({ reasons: { sideEffects: effects }, operations: { create: `POST ${path}` } }));
}

describe('mere text', () => {
  test.each(PACKS)('of the pack %s changes nothing but comments and literals', async (name) => {
    const injected = (text: string): Promise<Result<Compiled>> => {
      const pack = readPack(name);
      injectTexts(pack, text);
      return compilePack(pack);
    };
    const twin = new Twin(await injected(HARMLESS));
    // Between them, these two have all that the others have.
    for (const payload of name === 'chip' || name === 'wooshpay' ? PAYLOADS : FEW_PAYLOADS) {
      const compiled = valueFrom(await injected(payload));
      expect(twin.compare(compiled), payload).toEqual([]);
      expect(kindsOf(compiled), payload).toEqual(twin.kinds);
    }
  });
});

function schemasOf(pack: Pack): JsonMap {
  return at(pack.spec, 'components', 'schemas');
}

/** A reference to a component of any name. */
function refTo(kind: string, name: string): JsonMap {
  const encoded = encodeURIComponent(name).replaceAll('~', '~0').replaceAll('%2F', '~1');
  return { $ref: `#/components/${kind}/${encoded}` };
}

function firstCase(pack: Pack, status: string): JsonMap {
  return at(listAt(factsWith(pack, 'answers'), 'answers', status)[0] ?? null);
}

const TEXT: JsonMap = { type: 'string' };

/** A key of an `x-refund` place, which dots would divide. */
function segment(text: string): string {
  return text.replaceAll('.', '_');
}

const POST = ['paths', '/v1/refunds', 'post'] as const;

/** Places whose text is a name, and so may decide what is generated. Those of a group are tried together first. */
const GROUPS: readonly (readonly [string, PackName, Readonly<Record<string, Injection>>])[] = [
  [
    'names in schemas',
    'wooshpay',
    {
      'a request property': (pack, text) => put(at(schemasOf(pack), 'RefundCreate', 'properties'), text, { ...TEXT }),
      'a required request property': (pack, text) => {
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), `${text} too`, {
          type: 'object',
          properties: keyed(text, TEXT),
        });
        at(schemasOf(pack), 'RefundCreate')['required'] = [`${text} too`];
      },
      'an answer property': (pack, text) => put(at(schemasOf(pack), 'Refund', 'properties'), text, { ...TEXT }),
      'a required name': (pack, text) => put(at(schemasOf(pack), 'Refund'), 'required', [text]),
      'a pattern property': (pack, text) => put(at(schemasOf(pack), 'Refund'), 'patternProperties', keyed(text, TEXT)),
      'a schema': (pack, text) => {
        put(schemasOf(pack), text, { type: 'object', properties: { a: TEXT, b: { ...TEXT, readOnly: true } } });
        put(at(schemasOf(pack), 'Refund', 'properties'), 'named', refTo('schemas', text));
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'named', refTo('schemas', text));
      },
      'a response': (pack, text) => {
        put(at(pack.spec, 'components', 'responses'), text, { description: 'Failed' });
        put(at(pack.spec, ...POST, 'responses'), '404', refTo('responses', text));
      },
      'a response header': (pack, text) =>
        put(at(pack.spec, ...POST, 'responses'), '403', { description: 'No', headers: keyed(text, { schema: TEXT }) }),
      'a mapping': (pack, text) =>
        put(at(schemasOf(pack), 'Refund', 'properties'), 'choice', {
          oneOf: [{ $ref: '#/components/schemas/Error' }],
          discriminator: { propertyName: text, mapping: keyed(text, '#/components/schemas/Error') },
        }),
    },
  ],
  [
    'values in schemas',
    'wooshpay',
    {
      'a reason of the request': (pack, text) =>
        listAt(schemasOf(pack), 'RefundCreate', 'properties', 'reason', 'enum').push(text),
      'a reason of the answer': (pack, text) =>
        listAt(schemasOf(pack), 'Refund', 'properties', 'reason', 'enum').push(text),
      'an enum of anything': (pack, text) =>
        put(at(schemasOf(pack), 'Refund', 'properties'), 'a', { enum: [text, 1, null, { [text]: text }] }),
      'a constant': (pack, text) =>
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'constant', { ...TEXT, const: text }),
      'a pattern': (pack, text) =>
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'pattern', { ...TEXT, pattern: text }),
      'a format': (pack, text) =>
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'format', { ...TEXT, format: text }),
      'a default': (pack, text) =>
        put(at(schemasOf(pack), 'Refund', 'properties'), 'standard', { ...TEXT, default: text }),
      'a type': (pack, text) => put(at(schemasOf(pack), 'Refund', 'properties'), 'typed', { type: text, enum: [text] }),
      'several types': (pack, text) =>
        put(at(schemasOf(pack), 'Refund', 'properties'), 'types', { type: [text, 'string'], enum: [text] }),
      'a limit': (pack, text) =>
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'limit', {
          ...TEXT,
          minLength: text,
          maxLength: [text],
        }),
    },
  ],
  [
    'names of an operation',
    'wooshpay',
    {
      'the operation': (pack, text) => put(at(pack.spec, ...POST), 'operationId', text),
      'the other operation': (pack, text) =>
        put(at(pack.spec, 'paths', '/v1/refunds/{refund_id}', 'get'), 'operationId', text),
      'a query parameter': (pack, text) =>
        listAt(pack.spec, ...POST, 'parameters').push({ name: text, in: 'query', schema: TEXT }),
      'a parameter component': (pack, text) => {
        put(at(pack.spec, 'components', 'parameters'), text, { name: 'other', in: 'query', schema: TEXT });
        listAt(pack.spec, ...POST, 'parameters').push(refTo('parameters', text));
      },
      'a media type': (pack, text) =>
        put(at(pack.spec, ...POST, 'responses'), '404', { description: 'No', content: keyed(text, { schema: TEXT }) }),
      'a JSON media type': (pack, text) =>
        put(at(pack.spec, ...POST, 'responses'), '403', {
          description: 'No',
          content: keyed(`application/json;${text}`, { schema: TEXT }),
        }),
      'a callback and a link': (pack, text) => {
        put(at(pack.spec, ...POST), 'callbacks', keyed(text, keyed(text, { post: {} })));
        put(at(pack.spec, ...POST, 'responses'), '401', {
          description: 'No',
          links: keyed(text, { operationId: text }),
        });
      },
      'the other path': (pack, text) => {
        const paths = at(pack.spec, 'paths');
        put(paths, `/v1/refunds/{refund_id}/${text}`, { get: { operationId: 'other', responses: {} } });
      },
    },
  ],
  [
    'a connection',
    'wooshpay',
    {
      'a server': (pack, text) =>
        listAt(pack.spec, 'servers').push({ url: `https://acme.example/${text}`, description: 'Third' }),
      'what is said of a server': (pack, text) =>
        listAt(pack.spec, 'servers').push({ url: 'https://fourth.example', description: text }),
      'a fixed password': (pack, text) =>
        put(at(factsWith(pack, 'auth'), 'auth', 'BasicAuth'), 'password', { fixed: text.slice(0, 200) }),
    },
  ],
  [
    'facts about answers',
    'wooshpay',
    {
      'a code': (pack, text) =>
        listAt(factsWith(pack, 'errors'), 'errors', 'ambiguous').push({ status: 400, code: text }),
      'a kind': (pack, text) => put(at(factsWith(pack, 'errors'), 'errors'), 'kinds', keyed(text, 'declined')),
      'a status': (pack, text) => put(at(factsWith(pack, 'statuses'), 'statuses'), text, 'pending'),
      'a place of a code': (pack, text) => {
        const named = at(factsWith(pack, 'errors'), 'errors', 'body', 'named');
        Object.assign(named, {
          code: [`body.${segment(text)}`],
          message: `body.${segment(text)}.a`,
          field: `body.${segment(text)}.b`,
        });
      },
      'a key of metadata': (pack, text) => {
        put(at(factsWith(pack, 'request'), 'request'), 'reference', `body.metadata.${segment(text)}`);
        put(factsWith(pack, 'reconciliation'), 'reconciliation', {
          by: 'refund',
          reference: `body.metadata.${segment(text)}`,
        });
      },
      'a reason with an effect': (pack, text) =>
        actionsOf(pack).push(declare({ reasons: { sideEffects: keyed(text, text) } })),
      'a place of an answer': (pack, text) => {
        put(at(schemasOf(pack), 'Refund', 'properties'), segment(text), TEXT);
        put(firstCase(pack, '200'), 'note', `body.${segment(text)}`);
      },
    },
  ],
  [
    'facts about a payment',
    'chip',
    {
      'a value that tells shapes apart': (pack, text) => put(at(firstCase(pack, '200'), 'when'), 'body.type', text),
      'a place that tells shapes apart': (pack, text) =>
        put(at(firstCase(pack, '200'), 'when'), `body.${segment(text)}`, text),
      'a pending status': (pack, text) => listAt(factsWith(pack, 'payment'), 'payment', 'pending', 'values').push(text),
      'a definite failure': (pack, text) =>
        listAt(factsWith(pack, 'reconciliation'), 'reconciliation', 'definiteFailures').push(text),
      'the code of a failure': (pack, text) =>
        put(at(factsWith(pack, 'reconciliation'), 'reconciliation', 'failureAnswer'), 'code', text),
      'a key of errors': (pack, text) =>
        listAt(factsWith(pack, 'errors'), 'errors', 'body', 'keyed', 'general').push(text),
      'a total': (pack, text) => {
        put(at(schemasOf(pack), 'Purchase', 'properties'), segment(text), { type: 'integer' });
        put(at(factsWith(pack, 'payment'), 'payment'), 'total', `body.${segment(text)}`);
      },
    },
  ],
  [
    'a listed status',
    'piriod',
    {
      'with its class': (pack, text) => {
        listAt(schemasOf(pack), 'Refund', 'properties', 'status', 'enum').push(text);
        put(at(factsWith(pack, 'statuses'), 'statuses'), text, 'pending');
      },
    },
  ],
];

/** Places that only a few names fit in: the others are problems. */
const NARROW: readonly (readonly [string, PackName, string, Injection])[] = [
  [
    'a segment of the path',
    'wooshpay',
    'v2',
    (pack, text) => {
      const paths = at(pack.spec, 'paths');
      for (const path of ['/v1/refunds', '/v1/refunds/{refund_id}']) {
        put(
          paths,
          path.replace('/v1', () => `/v1/${text}`),
          paths[path] ?? null,
        );
        delete paths[path];
      }
      const action = actionsOf(pack).find((item) => String(at(item)['target']).endsWith('.parameters'));
      at(action ?? null)['target'] = '$..post.parameters';
    },
  ],
  [
    'a parameter of the path',
    'wooshpay',
    'refund',
    (pack, text) => {
      const paths = at(pack.spec, 'paths');
      put(paths, `/v1/refunds/{${text}}`, paths['/v1/refunds/{refund_id}'] ?? null);
      delete paths['/v1/refunds/{refund_id}'];
      at(listAt(at(paths, `/v1/refunds/{${text}}`, 'get'), 'parameters')[0] ?? null)['name'] = text;
    },
  ],
  [
    'a header parameter',
    'wooshpay',
    'X-Trace',
    (pack, text) => listAt(pack.spec, ...POST, 'parameters').push({ name: text, in: 'header', schema: TEXT }),
  ],
  [
    'where a parameter is',
    'wooshpay',
    'query',
    (pack, text) => listAt(pack.spec, ...POST, 'parameters').push({ name: 'other', in: text, schema: TEXT }),
  ],
  [
    'the status of an answer',
    'wooshpay',
    '410',
    (pack, text) => put(at(pack.spec, ...POST, 'responses'), text, { description: 'No' }),
  ],
  [
    'the host of a server',
    'wooshpay',
    'acme',
    (pack, text) => listAt(pack.spec, 'servers').push({ url: `https://${text}.example` }),
  ],
  [
    'a security scheme',
    'medusa',
    'Harmless',
    (pack, text) => {
      pack.spec['security'] = [keyed(text, []), { jwt_token: [] }];
      put(at(pack.spec, 'components', 'securitySchemes'), text, { type: 'apiKey', in: 'header', name: 'X-Key' });
    },
  ],
  [
    'the header of a key',
    'medusa',
    'X-Key',
    (pack, text) => put(at(pack.spec, 'components', 'securitySchemes', 'api_token'), 'name', text),
  ],
  [
    'the cookie of a key',
    'medusa',
    'sid',
    (pack, text) => put(at(pack.spec, 'components', 'securitySchemes', 'cookie_auth'), 'name', text),
  ],
  ['the version of OpenAPI', 'piriod', '', (pack, text) => put(pack.spec, 'openapi', `3.0.3${text}`)],
  [
    'the name of the provider',
    'piriod',
    'Acme',
    (pack, text) => put(at(factsWith(pack, 'provider'), 'provider'), 'name', text),
  ],
  [
    'a credential',
    'piriod',
    'key',
    (pack, text) => put(at(factsWith(pack, 'auth'), 'auth', 'TokenAuth'), 'credential', text),
  ],
  ['a prefix', 'piriod', 'Key ', (pack, text) => put(at(factsWith(pack, 'auth'), 'auth', 'TokenAuth'), 'prefix', text)],
  [
    'a setting',
    'piriod',
    'test',
    (pack, text) => put(at(factsWith(pack, 'settings'), 'settings', 'x-piriod-test-mode'), 'name', text),
  ],
  [
    'the header of a key of a refund',
    'wooshpay',
    'Idempotency-Key',
    (pack, text) => put(at(factsWith(pack, 'idempotency'), 'idempotency'), 'header', text),
  ],
  [
    'a currency',
    'medusa',
    'MGA',
    (pack, text) => put(at(factsWith(pack, 'amount'), 'amount', 'exponents'), 'overrides', keyed(text, 0)),
  ],
  [
    'the day of a fact',
    'piriod',
    '2026-11-21',
    (pack, text) => put(at(actionsOf(pack)[0] ?? null, 'x-refund'), 'date', text),
  ],
  ['the target of an action', 'piriod', '$', (pack, text) => put(at(actionsOf(pack)[0] ?? null), 'target', text)],
];

function compileWith(name: PackName, text: string, injections: readonly Injection[]): Promise<Result<Compiled>> {
  const pack = readPack(name);
  for (const inject of injections) inject(pack, text);
  return compilePack(pack);
}

describe('names', () => {
  test.each(GROUPS)('%s', async (_, name, places) => {
    const all = Object.values(places);
    const twin = new Twin(await compileWith(name, HARMLESS, all));
    const found = new Complaints();
    for (const payload of PAYLOADS) {
      const together = await compileWith(name, payload, all).catch(() => undefined);
      if (together?.ok && twin.compare(together.value).length === 0) continue;
      for (const [place, inject] of Object.entries(places)) {
        found.add(payload, await twin.complaints(() => compileWith(name, payload, [inject])), place);
      }
    }
    expect(found.list()).toEqual([]);
  });

  test.each(NARROW)('%s', async (_, name, harmless, inject) => {
    const twin = new Twin(await compileWith(name, harmless, [inject]));
    const found = new Complaints();
    for (const payload of FEW_PAYLOADS) {
      found.add(payload, await twin.complaints(() => compileWith(name, payload, [inject])));
    }
    expect(found.list()).toEqual([]);
  });

  test('of files', async () => {
    const { spec, overlay } = readPack('piriod');
    const named = (name: string): Promise<Result<Compiled>> =>
      inFolder({ [`${name}.yaml`]: spec, [`${name}.overlay.yaml`]: overlay }, (folder) =>
        compile([{ id: 'acme', spec: `${folder}/${name}.yaml`, overlay: `${folder}/${name}.overlay.yaml` }]),
      );
    const twin = new Twin(await named('acme'));
    const found = new Complaints();
    for (const payload of FEW_PAYLOADS) {
      const file = payload.replaceAll(/[/\0]/g, '_').slice(0, 60);
      found.add(payload, await twin.complaints(() => named(file)));
    }
    expect(found.list()).toEqual([]);
  });

  test('that are very long', async () => {
    const long = 'aB3'.repeat(400);
    const pack = readPack('wooshpay');
    put(at(pack.spec, ...POST), 'operationId', long);
    put(at(pack.spec, 'paths', '/v1/refunds/{refund_id}', 'get'), 'operationId', long);
    put(at(schemasOf(pack), 'RefundCreate', 'properties'), long, TEXT);
    put(schemasOf(pack), long, { type: 'object' });
    put(at(schemasOf(pack), 'Refund', 'properties'), 'long', refTo('schemas', long));
    const twin = new Twin(await compilePack(readPack('wooshpay')));
    expect(twin.compare(valueFrom(await compilePack(pack)))).toEqual([]);
  });
});

describe('what a person cannot see is nowhere in generated code', () => {
  const invisible = PAYLOADS.filter((payload) => INVISIBLE.test(payload));

  async function shownBy(compiling: (payload: string) => Promise<Result<Compiled>>): Promise<readonly string[]> {
    const found = new Complaints();
    for (const payload of invisible) {
      const { files } = valueFrom(await compiling(payload));
      found.add(
        payload,
        files.filter(({ text }) => INVISIBLE.test(text)).map(({ path }) => path),
      );
    }
    return found.list();
  }

  test.each(GROUPS)('%s', async (_, name, places) => {
    expect(await shownBy((payload) => compileWith(name, payload, Object.values(places)))).toEqual([]);
  });

  test('texts', async () => {
    expect(await shownBy((payload) => compileWith('wooshpay', payload, [injectTexts]))).toEqual([]);
  });
});

test('numbers that JSON does not have', async () => {
  const text = JSON.stringify(readPack('piriod').spec);
  const { overlay } = readPack('piriod');
  for (const number of ['.nan', '.inf', '-.inf', '1e999']) {
    const spec = text.replace('"maxLength":64', `"maxLength":${number}`);
    const result = await inFolder({ 'acme.yaml': spec, 'acme.overlay.yaml': overlay }, (folder) =>
      compile([{ id: 'acme', spec: `${folder}/acme.yaml`, overlay: `${folder}/acme.overlay.yaml` }]),
    );
    const client = result.ok ? result.value.files.filter(({ path }) => path.startsWith('acme/')) : [];
    const names = client.flatMap((file) => nodesOf(parse(file.text)).filter(ts.isIdentifier)).map((name) => name.text);
    expect(names).not.toContain('NaN');
    expect(names).not.toContain('Infinity');
  }
});

describe('provider ids', () => {
  const wrong = PAYLOADS.filter((payload) => payload !== 'constructor');

  test.each([...wrong, '', '.', '..', 'runtime', 'A', 'a/b', 'a b', 'nul'])('%j in a configuration', (id) => {
    const result = planConfig({ providers: keyed(id, { spec: 'acme.yaml' }) }, '.');
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ code }) => code)).toEqual(['R044']);
  });

  test.each(PAYLOADS)('%j as the name of a spec names a folder, or nothing', (payload) => {
    for (const spec of [payload, `${payload}.yaml`, `pack:${payload}`, `specs/${payload}.json`]) {
      const result = planSpecs([spec], undefined, '.');
      for (const { id } of result.ok ? result.value.inputs : []) {
        expect(isOutputPath(`${id}/client.ts`)).toBe(true);
        expect(id).toMatch(/^[a-z][a-z\d-]*$/);
      }
      if (result.ok) continue;
      expect(result.problems).not.toEqual([]);
      // `pack:…` may name no pack, beside a name that cannot be used.
      for (const problem of said(result.problems))
        expect(problem).toMatch(spec.startsWith('pack:') ? /^R0(44|60) / : /^R044 /);
    }
  });

  test.each(['constructor', 'to-string', 'has-own-property', 'create', 'types'])(
    '%s names one like any other',
    async (id) => {
      const done = (result: Result<Compiled>): readonly string[] =>
        madeFiles(valueFrom(result)).flatMap(({ file }) => actionsIn(file));
      expect([...done(await compilePack(readPack('piriod'), id))].sort()).toEqual(
        [...done(await compilePack(readPack('piriod')))].sort(),
      );
    },
  );
});
