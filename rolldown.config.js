import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const atStart = withImports('generator/cli.ts', 'generator/commands/generate.ts', 'generator/index.ts');

/** A program that is started hundreds of times a day reads few files. Its libraries stay what they are: dependencies. */
export default {
  input: {
    bin: 'generator/bin.ts',
    index: 'generator/index.ts',
    testing: 'generator/testing.ts',
    worker: 'generator/build/worker.ts',
  },
  platform: 'node',
  // Two commands are made of another one: it is in what every run loads anyway.
  checks: { ineffectiveDynamicImport: false },
  // What ajv makes of a schema needs a few lines of ajv.
  external: (/** @type {string} */ id) => /^[^./]/.test(id) && !id.startsWith('ajv/dist/runtime/'),
  plugins: [compiledSchema()],
  output: {
    dir: 'dist',
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: {
      groups: [{ name: 'start', test: (/** @type {string} */ id) => atStart.has(path.relative('.', id)) }],
    },
  },
};

/**
 * Modules with all that they import at once: what every run loads.
 *
 * @param {readonly string[]} modules
 */
function withImports(...modules) {
  const found = new Set(modules);
  for (const module of found) {
    for (const [, specifier = ''] of readFileSync(module, 'utf8').matchAll(
      /^(?!import type).* from '(\.[^']+)\.js';$/gm,
    )) {
      found.add(`${path.join(path.dirname(module), specifier)}.ts`);
    }
  }
  return found;
}

/** In the place of the module that compiles the schema of `x-refund` stands what it would come to. */
function compiledSchema() {
  return {
    name: 'compiled-schema',
    load(/** @type {string} */ id) {
      if (!id.endsWith('/normalize/x-refund-schema.ts')) return null;
      const ajv = new Ajv({ allErrors: true, strict: false, code: { source: true, esm: true } });
      const schema = JSON.parse(readFileSync('specs/x-refund.schema.json', 'utf8'));
      const code = standalone.default(ajv, ajv.compile(schema));
      return code.replace('export const validate =', 'export const isXRefund =');
    },
  };
}
