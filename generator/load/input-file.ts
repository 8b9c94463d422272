import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { getCodeframe, getLineColLocation, makeDocumentFromString, Source } from '@redocly/openapi-core';
import type { JsonValue } from '../json.js';
import { error, failure, type Location, type Result, success } from '../problem.js';

/** A file that refundgen reads, parsed, with what is needed to point into it. */
export interface InputFile {
  /** As shown to people: relative to the working directory, with forward slashes. */
  readonly file: string;
  /** The name without folders: what does not depend on where refundgen runs. */
  readonly name: string;
  /** Absolute, symbolic links resolved. */
  readonly path: string;
  readonly source: Source;
  readonly value: JsonValue;
}

/** Larger than any known spec; more is a mistake or an attack. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_NODES = 3_000_000;
const MAX_DEPTH = 200;

/** Reads and parses a YAML or JSON file. */
export async function readInputFile(location: string): Promise<Result<InputFile>> {
  const file = path.relative(process.cwd(), path.resolve(location)).split(path.sep).join('/') || location;
  let resolved: string;
  let text: string;
  try {
    resolved = await realpath(location);
    text = await readFile(resolved, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    return failure(error('R001', `${file} cannot be read (${reason})`, 'Check the path and its permissions.'));
  }
  return parseInput(file, resolved, text);
}

function parseInput(file: string, resolved: string, text: string): Result<InputFile> {
  const tooLarge = (what: string) =>
    failure<InputFile>(error('R004', `${file} ${what}`, 'Give the part of the spec that concerns refunds.'));
  if (text.length > MAX_BYTES) return tooLarge(`is larger than ${MAX_BYTES} bytes`);
  const source = new Source(resolved, text);
  let value: JsonValue;
  try {
    value = makeDocumentFromString<JsonValue>(text, resolved).parsed;
  } catch (cause) {
    const location = yamlErrorLocation(cause, file, source);
    // The parser names the file by its absolute path.
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '').replace(/ in "[^"]*"/, '') : '';
    return failure(error('R002', `${file} is not valid YAML or JSON: ${reason}`, 'Correct the syntax.', location));
  }
  const size = measure(value);
  if (size === 'deep') return tooLarge(`is nested deeper than ${MAX_DEPTH} levels, or contains itself`);
  if (size === 'large') return tooLarge(`has more than ${MAX_NODES} values (YAML aliases count each time)`);
  return success({ file, name: path.basename(resolved), path: resolved, source, value });
}

/** How large a document is. Counts with an explicit stack: a document of the attacker's depth must not overflow ours. */
export function measure(root: JsonValue): 'fits' | 'deep' | 'large' {
  const stack: { readonly value: JsonValue; readonly depth: number }[] = [{ value: root, depth: 0 }];
  let count = 0;
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, depth } = item;
    count += 1;
    if (depth > MAX_DEPTH) return 'deep';
    if (count + stack.length > MAX_NODES) return 'large';
    if (typeof value !== 'object' || value === null) continue;
    for (const child of Object.values(value)) stack.push({ value: child, depth: depth + 1 });
  }
  return 'fits';
}

/** Where a value stands in its file, with the lines around it. */
export function locate(input: Pick<InputFile, 'file' | 'source'>, pointer: string, onKey = false): Location {
  const found = getLineColLocation({ source: input.source, pointer: `#${pointer}`, reportOnKey: onKey });
  return {
    file: input.file,
    line: found.start.line,
    column: found.start.col,
    pointer,
    frame: getCodeframe(found, false),
  };
}

function yamlErrorLocation(cause: unknown, file: string, source: Source): Location | undefined {
  if (!(cause instanceof Error) || !('line' in cause) || !('col' in cause)) return undefined;
  const start = { line: Number(cause.line), col: Number(cause.col) };
  if (!Number.isSafeInteger(start.line) || !Number.isSafeInteger(start.col)) return undefined;
  const frame = getCodeframe({ source, start, end: start, pointer: undefined }, false);
  return { file, line: start.line, column: start.col, pointer: '', frame };
}
