import { readdirSync, readFileSync } from 'node:fs';
import { BANNER, type GeneratedFile } from '../generated-file.js';

const RUNTIME = new URL('../../templates/runtime/', import.meta.url);

/** The runtime, copied as it is: real code that is tested where it stands. */
export function copyRuntime(): readonly GeneratedFile[] {
  return readdirSync(RUNTIME)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({
      path: `runtime/${name}`,
      text: `${BANNER}: the runtime of the clients. Do not edit.\n\n${readText(new URL(name, RUNTIME))}`,
    }));
}

function readText(file: URL): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}
