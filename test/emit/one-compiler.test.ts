import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { OpenAPI3 } from 'openapi-typescript';
import { expect, onTestFinished, test } from 'vitest';
import { loadOpenapiTypescript } from '../../generator/libraries.js';
import { PACKS, readPack } from '../fixtures/pack.js';
import { cases } from '../laws/documents.js';

const require = createRequire(import.meta.url);
const COMPILER = createRequire(require.resolve('openapi-typescript')).resolve('typescript');
type Library = typeof import('openapi-typescript');

/** Forgets what has been loaded: whoever comes next loads it anew. */
function forget(): void {
  for (const file of Object.keys(require.cache)) {
    if (file === COMPILER || file.includes('/openapi-typescript/')) Reflect.deleteProperty(require.cache, file);
  }
}

async function print({ astToString, default: openapiTS }: Library, document: object): Promise<string> {
  // It changes what it is given. A boundary: it checks the document itself, and some drawn ones it does not like.
  const printed = openapiTS(structuredClone(document) as OpenAPI3, { silent: true }).then(astToString);
  return printed.catch((cause: unknown) => `refused: ${String(cause)}`);
}

test('types are the same with the compiler of ts-morph as with the one that openapi-typescript asks for', async () => {
  const before = require.cache[COMPILER];
  onTestFinished(() => {
    require.cache[COMPILER] = before;
  });
  forget();
  const own: Library = require('openapi-typescript');
  const compiler: unknown = require('typescript').version;
  forget();
  const shared = loadOpenapiTypescript();
  expect(require.cache[COMPILER], 'nobody else gets it').toBeUndefined();
  expect(require('ts-morph').ts.version).not.toBe(compiler);
  const drawn = fc.sample(cases, { seed: 1, numRuns: 40 }).map(({ document }) => document);
  const documents = [...PACKS.map((pack) => readPack(pack).spec), ...drawn];
  const printed: string[] = [];
  for (const document of documents) {
    printed.push(await print(shared, document));
    expect(printed.at(-1)).toBe(await print(own, document));
  }
  expect(printed.filter((text) => !text.startsWith('refused: ')).length).toBeGreaterThan(PACKS.length + 5);
});
