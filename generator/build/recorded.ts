import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Plan, PlannedProvider } from '../config.js';
import { SPECS } from '../installation.js';
import type { InputDigests } from '../load/digests.js';
import { isUrl } from '../load/url.js';

/** What comes with refundgen is called by its name: where it is installed differs from one machine to the next. */
const OURS = 'refundgen:';

/** How the lock calls a file or a URL, wherever the repository lies. */
function nameOf(address: string, output: string): string {
  if (isUrl(address)) return address;
  const inPackage = path.relative(SPECS, address);
  const isOurs = !inPackage.startsWith('..') && !path.isAbsolute(inPackage);
  const relative = isOurs ? `${OURS}${inPackage}` : path.relative(output, address);
  return relative.split(path.sep).join('/');
}

function addressOf(name: string, output: string): string {
  // Looks like a URL, too.
  if (name.startsWith(OURS)) return path.join(SPECS, name.slice(OURS.length));
  return isUrl(name) ? name : path.resolve(output, name);
}

/** Digests as the lock has them. */
export function toNames(digests: InputDigests, output: string): InputDigests {
  return new Map([...digests].map(([address, digest]) => [nameOf(address, output), digest]));
}

/** Digests by address, from those of the lock. */
export function toAddresses(digests: InputDigests, output: string): InputDigests {
  return new Map([...digests].map(([name, digest]) => [addressOf(name, output), digest]));
}

/** The SHA-256 of all that the configuration says of a provider's output. */
export function digestOfOptions(
  { allow = [], headers = {}, overlay, overlays, spec }: PlannedProvider,
  { conventions, output }: Plan,
  nativeOnly: boolean,
  formatter: string | undefined,
): string {
  const named = (addresses: readonly string[]) => addresses.map((address) => nameOf(address, output));
  const options = [
    nameOf(spec, output),
    named(overlays ?? (overlay === undefined ? [] : [overlay])),
    overlays === undefined,
    named(allow),
    Object.entries(headers).sort(),
    [conventions.importExtension, conventions.runtime, conventions.format ?? null, formatter ?? null],
    nativeOnly,
  ];
  return createHash('sha256').update(JSON.stringify(options)).digest('hex');
}
