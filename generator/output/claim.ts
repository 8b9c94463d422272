import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimName, processOfClaim } from './output-path.js';
import { isAbsent, systemCode } from './system-error.js';

/** A run's own folder in the output folder. As long as it is there, no other run writes. */
export interface Claim {
  readonly at: string;
  /** Folders that did not exist before, the deepest last. */
  readonly made: readonly string[];
}

/** Writing takes far less. A run that takes longer is stopped, or its process was killed and the number given to another. */
const PATIENCE = 10_000;

/**
 * Waits until no other run writes to the output folder, and claims it. What a killed run has left is taken over, and so
 * is the claim of one that does not come to its end. That one cannot write any more: all that a run does to the output
 * is to rename files from its claim and into it.
 */
export async function claimFolder(folder: string): Promise<Claim> {
  const root = path.resolve(folder);
  const made = new Set<string>();
  const firstSeen = new Map<string, number>();
  for (;;) {
    const at = path.join(root, claimName(process.pid, randomBytes(8).toString('hex')));
    for (const each of await makeFolders(at)) if (each !== at) made.add(each);
    try {
      if (await isOnlyClaim(at, firstSeen)) return { at, made: [...made] };
    } catch (cause) {
      await rm(at, { recursive: true, force: true });
      throw cause;
    }
    await rm(at, { recursive: true, force: true });
    // Two runs that got in each other's way must not do so for ever.
    await sleep(20 + Math.random() * 80);
  }
}

/** Looks for other runs after the claim has been made: of two that do so at once, at least one sees the other. */
async function isOnlyClaim(at: string, firstSeen: Map<string, number>): Promise<boolean> {
  const root = path.dirname(at);
  const others = (await claimsIn(root)).filter((name) => name !== path.basename(at));
  const now = performance.now();
  const isWaitedFor = (name: string): boolean => {
    const since = firstSeen.get(name) ?? now;
    firstSeen.set(name, since);
    return isAlive(name) && now - since < PATIENCE;
  };
  if (others.filter(isWaitedFor).length > 0) return false;
  for (const name of others) await takeOver(path.join(root, name), path.join(at, name));
  return true;
}

/** The names of the claims in an output folder: of runs that are at work, and of runs that were killed. */
export async function claimsIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && processOfClaim(entry.name) !== undefined)
      .map(({ name }) => name);
  } catch (cause) {
    if (isAbsent(systemCode(cause))) return [];
    throw cause;
  }
}

/** Makes a folder with those above it, and says which of them did not exist, the deepest last. */
export async function makeFolders(folder: string): Promise<readonly string[]> {
  const first = await makeFirst(folder);
  const made: string[] = [];
  if (first === undefined) return made;
  for (let at = folder; at.length >= first.length && at !== path.dirname(at); at = path.dirname(at)) made.unshift(at);
  return made;
}

/** The uppermost folder that was made. One is tried alone: of several, Node says ENOENT where a disk is read-only. */
async function makeFirst(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (cause) {
    const code = systemCode(cause);
    if (code !== 'EEXIST' && !isAbsent(code)) throw cause;
    return mkdir(folder, { recursive: true });
  }
}

/** In one step, so that the other run cannot do half of what it was about to do. */
async function takeOver(other: string, into: string): Promise<void> {
  try {
    await rename(other, into);
  } catch (cause) {
    const code = systemCode(cause);
    // EINVAL: the other one has taken over this claim in the same moment. What follows will find that.
    if (!isAbsent(code) && code !== 'EINVAL') throw cause;
  }
}

/** Whether the process of a claim runs, as far as this machine knows. */
function isAlive(name: string): boolean {
  const id = processOfClaim(name);
  if (id === undefined) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (cause) {
    // It runs, and belongs to somebody else.
    return systemCode(cause) === 'EPERM';
  }
}
