import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../../generator/conformance/sample.js';
import type { Shape } from '../../generator/ir.js';
import { type Shape as Checked, check } from '../../templates/runtime/check.js';

type NumberShape = Extract<Shape, { kind: 'integer' | 'number' }>;

const FREE: NumberShape = {
  kind: 'number',
  nullable: false,
  description: '',
  enum: null,
  minimum: null,
  maximum: null,
  exclusiveMinimum: null,
  exclusiveMaximum: null,
  multipleOf: null,
};

/** As a client has it: what is not demanded is not there. */
function asChecked(shape: NumberShape): Checked {
  const demanded = Object.entries(shape).filter(([, value]) => value !== null);
  return Object.fromEntries(demanded) as unknown as Checked;
}

describe('a number to try a client with', () => {
  test.each<readonly [string, Partial<NumberShape>]>([
    ['any', {}],
    ['at least', { minimum: 100 }],
    ['at most', { maximum: -3 }],
    ['more than', { exclusiveMinimum: 0 }],
    ['more than, in whole numbers', { kind: 'integer', exclusiveMinimum: 7.5 }],
    ['less than', { exclusiveMaximum: 0 }],
    ['between', { exclusiveMinimum: 0, exclusiveMaximum: 1 }],
    ['listed', { enum: [30, 60] }],
    ['a multiple', { multipleOf: 0.25, minimum: 10.1 }],
    ['a multiple, at most', { multipleOf: 7, maximum: 20 }],
  ])('%s', (_, rules) => {
    const shape = { ...FREE, ...rules };
    const sample = sampleOf(shape);
    expect(sample).toBeTypeOf('number');
    expect(check(sample, asChecked(shape), 'it')).toEqual([]);
  });

  test('is none where none is found', () => {
    expect(sampleOf({ ...FREE, minimum: 2, maximum: 1 })).toBeUndefined();
  });

  test('is never one that the client refuses', () => {
    const bound = fc.option(fc.integer({ min: -20, max: 20 }).map((value) => value / 4));
    const rules = fc.record({
      kind: fc.constantFrom<'integer' | 'number'>('integer', 'number'),
      minimum: bound,
      maximum: bound,
      exclusiveMinimum: bound,
      exclusiveMaximum: bound,
      multipleOf: fc.option(fc.constantFrom(0.25, 0.5, 2, 7)),
    });
    fc.assert(
      fc.property(rules, (limits) => {
        const shape = { ...FREE, ...limits };
        const sample = sampleOf(shape);
        expect(sample === undefined ? [] : check(sample, asChecked(shape), 'it')).toEqual([]);
      }),
    );
  });
});
