import path from 'node:path';
import type { JsonValue } from '../json.js';
import { error, failure, type Location, type Problem, type Result, success, warning } from '../problem.js';
import type { ReadText } from './access.js';
import { frameOf, linesOf } from './frame.js';
import { locate } from './locate.js';
import { isParseable, MAX_FIELDS, type Mark, measure, parseText } from './parse.js';
import { type InputName, readLocalFile, tooLarge } from './read-file.js';
import { isUrl } from './url.js';

/** A file that refundgen reads, parsed, with what is needed to point into it. */
export interface InputFile extends InputName {
  readonly source: { readonly body: string };
  readonly value: JsonValue;
}

/** Reads and parses a YAML or JSON file. A key that stands twice is an error: this is for what people write themselves. */
export async function readInputFile(location: string): Promise<Result<InputFile>> {
  const read = await readLocalFile(location);
  if (!read.ok) return failure(...read.problems);
  const parsed = parseInput(read.value.input, read.value.text);
  if (!parsed.ok || parsed.problems.length === 0) return parsed;
  return failure(...parsed.problems.map((problem): Problem => ({ ...problem, severity: 'error' })));
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

/** What is said of a document that is too large, after its name. */
export const TOO_LARGE = {
  deep: 'is nested too deep, or contains itself',
  large: 'has too many values (YAML aliases count each time)',
  wide: `has more than ${MAX_FIELDS} fields in one object, or parameters in one list`,
} as const;

function locationAt({ file }: InputName, body: string, mark: Mark | undefined): Location | undefined {
  if (mark === undefined) return undefined;
  const { line, column } = mark;
  return { file, line, column, pointer: '', frame: frameOf(body, linesOf(body), { line, column, end: 0 }) };
}

/** A text of another kind, such as Markdown for a description, is its own value. */
export function parseReferenced({ input, text }: ReadText): Result<InputFile> {
  const extension = path.posix.extname(isUrl(input.path) ? new URL(input.path).pathname : input.path).toLowerCase();
  if (['.md', '.markdown', '.txt', '.html'].includes(extension)) {
    return success({ ...input, source: { body: text }, value: text });
  }
  return parseInput(input, text);
}
