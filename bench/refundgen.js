import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runIn } from './measure.js';

/** @import { Command } from './measure.js' */
/** @typedef {{ readonly spec: string }} ConfiguredProvider */
/** @typedef {'copy' | 'package'} Runtime whether the output has the runtime with it */

export const REPOSITORY = fileURLToPath(new URL('../', import.meta.url));
const BIN = path.join(REPOSITORY, 'dist/bin.js');
const OUTPUT = 'out';

/**
 * The command line as it is built. It runs in the folder of its configuration, as it would for a user.
 *
 * @param {string} folder
 * @param {...string} args
 * @returns {Command}
 */
export function refundgen(folder, ...args) {
  return { args: [BIN, ...args], cwd: folder };
}

/**
 * Generates a client of one spec, without a configuration.
 *
 * @param {string} folder
 * @param {string} spec
 */
export function generateOne(folder, spec) {
  return refundgen(folder, 'generate', spec, '-o', path.join(folder, OUTPUT));
}

/**
 * @param {string} folder
 * @param {Readonly<Record<string, ConfiguredProvider>>} providers by name
 * @param {{ readonly runtime?: Runtime }} [more]
 */
export async function writeConfig(folder, providers, more = {}) {
  const config = { providers, output: OUTPUT, ...more };
  // As in any project that has refundgen installed.
  await mkdir(path.join(folder, 'node_modules'), { recursive: true });
  const text = `import { defineConfig } from 'refundgen';\n\nexport default defineConfig(${JSON.stringify(config)});\n`;
  await writeFile(path.join(folder, 'refundgen.config.ts'), text);
}

/**
 * Generates from a configuration, not measured.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, ConfiguredProvider>>} providers
 * @param {{ readonly runtime?: Runtime }} [more]
 * @returns the folder that was written
 */
export async function generateAll(folder, providers, more) {
  await writeConfig(folder, providers, more);
  await runIn(folder, refundgen(folder, 'generate'));
  return path.join(folder, OUTPUT);
}

/**
 * The name of the function that creates a client.
 *
 * @param {string} output
 * @param {string} provider
 */
export async function creatorOf(output, provider) {
  const text = await readFile(path.join(output, provider, 'client.ts'), 'utf8');
  const name = /^export function (create\w+)\(/m.exec(text)?.[1];
  if (name === undefined) throw new Error(`${provider}/client.ts exports no function that creates a client`);
  return name;
}
