import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ProviderInput } from './analyse.js';
import { type Conventions, DEFAULT_CONVENTIONS } from './conventions.js';
import { SPECS } from './installation.js';
import { loadJiti } from './libraries.js';
import type { SpecFiles } from './load/load.js';
import { isPackName, packFile } from './load/pack-file.js';
import { isUrl, parseUrl, shownUrl } from './load/url.js';
import { isProviderId } from './names.js';
import { error, failure, type Problem, Problems, type Result, success } from './problem.js';

/** A provider in `refundgen.config.ts`. */
export interface ProviderConfig {
  /** Path or `https://` URL of the OpenAPI document, or `pack:<name>` for one that comes with refundgen. */
  readonly spec: string;
  /**
   * Path of the overlay, or several, which apply in this order; `pack:<name>` is one that comes with refundgen. `false`:
   * none. Default: `<spec without its extension>.overlay.yaml` beside the spec, if it is there; else the pack that comes
   * with refundgen for a document of this title and these servers.
   */
  readonly overlay?: string | readonly string[] | false;
  /** Folders and `https://` URL prefixes that references may lead to, beside the folder of the spec. */
  readonly allow?: readonly string[];
  /**
   * For a spec at a URL that not everybody may read: by header name, the NAME of the environment variable that has the
   * value, such as `{ authorization: 'SPEC_TOKEN' }`.
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The content of `refundgen.config.ts`. Paths are relative to that file. */
export interface RefundgenConfig {
  /** By name: lower case, digits and dashes. The name is the folder and the `provider` field of the client. */
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  /** The folder that is written. Default: `generated`. */
  readonly output?: string;
  /**
   * How relative imports of the output end. `ts` is for Node that runs TypeScript itself, `none` for bundlers only.
   * Default: `js`.
   */
  readonly importExtension?: 'js' | 'ts' | 'none';
  /**
   * `copy`: the output has its runtime with it. `package`: it imports `refundgen/runtime` of the installed package, so
   * that several outputs share one; refundgen is then a dependency of what runs, and of the version that generated it.
   * Default: `copy`.
   */
  readonly runtime?: 'copy' | 'package';
  /** Formats the output with the Prettier or the Biome that is installed where it is written, by its configuration. */
  readonly format?: 'prettier' | 'biome';
}

/** A provider to generate a client for, with all that loading its spec needs. */
export interface PlannedProvider extends ProviderInput, SpecFiles {
  readonly spec: string;
  readonly overlay: string | undefined;
}

/** What is to be done, with every path absolute. */
export interface Plan {
  readonly inputs: readonly PlannedProvider[];
  readonly output: string;
  readonly conventions: Conventions;
}

/** Types a configuration. */
export function defineConfig(config: RefundgenConfig): RefundgenConfig {
  return config;
}

const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs'].map((extension) => `refundgen.config.${extension}`);
const DEFAULT_OUTPUT = 'generated';

/** Finds the configuration in a folder; `undefined` where there is none. */
export function findConfig(folder: string): string | undefined {
  return CONFIG_NAMES.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

/** Loads a configuration file. TypeScript needs no build. */
export async function loadConfig(file: string): Promise<Result<Plan>> {
  const shown = path.relative(process.cwd(), file);
  let loaded: unknown;
  try {
    // The library as this process has it: to resolve it would load, or even transpile, all of it once more.
    const virtualModules = { refundgen: await import('./index.js') };
    const jiti = loadJiti().createJiti(import.meta.url, { virtualModules, fsCache: cacheOf(file), moduleCache: false });
    loaded = await jiti.import(path.resolve(file), { default: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failure(error('R060', `${shown} cannot be loaded: ${reason}`, 'Correct it, or name another with --config.'));
  }
  return planConfig(loaded, path.dirname(path.resolve(file)));
}

/**
 * Where the translation of a configuration is kept: it takes longer than to find that nothing has changed. In the
 * project's own packages, or nowhere: never where others may write.
 */
function cacheOf(file: string): string | false {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    const modules = path.join(folder, 'node_modules');
    if (existsSync(modules)) return path.join(modules, '.cache', 'refundgen');
    if (folder === path.dirname(folder)) return false;
  }
}

/** Checks a configuration and makes its paths absolute. */
export function planConfig(config: unknown, folder: string): Result<Plan> {
  const problems = new Problems();
  const invalid = (message: string): void => {
    const hint = `See defineConfig: { providers: { <name>: { spec, overlay?, allow?, headers? } }, ${OPTIONS} }.`;
    problems.add(error('R060', `configuration: ${message}`, hint));
  };
  const { providers, output = DEFAULT_OUTPUT, importExtension, runtime, format, ...rest } = asRecord(config);
  for (const key of Object.keys(rest)) invalid(`${JSON.stringify(key)} is not known`);
  const entries = Object.entries(asRecord(providers));
  if (entries.length === 0) invalid('providers is empty');
  if (typeof output !== 'string' || output === '') invalid('output must be a folder');
  const conventions = readConventions({ importExtension, runtime, format }, invalid);
  const inputs = entries.flatMap(([id, provider]) => {
    problems.add(...checkId(id));
    const read = readProvider(provider);
    for (const mistake of read.mistakes) invalid(`providers.${id}.${mistake}`);
    return read.config === undefined ? [] : [planProvider(id, read.config, folder)];
  });
  return problems.result({ inputs, output: path.resolve(folder, String(output)), conventions });
}

const OPTIONS = 'output?, importExtension?, runtime?, format?';

function readConventions(
  { format, importExtension, runtime }: Readonly<Record<keyof Conventions, unknown>>,
  invalid: (message: string) => void,
): Conventions {
  const oneOf = <T extends string>(name: string, value: unknown, known: readonly T[]): T | undefined => {
    const found = known.find((item) => item === value);
    if (value !== undefined && found === undefined) invalid(`${name} must be ${known.join(', ')}, or left out`);
    return found;
  };
  return {
    importExtension:
      oneOf('importExtension', importExtension, ['js', 'ts', 'none']) ?? DEFAULT_CONVENTIONS.importExtension,
    runtime: oneOf('runtime', runtime, ['copy', 'package']) ?? DEFAULT_CONVENTIONS.runtime,
    format: oneOf('format', format, ['prettier', 'biome']),
  };
}

interface ReadProvider {
  readonly config: ProviderConfig | undefined;
  /** What follows the provider's name: `spec must be a path`. */
  readonly mistakes: readonly string[];
}

function readProvider(provider: unknown): ReadProvider {
  const { spec, overlay, allow, headers, ...unknown } = asRecord(provider);
  const mistakes = Object.keys(unknown).map((key) => `${key} is not known`);
  const isOverlay = overlay === undefined || overlay === false || typeof overlay === 'string' || isTexts(overlay);
  if (typeof spec !== 'string' || spec === '') mistakes.push('spec must be a path');
  else if (isRemote(spec) && parseUrl(spec) === undefined) mistakes.push(`spec ${whyNoUrl(spec)}`);
  if (!isOverlay) mistakes.push('overlay must be a path, a list of paths, or false');
  const packs = [spec, ...(isTexts(overlay) ? overlay : [overlay])].flatMap((text) => packNameOf(text) ?? []);
  for (const name of packs) if (!isPackName(name)) mistakes.push(`${JSON.stringify(`pack:${name}`)} names no pack`);
  if (allow !== undefined && !isTexts(allow)) mistakes.push('allow must be a list of folders and URLs');
  for (const item of isTexts(allow) ? allow : []) {
    if (isRemote(item) && parseUrl(item) === undefined) mistakes.push(`allow ${whyNoUrl(item)}`);
  }
  mistakes.push(...headerMistakes(headers, typeof spec === 'string' && isRemote(spec)));
  if (mistakes.length > 0 || typeof spec !== 'string' || !isOverlay) return { config: undefined, mistakes };
  const config: ProviderConfig = {
    spec,
    ...(overlay !== undefined && { overlay }),
    ...(isTexts(allow) && { allow }),
    ...(headers !== undefined && { headers: asTexts(headers) }),
  };
  return { config, mistakes };
}

function headerMistakes(headers: unknown, isForUrl: boolean): readonly string[] {
  if (headers === undefined) return [];
  const entries = Object.entries(asRecord(headers));
  if (entries.length > 0 && !isForUrl) return ['headers are for a spec at a URL'];
  // Nothing of a value is repeated: it may be the secret itself.
  return entries.flatMap(([name, variable]) => {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return ['headers has a name that no header can have'];
    const isVariable = typeof variable === 'string' && /^[A-Za-z_]\w*$/.test(variable);
    return isVariable ? [] : [`headers.${name} must be the name of an environment variable, not a value`];
  });
}

function whyNoUrl(url: string): string {
  return `${shownUrl(url)} must be an https:// URL without user and password (http:// only on this machine)`;
}

/** Plans specs that were named on the command line. Each file names its provider. */
export function planSpecs(specs: readonly string[], output: string | undefined, folder: string): Result<Plan> {
  const inputs = specs.map((spec) => planProvider(nameOf(spec), { spec }, folder));
  const problems = [...inputs.flatMap(({ id }) => checkId(id)), ...specs.flatMap(checkSpec)];
  const twice = inputs.find(({ id }, index) => inputs.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) {
    const hint = 'Give them names of their own in refundgen.config.ts.';
    return failure(error('R060', `two specs would make a provider named ${twice.id}`, hint));
  }
  if (problems.length > 0) return failure(...problems);
  return success({ inputs, output: path.resolve(folder, output ?? DEFAULT_OUTPUT), conventions: DEFAULT_CONVENTIONS });
}

/** What is wrong with a spec on the command line, as far as its text shows. */
function checkSpec(spec: string): readonly Problem[] {
  const name = packNameOf(spec);
  const hint = 'Name a file, a URL or pack:<name>.';
  if (name !== undefined) return isPackName(name) ? [] : [error('R060', `${JSON.stringify(spec)} names no pack`, hint)];
  return isRemote(spec) && parseUrl(spec) === undefined ? [error('R060', `the spec ${whyNoUrl(spec)}`, hint)] : [];
}

function planProvider(id: string, config: ProviderConfig, folder: string): PlannedProvider {
  const { spec, overlay, allow, headers } = config;
  const name = packNameOf(spec);
  const absolute = (item: string): string => (isRemote(item) ? item : path.resolve(folder, item));
  const file = name === undefined ? absolute(spec) : path.join(SPECS, `${name}.yaml`);
  const overlays = overlaysOf(overlay ?? overlayBeside(file), folder);
  return {
    id,
    spec: file,
    overlay: overlays?.at(-1),
    ...(overlays !== undefined && { overlays }),
    ...(allow !== undefined && { allow: allow.map(absolute) }),
    ...(headers !== undefined && { headers }),
  };
}

/** Undefined where nothing is said about overlays: then a pack may be recognised. */
function overlaysOf(overlay: ProviderConfig['overlay'], folder: string): readonly string[] | undefined {
  if (overlay === undefined) return undefined;
  if (overlay === false) return [];
  return (typeof overlay === 'string' ? [overlay] : overlay).map((item) => {
    const name = packNameOf(item);
    return name === undefined ? path.resolve(folder, item) : packFile(name);
  });
}

function overlayBeside(spec: string): string | undefined {
  if (isUrl(spec)) return undefined;
  const stem = spec.slice(0, spec.length - path.extname(spec).length);
  return ['yaml', 'yml', 'json'].map((extension) => `${stem}.overlay.${extension}`).find((file) => existsSync(file));
}

function packNameOf(text: unknown): string | undefined {
  return typeof text === 'string' && text.startsWith('pack:') ? text.slice('pack:'.length) : undefined;
}

function isRemote(text: string): boolean {
  return packNameOf(text) === undefined && isUrl(text);
}

/** `specs/acme.yaml`, `https://acme.example/api/acme.yaml` and `pack:acme` are acme. */
function nameOf(spec: string): string {
  const file = isRemote(spec) && URL.canParse(spec) ? new URL(spec).pathname : spec;
  const base = packNameOf(spec) ?? path.basename(file, path.extname(file));
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

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

function asTexts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(asRecord(value)).map(([key, text]) => [key, String(text)]));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
