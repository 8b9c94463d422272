import { beforeAll, expect, test } from 'vitest';
import { assumedAt, factAt, locationOf, type SpecDocument } from '../../generator/load/spec-document.js';
import { action } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';
import { loadFiles } from './load-files.js';

const SPEC = `openapi: 3.0.3
info:
  title: Acme
  version: "1"
servers:
  - url: https://one.example
  - url: https://two.example
paths: {}
components: {}
`;

const OVERLAY = `overlay: 1.0.0
actions:
  - target: $
    update:
      x-refund:
        amount:
          unit: minor
    x-refund: { source: The manual, date: 2026-01-02 }
  - target: $
    update:
      x-refund:
        amount:
          full: omitted
        idempotency: none
    x-refund: { source: A letter, date: 2026-03-04 }
  - target: $.info
    update:
      title: Acme Refunds
    x-refund: { source: The website, date: 2026-05-06 }
  - target: $.servers
    update:
      url: https://three.example
    x-refund: { source: The portal, date: 2026-07-08 }
`;

let document: SpecDocument;

beforeAll(async () => {
  document = valueFrom(await loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': OVERLAY }));
});

test.each([
  ['/x-refund/amount/unit', '/actions/0/update/x-refund/amount/unit', 'The manual', '2026-01-02'],
  ['/x-refund/amount/full', '/actions/1/update/x-refund/amount/full', 'A letter', '2026-03-04'],
  ['/x-refund/idempotency', '/actions/1/update/x-refund/idempotency', 'A letter', '2026-03-04'],
  ['/info/title', '/actions/2/update/title', 'The website', '2026-05-06'],
  ['/servers/2', '/actions/3/update', 'The portal', '2026-07-08'],
  ['/servers/2/url', '/actions/3/update/url', 'The portal', '2026-07-08'],
])('%s is declared, by the action that put it there', (pointer, evidence, source, date) => {
  expect(factAt(document, pointer, 'value')).toEqual({
    value: 'value',
    basis: 'declared',
    evidence: { file: 'overlay.yaml', pointer: evidence },
    source,
    date,
  });
});

test.each(['/info/version', '/servers/0/url', '/paths', '/openapi'])('%s is stated by the spec', (pointer) => {
  const evidence = { file: 'spec.yaml', pointer };
  expect(factAt(document, pointer, 1)).toEqual({ value: 1, basis: 'stated', evidence });
});

test('what is assumed says so, wherever it is', () => {
  expect(assumedAt(document, '/info/title', 1).basis).toBe('assumed');
});

test('values are located in the file that they come from', () => {
  expect(locationOf(document, '/x-refund/amount/full')).toMatchObject({ line: 13, column: 17 });
  expect(locationOf(document, '/x-refund/amount/full').file).toMatch(/overlay\.yaml$/);
  expect(locationOf(document, '/info/version')).toMatchObject({ line: 4, column: 12 });
  expect(locationOf(document, '/info/version').file).toMatch(/spec\.yaml$/);
});

test('what is not there is located at what would hold it', () => {
  expect(locationOf(document, '/info/contact')).toMatchObject({ line: 3 });
  expect(locationOf(document, '/x-refund/amount/exponents').file).toMatch(/overlay\.yaml$/);
});

test('a fact is the same one wherever refundgen runs', () => {
  expect(JSON.stringify(factAt(document, '/info/title', 1))).not.toContain('refundgen-test');
});

test('an item of a list keeps its origin when an item before it is removed', async () => {
  const actions = [
    action('$.servers', { update: { url: 'https://three.example' } }),
    action('$.servers[0]', { remove: true }),
  ];
  const files = { 'spec.yaml': SPEC, 'overlay.yaml': { overlay: '1.0.0', actions } };
  const changed = valueFrom(await loadFiles(files));
  expect(changed.value['servers']).toEqual([{ url: 'https://two.example' }, { url: 'https://three.example' }]);
  expect(factAt(changed, '/servers/1/url', 1).basis).toBe('declared');
  expect(factAt(changed, '/servers/0/url', 1).basis).toBe('stated');
});

test('what is removed and put there again is declared by the last action', async () => {
  const actions = [
    action('$.info', { update: { 'x-note': { first: true } } }),
    action("$.info['x-note']", { remove: true }),
    { ...action('$.info', { update: { 'x-note': true } }), 'x-refund': { source: 'The last', date: '2026-11-21' } },
  ];
  const files = { 'spec.yaml': SPEC, 'overlay.yaml': { overlay: '1.0.0', actions } };
  const changed = valueFrom(await loadFiles(files));
  expect(factAt(changed, '/info/x-note', true).source).toBe('The last');
});
