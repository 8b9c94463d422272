import { describe, expect, test } from 'vitest';
import { locate } from '../../generator/load/locate.js';

function at(body: string, pointer: string) {
  const { line, column, frame } = locate({ file: 'spec.yaml', source: { body } }, pointer);
  return { place: `${line}:${column}`, frame };
}

const YAML = `openapi: 3.0.3
info: &info
  title: "Acme"
  empty:
paths:
  /a/{b}~c:
    get: &get { tags: [one, 'two'] }
    put: *get
    post:
      <<: *get
      more: |
        text
`;

describe('a value is found', () => {
  test.each([
    ['the document', '', '1:1'],
    ['a text', '/openapi', '1:10'],
    ['a quoted text, with its quote', '/info/title', '3:10'],
    ['a mapping, where it begins', '/info', '3:3'],
    ['a value that is left out, at its key', '/info/empty', '4:3'],
    ['a key with special characters', '/paths/~1a~1{b}~0c/get', '7:15'],
    ['an item of a list', '/paths/~1a~1{b}~0c/get/tags/1', '7:29'],
    ['an alias, where it stands', '/paths/~1a~1{b}~0c/put', '8:10'],
    ['what is behind an alias', '/paths/~1a~1{b}~0c/put/tags/0', '7:24'],
    ['what is merged', '/paths/~1a~1{b}~0c/post/tags/0', '7:24'],
    ['what is not there, at what would hold it', '/info/contact/name', '3:3'],
    ['an item that is not there', '/paths/~1a~1{b}~0c/get/tags/7', '7:23'],
  ])('%s', (_, pointer, place) => {
    expect(at(YAML, pointer).place).toBe(place);
  });

  test.each(['\n', '\r\n'])('in JSON, with line ends %j', (end) => {
    const body = JSON.stringify({ a: { b: [1, { c: 'x' }] } }, null, '\t').replaceAll('\n', end);
    expect(at(body, '/a/b/1/c').place).toBe('6:10');
  });

  test('the last one of a key that stands twice', () => {
    expect(at('{"a": 1,\n"a": 2}', '/a').place).toBe('2:6');
  });

  test('nowhere but at the beginning of what cannot be parsed', () => {
    expect(at('a: [', '/a').place).toBe('1:1');
    expect(at('', '/a').place).toBe('1:1');
  });

  test('an alias in a circle', () => {
    expect(at('a: &a\n  b: *a\n', `/a${'/b'.repeat(100)}`).place).toBe('2:6');
  });
});

describe('the frame', () => {
  test('has the lines around it, and underlines the value', () => {
    expect(at(YAML, '/info/title').frame).toBe(
      [
        '1 | openapi: 3.0.3',
        '2 | info: &info',
        '3 |   title: "Acme"',
        '  |          ^^^^^^',
        '4 |   empty:',
        '5 | paths:',
      ].join('\n'),
    );
  });

  test('shows the place in a spec of one long line', () => {
    const value = { a: 'x'.repeat(10_000), refund: 'here', b: 'x'.repeat(10_000) };
    const { frame } = at(JSON.stringify(value), '/refund');
    expect(frame).toContain('"refund":"here"');
    const [text = '', underline = ''] = frame.split('\n');
    expect(text.slice(underline.indexOf('^'), underline.lastIndexOf('^') + 1)).toBe('"here"');
    expect(frame.length).toBeLessThan(400);
  });
});

test('many places in a large file are found quickly', () => {
  const value = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key${index}`, { list: [1, 2, 3] }]));
  const source = { body: JSON.stringify(value, null, 2) };
  const started = performance.now();
  for (let index = 0; index < 100; index += 1) {
    expect(locate({ file: 'spec.json', source }, `/key${index * 200}/list/2`).line).toBe(index * 200 * 7 + 6);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
