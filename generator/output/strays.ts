import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { BANNER } from '../generated-file.js';
import { isProviderId } from '../names.js';
import { readTextFile } from './read-disk.js';

/**
 * Files that refundgen once wrote for a provider, and that neither the lock has nor anybody wants: a cache that adds
 * files without removing any brings them back, and code can still import them.
 *
 * @param known - output paths that are wanted, or in the lock.
 */
export async function findStrays(folder: string, known: ReadonlySet<string>): Promise<readonly string[]> {
  const strays: string[] = [];
  for (const id of await providersIn(folder)) {
    for (const name of ['client.ts', 'types.ts']) {
      const outputPath = `${id}/${name}`;
      if (!known.has(outputPath) && isGenerated(path.join(folder, outputPath))) strays.push(outputPath);
    }
  }
  return strays.sort();
}

async function providersIn(folder: string): Promise<readonly string[]> {
  // What is wrong with the folder is found by those who read its files.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && isProviderId(entry.name)).map(({ name }) => name);
}

function isGenerated(file: string): boolean {
  const found = readTextFile(file);
  return found.kind === 'text' && found.text.startsWith(BANNER);
}
