import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ readonly wallMs: number, readonly cpuMs: number, readonly peakMb: number }} Cost
 * @typedef {{ readonly args: readonly string[], readonly cwd?: string, readonly mayFail?: boolean }} Command
 * @typedef {{ readonly cost: Cost, readonly code: number | null, readonly stdout: string }} Ran
 * @typedef {(folder: string) => Command | Promise<Command>} Prepare what to run, given an empty folder
 */

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url));

const QUIET = {
  NO_COLOR: '1',
  // What goes over the network has nothing to do with generating.
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
};

/**
 * Runs a script of Node in an empty folder of its own, and measures it with all the Node processes that it starts. What
 * prepares the command is not measured.
 *
 * @param {Prepare} prepare
 * @returns {Promise<Cost>}
 */
export async function measure(prepare) {
  return inFolder(async (folder) => (await runIn(folder, await prepare(folder))).cost);
}

/**
 * Calls a function with an empty folder, and removes it.
 *
 * @template T
 * @param {(folder: string) => Promise<T>} use
 */
export async function inFolder(use) {
  const folder = await mkdtemp(path.join(tmpdir(), 'refundgen-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * @param {string} folder where the command runs, unless it says otherwise
 * @param {Command} command
 * @returns {Promise<Ran>}
 */
export async function runIn(folder, { args, cwd = folder, mayFail = false }) {
  return inFolder(async (notes) => {
    const to = path.join(notes, 'cost.jsonl');
    const started = performance.now();
    const { code, stderr, stdout } = await run(args, cwd, to);
    const wallMs = performance.now() - started;
    if (code !== 0 && !mayFail) throw new Error(`${shown(args)} ended with ${code}: ${lastLines(stderr || stdout)}`);
    return { cost: { wallMs, ...(await readCost(to)) }, code, stdout };
  });
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {string} to
 * @returns {Promise<{ readonly code: number | null, readonly stderr: string, readonly stdout: string }>}
 */
async function run(args, cwd, to) {
  // JSON's quotes are those that Node takes in NODE_OPTIONS.
  const env = {
    ...process.env,
    ...QUIET,
    NODE_OPTIONS: `--require ${JSON.stringify(PRELOAD)}`,
    REFUNDGEN_BENCH_COST: to,
  };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stderr, stdout };
}

/** @param {string} file with a line for each process */
async function readCost(file) {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const processes = lines.map((line) => JSON.parse(line));
  return {
    cpuMs: processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakMb: Math.max(...processes.map(({ peakMb }) => peakMb)),
  };
}

/** @param {readonly string[]} args */
function shown(args) {
  return args.map((arg) => path.basename(arg)).join(' ');
}

/** @param {string} text */
function lastLines(text) {
  return text.trim().split('\n').slice(-3).join(' ').slice(-300);
}
