import base from './stryker.config.js';

export default {
  ...base,
  vitest: { configFile: 'vitest.mutation.normalize.config.ts', related: false },
  mutate: ['generator/normalize/**/*.ts'],
  jsonReporter: { fileName: 'node_modules/.cache/stryker/normalize.json' },
};
