import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { terminal } from '../../generator/init/terminal.js';

function streams() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const shown: string[] = [];
  output.on('data', (chunk: Buffer) => shown.push(chunk.toString('utf8')));
  return { input, output, shown };
}

test('asks, and takes one line for each question', async () => {
  const { input, output, shown } = streams();
  const person = terminal(input, output, false);
  person.say('Hello');
  const first = person.ask('First? ');
  input.write('one\n');
  expect(await first).toBe('one');
  const second = person.ask('Second? ');
  input.write('two\n');
  expect(await second).toBe('two');
  expect(shown.join('')).toContain('Hello\nFirst? ');
  person.close();
});

test('takes no line for an answer that comes before its question', async () => {
  const { input, output } = streams();
  const person = terminal(input, output, false);
  const asked = person.ask('Source? ');
  input.write('a text that was pasted\n1\n');
  expect(await asked).toBe('a text that was pasted');
  const next = person.ask('Number? ');
  input.end();
  expect(await next).toBe('');
});

test('leaves everything open once the input has ended', async () => {
  const { input, output } = streams();
  const person = terminal(input, output, false);
  const asked = person.ask('? ');
  input.end();
  expect(await asked).toBe('');
  expect(await person.ask('? ')).toBe('');
  expect(person.interrupted).toBe(false);
});

test('says that it was interrupted', async () => {
  const { input, output } = streams();
  const person = terminal(input, output, true);
  const asked = person.ask('? ');
  input.write('\u0003');
  expect(await asked).toBe('');
  expect(person.interrupted).toBe(true);
});
