import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProviderInput } from '../analyse.js';
import { MAX_BYTES } from '../load/read-file.js';
import { isUrl } from '../load/url.js';
import { error, failure, type Problem, type Result, success } from '../problem.js';
import { type Commit, findCommit, listTree, readBlobs, type TreeEntry } from './git.js';

/** By provider, its files as they were; `undefined` where there was no such spec yet. */
export type EarlierInputs = ReadonlyMap<string, ProviderInput | undefined>;

/**
 * Writes the files of providers as they were at a revision into a folder of the operating system's, and removes it
 * after use. The repository is only read: no working tree, no index, no filter and no hook of it is touched.
 */
export async function withRevision<T>(
  inputs: readonly ProviderInput[],
  revision: string,
  folder: string,
  use: (earlier: EarlierInputs) => Promise<Result<T>>,
): Promise<Result<T>> {
  const commit = await findCommit(folder, revision);
  if (!commit.ok) return commit;
  // Where links lead to the working tree, its root and the paths of the plan are written differently.
  const top = await realpath(commit.value.root);
  const wanted = await Promise.all(inputs.map((input) => pathsOf(input, top)));
  const problems = inputs.flatMap((input, index) => whyNot(input, wanted[index], revision));
  if (problems.length > 0) return failure(...problems);
  const known = wanted.flatMap((item) => item ?? []);
  const entries = await listTree(commit.value, [...new Set(known.flatMap(({ below }) => below))]);
  if (!entries.ok) return entries;
  const links = entries.value.filter((entry) => !isRegular(entry) && isNamed(entry, known));
  if (links.length > 0) return failure(...links.map(({ path: at }) => linked(at, revision)));
  const target = await mkdtemp(path.join(tmpdir(), 'refundgen-diff-'));
  try {
    const written = await writeTree(
      commit.value,
      entries.value.filter((entry) => isWanted(entry, known)),
      target,
    );
    if (!written.ok) return written;
    const earlier = inputs.map((input, index) => earlierOf(input, wanted[index], written.value, target));
    return await use(new Map(inputs.map(({ id }, index) => [id, earlier[index]])));
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** Where the files of a provider are in the repository. */
interface Wanted {
  readonly spec: string;
  /** By path of the plan; those that are elsewhere, such as packs, are the same at every revision. */
  readonly overlays: ReadonlyMap<string, string>;
  readonly allow: ReadonlyMap<string, string>;
  /** What has to be looked through: references of the spec lead anywhere below its folder. */
  readonly below: readonly string[];
}

/** `undefined` where the spec is not in the repository. */
async function pathsOf(input: ProviderInput, top: string): Promise<Wanted | undefined> {
  const spec = isUrl(input.spec) ? undefined : await insideOf(top, input.spec);
  if (spec === undefined) return undefined;
  const overlays = await insideAll(top, overlaysOf(input) ?? besideOf(input.spec));
  const allow = await insideAll(
    top,
    (input.allow ?? []).filter((item) => !isUrl(item)),
  );
  const folder = path.posix.dirname(spec);
  return { spec, overlays, allow, below: [folder === '.' ? '' : folder, ...overlays.values(), ...allow.values()] };
}

function overlaysOf({ overlay, overlays }: ProviderInput): readonly string[] | undefined {
  return overlays ?? (overlay === undefined ? undefined : [overlay]);
}

/** Where no overlay is named, one that was beside the spec then counts, as it would have. */
function besideOf(spec: string): readonly string[] {
  const stem = spec.slice(0, spec.length - path.extname(spec).length);
  return ['yaml', 'yml', 'json'].map((extension) => `${stem}.overlay.${extension}`);
}

async function insideAll(top: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(files.map(async (file) => [file, await insideOf(top, file)] as const));
  return new Map(found.flatMap(([file, inside]) => (inside === undefined ? [] : [[file, inside] as const])));
}

/** The path from the root of the repository; the file itself may be gone, or be a link now. */
async function insideOf(top: string, file: string): Promise<string | undefined> {
  const folder = await realpath(path.dirname(file)).catch(() => path.dirname(file));
  const inside = path
    .relative(top, path.join(folder, path.basename(file)))
    .split(path.sep)
    .join('/');
  return inside.split('/')[0] === '..' || path.isAbsolute(inside) ? undefined : inside;
}

function whyNot({ id, spec }: ProviderInput, wanted: Wanted | undefined, revision: string): readonly Problem[] {
  if (wanted !== undefined) return [];
  const where = isUrl(spec) ? 'comes over the network' : 'is not in this repository';
  const hint =
    'Compare it with the lock (without --against) or with an older file; name the other specs to leave it out.';
  return [error('R072', `the spec of ${id} ${where}: what it was at ${revision} cannot be known`, hint)];
}

function linked(at: string, revision: string): Problem {
  const hint = 'Links are not followed into a revision: compare with a file.';
  return error('R072', `${at} is no regular file at ${revision}`, hint);
}

/** Links are never written: they could lead anywhere. */
function isRegular({ mode }: TreeEntry): boolean {
  return mode === '100644' || mode === '100755';
}

/** What a reference can lead to. In a repository there are many other files. */
const REFERENCED = /\.(?:ya?ml|json|md|markdown|txt|html)$/i;

function isWanted(entry: TreeEntry, known: readonly Wanted[]): boolean {
  return isRegular(entry) && entry.size <= MAX_BYTES && (isNamed(entry, known) || REFERENCED.test(entry.path));
}

/** Whether it is a spec or an overlay: without one of these, the rest says something else. */
function isNamed({ path: at }: TreeEntry, known: readonly Wanted[]): boolean {
  return known.some(({ overlays, spec }) => spec === at || [...overlays.values()].includes(at));
}

/** Writes files below a folder. A tree that somebody made by hand may have any text for a path. */
async function writeTree(
  commit: Commit,
  entries: readonly TreeEntry[],
  target: string,
): Promise<Result<ReadonlySet<string>>> {
  const safe = entries.filter(({ path: at }) => at.split('/').every((part) => !/^(?:\.{0,2}|\.git)$|[\\:]/.test(part)));
  const blobs = await readBlobs(commit, safe);
  if (!blobs.ok) return blobs;
  for (const { id, path: at } of safe) {
    const file = path.join(target, at);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, blobs.value.get(id) ?? '');
  }
  return success(new Set(safe.map(({ path: at }) => at)));
}

function earlierOf(
  input: ProviderInput,
  wanted: Wanted | undefined,
  written: ReadonlySet<string>,
  target: string,
): ProviderInput | undefined {
  if (wanted === undefined || !written.has(wanted.spec)) return undefined;
  const named = overlaysOf(input);
  const moved = (file: string): readonly string[] => {
    const inside = wanted.overlays.get(file);
    if (inside === undefined) return [file];
    return written.has(inside) ? [path.join(target, inside)] : [];
  };
  const beside = [...wanted.overlays.keys()].flatMap(moved).slice(0, 1);
  const found = named === undefined ? beside : named.flatMap(moved);
  // Where none was there yet, a pack may have been recognised; `overlay: false` names none on purpose.
  const overlays = found.length > 0 || named?.length === 0 ? found : undefined;
  const { overlays: _, ...rest } = input;
  return {
    ...rest,
    spec: path.join(target, wanted.spec),
    overlay: overlays?.at(-1),
    ...(overlays !== undefined && { overlays }),
    allow: (input.allow ?? []).map((item) => {
      const inside = wanted.allow.get(item);
      return inside === undefined ? item : path.join(target, inside);
    }),
  };
}
