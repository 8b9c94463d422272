import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Build, type BuildOptions, build } from '../../generator/build/build.js';
import { planConfig, type RefundgenConfig } from '../../generator/config.js';
import { writeOutput } from '../../generator/output/write.js';
import type { Result } from '../../generator/problem.js';
import { packFile } from '../fixtures/pack.js';
import { put, temporaryFolder, valueFrom } from '../output/folder.js';

/** A folder with the specs and overlays of two providers. */
export async function project(): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of ['chip', 'piriod'] as const) {
    await put(folder, `specs/${name}.yaml`, await readFile(packFile(name, 'spec'), 'utf8'));
    await put(folder, `specs/${name}.overlay.yaml`, await readFile(packFile(name, 'overlay'), 'utf8'));
  }
  return folder;
}

export const CONFIG: RefundgenConfig = {
  providers: { chip: { spec: 'specs/chip.yaml' }, piriod: { spec: 'specs/piriod.yaml' } },
};

/** What a build has done, and which providers it has generated. */
export interface Ran {
  readonly result: Result<Build>;
  readonly generated: readonly string[];
}

/** Builds, and writes what comes out. */
export async function run(folder: string, config = CONFIG, options: BuildOptions = {}): Promise<Ran> {
  const plan = valueFrom(planConfig(config, folder));
  const generated: string[] = [];
  const result = await build(plan, options, (event) => {
    if (event.kind === 'started') generated.push(event.id);
  });
  if (result.ok) valueFrom(await writeOutput(plan.output, result.value.files, result.value.made));
  return { result, generated };
}

/** A text of the project, changed. */
export async function change(folder: string, file: string, by: (text: string) => string): Promise<void> {
  const at = path.join(folder, file);
  await put(folder, file, by(await readFile(at, 'utf8')));
}
