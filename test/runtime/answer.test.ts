import { describe, expect, test } from 'vitest';
import { count, detail, instant, isSameId, maybe, scalarText, text } from '../../templates/runtime/answer.js';
import { type Json, parseJson } from '../../templates/runtime/json.js';

function json(value: object): Json {
  const parsed = parseJson(JSON.stringify(value));
  if (parsed === undefined) throw new Error('no JSON');
  return parsed;
}

describe('what is told for information only', () => {
  const date = (body: Json, path: readonly string[]): Date => instant(body, path, 'date-time');

  test('is read where it can be', () => {
    const body = json({ note: 'sorry', at: '2026-03-04T05:06:07Z' });
    expect(detail('note', body, ['note'], text)).toEqual({ note: 'sorry' });
    expect(detail('at', body, ['at'], date)).toEqual({ at: new Date('2026-03-04T05:06:07Z') });
  });

  test.each([undefined, null, '', 5, true, [], {}, ['sorry']])('is left out where it is %j', (note) => {
    expect(detail('note', json({ note }), ['note'], text)).toEqual({});
  });

  test.each(['yesterday', '', '2026-02-30', 5, {}])('a date is left out where it is %j', (at) => {
    expect(detail('at', json({ at }), ['at'], date)).toEqual({});
  });

  test('what money depends on is not: it may be missing, but it must be readable', () => {
    expect(maybe('payment', json({}), ['payment'], text)).toEqual({});
    expect(maybe('payment', json({ payment: null }), ['payment'], text)).toEqual({});
    expect(() => maybe('payment', json({ payment: 5 }), ['payment'], text)).toThrow('payment');
    expect(() => maybe('payment', json({ payment: '' }), ['payment'], text)).toThrow('payment');
  });
});

describe('isSameId', () => {
  const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
  test.each([
    ['pay_1', 'pay_1', true],
    ['pay_1', 'PAY_1', false],
    ['pay_1', 'pay_1 ', false],
    ['77', '077', false],
    ['', '', true],
    [id, id.toUpperCase(), true],
    [id, `{${id}}`, false],
    [id.replaceAll('-', ''), id.replaceAll('-', '').toUpperCase(), false],
    [id, '7c9e6679-7425-40de-944b-e07fc1f90ae8', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(isSameId(a, b)).toBe(same);
    expect(isSameId(b, a)).toBe(same);
  });
});

describe('count', () => {
  test('counts the items of a list, whatever they are', () => {
    expect(count(json({ attempts: [] }), ['attempts'])).toBe(0);
    expect(count(json({ data: { attempts: [{}, null, 5] } }), ['data', 'attempts'])).toBe(3);
  });

  test.each([undefined, null, 0, '', 'abc', {}, { length: 3 }])('%j is no list', (attempts) => {
    expect(() => count(json({ attempts }), ['attempts'])).toThrow('attempts is not a list');
  });
});

describe('scalarText', () => {
  test.each([
    ['"done"', 'done'],
    ['""', undefined],
    ['true', 'true'],
    ['false', 'false'],
    ['0', '0'],
    ['-2', '-2'],
    ['9007199254740993', '9007199254740993'],
    ['1.0', '1.0'],
    ['null', undefined],
    ['[1]', undefined],
    ['{"a":1}', undefined],
  ])('%s is %j', (value, wanted) => {
    const body = parseJson(`{"data":[{"status":${value}}]}`);
    expect(body && scalarText(body, ['data', '0', 'status'])).toBe(wanted);
  });

  test('of nothing is undefined', () => {
    expect(scalarText(json({}), ['status'])).toBeUndefined();
    expect(scalarText({ value: undefined, numberAt: () => undefined }, ['status'])).toBeUndefined();
  });
});
