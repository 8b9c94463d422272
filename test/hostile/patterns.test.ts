import { describe, expect, test } from 'vitest';
import { mayHang } from '../../generator/pattern.js';

describe('a pattern that may take for ever is told', () => {
  test.each([
    '(a+)+$',
    '((a)+)+$',
    '(a|ab)*$',
    '(?:a*)*$',
    '([a-z]+)*x',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a?){30}$',
    '(.*a){20}',
    '(?<name>\\w+\\s?)*$',
    '(?:\\d{1,3}\\.)*x',
  ])('%s', (pattern) => {
    expect(mayHang(pattern)).toBe(true);
  });
});

describe('a pattern that reads each character once is not', () => {
  test.each([
    '^[a-z]+$',
    '^\\P{Cc}+$',
    '^-?\\d+(\\.\\d{1,2})?$',
    '^([a-z]{2}){3}$',
    '^(a|b)$',
    '(?:abc){2,40}',
    '[(+*)]+',
    '\\(a+\\)+',
    '^((-?[0-9]+)|(-?([0-9]+)?[.][0-9]+))$',
  ])('%s', (pattern) => {
    expect(mayHang(pattern)).toBe(false);
  });
});
