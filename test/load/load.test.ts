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
  ])('%s', async (_, name, text) => {
    const result = await loadFiles({ [name]: text }, name);
    expect(valueFrom(result).value).toEqual(VALUE);
    expect(result.problems).toEqual([]);
  });

  test.each(['3.0.0', '3.0.3', '3.1.0', '3.1.1', '3.2.0'])('OpenAPI %s', async (version) => {
    expect((await loadFiles({ 'spec.yaml': YAML.replace('3.0.3', version) })).ok).toBe(true);
  });
});

describe('what is no OpenAPI 3 document', () => {
  test.each([
    ['Swagger 2.0', 'swagger: "2.0"\npaths: {}\n', 'Swagger 2.0'],
    ['a version to come', 'openapi: 4.0.0\npaths: {}\n', '4.0.0'],
    ['a minor version to come', 'openapi: 3.3.0\npaths: {}\n', '3.3.0'],
    ['half a version', 'openapi: "3.1"\npaths: {}\n', '3.1'],
    ['no version', 'paths: {}\n', 'no OpenAPI version'],
    ['a list', '[1]\n', 'no OpenAPI version'],
    ['a text', 'openapi\n', 'no OpenAPI version'],
    ['nothing', '', 'no OpenAPI version'],
    ['a comment', '# openapi: 3.0.3\n', 'no OpenAPI version'],
  ])('%s', async (_, text, found) => {
    const problem = await onlyProblem(loadFiles({ 'spec.yaml': text }));
    expect(problem.code).toBe('R003');
    expect(problem.message).toContain(found);
    expect(problem.hint).toContain('OpenAPI 3.0, 3.1 or 3.2');
    expect(where(problem)).toBe('spec.yaml:1:1');
  });
});

describe('what cannot be parsed', () => {
  test.each([
    ['wrong indentation', 'openapi: 3.0.3\npaths:\n  a: [1,\n  b: 2\n', 'spec.yaml:4:3'],
    ['a tab', 'openapi: 3.0.3\n\tpaths: {}\n', 'spec.yaml:2:1'],
    ['a key twice', 'openapi: 3.0.3\ninfo: {}\nopenapi: 3.0.3\n', 'spec.yaml:3:1'],
    ['an unknown tag', 'openapi: 3.0.3\ninfo: !!js/function "x"\n', 'spec.yaml:2:7'],
    ['an unknown alias', 'openapi: 3.0.3\ninfo: *nobody\n', 'spec.yaml:2:8'],
    ['JSON that is broken', '{\n  "openapi": "3.0.3",\n  "paths": {,}\n}\n', 'spec.yaml:3:13'],
    ['with CRLF', 'openapi: 3.0.3\r\ninfo: {}\r\nopenapi: 3.0.3\r\n', 'spec.yaml:3:1'],
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
