import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../generator/load/load.js';
import { inFolder, where } from '../fixtures/pack.js';
import { temporaryFolder, valueFrom } from '../output/folder.js';
import { loadFiles, onlyProblem } from './load-files.js';

const YAML = `openapi: 3.0.3
info:
  title: Acme # a comment
  version: "1"
  description: >
    Two lines
    that fold.
paths: {}
components: {}
`;
const VALUE = {
  openapi: '3.0.3',
  info: { title: 'Acme', version: '1', description: 'Two lines that fold.\n' },
  paths: {},
  components: {},
};

describe('formats', () => {
  test.each([
    ['YAML', 'spec.yaml', YAML],
    ['YAML with CRLF', 'spec.yaml', YAML.replaceAll('\n', '\r\n')],
    ['YAML with a byte order mark', 'spec.yaml', `\ufeff${YAML}`],
    ['JSON', 'spec.json', JSON.stringify(VALUE, null, 2)],
    ['JSON on one line', 'spec.json', JSON.stringify(VALUE)],
    ['JSON with CRLF', 'spec.json', JSON.stringify(VALUE, null, 2).replaceAll('\n', '\r\n')],
    ['JSON in a file named YAML', 'spec.yaml', JSON.stringify(VALUE, null, 2)],
    ['JSON with tabs', 'spec.json', JSON.stringify(VALUE, null, '\t')],
    ['JSON with a byte order mark', 'spec.json', `\ufeff${JSON.stringify(VALUE)}`],
    ['YAML in a file named JSON', 'spec.json', YAML],
    ['JSON with a comma too many, which YAML takes', 'spec.json', JSON.stringify(VALUE).replace(/}$/, ',}')],
  ])('%s', async (_, name, text) => {
    const result = await loadFiles({ [name]: text }, name);
    expect(valueFrom(result).value).toEqual(VALUE);
    expect(result.problems).toEqual([]);
  });

  test.each(['3.0.0', '3.0.3', '3.1.0', '3.1.1', '3.2.0'])('OpenAPI %s', async (version) => {
    expect((await loadFiles({ 'spec.yaml': YAML.replace('3.0.3', version) })).ok).toBe(true);
  });
});

describe('what YAML would make of it', () => {
  test('codes stay text as keys, and dates stay text', async () => {
    const text = `${YAML.replace('paths: {}', 'paths:\n  /a:\n    get: { responses: { 200: { description: 2020-01-01 } } }')}`;
    const { value } = valueFrom(await loadFiles({ 'spec.yaml': `${text}x-when: 2020-01-01T10:00:00Z\n` }));
    expect(value['paths']).toEqual({ '/a': { get: { responses: { '200': { description: '2020-01-01' } } } } });
    expect(value['x-when']).toBe('2020-01-01T10:00:00Z');
  });

  test.each([
    ['3.1', '3.1.0'],
    ['3.0', '3.0.0'],
    ['"3.2"', '3.2.0'],
  ])('openapi: %s says which one it is', async (version, full) => {
    expect(valueFrom(await loadFiles({ 'spec.yaml': YAML.replace('3.0.3', version) })).value['openapi']).toBe(full);
  });

  test('merge keys and aliases', async () => {
    const text = `${YAML}x-a: &a { one: 1 }\nx-b: { <<: *a, two: 2 }\nx-c: *a\n`;
    const { value } = valueFrom(await loadFiles({ 'spec.yaml': text }));
    expect(value).toMatchObject({ 'x-b': { one: 1, two: 2 }, 'x-c': { one: 1 } });
  });
});

describe('a key that stands twice', () => {
  test.each([
    [
      'in YAML',
      'spec.yaml',
      'openapi: 3.0.3\npaths: {}\ninfo: { title: First }\ninfo: { title: Last }\n',
      'spec.yaml:4:1',
    ],
    [
      'in JSON',
      'spec.json',
      '{\n"openapi": "3.0.3",\n"info": {"title": "First"},\n"info": {"title": "Last"}}',
      'spec.json:4:2',
    ],
  ])('%s is a warning, and the last one counts', async (_, name, text, place) => {
    const result = await loadFiles({ [name]: text }, name);
    expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R002']);
    expect(result.problems.map(where)).toEqual([place]);
    expect(valueFrom(result).value['info']).toEqual({ title: 'Last' });
  });

  test('texts that look like keys are none', async () => {
    const value = { ...VALUE, 'x-a': '": "', 'x-b': ': "x": ', 'x-c\\': { '"': ':' } };
    const result = await loadFiles({ 'spec.json': JSON.stringify(value) }, 'spec.json');
    expect(result.problems).toEqual([]);
    expect(valueFrom(result).value).toEqual(value);
  });

  test('is an error in an overlay, which says what money does', async () => {
    const overlay = 'overlay: 1.0.0\nactions: []\nactions: []\n';
    const problem = await onlyProblem(loadFiles({ 'spec.yaml': YAML, 'overlay.yaml': overlay }));
    expect([problem.severity, problem.code, where(problem)]).toEqual(['error', 'R002', 'overlay.yaml:3:1']);
  });
});

describe('what is no OpenAPI 3 document', () => {
  test.each([
    ['Swagger 1.2', 'swagger: "1.2"\npaths: {}\n', 'Swagger 1.2'],
    ['a version to come', 'openapi: 4.0.0\npaths: {}\n', '4.0.0'],
    ['a minor version to come', 'openapi: 3.3.0\npaths: {}\n', '3.3.0'],
    ['half a version', 'openapi: "3"\npaths: {}\n', '3'],
    ['no version', 'paths: {}\n', 'no OpenAPI version'],
    ['a list', '[1]\n', 'no OpenAPI version'],
    ['a text', 'openapi\n', 'no OpenAPI version'],
    ['nothing', '', 'no OpenAPI version'],
    ['a comment', '# openapi: 3.0.3\n', 'no OpenAPI version'],
  ])('%s', async (_, text, found) => {
    const problem = await onlyProblem(loadFiles({ 'spec.yaml': text }));
    expect(problem.code).toBe('R003');
    expect(problem.message).toContain(found);
    expect(problem.hint).toContain('OpenAPI 3.0, 3.1 or 3.2, or of Swagger 2.0');
    expect(where(problem)).toBe('spec.yaml:1:1');
  });
});

describe('what cannot be parsed', () => {
  test.each([
    ['wrong indentation', 'openapi: 3.0.3\npaths:\n  a: [1,\n  b: 2\n', 'spec.yaml:4:3'],
    ['a tab', 'openapi: 3.0.3\n\tpaths: {}\n', 'spec.yaml:2:1'],
    ['an unknown tag', 'openapi: 3.0.3\ninfo: !!js/function "x"\n', 'spec.yaml:2:7'],
    ['an unknown alias', 'openapi: 3.0.3\ninfo: *nobody\n', 'spec.yaml:2:8'],
    ['JSON that is broken', '{\n  "openapi": "3.0.3",\n  "paths": {,}\n}\n', 'spec.yaml:3:13'],
    ['with CRLF', 'openapi: 3.0.3\r\npaths:\r\n  a: [1,\r\n  b: 2\r\n', 'spec.yaml:4:3'],
  ])('%s is located by line and column', async (_, text, place) => {
    const problem = await onlyProblem(loadFiles({ 'spec.yaml': text }));
    expect(problem.code).toBe('R002');
    expect(where(problem)).toBe(place);
    const line = text.split(/\r?\n/)[Number(place.split(':')[1]) - 1] ?? '';
    expect(problem.location?.frame).toContain(line.trim());
  });

  test('several documents in one file are not located at no line', async () => {
    const problem = await onlyProblem(loadFiles({ 'spec.yaml': `${YAML}---\nopenapi: 3.0.3\n` }));
    expect(problem.code).toBe('R002');
    expect(where(problem)).not.toContain('NaN');
  });

  test('the overlay is located in its own file', async () => {
    const problem = await onlyProblem(loadFiles({ 'spec.yaml': YAML, 'overlay.yaml': 'overlay: 1.0.0\nactions: [\n' }));
    expect(problem.code).toBe('R002');
    expect(where(problem)).toMatch(/^overlay\.yaml:[23]:\d+$/);
  });

  test('a message does not depend on the folder that the file is in', async () => {
    await inFolder({ 'spec.yaml': 'a: [\n' }, async (folder) => {
      const problem = await onlyProblem(load({ spec: path.join(folder, 'spec.yaml'), overlay: undefined }));
      expect(problem.message.replace(problem.location?.file ?? '', '')).not.toContain(folder);
    });
  });
});

describe('what cannot be read', () => {
  test('a missing spec', async () => {
    const problem = await onlyProblem(loadFiles({ 'other.yaml': YAML }));
    expect(problem.code).toBe('R001');
    expect(problem.message).toMatch(/spec\.yaml cannot be read \(ENOENT\)$/);
  });

  test('a missing overlay', async () => {
    const folder = await temporaryFolder();
    await inFolder({ 'spec.yaml': YAML }, async (specs) => {
      const files = { spec: path.join(specs, 'spec.yaml'), overlay: path.join(folder, 'overlay.yaml') };
      const problem = await onlyProblem(load(files));
      expect(problem.code).toBe('R001');
      expect(problem.message).toContain('overlay.yaml');
    });
  });

  test('a folder', async () => {
    expect((await onlyProblem(loadFiles({ 'spec.yaml/inside.txt': 'x' }))).code).toBe('R001');
  });
});

describe('what is too large', () => {
  const head = 'openapi: 3.0.3\npaths: {}\n';
  // Ten times ten, eight times over: a billion values out of a thousand bytes.
  const bomb = Array.from({ length: 9 }, (_, level) => {
    const item = level === 0 ? 'x' : `*a${level - 1}`;
    return `a${level}: &a${level} [${Array(10).fill(item).join(', ')}]`;
  }).join('\n');
  const itself = 'x: &itself\n  list: [{ again: *itself }]\n';

  test.each([
    ['a spec that contains itself', { 'spec.yaml': head + itself }],
    ['a spec that is an alias bomb', { 'spec.yaml': head + bomb }],
    ['an overlay that contains itself', { 'spec.yaml': head, 'overlay.yaml': `overlay: 1.0.0\n${itself}` }],
    ['an overlay that is an alias bomb', { 'spec.yaml': head, 'overlay.yaml': `overlay: 1.0.0\n${bomb}` }],
  ])('%s ends quickly', async (_, files) => {
    const started = performance.now();
    const problem = await onlyProblem(loadFiles(files));
    expect(problem.code).toBe('R004');
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('a nesting of a hundred thousand lists', async () => {
    const text = `${head}x: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`;
    const { code } = await onlyProblem(loadFiles({ 'spec.yaml': text }));
    expect(['R002', 'R004']).toContain(code);
  });

  test('a referenced file that contains itself is a problem, not an exception', async () => {
    const spec = `openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n    A: { $ref: ./other.yaml }\n`;
    const other = 'type: object\nproperties: &itself\n  a: { type: object, properties: *itself }\n';
    const result = await loadFiles({ 'spec.yaml': spec, 'other.yaml': other });
    expect(['R004', 'R005']).toContain(result.problems[0]?.code);
  });
});
