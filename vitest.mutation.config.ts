import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { COMMON } from './vitest.config.js';

/**
 * What mutation testing runs: quick tests only, and the committed clients on the runtime where it stands, not on its
 * copy in `generated/`.
 */
export default defineConfig({
  plugins: [
    {
      name: 'runtime-where-it-stands',
      enforce: 'pre',
      resolveId: (source, importer) => {
        const target = importer === undefined ? source : path.resolve(path.dirname(importer), source);
        const [, module] = /\/generated\/runtime\/([\w-]+)\.js$/.exec(target) ?? [];
        return module === undefined ? null : path.resolve('templates/runtime', `${module}.ts`);
      },
    },
  ],
  test: {
    ...COMMON,
    // A mutant that waits for ever is one that is found.
    testTimeout: 8_000,
    include: ['test/runtime/**/*.test.ts', 'test/providers/{chip,medusa,piriod,wooshpay}.test.ts'],
  },
});
