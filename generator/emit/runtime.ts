import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Conventions } from '../conventions.js';
import { BANNER, type GeneratedFile } from '../generated-file.js';
import { TEMPLATES } from '../installation.js';
import { writeSpecifier } from './specifier.js';

const RUNTIME = path.join(TEMPLATES, 'runtime');

/**
 * The runtime, copied as it is but for the ends of its imports: real code that is tested where it stands. Nothing where
 * clients import that of a package.
 */
export function copyRuntime(conventions: Conventions): readonly GeneratedFile[] {
  if (conventions.runtime === 'package') return [];
  return readdirSync(RUNTIME)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({
      path: `runtime/${name}`,
      text: `${BANNER}: the runtime of the clients. Do not edit.\n\n${readModule(name, conventions)}`,
    }));
}

/** The version of the runtime, for clients that import it from a package. */
export function runtimeVersion(): string {
  const [, version] = /RUNTIME_VERSION = '([^']+)'/.exec(readText('version.ts')) ?? [];
  if (version === undefined) throw new Error('the runtime has no version');
  return version;
}

/** Whatever stands in a line of this form in our own code is an import. */
function readModule(name: string, conventions: Conventions): string {
  return readText(name).replaceAll(/(?<=^(?:import|export|\}).* from ')(\.\/[\w-]+\.js)(?=';$)/gm, (module) =>
    writeSpecifier(module, conventions),
  );
}

function readText(name: string): string {
  return readFileSync(path.join(RUNTIME, name), 'utf8').replaceAll('\r\n', '\n');
}
