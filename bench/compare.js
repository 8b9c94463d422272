import { measure } from './measure.js';

/**
 * @import { Cost, Prepare } from './measure.js'
 * @typedef {{ readonly ratio: number, readonly ours: number, readonly theirs: number }} Comparison
 */

/**
 * Runs two commands in turn, A B A B…, after one pair that does not count: what else the machine does then hits both.
 *
 * @param {Prepare} ours
 * @param {Prepare} theirs
 * @param {number} pairs
 * @returns {Promise<readonly (readonly [ours: Cost, theirs: Cost])[]>}
 */
export async function inTurn(ours, theirs, pairs) {
  /** @type {[Cost, Cost][]} */
  const measured = [];
  for (let pair = 0; pair <= pairs; pair += 1) measured.push([await measure(ours), await measure(theirs)]);
  return measured.slice(1);
}

/**
 * The median of the ratios of pairs, and the medians of both sides, which are this machine's.
 *
 * @param {readonly (readonly [ours: number, theirs: number])[]} pairs
 * @returns {Comparison}
 */
export function compare(pairs) {
  return {
    ratio: median(pairs.map(([ours, theirs]) => ours / theirs)),
    ours: median(pairs.map(([ours]) => ours)),
    theirs: median(pairs.map(([, theirs]) => theirs)),
  };
}

/**
 * @param {readonly (readonly [ours: Cost, theirs: Cost])[]} pairs
 * @param {keyof Cost} of
 */
export function compareCosts(pairs, of) {
  return compare(pairs.map(([ours, theirs]) => [ours[of], theirs[of]]));
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (below + above) / 2;
}
