import { compareCosts, inTurn } from '../compare.js';
import { inFolder } from '../measure.js';
import { openapiTypescript, redocly } from '../peers.js';
import { generateAll, generateOne, refundgen } from '../refundgen.js';
import { tellRatio } from '../row.js';

/**
 * @import { Cost } from '../measure.js'
 * @import { Context, Measured } from '../row.js'
 * @import { Spec } from '../specs.js'
 * @typedef {readonly (readonly [ours: Cost, theirs: Cost])[]} Pairs
 */

/**
 * `generate` where nothing has changed, and Redocly on the smallest spec alone.
 *
 * @param {Context} context
 * @returns {Promise<Measured>}
 */
export async function nothingChanged({ pairs, specs }) {
  const [smallest] = specs.small;
  const providers = Object.fromEntries(specs.small.map(({ id, spec }) => [id, { spec }]));
  return inFolder(async (folder) => {
    await generateAll(folder, providers);
    const costs = await inTurn(
      () => refundgen(folder, 'generate'),
      (empty) => redocly.generate(empty, smallest.spec),
      pairs,
    );
    return {
      measured: `generate, nothing changed, ${specs.small.length} providers`,
      beside: `Redocly generate-client, ${smallest.id} alone`,
      ...judgeWall(costs),
    };
  });
}

/**
 * @param {Context} context
 * @returns {Promise<Measured>}
 */
export async function coldSmall({ pairs, specs }) {
  const [smallest] = specs.small;
  const costs = await inTurn(
    (folder) => generateOne(folder, smallest.spec),
    (folder) => openapiTypescript.generate(folder, smallest.spec),
    pairs,
  );
  return {
    measured: `generate, cold, ${smallest.id}`,
    beside: 'openapi-typescript, which writes types only',
    ...judgeWall(costs),
  };
}

/**
 * A large spec beside Redocly: time and memory of the same runs.
 *
 * @param {Context} context
 * @param {Spec} stripe
 * @returns {Promise<readonly Measured[]>}
 */
export async function coldLarge({ pairs }, stripe) {
  const costs = await inTurn(
    (folder) => generateOne(folder, stripe.spec),
    (folder) => redocly.generate(folder, stripe.spec),
    pairs,
  );
  const memory = compareCosts(costs, 'peakMb');
  const beside = 'Redocly generate-client';
  return [
    { measured: 'generate, cold, Stripe', beside, ...judgeWall(costs) },
    { measured: 'peak memory, Stripe', beside, value: memory.ratio, told: tellRatio(memory, 'MB') },
  ];
}

/**
 * The wall clock is what a person waits for. CPU beside it: the same work, without what else the machine does.
 *
 * @param {Pairs} costs
 */
export function judgeWall(costs) {
  const wall = compareCosts(costs, 'wallMs');
  const also = [
    `CPU ${tellRatio(compareCosts(costs, 'cpuMs'), 'ms')}`,
    `memory ${tellRatio(compareCosts(costs, 'peakMb'), 'MB')}`,
  ];
  return { value: wall.ratio, told: tellRatio(wall, 'ms'), also: also.join(', ') };
}
