import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ readonly wallMs: number, readonly cpuMs: number, readonly peakMb: number }} Cost
 * @typedef {{ readonly code: number | null, readonly stdout: string, readonly stderr: string, readonly cost: Cost }} Ran
 */

const MEASURE = fileURLToPath(new URL('./measure.js', import.meta.url));
let runs = 0;

/**
 * Runs a script of Node in a process of its own, and measures the whole of it.
 *
 * @param {readonly string[]} args
 * @returns {Promise<Ran>}
 */
export async function run(args) {
  runs += 1;
  const to = path.join(tmpdir(), `refundgen-corpus-${process.pid}-${runs}.json`);
  const child = spawn(process.execPath, ['--import', MEASURE, ...args], {
    env: { ...process.env, MEASURE_TO: to, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const cost = JSON.parse(await readFile(to, 'utf8'));
  await rm(to, { force: true });
  return { code, stdout: await stdout, stderr: await stderr, cost };
}

/** @param {import('node:stream').Readable} stream */
async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
