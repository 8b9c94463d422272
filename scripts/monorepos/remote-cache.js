import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../package-test/command.js';

const PACKAGE = 'turborepo-remote-cache';
const VERSION = '2.12.0';
const PATIENCE_MS = 30_000;

/** @param {string} folder */
export async function installRemoteCache(folder) {
  await mkdir(folder);
  await run(folder, 'npm', ['install', '--no-audit', '--no-fund', `${PACKAGE}@${VERSION}`], {
    npm_config_loglevel: 'error',
  });
}

/** A remote cache of Turborepo on this machine. It is a process of its own, and keeps what it is given in a folder. */
export class RemoteCache {
  #server;
  #token = randomBytes(16).toString('hex');
  #url = '';

  /** @param {string} folder - where it is installed. */
  constructor(folder) {
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      TURBO_TOKEN: this.#token,
      STORAGE_PROVIDER: 'local',
      STORAGE_PATH: path.join(folder, 'artifacts'),
      STORAGE_PATH_USE_TMP_FOLDER: 'false',
    };
    const cli = path.join(folder, 'node_modules', PACKAGE, 'dist/cli.js');
    this.#server = spawn(process.execPath, [cli], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Waits until it listens. */
  async ready() {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    let log = '';
    this.#server.stdout.setEncoding('utf8');
    while (this.#url === '') {
      const [text] = await once(this.#server.stdout, 'data', { signal });
      log += text;
      this.#url = /http:\/\/127\.0\.0\.1:\d+/.exec(log)?.[0] ?? '';
    }
    // A log that nobody reads fills its pipe, and stops the server.
    this.#server.stdout.resume();
  }

  /** What tells Turborepo of it. */
  get env() {
    return { TURBO_API: this.#url, TURBO_TOKEN: this.#token, TURBO_TEAM: 'shop' };
  }

  async stop() {
    if (this.#server.exitCode !== null || this.#server.signalCode !== null) return;
    this.#server.kill();
    await once(this.#server, 'exit');
  }
}
