import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { type Built, build, type Ended } from '../cli/built.js';
import { packFile } from '../fixtures/pack.js';
import { contents, put } from './folder.js';

/** Outputs that differ: a provider that changes, one that is removed, and one that is added. */
export const VERSIONS = {
  first: ['first/acme.yaml', 'first/beta.yaml'],
  second: ['second/acme.yaml'],
  third: ['third/acme.yaml', 'third/gamma.yaml'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Version = keyof typeof VERSIONS;

// The keys are written above, and there is no other.
export const ALL_VERSIONS = Object.keys(VERSIONS) as readonly Version[];

/** The built command line, in a folder with specs, and what it makes of each version. */
export interface Workshop {
  readonly built: Built;
  readonly folder: string;
  readonly wanted: Readonly<Record<Version, ReadonlyMap<string, string>>>;
  generate(version: Version, output: string): Promise<Ended>;
  check(version: Version, output: string): Promise<Ended>;
  remove(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const built = await build();
  const folder = await mkdtemp(path.join(tmpdir(), 'refundgen-workshop-'));
  // In processes of their own: another build of the generator would seal the same files otherwise.
  const command = (name: string) => (version: Version, output: string) =>
    built.run(folder, name, ...VERSIONS[version], '-o', output);
  const generate = command('generate');
  const wanted: Partial<Record<Version, ReadonlyMap<string, string>>> = {};
  for (const version of ALL_VERSIONS) {
    await putSpecs(folder, version);
    expect(await generate(version, `wanted-${version}`)).toMatchObject({ exit: 0, stderr: '' });
    wanted[version] = await textsIn(path.join(folder, `wanted-${version}`));
  }
  return {
    built,
    folder,
    // Every version is there after the loop.
    wanted: wanted as Workshop['wanted'],
    generate,
    check: command('check'),
    remove: async () => {
      await built.remove();
      await rm(folder, { recursive: true });
    },
  };
}

async function putSpecs(folder: string, version: Version): Promise<void> {
  const spec = await readFile(packFile('piriod', 'spec'), 'utf8');
  for (const file of VERSIONS[version]) {
    const text = spec
      .replace('version: 1.0.0', `version: ${version}`)
      .replace('summary: Create', `summary: ${version}`);
    await put(folder, file, text);
    await put(folder, file.replace('.yaml', '.overlay.yaml'), await readFile(packFile('piriod', 'overlay'), 'utf8'));
  }
}

/** Every path of an output with its text, folders among them; claims are left out. */
export async function textsIn(output: string): Promise<ReadonlyMap<string, string>> {
  const found = await contents(output);
  // Before the text of a file stands the time of its last change.
  const texts = [...found].map(([name, item]): [string, string] => [name, item.replace(/^[\d.]+ /, '')]);
  return new Map(texts.filter(([name]) => !name.startsWith('run-')));
}

/** The names of the claims in an output, if it is there. */
export async function claims(output: string): Promise<readonly string[]> {
  return (await readdir(output).catch(() => [])).filter((name) => name.startsWith('run-'));
}

/** Which version an output is wholly. */
export function versionOf(texts: ReadonlyMap<string, string>, { wanted }: Workshop): Version | 'mixed' {
  const print = (map: ReadonlyMap<string, string>) => JSON.stringify([...map]);
  return ALL_VERSIONS.find((version) => print(texts) === print(wanted[version])) ?? 'mixed';
}
