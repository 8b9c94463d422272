import { beforeAll, describe, expect, test } from 'vitest';
import { planConfig } from '../../generator/config.js';
import { compile } from '../../generator/generate.js';
import type { GeneratedFile } from '../../generator/generated-file.js';
import { faultsOf, STRICTEST_OPTIONS } from '../fixtures/faults.js';
import { at, type JsonMap, keyed, listAt, put } from '../fixtures/json.js';
import {
  actionsOf,
  compilePack,
  declare,
  factsWith,
  PACKS,
  type Pack,
  type PackName,
  packFile,
  readPack,
} from '../fixtures/pack.js';

const TEXT: JsonMap = { type: 'string' };

/** Requests and answers with one field more, which requests have to have. */
function withField(name: string): (pack: Pack) => void {
  return (pack) => {
    const schemas = at(pack.spec, 'components', 'schemas');
    put(at(schemas, 'Refund', 'properties'), name, TEXT);
    put(at(schemas, 'RefundCreate', 'properties'), name, TEXT);
    at(schemas, 'RefundCreate')['required'] = [name];
  };
}

/** Specs that differ from those of the packs in one thing: [what, pack, change, name of the provider]. */
const VARIANTS: readonly (readonly [string, PackName, (pack: Pack) => void, string])[] = [
  ...PACKS.map((name) => [`the pack ${name} alone`, name, () => {}, name] as const),
  [
    'an answer without a body',
    'piriod',
    (pack) => {
      const responses = at(pack.spec, 'paths', '/refunds/', 'post', 'responses');
      delete responses['201'];
      responses['204'] = { description: 'Done' };
      const facts = factsWith(pack, 'answers');
      facts['answers'] = { '204': [{ status: { is: 'pending' } }] };
      delete facts['statuses'];
    },
    'acme',
  ],
  ...['__proto__', 'constructor', 'a b', "it's", '0', 'class', 'x-y', ''].map(
    (field) => [`a field named ${JSON.stringify(field)}`, 'wooshpay', withField(field), 'acme'] as const,
  ),
  [
    'free reasons',
    'medusa',
    (pack) => {
      const actions = actionsOf(pack);
      actions.splice(
        actions.findIndex((item) => String(at(item)['target']).endsWith('.reason')),
        1,
      );
    },
    'acme',
  ],
  [
    'an amount inside another field',
    'piriod',
    (pack) => {
      const refund = at(pack.spec, 'components', 'schemas', 'Refund');
      const money = { type: 'object', required: ['value'], properties: { value: { type: 'integer' }, currency: TEXT } };
      put(at(refund, 'properties'), 'money', money);
      listAt(refund, 'required').push('money');
      delete at(refund, 'properties')['amount'];
      refund['required'] = ['payment', 'money', 'reason', 'receipt'];
      put(at(factsWith(pack, 'request'), 'request'), 'amount', 'body.money.value');
      const answer = at(listAt(factsWith(pack, 'answers'), 'answers', '201')[0] ?? null);
      Object.assign(answer, { amount: 'body.money.value', currency: 'body.money.currency' });
    },
    'acme',
  ],
  [
    'a required field that only the provider writes, behind a reference',
    'piriod',
    (pack) => {
      const schemas = at(pack.spec, 'components', 'schemas');
      schemas['Status'] = at(schemas, 'Refund', 'properties')['status'] ?? null;
      put(at(schemas, 'Refund', 'properties'), 'status', { $ref: '#/components/schemas/Status' });
      listAt(schemas, 'Refund', 'required').push('status');
    },
    'acme',
  ],
  [
    'a schema with a slash in its name',
    'piriod',
    (pack) => {
      const schemas = at(pack.spec, 'components', 'schemas');
      schemas['Refund/v1'] = schemas['Refund'] ?? null;
      const post = at(pack.spec, 'paths', '/refunds/', 'post');
      const ref = { $ref: '#/components/schemas/Refund~1v1' };
      at(post, 'requestBody', 'content', 'application/json')['schema'] = ref;
      at(post, 'responses', '201', 'content', 'application/json')['schema'] = ref;
      listAt(schemas, 'Refund/v1', 'required').push('status', 'id');
    },
    'acme',
  ],
  [
    'an answer of any success',
    'chip',
    (pack) => {
      at(pack.spec, 'paths', '/purchases/{id}/refund/', 'post', 'responses')['default'] = { description: 'Other' };
      at(pack.spec, 'paths', '/purchases/{id}/refund/', 'post', 'responses')['5XX'] = { description: 'Failed' };
    },
    'acme',
  ],
  [
    'a key that may be replayed',
    'wooshpay',
    (pack) => {
      factsWith(pack, 'idempotency')['idempotency'] = { header: 'Idempotency-Key', replay: { keyLifetimeHours: 24 } };
    },
    'acme',
  ],
  [
    'a setting that is called like a part of the configuration',
    'piriod',
    (pack) => {
      at(factsWith(pack, 'settings'), 'settings', 'x-piriod-test-mode')['name'] = 'timeoutMs';
      at(factsWith(pack, 'settings'), 'settings', 'x-simple-workspace')['name'] = 'fetch';
    },
    'acme',
  ],
  [
    'settings of one name',
    'piriod',
    (pack) => {
      at(factsWith(pack, 'settings'), 'settings', 'x-piriod-test-mode')['name'] = 'workspace';
    },
    'acme',
  ],
  [
    'credentials of one name that are needed together',
    'medusa',
    (pack) => {
      pack.spec['security'] = [{ api_token: [], jwt_token: [] }];
      actionsOf(pack).push(declare({ auth: { api_token: { credential: 'key' }, jwt_token: { credential: 'key' } } }));
    },
    'acme',
  ],
  ...['refund', 'money', 'outcome', 'create', 'journal', 'payment', 'provider', 'full', 'types', 'unknown'].map(
    (id) => [`a provider named ${id}`, 'piriod', () => {}, id] as const,
  ),
];

/**
 * What TypeScript says of generated files, by the folder that they are put into. Nothing is written. The runtime is the
 * same everywhere: it is checked once, and passed on to each folder.
 */
function checkFolders(folders: ReadonlyMap<string, readonly GeneratedFile[]>): ReadonlyMap<string, readonly string[]> {
  const texts = new Map([['/generated/package.json', '{ "type": "module" }']]);
  for (const [folder, files] of folders) {
    for (const file of files) {
      const isRuntime = file.path.startsWith('runtime/');
      if (isRuntime) texts.set(`/generated/${file.path}`, file.text);
      const shared = `export * from '../../${file.path.replace(/\.ts$/, '.js')}';`;
      texts.set(`/generated/${folder}/${file.path}`, isRuntime ? shared : file.text);
    }
  }
  const roots = [...folders.keys()].map((folder) => `/generated/${folder}/index.ts`);
  const said = faultsOf(roots, STRICTEST_OPTIONS, texts);
  const saidOf = (folder: string): readonly string[] =>
    said.filter((fault) => [folder, 'runtime'].some((name) => fault.startsWith(`/generated/${name}/`)));
  return new Map([...folders.keys()].map((folder) => [folder, saidOf(folder)]));
}

describe('generated code is valid TypeScript, types included, or a problem', () => {
  let said: ReadonlyMap<string, readonly string[]> = new Map();

  beforeAll(async () => {
    const folders = new Map<string, readonly GeneratedFile[]>();
    for (const [index, [, name, change, id]] of VARIANTS.entries()) {
      const pack = readPack(name);
      change(pack);
      const result = await compilePack(pack, id);
      if (result.ok) folders.set(`variant${index}`, result.value.files);
    }
    said = checkFolders(folders);
  }, 180_000);

  test.each(VARIANTS.map(([what], index) => [what, `variant${index}`] as const))('%s', (_, folder) => {
    expect(said.get(folder) ?? []).toEqual([]);
  });
});

test('the packs do compile, so that something is checked', async () => {
  for (const [what, name, change, id] of VARIANTS.slice(0, PACKS.length)) {
    const pack = readPack(name);
    change(pack);
    expect((await compilePack(pack, id)).ok, what).toBe(true);
  }
});

test.each([
  ['x1', 'x-1'],
  ['pay-2-go', 'pay-2go'],
])('two providers, %s and %s, do not declare the same names, or are a problem', async (...ids) => {
  const input = { spec: packFile('piriod', 'spec'), overlay: packFile('piriod', 'overlay') };
  const providers = { ...keyed(ids[0], input), ...keyed(ids[1], input) };
  const plan = planConfig({ providers }, '.');
  if (!plan.ok) return;
  const result = await compile(plan.value.inputs);
  const problems = result.ok ? checkFolders(new Map([['both', result.value.files]])).get('both') : [];
  expect(problems).toEqual([]);
});
