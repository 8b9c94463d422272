import path from 'node:path';
import { fingerprint, type GeneratedFile } from '../generated-file.js';
import { isObject, own } from '../json.js';
import { error, failure, type Result, success } from '../problem.js';
import { isOutputPath, LOCK_PATH, shownPath } from './output-path.js';
import { readTextFile } from './read-disk.js';

/** What refundgen wrote into an output folder when it last ran. */
export interface Lock {
  /** Output paths, each with the {@link fingerprint} of the text that was written. */
  readonly files: ReadonlyMap<string, string>;
}

const LOCK_VERSION = 1;

/** The text of the lock for these files. */
export function printLock(files: readonly GeneratedFile[]): string {
  const entries = files
    .map(({ path, text }): [string, string] => [path, fingerprint(text)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ lockVersion: LOCK_VERSION, files: Object.fromEntries(entries) }, null, 2)}\n`;
}

/**
 * Reads the lock of an output folder; undefined where there is none. Its text is not trusted: each path that comes back
 * is one that {@link isOutputPath} accepts.
 */
export async function readLock(folder: string): Promise<Result<Lock | undefined>> {
  const found = await readTextFile(path.join(folder, LOCK_PATH));
  if (found.kind === 'absent') return success(undefined);
  if (found.kind === 'blocked') return invalid(folder, `cannot be read (${found.code})`);
  return parseLock(folder, found.text);
}

function parseLock(folder: string, text: string): Result<Lock> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid(folder, 'is not valid JSON');
  }
  if (!isObject(value)) return invalid(folder, 'is not a JSON object');
  if (own(value, 'lockVersion') !== LOCK_VERSION) return invalid(folder, `does not have lockVersion ${LOCK_VERSION}`);
  const files = own(value, 'files');
  if (!isObject(files)) return invalid(folder, 'has no object of files');
  return parseEntries(folder, Object.entries(files));
}

function parseEntries(folder: string, entries: readonly (readonly [string, unknown])[]): Result<Lock> {
  const files = new Map<string, string>();
  for (const [path, hash] of entries) {
    if (!isOutputPath(path)) return invalid(folder, `has "${printable(path)}", which is no path of a generated file`);
    if (!isFingerprint(hash)) return invalid(folder, `has no SHA-256 for "${printable(path)}"`);
    files.set(path, hash);
  }
  return success({ files });
}

function isFingerprint(value: unknown): value is string {
  return typeof value === 'string' && /^[\da-f]{64}$/.test(value);
}

/** Text of a lock, made fit for a terminal. */
function printable(text: string): string {
  return text.slice(0, 100).replaceAll(/[^ -~]/g, '?');
}

function invalid<T>(folder: string, reason: string): Result<T> {
  const hint =
    'Restore it from version control, or delete it and generate again; files that are no longer generated then stay.';
  return failure(error('R053', `${shownPath(folder, LOCK_PATH)} ${reason}`, hint));
}
