import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Conventions } from '../conventions.js';
import type { GeneratedFile } from '../generated-file.js';
import { error, failure, type Problem, type Result, success } from '../problem.js';

/** A formatter of the project that the output is for. */
export interface Formatter {
  readonly kind: NonNullable<Conventions['format']>;
  /** The `package.json` of the installed package. */
  readonly manifest: string;
  /** What its result depends on: its version, and the configuration files that it may read. */
  readonly identity: string;
}

const PACKAGES: Readonly<Record<Formatter['kind'], string>> = { prettier: 'prettier', biome: '@biomejs/biome' };

/** Finds the formatter that is installed where the output is written. Loads nothing of it. */
export function findFormatter(conventions: Conventions, output: string): Result<Formatter | undefined> {
  const { format: kind } = conventions;
  if (kind === undefined) return success(undefined);
  const name = PACKAGES[kind];
  try {
    const manifest = createRequire(path.join(output, 'index.js')).resolve(`${name}/package.json`);
    return success({ kind, manifest, identity: `${kind} ${versionOf(manifest)} ${digestOfConfig(output)}` });
  } catch (cause) {
    return failure(isMissing(cause) ? notInstalled(name) : unreadable(name, cause));
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'MODULE_NOT_FOUND';
}

function notInstalled(name: string): Problem {
  const hint = `Install it there (npm install --save-dev ${name}), or take "format" out of the configuration.`;
  return error('R061', `${name} is not installed where the output is written`, hint);
}

function unreadable(name: string, cause: unknown): Problem {
  const hint = 'Install it again, correct what configures it, or take "format" out of the configuration.';
  return error('R061', `${name}, or what configures it, cannot be read: ${reasonOf(cause)}`, hint);
}

/** Formats files as the formatter would where they are written. */
export async function formatFiles(
  files: readonly GeneratedFile[],
  formatter: Formatter | undefined,
  output: string,
): Promise<Result<readonly GeneratedFile[]>> {
  if (formatter === undefined) return success(files);
  const format = await loadFormat(formatter).catch((cause: unknown) => unreadable(PACKAGES[formatter.kind], cause));
  if (typeof format !== 'function') return failure(format);
  const formatted: GeneratedFile[] = [];
  const problems: Problem[] = [];
  const waiting = [...files.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, file] = next;
      try {
        formatted[index] = { ...file, text: await format(path.join(output, file.path), file.text) };
      } catch (cause) {
        problems.push(unformatted(formatter, file, cause));
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return problems.length > 0 ? failure(...problems) : success(formatted);
}

function unformatted({ kind }: Formatter, { path: file }: GeneratedFile, cause: unknown): Problem {
  const hint = 'Look at the configuration of the formatter, or take "format" out of that of refundgen.';
  return error('R061', `${kind} cannot format ${file}: ${reasonOf(cause)}`, hint);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'it failed';
}

/** Formats a text as the file that it is for. Throws what the formatter does. */
export type Format = (file: string, text: string) => Promise<string>;

async function loadFormat({ kind, manifest }: Formatter): Promise<Format> {
  if (kind === 'biome') return (await import('./biome.js')).biomeFormat(manifest);
  return (await import('./prettier.js')).prettierFormat(manifest);
}

function versionOf(manifest: string): string {
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : '';
}

/** Every file by which either formatter may be configured, here or in a folder above. */
const CONFIG_FILES = [
  ...['.editorconfig', '.prettierrc', 'package.json', 'biome.json', 'biome.jsonc', '.prettierignore', '.gitignore'],
  ...['json', 'yml', 'yaml', 'json5', 'js', 'cjs', 'mjs', 'ts', 'cts', 'mts', 'toml'].map(
    (end) => `.prettierrc.${end}`,
  ),
  ...['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map((end) => `prettier.config.${end}`),
];

function digestOfConfig(output: string): string {
  const hash = createHash('sha256');
  for (let folder = output; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    for (const name of CONFIG_FILES) {
      const file = path.join(folder, name);
      if (existsSync(file)) hash.update(`${path.relative(output, file)}\n`).update(configIn(file));
    }
    // What lies above the repository is different on every machine.
    if (existsSync(path.join(folder, '.git'))) break;
  }
  return hash.digest('hex');
}

/** Most of a `package.json` is about something else, and changes often. */
function configIn(file: string): string {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  if (path.basename(file) !== 'package.json') return text;
  const manifest: unknown = JSON.parse(text);
  return typeof manifest === 'object' && manifest !== null && 'prettier' in manifest
    ? JSON.stringify(manifest.prettier)
    : '';
}
