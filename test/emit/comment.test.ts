import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { docComment, plainText, sentence } from '../../generator/emit/comment.js';
import { anyText, PAYLOADS } from '../hostile/payloads.js';
import { INVISIBLE, tokens } from './syntax.js';

const ONE_COMMENT = [ts.SyntaxKind.MultiLineCommentTrivia];

describe('plainText', () => {
  test('is one visible line that ends no comment and has no tags', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(INVISIBLE);
        expect(plain).not.toMatch(/[\n\r]|\*\/|\/\*|(?<!\\)[@{}]|\\$/);
      }),
      { numRuns: 1000 },
    );
  });

  test('leaves what is harmless as it is', () => {
    const text = 'The amount, in "minor" units: 100 for €1.00 (see `refundable_amount`). 50% — <b>bold</b>, 返金 😀';
    expect(plainText(text)).toBe(text);
  });

  test.each([
    ['two  lines\r\n\tof text ', 'two lines of text'],
    ['end */ it', 'end *\\/ it'],
    ['begin /* it', 'begin /\\* it'],
    ['end *\u200b/ it', 'end *\\/ it'],
    ['@deprecated', '\\@deprecated'],
    ['{@link x}', '\\{\\@link x\\}'],
    ['a\\', 'a'],
    ['\u202etxet', 'txet'],
  ])('%j is %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  test('is cut where it is long, and between characters', () => {
    const plain = plainText(`${'a'.repeat(699)}😀${'b'.repeat(100)}`);
    expect(plain.length).toBeLessThan(710);
    expect(plain).not.toMatch(INVISIBLE);
    expect(plainText('*/'.repeat(10_000)).length).toBeLessThan(710);
  });

  test('long text takes no long time', () => {
    const started = performance.now();
    for (const unit of [' ', '\\', '*/', '@', 'a ', '\u200b']) plainText(unit.repeat(1_000_000));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('docComment', () => {
  test('is one comment, whatever it says and wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(anyText(), { minLength: 1, maxLength: 4 }), fc.nat(8), (texts, indent) => {
        const comment = docComment(texts.map(sentence), indent);
        const said = texts.some((text) => plainText(text) !== '');
        expect(tokens(comment)).toEqual(said ? ONE_COMMENT : []);
        if (said) expect(tokens(`${comment}\nconst x = 1;`)).toHaveLength(ONE_COMMENT.length + 5);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(PAYLOADS)('%j between other words', (payload) => {
    const texts = [
      `Sent as \`${plainText(payload)}\`.`,
      `(${plainText(payload)}) ${sentence(payload)}`,
      plainText(payload),
    ];
    expect(tokens(docComment(texts, 2))).toEqual(ONE_COMMENT);
    expect(tokens(`// Generated from ${plainText(payload)}. Do not edit.`)).toEqual([
      ts.SyntaxKind.SingleLineCommentTrivia,
    ]);
  });

  test('text of a spec is no tag: only ours are', () => {
    const comment = docComment([sentence('Do.\n@deprecated Never.\n@throws x'), '@throws Error where it fails.']);
    const [statement] = ts.createSourceFile(
      'x.ts',
      `${comment}\nconst x = 1;`,
      ts.ScriptTarget.ES2022,
      true,
    ).statements;
    const tags = statement === undefined ? [] : ts.getJSDocTags(statement);
    expect(tags.map(({ tagName }) => tagName.text)).toEqual(['throws']);
  });

  test('keeps lines short where words allow it', () => {
    const comment = docComment(['word '.repeat(200).trim(), 'x'.repeat(300)], 2);
    const long = comment.split('\n').filter((line) => line.length > 120);
    expect(long).toEqual([`   * ${'x'.repeat(300)}`]);
  });

  test('says nothing where there is nothing to say', () => {
    expect(docComment(['', ''])).toBe('');
    expect(docComment(['One thing.'])).toBe('/** One thing. */');
  });
});
