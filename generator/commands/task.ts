import path from 'node:path';
import { findConfig, loadConfig, type Plan, planSpecs } from '../config.js';
import { printableLine } from '../printable.js';
import { type Result, success } from '../problem.js';
import type { Inputs } from '../program.js';
import { problemText } from '../report/texts.js';
import { EXIT, type Exit, type Terminal } from '../terminal.js';

/** What a command works on. */
export interface Task {
  readonly plan: Plan;
  /** The specs as the user named them; none where a configuration does. */
  readonly specs: readonly string[];
  /** The file that the plan comes from. */
  readonly config: string | undefined;
}

/** Something is wrong with how the command was called, rather than with what it was called for. */
export class UsageError extends Error {}

/** @throws UsageError where nothing says what there is to do. */
export async function readTask(specs: readonly string[], { config, output }: Inputs): Promise<Result<Task>> {
  if (specs.length > 0 && config !== undefined) throw new UsageError('Give specs or --config, not both.');
  if (specs.length > 0) return taskOf(planSpecs(specs, output, process.cwd()), specs, undefined);
  const file = config ?? findConfig(process.cwd());
  if (file === undefined) {
    throw new UsageError('Name a spec, or write refundgen.config.ts: refundgen generate <spec> [-o <folder>]');
  }
  const plan = await loadConfig(file);
  if (!plan.ok || output === undefined) return taskOf(plan, [], file);
  return taskOf({ ...plan, value: { ...plan.value, output: path.resolve(output) } }, [], file);
}

function taskOf(plan: Result<Plan>, specs: readonly string[], config: string | undefined): Result<Task> {
  return plan.ok ? success({ plan: plan.value, specs, config }) : plan;
}

/** Runs what can only be done with a task, and says why there is none. */
export async function withTask(
  terminal: Terminal,
  specs: readonly string[],
  inputs: Inputs,
  run: (task: Task) => Promise<Exit>,
): Promise<Exit> {
  const task = await readTask(specs, inputs);
  if (task.ok) return run(task.value);
  for (const problem of task.problems) terminal.printError(problemText(problem, terminal.paint));
  return EXIT.problems;
}

/** Says what is wrong with how a command was called. */
export function usage({ printError }: Terminal, message: string): Exit {
  printError(`${printableLine(message)}\nRun refundgen --help for the commands.`);
  return EXIT.usage;
}
