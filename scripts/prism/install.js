import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../package-test/command.js';

/** Prism brings hundreds of packages, so it has a package of its own, and `npm ci` of refundgen does not install it. */
const FOLDER = fileURLToPath(new URL('../../test/prism/', import.meta.url));
const PACKAGE = path.join(FOLDER, 'node_modules/@stoplight/prism-cli');

/** The command line of Prism. */
export const PRISM = path.join(PACKAGE, 'dist/index.js');

/** Installs Prism as the lockfile has it, unless it is there. */
export async function installPrism() {
  const { dependencies } = JSON.parse(await readFile(path.join(FOLDER, 'package.json'), 'utf8'));
  const wanted = dependencies['@stoplight/prism-cli'];
  if ((await installedVersion()) !== wanted) {
    await run(FOLDER, 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  return wanted;
}

async function installedVersion() {
  const text = await readFile(path.join(PACKAGE, 'package.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text).version;
}
