import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GeneratedFile } from '../generated-file.js';
import { findLinkOut } from './links.js';
import { foldersAbove, isTemporaryName, temporaryName } from './output-path.js';
import { isAbsent, systemCode } from './system-error.js';

/** Files that are complete on disk under temporary names, beside the places that they are meant for. */
export class Staging {
  readonly #folder: string;
  /** Temporary files by the output path that they are meant for. */
  readonly #temporaries = new Map<string, string>();
  /** Folders that did not exist before, the deepest last. */
  readonly #folders: string[] = [];

  constructor(folder: string) {
    this.#folder = path.resolve(folder);
  }

  /** Writes a file under a temporary name, with the folders that it needs. */
  async add({ path: outputPath, text }: GeneratedFile): Promise<void> {
    const file = path.join(this.#folder, outputPath);
    await this.#makeFolder(path.dirname(file));
    const temporary = temporaryName(file, randomBytes(8).toString('hex'));
    // Known before it is written: a disk that fills up leaves a part of it.
    this.#temporaries.set(outputPath, temporary);
    await writeFile(temporary, text, { flag: 'wx' });
  }

  /** Gives a file its real name. It takes the place of the old one in one step. */
  async place(outputPath: string): Promise<void> {
    const temporary = this.#temporaries.get(outputPath);
    if (temporary === undefined) throw new Error(`${outputPath} has not been staged`);
    await rename(temporary, path.join(this.#folder, outputPath));
    this.#temporaries.delete(outputPath);
  }

  /** Removes what has not been placed, and the folders that were made for it. */
  async discard(): Promise<void> {
    // A failure here must not hide the one that led here; the next run removes what stays.
    await Promise.allSettled([...this.#temporaries.values()].map((file) => rm(file, { force: true })));
    for (const folder of [...this.#folders].reverse()) await removeIfEmpty(folder);
  }

  async #makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    const made: string[] = [];
    for (let at = folder; at.length >= first.length && at !== path.dirname(at); at = path.dirname(at)) made.unshift(at);
    this.#folders.push(...made);
  }
}

/**
 * Removes temporary files that a run left because it was killed, from one folder of the output (`''` is the output folder
 * itself). Behind a link that leads elsewhere nothing is removed.
 */
export async function removeLeftovers(folder: string, outputPath: string): Promise<void> {
  if ((await findLinkOut(folder, outputPath)) !== undefined) return;
  const at = path.join(folder, outputPath);
  for (const name of await temporaryFiles(at)) await rm(path.join(at, name), { force: true });
}

async function temporaryFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && isTemporaryName(entry.name)).map(({ name }) => name);
  } catch (cause) {
    if (isAbsent(systemCode(cause))) return [];
    throw cause;
  }
}

/** Removes a file of the output, and the folders above it that have become empty. */
export async function removeFile(folder: string, outputPath: string): Promise<void> {
  await rm(path.join(folder, outputPath), { force: true });
  for (const above of foldersAbove(outputPath)) {
    if (!(await removeIfEmpty(path.join(folder, above)))) return;
  }
}

async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch {
    // Not empty, or in use: a folder that stays does no harm, and is no reason to stop.
    return false;
  }
}
