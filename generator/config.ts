import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import type { ProviderInput } from './generate.js';
import { isProviderId } from './names.js';
import { error, failure, Problems, type Result, success } from './problem.js';

/** A provider in `refundgen.config.ts`. */
export interface ProviderConfig {
  /** Path of the OpenAPI document, or `pack:<name>` for one that comes with refundgen. */
  readonly spec: string;
  /** Path of the overlay. Default: `<spec without its extension>.overlay.yaml` beside the spec, if it is there. */
  readonly overlay?: string;
}

/** The content of `refundgen.config.ts`. Paths are relative to that file. */
export interface RefundgenConfig {
  /** By name: lower case, digits and dashes. The name is the folder and the `provider` field of the client. */
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  /** The folder that is written. Default: `generated`. */
  readonly output?: string;
}

/** What is to be done, with every path absolute. */
export interface Plan {
  readonly inputs: readonly ProviderInput[];
  readonly output: string;
}

/** Types a configuration. */
export function defineConfig(config: RefundgenConfig): RefundgenConfig {
  return config;
}

const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs'].map((extension) => `refundgen.config.${extension}`);
const DEFAULT_OUTPUT = 'generated';
const PACKS = fileURLToPath(new URL('../specs/', import.meta.url));

/** Finds the configuration in a folder; `undefined` where there is none. */
export function findConfig(folder: string): string | undefined {
  return CONFIG_NAMES.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

/** Loads a configuration file. TypeScript needs no build. */
export async function loadConfig(file: string): Promise<Result<Plan>> {
  const shown = path.relative(process.cwd(), file);
  let loaded: unknown;
  try {
    const alias = { refundgen: fileURLToPath(new URL('./index.js', import.meta.url)) };
    const jiti = createJiti(import.meta.url, { alias, fsCache: false, moduleCache: false });
    loaded = await jiti.import(path.resolve(file), { default: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failure(error('R060', `${shown} cannot be loaded: ${reason}`, 'Correct it, or name another with --config.'));
  }
  return planConfig(loaded, path.dirname(path.resolve(file)));
}

/** Checks a configuration and makes its paths absolute. */
export function planConfig(config: unknown, folder: string): Result<Plan> {
  const problems = new Problems();
  const invalid = (message: string): void => {
    const hint = 'See defineConfig: { providers: { <name>: { spec, overlay? } }, output? }.';
    problems.add(error('R060', `configuration: ${message}`, hint));
  };
  const { providers, output = DEFAULT_OUTPUT, ...rest } = asRecord(config);
  for (const key of Object.keys(rest)) invalid(`${JSON.stringify(key)} is not known`);
  const entries = Object.entries(asRecord(providers));
  if (entries.length === 0) invalid('providers is empty');
  if (typeof output !== 'string' || output === '') invalid('output must be a folder');
  const inputs = entries.flatMap(([id, provider]) => {
    const { spec, overlay, ...unknown } = asRecord(provider);
    for (const key of Object.keys(unknown)) invalid(`providers.${id}.${key} is not known`);
    if (typeof spec !== 'string') invalid(`providers.${id}.spec must be a path`);
    if (overlay !== undefined && typeof overlay !== 'string') invalid(`providers.${id}.overlay must be a path`);
    problems.add(...checkId(id));
    return typeof spec === 'string'
      ? [planProvider(id, spec, typeof overlay === 'string' ? overlay : undefined, folder)]
      : [];
  });
  return problems.result({ inputs, output: path.resolve(folder, String(output)) });
}

/** Plans specs that were named on the command line. Each file names its provider. */
export function planSpecs(specs: readonly string[], output: string | undefined, folder: string): Result<Plan> {
  const inputs = specs.map((spec) => planProvider(nameOf(spec), spec, undefined, folder));
  const problems = inputs.flatMap(({ id }) => checkId(id));
  const twice = inputs.find(({ id }, index) => inputs.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) {
    const hint = 'Give them names of their own in refundgen.config.ts.';
    return failure(error('R060', `two specs would make a provider named ${twice.id}`, hint));
  }
  if (problems.length > 0) return failure(...problems);
  return success({ inputs, output: path.resolve(folder, output ?? DEFAULT_OUTPUT) });
}

function planProvider(id: string, spec: string, overlay: string | undefined, folder: string): ProviderInput {
  const file = spec.startsWith('pack:')
    ? path.join(PACKS, `${spec.slice('pack:'.length)}.yaml`)
    : path.resolve(folder, spec);
  return { id, spec: file, overlay: overlay === undefined ? overlayBeside(file) : path.resolve(folder, overlay) };
}

function overlayBeside(spec: string): string | undefined {
  const stem = spec.slice(0, spec.length - path.extname(spec).length);
  return ['yaml', 'yml', 'json'].map((extension) => `${stem}.overlay.${extension}`).find((file) => existsSync(file));
}

/** `specs/acme.yaml` and `pack:acme` are acme. */
function nameOf(spec: string): string {
  const base = spec.startsWith('pack:') ? spec.slice('pack:'.length) : path.basename(spec, path.extname(spec));
  return base
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

function checkId(id: string) {
  if (isProviderId(id)) return [];
  const hint =
    'Use lower case letters, digits and single dashes, at most 40, and no name that the output needs itself.';
  return [error('R044', `${JSON.stringify(id)} cannot name a provider`, hint)];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
