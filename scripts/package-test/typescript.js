import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strictestFlags } from '../strictest.js';
import { npm, run } from './command.js';

/** The versions of TypeScript that generated code has to compile with. */
export const TYPESCRIPTS = ['5.5', '5.9', '6', '7'];

/**
 * What generated code may find around it: a module system and the types of a platform.
 *
 * @typedef {{ readonly name: string, readonly options: Readonly<Record<string, unknown>> }} Surroundings
 */

const NODE_NEXT = { module: 'NodeNext', moduleResolution: 'NodeNext' };
const BUNDLER = { module: 'ESNext', moduleResolution: 'Bundler' };
const WITH_DOM = { lib: ['ES2022', 'DOM'], types: [] };
const WITH_NODE = { lib: ['ES2022'], types: ['node'] };

export const SURROUNDINGS = /** @type {const} */ ([
  { name: 'NodeNext, DOM', options: { ...NODE_NEXT, ...WITH_DOM } },
  { name: 'Bundler, DOM', options: { ...BUNDLER, ...WITH_DOM } },
  { name: 'NodeNext, Node', options: { ...NODE_NEXT, ...WITH_NODE } },
]);

/** The TypeScripts and the types of Node, installed in a folder of their own. */
export class Compilers {
  #folder;
  #cache;

  /**
   * @param {string} folder
   * @param {string} cache
   */
  constructor(folder, cache) {
    this.#folder = folder;
    this.#cache = cache;
  }

  async install() {
    await mkdir(this.#folder);
    const aliases = TYPESCRIPTS.map((version) => `typescript-${version}@npm:typescript@${version}`);
    await npm(this.#folder, this.#cache, ['install', ...aliases, '@types/node@20']);
  }

  /**
   * Compiles generated code as strictly as this version can.
   *
   * @param {string} version
   * @param {Surroundings} surroundings
   * @param {string} folder - the project.
   * @param {readonly string[]} include - relative to the project.
   */
  async compileStrictest(version, surroundings, folder, include) {
    const strict = strictestFlags(Number.parseFloat(version));
    const name = `strictest-${version}-${[surroundings.name, ...include].join('-').replaceAll(/\W+/g, '-')}`;
    await this.#compile(version, name, folder, include, { ...surroundings.options, ...strict });
  }

  /**
   * Compiles the code of a consumer, as strict as `strict` is.
   *
   * @param {string} version
   * @param {string} folder - the project.
   * @param {readonly string[]} include - relative to the project.
   * @returns {Promise<string>} the folder with the JavaScript.
   */
  async compileConsumer(version, folder, include) {
    const options = { ...NODE_NEXT, ...WITH_NODE, strict: true };
    return this.#compile(version, `consumer-${version}`, folder, include, options);
  }

  /**
   * @param {string} version
   * @param {string} name
   * @param {string} folder
   * @param {readonly string[]} include
   * @param {Readonly<Record<string, unknown>>} options
   */
  async #compile(version, name, folder, include, options) {
    const outDir = path.join(folder, 'out', name);
    const compilerOptions = {
      target: 'ES2022',
      ...options,
      skipLibCheck: false,
      typeRoots: [path.join(this.#folder, 'node_modules/@types')],
      declaration: true,
      rootDir: folder,
      outDir,
    };
    const file = path.join(folder, `tsconfig.${name}.json`);
    await writeFile(file, JSON.stringify({ compilerOptions, include }, null, 2));
    const tsc = path.join(this.#folder, `node_modules/typescript-${version}/bin/tsc`);
    await run(folder, process.execPath, [tsc, '-p', file, '--pretty', 'false']);
    return outDir;
  }
}
