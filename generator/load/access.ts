import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { error, failure, type Result, success } from '../problem.js';
import { type Fetching, fetchDocument } from './fetch.js';
import { type InputName, readLocalFile } from './read-file.js';
import { isUrl, parseUrl } from './url.js';

/** What references of a spec may lead to: the folder of the spec, and what is allowed by name. */
export interface Access {
  /** The path or the URL of the spec: names are relative to it. */
  readonly root: string;
  /** Real paths. */
  readonly folders: readonly string[];
  readonly fetching: Fetching;
}

/** A text, not yet parsed, with the digest of what came from elsewhere. */
export interface ReadText {
  readonly input: InputName;
  readonly text: string;
  readonly sha256?: string;
}

/**
 * @param root - the real path or the URL of the spec.
 * @param allow - absolute folders and URL prefixes.
 */
export async function accessOf(
  root: string,
  allow: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<Access> {
  const own = isUrl(root) ? [] : [path.dirname(root)];
  const folders = await Promise.all([...own, ...allow.filter((item) => !isUrl(item))].map(realFolder));
  const prefixes = allow.flatMap((item) => (isUrl(item) ? (parseUrl(item) ?? []) : []));
  const permits = (url: URL): boolean => prefixes.some((prefix) => isBelow(url, prefix));
  const origin = isUrl(root) ? new URL(root).origin : undefined;
  return { root, folders: folders.flat(), fetching: { headers, origin, permits } };
}

/** A folder that is not there allows nothing. */
async function realFolder(folder: string): Promise<readonly string[]> {
  try {
    return [await realpath(folder)];
  } catch {
    return [];
  }
}

function isBelow(url: URL, prefix: URL): boolean {
  const folder = prefix.pathname.endsWith('/') ? prefix.pathname : `${prefix.pathname}/`;
  return url.origin === prefix.origin && (url.pathname === prefix.pathname || url.pathname.startsWith(folder));
}

/** The address that a reference in a file names: a path, or a URL. */
export function addressOf(base: string, file: string): string {
  if (isUrl(file)) return URL.canParse(file) ? new URL(file).href : file;
  if (isUrl(base)) return URL.canParse(file, base) ? new URL(file, base).href : file;
  return path.resolve(path.dirname(base), file);
}

/** Reads what a reference leads to, if it may. */
export async function readReferenced(address: string, access: Access): Promise<Result<ReadText>> {
  if (isUrl(address)) {
    const url = parseUrl(address);
    if (url === undefined || !access.fetching.permits(url)) return failure(outside());
    const fetched = await fetchDocument(url.href, access.fetching);
    return fetched.ok ? success({ ...fetched.value, input: named(fetched.value.input, access) }) : fetched;
  }
  // Windows would sign in at the server of a share to find out what is there.
  if (/^[\\/]{2}/.test(address) && !access.folders.some((folder) => isInside(address, folder)))
    return failure(outside());
  let real: string;
  try {
    real = await realpath(address);
  } catch {
    return failure(error('R005', 'the file is not there', 'Correct the reference.'));
  }
  if (!access.folders.some((folder) => isInside(real, folder))) return failure(outside());
  const read = await readLocalFile(address);
  return read.ok ? success({ ...read.value, input: named(read.value.input, access) }) : failure(...read.problems);
}

/** A referenced file is called by its path from the spec, which is the same wherever refundgen runs. */
function named(input: InputName, { root }: Access): InputName {
  if (isUrl(input.path) || isUrl(root)) return input;
  return { ...input, name: path.relative(path.dirname(root), input.path).split(path.sep).join('/') };
}

function isInside(file: string, folder: string): boolean {
  const inside = path.relative(folder, file);
  return inside !== '..' && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside);
}

function outside() {
  const hint = 'If it is meant to be read, allow its folder or URL by name: allow: [<folder or https://…>].';
  return error('R006', 'it leads out of the folder of the spec', hint);
}
