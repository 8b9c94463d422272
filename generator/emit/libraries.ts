import { createRequire } from 'node:module';

/**
 * The compilers, by `require`: to import a CommonJS file of their size, Node parses it once more, to find its exports.
 */
const require = createRequire(import.meta.url);

// What `require` gives has no type: these are the packages that the types are imported from.
export const tsMorph = require('ts-morph') as typeof import('ts-morph');
export const openapiTypescript = require('openapi-typescript') as typeof import('openapi-typescript');
