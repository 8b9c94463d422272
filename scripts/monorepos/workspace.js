import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFiles } from '../package-test/app.js';
import { run } from '../package-test/command.js';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const AS_SOMEBODY = ['-c', 'user.name=example', '-c', 'user.email=example@localhost', '-c', 'commit.gpgsign=false'];
const BIN = 'node_modules/.bin/refundgen';

/** The packages that generate clients. */
export const CONSUMERS = ['backoffice', 'checkout'];

/** A copy of an example, as somebody has it who works on it: a git repository with everything installed. */
export class Workspace {
  /** @readonly */
  folder;

  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Copies an example, and installs it with the packed refundgen in place of the published one.
   *
   * @param {string} example
   * @param {string} folder
   * @param {string} tarball
   */
  static async install(example, folder, tarball) {
    const workspace = new Workspace(folder);
    // Whoever tried the example out has its dependencies and its output there.
    const isSource = (/** @type {string} */ file) =>
      !/^(node_modules|generated|\.turbo|\.nx)$/.test(path.basename(file));
    await cp(path.join(EXAMPLES, example), folder, { recursive: true, filter: isSource });
    for (const name of CONSUMERS) {
      await workspace.edit(`packages/${name}/package.json`, '"refundgen": "0.1.0"', `"refundgen": "file:${tarball}"`);
    }
    await workspace.npm('install', '--no-audit', '--no-fund');
    await workspace.#git('init', '--quiet');
    await workspace.#git('add', '--all');
    await workspace.#git(...AS_SOMEBODY, 'commit', '--quiet', '--message', 'The example');
    return workspace;
  }

  /**
   * Another clone of the same commit. What is installed is copied: another install would install the same.
   *
   * @param {string} folder
   */
  async clone(folder) {
    await run(this.folder, 'git', ['clone', '--quiet', this.folder, folder]);
    const modules = (/** @type {string} */ of) => path.join(of, 'node_modules');
    await cp(modules(this.folder), modules(folder), { recursive: true, verbatimSymlinks: true });
    return new Workspace(folder);
  }

  /** @param {readonly string[]} args */
  npm(...args) {
    return run(this.folder, 'npm', args, { npm_config_loglevel: 'error' });
  }

  /** @param {readonly string[]} args */
  #git(...args) {
    return run(this.folder, 'git', args);
  }

  /** @param {string} file */
  read(file) {
    return readFile(path.join(this.folder, file), 'utf8');
  }

  /**
   * @param {string} file
   * @param {string} text
   */
  write(file, text) {
    return writeFile(path.join(this.folder, file), text);
  }

  /**
   * Changes a file at the first place that has this text.
   *
   * @param {string} file
   * @param {string} from
   * @param {string} to
   */
  async edit(file, from, to) {
    const text = await this.read(file);
    assert(text.includes(from), `${file} has no ${from}`);
    await this.write(file, text.replace(from, to));
  }

  /** Takes back all that was changed since the commit. */
  async reset() {
    await this.#git('checkout', '--quiet', '--', '.');
  }

  /**
   * What is generated: by path, the text.
   *
   * @returns {Promise<Readonly<Record<string, string>>>}
   */
  async generated() {
    /** @type {Record<string, string>} */
    const texts = {};
    for (const name of CONSUMERS) {
      const output = `packages/${name}/generated`;
      for (const file of await listFiles(path.join(this.folder, output))) {
        texts[`${output}/${file}`] = await this.read(`${output}/${file}`);
      }
    }
    return texts;
  }

  async removeGenerated() {
    for (const name of CONSUMERS) await this.remove(`packages/${name}/generated`);
  }

  /** @param {string} name */
  async remove(name) {
    await rm(path.join(this.folder, name), { recursive: true });
  }

  /**
   * Does something while refundgen cannot run: what stands in for it fails, and leaves a mark.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async withoutRefundgen(work) {
    const bin = path.join(this.folder, BIN);
    const mark = path.join(this.folder, 'node_modules/refundgen-was-run');
    const target = await readlink(bin);
    await rm(bin);
    await writeFile(bin, `#!/bin/sh\ntouch '${mark}'\nexit 1\n`, { mode: 0o755 });
    try {
      const result = await work();
      assert(!existsSync(mark), 'refundgen was run');
      return result;
    } finally {
      await rm(bin);
      await rm(mark, { force: true });
      await symlink(target, bin);
    }
  }
}
