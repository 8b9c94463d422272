import { defineConfig } from 'vitest/config';

/** What holds for every run. */
export const COMMON = {
  // Colours depend on where tests run: CI has them, a pipe does not.
  env: { NO_COLOR: '1' },
  setupFiles: ['test/no-console.ts'],
  unstubEnvs: true,
  // Generating takes seconds on a busy machine; time decides no test.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

const GENERATOR =
  'test/{*.test.ts,{cli,discover,emit,hostile,init,inspect,laws,load,normalize,packs,slice}/**/*.test.ts}';

export default defineConfig({
  test: {
    ...COMMON,
    projects: [
      // What moves money, and what replaces modules: each file starts afresh.
      {
        extends: true,
        test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: [GENERATOR, '**/node_modules/**'] },
      },
      // The generator keeps no state between specs, but takes longer to load, with its compilers, than most files to run.
      { extends: true, test: { name: 'generator', include: [GENERATOR], isolate: false } },
    ],
  },
});
