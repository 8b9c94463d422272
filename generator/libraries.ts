import { createRequire, Module } from 'node:module';

/**
 * CommonJS libraries, by `require`: to import one, Node parses it once more, to find its exports. Each is loaded by whom it
 * serves, and no sooner.
 */
const require = createRequire(import.meta.url);

export const loadCommander = (): typeof import('commander') => require('commander');
export const loadJiti = (): typeof import('jiti') => require('jiti');
export const loadHandlebars = (): typeof import('handlebars') => require('handlebars');
export const loadTsMorph = (): typeof import('ts-morph') => require('ts-morph');

/**
 * With the compiler that is inside of ts-morph, so that one is loaded and not two, of 9 MB each. Nobody else gets it: its
 * place is empty again once openapi-typescript has it. See docs/decisions/0014-built-as-a-few-files-with-one-compiler.md.
 */
export function loadOpenapiTypescript(): typeof import('openapi-typescript') {
  const file = createRequire(require.resolve('openapi-typescript')).resolve('typescript');
  const isLoaded = require.cache[file] !== undefined;
  if (!isLoaded) require.cache[file] = moduleOf(file, loadTsMorph().ts);
  try {
    return require('openapi-typescript');
  } finally {
    if (!isLoaded) Reflect.deleteProperty(require.cache, file);
  }
}

function moduleOf(file: string, exports: unknown): NodeJS.Module {
  return Object.assign(new Module(file), { filename: file, loaded: true, exports });
}
