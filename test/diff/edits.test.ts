import path from 'node:path';
import { expect, test } from 'vitest';
import { analyse } from '../../generator/analyse.js';
import { contractOf } from '../../generator/diff/contract.js';
import { diffProviders, type ProviderDiff } from '../../generator/diff/diff.js';
import { diffJson, diffMarkdown, diffText } from '../../generator/diff/print.js';
import type { Paint } from '../../generator/paint.js';
import { at, copyOf, type JsonMap, listAt } from '../fixtures/json.js';
import { inFolder, type PackName, readPack } from '../fixtures/pack.js';
import { failuresOf, valueFrom } from '../output/folder.js';

const same = (text: string): string => text;
const PLAIN: Paint = { bold: same, dim: same, green: same, yellow: same, red: same, cyan: same };

/** What the command line says where a provider publishes its spec anew, and the overlay stays as it is. */
function published(name: PackName, change: (spec: JsonMap) => void): Promise<readonly ProviderDiff[]> {
  const before = readPack(name);
  const spec = copyOf(before.spec);
  change(spec);
  const files = { 'old.yaml': before.spec, 'acme.yaml': spec, 'acme.overlay.yaml': before.overlay };
  return inFolder(files, async (folder) => {
    const overlay = path.join(folder, 'acme.overlay.yaml');
    const inputs = [{ id: 'acme', spec: path.join(folder, 'acme.yaml'), overlay }];
    return valueFrom(await diffProviders(inputs, { kind: 'file', file: path.join(folder, 'old.yaml') }));
  });
}

function linesOf(diffs: readonly ProviderDiff[]): readonly string[] {
  return diffs.flatMap(({ changes }) =>
    changes.map(({ grade, kind, question, subject }) =>
      [grade, kind, subject, ...(question === null ? [] : [question])].join(' '),
    ),
  );
}

test('a new status stops generating, and the question is named', async () => {
  const diffs = await published('piriod', (spec) => {
    const text = JSON.stringify(spec).replace('["failed","succeeded"]', '["failed","reversed","succeeded"]');
    Object.assign(spec, JSON.parse(text));
  });
  expect(linesOf(diffs)).toEqual(['money added status reversed R032']);
  expect(diffs[0]?.stops.map(({ code }) => code)).toEqual(['R032']);
  await expect(diffText(diffs, PLAIN)).toMatchFileSnapshot('status.txt.snap');
});

test('a new required field, a reason that is gone and a server that has moved are told apart', async () => {
  const diffs = await published('wooshpay', (spec) => {
    const body = at(spec, 'components', 'schemas', 'RefundCreate');
    at(body, 'properties')['channel'] = { type: 'string', maxLength: 20 };
    at(body, 'properties')['expand'] = { type: 'boolean' };
    body['required'] = ['channel'];
    listAt(body, 'properties', 'reason', 'enum').shift();
    at(spec, 'servers', 0)['url'] = 'https://api2.wooshpay.com';
    at(spec, 'info')['version'] = '2025-01-01';
  });
  expect(linesOf(diffs)).toEqual([
    'money changed server live',
    'breaking added request body.channel',
    'breaking removed reason duplicate',
    'harmless added request body.expand',
  ]);
  await expect(diffText(diffs, PLAIN)).toMatchFileSnapshot('edited.txt.snap');
  await expect(diffMarkdown(diffs)).toMatchFileSnapshot('edited.md.snap');
  await expect(diffJson(diffs)).toMatchFileSnapshot('edited.json.snap');
});

test('another type of the amount is about money', async () => {
  const diffs = await published('piriod', (spec) => {
    const text = JSON.stringify(spec).replace('"amount":{"type":"number"', '"amount":{"type":"string"');
    Object.assign(spec, JSON.parse(text));
  });
  expect(linesOf(diffs).filter((line) => line.startsWith('money'))).toContain('money changed amount');
});

test('a spec that says the same in other words has no change for refunds', async () => {
  const diffs = await published('medusa', (spec) => {
    at(spec, 'info')['version'] = '99';
    at(spec, 'paths')['/something/else'] = { get: { responses: { '200': { description: 'Nothing of a refund.' } } } };
  });
  expect(linesOf(diffs)).toEqual([]);
  await expect(diffText(diffs, PLAIN)).toMatchFileSnapshot('nothing.txt.snap');
  expect(diffMarkdown(diffs)).toContain('No change for refunds.');
});

test('an operation that is gone is a change, and what the overlay no longer finds stops generating', async () => {
  const diffs = await published('chip', (spec) => {
    spec['paths'] = {};
  });
  expect(linesOf(diffs)).toEqual(['breaking removed client']);
  expect(diffs[0]?.stops.map(({ code }) => code)).toContain('R014');
});

test('a contract of the lock is compared as it is, and a provider that is not planned any more is gone', async () => {
  const input = { id: 'chip', spec: 'specs/chip.yaml', overlay: 'specs/chip.overlay.yaml' };
  const { draft } = await analyse(input);
  if (draft === undefined) throw new Error('nothing is known');
  const { facts, spec } = contractOf(draft);
  const unit = facts.map((fact) => (fact.subject === 'amount unit' ? { ...fact, value: 'major' } : fact));
  const contracts = new Map([
    ['chip', { facts: unit, spec }],
    ['gone', { facts, spec }],
  ]);
  const diffs = valueFrom(await diffProviders([input], { kind: 'contracts', contracts }));
  expect(linesOf(diffs)).toEqual(['money changed amount unit', 'breaking removed client']);
  const [change] = diffs[0]?.changes ?? [];
  expect(change?.before?.place.line).toBeNull();
  expect(change?.after?.place.line).toBeGreaterThan(1);
  // A client of the operations only is compared with one.
  const native = new Map([['chip', contractOf(draft, 'native only')]]);
  expect(linesOf(valueFrom(await diffProviders([input], { kind: 'contracts', contracts: native })))).toEqual([]);
});

test('a file is compared with one spec only', async () => {
  expect(failuresOf(await diffProviders([], { kind: 'file', file: 'old.yaml' }))).toEqual([
    'R072 error a file is compared with one spec, and there are 0',
  ]);
});
