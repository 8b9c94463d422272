import { createColors } from 'picocolors';
import type { Terminal } from '../../generator/terminal.js';

/** A terminal that remembers what was said. */
export function terminalFor(): Terminal & { readonly lines: string[]; readonly errors: string[] } {
  const lines: string[] = [];
  const errors: string[] = [];
  return {
    lines,
    errors,
    paint: createColors(false),
    print: (text) => lines.push(text),
    printError: (text) => errors.push(text),
    isWatched: false,
    streams: process,
    env: {},
  };
}
