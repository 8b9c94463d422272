import { analyse } from './analyse.js';
import { type Plan, planConfig, type RefundgenConfig } from './config.js';
import { type Compiled, compile } from './generate.js';
import { inspect as inspectAnalysis, isRead } from './inspect/inspect.js';
import type { Inspection } from './inspect/inspection.js';
import { type CheckReport, checkOutput } from './output/check.js';
import { type OutputReport, writeOutput } from './output/write.js';
import { pinSpecs } from './pins.js';
import { failure, type Problem, type Result, success } from './problem.js';

export { defineConfig, type ProviderConfig, type RefundgenConfig } from './config.js';
export type { Inspection } from './inspect/inspection.js';
export type { RefundApi } from './ir.js';
export type { CheckReport } from './output/check.js';
export type { OutputReport } from './output/write.js';
export type { Location, Problem, ProblemCode, Result } from './problem.js';

/** How clients are generated. */
export interface GenerateOptions {
  /** Without normalized refunds: open questions are warnings, and clients have the operations of the spec only. */
  readonly nativeOnly?: boolean;
  /** Takes over specs that have changed at their URLs since the output was written. */
  readonly refresh?: boolean;
}

/**
 * Generates the clients of a configuration and writes them, all or nothing.
 *
 * @param folder - what the paths of the configuration are relative to. Default: the working directory.
 */
export async function generate(
  config: RefundgenConfig,
  folder = process.cwd(),
  options: GenerateOptions = {},
): Promise<Result<OutputReport>> {
  return run(config, folder, options, (output, { files, specs }) => writeOutput(output, files, specs));
}

/**
 * Compares the clients of a configuration with what is written. Writes nothing.
 *
 * @param folder - what the paths of the configuration are relative to. Default: the working directory.
 */
export async function check(
  config: RefundgenConfig,
  folder = process.cwd(),
  options: Pick<GenerateOptions, 'nativeOnly'> = {},
): Promise<Result<CheckReport>> {
  return run(config, folder, options, (output, { files, specs }) => checkOutput(output, files, specs));
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
  { nativeOnly = false, refresh = false }: GenerateOptions,
  end: (output: string, compiled: Compiled) => Promise<Result<T>>,
): Promise<Result<T>> {
  const planned = planConfig(config, folder);
  const plan: Result<Plan> = planned.ok ? await pinSpecs(planned.value, refresh) : planned;
  if (!plan.ok) return plan;
  const compiled = await compile(plan.value.inputs, { nativeOnly });
  if (!compiled.ok) return compiled;
  const ended = await end(plan.value.output, compiled.value);
  const problems = [...compiled.problems, ...ended.problems];
  return ended.ok ? success(ended.value, problems) : failure(...problems);
}
