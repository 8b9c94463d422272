import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { inFolder, runIn } from '../measure.js';
import { PEERS } from '../peers.js';
import { generateAll } from '../refundgen.js';
import { failed, tellNumber } from '../row.js';

/**
 * @import { Context, Measured } from '../row.js'
 * @import { Runtime } from '../refundgen.js'
 * @import { Spec } from '../specs.js'
 */

/**
 * The TypeScript that is written for a large spec, in bytes: with the runtime copied, and with the runtime of the package.
 *
 * @param {Context} _context
 * @param {Spec} stripe
 * @returns {Promise<readonly Measured[]>}
 */
export async function emittedBytes(_context, stripe) {
  const peers = await Promise.all(PEERS.map((peer) => sizeOfPeer(peer, stripe)));
  const sizes = peers.flatMap(({ bytes }) => bytes ?? []);
  const smallest = Math.min(...sizes);
  const beside = `the smallest of ${peers.map(({ told }) => told).join(', ')}`;
  const row = async (/** @type {Runtime} */ runtime) => ({
    measured: `emitted .ts, Stripe, runtime: '${runtime}'`,
    beside,
    ...(await sizeOfOurs(stripe, runtime, smallest)),
  });
  return [await row('copy'), await row('package')];
}

/**
 * @param {Spec} stripe
 * @param {Runtime} runtime
 * @param {number} smallest
 */
async function sizeOfOurs(stripe, runtime, smallest) {
  return inFolder(async (folder) => {
    try {
      const output = await generateAll(folder, { [stripe.id]: { spec: stripe.spec } }, { runtime });
      const [all, client] = [await sizeOf(output), await sizeOf(path.join(output, stripe.id))];
      const told = `${(all / smallest).toFixed(3)} × (${tellKb(all)} to ${tellKb(smallest)})`;
      return { value: all / smallest, told, also: `the client's own folder ${tellKb(client)}` };
    } catch (cause) {
      return failed(cause);
    }
  });
}

/**
 * @param {(typeof PEERS)[number]} peer
 * @param {Spec} stripe
 */
async function sizeOfPeer(peer, stripe) {
  return inFolder(async (folder) => {
    try {
      await runIn(folder, peer.generate(folder, stripe.spec));
      const bytes = await sizeOf(folder);
      return { bytes, told: `${peer.name} ${tellKb(bytes)}` };
    } catch {
      return { told: `${peer.name} (fails on this spec)` };
    }
  });
}

/** @param {string} folder */
async function sizeOf(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const sizes = await Promise.all(files.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {number} bytes */
function tellKb(bytes) {
  return `${tellNumber(bytes / 1000)} kB`;
}
