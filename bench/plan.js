import { failed, notMeasured } from './row.js';
import { bundleSizes } from './rows/bundle.js';
import { callOverhead } from './rows/call.js';
import { coldLarge, coldSmall, nothingChanged } from './rows/commands.js';
import { emittedBytes } from './rows/emitted.js';
import { manyProviders, oneOfManyChanged } from './rows/scale.js';
import { typeChecking } from './rows/typecheck.js';

/**
 * @import { Context, Limit, Measured, Row } from './row.js'
 * @import { Spec } from './specs.js'
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {Limit} limit
 * @property {(context: Context) => Promise<Measured | readonly Measured[]>} measure
 */

/** What is measured, in this order, and the targets. @type {readonly Step[]} */
export const PLAN = [
  { name: 'nothing changed', limit: { at: 0.5, unit: '×' }, measure: nothingChanged },
  { name: 'cold, the smallest spec', limit: { at: 1, unit: '×' }, measure: coldSmall },
  withStripe('cold, Stripe: time and peak memory', { at: 1, unit: '×' }, coldLarge),
  withStripe('emitted bytes, Stripe', { at: 0.05, unit: '×' }, emittedBytes),
  withStripe("a consumer's tsc, Stripe", { at: 0.25, unit: '×' }, typeChecking),
  { name: 'bundles', limit: { at: 8, unit: 'kB' }, measure: bundleSizes },
  { name: 'a call', limit: { at: 1.1, unit: '×' }, measure: callOverhead },
  { name: '100 providers', limit: { at: 10.5, unit: '×' }, measure: manyProviders },
  { name: '1 of 100 changed', limit: { at: 1.5, unit: '×' }, measure: oneOfManyChanged },
];

/**
 * @param {string} name
 * @param {Limit} limit
 * @param {(context: Context, stripe: Spec) => Promise<Measured | readonly Measured[]>} measure
 * @returns {Step}
 */
function withStripe(name, limit, measure) {
  return {
    name,
    limit,
    measure: async (context) =>
      context.specs.stripe === undefined ? notMeasured(name) : measure(context, context.specs.stripe),
  };
}

/**
 * Measures a step. What fails is a line of the table, too.
 *
 * @param {Step} step
 * @param {Context} context
 * @returns {Promise<readonly Row[]>}
 */
export async function take({ limit, measure, name }, context) {
  try {
    return [await measure(context)].flat().map((measured) => ({ ...measured, limit }));
  } catch (cause) {
    return [{ measured: name, beside: '–', ...failed(cause), limit }];
  }
}
