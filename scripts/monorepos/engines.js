import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../package-test/command.js';

/** @import { Workspace } from './workspace.js' */

/**
 * What became of each task, such as `checkout:generate`. Sorted.
 *
 * @typedef {{ readonly ran: readonly string[], readonly restored: readonly string[] }} Run
 */

/**
 * A task runner.
 *
 * @typedef {object} Engine
 * @property {string} name - of the example, too.
 * @property {(workspace: Workspace, ...tasks: string[]) => Promise<Run>} run
 */

/** Nobody watches, and nobody is there to be asked. */
const UNATTENDED = { CI: 'true', NO_COLOR: '1', FORCE_COLOR: '0' };

/**
 * Turborepo. Only what watches starts its daemon.
 *
 * @param {string} home
 * @param {Readonly<Record<string, string>>} remote - the environment variables of a remote cache.
 * @returns {Engine}
 */
export function turborepo(home, remote) {
  const env = { ...UNATTENDED, ...remote, HOME: home, TURBO_TELEMETRY_DISABLED: '1' };
  return {
    name: 'turborepo',
    async run({ folder }, ...tasks) {
      const summaries = path.join(folder, '.turbo/runs');
      await rm(summaries, { recursive: true, force: true });
      await run(folder, path.join(folder, 'node_modules/.bin/turbo'), ['run', ...tasks, '--summarize'], env);
      const [file = ''] = await readdir(summaries);
      const summary = JSON.parse(await readFile(path.join(summaries, file), 'utf8'));
      return sort(summary.tasks, (task) => [task.taskId, task.cache.status === 'HIT']);
    },
  };
}

/**
 * Nx.
 *
 * @param {string} home
 * @returns {Engine}
 */
export function nx(home) {
  const env = { ...UNATTENDED, HOME: home, TMPDIR: home, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };
  return {
    name: 'nx',
    async run({ folder }, ...tasks) {
      const cache = path.join(folder, '.nx/cache');
      const args = ['run-many', `--target=${tasks.join(',')}`, '--outputStyle=static'];
      await run(folder, path.join(folder, 'node_modules/.bin/nx'), args, { ...env, NX_CACHE_DIRECTORY: cache });
      const report = JSON.parse(await readFile(path.join(cache, 'run.json'), 'utf8'));
      return sort(report.tasks, (task) => [task.taskId, task.cacheStatus !== 'cache-miss']);
    },
  };
}

/**
 * @template T
 * @param {readonly T[]} tasks
 * @param {(task: T) => readonly [id: string, restored: boolean]} read
 * @returns {Run}
 */
function sort(tasks, read) {
  const known = tasks.map(read);
  const names = (/** @type {boolean} */ wanted) =>
    known
      .filter(([, restored]) => restored === wanted)
      .map(([id]) => id.replace('@shop/', '').replace('#', ':'))
      .sort();
  return { ran: names(false), restored: names(true) };
}
