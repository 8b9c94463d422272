import { access, constants, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GeneratedFile } from '../generated-file.js';
import { type Claim, makeFolders } from './claim.js';
import { foldersAbove } from './output-path.js';
import { isAbsent, systemCode } from './system-error.js';

/**
 * Files that are complete on disk in the claim of a run, before they take their places. Each step on the output is one
 * renaming from the claim or into it, so that a run that has lost its claim can do nothing more.
 */
export class Staging {
  readonly #folder: string;
  readonly #claim: string;
  /** Folders that did not exist before, the deepest last. */
  readonly #made: string[];
  readonly #staged = new Map<GeneratedFile, string>();
  /** How many names inside of the claim are taken. They are numbers, so that no tool takes a file for a module. */
  #count = 0;

  constructor(folder: string, { at, made }: Claim) {
    this.#folder = path.resolve(folder);
    this.#claim = at;
    this.#made = [...made];
  }

  /** Writes the text of a file. */
  async add(file: GeneratedFile): Promise<void> {
    const staged = this.#nextName();
    await writeFile(staged, file.text, { flag: 'wx' });
    this.#staged.set(file, staged);
  }

  /** Gives a file its real name, in a folder that is made for it. It takes the place of the old one in one step. */
  async place(file: GeneratedFile): Promise<void> {
    const staged = this.#staged.get(file);
    if (staged === undefined) throw new Error(`${file.path} has not been staged`);
    const real = path.join(this.#folder, file.path);
    this.#made.push(...(await makeFolders(path.dirname(real))));
    await rename(staged, real);
  }

  /** Fails as far as the system says beforehand that a file cannot be placed or removed. */
  async probe(outputPath: string): Promise<void> {
    for (const above of [...foldersAbove(outputPath), '']) {
      if (await isWritableFolder(path.join(this.#folder, above))) break;
    }
    try {
      await access(path.join(this.#folder, outputPath), constants.W_OK);
    } catch (cause) {
      const code = systemCode(cause);
      // A file that may not be written to can be replaced all the same, unless it is fixed in its place.
      if (code !== 'EACCES' && !isAbsent(code)) throw cause;
    }
  }

  /** Takes a file out of the output, and the folders above it that have become empty. */
  async remove(outputPath: string): Promise<void> {
    try {
      await rename(path.join(this.#folder, outputPath), this.#nextName());
    } catch (cause) {
      if (!isAbsent(systemCode(cause)) || (await this.isLost())) throw cause;
    }
    for (const above of foldersAbove(outputPath)) {
      if (!(await removeIfEmpty(path.join(this.#folder, above)))) return;
    }
  }

  /** Whether another run has taken over the claim, or somebody has removed it. */
  async isLost(): Promise<boolean> {
    return access(this.#claim).then(
      () => false,
      () => true,
    );
  }

  /** Gives up the claim, with what has not been placed, and the folders that were made and are empty. */
  async end(): Promise<void> {
    // A failure here must not hide what was done; the next run removes what stays.
    await rm(this.#claim, { recursive: true, force: true }).catch(() => undefined);
    for (const folder of [...this.#made].reverse()) await removeIfEmpty(folder);
  }

  #nextName(): string {
    this.#count += 1;
    return path.join(this.#claim, String(this.#count));
  }
}

/** False where there is none; what is no folder, or may not be written to, fails. */
async function isWritableFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch((cause: unknown) => {
    if (isAbsent(systemCode(cause))) return undefined;
    throw cause;
  });
  if (found === undefined) return false;
  if (!found.isDirectory()) throw Object.assign(new Error(`${folder} is no folder`), { code: 'ENOTDIR' });
  await access(folder, constants.W_OK | constants.X_OK);
  return true;
}

/** False where the folder stays. */
async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (cause) {
    // Not empty, or in use: a folder that stays does no harm, and is no reason to stop.
    return isAbsent(systemCode(cause));
  }
}
