import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Colours depend on where tests run: CI has them, a pipe does not.
    env: { NO_COLOR: '1' },
    setupFiles: ['test/no-console.ts'],
    // Generating takes seconds on a busy machine; time decides no test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
