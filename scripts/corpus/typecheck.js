import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { STRICTEST } from '../strictest.js';

/**
 * Type-checks every client below a folder.
 *
 * @param {string} folder
 * @param {string} repository
 * @returns {Promise<readonly string[]>} one line for each error, beginning with its file
 */
export async function typeErrors(folder, repository) {
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...STRICTEST, noEmit: true }, include: ['*/**/*.ts'] }),
  );
  const compiler = path.join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => line.includes('error TS'));
}
