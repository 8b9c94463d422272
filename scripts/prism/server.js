import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PRISM } from './install.js';

/** @import { ChildProcess } from 'node:child_process' */

const LISTENING = /Prism is listening on (http:\/\/\S+)/;
/** Far more than it takes: Prism either listens, or ends by itself. */
const NEVER_MS = 120_000;

/** @type {Set<ChildProcess>} */
const running = new Set();
process.once('exit', () => {
  for (const child of running) kill(child);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

/**
 * Starts Prism on a free port of loopback. It answers with a problem where a request or an answer breaks the spec.
 *
 * @param {readonly string[]} command - `mock <spec>` or `proxy <spec> <upstream>`.
 * @returns {Promise<{ readonly url: string, readonly close: () => Promise<void> }>}
 */
export async function startPrism(command) {
  const options = ['--errors', '--multiprocess=false', '--host', '127.0.0.1', '--port', '0'];
  const child = spawn(process.execPath, [PRISM, ...command, ...options], {
    // A process group of its own: it ends as a whole.
    detached: true,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const closed = once(child, 'close').then(() => running.delete(child));
  const close = async () => {
    kill(child);
    await closed;
  };
  try {
    return { url: await addressOf(child), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {ChildProcess} child
 * @returns {Promise<string>}
 */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (/** @type {string} */ why) => reject(new Error(`Prism ${why}:\n${output}`));
    const timer = setTimeout(() => fail('does not listen'), NEVER_MS);
    for (const stream of [child.stdout, child.stderr]) {
      // Read to its end: a full pipe would stop Prism.
      stream?.setEncoding('utf8').on('data', (text) => {
        output = `${output}${text}`.slice(-4000);
        const address = LISTENING.exec(output)?.[1];
        if (address !== undefined) resolve(address);
      });
    }
    child.once('error', ({ message }) => fail(`cannot be started, ${message}`));
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(`has ended with ${code}`);
    });
  });
}

/** @param {ChildProcess} child */
function kill({ pid }) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
