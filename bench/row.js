import { SPECS_VARIABLE } from './specs.js';

/**
 * @import { Comparison } from './compare.js'
 * @import { Specs } from './specs.js'
 *
 * @typedef {object} Measured
 * @property {string} measured
 * @property {string} beside what it is compared with
 * @property {number} [value] what is judged; missing where it could not be measured
 * @property {string} told the value, and what it is made of
 * @property {string} [also] what is not judged
 *
 * @typedef {{ readonly at: number, readonly unit: '×' | 'kB' }} Limit
 * @typedef {Measured & { readonly limit: Limit }} Row a line of the table
 * @typedef {{ readonly pairs: number, readonly specs: Specs }} Context
 */

/**
 * @param {Comparison} comparison
 * @param {string} unit
 */
export function tellRatio({ ours, ratio, theirs }, unit) {
  return `${ratio.toFixed(ratio < 0.1 ? 3 : 2)} × (${tellNumber(ours)} to ${tellNumber(theirs)} ${unit})`;
}

/** @param {number} value */
export function tellNumber(value) {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });
}

/**
 * A failure, as a line of the table tells it.
 *
 * @param {unknown} cause
 */
export function failed(cause) {
  return { told: `failed: ${cause instanceof Error ? cause.message : cause}` };
}

/**
 * What needs a spec that the repository does not have.
 *
 * @param {string} measured
 * @returns {Measured}
 */
export function notMeasured(measured) {
  return { measured, beside: '–', told: `not measured: set ${SPECS_VARIABLE}` };
}
