import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { inFolder } from '../measure.js';
import { creatorOf, generateAll } from '../refundgen.js';
import { notMeasured } from '../row.js';

/** @import { Context, Measured } from '../row.js' */

/**
 * What one client adds to a program that bundles, minifies and compresses.
 *
 * @param {Context} context
 * @returns {Promise<readonly Measured[]>}
 */
export async function bundleSizes({ specs }) {
  const all = specs.stripe === undefined ? specs.small : [...specs.small, specs.stripe];
  return inFolder(async (folder) => {
    const output = await generateAll(folder, Object.fromEntries(all.map(({ id, spec }) => [id, { spec }])));
    const sizes = await Promise.all(all.map(({ id }) => bundleSize(output, id)));
    return specs.stripe === undefined ? [...sizes, notMeasured('bundle of stripe')] : sizes;
  });
}

/**
 * @param {string} output
 * @param {string} id
 * @returns {Promise<Measured>}
 */
async function bundleSize(output, id) {
  const entry = path.join(output, `${id}.entry.ts`);
  // What no consumer can refund without: the client, and a way to say how much.
  await writeFile(entry, `export { ${await creatorOf(output, id)}, money, partial } from './index.js';\n`);
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    write: false,
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const zipped = gzipSync(code, { level: 9 }).byteLength / 1000;
  return {
    measured: `bundle of ${id}: client, runtime, money, partial`,
    beside: '–',
    value: zipped,
    told: `${zipped.toFixed(1)} kB minified and gzipped`,
    also: `${(code.byteLength / 1000).toFixed(1)} kB minified`,
  };
}
