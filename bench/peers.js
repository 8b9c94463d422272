import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @import { Command } from './measure.js'
 * @typedef {object} Peer
 * @property {string} name the package
 * @property {string} entry what a consumer imports, in the folder that is written
 * @property {(folder: string, spec: string) => Command} generate
 */

const MODULES = fileURLToPath(new URL('./node_modules/', import.meta.url));

/** @type {Peer} */
export const redocly = {
  name: '@redocly/cli',
  entry: 'client.js',
  generate: (folder, spec) => script('@redocly/cli/bin/cli.js', 'generate-client', spec, '-o', `${folder}/client.ts`),
};

/** Writes types only. @type {Peer} */
export const openapiTypescript = {
  name: 'openapi-typescript',
  entry: 'types.js',
  generate: (folder, spec) => script('openapi-typescript/bin/cli.js', spec, '-o', `${folder}/types.ts`),
};

/** @type {Peer} */
const heyApi = {
  name: '@hey-api/openapi-ts',
  entry: 'index.js',
  generate: (folder, spec) => script('@hey-api/openapi-ts/bin/run.js', '-i', spec, '-o', folder, '--no-log-file'),
};

/** @type {Peer} */
const orval = {
  name: 'orval',
  entry: 'client.js',
  generate: (folder, spec) =>
    script('orval/dist/bin/orval.mjs', '--input', spec, '--output', `${folder}/client.ts`, '--client', 'fetch'),
};

/** Each as it comes, with its defaults; orval with `fetch`, as its default would need another package. */
export const PEERS = [redocly, openapiTypescript, heyApi, orval];

/** TypeScript's compiler. */
export const TSC = path.join(MODULES, 'typescript/bin/tsc');

/**
 * @param {string} bin not through npx, which would be measured with it
 * @param {...string} args
 * @returns {Command}
 */
function script(bin, ...args) {
  return { args: [path.join(MODULES, bin), ...args] };
}

/** @param {string} name of an installed package */
export function versionOf(name) {
  return JSON.parse(readFileSync(path.join(MODULES, name, 'package.json'), 'utf8')).version;
}
