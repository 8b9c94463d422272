import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AmountText } from '../../generator/normalize/evidence-text.js';
import { readStatedFull } from '../../generator/normalize/stated-full.js';
import { FULL, NOT_FULL } from './stated-full-texts.js';

function says(text: string, rest: Partial<AmountText> = {}): AmountText {
  return { kind: 'description', about: 'amount', type: 'integer', pointer: '/amount', text, ...rest };
}

describe('leaving the amount out', () => {
  test.each(FULL)('refunds all: %s', (text) => {
    expect(readStatedFull([says(text)])).not.toBeNull();
  });

  test.each(NOT_FULL)('is left open: %s', (text) => {
    expect(readStatedFull([says(text)])).toBeNull();
  });

  test('is quoted, from the object around the amount too', () => {
    const text = says('What to give back.\nIf the amount is omitted, the full amount is refunded. More.', {
      about: 'parent',
    });
    expect(readStatedFull([says('The amount'), text])).toEqual({
      quote: 'If the amount is omitted, the full amount is refunded.',
      pointer: '/amount',
    });
  });

  test('of the object around it is open where that may be what is left out', () => {
    expect(readStatedFull([says('If omitted, the full amount is refunded.', { about: 'parent' })])).toBeNull();
  });

  test('is read from words only', () => {
    expect(readStatedFull([says('Defaults to the full amount', { kind: 'example' })])).toBeNull();
  });

  test('is left open where another text says otherwise, or is too long to be read', () => {
    const full = says('If omitted, the full amount is refunded.');
    expect(readStatedFull([full, says('When not provided, an error is returned.', { about: 'parent' })])).toBeNull();
    expect(readStatedFull([full, says('x'.repeat(1_000_000))])).toBeNull();
  });

  test.each(['if omitted ', 'the full amount ', 'omit ', 'if the amount ', 'of a '])('%j over and over', (part) => {
    const start = performance.now();
    readStatedFull([says(part.repeat(20_000 / part.length))]);
    readStatedFull([says(`if omitted, the full amount${part.repeat(1000)}`)]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('does not depend on the order of the texts, and quotes what is there', () => {
    const text = fc.constantFrom<string>(...FULL, ...NOT_FULL).map((it) => says(it));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const found = readStatedFull(texts);
        expect(readStatedFull([...texts].reverse())).toEqual(found);
        if (found === null) return;
        expect(texts.some((it) => it.text.replace(/\s+/gu, ' ').includes(found.quote))).toBe(true);
      }),
    );
  });
});
