import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AmountText } from '../../generator/normalize/evidence-text.js';
import { readStatedFull } from '../../generator/normalize/stated-full.js';

function says(text: string, rest: Partial<AmountText> = {}): AmountText {
  return { kind: 'description', about: 'amount', type: 'integer', pointer: '/amount', text, ...rest };
}

const FULL = [
  'If omitted, the full amount is refunded.',
  'If omitted, full refund.',
  'If omitted, the full amount is refunded to the original payment method.',
  'Optional. If not specified a full refund is issued.',
  'If you do not specify an amount, the whole charge is refunded',
  "If you don't pass this field, the remaining amount will be refunded to the buyer.",
  'When no amount is given, the entire payment is refunded.',
  'If the `amount` is not provided, it will default to the full payment amount.',
  'If left blank, a full refund will be performed.',
  'If not set, the system makes a full refund of the transaction.',
  'Amount to give back. Defaults to the remaining amount.',
  'Amount to give back (defaults to the full amount)',
  'Default is the full amount.',
  'Default: full amount',
  'By default, the full amount is refunded.',
  'Leave blank for a full refund.',
  'Leave this field empty to refund the full amount.',
  'Omit to refund the entire charge.',
  'Omit this parameter for a full refund',
  'To refund the full amount, omit this field.',
  'For a full refund, leave the amount empty.',
  'The full amount is refunded if omitted.',
  'A full refund is made when no amount is specified.',
  'Refunds the remaining balance if not provided.',
  'If it is missing, the payment is refunded in full.',
  '<p>The sum. If <code>amount</code> is not\n given, an amount equal to the full amount is refunded.</p>',
] as const;

const SILENT = [
  '',
  'The full amount.',
  '0 means full',
  'A `0` amount triggers a full refund.',
  'If 0, the full amount is refunded.',
  'Required for partial refunds.',
  'Required when the type is partial.',
  'Must not exceed the full amount.',
  'Only full refunds are supported.',
  'If omitted, only full refunds are possible.',
  'If the full amount is not provided, an error is raised.',
  'If omitted, the request fails and the full amount stays captured.',
  'If omitted, the full amount must be refunded by hand.',
  'If omitted, the full amount of the payment is captured.',
  'If omitted, the full amount is not refunded.',
  'If omitted, the full amount of the fee is refunded.',
  'If `items` is omitted, the full amount is refunded.',
  'If omitted, the currency of the full payment is used.',
  'If omitted, nothing is refunded. Defaults to the full amount.',
  'If not provided, it defaults to the total cost of the order, even if parts were returned.',
  'Do not leave blank for a full refund.',
  'If omitted, the total paid is recorded as refunded.',
  'Defaults to 0.',
  'If omitted, the full amount is refunded unless it was disputed.',
  'If omitted, the full amount of the first capture is refunded.',
  'If omitted, the full amount of the last charge is refunded.',
  'If omitted, the full amount is credited to the gift card.',
  'If omitted, a full refund is made to the store wallet.',
  'If omitted, defaults to the remaining balance of the wallet.',
  'Defaults to the remaining balance of the wallet.',
  'The wallet balance defaults to the full amount.',
  'If omitted, the total amount of all payments of the customer is refunded.',
  'If omitted, the full amount of the batch is refunded.',
  'If omitted, the full amount is refunded for orders paid by card.',
  'If omitted, it defaults to the original amount from the request.',
  'If omitted, the full amount of the original refund is refunded.',
  'Leave blank for a full refund of the booking deposit.',
  'If omitted, the original refund amount is refunded.',
] as const;

describe('leaving the amount out', () => {
  test.each(FULL)('refunds all: %s', (text) => {
    expect(readStatedFull([says(text)])).not.toBeNull();
  });

  test.each(SILENT)('is left open: %s', (text) => {
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
    const text = fc.constantFrom<string>(...FULL, ...SILENT).map((it) => says(it));
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
