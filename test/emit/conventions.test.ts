import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Conventions, DEFAULT_CONVENTIONS } from '../../generator/conventions.js';
import { writeSpecifier } from '../../generator/emit/specifier.js';
import { compile } from '../../generator/generate.js';
import manifest from '../../package.json' with { type: 'json' };
import { RUNTIME_VERSION } from '../../templates/runtime/version.js';
import { faultsOf, STRICTEST_OPTIONS } from '../fixtures/faults.js';
import { packFile } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';

async function filesWith(conventions: Partial<Conventions>): Promise<ReadonlyMap<string, string>> {
  const inputs = (['chip', 'piriod'] as const).map((id) => ({
    id,
    spec: packFile(id, 'spec'),
    overlay: packFile(id, 'overlay'),
  }));
  const options = { conventions: { ...DEFAULT_CONVENTIONS, ...conventions } };
  const { files } = valueFrom(await compile(inputs, options));
  return new Map(files.map(({ path: file, text }) => [path.resolve('invented', file), text]));
}

function specifiersOf(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files.values()].flatMap((text) =>
    [...text.matchAll(/^(?:import|export|\}).*? from '([^']+)';$/gm)].map(([, specifier = '']) => specifier),
  );
}

const ENTRY = path.resolve('invented', 'index.ts');

/** The package as it is installed: `refundgen/runtime/http.js`. */
const INSTALLED = { paths: { 'refundgen/runtime/*.js': [path.resolve('templates/runtime/*.ts')] } };

describe('import extensions', () => {
  test('js is the default', () => {
    expect(writeSpecifier('../runtime/http.js', DEFAULT_CONVENTIONS)).toBe('../runtime/http.js');
  });

  test.each([
    ['ts', { allowImportingTsExtensions: true, noEmit: true, erasableSyntaxOnly: true, verbatimModuleSyntax: true }],
    ['none', { module: 99, moduleResolution: 100 }],
  ] as const)('%s: every relative import has it, and it compiles', async (importExtension, options) => {
    const files = await filesWith({ importExtension });
    const specifiers = specifiersOf(files);
    const ending = importExtension === 'ts' ? /^\.{1,2}\/[\w/-]+\.ts$/ : /^\.{1,2}\/[\w/-]+$/;
    expect(specifiers.length).toBeGreaterThan(100);
    expect(specifiers.filter((specifier) => !ending.test(specifier))).toEqual([]);
    expect([...files.values()].filter((text) => /from '[^']*\.js'/.test(text))).toEqual([]);
    expect(faultsOf([ENTRY], { ...STRICTEST_OPTIONS, ...options }, files)).toEqual([]);
  });
});

describe('a runtime of its own, or that of the package', () => {
  test('a copy has every module', async () => {
    const names = [...(await filesWith({})).keys()].filter((file) => file.includes('/runtime/'));
    expect(names.map((file) => path.basename(file)).sort()).toEqual(readdirSync('templates/runtime').sort());
  });

  test('with that of the package there is none, and it compiles', async () => {
    const files = await filesWith({ runtime: 'package' });
    expect([...files.keys()].filter((file) => file.includes('/runtime/'))).toEqual([]);
    const foreign = specifiersOf(files).filter((specifier) => !specifier.startsWith('.'));
    expect(foreign.length).toBeGreaterThan(10);
    expect(foreign.filter((specifier) => !/^refundgen\/runtime\/[\w-]+\.js$/.test(specifier))).toEqual([]);
    expect(faultsOf([ENTRY], { ...STRICTEST_OPTIONS, ...INSTALLED }, files)).toEqual([]);
  });

  test('another version of it does not compile, and says so', async () => {
    const files = await filesWith({ runtime: 'package' });
    const newer = new Map([...files].map(([file, text]) => [file, text.replace(RUNTIME_VERSION, '0.0.9')]));
    expect(faultsOf([ENTRY], { ...STRICTEST_OPTIONS, ...INSTALLED }, newer)).toEqual(
      ['chip', 'piriod'].map(
        (id) =>
          `${path.resolve('invented', id, 'client.ts')}: Type '"0.0.9"' is not assignable to type '"${RUNTIME_VERSION}"'.`,
      ),
    );
  });

  test('its version is that of the package', () => {
    expect(RUNTIME_VERSION).toBe(manifest.version);
  });
});
