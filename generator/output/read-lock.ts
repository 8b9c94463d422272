import path from 'node:path';
import { isObject, type JsonValue, own, ownNumber, ownText } from '../json.js';
import { isProviderId } from '../names.js';
import { error, failure, type Result, success } from '../problem.js';
import { LOCK_VERSION, type Lock, type LockedProvider, type LockedSpec, SHARED } from './lock.js';
import { isOutputPath, LOCK_PATH, shownPath } from './output-path.js';
import { readTextFile } from './read-disk.js';

/**
 * Reads the lock of an output folder; undefined where there is none. Its text is not trusted: each path that comes back
 * is one that {@link isOutputPath} accepts.
 */
export function readLock(folder: string): Result<Lock | undefined> {
  const found = readTextFile(path.join(folder, LOCK_PATH));
  if (found.kind === 'absent') return success(undefined);
  if (found.kind === 'blocked') return invalid(folder, `cannot be read (${found.code})`);
  try {
    return success(parseLock(found.text));
  } catch (cause) {
    if (!(cause instanceof NotALock)) throw cause;
    return invalid(folder, cause.message);
  }
}

/** What a text is that is no lock; caught where the problem is made. */
class NotALock extends Error {}

function parseLock(text: string): Lock {
  const value = parseJson(text);
  if (!isObject(value)) throw new NotALock('is not a JSON object');
  if (own(value, 'lockVersion') !== LOCK_VERSION) throw new NotALock(`does not have lockVersion ${LOCK_VERSION}`);
  const files = own(value, 'files');
  if (!isObject(files)) throw new NotALock('has no object of files');
  const pending = own(value, 'pending') ?? {};
  if (!isObject(pending)) throw new NotALock('has pending files that are no object');
  const providers = own(value, 'providers') ?? {};
  if (!isObject(providers)) throw new NotALock('has providers that are no object');
  const entries = Object.entries(providers);
  return {
    files: parseHashes(files),
    pending: parseHashes(pending),
    made: {
      generator: ownText(value, 'generator') ?? '',
      providers: new Map(entries.map(([id, provider]) => [providerId(id), parseProvider(id, provider)])),
    },
    seals: new Map(
      [[SHARED, value] as const, ...entries].flatMap(([id, holder]) => {
        const seal = ownText(holder, 'seal');
        return seal === undefined ? [] : [[id, seal] as const];
      }),
    ),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotALock('is not valid JSON');
  }
}

function providerId(id: string): string {
  if (!isProviderId(id)) throw new NotALock(`has "${printable(id)}", which is no provider`);
  return id;
}

function parseProvider(id: string, provider: JsonValue): LockedProvider {
  const client = ownText(provider, 'client');
  const options = own(provider, 'options');
  const inputs = own(provider, 'inputs');
  if (client !== 'normalized' && client !== 'native') throw new NotALock(`does not say which client ${id} has`);
  if (!isFingerprint(options)) throw new NotALock(`has no SHA-256 for the options of ${id}`);
  if (!isObject(inputs)) throw new NotALock(`has no object of inputs for ${id}`);
  const pin = own(provider, 'pin');
  return {
    client,
    options,
    inputs: new Map(Object.entries(inputs).map(([name, hash]) => [name, parseInput(id, hash)])),
    pin: pin === undefined ? undefined : parsePin(id, pin),
    warnings: ownNumber(provider, 'warnings') ?? 0,
    contract: own(provider, 'contract') ?? null,
  };
}

function parseInput(id: string, hash: JsonValue): string | null {
  if (hash !== null && !isFingerprint(hash)) throw new NotALock(`has no SHA-256 for an input of ${id}`);
  return hash;
}

function parsePin(id: string, pin: JsonValue): LockedSpec {
  const url = ownText(pin, 'url');
  const sha256 = own(pin, 'sha256');
  if (url === undefined || !URL.canParse(url)) throw new NotALock(`has no URL for the spec of ${id}`);
  if (!isFingerprint(sha256)) throw new NotALock(`has no SHA-256 for the spec of ${id}`);
  return { url, sha256 };
}

function parseHashes(entries: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [outputPath, hash] of Object.entries(entries)) {
    if (!isOutputPath(outputPath)) {
      throw new NotALock(`has "${printable(outputPath)}", which is no path of a generated file`);
    }
    if (!isFingerprint(hash)) throw new NotALock(`has no SHA-256 for "${printable(outputPath)}"`);
    files.set(outputPath, hash);
  }
  return files;
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
