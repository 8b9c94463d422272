import { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { afterEach, beforeEach, vi } from 'vitest';

/** What generating tried to reach while it must reach nothing. */
export interface Guard {
  readonly attempts: readonly string[];
}

/** Refuses and counts every request, connection and program in the tests of a file. */
export function guardWorld(): Guard {
  const attempts: string[] = [];
  const refuse = (what: string) => (): never => {
    attempts.push(what);
    throw new Error(`${what} was used`);
  };
  beforeEach(() => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(refuse('fetch'));
    vi.spyOn(Socket.prototype, 'connect').mockImplementation(refuse('a connection'));
    // A method of Node that its types do not tell of: every program is started by it.
    vi.spyOn(ChildProcess.prototype as unknown as { spawn: () => never }, 'spawn').mockImplementation(
      refuse('a program'),
    );
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return { attempts };
}

/** Whether anything of a payload has run in this process, or has changed what every object has. */
export function marks(): readonly string[] {
  const ownOnly = ['pwned', 'polluted'].filter((name) => name in globalThis || name in {});
  return ownOnly.map((name) => `${name} is set`);
}
