// The modules of the generator for scripts: what is built has its public entries only.

import { createJiti } from 'jiti';

const jiti = createJiti(import.meta.url);

/**
 * Loads a module of the generator.
 *
 * @param {string} name as `emit/module`
 */
export function loadSource(name) {
  return jiti.import(`../generator/${name}.ts`);
}
