// Proves the examples for Turborepo, Nx and npm workspaces with the engines themselves: what is generated is cached,
// shared, and generated again when its spec changes, and only then. See examples/.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { provePlain, proveSharing } from './monorepos/clone-checks.js';
import { EngineChecks } from './monorepos/engine-checks.js';
import { nx, turborepo } from './monorepos/engines.js';
import { installRemoteCache, RemoteCache } from './monorepos/remote-cache.js';
import { Workspace } from './monorepos/workspace.js';
import { Checks } from './package-test/checks.js';
import { interrupt, run } from './package-test/command.js';

const REPOSITORY = fileURLToPath(new URL('../', import.meta.url));

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'refundgen-monorepos-')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupt);
const within = (/** @type {string} */ name) => path.join(folder, name);
const checks = new Checks();

try {
  await prove();
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
process.exitCode = checks.end() ? 0 : 1;

async function prove() {
  if (!(await checks.check('npm pack', pack))) return;
  const tarball = await packed();
  const install = (/** @type {string} */ example) => () => Workspace.install(example, within(example), tarball);
  const installed = await checks.all([
    ['npm install, examples/turborepo', install('turborepo')],
    ['npm install, examples/nx', install('nx')],
    ['npm install, turborepo-remote-cache', () => installRemoteCache(within('remote'))],
  ]);
  if (!installed) return;
  await Promise.all([proveTurborepo(), proveNx()]);
}

async function pack() {
  await mkdir(within('packed'));
  await mkdir(within('home'));
  await run(REPOSITORY, 'npm', ['pack', '--silent', '--pack-destination', within('packed')]);
}

async function packed() {
  const [name, ...more] = await readdir(within('packed'));
  assert(name !== undefined && more.length === 0, 'npm pack has to write one file');
  return path.join(within('packed'), name);
}

/** What the first clone runs, it gives to the remote cache. */
async function proveTurborepo() {
  const remote = new RemoteCache(within('remote'));
  try {
    if (!(await checks.check('turborepo-remote-cache listens on loopback', () => remote.ready()))) return;
    const engine = turborepo(within('home'), remote.env);
    const workspace = new Workspace(within('turborepo'));
    const first = await new EngineChecks(engine, workspace, checks).prove();
    if (first === undefined) return;
    const clone = await workspace.clone(within('clone'));
    await proveSharing(checks, engine, clone, first);
    await provePlain(checks, clone, first);
  } finally {
    await remote.stop();
  }
}

async function proveNx() {
  await new EngineChecks(nx(within('home')), new Workspace(within('nx')), checks).prove();
}
