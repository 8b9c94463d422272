import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { foldersAbove } from './output-path.js';
import { isAbsent, systemCode } from './system-error.js';

/**
 * The first symbolic link on the way to an output path that leads out of the output folder, or nowhere. The output
 * folder may itself be a link: the user chose it.
 */
export async function findLinkOut(folder: string, outputPath: string): Promise<string | undefined> {
  const root = await realpathIfAny(folder);
  if (root === undefined) return undefined;
  for (const step of [...foldersAbove(outputPath)].reverse().concat(outputPath)) {
    const file = path.join(root, step);
    if ((await isLink(file)) && !isInside(root, await realpathIfAny(file))) return step;
  }
  return undefined;
}

async function isLink(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isSymbolicLink();
  } catch (cause) {
    if (isAbsent(systemCode(cause))) return false;
    throw cause;
  }
}

async function realpathIfAny(file: string): Promise<string | undefined> {
  try {
    return await realpath(file);
  } catch (cause) {
    const code = systemCode(cause);
    if (isAbsent(code) || code === 'ELOOP') return undefined;
    throw cause;
  }
}

function isInside(root: string, target: string | undefined): boolean {
  if (target === undefined) return false;
  const relative = path.relative(root, target);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
