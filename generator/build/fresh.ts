import type { PlannedProvider } from '../config.js';
import { fingerprint, type GeneratedFile } from '../generated-file.js';
import { areUnchanged } from '../load/digests.js';
import { type Lock, type LockedProvider, type Made, ownerOf, SHARED, sealOf } from '../output/lock.js';
import { readDisk } from '../output/read-disk.js';
import { toAddresses } from './recorded.js';

/** What of an output need not be generated, because it would come out as it is. */
export class Output {
  readonly #lock: Lock;
  readonly #generator: string;
  readonly #folder: string;

  constructor(folder: string, lock: Lock, generator: string) {
    this.#folder = folder;
    this.#lock = lock;
    this.#generator = generator;
  }

  /** The files of a provider with what they were made from, if generating them would change nothing. */
  async providerIfFresh(input: PlannedProvider, options: string): Promise<FreshProvider | undefined> {
    const locked = this.#lock.made.providers.get(input.id);
    if (locked === undefined || locked.options !== options || !this.#isSealed(input.id)) return undefined;
    const files = this.#filesIfWhole(input.id);
    if (files === undefined) return undefined;
    const isSame = await areUnchanged(input, toAddresses(locked.inputs, this.#folder));
    return isSame ? { locked, files } : undefined;
  }

  /** The files that belong to no provider, if generating them for these providers would change nothing. */
  sharedIfFresh(made: Made): readonly GeneratedFile[] | undefined {
    const isSame = this.#isSealed(SHARED) && sealOf(SHARED, made, this.#lock.files) === this.#lock.seals.get(SHARED);
    return isSame ? this.#filesIfWhole(SHARED) : undefined;
  }

  /** Whether the lock is of this generator, and whole: not put together of two. */
  #isSealed(id: string): boolean {
    const { files, made, seals } = this.#lock;
    return made.generator === this.#generator && seals.get(id) === sealOf(id, made, files);
  }

  /** Files that nobody has changed since they were written. */
  #filesIfWhole(id: string): readonly GeneratedFile[] | undefined {
    const { files, made } = this.#lock;
    const own = [...files].filter(([outputPath]) => ownerOf(outputPath, made) === id);
    const { texts } = readDisk(
      this.#folder,
      own.map(([outputPath]) => outputPath),
    );
    const found = own.flatMap(([outputPath, hash]) => {
      const text = texts.get(outputPath);
      return text !== undefined && fingerprint(text) === hash ? [{ path: outputPath, text }] : [];
    });
    return found.length === own.length ? found : undefined;
  }
}

export interface FreshProvider {
  readonly locked: LockedProvider;
  readonly files: readonly GeneratedFile[];
}
