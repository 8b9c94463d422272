import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** Built-in classes that bundlers know to make objects and nothing else. */
const PURE_CLASSES = ['Map', 'Set'];

function modules(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

/** What of an expression a bundler has to keep, as it cannot know that it does nothing. */
function effects(node: ts.Node, source: ts.SourceFile): string[] {
  if (ts.isFunctionLike(node)) return [];
  if (ts.isNewExpression(node) && PURE_CLASSES.includes(node.expression.getText(source))) return [];
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const comments = node.getFullText(source).slice(0, node.getLeadingTriviaWidth(source));
    if (!comments.includes('/* @__PURE__ */')) return [node.getText(source)];
  }
  // A getter may stand behind it, and conversions behind an operator.
  const mayRun =
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isBinaryExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isAwaitExpression(node);
  if (mayRun) return [node.getText(source)];
  return node.getChildren(source).flatMap((child) => effects(child, source));
}

function effectsOfLoading(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  return source.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ initializer }) =>
        initializer === undefined ? [] : effects(initializer, source),
      );
    }
    const isDeclaration =
      ts.isImportDeclaration(statement) ||
      ts.isExportDeclaration(statement) ||
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement);
    return isDeclaration ? [] : [statement.getText(source)];
  });
}

// Otherwise what imports one client carries a part of every other one.
test.each(['templates/runtime', 'generated'])(
  'loading a module of %s does nothing: bundlers leave out what is not used',
  (folder) => {
    const found = modules(folder).map((file): [string, string[]] => [file, effectsOfLoading(file)]);
    expect(found.length).toBeGreaterThan(30);
    expect(found.filter(([, kept]) => kept.length > 0)).toEqual([]);
  },
);
