import { availableParallelism } from 'node:os';
import { type CompiledProvider, type CompileOptions, compileProvider, type ProviderInput } from '../generate.js';
import type { Result } from '../problem.js';
import type { Tell } from './build.js';
import { Crew } from './crew.js';

/** A thread has to load every compiler once more: fewer providers are done sooner by one. */
const PROVIDERS_PER_THREAD = 12;

/** Compiles providers one after the other; many of them on several cores. The results are in the order of the inputs. */
export async function compileAll(
  inputs: readonly ProviderInput[],
  options: CompileOptions,
  tell: Tell,
): Promise<readonly Result<CompiledProvider>[]> {
  const threads = Math.min(availableParallelism(), Math.floor(inputs.length / PROVIDERS_PER_THREAD));
  if (threads > 1) return compileTogether(inputs, options, tell, threads);
  const results: Result<CompiledProvider>[] = [];
  for (const input of inputs) results.push(await told(input, tell, () => compileProvider(input, options)));
  return results;
}

async function compileTogether(
  inputs: readonly ProviderInput[],
  options: CompileOptions,
  tell: Tell,
  threads: number,
): Promise<readonly Result<CompiledProvider>[]> {
  const crew = new Crew(threads);
  try {
    return await Promise.all(
      inputs.map((input) => crew.take((member) => told(input, tell, () => member.compile(input, options)))),
    );
  } finally {
    await crew.dismiss();
  }
}

async function told(
  { id }: ProviderInput,
  tell: Tell,
  compile: () => Promise<Result<CompiledProvider>>,
): Promise<Result<CompiledProvider>> {
  tell({ kind: 'started', id });
  const start = performance.now();
  const result = await compile();
  const durationMs = performance.now() - start;
  const provider = result.ok ? { id, state: 'generated' as const, compiled: result.value } : undefined;
  tell({ kind: 'ended', id, provider, problems: result.problems, durationMs });
  return result;
}
