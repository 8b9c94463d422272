import { expect } from 'vitest';

/**
 * Says that code compiles, but for its lines with `@ts-expect-error`. Nothing of it runs: `npm run typecheck` is what
 * checks it.
 */
export function compiles(body: (...values: never[]) => unknown): void {
  expect(body).toBeTypeOf('function');
}
