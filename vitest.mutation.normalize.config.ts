import { defineConfig } from 'vitest/config';
import { COMMON } from './vitest.config.js';

/** What mutation testing runs on `generator/normalize/`. */
export default defineConfig({
  test: {
    ...COMMON,
    // A mutant that waits for ever is one that is found.
    testTimeout: 10_000,
    isolate: false,
    include: ['test/normalize/**/*.test.ts'],
    // What their golden files hold, the readings have shown before (test/mutation/readings.ts).
    exclude: ['test/normalize/{drafts,odd,texts}.test.ts'],
  },
});
