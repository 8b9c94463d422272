import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inTurn } from '../compare.js';
import { inFolder } from '../measure.js';
import { generateAll, generateOne, refundgen, writeConfig } from '../refundgen.js';
import { judgeWall } from './commands.js';

/**
 * @import { Context, Measured } from '../row.js'
 * @import { Spec } from '../specs.js'
 */

const MANY = 100;
const FEW = 10;

/**
 * @param {Context} context
 * @returns {Promise<Measured>}
 */
export async function manyProviders({ pairs, specs }) {
  return inFolder(async (folder) => {
    const providers = await copySpecs(folder, specs.small, MANY);
    const few = Object.fromEntries(Object.entries(providers).slice(0, FEW));
    const costs = await inTurn(
      (empty) => generateIn(empty, providers),
      (empty) => generateIn(empty, few),
      pairs,
    );
    return {
      measured: `generate, cold, ${MANY} providers`,
      beside: `${FEW} providers`,
      ...judgeWall(costs),
    };
  });
}

/**
 * @param {Context} context
 * @returns {Promise<Measured>}
 */
export async function oneOfManyChanged({ pairs, specs }) {
  return inFolder(async (folder) => {
    const providers = await copySpecs(folder, specs.small, MANY);
    await generateAll(folder, providers);
    const [first] = Object.values(providers);
    let version = 0;
    const costs = await inTurn(
      async () => {
        version += 1;
        await changeSpec(first?.spec ?? '', version);
        return refundgen(folder, 'generate');
      },
      (empty) => generateOne(empty, first?.spec ?? ''),
      pairs,
    );
    return {
      measured: `generate, 1 of ${MANY} providers changed`,
      beside: 'that one alone, cold',
      ...judgeWall(costs),
    };
  });
}

/**
 * @param {string} folder
 * @param {Readonly<Record<string, { readonly spec: string }>>} providers
 */
async function generateIn(folder, providers) {
  await writeConfig(folder, providers);
  return refundgen(folder, 'generate');
}

/**
 * The repository's specs again and again, each copy with a title and servers of its own, and its overlay beside it.
 *
 * @param {string} folder
 * @param {readonly Spec[]} specs
 * @param {number} count
 */
async function copySpecs(folder, specs, count) {
  /** @type {Record<string, { spec: string }>} */
  const providers = {};
  for (let copy = 0; copy < count; copy += 1) {
    const original = specs[copy % specs.length];
    if (original === undefined) break;
    const own = path.join(folder, 'specs', String(copy));
    await mkdir(own, { recursive: true });
    const spec = path.join(own, path.basename(original.spec));
    const text = await readFile(original.spec, 'utf8');
    await writeFile(spec, text.replace(/^ {2}title: .*/m, `$& ${copy}`).replaceAll('url: https://', `$&copy-${copy}.`));
    await copyOverlay(original.spec, own);
    providers[`${original.id}-${copy}`] = { spec };
  }
  return providers;
}

/**
 * @param {string} spec
 * @param {string} folder
 */
async function copyOverlay(spec, folder) {
  const name = `${path.parse(spec).name}.overlay.yaml`;
  await writeFile(path.join(folder, name), await readFile(path.join(path.dirname(spec), name)));
}

/**
 * A change that shows in the generated client.
 *
 * @param {string} spec
 * @param {number} version
 */
async function changeSpec(spec, version) {
  const text = await readFile(spec, 'utf8');
  await writeFile(spec, text.replace(/^ {2}version: .*/m, `  version: "${version}.0"`));
}
