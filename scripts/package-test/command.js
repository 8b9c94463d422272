import { spawn } from 'node:child_process';
import path from 'node:path';

const TIMEOUT_MS = 5 * 60_000;
const WINDOWS = process.platform === 'win32';

/** What an outer `npm run` says about its own package, and would mislead an inner npm. */
const OUTER_NPM = /^(INIT_CWD|npm_(command|config_local_prefix|lifecycle_\w+|package_\w+))$/i;

const interruption = new AbortController();

/** Ends the commands that run. Those that are started later end at once. */
export function interrupt() {
  interruption.abort();
}

/**
 * Runs a command to its end, without a terminal and without input.
 *
 * @param {string} folder
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env] - added to the environment.
 * @returns {Promise<string>} what it printed.
 * @throws {Error} with what it printed, where it does not exit with 0.
 */
export function run(folder, command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...ownEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
      signal: interruption.signal,
      shell: WINDOWS && command === 'npm',
    });
    let output = '';
    const shown = `$ ${[path.basename(command), ...args].join(' ')}`;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', (error) => {
      output += `${error.message}\n`;
    });
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${shown}\n${output.trimEnd()}\n(ended with ${signal ?? code})`));
    });
  });
}

/**
 * npm as a new user has it: with a cache of its own, and silent about everything but errors.
 *
 * @param {string} folder
 * @param {string} cache
 * @param {readonly string[]} args
 */
export function npm(folder, cache, args) {
  return run(folder, 'npm', [...args], {
    npm_config_cache: cache,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'error',
  });
}

function ownEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTER_NPM.test(name)));
}
