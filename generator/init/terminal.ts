import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Person } from './interview.js';

/** A person at a terminal, until they go away. */
export interface Terminal extends Person {
  close(): void;
}

/**
 * Asks over streams. Whoever ends the input leaves all that follows open; whoever interrupts wants nothing written. A line
 * that comes before its question is shown, as when several are pasted, answers nothing.
 */
export function terminal(input: Readable, output: Writable, isTerminal: boolean): Terminal {
  const waiting: ((line: string) => void)[] = [];
  const state = { ended: false, interrupted: false };
  const reader = createInterface({ input, output, terminal: isTerminal });
  reader.on('line', (line) => waiting.shift()?.(line));
  reader.on('SIGINT', () => {
    state.interrupted = true;
    reader.close();
  });
  reader.on('close', () => {
    state.ended = true;
    for (const answer of waiting.splice(0)) answer('');
  });
  return {
    get interrupted() {
      return state.interrupted;
    },
    say: (text) => {
      output.write(`${text}\n`);
    },
    ask: (prompt) => {
      if (state.ended) return Promise.resolve('');
      reader.setPrompt(prompt);
      reader.prompt();
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () => reader.close(),
  };
}
