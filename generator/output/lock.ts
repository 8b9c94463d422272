import { createHash } from 'node:crypto';
import { fingerprint, type GeneratedFile } from '../generated-file.js';
import type { JsonValue } from '../json.js';

/** What refundgen wrote into an output folder when it last ran, and what it made it from. */
export interface Lock {
  /** Output paths, each with the {@link fingerprint} of the text that was written. */
  readonly files: ReadonlyMap<string, string>;
  /** What a run was about to write that has not come to its end: each of these paths may have this text instead. */
  readonly pending: ReadonlyMap<string, string>;
  readonly made: Made;
  /** What the seals of {@link Made} were when they were written: by provider, and that of the shared files. */
  readonly seals: ReadonlyMap<string, string>;
}

/** What an output was made from. */
export interface Made {
  /** The SHA-256 of the generator with its templates. */
  readonly generator: string;
  /** By id. */
  readonly providers: ReadonlyMap<string, LockedProvider>;
}

/** What the files of one provider were made from. */
export interface LockedProvider {
  readonly client: 'normalized' | 'native';
  /** The SHA-256 of what the configuration says. */
  readonly options: string;
  /** By name, the SHA-256 of everything that was read; `null`: it could not be. */
  readonly inputs: ReadonlyMap<string, string | null>;
  /** Of a spec that came over the network: another one at the same URL has to be looked at first. */
  readonly pin?: LockedSpec | undefined;
  /** How many warnings there were. */
  readonly warnings: number;
  /** What the client promises, for `refundgen diff`. */
  readonly contract: JsonValue;
}

export interface LockedSpec {
  readonly url: string;
  readonly sha256: string;
}

export const LOCK_VERSION = 1;

/** The seal of what belongs to no single provider. */
export const SHARED = '';

/** Nothing is known of how it was made. */
export const NOT_KNOWN: Made = { generator: '', providers: new Map() };

/** What may be at a path if nobody but refundgen has written to it. */
export type Recorded = Pick<Lock, 'files' | 'pending'>;

/** The fingerprints that a path may have if nobody but refundgen has written to it; none where it never did. */
export function recordedAt(lock: Recorded | undefined, outputPath: string): readonly string[] {
  return [lock?.files.get(outputPath), lock?.pending.get(outputPath)].filter((hash) => hash !== undefined);
}

/** The text of the lock for these files, and for what they were made from. */
export function printLock(files: readonly GeneratedFile[], made: Made = NOT_KNOWN): string {
  return printEntries(entriesOf(files), [], made);
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
  // The old pins hold; what else the old output was made from says nothing of a mixture.
  const { providers } = lock?.made ?? NOT_KNOWN;
  return printEntries([...known], pending, { generator: '', providers });
}

/**
 * What holds together what a lock says of a provider, or of what all share, and the files: of two locks that git has
 * merged, or of one that somebody has edited, it says that the files need not be what these inputs give.
 */
export function sealOf(id: string, made: Made, files: ReadonlyMap<string, string>): string {
  const provider = made.providers.get(id);
  const own = [...files].filter(([outputPath]) => ownerOf(outputPath, made) === id).sort(byKey);
  const what = provider === undefined ? clientsOf(made) : printProvider(provider);
  return createHash('sha256')
    .update(JSON.stringify([made.generator, id, what, own]))
    .digest('hex');
}

/** The provider that a file belongs to; {@link SHARED} where it is nobody's own. */
export function ownerOf(outputPath: string, { providers }: Made): string {
  const [folder = ''] = outputPath.split('/');
  return providers.has(folder) ? folder : SHARED;
}

/** All that the shared files depend on, beside the generator. */
function clientsOf({ providers }: Made): readonly string[] {
  return [...providers].map(([id, { client, options }]) => `${id} ${client} ${options}`).sort();
}

function entriesOf(files: readonly GeneratedFile[]): [string, string][] {
  return files.map(({ path, text }) => [path, fingerprint(text)]);
}

function printEntries(files: [string, string][], pending: [string, string][], made: Made): string {
  const written = new Map(files);
  const isKnown = made.generator !== '';
  const providers = [...made.providers].sort(byKey).map(([id, provider]) => {
    return [id, { ...printProvider(provider), ...(isKnown && { seal: sealOf(id, made, written) }) }] as const;
  });
  const lock = {
    lockVersion: LOCK_VERSION,
    ...(isKnown && { generator: made.generator, seal: sealOf(SHARED, made, written) }),
    ...(providers.length > 0 && { providers: Object.fromEntries(providers) }),
    files: Object.fromEntries(files.sort(byKey)),
    ...(pending.length > 0 && { pending: Object.fromEntries(pending.sort(byKey)) }),
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function printProvider({ client, contract, inputs, options, pin, warnings }: LockedProvider) {
  return {
    client,
    options,
    inputs: Object.fromEntries([...inputs].sort(byKey)),
    ...(pin !== undefined && { pin: { url: pin.url, sha256: pin.sha256 } }),
    ...(warnings > 0 && { warnings }),
    contract,
  };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
