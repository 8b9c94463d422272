import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, run } from './command.js';

const PROJECT = fileURLToPath(new URL('./app/', import.meta.url));
const CLIENTS = './refunds/index.js';

/** A new user's project, with nothing but the packed refundgen in it. */
export class App {
  /** @readonly */
  folder;
  #cache;

  /**
   * @param {string} folder
   * @param {string} cache
   */
  constructor(folder, cache) {
    this.folder = folder;
    this.#cache = cache;
  }

  /** The installed package. */
  get installed() {
    return path.join(this.folder, 'node_modules/refundgen');
  }

  /** @param {string} tarball */
  async install(tarball) {
    await mkdir(this.folder);
    await npm(this.folder, this.#cache, ['install', tarball]);
  }

  /**
   * Writes the user's files: specs with their overlays, code, and the examples of the README.
   *
   * @param {string} specs - a folder.
   */
  async fill(specs) {
    await npm(this.folder, this.#cache, ['pkg', 'set', 'type=module']);
    await cp(PROJECT, this.folder, { recursive: true });
    await cp(specs, path.join(this.folder, 'specs'), { recursive: true });
    const examples = modulesOf(await readFile(path.join(this.installed, 'README.md'), 'utf8'));
    assert(examples.length > 0, 'the README has no example that uses the clients');
    for (const [index, code] of examples.entries()) {
      await writeFile(path.join(this.folder, `src/readme-${index + 1}.ts`), code);
    }
  }

  /** @param {readonly string[]} args */
  refundgen(...args) {
    return npm(this.folder, this.#cache, ['exec', '--no', '--', 'refundgen', ...args]);
  }

  /**
   * Runs a file of this project.
   *
   * @param {string} node
   * @param {readonly string[]} args
   */
  run(node, ...args) {
    return run(this.folder, node, args);
  }

  /**
   * The files in a folder of this project, sorted.
   *
   * @param {string} name
   */
  files(name) {
    return listFiles(path.join(this.folder, name));
  }
}

/**
 * The files in a folder and below it: relative, with slashes, sorted.
 *
 * @param {string} folder
 */
export async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

/**
 * The examples in a README that are whole modules: they import the clients.
 *
 * @param {string} readme
 */
function modulesOf(readme) {
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  return examples.filter((code) => code.includes(`from '${CLIENTS}'`));
}
