import { beforeEach, vi } from 'vitest';

/** Stray output fails the test that makes it. */
beforeEach(() => {
  for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const) {
    vi.spyOn(console, method).mockImplementation((...said: readonly unknown[]) => {
      throw new Error(`console.${method} was called: ${said.map(String).join(' ')}`);
    });
  }
});
