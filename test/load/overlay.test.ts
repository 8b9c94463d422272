import { describe, expect, test } from 'vitest';
import { discover } from '../../generator/discover/discover.js';
import type { SpecDocument } from '../../generator/load/spec-document.js';
import { readXRefund } from '../../generator/normalize/x-refund.js';
import type { Result } from '../../generator/problem.js';
import { at, type Json, type JsonMap, keyed } from '../fixtures/json.js';
import { action, where } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';
import { loadFiles, onlyProblem } from './load-files.js';

const SPEC = `openapi: 3.1.0
info:
  title: Acme
  version: "1"
  contact: { name: Somebody, url: https://acme.example }
servers:
  - url: https://one.example
  - url: https://two.example
  - url: https://three.example
paths:
  /refunds:
    post:
      operationId: createRefund
      tags: [refunds]
      parameters:
        - { name: trace, in: header, schema: { type: string } }
        - { name: dry, in: query, schema: { type: boolean } }
    get:
      operationId: listRefunds
      parameters: []
components: {}
`;

/** Loads the spec with an overlay of these actions. */
function overlaid(...actions: readonly Json[]): Promise<Result<SpecDocument>> {
  const overlay = { overlay: '1.0.0', info: { title: 'A test', version: '1' }, actions: [...actions] };
  return loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': overlay });
}

async function merged(...actions: readonly Json[]): Promise<JsonMap> {
  return at(valueFrom(await overlaid(...actions)).value as Json);
}

describe('update', () => {
  test('objects are merged, at every level', async () => {
    const result = await merged(action('$', { update: { info: { contact: { email: 'a@acme.example' } } } }));
    expect(result['info']).toEqual({
      title: 'Acme',
      version: '1',
      contact: { name: 'Somebody', url: 'https://acme.example', email: 'a@acme.example' },
    });
  });

  test('primitives are replaced', async () => {
    const result = await merged(action('$.info', { update: { title: 'Other', version: null } }));
    expect(at(result, 'info')).toMatchObject({ title: 'Other', version: null });
  });

  test('a list in an update is appended', async () => {
    const result = await merged(action("$.paths['/refunds'].post", { update: { tags: ['money', 'refunds'] } }));
    expect(at(result, 'paths', '/refunds', 'post')['tags']).toEqual(['refunds', 'money', 'refunds']);
  });

  test('a list that is the target gets one entry more', async () => {
    const entry = { name: 'Idempotency-Key', in: 'header' };
    const result = await merged(action("$.paths['/refunds'].post.parameters", { update: entry }));
    const names = at(result, 'paths', '/refunds', 'post')['parameters'];
    expect(names).toHaveLength(3);
    expect(names).toContainEqual(entry);
  });

  test('every node that the target selects is updated', async () => {
    const result = await merged(action('$.paths.*.*', { update: { deprecated: true } }));
    expect(at(result, 'paths', '/refunds', 'post')['deprecated']).toBe(true);
    expect(at(result, 'paths', '/refunds', 'get')['deprecated']).toBe(true);
  });

  test('nodes that are updated alike share nothing', async () => {
    const result = await merged(
      action('$.paths.*.*', { update: { responses: { '200': { description: 'First' } } } }),
      action("$.paths['/refunds'].get.responses['200']", { update: { description: 'Second' } }),
    );
    expect(at(result, 'paths', '/refunds', 'post', 'responses', '200')['description']).toBe('First');
  });

  test('actions apply one after the other, each to what the last one left', async () => {
    const result = await merged(
      action('$.info.contact', { remove: true }),
      action('$.info', { update: { contact: { name: 'New' } } }),
      action('$.info.contact', { update: { url: 'https://new.example' } }),
    );
    expect(at(result, 'info')['contact']).toEqual({ name: 'New', url: 'https://new.example' });
  });

  test('the spec itself is not changed', async () => {
    const document = valueFrom(await overlaid(action('$.info', { update: { title: 'Other' } })));
    expect(document.spec.value).toMatchObject({ info: { title: 'Acme' } });
  });
});

describe('remove', () => {
  test('a key of an object', async () => {
    const result = await merged(action('$.info.contact', { remove: true }));
    expect(Object.keys(at(result, 'info'))).toEqual(['title', 'version']);
  });

  test('an item of a list', async () => {
    const result = await merged(action("$.servers[?@.url == 'https://two.example']", { remove: true }));
    expect(result['servers']).toEqual([{ url: 'https://one.example' }, { url: 'https://three.example' }]);
  });

  test('several items of one list', async () => {
    const result = await merged(action('$.servers[0, 2]', { remove: true }));
    expect(result['servers']).toEqual([{ url: 'https://two.example' }]);
  });

  test('a node and what is in it', async () => {
    const result = await merged(action('$.info..*', { remove: true }));
    expect(result['info']).toEqual({});
  });

  test('an update beside it has no effect', async () => {
    const result = await merged(action('$.info.contact', { remove: true, update: { name: 'Nobody' } }));
    expect(at(result, 'info')).not.toHaveProperty('contact');
  });

  test('remove: false is no removal', async () => {
    const result = await merged(action('$.info', { remove: false, update: { title: 'Other' } }));
    expect(at(result, 'info')['title']).toBe('Other');
  });
});

describe('targets are JSONPath by RFC 9535', () => {
  test.each([
    ["$.paths['/refunds'].post.parameters[?@.name == 'trace']", 1],
    ['$.paths["/refunds"]["post"].parameters[?@.in == "query"]', 1],
    ["$..parameters[?@.in == 'header' && @.schema.type == 'string']", 1],
    ["$..parameters[?@.in == 'header' || @.in == 'query']", 2],
    ["$..parameters[?!(@.in == 'header')]", 1],
    ['$.servers[?length(@.url) > 19]', 1],
    ["$.servers[?search(@.url, 'two')]", 1],
    ["$.servers[?match(@.url, 'https://t.*')]", 2],
    ['$.paths.*[?@.tags]', 1],
    ['$.paths[?@.post]', 1],
    ['$.servers[1:]', 2],
    ['$.servers[-1]', 1],
    ['$.servers[::2]', 2],
  ])('%s', async (target, count) => {
    const result = await overlaid(action(target, { update: { 'x-seen': true } }));
    expect(JSON.stringify(valueFrom(result).value).split('"x-seen":true')).toHaveLength(count + 1);
  });
});

/** An overlay written by hand, so that its lines are known. */
const HEAD = 'overlay: 1.0.0\ninfo: { title: A test, version: "1" }\nactions:\n';
const FROM = '    x-refund: { source: a test, date: 2026-11-21 }\n';

describe('an action that cannot be applied is located in the overlay', () => {
  test.each([
    ['R011', 'a target that matches nothing', `  - target: $.paths['/refund'].post\n    update: {}\n${FROM}`, 4, 13],
    ['R011', 'a filter that matches nothing', `  - target: $.servers[?@.x]\n    remove: true\n${FROM}`, 4, 13],
    ['R010', 'a target that is not JSONPath', `  - target: $.paths[\n    remove: true\n${FROM}`, 4, 13],
    ['R010', 'a JSON pointer', `  - target: /paths\n    remove: true\n${FROM}`, 4, 13],
    ['R010', 'no target', `  - update: {}\n${FROM}`, 4, 5],
    ['R010', 'neither update nor remove', `  - target: $.info\n${FROM}`, 4, 5],
    ['R010', 'remove: false alone', `  - target: $.info\n    remove: false\n${FROM}`, 4, 5],
    ['R010', 'an object updated with a text', `  - target: $.info\n    update: hello\n${FROM}`, 4, 5],
    ['R010', 'an object updated with a list', `  - target: $.info\n    update: [1]\n${FROM}`, 4, 5],
    ['R010', 'a text updated with an object', `  - target: $.info.title\n    update: { a: 1 }\n${FROM}`, 4, 5],
    ['R010', 'the document updated with a text', `  - target: $\n    update: hello\n${FROM}`, 4, 5],
    ['R010', 'the document removed', `  - target: $\n    remove: true\n${FROM}`, 4, 5],
    ['R012', 'no source', '  - target: $.info\n    update: {}\n', 4, 5],
    ['R012', 'a date alone', '  - target: $.info\n    update: {}\n    x-refund: { date: 2026-11-21 }\n', 4, 5],
    ['R012', 'a source alone', '  - target: $.info\n    update: {}\n    x-refund: { source: a test }\n', 4, 5],
    ['R012', 'a source without a word', `  - target: $.info\n    update: {}\n${FROM.replace('a test', '" "')}`, 4, 5],
    ['R012', 'a date that is none', `  - target: $.info\n    update: {}\n${FROM.replace('2026-11-21', 'today')}`, 4, 5],
    ['R012', 'a day that is none', `  - target: $.info\n    update: {}\n${FROM.replace('11-21', '02-30')}`, 4, 5],
  ])('%s for %s', async (code, _, text, line, column) => {
    const problem = await onlyProblem(loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': HEAD + text }));
    expect(problem.code).toBe(code);
    expect(problem.hint).not.toBe('');
    // Which part of the action is pointed at may differ, as long as it is that action.
    expect(where(problem)).toMatch(new RegExp(`^overlay\\.yaml:(${line}:(${column}|13)|[56]:\\d+)$`));
  });

  test('the second of three actions', async () => {
    const good = `  - target: $.info\n    update: { title: Other }\n${FROM}`;
    const bad = `  - target: $.nowhere\n    update: {}\n${FROM}`;
    const problem = await onlyProblem(loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': HEAD + good + bad + good }));
    expect(where(problem)).toBe('overlay.yaml:7:13');
    expect(problem.location?.frame).toContain('$.nowhere');
    expect(problem.location?.pointer).toBe('/actions/1/target');
  });

  test('every action that is wrong is reported', async () => {
    const result = await overlaid(
      action('$.nowhere', { remove: true }),
      { target: '$.info', update: {} },
      action('$.[', { remove: true }),
    );
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ code }) => code)).toEqual(['R011', 'R012', 'R010']);
  });
});

describe('what is no overlay', () => {
  const actions = `actions:\n  - target: $\n    update: {}\n${FROM}`;

  test.each([
    ['no version', `info: {}\n${actions}`],
    ['a version to come', `overlay: 2.0.0\n${actions}`],
    ['a spec', SPEC],
    ['nothing', ''],
    ['no actions', 'overlay: 1.0.0\ninfo: { title: A test, version: "1" }\n'],
    ['actions that are no list', 'overlay: 1.0.0\nactions: { target: $ }\n'],
    ['actions with another name', `overlay: 1.0.0\n${actions.replace('actions', 'action')}`],
  ])('%s', async (_, overlay) => {
    const result = await loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': overlay });
    expect(result.ok).toBe(false);
    expect(new Set(result.problems.map(({ code }) => code))).toEqual(new Set(['R010']));
    for (const problem of result.problems) expect(where(problem)).toMatch(/^overlay\.yaml:\d+:\d+$/);
  });

  test.each(['1.0.0', '1.1.0'])('version %s is one', async (version) => {
    const overlay = `${HEAD.replace('1.0.0', version)}  - target: $\n    update: {}\n${FROM}`;
    expect((await loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': overlay })).ok).toBe(true);
  });
});

describe('x-refund that is not valid is located at the line of the overlay', () => {
  test.each([
    ['an unknown fact', 'amounts: { unit: minor }', '"amounts"'],
    ['an unknown unit', 'amount: { unit: cents }', '"minor", "major"'],
    ['an unknown status', 'statuses: { done: ok }', 'statuses.done'],
    ['a place that is none', 'request: { amount: amount }', 'request.amount'],
    ['an answer that is no success', 'answers: { "404": [{ status: { is: failed } }] }', 'answers'],
    ['an answer without a status', 'answers: { "200": [{ id: body.id }] }', 'status'],
    ['half a replay', 'idempotency: { header: Idempotency-Key }', 'replay'],
    ['an operation without a method', 'operations: { create: /refunds }', 'operations.create'],
  ])('%s', async (_, fact, named) => {
    const facts = `  - target: $\n    update:\n      x-refund:\n        ${fact}\n${FROM}`;
    const document = valueFrom(await loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': HEAD + facts }));
    const result = readXRefund(document);
    expect(result.ok).toBe(false);
    expect(new Set(result.problems.map(({ code }) => code))).toEqual(new Set(['R013']));
    expect(result.problems.map(({ message }) => message).join('\n')).toContain(named);
    for (const problem of result.problems) expect(where(problem)).toMatch(/^overlay\.yaml:[67]:\d+$/);
  });

  test('an x-refund that is a text', async () => {
    const facts = `  - target: $\n    update:\n      x-refund: none\n${FROM}`;
    const document = valueFrom(await loadFiles({ 'spec.yaml': SPEC, 'overlay.yaml': HEAD + facts }));
    const result = readXRefund(document);
    expect(result.problems.map(({ code }) => code)).toEqual(['R013']);
    expect(result.problems.map(where)).toEqual(['overlay.yaml:6:17']);
  });

  test('a document without x-refund has none', async () => {
    const document = valueFrom(await loadFiles({ 'spec.yaml': SPEC }));
    expect(valueFrom(readXRefund(document))).toEqual({});
  });
});

describe('names that JavaScript gives a meaning', () => {
  const dangerous = (): JsonMap => ({
    ...keyed('constructor', { prototype: { polluted: true } }),
    ...{ toString: 'text', hasOwnProperty: 'text' },
  });

  test('stay names, and change no prototype', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    const spec = keyed('__proto__', { polluted: true });
    const overlay = {
      overlay: '1.0.0',
      actions: [
        action('$', { update: keyed('__proto__', { polluted: true, more: dangerous() }) }),
        action("$['__proto__']", { update: keyed('__proto__', { polluted: true }) }),
        action("$['__proto__'].more", { update: keyed('__proto__', { polluted: true }) }),
        action('$', { update: { 'x-refund': keyed('__proto__', { polluted: true }), ...dangerous() } }),
      ],
    };
    const base = { openapi: '3.0.3', info: { title: 'Acme', version: '1' }, paths: {} };
    const text = JSON.stringify({ ...base, components: { schemas: { ...spec, ...dangerous() } } });
    const whole = `${text.slice(0, -1)},"__proto__":{"inSpec":true}}`;
    const result = await loadFiles({ 'spec.yaml': whole, 'overlay.yaml': overlay });
    const { value } = valueFrom(result);
    expect(Object.getOwnPropertyDescriptor(Object.prototype, 'polluted')).toBeUndefined();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toMatchObject({ polluted: true });
  });

  test('are no facts and no operations', async () => {
    const document = valueFrom(await overlaid(action('$', { update: { 'x-refund': keyed('__proto__', {}) } })));
    expect(readXRefund(document).ok).toBe(false);
    expect(discover({ ...document, value: { ...document.value, 'x-refund': {} } }).ok).toBe(true);
  });
});
