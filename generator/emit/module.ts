import type { ExportDeclarationStructure, ImportDeclarationStructure, Project, WriterFunction } from 'ts-morph';
import { type Conventions, DEFAULT_CONVENTIONS } from '../conventions.js';
import { BANNER, type GeneratedFile } from '../generated-file.js';
import { loadTsMorph } from '../libraries.js';
import { error, failure, type Result, success } from '../problem.js';
import type { Import } from './imports.js';
import { repeatedNames } from './repeated-names.js';
import { writeSpecifier } from './specifier.js';

/** A module before it becomes a file. */
export interface ModuleSource {
  readonly path: string;
  /** What it was made from, for the banner: one line, already plain. */
  readonly from: string;
  readonly imports: readonly Import[];
  /** Modules whose exports are passed on. */
  readonly reexports: readonly Reexport[];
  readonly body: string;
  /** By a printer, which needs no layout: of large types, that takes longer than anything else. */
  readonly isLaidOut?: boolean;
}

/** Exports that a module passes on: those named, or all where no names are given. */
export interface Reexport {
  readonly module: string;
  readonly names: readonly string[];
  readonly typeNames: readonly string[];
}

/**
 * Makes files of modules: banner, imports, exports, layout, and the gate that every text has to pass, the parser of
 * TypeScript itself, and no name in it twice. One pass that never searches in what a template wrote.
 */
export function printModules(
  sources: readonly ModuleSource[],
  conventions: Conventions = DEFAULT_CONVENTIONS,
): Result<readonly GeneratedFile[]> {
  const { IndentationText, ModuleKind, NewLineKind, Project, QuoteKind, ScriptTarget } = loadTsMorph();
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { target: ScriptTarget.ES2022, module: ModuleKind.NodeNext },
    manipulationSettings: {
      indentationText: IndentationText.TwoSpaces,
      newLineKind: NewLineKind.LineFeed,
      quoteKind: QuoteKind.Single,
      useTrailingCommas: true,
    },
  });
  const files = sources.map((source) => ({ path: source.path, text: printModule(project, source, conventions) }));
  const program = project.getProgram();
  const broken = files.filter(({ path }) => {
    const file = project.getSourceFileOrThrow(`/${path}`);
    return program.getSyntacticDiagnostics(file).length > 0 || repeatedNames(file.compilerNode).length > 0;
  });
  if (broken.length === 0) return success(files);
  const hint = 'This is a defect of refundgen, not of the spec: please report it with the spec.';
  return failure(...broken.map(({ path }) => error('R090', `${path} would not be valid TypeScript`, hint)));
}

function printModule(
  project: Project,
  { body, from, imports, isLaidOut = false, path, reexports }: ModuleSource,
  conventions: Conventions,
): string {
  // At once with the body: each insertion would be one more parse of all of it.
  const statements = [
    ...imports.map((found) => importOf(found, conventions)),
    ...reexports.map((found) => reexportOf(found, conventions)),
    `\n${body}`,
  ];
  const file = project.createSourceFile(`/${path}`, { statements });
  if (!isLaidOut) file.formatText({ indentSize: 2, ensureNewLineAtEndOfFile: true });
  const banner = `${BANNER} from ${from}. Do not edit: change the spec or its overlay, and generate again.`;
  return `${banner}\n\n${file
    .getFullText()
    .trim()
    .replaceAll(/\n{3,}/g, '\n\n')}\n`;
}

function importOf({ module, names, typeNames }: Import, conventions: Conventions): ImportDeclarationStructure {
  const isTypeOnly = names.length === 0;
  const moduleSpecifier = writeSpecifier(module, conventions);
  const head = isTypeOnly ? 'import type' : 'import';
  return {
    kind: loadTsMorph().StructureKind.ImportDeclaration,
    moduleSpecifier,
    isTypeOnly,
    namedImports: layOut(
      [...names, ...typeNames.map((name) => (isTypeOnly ? name : `type ${name}`))],
      head,
      moduleSpecifier,
    ),
  };
}

function reexportOf({ module, names, typeNames }: Reexport, conventions: Conventions): ExportDeclarationStructure {
  const moduleSpecifier = writeSpecifier(module, conventions);
  const all = [...names, ...typeNames.map((name) => `type ${name}`)];
  return {
    kind: loadTsMorph().StructureKind.ExportDeclaration,
    moduleSpecifier,
    ...(all.length === 0 ? {} : { namedExports: layOut(all, 'export', moduleSpecifier) }),
  };
}

const LINE_WIDTH = 120;

/** Names between braces: on one line, or on a line each where that would be too long. */
function layOut(names: readonly string[], head: string, module: string): WriterFunction {
  const isShort = `${head} { ${names.join(', ')} } from '${module}';`.length <= LINE_WIDTH;
  return (writer) => writer.write(isShort ? names.join(', ') : `\n  ${names.join(',\n  ')},\n`);
}
