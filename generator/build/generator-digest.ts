import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CODE = fileURLToPath(new URL('../', import.meta.url));
const PACKAGE = path.join(CODE, '..');

/** Folders that no output depends on. */
export const ASIDE: ReadonlySet<string> = new Set(['conformance', 'init', 'inspect', 'runtime', 'simulate']);

/**
 * The SHA-256 of the generator: its code, its templates and packs, and which libraries it wants. The same for one
 * version wherever it is installed.
 */
export function digestOfGenerator(): string {
  const hash = createHash('sha256');
  for (const file of filesOfGenerator()) {
    hash.update(`${path.relative(PACKAGE, file).split(path.sep).join('/')}\n`);
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesOfGenerator(): readonly string[] {
  const folders = readdirSync(CODE, { withFileTypes: true }).filter(({ name }) => !ASIDE.has(name));
  const code = folders.flatMap((entry) => {
    const at = path.join(CODE, entry.name);
    return entry.isDirectory() ? filesIn(at) : [at];
  });
  const isCode = (file: string): boolean => /(?<!\.d)\.[jt]s$/.test(file);
  const beside = ['templates', 'specs/packs'].flatMap((folder) => filesIn(path.join(PACKAGE, folder)));
  return [...code.filter(isCode), ...beside, path.join(PACKAGE, 'package.json')].sort();
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
