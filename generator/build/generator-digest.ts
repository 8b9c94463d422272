import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CODE, PACKAGE, SPECS, TEMPLATES } from '../installation.js';

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
  const isCode = (file: string): boolean => /(?<!\.d)\.[jt]s$/.test(file);
  const beside = [TEMPLATES, path.join(SPECS, 'packs')].flatMap(filesIn);
  return [...filesIn(CODE).filter(isCode), ...beside, path.join(PACKAGE, 'package.json')].sort();
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
