/** @typedef {{ right: number, all: number }} Tally */

/** Counts, and remembers what is not as it should be. */
export class Score {
  /** @type {Tally} */
  answers = { right: 0, all: 0 };
  /** @type {Tally} */
  controls = { right: 0, all: 0 };
  /** @type {string[]} */
  faults = [];

  /**
   * @param {string} what
   * @param {unknown} actual
   * @param {unknown} expected
   */
  answer(what, actual, expected) {
    this.#count(this.answers, what, actual, expected);
  }

  /**
   * @param {string} what
   * @param {unknown} actual
   * @param {unknown} expected
   */
  control(what, actual, expected) {
    this.#count(this.controls, `control: ${what}`, actual, expected);
  }

  /**
   * @param {Tally} tally
   * @param {string} what
   * @param {unknown} actual
   * @param {unknown} expected
   */
  #count(tally, what, actual, expected) {
    tally.all += 1;
    if (actual === expected) tally.right += 1;
    else this.faults.push(`${what}: ${actual}, not ${expected}`);
  }
}

/**
 * How a call has ended, in words that can be compared.
 *
 * @param {any} result
 */
export function describe({ error, kind, refund, value }) {
  return [kind, error?.kind ?? refund?.status ?? value?.status].join(' ');
}
