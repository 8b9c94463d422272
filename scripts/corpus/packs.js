import { existsSync } from 'node:fs';
import path from 'node:path';
import { drivePack } from './drive-pack.js';
import { DRIVES } from './drives.js';
import { readGold } from './gold.js';

/**
 * Drives the client of every pack whose provider is in the corpus against a server that validates each request by the
 * provider's own spec.
 *
 * @param {string} folder
 */
export async function drivePacks(folder) {
  process.stdout.write("\npacks on the providers' own specs\n");
  let isRight = true;
  for (const name of Object.keys(DRIVES)) {
    const spec = await specOf(folder, name);
    if (spec === undefined) continue;
    const { bytes, outcomes, problems, requests, typeErrors, violations } = await drivePack({ spec, name });
    const open = problems.filter((problem) => problem.startsWith('error'));
    const refused = outcomes.filter((outcome) => outcome !== 'accepted' && outcome !== 'found');
    const size = `${(bytes / 1000).toFixed(1)} kB`;
    const counts = `${open.length} questions or errors, ${typeErrors.length} type errors, ${requests.length} requests, ${violations.length} violations`;
    process.stdout.write(`  ${name}: ${size}, ${counts}, outcomes ${outcomes.join(' ')}\n`);
    for (const violation of violations) process.stdout.write(`    ${JSON.stringify(violation)}\n`);
    isRight &&= open.length + typeErrors.length + violations.length + refused.length === 0 && bytes <= 60_000;
  }
  return isRight;
}

/**
 * The OpenAPI 3 file of a pack's provider: the validator reads no other version.
 *
 * @param {string} folder
 * @param {string} name
 */
async function specOf(folder, name) {
  const [provider = '', api = ''] = name.split('-');
  const files = (await readGold(folder)).filter(
    ({ file, tier }) => tier === 'A' && file.startsWith(`${provider}/`) && !file.includes('swagger'),
  );
  const found = files.find(({ file }) => file.toLowerCase().includes(api)) ?? files[0];
  const spec = found && path.join(folder, found.file);
  return spec !== undefined && existsSync(spec) ? spec : undefined;
}
