import { describe, expect, test } from 'vitest';
import { compareContracts } from '../../generator/diff/compare.js';
import type { ProviderDiff } from '../../generator/diff/diff.js';
import { diffJson, diffMarkdown, diffText } from '../../generator/diff/print.js';
import type { Paint } from '../../generator/paint.js';
import { contractWith } from './facts.js';

const same = (text: string): string => text;
const PLAIN: Paint = { bold: same, dim: same, green: same, yellow: same, red: same, cyan: same };

function diffOf(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): ProviderDiff {
  const changes = compareContracts(contractWith(before), contractWith(after));
  return { id: 'acme', before: 'Acme 1', after: 'Acme 2', changes, stops: [] };
}

/** What a spec could say to become more than text. */
const PAYLOADS = [
  '\u001b[31mred\u001b[0m',
  '\u202egnirts',
  '\n::error::run',
  '##vso[task.setvariable]',
  '| a cell |\n| --- |',
  '<img src=x onerror=alert(1)>',
  '[click](https://evil.example)',
  '![image](https://evil.example/p.png)',
  '`code` **bold** @someone #1',
  'https://evil.example',
  '</code><script>',
];

describe.each(PAYLOADS)('the text %j of a spec', (payload) => {
  const diff: ProviderDiff = {
    ...diffOf({}, { [`status ${payload}`]: payload, [`reason ${payload}`]: 'accepted' }),
    after: payload,
    stops: [{ code: 'R032', message: payload, place: { file: payload, pointer: payload, line: 1, column: 1 } }],
  };

  test('does nothing in a terminal', () => {
    const text = diffText([diff], PLAIN);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(text).not.toMatch(/^\s*::|##(?:vso)?\[/m);
  });

  test('is text in Markdown', () => {
    const text = diffMarkdown([diff]);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    // Two changes, each in its six cells, below a head.
    expect(rows).toHaveLength(4);
    expect(rows.map((row) => row.split('|').length)).toEqual([8, 8, 8, 8]);
    expect(text).not.toMatch(/<(?!\/?code>)|\]\(|@someone|\*\*bold|[^\P{Cc}\n]|\p{Cf}/u);
    // A URL is a link of its own accord, save in code.
    expect(text.replaceAll(/`[^`]*`|<code>.*?<\/code>/g, '')).not.toContain('https://');
  });

  test('reads back from JSON as it was', () => {
    expect(JSON.parse(diffJson([diff]))).toMatchObject({ diffVersion: 1, providers: [{ after: payload }] });
  });
});

test('counts come first, the most severe change is on top, and the last line says what to do', () => {
  const before = { 'amount unit': 'minor', 'reason a': 'accepted', 'request body.b': 'required string' };
  const after = { 'amount unit': 'major', 'request body.b': 'optional string' };
  const lines = diffText([diffOf(before, after), { ...diffOf({}, {}), id: 'other' }], PLAIN).split('\n');
  expect(lines[0]).toBe('3 changes for refunds: 1 money, 1 breaking, 1 harmless.');
  expect(lines.filter((line) => /^ {2}\S/.test(line)).map((line) => line.trim().split(' ')[0])).toEqual([
    'money',
    'breaking',
    'harmless',
    'no',
  ]);
  expect(lines.at(-1)).toBe('Money depends on these changes: look at each of them before you generate.');
});

test('a long value is cut for people, and whole in JSON', () => {
  const values = Array.from({ length: 200 }, (_, index) => `currency${index}`).join(' | ');
  const diff = diffOf({}, { 'request body.currency values': values });
  expect(
    Math.max(
      ...diffText([diff], PLAIN)
        .split('\n')
        .map(({ length }) => length),
    ),
  ).toBeLessThan(260);
  expect(diffJson([diff])).toContain(values);
});
