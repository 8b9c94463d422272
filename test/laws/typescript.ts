import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { GeneratedFile } from '../../generator/generated-file.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A folder that is not there: nothing is written to be checked. */
const FOLDER = path.join(ROOT, 'node_modules', '.cache', 'refundgen-laws');

/** The compiler options of this repository, which are the strictest there are. */
function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  return { ...options, types: [], noEmit: true };
}

/** Parsed once for all programs: the libraries and the runtime, which every output has the same. */
const parsed = new Map<string, ts.SourceFile>();

function sourceOf(file: string, text: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile {
  const isKept = /\/typescript\/lib\/|\/runtime\//.test(file);
  const known = isKept ? parsed.get(file) : undefined;
  if (known?.text === text) return known;
  const made = ts.createSourceFile(file, text, version);
  if (isKept) parsed.set(file, made);
  return made;
}

/** What TypeScript says of one output folder, as `doc1/client.ts: …`. Nothing is written. */
export function typeFaults(files: readonly GeneratedFile[]): readonly string[] {
  const options = readOptions();
  const texts = new Map(files.map(({ path: file, text }) => [path.join(FOLDER, file), text]));
  texts.set(path.join(FOLDER, 'package.json'), '{ "type": "module" }');
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists.call(host, file);
  host.directoryExists = (folder) => folder.startsWith(FOLDER) || ts.sys.directoryExists(folder);
  host.readFile = (file) => texts.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, version) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : sourceOf(file, text, version);
  };
  const program = ts.createProgram([path.join(FOLDER, 'index.ts')], options, host);
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(FOLDER))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText, start }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
      const said = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${path.relative(FOLDER, file?.fileName ?? '')}:${line}: ${said}`;
    });
}
