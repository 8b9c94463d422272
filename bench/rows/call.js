import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compare } from '../compare.js';
import { inFolder, runIn } from '../measure.js';
import { generateAll } from '../refundgen.js';
import { tellRatio } from '../row.js';

/** @import { Context, Measured } from '../row.js' */

const SERVER = fileURLToPath(new URL('../call/server.js', import.meta.url));
const CALLER = fileURLToPath(new URL('../call/caller.js', import.meta.url));

/**
 * A refund through a client, and the same request by `fetch` and `JSON.parse` alone, on loopback.
 *
 * @param {Context} context
 * @returns {Promise<Measured>}
 */
export async function callOverhead({ specs }) {
  const chip = specs.small.find(({ id }) => id === 'chip');
  if (chip === undefined) throw new Error('specs/chip.yaml is not there');
  return inFolder(async (folder) => {
    const output = await generateAll(folder, { chip: { spec: chip.spec } });
    const caller = path.join(folder, 'caller.mjs');
    await bundle(path.join(output, 'index.ts'), caller);
    const { stdout } = await withServer((url) => runIn(folder, { args: [caller, url] }));
    /** @type {{ ours: { wall: number, cpu: number }, theirs: { wall: number, cpu: number } }[]} */
    const batches = JSON.parse(stdout);
    const wall = compare(batches.map(({ ours, theirs }) => [ours.wall, theirs.wall]));
    const cpu = compare(batches.map(({ ours, theirs }) => [ours.cpu, theirs.cpu]));
    return {
      measured: 'a refund through the client of chip, on loopback',
      beside: 'the same request by fetch and JSON.parse',
      value: wall.ratio,
      told: tellRatio(wall, 'µs'),
      also: `CPU of the caller ${tellRatio(cpu, 'µs')}`,
    };
  });
}

/**
 * @param {string} client
 * @param {string} outfile
 */
async function bundle(client, outfile) {
  await build({
    entryPoints: [CALLER],
    outfile,
    alias: { '#generated': client },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
}

/**
 * @template T
 * @param {(url: string) => Promise<T>} use
 */
async function withServer(use) {
  const server = spawn(process.execPath, [SERVER], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [line] = await once(server.stdout, 'data');
    return await use(String(line).trim());
  } finally {
    server.stdin.end();
  }
}
