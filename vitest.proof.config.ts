import { defineConfig } from 'vitest/config';
import { COMMON } from './vitest.config.js';

/** The long proofs: more of what `npm test` holds in short. */
export default defineConfig({
  test: { ...COMMON, include: ['test/**/*.proof.ts'], testTimeout: 3_600_000, hookTimeout: 600_000 },
});
