import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { isProviderId, toIdentifier, uniqueName } from '../../generator/names.js';
import { isOutputPath } from '../../generator/output/output-path.js';
import { anyText, PAYLOADS } from '../hostile/payloads.js';
import { tokens } from './syntax.js';

describe('toIdentifier', () => {
  test('is a short ASCII name and no word of the language', () => {
    fc.assert(
      fc.property(anyText(), fc.constantFrom('camel' as const, 'pascal' as const), (text, style) => {
        const name = toIdentifier(text, style);
        expect(name).toMatch(style === 'camel' ? /^[a-z][A-Za-z\d]{0,70}$/ : /^[A-Z][A-Za-z\d]{0,70}$/);
        expect(['__proto__', 'constructor', 'prototype', 'eval', 'arguments']).not.toContain(name);
      }),
      { numRuns: 1000 },
    );
  });

  test('no word of the language is left as it is', () => {
    for (let kind = ts.SyntaxKind.FirstReservedWord; kind <= ts.SyntaxKind.LastFutureReservedWord; kind += 1) {
      const word = ts.tokenToString(kind) ?? '';
      expect(tokens(toIdentifier(word, 'camel'))).toEqual([ts.SyntaxKind.Identifier]);
    }
  });

  test.each([
    ['createRefund', 'createRefund', 'CreateRefund'],
    ['create_refund', 'createRefund', 'CreateRefund'],
    ['Create a refund', 'createARefund', 'CreateARefund'],
    ['PostPaymentsPaymentRefunds', 'postPaymentsPaymentRefunds', 'PostPaymentsPaymentRefunds'],
    ['refunds.create', 'refundsCreate', 'RefundsCreate'],
    ['3ds-refund', 'n3dsRefund', 'N3dsRefund'],
    ['delete', 'deleteValue', 'Delete'],
    ['constructor', 'constructorValue', 'Constructor'],
  ])('%s', (text, camel, pascal) => {
    expect([toIdentifier(text, 'camel'), toIdentifier(text, 'pascal')]).toEqual([camel, pascal]);
  });

  test('texts without a letter are told apart', () => {
    const names = ['', '***', '返金', '払戻', '\u202e'].map((text) => toIdentifier(text, 'camel'));
    expect(new Set(names).size).toBe(names.length);
  });
});

test('a name that is taken gets the first number that is free', () => {
  expect(uniqueName('refund', new Set())).toBe('refund');
  expect(uniqueName('refund', new Set(['refund', 'refund2', 'refund4']))).toBe('refund3');
});

describe('isProviderId', () => {
  test.each(['piriod', 'medusa-v1', 'a', 'x2', 'a'.repeat(40)])('%s may name a provider', (id) => {
    expect(isProviderId(id)).toBe(true);
    expect(isOutputPath(`${id}/client.ts`)).toBe(true);
  });

  test.each([...PAYLOADS, '', 'A', '2x', '-a', 'a-', 'a--b', 'a_b', 'a.b', 'a/b', '..', 'ä', 'a\n', 'a'.repeat(41)])(
    '%j may not',
    (id) => {
      // Plain words may, also those of languages: they are folders, and parts of names.
      expect(isProviderId(id)).toBe(/^[a-z]+$/.test(id) && PAYLOADS.includes(id));
    },
  );

  test.each(['runtime', 'index', 'providers', 'con', 'prn', 'aux', 'nul', 'com1', 'lpt9'])('%s may not', (id) => {
    expect(isProviderId(id)).toBe(false);
  });

  test('what may name a provider may name a folder of the output', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z\d.-]{1,12}$/), (id) => {
        expect(!isProviderId(id) || isOutputPath(`${id}/types.ts`)).toBe(true);
      }),
    );
  });
});

test('a name that is as long as names may be keeps its number in names that are made of it', () => {
  const name = toIdentifier('aB3'.repeat(400), 'camel');
  const second = uniqueName(name, new Set([name]));
  expect(second).not.toBe(name);
  expect(toIdentifier(second, 'pascal')).not.toBe(toIdentifier(name, 'pascal'));
});
