import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../generator/json.js';
import { parseInput } from '../../generator/load/input-file.js';
import { applyOverlay } from '../../generator/load/overlay.js';
import { type Json, keyed, writeJson } from '../fixtures/json.js';
import { action, said } from '../fixtures/pack.js';
import { guardWorld, marks } from './guard.js';

// An overlay may come with a spec, and be as hostile.

const guard = guardWorld();

function apply(document: JsonObject, ...actions: readonly Json[]) {
  const overlay: Json = { overlay: '1.0.0', info: { title: 'Facts', version: '1' }, actions: [...actions] };
  const input = parseInput(
    { file: 'acme.overlay.yaml', name: 'acme.overlay.yaml', path: '/acme.overlay.yaml' },
    writeJson(overlay),
  );
  if (!input.ok) throw new Error(said(input.problems).join('\n'));
  return applyOverlay(document, input.value);
}

/** Nested lists, in which each step of a target has several ways. */
const NESTED: JsonObject = JSON.parse(`{"a":${'['.repeat(40)}1${']'.repeat(40)}}`);
const WIDE: JsonObject = {
  a: Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`k${index}`, { b: [index] }])),
};

describe('a target that would take too long is refused', () => {
  test.each<readonly [string, JsonObject, string]>([
    ['by going down again and again', NESTED, `$${'..*'.repeat(12)}`],
    ['by naming the same item again and again', NESTED, `$.a${'[0,0,0]'.repeat(38)}`],
    ['by going down for each value in a filter', WIDE, '$.a[?count($..*) > count($..b)]'],
    ['by filters in filters', WIDE, '$.a[?$.a[?$.a[?@.b[0] == 1]]]'],
    ['by a regular expression', { a: { b: `${'a'.repeat(60)}!` } }, "$.a[?search(@, '(a+)+$')]"],
    ['by a regular expression of the spec', { a: { b: `${'a'.repeat(60)}!` }, c: '(a|a)*$' }, '$.a[?match(@, $.c)]'],
    ['by being long', WIDE, `$${'.a'.repeat(2000)}`],
    ['by being nested', WIDE, `$[?${'('.repeat(900)}@.a${')'.repeat(900)}]`],
    ['by being nested and long', WIDE, `$[?${'('.repeat(100_000)}@.a${')'.repeat(100_000)}]`],
    ['by negating', WIDE, `$[?${'!'.repeat(1900)}@.a]`],
    ['by a filter in a filter without end', WIDE, `$${'[?@'.repeat(600)}${']'.repeat(600)}`],
  ])('%s', (_, document, target) => {
    const applied = apply(document, action(target, { update: {} }));
    expect(applied.ok).toBe(false);
    expect(applied.problems.map(({ code }) => code)).toEqual([expect.stringMatching(/^R01[01]$/)]);
    expect(applied.problems[0]?.location).toMatchObject({ file: 'acme.overlay.yaml', pointer: '/actions/0/target' });
  });
});

describe('a document that grows without end is refused', () => {
  test('by doubling', () => {
    const doubling = Array.from({ length: 40 }, (_, index) =>
      action('$..[?@.x]', { update: keyed(`k${index}`, { x: 1 }) }),
    );
    const applied = apply({ a: { x: 1 } }, ...doubling);
    expect(applied.ok).toBe(false);
    expect(said(applied.problems)).toEqual([expect.stringMatching(/^R004 .* would be too large$/)]);
  });

  test('by going deeper', () => {
    const deeper = Array.from({ length: 30 }, () =>
      action('$..[?@.x == 1]', { update: { x: 2, y: { y: { y: { y: { y: { y: { y: { y: { x: 1 } } } } } } } } } }),
    );
    const applied = apply({ a: { x: 1 } }, ...deeper);
    expect(applied.ok).toBe(false);
    expect(said(applied.problems)).toEqual([expect.stringMatching(/^R004 .* too large or nested too deep/)]);
  });

  test('by writing much in many places', () => {
    const applied = apply(
      WIDE,
      action('$.a.*', { update: { list: Array.from({ length: 1000 }, (_, index) => index) } }),
    );
    expect(said(applied.problems)).toEqual([expect.stringMatching(/^R004 .* would be too large$/)]);
  });
});

describe('keys of every object', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    '%s is a key like others',
    (key) => {
      const applied = apply(
        { a: { b: 1 } },
        action('$', { update: keyed(key, { polluted: 1 }) }),
        action('$.a', { update: keyed(key, { polluted: 1 }) }),
      );
      if (!applied.ok) throw new Error(said(applied.problems).join('\n'));
      const { value } = applied.value;
      expect(Object.hasOwn(value, key)).toBe(true);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(JSON.stringify(value)).toBe(writeCompact(key));
      expect(marks()).toEqual([]);
    },
  );

  test.each(["$['__proto__']", '$.constructor', "$.a['__proto__']", '$.a.toString', '$..__proto__'])(
    '%s selects nothing that the document does not have',
    (target) => {
      const applied = apply({ a: { b: 1 } }, action(target, { update: { polluted: 1 } }));
      expect(applied.problems.map(({ code }) => code)).toEqual(['R011']);
      expect(marks()).toEqual([]);
    },
  );
});

function writeCompact(key: string): string {
  const more = JSON.stringify(keyed(key, { polluted: 1 })).slice(1, -1);
  return `{"a":{"b":1,${more}},${more}}`;
}

describe('removing', () => {
  test('the document itself is refused', () => {
    expect(said(apply({ a: 1 }, action('$', { remove: true })).problems)).toEqual([
      'R010 the document itself cannot be removed',
    ]);
  });

  test.each([
    ['the same item twice', '$.list[0,0]', [2, 3, 4]],
    ['items out of order', '$.list[2,0]', [2, 4]],
    ['items from the end', '$.list[-1,0]', [2, 3]],
    ['all of them', '$.list[*,*]', []],
  ])('%s removes what is named, and nothing else', (_, target, left) => {
    const applied = apply({ list: [1, 2, 3, 4] }, action(target, { remove: true }));
    expect(applied.ok && applied.value.value['list']).toEqual(left);
  });
});

test('an overlay asks nobody', () => {
  apply({ a: 1 }, action('$', { update: { $ref: 'http://169.254.169.254/' } }));
  expect(guard.attempts).toEqual([]);
});
