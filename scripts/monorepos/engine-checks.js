import assert from 'node:assert/strict';
import { CONSUMERS } from './workspace.js';

/** @import { Checks } from '../package-test/checks.js' */
/** @import { Engine } from './engines.js' */
/** @import { Workspace } from './workspace.js' */

export const ALL = ['backoffice:generate', 'backoffice:typecheck', 'checkout:generate', 'checkout:typecheck'];
const HARBOUR = 'packages/specs-harbour/harbour.yaml';
const MEADOW_OVERLAY = 'packages/specs-meadow/meadow.overlay.yaml';

/** What has to hold of an example, whatever engine runs it. */
export class EngineChecks {
  #engine;
  #workspace;
  #checks;
  /** What the committed specs give. @type {Readonly<Record<string, string>>} */
  #first = {};

  /**
   * @param {Engine} engine
   * @param {Workspace} workspace
   * @param {Checks} checks
   */
  constructor(engine, workspace, checks) {
    this.#engine = engine;
    this.#workspace = workspace;
    this.#checks = checks;
  }

  /**
   * Each step needs the one before it.
   *
   * @returns {Promise<Readonly<Record<string, string>> | undefined>} what was generated first; `undefined` where a check
   *   failed.
   */
  async prove() {
    const passed =
      (await this.#check('the first run generates and compiles', () => this.#firstRun())) &&
      (await this.#check('the second run is all from the cache', () => this.#expectFromCache())) &&
      (await this.#check('deleted output comes back from the cache, and is what it was', () => this.#restore())) &&
      (await this.#check('refundgen check runs each time, and passes on restored output', () => this.#checkTask())) &&
      (await this.#check('a changed spec reruns just its dependants', () => this.#changeOneSpec())) &&
      (await this.#check('the spec as it was is all from the cache', () => this.#restore())) &&
      (await this.#check('a changed overlay of a shared spec reruns both', () => this.#changeSharedSpec())) &&
      (await this.#check('another refundgen generates again', () => this.#changeGenerator()));
    return passed ? this.#first : undefined;
  }

  /**
   * @param {string} what
   * @param {() => Promise<void>} work
   */
  #check(what, work) {
    return this.#checks.check(`${this.#engine.name}: ${what}`, async () => {
      await work();
      await this.#workspace.reset();
    });
  }

  async #firstRun() {
    assert.deepEqual(await this.#run('generate', 'typecheck'), { ran: ALL, restored: [] });
    this.#first = await this.#workspace.generated();
  }

  async #expectFromCache() {
    const run = () => this.#run('generate', 'typecheck');
    assert.deepEqual(await this.#workspace.withoutRefundgen(run), { ran: [], restored: ALL });
    assert.deepEqual(await this.#workspace.generated(), this.#first);
  }

  async #restore() {
    await this.#workspace.removeGenerated();
    await this.#expectFromCache();
  }

  async #checkTask() {
    await this.#workspace.removeGenerated();
    assert.deepEqual(await this.#run('check'), { ran: forEach('check'), restored: forEach('generate') });
  }

  async #changeOneSpec() {
    await this.#workspace.edit(HARBOUR, 'maxLength: 64', 'maxLength: 32');
    const [ofBackoffice, ofCheckout] = [ALL.slice(0, 2), ALL.slice(2)];
    assert.deepEqual(await this.#run('generate', 'typecheck'), { ran: ofCheckout, restored: ofBackoffice });
    const changed = await this.#changed();
    assert(changed.includes('packages/checkout/generated/harbour/client.ts'), 'the client is not made from the change');
    assert(changed.every((file) => file.startsWith('packages/checkout/')));
  }

  async #changeSharedSpec() {
    await this.#workspace.edit(MEADOW_OVERLAY, '2026-10-01', '2026-11-01');
    assert.deepEqual(await this.#run('generate'), { ran: forEach('generate'), restored: [] });
    const changed = await this.#changed();
    for (const name of CONSUMERS) assert(changed.includes(`packages/${name}/generated/meadow/client.ts`));
  }

  /** The lockfile is what an engine knows a version by: Turborepo by the number, Nx by the integrity. */
  async #changeGenerator() {
    const lock = JSON.parse(await this.#workspace.read('package-lock.json'));
    const installed = lock.packages['node_modules/refundgen'];
    installed.version += '-other';
    installed.integrity = `sha512-${'A'.repeat(86)}==`;
    await this.#workspace.write('package-lock.json', JSON.stringify(lock));
    assert.deepEqual(await this.#run('generate'), { ran: forEach('generate'), restored: [] });
  }

  /** @param {readonly string[]} tasks */
  #run(...tasks) {
    return this.#engine.run(this.#workspace, ...tasks);
  }

  /** The files that are not what was generated first. */
  async #changed() {
    const now = await this.#workspace.generated();
    const files = new Set([...Object.keys(now), ...Object.keys(this.#first)]);
    return [...files].filter((file) => now[file] !== this.#first[file]);
  }
}

/** @param {string} task */
function forEach(task) {
  return CONSUMERS.map((name) => `${name}:${task}`);
}
