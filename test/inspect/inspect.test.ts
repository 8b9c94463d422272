import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { runHere } from '../cli/here.js';
import { at, type Json, type JsonMap, listAt, writeJson } from '../fixtures/json.js';
import { PACKS, packFile } from '../fixtures/pack.js';
import { put, temporaryFolder } from '../output/folder.js';
import { ODD, SPECS } from './specs.js';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(await readFile('specs/inspection.schema.json', 'utf8')) as JsonMap,
);

/** What a terminal would act on. */
const CONTROL = /(?!\n)\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u;

async function withSpec(spec: Json | undefined, file = 'acme.json'): Promise<string> {
  const folder = await temporaryFolder();
  await put(folder, file, typeof spec === 'string' ? spec : writeJson(spec ?? null));
  return folder;
}

async function inspected(spec: Json | undefined): Promise<JsonMap> {
  const { exit, stdout } = await runHere(await withSpec(spec), 'inspect', 'acme.json', '--json');
  expect(exit).toBe(0);
  return at(JSON.parse(stdout) as Json);
}

describe('--json', () => {
  test.each(Object.entries({ ...SPECS, ...ODD }))('%s: fits its schema, twice the same', async (_, spec) => {
    const folder = await withSpec(spec);
    const first = await runHere(folder, 'inspect', 'acme.json', '--json');
    expect([first.exit, first.stderr]).toEqual([0, '']);
    validate(JSON.parse(first.stdout));
    expect(validate.errors ?? []).toEqual([]);
    expect(first.stdout).not.toMatch(CONTROL);
    expect((await runHere(folder, 'inspect', 'acme.json', '--json')).stdout).toBe(first.stdout);
  });

  test.each(PACKS)('the pack %s: fits its schema, and nothing is open', async (name) => {
    const { exit, stdout } = await runHere(await temporaryFolder(), 'inspect', `pack:${name}`, '--json');
    expect(exit).toBe(0);
    const found = at(JSON.parse(stdout) as Json);
    validate(found);
    expect(validate.errors ?? []).toEqual([]);
    expect([found['complete'], found['questions'], found['obstacles']]).toEqual([true, [], []]);
  });

  test('says what refunds, and what it says it by', async () => {
    const found = await inspected(SPECS['plain']);
    expect(found['create']).toEqual({
      method: 'POST',
      path: '/payments/{payment_id}/refunds',
      operationId: 'createRefund',
    });
    expect(found['paymentRef']).toMatchObject({ in: 'path', name: 'payment_id', required: true });
    expect(found['amount']).toMatchObject({
      field: 'body.amount',
      encoding: 'integer',
      unit: 'unknown',
      basis: 'none',
    });
    expect(found['reasons']).toEqual(['duplicate', 'requested']);
    expect(found['statuses']).toEqual([
      { raw: 'pending', status: null },
      { raw: 'done', status: null },
      { raw: 'failed', status: null },
    ]);
    expect(found['statusPlaces']).toEqual(['body.status']);
    expect(found['idempotency']).toMatchObject({ carrier: null, kind: 'unknown', replay: null, basis: 'none' });
    expect(found['auth']).toEqual([
      [{ scheme: 'key', kind: 'header', name: 'Authorization', prefix: 'Bearer ', credentials: ['token'] }],
    ]);
    expect(found['servers']).toEqual([{ name: 'production', url: 'https://api.acme.example/v1' }]);
    expect(found['spec']).toEqual({ file: 'acme.json', digest: null, overlay: null });
  });

  test('marks the operations that are used, and says why', async () => {
    const operations = listAt(await inspected(SPECS['plain']), 'operations').map((item) => at(item));
    expect(operations.map(({ chosen, operationId, role }) => [role, chosen, operationId])).toEqual([
      ['create', true, 'createRefund'],
      ['retrieve', true, expect.any(String)],
      ['retrieve', false, expect.any(String)],
    ]);
    const [reason] = listAt(operations[0] ?? null, 'reasons');
    expect(reason).toEqual({
      says: 'the path says refunds',
      weight: 5,
      at: { file: 'acme.json', pointer: '/paths/~1payments~1{payment_id}~1refunds/post', line: expect.any(Number) },
    });
  });

  test('points to the line of a field', async () => {
    const folder = await withSpec(SPECS['plain']);
    const { stdout } = await runHere(folder, 'inspect', 'acme.json', '--json');
    const { line } = at(JSON.parse(stdout) as Json, 'amount', 'place', 'evidence');
    const lines = writeJson(SPECS['plain'] ?? null).split('\n');
    expect(lines[Number(line) - 1]).toContain('"amount": {');
  });

  test('quotes the words that state a unit', async () => {
    const { amount } = await inspected(SPECS['swagger']);
    expect(amount).toMatchObject({
      unit: 'minor',
      basis: 'stated',
      evidence: { quote: expect.stringMatching(/cents/i) },
    });
  });

  test('says where a declared fact comes from', async () => {
    const { stdout } = await runHere(await temporaryFolder(), 'inspect', 'pack:piriod', '--json');
    const amount = at(JSON.parse(stdout) as Json, 'amount');
    expect(amount).toMatchObject({ unit: 'major', basis: 'declared' });
    expect(at(amount, 'evidence')).toMatchObject({
      pointer: '/actions/3/update/x-refund/amount/unit',
      source: expect.stringContaining('https://docs.piriod.com/'),
      date: '2026-11-21',
    });
  });

  test('writes places in bodies as paths', async () => {
    const { amount, currency, paymentRef } = await inspected(SPECS['nested']);
    expect(paymentRef).toMatchObject({ in: 'body', name: 'capture.payment_id' });
    expect(amount).toMatchObject({ field: 'body.transactions[].amount', encoding: 'string' });
    expect(currency).toMatchObject({ in: 'body', name: 'transactions[].currency' });
  });

  test('names what may carry a key, and claims nothing of it', async () => {
    const { idempotency, questions } = await inspected(SPECS['key in a header']);
    expect(idempotency).toMatchObject({
      carrier: { in: 'header', name: 'Idempotency-Key' },
      kind: 'unknown',
      replay: null,
    });
    const asked = (questions as Json[]).map((item) => at(item)).find(({ code }) => code === 'R033');
    expect(asked?.['says']).toEqual([expect.objectContaining({ text: 'Unique for each request.' })]);
  });

  test('asks which of several operations refunds', async () => {
    const { alternatives, create, questions } = await inspected(SPECS['several creates']);
    expect(create).toBeNull();
    expect(alternatives).toHaveLength(2);
    expect(questions).toEqual([
      expect.objectContaining({ code: 'R021', overlay: expect.stringContaining('create: "POST /a/refunds"') }),
    ]);
    expect(listAt((questions as Json[])[0] ?? null, 'says').map((item) => at(item)['text'])).toEqual([
      'POST /a/refunds: Refund a payment',
      'POST /b/refunds: Refund a payment',
    ]);
  });

  test('asks about the money first', async () => {
    const { questions } = await inspected(SPECS['wrapped']);
    const codes = (questions as Json[]).map((item) => String(at(item)['code']));
    expect(codes.indexOf('R030')).toBe(0);
    expect(codes.indexOf('R035')).toBe(1);
    expect(codes.indexOf('R031')).toBeLessThan(codes.indexOf('R033'));
  });

  test('holds no credential that an overlay fixes', async () => {
    const folder = await withSpec(SPECS['plain']);
    const scheme = { components: { securitySchemes: { key: { type: 'http', scheme: 'basic' } } } };
    const auth = { auth: { key: { username: { credential: 'apiKey' }, password: { fixed: 'hunter2' } } } };
    const from = { source: 'a test', date: '2026-11-21' };
    const actions = [{ target: '$', update: { ...scheme, 'x-refund': auth }, 'x-refund': from }];
    await put(folder, 'acme.overlay.json', writeJson({ overlay: '1.0.0', info: {}, actions }));
    for (const option of [[], ['--json']]) {
      const { exit, stdout } = await runHere(folder, 'inspect', 'acme.json', ...option);
      expect(exit).toBe(0);
      expect(stdout).toContain('apiKey');
      expect(stdout).not.toContain('hunter2');
    }
  });
});

describe('the page', () => {
  test.each(Object.entries({ ...SPECS, ...ODD }))('%s: is no wider than a terminal, and harmless', async (_, spec) => {
    const { exit, stderr, stdout } = await runHere(await withSpec(spec), 'inspect', 'acme.json');
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(CONTROL);
    // Lines to copy stay whole.
    const wide = stdout.split('\n').filter((line) => [...line].length > 100 && !line.startsWith('        '));
    expect(wide).toEqual([]);
  });

  test('says what is known, what is open, and where', async () => {
    const folder = await withSpec(SPECS['plain']);
    const { stdout } = await runHere(folder, 'inspect', 'acme.json');
    expect(stdout).toMatch(/^Acme Payments 1\.2\.0$/m);
    expect(stdout).toMatch(
      /^ {2}● create {4}POST \/payments\/\{payment_id\}\/refunds createRefund +assumed +acme\.json:\d+$/m,
    );
    expect(stdout).toMatch(/^ {14}\+5 the path says refunds +acme\.json:\d+$/m);
    expect(stdout).toMatch(/^ {2}payment {5}path\.payment_id, required, string +assumed +acme\.json:\d+$/m);
    expect(stdout).toMatch(/^ {4}unit {6}not known$/m);
    expect(stdout).toMatch(/^ {2}reason {6}body\.reason, duplicate, requested +assumed/m);
    expect(stdout).toContain('pending → ?');
    expect(stdout).toMatch(/^Open: what is refunded, and how much\n {2}R030 {2}does body\.amount count/m);
    expect(stdout).toContain('        - target: $\n');
  });

  test('lists the sources of declared facts once', async () => {
    const { stdout } = await runHere(await temporaryFolder(), 'inspect', 'pack:wooshpay');
    expect(stdout).toContain('every fact that a client needs is known');
    expect(stdout).toMatch(/declared {2}.*wooshpay\.overlay\.yaml:\d+ \[1\]$/m);
    expect(stdout.match(/^ {2}\[1\]/gm)).toHaveLength(1);
  });

  test('is the same for YAML', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'acme.yaml', await readFile(packFile('medusa', 'spec'), 'utf8'));
    const { exit, stdout } = await runHere(folder, 'inspect', 'acme.yaml');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^ {2}● create {4}POST \/admin\/payments\/\{id\}\/refund/m);
  });
});

describe('several specs', () => {
  test('are printed one after the other, and as an object by provider', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'a/openapi.json', writeJson(SPECS['plain'] ?? null));
    await put(folder, 'b/openapi.json', writeJson(SPECS['form'] ?? null));
    await put(folder, 'index.json', writeJson(SPECS['no create'] ?? null));
    const specs = ['a/openapi.json', 'b/openapi.json', 'index.json'];
    const page = await runHere(folder, 'inspect', ...specs);
    expect(page.exit).toBe(0);
    expect(page.stdout.match(/^Acme Payments 1\.2\.0$/gm)).toHaveLength(3);
    const { stdout } = await runHere(folder, 'inspect', '--json', ...specs);
    expect(Object.keys(at(JSON.parse(stdout) as Json))).toEqual(['openapi', 'openapi2', 'provider']);
  });

  test('of a configuration are an object by its names', async () => {
    const folder = await withSpec(SPECS['plain']);
    await put(folder, 'refundgen.config.mjs', 'export default { providers: { mine: { spec: "acme.json" } } };');
    const { exit, stdout } = await runHere(folder, 'inspect', '--json');
    expect(exit).toBe(0);
    expect(Object.keys(at(JSON.parse(stdout) as Json))).toEqual(['mine']);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['nothing', undefined, 'R001'],
    ['no YAML', 'a: [', 'R002'],
    ['no OpenAPI', 'a: 1', 'R003'],
  ])('%s is a problem', async (_, text, code) => {
    const folder = await temporaryFolder();
    if (text !== undefined) await put(folder, 'acme.json', text);
    for (const options of [[], ['--json']]) {
      const { exit, stderr, stdout } = await runHere(folder, 'inspect', 'acme.json', ...options);
      expect([exit, stdout]).toEqual([1, '']);
      expect(stderr).toContain(`error ${code}`);
    }
  });

  test('does not hide what can', async () => {
    const folder = await withSpec(SPECS['plain']);
    const { exit, stderr, stdout } = await runHere(folder, 'inspect', 'acme.json', 'nowhere.json', '--json');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R001');
    expect(Object.keys(at(JSON.parse(stdout) as Json))).toEqual(['acme']);
  });
});
