import type { Paint } from './paint.js';

/** Where commands say what they have to say. */
export interface Terminal {
  readonly paint: Paint;
  /** Writes a line of what was asked for. */
  readonly print: (text: string) => void;
  /** Writes a line about it. */
  readonly printError: (text: string) => void;
  /** Whether a person is looking on: not a file, a pipe or a CI. */
  readonly isWatched: boolean;
  readonly streams: Pick<NodeJS.Process, 'stderr' | 'stdin' | 'stdout'>;
  /** The environment, as far as it says where this runs. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit codes: done, problems, wrong usage. */
export const EXIT = { done: 0, problems: 1, usage: 2 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];
