import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { BANNER, type GeneratedFile } from '../../generator/generated-file.js';
import type { Problem, Result } from '../../generator/problem.js';

/** An empty folder of the operating system's, removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'refundgen-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

export function generated(file: string, content = 'export {};'): GeneratedFile {
  return { path: file, text: `${BANNER}. Do not edit.\n${content}\n` };
}

export async function put(folder: string, file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

export async function read(folder: string, file: string): Promise<string> {
  return readFile(path.join(folder, file), 'utf8');
}

/** Every path below a folder; a file with its text and the time of its last change. Links are not followed. */
export async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of (await pathsBelow(folder, '')).sort()) {
    const stats = await lstat(path.join(folder, name));
    found.set(name, stats.isFile() ? `${stats.mtimeMs} ${await read(folder, name)}` : 'not a file');
  }
  return found;
}

// The recursive readdir of Node 20 follows links.
async function pathsBelow(folder: string, at: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, at), { withFileTypes: true });
  const below = entries.map(async (entry) => {
    const file = path.posix.join(at, entry.name);
    return entry.isDirectory() ? [file, ...(await pathsBelow(folder, file))] : [file];
  });
  return (await Promise.all(below)).flat();
}

export async function names(folder: string): Promise<readonly string[]> {
  return [...(await contents(folder)).keys()];
}

export function valueFrom<T>(result: Result<T>): T {
  if (!result.ok) expect.fail(described(result.problems).join('\n'));
  return result.value;
}

/** Problems as `R051 error message`, for a failure that must not have a value. */
export function failuresOf<T>(result: Result<T>): readonly string[] {
  expect(result.ok).toBe(false);
  return described(result.problems);
}

export function described(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, severity, message }) => `${code} ${severity} ${message}`);
}
