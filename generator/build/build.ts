import type { Plan, PlannedProvider } from '../config.js';
import { recordOf } from '../diff/record.js';
import { type Formatter, findFormatter, formatFiles } from '../format/formatter.js';
import type { CompiledProvider } from '../generate.js';
import type { GeneratedFile } from '../generated-file.js';
import { type Lock, type LockedProvider, type Made, NOT_KNOWN } from '../output/lock.js';
import { readLock } from '../output/read-lock.js';
import { withPin } from '../pins.js';
import { failure, type Problem, type Result, success } from '../problem.js';
import { Output } from './fresh.js';
import { digestOfGenerator } from './generator-digest.js';
import { digestOfOptions, toNames } from './recorded.js';

export interface BuildOptions {
  /** Without normalized refunds: open questions are warnings, and clients have the operations of the spec only. */
  readonly nativeOnly?: boolean;
  /** Takes over specs that have changed at their URLs since the output was written. */
  readonly refresh?: boolean;
  /** Generates everything anew, and says every warning again. */
  readonly force?: boolean;
}

/** What an output folder has to have: nothing of it has been written. */
export interface Build {
  readonly providers: readonly BuiltProvider[];
  readonly files: readonly GeneratedFile[];
  readonly made: Made;
}

/** `fresh`: nothing that a provider is made from has changed, and nothing of it was generated. */
export type BuiltProvider =
  | { readonly id: string; readonly state: 'fresh'; readonly warnings: number }
  | { readonly id: string; readonly state: 'generated'; readonly compiled: CompiledProvider };

/** What is told while building. */
export type BuildEvent =
  | { readonly kind: 'started'; readonly id: string }
  | {
      readonly kind: 'ended';
      readonly id: string;
      /** `undefined` where problems stand in the way. */
      readonly provider: BuiltProvider | undefined;
      readonly problems: readonly Problem[];
      readonly durationMs: number;
    };

export type Tell = (event: BuildEvent) => void;

/**
 * Generates what has changed since the output was written, all or nothing. Where nothing has, no compiler is loaded.
 *
 * @param tell - learns of each provider as it starts and ends.
 */
export async function build(
  plan: Plan,
  options: BuildOptions = {},
  tell: Tell = () => undefined,
): Promise<Result<Build>> {
  const read = readLock(plan.output);
  if (!read.ok) return failure(...read.problems);
  const formatter = findFormatter(plan.conventions, plan.output);
  if (!formatter.ok) return failure(...formatter.problems);
  const lock = read.value ?? { files: new Map(), pending: new Map(), made: NOT_KNOWN, seals: new Map() };
  return buildFrom({ plan, options, lock, formatter: formatter.value, generator: digestOfGenerator(), tell });
}

interface Context {
  readonly plan: Plan;
  readonly options: BuildOptions;
  readonly lock: Lock;
  readonly formatter: Formatter | undefined;
  readonly generator: string;
  readonly tell: Tell;
}

/** What one provider has in the output, and in the lock. */
interface Part {
  readonly provider: BuiltProvider;
  readonly locked: LockedProvider;
  readonly files: readonly GeneratedFile[];
}

async function buildFrom(context: Context): Promise<Result<Build>> {
  const { generator, lock, options, plan } = context;
  const output = new Output(plan.output, lock, generator);
  const parts = await partsOf(context, output);
  if (!parts.ok) return parts;
  const made: Made = {
    generator,
    providers: new Map(parts.value.map(({ locked, provider }) => [provider.id, locked])),
  };
  const shared = options.force === true ? undefined : output.sharedIfFresh(made);
  const generated = await sharedOf(context, made, shared);
  if (!generated.ok) return failure(...parts.problems, ...generated.problems);
  const files = [...parts.value.flatMap((part) => part.files), ...generated.value];
  return success({ providers: parts.value.map(({ provider }) => provider), files, made }, parts.problems);
}

async function sharedOf(
  { formatter, plan }: Context,
  { providers }: Made,
  fresh: readonly GeneratedFile[] | undefined,
): Promise<Result<readonly GeneratedFile[]>> {
  if (fresh !== undefined) return success(fresh);
  const { compileShared } = await import('../generate.js');
  const clients = [...providers].map(([id, { client }]) => ({ id, client }));
  const compiled = compileShared(clients, plan.conventions);
  return compiled.ok ? formatFiles(compiled.value, formatter, plan.output) : compiled;
}

/** A provider, with the digest of what the configuration says of it. */
interface Job {
  readonly input: PlannedProvider;
  readonly digest: string;
}

/** Providers that are looked at together: reading is mostly waiting, and open files are few. */
const AT_ONCE = 16;

async function partsOf(context: Context, output: Output): Promise<Result<readonly Part[]>> {
  const { formatter, options, plan } = context;
  const inputs = [...plan.inputs].sort((a, b) => (a.id < b.id ? -1 : 1));
  const parts = new Map<string, Part>();
  const stale: Job[] = [];
  const look = async (input: PlannedProvider): Promise<void> => {
    const digest = digestOfOptions(input, plan, options.nativeOnly === true, formatter?.identity);
    const fresh = options.force === true ? undefined : await output.providerIfFresh(input, digest);
    if (fresh === undefined) stale.push({ input, digest });
    else parts.set(input.id, { ...fresh, provider: freshProvider(input, fresh.locked, context.tell) });
  };
  for (let at = 0; at < inputs.length; at += AT_ONCE) await Promise.all(inputs.slice(at, at + AT_ONCE).map(look));
  stale.sort((a, b) => (a.input.id < b.input.id ? -1 : 1));
  const compiled = stale.length === 0 ? success([]) : await compileParts(stale, context);
  if (!compiled.ok) return compiled;
  for (const part of compiled.value) parts.set(part.provider.id, part);
  return success(
    inputs.flatMap(({ id }) => parts.get(id) ?? []),
    compiled.problems,
  );
}

function freshProvider({ id }: PlannedProvider, { warnings }: LockedProvider, tell: Tell): BuiltProvider {
  const provider: BuiltProvider = { id, state: 'fresh', warnings };
  tell({ kind: 'ended', id, provider, problems: [], durationMs: 0 });
  return provider;
}

async function compileParts(stale: readonly Job[], context: Context): Promise<Result<readonly Part[]>> {
  const { lock, options, plan } = context;
  const { compileAll } = await import('./compile-all.js');
  const inputs = stale.map(({ input }) => (options.refresh === true ? input : withPin(input, lock.made)));
  const { conventions } = plan;
  const results = await compileAll(inputs, { nativeOnly: options.nativeOnly === true, conventions }, context.tell);
  const problems = results.flatMap((result) => result.problems);
  const parts: Part[] = [];
  for (const [index, { digest }] of stale.entries()) {
    const result = results[index];
    if (result?.ok !== true) continue;
    const part = await partOf(result.value, result.problems.length, digest, context);
    if (part.ok) parts.push(part.value);
    else problems.push(...part.problems);
  }
  return parts.length === stale.length ? success(parts, problems) : failure(...problems);
}

async function partOf(
  compiled: CompiledProvider,
  warnings: number,
  options: string,
  { formatter, plan }: Context,
): Promise<Result<Part>> {
  const { api, contract, digests, native, pin } = compiled;
  const files = await formatFiles(compiled.files, formatter, plan.output);
  if (!files.ok) return files;
  const locked: LockedProvider = {
    client: api === undefined ? 'native' : 'normalized',
    options,
    inputs: toNames(digests, plan.output),
    pin,
    warnings,
    contract: recordOf(contract),
  };
  return success({ provider: { id: native.provider.id, state: 'generated', compiled }, locked, files: files.value });
}
