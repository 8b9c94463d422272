import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Format } from './formatter.js';

/** @param manifest - the `package.json` of the installed Biome, which has no stable interface but its command line. */
export async function biomeFormat(manifest: string): Promise<Format> {
  const bin = path.join(path.dirname(manifest), binOf(manifest));
  return async (file, source) => {
    const folder = existingFolder(path.dirname(file));
    const command = [bin, 'format', `--stdin-file-path=${path.relative(folder, file)}`];
    const child = spawn(process.execPath, command, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => undefined);
    child.stdin.end(source);
    const ended = new Promise<number | null>((resolve) => {
      child.on('close', resolve);
      child.on('error', () => resolve(null));
    });
    const [formatted, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code !== 0) throw new Error(firstWords(complaint));
    return formatted;
  };
}

function binOf(manifest: string): string {
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  const bin = typeof content === 'object' && content !== null && 'bin' in content ? content.bin : undefined;
  const biome = typeof bin === 'object' && bin !== null && 'biome' in bin ? bin.biome : bin;
  if (typeof biome !== 'string') throw new Error('the installed package has no command');
  return biome;
}

/** The folder of a file may be about to be made: Biome looks for its configuration from a folder that is there. */
function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(path.dirname(folder));
}

function firstWords(complaint: string): string {
  return (
    complaint
      .trim()
      .split('\n')
      .find((line) => line.trim() !== '') ?? 'it failed'
  );
}
