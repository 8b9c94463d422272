import { type Analysis, analyse, type ProviderInput } from './analyse.js';
import { type Conventions, DEFAULT_CONVENTIONS } from './conventions.js';
import { type Contract, contractOf } from './diff/contract.js';
import { emitBarrel, emitProviders } from './emit/barrel.js';
import { emitClient, emitNativeClient } from './emit/client.js';
import { plainText } from './emit/comment.js';
import { type ModuleSource, printModules } from './emit/module.js';
import { copyRuntime } from './emit/runtime.js';
import { printTypes } from './emit/types.js';
import type { GeneratedFile } from './generated-file.js';
import type { NativeApi, RefundApi } from './ir.js';
import type { JsonObject } from './json.js';
import type { InputDigests } from './load/digests.js';
import { locationOf, type SpecDocument, type SpecPin } from './load/spec-document.js';
import { toIdentifier } from './names.js';
import { error, failure, type Problem, type Result, success } from './problem.js';
import { slice } from './slice/slice.js';

export type { ProviderInput } from './analyse.js';

/** How clients are generated. */
export interface CompileOptions {
  /** Without normalized refunds: open questions are warnings, and the client has the operations of the spec only. */
  readonly nativeOnly?: boolean;
  readonly conventions?: Conventions;
}

/** What comes out of the pipeline: nothing of it has been written. */
export interface Compiled {
  /** Of every client with normalized refunds. */
  readonly apis: readonly RefundApi[];
  /** Of every client. */
  readonly natives: readonly NativeApi[];
  readonly files: readonly GeneratedFile[];
}

/** From specs to files. Either everything comes out, or the problems of every provider. */
export async function compile(
  inputs: readonly ProviderInput[],
  options: CompileOptions = {},
): Promise<Result<Compiled>> {
  const results: Result<CompiledProvider>[] = [];
  for (const input of inputs) results.push(await compileProvider(input, options));
  const problems = results.flatMap((result) => result.problems);
  const providers = results.flatMap((result) => (result.ok ? [result.value] : []));
  if (providers.length < results.length) return failure(...problems);
  const sorted = providers.sort((a, b) => (a.native.provider.id < b.native.provider.id ? -1 : 1));
  const shared = compileShared(sorted.map(clientOf), options.conventions);
  if (!shared.ok) return failure(...problems, ...shared.problems);
  const files = [...sorted.flatMap((provider) => provider.files), ...shared.value];
  return success(
    { apis: sorted.flatMap(({ api }) => api ?? []), natives: sorted.map(({ native }) => native), files },
    problems,
  );
}

/** All that comes out of one provider's spec. */
export interface CompiledProvider {
  readonly native: NativeApi;
  /** Where the client has normalized refunds. */
  readonly api: RefundApi | undefined;
  readonly files: readonly GeneratedFile[];
  readonly digests: InputDigests;
  readonly pin: SpecPin | undefined;
  /** What the client promises. */
  readonly contract: Contract;
}

/** The pipeline: load, discover, normalize; then slice and emit. */
export async function compileProvider(
  input: ProviderInput,
  { nativeOnly = false, conventions = DEFAULT_CONVENTIONS }: CompileOptions = {},
): Promise<Result<CompiledProvider>> {
  const analysis = await analyse(input);
  const problems = nativeOnly ? analysis.problems.map(asWarning) : [...analysis.problems];
  const { document, draft } = analysis;
  const isOpen = problems.some(({ severity }) => severity === 'error');
  if (document === undefined || draft === undefined || isOpen) return failure(...problems);
  const { native } = draft;
  const api = nativeOnly ? undefined : analysis.api;
  if (api === undefined && !nativeOnly) throw new Error('a fact is missing, and no question asks for it');
  const client = api === undefined ? emitNativeClient(native, conventions) : emitClient(api, conventions);
  const types = await emitTypes(document, analysis);
  const all = [...problems, ...client.problems, ...types.problems];
  if (!client.ok || !types.ok) return failure(...all);
  const { id, title, version } = native.provider;
  const from = plainText(`${title} ${version}`);
  const typesModule: ModuleSource = {
    ...{ path: `${id}/types.ts`, from, imports: [], reexports: [] },
    body: types.value,
    isLaidOut: true,
  };
  const printed = printModules([typesModule, client.value], conventions);
  if (!printed.ok) return failure(...all, ...printed.problems);
  const { digests, pin } = document;
  const contract = contractOf(draft, nativeOnly ? 'native only' : 'refunds');
  return success({ native, api, files: printed.value, digests, pin, contract }, all);
}

/** What the files that all providers share know of one. */
export interface ClientName {
  readonly id: string;
  readonly client: 'normalized' | 'native';
}

export function clientOf({ api, native }: CompiledProvider): ClientName {
  return { id: native.provider.id, client: api === undefined ? 'native' : 'normalized' };
}

/** The files that belong to no single provider. */
export function compileShared(
  clients: readonly ClientName[],
  conventions: Conventions = DEFAULT_CONVENTIONS,
): Result<readonly GeneratedFile[]> {
  const prefixes = clients.map(({ id }) => toIdentifier(id, 'pascal'));
  const twice = prefixes.findIndex((prefix, index) => prefixes.indexOf(prefix) < index);
  if (twice >= 0) {
    const message = `two providers would have types that begin with ${prefixes[twice]}`;
    return failure(error('R044', message, 'Give one of them another name in the configuration.'));
  }
  const normalized = clients.filter(({ client }) => client === 'normalized');
  const modules = [emitProviders(normalized.map(({ id }) => id)), emitBarrel(clients.map(({ id }) => id))];
  const printed = printModules(modules, conventions);
  return printed.ok ? success([...printed.value, ...copyRuntime(conventions)]) : printed;
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
