import { type Analysis, analyse, type ProviderInput } from './analyse.js';
import { emitBarrel, emitProviders } from './emit/barrel.js';
import { emitClient, emitNativeClient } from './emit/client.js';
import { plainText } from './emit/comment.js';
import { type ModuleSource, printModules } from './emit/module.js';
import { copyRuntime } from './emit/runtime.js';
import { printTypes } from './emit/types.js';
import type { GeneratedFile } from './generated-file.js';
import type { NativeApi, RefundApi } from './ir.js';
import type { JsonObject } from './json.js';
import { locationOf, type SpecDocument } from './load/spec-document.js';
import { toIdentifier } from './names.js';
import type { LockedSpec, LockedSpecs } from './output/lock.js';
import { error, failure, type Problem, type Result, success } from './problem.js';
import { slice } from './slice/slice.js';

export type { ProviderInput } from './analyse.js';

/** How clients are generated. */
export interface CompileOptions {
  /** Without normalized refunds: open questions are warnings, and the client has the operations of the spec only. */
  readonly nativeOnly?: boolean;
}

/** What comes out of the pipeline: nothing of it has been written. */
export interface Compiled {
  /** Of every client with normalized refunds. */
  readonly apis: readonly RefundApi[];
  /** Of every client. */
  readonly natives: readonly NativeApi[];
  readonly files: readonly GeneratedFile[];
  /** By provider, what its spec was, where that came over the network. */
  readonly specs: LockedSpecs;
}

/** From specs to files. Either everything comes out, or the problems of every provider. */
export async function compile(
  inputs: readonly ProviderInput[],
  { nativeOnly = false }: CompileOptions = {},
): Promise<Result<Compiled>> {
  const sorted = [...inputs].sort((a, b) => (a.id < b.id ? -1 : 1));
  const results: Result<CompiledProvider>[] = [];
  for (const input of sorted) results.push(await compileProvider(input, nativeOnly));
  const problems = results.flatMap((result) => result.problems);
  const providers = results.flatMap((result) => (result.ok ? [result.value] : []));
  if (providers.length < results.length) return failure(...problems);
  const natives = providers.map(({ native }) => native);
  const apis = providers.flatMap(({ api }) => api ?? []);
  const prefixes = natives.map(({ provider }) => toIdentifier(provider.id, 'pascal'));
  const twice = prefixes.findIndex((prefix, index) => prefixes.indexOf(prefix) < index);
  if (twice >= 0) {
    const message = `two providers would have types that begin with ${prefixes[twice]}`;
    const hint = 'Give one of them another name in the configuration.';
    return failure(...problems, error('R044', message, hint));
  }
  const modules = [...providers.flatMap(({ modules: own }) => own), emitProviders(apis), emitBarrel(natives)];
  const printed = printModules(modules);
  if (!printed.ok) return failure(...problems, ...printed.problems);
  const specs = new Map(
    providers.flatMap(({ native, pin }) => (pin === undefined ? [] : [[native.provider.id, pin] as const])),
  );
  return success({ apis, natives, files: [...printed.value, ...copyRuntime()], specs }, problems);
}

interface CompiledProvider {
  readonly native: NativeApi;
  readonly api: RefundApi | undefined;
  readonly pin: LockedSpec | undefined;
  readonly modules: readonly ModuleSource[];
}

/** The pipeline: load, discover, normalize; then slice and emit. */
async function compileProvider(input: ProviderInput, nativeOnly: boolean): Promise<Result<CompiledProvider>> {
  const analysis = await analyse(input);
  const problems = nativeOnly ? analysis.problems.map(asWarning) : [...analysis.problems];
  const { document, draft } = analysis;
  const isOpen = problems.some(({ severity }) => severity === 'error');
  if (document === undefined || draft === undefined || isOpen) return failure(...problems);
  const { native } = draft;
  const api = nativeOnly ? undefined : analysis.api;
  if (api === undefined && !nativeOnly) throw new Error('a fact is missing, and no question asks for it');
  const client = api === undefined ? emitNativeClient(native) : emitClient(api);
  const types = await emitTypes(document, analysis);
  const all = [...problems, ...client.problems, ...types.problems];
  if (!client.ok || !types.ok) return failure(...all);
  const { id, title, version } = native.provider;
  const from = plainText(`${title} ${version}`);
  const typesModule: ModuleSource = { path: `${id}/types.ts`, from, imports: [], reexports: [], body: types.value };
  return success({ native, api, pin: document.pin, modules: [typesModule, client.value] }, all);
}

/** A question that nobody has answered does not stand in the way of what needs no answer. */
function asWarning(problem: Problem): Problem {
  return problem.overlay === undefined || NO_CLIENT.has(problem.code) ? problem : { ...problem, severity: 'warning' };
}

/** Without an operation there is nothing to call. */
const NO_CLIENT: ReadonlySet<string> = new Set(['R020', 'R021']);

async function emitTypes(document: SpecDocument, { operations, spine }: Analysis): Promise<Result<string>> {
  const small = slice(document, operations, spine);
  if (!small.ok) return small;
  const types = await typesOf(document, small.value);
  return types.ok ? success(types.value, small.problems) : failure(...small.problems, ...types.problems);
}

/** A document that openapi-typescript cannot make types of is a problem of the document, with the place it names. */
async function typesOf(document: SpecDocument, small: JsonObject): Promise<Result<string>> {
  try {
    return success(await printTypes(small));
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    const pointer = / at #(\/\S+)/.exec(reason)?.[1] ?? '/paths';
    const hint =
      'A schema, parameter or answer there is not what OpenAPI wants: correct it in the spec or the overlay.';
    return failure(error('R043', `no types can be made: ${reason}`, hint, locationOf(document, pointer)));
  }
}
