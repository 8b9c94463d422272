import { realpath } from 'node:fs/promises';
import { fingerprint } from '../generated-file.js';
import { accessOf, readReferenced } from './access.js';
import { fetchDocument } from './fetch.js';
import type { SpecFiles } from './load.js';
import { isPackFile } from './pack-file.js';
import { readLocalFile } from './read-file.js';
import { isUrl } from './url.js';

/** By address (a real path or a URL), what was read there; `null`: nothing could be. */
export type InputDigests = ReadonlyMap<string, string | null>;

/** The SHA-256 of what a file says: neither line endings nor a byte order mark count, because git may change them. */
export function digestOfText(text: string): string {
  return fingerprint(text.startsWith('\ufeff') ? text.slice(1) : text);
}

/**
 * Whether the files of a provider still say what they did when they had these digests. Reads what loading would read,
 * by the same rules, and parses nothing.
 */
export async function areUnchanged(files: SpecFiles, recorded: InputDigests): Promise<boolean> {
  const entries = await Promise.all([files.spec, ...overlaysOf(files)].map(addressOfEntry));
  if (!entries.every((entry) => recorded.has(entry))) return false;
  const [spec = ''] = entries;
  const access = await accessOf(spec, files.allow ?? [], files.headers ?? {});
  const digestAt = async (address: string): Promise<string | null> => {
    const isChosen = entries.includes(address) || isPackFile(address);
    const read = await (isChosen ? readEntry(address, files) : readReferenced(address, access));
    return read.ok ? digestOfText(read.value.text) : null;
  };
  for (const [address, digest] of recorded) if ((await digestAt(address)) !== digest) return false;
  return true;
}

function overlaysOf({ overlay, overlays }: SpecFiles): readonly string[] {
  return overlays ?? (overlay === undefined ? [] : [overlay]);
}

/** A link may lead elsewhere now: then it is another file. */
async function addressOfEntry(location: string): Promise<string> {
  if (isUrl(location)) return URL.canParse(location) ? new URL(location).href : location;
  return realpath(location).catch(() => location);
}

function readEntry(address: string, { headers = {} }: SpecFiles) {
  if (!isUrl(address)) return readLocalFile(address);
  return fetchDocument(address, { headers, origin: new URL(address).origin, permits: () => true });
}
