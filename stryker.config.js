// Mutation testing of the runtime. What `generator/normalize/` needs instead stands in stryker.normalize.config.js.

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: ['templates/runtime/**/*.ts'],
  ignorePatterns: ['bench', 'dist', 'docs', 'examples', 'scripts', 'test/hostile', 'test/laws'],
  coverageAnalysis: 'perTest',
  // A constant is made when its module is loaded: each mutant would need all tests.
  ignoreStatic: true,
  concurrency: 2,
  // Many mutants wait for ever. Whoever runs this beside something else should give more.
  timeoutMS: 5000,
  timeoutFactor: 2,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: 'node_modules/.cache/stryker/runtime.json' },
  tempDirName: '.stryker-tmp',
  thresholds: { high: 95, low: 90, break: 85 },
};
