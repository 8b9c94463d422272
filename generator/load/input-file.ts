import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { JsonValue } from '../json.js';
import { error, failure, type Location, type Problem, type Result, success, warning } from '../problem.js';
import { frameOf, linesOf } from './frame.js';
import { locate } from './locate.js';
import { isParseable, MAX_FIELDS, type Mark, measure, parseText } from './parse.js';

/** A file that refundgen reads, parsed, with what is needed to point into it. */
export interface InputFile {
  /** As shown to people: relative to the working directory, with forward slashes; or a URL. */
  readonly file: string;
  /** What does not depend on where refundgen runs: the name without folders, or the path from the spec. */
  readonly name: string;
  /** Absolute, symbolic links resolved; or a URL. */
  readonly path: string;
  readonly source: { readonly body: string };
  readonly value: JsonValue;
}

/** What an input file is called: {@link InputFile} before it is parsed. */
export type InputName = Pick<InputFile, 'file' | 'name' | 'path'>;

/** Larger than any known spec; more is a mistake or an attack. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** Reads and parses a YAML or JSON file. A key that stands twice is an error: this is for what people write themselves. */
export async function readInputFile(location: string): Promise<Result<InputFile>> {
  const read = await readLocalFile(location);
  if (!read.ok) return failure(...read.problems);
  const parsed = parseInput(read.value.input, read.value.text);
  if (!parsed.ok || parsed.problems.length === 0) return parsed;
  return failure(...parsed.problems.map((problem): Problem => ({ ...problem, severity: 'error' })));
}

/** The text of a regular file of a bearable size. */
export async function readLocalFile(
  location: string,
): Promise<Result<{ readonly input: InputName; readonly text: string }>> {
  const file = path.relative(process.cwd(), path.resolve(location)).split(path.sep).join('/') || location;
  try {
    const resolved = await realpath(location);
    const stats = await stat(resolved);
    if (stats.size > MAX_BYTES) return failure(tooLarge(file, `is larger than ${MAX_BYTES} bytes`));
    // To read a pipe or a device could wait for ever.
    if (!stats.isFile()) return failure(unreadable(file, 'no file'));
    const text = await readFile(resolved, 'utf8');
    return success({ input: { file, name: path.basename(resolved), path: resolved }, text });
  } catch (cause) {
    return failure(unreadable(file, cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'));
  }
}

/** Parses a text. A key that stands twice is a warning, and the last one counts, as with every other JSON reader. */
export function parseInput(input: InputName, text: string): Result<InputFile> {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (!isParseable(body)) return failure(tooLarge(input.file, 'has too many values'));
  const parsed = parseText(body);
  if (!parsed.ok) {
    const message = `${input.file} is not valid YAML or JSON: ${parsed.reason}`;
    return failure(error('R002', message, 'Correct the syntax.', locationAt(input, body, parsed.mark)));
  }
  const result: InputFile = { ...input, source: { body }, value: parsed.value };
  const size = measure(parsed.value);
  if (!size.fits) return failure(tooLarge(input.file, TOO_LARGE[size.what], locate(result, size.pointer)));
  if (parsed.duplicate === undefined) return success(result);
  const hint = 'Remove one of them; if the refund needs it, look which one the provider means.';
  const where = locationAt(input, body, parsed.duplicate);
  return success(result, [warning('R002', `${input.file} has a key twice; the last one counts`, hint, where)]);
}

function unreadable(file: string, reason: string): Problem {
  return error('R001', `${file} cannot be read (${reason})`, 'Check the path and its permissions.');
}

/** What is said of a document that is too large, after its name. */
export const TOO_LARGE = {
  deep: 'is nested too deep, or contains itself',
  large: 'has too many values (YAML aliases count each time)',
  wide: `has more than ${MAX_FIELDS} fields in one object, or parameters in one list`,
} as const;

/** @param location - the beginning of the file, where nothing in it is to blame more than all the rest. */
export function tooLarge(file: string, what: string, location: Location = beginningOf(file)): Problem {
  return error('R004', `${file} ${what}`, 'Give the part of the spec that concerns refunds.', location);
}

function beginningOf(file: string): Location {
  return { file, line: 1, column: 1, pointer: '', frame: '' };
}

function locationAt({ file }: InputName, body: string, mark: Mark | undefined): Location | undefined {
  if (mark === undefined) return undefined;
  const { line, column } = mark;
  return { file, line, column, pointer: '', frame: frameOf(body, linesOf(body), { line, column, end: 0 }) };
}
