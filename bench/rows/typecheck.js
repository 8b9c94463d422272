import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compare } from '../compare.js';
import { inFolder, runIn } from '../measure.js';
import { PEERS, TSC } from '../peers.js';
import { generateAll, REPOSITORY } from '../refundgen.js';
import { failed, tellRatio } from '../row.js';

/**
 * @import { Cost } from '../measure.js'
 * @import { Context, Measured } from '../row.js'
 * @import { Spec } from '../specs.js'
 * @import { Runtime } from '../refundgen.js'
 * @typedef {{ readonly name: string, readonly folder: string }} Program
 */

const OPTIONS = {
  strict: true,
  noEmit: true,
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  module: 'ESNext',
  // Some peers import without an extension.
  moduleResolution: 'bundler',
  types: [],
  // As `tsc --init` writes it.
  skipLibCheck: true,
};

/** @type {readonly Runtime[]} */
const RUNTIMES = ['copy', 'package'];

/**
 * What the emitted code costs the `tsc` of a consumer, over a program that imports nothing.
 *
 * @param {Context} context
 * @param {Spec} stripe
 * @returns {Promise<readonly Measured[]>}
 */
export async function typeChecking({ pairs }, stripe) {
  return inFolder(async (folder) => {
    const empty = await writeProgram(folder, 'empty', 'export {};');
    const { fastest, told } = await tryPeers(folder, stripe);
    const rows = [];
    for (const runtime of RUNTIMES) {
      const named = {
        measured: `a consumer's tsc, Stripe, runtime: '${runtime}'`,
        beside: `the fastest, ${fastest.name}, of ${told}`,
      };
      const compareAll = async () => inRounds(await writeOurs(folder, stripe, runtime), fastest, empty, pairs);
      rows.push({ ...named, ...(await compareAll().catch(failed)) });
    }
    return rows;
  });
}

/**
 * Three programs in turn: what the empty one takes is taken off the others.
 *
 * @param {Program} ours
 * @param {Program} theirs
 * @param {Program} empty
 * @param {number} rounds
 */
async function inRounds(ours, theirs, empty, rounds) {
  /** @type {{ ours: Cost, theirs: Cost, empty: Cost }[]} */
  const costs = [];
  // The first round does not count.
  for (let round = 0; round <= rounds; round += 1) {
    costs.push({ ours: await check(ours), theirs: await check(theirs, true), empty: await check(empty) });
  }
  const over = (/** @type {keyof Cost} */ of) =>
    compare(costs.slice(1).map(({ ours, theirs, empty }) => [ours[of] - empty[of], theirs[of] - empty[of]]));
  const wall = over('wallMs');
  return { value: wall.ratio, told: tellRatio(wall, 'ms'), also: `CPU ${tellRatio(over('cpuMs'), 'ms')}` };
}

/**
 * @param {string} folder
 * @param {Spec} stripe
 * @param {Runtime} runtime
 */
async function writeOurs(folder, stripe, runtime) {
  const ours = await writeProgram(folder, `refundgen-${runtime}`, `export * from './out/index.js';`);
  const modules = path.join(ours.folder, 'node_modules');
  await mkdir(modules);
  await symlink(REPOSITORY, path.join(modules, 'refundgen'), 'junction');
  await generateAll(ours.folder, { [stripe.id]: { spec: stripe.spec } }, { runtime });
  return ours;
}

/**
 * Every peer once: the fastest by CPU is the one to compare with.
 *
 * @param {string} folder
 * @param {Spec} stripe
 */
async function tryPeers(folder, stripe) {
  const tried = [];
  for (const peer of PEERS) {
    const program = await writeProgram(folder, peer.name.replace(/\W+/g, '-'), `export * from './out/${peer.entry}';`);
    try {
      const output = path.join(program.folder, 'out');
      await mkdir(output);
      await runIn(output, peer.generate(output, stripe.spec));
      const { code, cost, stdout } = await runIn(program.folder, { ...tsc(program), mayFail: true });
      const errors = stdout.split('error TS').length - 1;
      const told = `${peer.name} ${Math.round(cost.cpuMs)} ms${code === 0 ? '' : ` (${errors} type errors)`}`;
      tried.push({ program: { ...program, name: peer.name }, ms: cost.cpuMs, told });
    } catch {
      tried.push({ program, ms: Number.POSITIVE_INFINITY, told: `${peer.name} (fails on this spec)` });
    }
  }
  const [first] = [...tried].sort((a, b) => a.ms - b.ms);
  if (first === undefined) throw new Error('there is no peer');
  return { fastest: first.program, told: tried.map(({ told }) => told).join(', ') };
}

/**
 * @param {string} parent
 * @param {string} name
 * @param {string} line
 * @returns {Promise<Program>}
 */
async function writeProgram(parent, name, line) {
  const folder = path.join(parent, name);
  await mkdir(folder);
  await writeFile(path.join(folder, 'program.ts'), `${line}\n`);
  await writeFile(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: OPTIONS, files: ['program.ts'] }),
  );
  return { name, folder };
}

/**
 * @param {Program} program
 * @param {boolean} [mayFail] a peer's type errors are told, and do not end the comparison
 */
async function check(program, mayFail = false) {
  return (await runIn(program.folder, { ...tsc(program), mayFail })).cost;
}

/** @param {Program} program */
function tsc({ folder }) {
  return { args: [TSC, '-p', folder] };
}
