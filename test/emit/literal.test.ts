import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { Code, type Literal, literal, propertyName, stringLiteral, unionType } from '../../generator/emit/literal.js';
import { keyed } from '../fixtures/json.js';
import { anyText, PAYLOADS } from '../hostile/payloads.js';
import { expressionOf, INVISIBLE, nodesOf, parse, tokens } from './syntax.js';

/** What a literal expression means, by its syntax alone: nothing is run. */
function meaning(node: ts.Expression): unknown {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    return -Number(meaning(node.operand));
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(meaning);
  if (!ts.isObjectLiteralExpression(node)) throw new Error(`${ts.SyntaxKind[node.kind]} is no literal`);
  const made = {};
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property)) throw new Error(`${property.getText()} is no plain property`);
    const value = meaning(property.initializer);
    const key = meaningOfName(property.name);
    if (key === '__proto__' && !ts.isComputedPropertyName(property.name)) throw new Error('sets the prototype');
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return made;
}

function meaningOfName(name: ts.PropertyName): string {
  if (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isComputedPropertyName(name) && ts.isStringLiteral(name.expression)) return name.expression.text;
  throw new Error(`${name.getText()} is no name`);
}

describe('stringLiteral', () => {
  test('means the text, whatever the text is', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const written = stringLiteral(text);
        const node = expressionOf(written);
        expect(ts.isStringLiteral(node) && node.text).toBe(text);
        expect(written).not.toMatch(INVISIBLE);
        expect(written).not.toContain('\n');
      }),
      { numRuns: 1000 },
    );
  });

  test.each(PAYLOADS)('is one token: %j', (payload) => {
    expect(tokens(stringLiteral(payload))).toEqual([ts.SyntaxKind.StringLiteral]);
  });
});

describe('propertyName', () => {
  test('names the property, in an object and in a type', () => {
    fc.assert(
      fc.property(anyText(), (name) => {
        expect(meaning(expressionOf(`{ ${propertyName(name)}: 1 }`))).toEqual(keyed(name, 1));
        const [statement] = parse(`interface X { readonly ${propertyName(name)}?: 1; }`).statements;
        const [member] = statement !== undefined && ts.isInterfaceDeclaration(statement) ? statement.members : [];
        expect(member?.name && meaningOfName(member.name)).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['amount', 'amount'],
    ['$amount_2', '$amount_2'],
    ['200', '200'],
    ['0', '0'],
    ['default', 'default'],
    ['', "''"],
    ['a-b', "'a-b'"],
    ['007', "'007'"],
    ['1e3', "'1e3'"],
    ['größe', "'größe'"],
    ['__proto__', "['__proto__']"],
  ])('%j is written as %s', (name, written) => {
    expect(propertyName(name)).toBe(written);
  });
});

describe('literal', () => {
  const value: fc.Arbitrary<Literal> = fc.letrec<{ value: Literal }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyText(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(anyText(), tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).value;

  test('means the value, whatever it is, and wherever it stands', () => {
    fc.assert(
      fc.property(value, fc.nat(20), fc.nat(130), (item, indent, column) => {
        // -0 is written as 0: no amount and no length is -0.
        const expected = JSON.parse(JSON.stringify(item), (_, inner: unknown) => inner);
        expect(JSON.stringify(meaning(expressionOf(literal(item, indent, column))))).toBe(JSON.stringify(expected));
      }),
      { numRuns: 500 },
    );
  });

  test('leaves out what is undefined', () => {
    expect(literal({ a: undefined, b: 1 })).toBe('{ b: 1 }');
  });

  test('writes code as it is, and short where it has the name', () => {
    expect(literal({ exponents: new Code('exponents'), read: new Code('(body) => body') })).toBe(
      '{ exponents, read: (body) => body }',
    );
  });
});

test('a union of types has a literal for each value', () => {
  fc.assert(
    fc.property(fc.array(anyText(), { minLength: 1, maxLength: 5 }), (values) => {
      const literals = nodesOf(parse(`type X = ${unionType(values)};`)).filter(ts.isStringLiteral);
      expect(literals.map(({ text }) => text)).toEqual(values);
    }),
  );
  expect(unionType([])).toBe('never');
});

test('a value as deep as no spec should be is written, and ends', () => {
  const deep = Array.from({ length: 200 }).reduce<Literal>((inner) => ({ kind: 'object', fields: { inner } }), 'end');
  expect(literal(deep).match(/fields/g)).toHaveLength(200);
});

test.each<readonly [Literal, string]>([
  [{ amount: new Code('amount') }, '{ amount }'],
  [{ 'a b': new Code("'a b'") }, "{ 'a b': 'a b' }"],
  [{ 0: new Code('0') }, '{ 0: 0 }'],
  [{ true: new Code('true') }, '{ true: true }'],
])('a field that holds its own name: %j', (value, written) => {
  expect(literal(value)).toBe(written);
  expect(() => expressionOf(`(${literal(value)})`)).not.toThrow();
});
