import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/no-console.ts'],
    // Generating takes seconds on a busy machine; time decides no test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
