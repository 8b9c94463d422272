import { availableParallelism } from 'node:os';

/**
 * @typedef {readonly [what: string, work: () => Promise<unknown>]} Check
 */

/** Runs checks, prints one line for each, and counts. */
export class Checks {
  #passed = 0;
  #failed = 0;
  /** @type {string | undefined} */
  #firstFailure;

  /**
   * Runs one check. It fails where the work throws.
   *
   * @param {string} what
   * @param {() => Promise<unknown>} work
   * @returns {Promise<boolean>} whether it passed.
   */
  async check(what, work) {
    const started = performance.now();
    try {
      await work();
      this.#passed += 1;
      print(`ok ${what} (${secondsSince(started)} s)`);
      return true;
    } catch (error) {
      this.#failed += 1;
      print(`not ok ${what} (${secondsSince(started)} s)`);
      this.#firstFailure ??= `${what}\n${error instanceof Error ? error.message : String(error)}`;
      return false;
    }
  }

  /**
   * Runs checks that do not depend on each other, as many at a time as there are processors.
   *
   * @param {readonly Check[]} checks
   * @returns {Promise<boolean>} whether all passed.
   */
  async all(checks) {
    const waiting = [...checks];
    let allPassed = true;
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (!(await this.check(...next))) allPassed = false;
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return allPassed;
  }

  /**
   * Prints the first failure and the count.
   *
   * @returns {boolean} whether all passed.
   */
  end() {
    if (this.#firstFailure !== undefined) print(`\nThe first failure: ${this.#firstFailure}\n`);
    print(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0;
  }
}

/** @param {number} started */
function secondsSince(started) {
  return ((performance.now() - started) / 1000).toFixed(1);
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}
