import { type Build, type BuildOptions, build } from './build/build.js';
import { planConfig, type RefundgenConfig } from './config.js';
import type { Inspection } from './inspect/inspection.js';
import { type CheckReport, checkOutput } from './output/check.js';
import { type OutputReport, writeOutput } from './output/write.js';
import { failure, type Problem, type Result, success } from './problem.js';

export type { BuildOptions as GenerateOptions } from './build/build.js';
export { defineConfig, type ProviderConfig, type RefundgenConfig } from './config.js';
export type { DiffReport } from './diff/print.js';
export type { Inspection } from './inspect/inspection.js';
export type { RefundApi } from './ir.js';
export type { CheckReport } from './output/check.js';
export type { OutputReport } from './output/write.js';
export type { Location, Problem, ProblemCode, Result } from './problem.js';
export type { BuildReport } from './report/json.js';

/**
 * Generates the clients of a configuration and writes them, all or nothing. What has not changed since they were
 * written is not generated again.
 *
 * @param folder - what the paths of the configuration are relative to. Default: the working directory.
 */
export async function generate(
  config: RefundgenConfig,
  folder = process.cwd(),
  options: BuildOptions = {},
): Promise<Result<OutputReport>> {
  return run(config, folder, options, (output, { files, made }) => writeOutput(output, files, made));
}

/**
 * Compares the clients of a configuration with what is written. Writes nothing.
 *
 * @param folder - what the paths of the configuration are relative to. Default: the working directory.
 */
export async function check(
  config: RefundgenConfig,
  folder = process.cwd(),
  options: Pick<BuildOptions, 'nativeOnly' | 'force'> = {},
): Promise<Result<CheckReport>> {
  return run(config, folder, options, (output, { files, made }) => checkOutput(output, files, made));
}

/**
 * What is understood of refunds in the specs of a configuration, by provider, and what is not: open questions are a part
 * of it. A spec that cannot be read is a problem.
 *
 * @param folder - what the paths of the configuration are relative to. Default: the working directory.
 */
export async function inspect(
  config: RefundgenConfig,
  folder = process.cwd(),
): Promise<Result<Readonly<Record<string, Inspection>>>> {
  const plan = planConfig(config, folder);
  if (!plan.ok) return plan;
  // A configuration file imports this module: it must not load what only some commands need.
  const { analyse } = await import('./analyse.js');
  const { inspect: inspectAnalysis, isRead } = await import('./inspect/inspect.js');
  const found: [string, Inspection][] = [];
  const problems: Problem[] = [];
  for (const input of plan.value.inputs) {
    const analysis = await analyse(input);
    if (isRead(analysis)) found.push([input.id, inspectAnalysis(analysis, input.id)]);
    else problems.push(...analysis.problems);
  }
  return problems.length > 0 ? failure(...problems) : success(Object.fromEntries(found));
}

async function run<T>(
  config: RefundgenConfig,
  folder: string,
  options: BuildOptions,
  end: (output: string, built: Build) => Promise<Result<T>>,
): Promise<Result<T>> {
  const plan = planConfig(config, folder);
  if (!plan.ok) return plan;
  const built = await build(plan.value, options);
  if (!built.ok) return built;
  const ended = await end(plan.value.output, built.value);
  const problems = [...built.problems, ...ended.problems];
  return ended.ok ? success(ended.value, problems) : failure(...problems);
}
