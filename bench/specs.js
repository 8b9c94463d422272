import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ readonly id: string, readonly spec: string, readonly bytes: number }} Spec
 * @typedef {{ readonly small: readonly [Spec, ...Spec[]], readonly stripe: Spec | undefined }} Specs
 */

export const SPECS_VARIABLE = 'REFUNDGEN_BENCH_SPECS';
const OWN = fileURLToPath(new URL('../specs/', import.meta.url));

/**
 * The specs to measure with: the repository's own, the smallest first, and Stripe's where a folder has it.
 *
 * @returns {Promise<Specs>}
 */
export async function findSpecs() {
  const own = (await specsIn(OWN)).filter(({ spec }) => !spec.includes('.overlay.'));
  const [smallest, ...others] = own.sort((a, b) => a.bytes - b.bytes);
  if (smallest === undefined) throw new Error(`there is no spec in ${OWN}`);
  const folder = process.env[SPECS_VARIABLE];
  if (folder === undefined || folder === '') return { small: [smallest, ...others], stripe: undefined };
  const [stripe] = (await specsIn(path.resolve(folder, 'stripe'))).sort((a, b) => b.bytes - a.bytes);
  if (stripe === undefined) throw new Error(`${SPECS_VARIABLE} has no stripe/*.json and no stripe/*.yaml`);
  return { small: [smallest, ...others], stripe: { ...stripe, id: 'stripe' } };
}

/**
 * @param {string} folder
 * @returns {Promise<Spec[]>}
 */
async function specsIn(folder) {
  const names = (await readdir(folder)).filter((name) => /\.(json|ya?ml)$/.test(name) && !name.includes('.schema.'));
  return Promise.all(
    names.map(async (name) => {
      const spec = path.join(folder, name);
      return { id: path.parse(name).name, spec, bytes: (await stat(spec)).size };
    }),
  );
}
