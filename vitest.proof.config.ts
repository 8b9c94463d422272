import { defineConfig, mergeConfig } from 'vitest/config';
import shared from './vitest.config.js';

/** The long proofs: more of what `npm test` holds in short. */
export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [] } },
  defineConfig({ test: { include: ['test/**/*.proof.ts'], testTimeout: 3_600_000, hookTimeout: 600_000 } }),
);
