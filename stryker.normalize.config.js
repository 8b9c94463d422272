import base from './stryker.config.js';

export default {
  ...base,
  testRunner: 'readings-first',
  plugins: ['./scripts/mutation/plugin.js'],
  vitest: { configFile: 'vitest.mutation.normalize.config.ts', related: false },
  mutate: ['generator/normalize/**/*.ts'],
  jsonReporter: { fileName: 'node_modules/.cache/stryker/normalize.json' },
};
