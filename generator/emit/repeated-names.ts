import { ts } from 'ts-morph';

/** Names that a module declares twice, or that a type of it has twice. The parser has nothing against them. */
export function repeatedNames(file: ts.SourceFile): readonly string[] {
  const members = file.statements
    .filter(ts.isInterfaceDeclaration)
    .map((type) => type.members.flatMap(({ name }) => (name === undefined ? [] : [name.getText(file)])));
  return [file.statements.flatMap((statement) => declaredNames(statement, file)), ...members].flatMap((names) =>
    names.filter((name, index) => names.indexOf(name) < index),
  );
}

/** A type and a value may share a name. */
function declaredNames(statement: ts.Statement, file: ts.SourceFile): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => `value ${name.getText(file)}`);
  }
  if (ts.isFunctionDeclaration(statement)) return [`value ${statement.name?.text ?? 'default'}`];
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return [`type ${statement.name.text}`];
  }
  return ts.isImportDeclaration(statement) ? importedNames(statement) : [];
}

function importedNames({ importClause }: ts.ImportDeclaration): readonly string[] {
  const named = importClause?.namedBindings;
  if (importClause === undefined || named === undefined || !ts.isNamedImports(named)) return [];
  return named.elements.map(({ isTypeOnly, name }) =>
    isTypeOnly || importClause.isTypeOnly ? `type ${name.text}` : `value ${name.text}`,
  );
}
