import ts from 'typescript';
import type { Compiled } from '../../generator/generate.js';
import { isOutputPath } from '../../generator/output/output-path.js';
import type { Result } from '../../generator/problem.js';
import { INVISIBLE, nodesOf, parse } from '../emit/syntax.js';
import { valueFrom } from '../output/folder.js';

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

/** What specs give whose texts are harmless: nothing else may be done. */
export class Twin {
  readonly #paths: ReadonlySet<string>;
  readonly #done: ReadonlySet<string>;
  readonly #counts = new Map<ts.SyntaxKind, number>();
  readonly kinds: unknown;

  /** @param others - what a text may also come to: where it does not fit, as if it were not there. */
  constructor(result: Result<Compiled>, ...others: readonly Result<Compiled>[]) {
    const compiled = valueFrom(result);
    const all = [compiled, ...others.map(valueFrom)];
    this.#paths = new Set(all.flatMap(({ files }) => files.map(({ path }) => path)));
    this.#done = new Set(all.flatMap(madeFiles).flatMap(({ file }) => actionsIn(file)));
    for (const [kind, count] of all.flatMap((one) => [...countKinds(one)])) {
      this.#counts.set(kind, Math.max(count, this.#counts.get(kind) ?? 0));
    }
    this.kinds = kindsOf(compiled);
  }

  /** What generated files do that those of this twin do not. */
  compare(compiled: Compiled): readonly string[] {
    const strange = compiled.files.filter(({ path }) => !isOutputPath(path) || !this.#paths.has(path));
    const done = madeFiles(compiled).flatMap(({ path, file }) => [
      ...statementsIn(file).flatMap((kind) => (STATEMENTS.has(kind) ? [] : [`${path} has a ${ts.SyntaxKind[kind]}`])),
      ...actionsIn(file).flatMap((action) => (this.#done.has(action) ? [] : [`${path} does: ${action}`])),
    ]);
    const more = [...countKinds(compiled)].filter(([kind, count]) => count > (this.#counts.get(kind) ?? 0));
    const shown = compiled.files.filter(({ text }) => INVISIBLE.test(text));
    return [
      ...strange.map(({ path }) => `${path} is no path`),
      ...done,
      ...more.map(([kind]) => `there are more nodes of the kind ${ts.SyntaxKind[kind]}`),
      ...shown.map(({ path }) => `${path} has what nobody sees`),
    ];
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

/** How a name is written depends on the name: as an identifier, a text, a number, or in brackets. */
const NAMES: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.ComputedPropertyName,
  // What a name leads to where nothing can have that name.
  ts.SyntaxKind.UnknownKeyword,
]);

/** How many nodes of each kind there are. Names are sorted, so that their order says nothing. */
function countKinds(compiled: Compiled): ReadonlyMap<ts.SyntaxKind, number> {
  const counts = new Map<ts.SyntaxKind, number>();
  for (const node of madeFiles(compiled).flatMap(({ file }) => nodesOf(file))) {
    const kind = kindOf(node);
    if (!NAMES.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** `{ a }` and `x.a` are `{ a: a }` and `x['a']` for other names. */
function kindOf(node: ts.Node): ts.SyntaxKind {
  if (ts.isShorthandPropertyAssignment(node)) return ts.SyntaxKind.PropertyAssignment;
  const isNamed = ts.isElementAccessExpression(node) && ts.isLiteralExpression(node.argumentExpression);
  return isNamed ? ts.SyntaxKind.PropertyAccessExpression : node.kind;
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
