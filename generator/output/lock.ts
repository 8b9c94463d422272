import path from 'node:path';
import { fingerprint, type GeneratedFile } from '../generated-file.js';
import { isObject, type JsonValue, own, ownText } from '../json.js';
import { isProviderId } from '../names.js';
import { error, failure, type Result, success } from '../problem.js';
import { isOutputPath, LOCK_PATH, shownPath } from './output-path.js';
import { readTextFile } from './read-disk.js';

/** What refundgen wrote into an output folder when it last ran. */
export interface Lock {
  /** Output paths, each with the {@link fingerprint} of the text that was written. */
  readonly files: ReadonlyMap<string, string>;
  /** What a run was about to write that has not come to its end: each of these paths may have this text instead. */
  readonly pending: ReadonlyMap<string, string>;
  /** By provider, what its spec was, where that came over the network. */
  readonly specs: LockedSpecs;
}

/** By provider id. */
export type LockedSpecs = ReadonlyMap<string, LockedSpec>;

/** A spec that came over the network is pinned: another one at the same URL has to be looked at first. */
export interface LockedSpec {
  readonly url: string;
  readonly sha256: string;
}

const LOCK_VERSION = 1;

/** What may be at a path if nobody but refundgen has written to it. */
export type Recorded = Pick<Lock, 'files' | 'pending'>;

/** The fingerprints that a path may have if nobody but refundgen has written to it; none where it never did. */
export function recordedAt(lock: Recorded | undefined, outputPath: string): readonly string[] {
  return [lock?.files.get(outputPath), lock?.pending.get(outputPath)].filter((hash) => hash !== undefined);
}

/** The text of the lock for these files, and the specs that they were made from. */
export function printLock(files: readonly GeneratedFile[], specs: LockedSpecs = new Map()): string {
  return printEntries(entriesOf(files), [], specs);
}

/**
 * The text of the lock while files are being replaced. A run that is killed then leaves nothing behind that the next one
 * does not know: neither new files that nobody wants any more, nor replaced ones that would be taken for edited.
 *
 * @param texts - what is on disk. Of the texts that an earlier run may have left at a path, it tells which it was.
 */
export function printPendingLock(
  lock: Lock | undefined,
  files: readonly GeneratedFile[],
  texts: ReadonlyMap<string, string>,
): string {
  const known = new Map([...(lock?.pending ?? []), ...(lock?.files ?? [])]);
  for (const [outputPath, text] of texts) {
    const actual = fingerprint(text);
    if (recordedAt(lock, outputPath).includes(actual)) known.set(outputPath, actual);
  }
  const pending = entriesOf(files).filter(([outputPath, wanted]) => known.get(outputPath) !== wanted);
  return printEntries([...known], pending, lock?.specs ?? new Map());
}

function entriesOf(files: readonly GeneratedFile[]): [string, string][] {
  return files.map(({ path, text }) => [path, fingerprint(text)]);
}

function printEntries(files: [string, string][], pending: [string, string][], specs: LockedSpecs): string {
  const pins = [...specs].map(([id, { url, sha256 }]): [string, LockedSpec] => [id, { url, sha256 }]);
  const lock = {
    lockVersion: LOCK_VERSION,
    ...(pins.length > 0 && { specs: Object.fromEntries(pins.sort(byKey)) }),
    files: Object.fromEntries(files.sort(byKey)),
    ...(pending.length > 0 && { pending: Object.fromEntries(pending.sort(byKey)) }),
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
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
  const pending = own(value, 'pending') ?? {};
  if (!isObject(pending)) return invalid(folder, 'has pending files that are no object');
  const specs = own(value, 'specs') ?? {};
  if (!isObject(specs)) return invalid(folder, 'has specs that are no object');
  const pins = parseSpecs(folder, Object.entries(specs));
  const settled = parseEntries(folder, Object.entries(files));
  const unsettled = parseEntries(folder, Object.entries(pending));
  if (pins.ok && settled.ok && unsettled.ok) {
    return success({ files: settled.value, pending: unsettled.value, specs: pins.value });
  }
  return failure(...[pins, settled, unsettled].flatMap(({ problems }) => problems));
}

function parseSpecs(folder: string, entries: readonly (readonly [string, JsonValue])[]): Result<LockedSpecs> {
  const specs = new Map<string, LockedSpec>();
  for (const [id, spec] of entries) {
    const url = ownText(spec, 'url');
    const sha256 = own(spec, 'sha256');
    if (!isProviderId(id)) return invalid(folder, `has a spec of "${printable(id)}", which is no provider`);
    if (url === undefined || !URL.canParse(url)) return invalid(folder, `has no URL for the spec of ${id}`);
    if (!isFingerprint(sha256)) return invalid(folder, `has no SHA-256 for the spec of ${id}`);
    specs.set(id, { url, sha256 });
  }
  return success(specs);
}

function parseEntries(
  folder: string,
  entries: readonly (readonly [string, unknown])[],
): Result<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const [path, hash] of entries) {
    if (!isOutputPath(path)) return invalid(folder, `has "${printable(path)}", which is no path of a generated file`);
    if (!isFingerprint(hash)) return invalid(folder, `has no SHA-256 for "${printable(path)}"`);
    files.set(path, hash);
  }
  return success(files);
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
