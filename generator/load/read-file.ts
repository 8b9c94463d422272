import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { error, failure, type Location, type Problem, type Result, success } from '../problem.js';

/** What an input file is called, before and after it is parsed. */
export interface InputName {
  /** As shown to people: relative to the working directory, with forward slashes; or a URL. */
  readonly file: string;
  /** What does not depend on where refundgen runs: the name without folders, or the path from the spec. */
  readonly name: string;
  /** Absolute, symbolic links resolved; or a URL. */
  readonly path: string;
}

/** Larger than any known spec; more is a mistake or an attack. */
export const MAX_BYTES = 32 * 1024 * 1024;

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

function unreadable(file: string, reason: string): Problem {
  return error('R001', `${file} cannot be read (${reason})`, 'Check the path and its permissions.');
}

/** @param location - the beginning of the file, where nothing in it is to blame more than all the rest. */
export function tooLarge(file: string, what: string, location: Location = beginningOf(file)): Problem {
  return error('R004', `${file} ${what}`, 'Give the part of the spec that concerns refunds.', location);
}

function beginningOf(file: string): Location {
  return { file, line: 1, column: 1, pointer: '', frame: '' };
}
