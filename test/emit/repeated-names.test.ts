import { describe, expect, test } from 'vitest';
import { type ModuleSource, printModules } from '../../generator/emit/module.js';

function codesOf(body: string, imports: ModuleSource['imports'] = []): readonly string[] {
  return printModules([{ path: 'acme/client.ts', from: 'Acme', imports, reexports: [], body }]).problems.map(
    ({ code }) => code,
  );
}

describe('a module in which a name stands for two things is not written', () => {
  test.each([
    ['two types', 'type A = 1;\ntype A = 2;\n'],
    ['a type and an interface', 'type A = 1;\ninterface A {}\n'],
    ['a constant and a function', 'const a = 1;\nfunction a() {}\n'],
    ['two fields', 'interface A {\n  readonly a: 1;\n  readonly a: 2;\n}\n'],
  ])('%s', (_, body) => {
    expect(codesOf(body)).toEqual(['R090']);
  });

  test('an import and a constant', () => {
    const imports = [{ module: './other.js', names: ['a'], typeNames: [] }];
    expect(codesOf('const a = 1;\n', imports)).toEqual(['R090']);
  });
});

test('a type and a value may share a name', () => {
  const imports = [{ module: './other.js', names: ['b'], typeNames: ['A'] }];
  expect(codesOf('const A = 1;\ntype b = 2;\nconst c = b;\ntype C = typeof c;\n', imports)).toEqual([]);
});
