import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './command.js';
import { readGold } from './gold.js';

/** @import { Cost } from './command.js' */

const PAIRS = 5;

/**
 * Compares what generating costs with what openapi-typescript's own command costs on the same files: whole processes, in
 * turn, the median of several. Ratios, as the machine is nobody's.
 *
 * @param {string} folder
 * @param {string} repository
 */
export async function compareCost(folder, repository) {
  const gold = await readGold(folder);
  const single = gold.filter(({ tier, file }) => tier === 'A' && !file.includes('multi') && !file.includes('swagger'));
  const sized = await Promise.all(
    single.map(async ({ file }) => ({ file, size: (await stat(path.join(folder, file))).size })),
  );
  sized.sort((a, b) => a.size - b.size);
  const smallest = sized[0];
  const largest = sized.at(-1);
  process.stdout.write('\ncost against the openapi-typescript command, medians of whole processes\n');
  for (const one of [smallest, largest]) {
    if (one !== undefined) await comparePair(path.join(folder, one.file), one.size, repository);
  }
  return true;
}

/**
 * @param {string} spec
 * @param {number} size
 * @param {string} repository
 */
async function comparePair(spec, size, repository) {
  const output = await mkdtemp(path.join(tmpdir(), 'refundgen-cost-'));
  const ours = [
    path.join(repository, 'dist/bin.js'),
    'generate',
    '--native-only',
    '-o',
    path.join(output, 'ours'),
    spec,
  ];
  const peer = path.join(repository, 'node_modules/openapi-typescript/bin/cli.js');
  const theirs = [peer, spec, '-o', path.join(output, 'types.ts')];
  /** @type {[Cost[], Cost[]]} */
  const costs = [[], []];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    for (const [index, args] of [ours, theirs].entries()) {
      const { cost } = await run(args);
      costs[index]?.push(cost);
    }
    await rm(path.join(output, 'ours'), { recursive: true, force: true });
  }
  await rm(output, { recursive: true, force: true });
  const ratio = (/** @type {keyof Cost} */ of) => {
    const [a, b] = costs.map((list) => median(list.map((cost) => cost[of])));
    return `${((a ?? 0) / (b ?? 1)).toFixed(2)} × (${Math.round(a ?? 0)} to ${Math.round(b ?? 0)})`;
  };
  const name = `${path.basename(path.dirname(spec))}/${path.basename(spec)}, ${Math.round(size / 1000)} kB`;
  process.stdout.write(
    `  ${name}: wall ${ratio('wallMs')} ms, CPU ${ratio('cpuMs')} ms, peak memory ${ratio('peakMb')} MB\n`,
  );
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
