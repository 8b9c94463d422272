import ts from 'typescript';
import type { Compiled } from '../../generator/generate.js';
import { isOutputPath } from '../../generator/output/output-path.js';
import type { Result } from '../../generator/problem.js';
import { valueFrom } from '../output/folder.js';
import { nodesOf, parse } from './syntax.js';

/** The kinds of statements that generated modules are made of. */
const STATEMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.FunctionDeclaration,
]);

/** What could run or change something, each as it is written: `call keyedErrors`. */
export function actionsIn(file: ts.SourceFile): readonly string[] {
  return nodesOf(file).flatMap((node): string[] => {
    if (ts.isCallExpression(node)) return [`call ${calleeText(node.expression)}`];
    if (ts.isNewExpression(node)) return [`new ${node.expression.getText()}`];
    if (ts.isTemplateExpression(node)) return ['template'];
    if (ts.isTaggedTemplateExpression(node)) return ['tagged template'];
    if (ts.isDeleteExpression(node) || ts.isDecorator(node) || ts.isAwaitExpression(node)) return [node.getText()];
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return [node.getText()];
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return [node.getText()];
    if (ts.isIdentifier(node) && ['eval', 'Function', 'globalThis'].includes(node.text)) return [node.text];
    return [];
  });
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** A list is data, whatever is in it: only what is done with it counts. */
function calleeText(callee: ts.Expression): string {
  const isMethodOfList = ts.isPropertyAccessExpression(callee) && ts.isArrayLiteralExpression(callee.expression);
  return isMethodOfList ? `[].${callee.name.text}` : callee.getText();
}

function statementsIn(file: ts.SourceFile): readonly ts.SyntaxKind[] {
  return file.statements.map((statement) => {
    const isLet = ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const);
    return isLet ? ts.SyntaxKind.LetKeyword : statement.kind;
  });
}

/** The files that come from the spec; the runtime is the same whatever a spec says. */
export function madeFiles({ files }: Compiled): readonly { readonly path: string; readonly file: ts.SourceFile }[] {
  return files
    .filter(({ path }) => !path.startsWith('runtime/'))
    .map(({ path, text }) => ({ path, file: parse(text) }));
}

/** What a spec gives whose texts are harmless: nothing else may be done. */
export class Twin {
  readonly #paths: ReadonlySet<string>;
  readonly #done: ReadonlySet<string>;
  readonly kinds: unknown;

  constructor(result: Result<Compiled>) {
    const compiled = valueFrom(result);
    this.#paths = new Set(compiled.files.map(({ path }) => path));
    this.#done = new Set(madeFiles(compiled).flatMap(({ file }) => actionsIn(file)));
    this.kinds = kindsOf(compiled);
  }

  /** What generated files do that those of this twin do not. */
  compare(compiled: Compiled): readonly string[] {
    const strange = compiled.files.filter(({ path }) => !isOutputPath(path) || !this.#paths.has(path));
    const done = madeFiles(compiled).flatMap(({ path, file }) => [
      ...statementsIn(file).flatMap((kind) => (STATEMENTS.has(kind) ? [] : [`${path} has a ${ts.SyntaxKind[kind]}`])),
      ...actionsIn(file).flatMap((action) => (this.#done.has(action) ? [] : [`${path} does: ${action}`])),
    ]);
    return [...strange.map(({ path }) => `${path} is no path`), ...done];
  }

  /** What is wrong with a result that is neither located problems nor harmless files. */
  async complaints(run: () => Promise<Result<Compiled>>): Promise<readonly string[]> {
    try {
      const result = await run();
      if (result.ok) return this.compare(result.value);
      return result.problems
        .filter(({ location, severity }) => severity === 'error' && location === undefined)
        .map(({ code }) => `${code} is not located`);
    } catch (cause) {
      return [`throws: ${cause instanceof Error ? cause.message.slice(0, 200) : String(cause)}`];
    }
  }
}

/** The kinds of all nodes, in order. */
export function kindsOf(compiled: Compiled): unknown {
  return madeFiles(compiled).map(({ path, file }) => [path, nodesOf(file).map(({ kind }) => kind)]);
}

/** What was wrong, each once, with the payloads that showed it. */
export class Complaints {
  readonly #payloads = new Map<string, string[]>();

  add(payload: string, complaints: readonly string[], place = 'it'): void {
    for (const complaint of complaints) {
      const key = `${place}: ${complaint}`;
      this.#payloads.set(key, [...(this.#payloads.get(key) ?? []), payload.slice(0, 60)]);
    }
  }

  list(): readonly string[] {
    return [...this.#payloads].map(
      ([complaint, payloads]) => `${complaint} (${payloads.map((text) => JSON.stringify(text)).join(', ')})`,
    );
  }
}
