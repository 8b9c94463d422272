import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Progress, spinner } from '../../generator/report/spinner.js';

interface Shown extends Progress {
  /** What was written since it was last asked. */
  drawn(): string;
}

/** A spinner on what passes for a terminal. */
function shown(): Shown {
  // The library looks for these where it is made.
  vi.stubEnv('CI', undefined);
  vi.stubEnv('TERM', 'xterm');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const written: string[] = [];
  const nothing = (): boolean => true;
  const terminal = { isTTY: true, columns: 80, cursorTo: nothing, moveCursor: nothing, clearLine: nothing };
  const stream = Object.assign(new PassThrough(), terminal, {
    write: (text: string) => written.push(text) > 0,
  });
  // A boundary: of a terminal, the spinner uses no more than this.
  const progress = spinner(stream as unknown as NodeJS.WriteStream);
  return { ...progress, drawn: () => written.splice(0).join('') };
}

test('names the providers that are being generated', () => {
  const { drawn, ended, started, stop } = shown();
  started('chip');
  expect(drawn()).toContain(' chip');
  started('medusa');
  expect(drawn()).toContain(' chip, medusa');
  ended('chip');
  expect(drawn()).toMatch(/ medusa/);
  stop();
});

test('draws nothing once nothing is being generated', () => {
  const { drawn, ended, started, stop } = shown();
  started('chip');
  drawn();
  ended('chip');
  // The cursor is shown again, and that is all.
  expect(drawn()).toBe('\u001B[?25h');
  stop();
  stop();
  expect(drawn()).toBe('');
});

test('goes on when another is started', () => {
  const { drawn, ended, started, stop } = shown();
  started('chip');
  ended('chip');
  drawn();
  started('medusa');
  expect(drawn()).toContain(' medusa');
  stop();
});
