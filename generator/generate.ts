import { type Discovered, type Discovery, discover } from './discover/discover.js';
import { emitBarrel, emitProviders } from './emit/barrel.js';
import { emitClient } from './emit/client.js';
import { plainText } from './emit/comment.js';
import { type ModuleSource, printModules } from './emit/module.js';
import { copyRuntime } from './emit/runtime.js';
import { printTypes } from './emit/types.js';
import type { GeneratedFile } from './generated-file.js';
import type { RefundApi } from './ir.js';
import { type JsonObject, ownText } from './json.js';
import { load } from './load/load.js';
import { locationOf, resolve, type SpecDocument } from './load/spec-document.js';
import { toIdentifier, uniqueName } from './names.js';
import { normalize } from './normalize/normalize.js';
import { error, failure, type Problem, type Result, success } from './problem.js';
import { slice } from './slice/slice.js';

/** One provider to generate a client for. */
export interface ProviderInput {
  /** Names the folder and the `provider` field of the client. */
  readonly id: string;
  /** Path of the OpenAPI document. */
  readonly spec: string;
  /** Path of the overlay; `undefined` where there is none. */
  readonly overlay: string | undefined;
}

/** What comes out of the pipeline: nothing of it has been written. */
export interface Compiled {
  readonly apis: readonly RefundApi[];
  readonly files: readonly GeneratedFile[];
}

/** From specs to files. Either everything comes out, or the problems of every provider. */
export async function compile(inputs: readonly ProviderInput[]): Promise<Result<Compiled>> {
  const sorted = [...inputs].sort((a, b) => (a.id < b.id ? -1 : 1));
  const results: Result<CompiledProvider>[] = [];
  for (const input of sorted) results.push(await compileProvider(input));
  const problems = results.flatMap((result) => result.problems);
  const providers = results.flatMap((result) => (result.ok ? [result.value] : []));
  if (providers.length < results.length) return failure(...problems);
  const apis = providers.map(({ api }) => api);
  const prefixes = apis.map(({ provider }) => toIdentifier(provider.id, 'pascal'));
  const twice = prefixes.findIndex((prefix, index) => prefixes.indexOf(prefix) < index);
  if (twice >= 0) {
    const message = `two providers would have types that begin with ${prefixes[twice]}`;
    const hint = 'Give one of them another name in the configuration.';
    return failure(...problems, error('R044', message, hint));
  }
  const modules = [...providers.flatMap(({ modules: own }) => own), emitProviders(apis), emitBarrel(apis)];
  const printed = printModules(modules);
  if (!printed.ok) return failure(...problems, ...printed.problems);
  return success({ apis, files: [...printed.value, ...copyRuntime()] }, problems);
}

interface CompiledProvider {
  readonly api: RefundApi;
  readonly modules: readonly ModuleSource[];
}

/** The pipeline: load, discover, slice, normalize, emit. */
async function compileProvider(input: ProviderInput): Promise<Result<CompiledProvider>> {
  const problems: Problem[] = [];
  const keep = <T>(result: Result<T>): Result<T> => {
    problems.push(...result.problems);
    return result;
  };
  const document = keep(await load(input));
  if (!document.ok) return failure(...problems);
  const discovery = keep(discover(document.value));
  if (!discovery.ok) return failure(...problems);
  const names = nameOperations(document.value, discovery.value);
  const small = keep(
    slice(
      document.value,
      [...names].map(([pointer, name]) => ({ pointer, name })),
    ),
  );
  const api = keep(normalize(document.value, discovery.value, names, input.id));
  if (!small.ok || !api.ok) return failure(...problems);
  const client = keep(emitClient(api.value));
  if (!client.ok) return failure(...problems);
  const { id, title, version } = api.value.provider;
  const from = plainText(`${title} ${version}`);
  const body = await typesOf(document.value, small.value);
  if (!body.ok) return failure(...problems, ...body.problems);
  const types: ModuleSource = { path: `${id}/types.ts`, from, imports: [], reexports: [], body: body.value };
  return success({ api: api.value, modules: [types, client.value] }, problems);
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

/** What operations without an `operationId` are called. */
const ROLE_NAMES = { create: 'createRefund', retrieve: 'retrieveRefund', payment: 'retrievePayment' } as const;

/** The names of the operations in generated code, by pointer. */
function nameOperations(document: SpecDocument, discovery: Discovery): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const found = [discovery.create, discovery.retrieve, discovery.payment].filter(
    (item): item is Discovered => item !== undefined,
  );
  for (const { pointer, role } of found) {
    const wanted = ownText(resolve(document, pointer)?.value, 'operationId') ?? ROLE_NAMES[role];
    names.set(pointer, uniqueName(toIdentifier(wanted, 'camel'), new Set(names.values())));
  }
  return names;
}
