import { planConfig, type RefundgenConfig } from './config.js';
import { compile } from './generate.js';
import type { GeneratedFile } from './generated-file.js';
import { type CheckReport, checkOutput } from './output/check.js';
import { type OutputReport, writeOutput } from './output/write.js';
import { failure, type Result, success } from './problem.js';

export { defineConfig, type ProviderConfig, type RefundgenConfig } from './config.js';
export type { RefundApi } from './ir.js';
export type { CheckReport } from './output/check.js';
export type { OutputReport } from './output/write.js';
export type { Location, Problem, ProblemCode, Result } from './problem.js';

/**
 * Generates the clients of a configuration and writes them, all or nothing.
 *
 * @param folder - what the paths of the configuration are relative to. Default: the working directory.
 */
export async function generate(config: RefundgenConfig, folder = process.cwd()): Promise<Result<OutputReport>> {
  return run(config, folder, writeOutput);
}

/**
 * Compares the clients of a configuration with what is written. Writes nothing.
 *
 * @param folder - what the paths of the configuration are relative to. Default: the working directory.
 */
export async function check(config: RefundgenConfig, folder = process.cwd()): Promise<Result<CheckReport>> {
  return run(config, folder, checkOutput);
}

async function run<T>(
  config: RefundgenConfig,
  folder: string,
  end: (output: string, files: readonly GeneratedFile[]) => Promise<Result<T>>,
): Promise<Result<T>> {
  const plan = planConfig(config, folder);
  if (!plan.ok) return plan;
  const compiled = await compile(plan.value.inputs);
  if (!compiled.ok) return compiled;
  const ended = await end(plan.value.output, compiled.value.files);
  const problems = [...compiled.problems, ...ended.problems];
  return ended.ok ? success(ended.value, problems) : failure(...problems);
}
