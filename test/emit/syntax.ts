import ts from 'typescript';

/** The syntax tree of a text; a text that does not parse is an exception. */
export function parse(text: string): ts.SourceFile {
  const file = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  // What the parser complains of is kept in the tree, but not in its public type; a whole program is a hundred times slower.
  const { parseDiagnostics } = file as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  const [first] = parseDiagnostics;
  if (first !== undefined) throw new Error(ts.flattenDiagnosticMessageText(first.messageText, '\n'));
  return file;
}

/** The tokens of a text, comments included, white space not. */
export function tokens(text: string): readonly ts.SyntaxKind[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, text);
  const found: ts.SyntaxKind[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token !== ts.SyntaxKind.WhitespaceTrivia && token !== ts.SyntaxKind.NewLineTrivia) found.push(token);
  }
  return found;
}

/** Every node of a tree. */
export function nodesOf(root: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

/** The expression of `const x = …;`. */
export function expressionOf(expression: string): ts.Expression {
  const [statement, ...others] = parse(`const x = ${expression};`).statements;
  if (others.length > 0 || statement === undefined || !ts.isVariableStatement(statement)) {
    throw new Error(`${expression} is more than an expression`);
  }
  const [declaration, ...more] = statement.declarationList.declarations;
  if (more.length > 0 || declaration?.initializer === undefined) throw new Error(`${expression} is no expression`);
  return declaration.initializer;
}

/** Characters that a person does not see, or that make text look like other text than it is. */
export const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?!\n)\p{Cc}/u;
