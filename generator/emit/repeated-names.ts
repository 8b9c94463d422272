import type { ts } from 'ts-morph';
import { loadTsMorph } from '../libraries.js';

const { ts: compiler } = loadTsMorph();

/** Names that a module declares twice, or that a type of it has twice. The parser has nothing against them. */
export function repeatedNames(file: ts.SourceFile): readonly string[] {
  const members = file.statements
    .filter(compiler.isInterfaceDeclaration)
    .map((type) => type.members.flatMap(({ name }) => (name === undefined ? [] : [name.getText(file)])));
  return [file.statements.flatMap((statement) => declaredNames(statement, file)), ...members].flatMap((names) =>
    names.filter((name, index) => names.indexOf(name) < index),
  );
}

/** A type and a value may share a name. */
function declaredNames(statement: ts.Statement, file: ts.SourceFile): readonly string[] {
  if (compiler.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => `value ${name.getText(file)}`);
  }
  if (compiler.isFunctionDeclaration(statement)) return [`value ${statement.name?.text ?? 'default'}`];
  if (compiler.isInterfaceDeclaration(statement) || compiler.isTypeAliasDeclaration(statement)) {
    return [`type ${statement.name.text}`];
  }
  return compiler.isImportDeclaration(statement) ? importedNames(statement) : [];
}

function importedNames({ importClause }: ts.ImportDeclaration): readonly string[] {
  const named = importClause?.namedBindings;
  if (importClause === undefined || named === undefined || !compiler.isNamedImports(named)) return [];
  return named.elements.map(({ isTypeOnly, name }) =>
    isTypeOnly || importClause.isTypeOnly ? `type ${name.text}` : `value ${name.text}`,
  );
}
