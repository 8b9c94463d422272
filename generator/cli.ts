import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommanderError } from 'commander';
import colors from 'picocolors';
import { findConfig, loadConfig, type Plan, type PlannedProvider, planSpecs } from './config.js';
import type { Compiled } from './generate.js';
import type { Person } from './init/interview.js';
import type { Inspection } from './inspect/inspection.js';
import { planEach, planOne } from './inspect/plan.js';
import { checkOutput } from './output/check.js';
import { writeOutput } from './output/write.js';
import { pinSpecs } from './pins.js';
import { printableJson, printableLine } from './printable.js';
import type { Problem, Result } from './problem.js';
import {
  type ConformanceOptions,
  defineProgram,
  type GenerateOptions,
  type InitOptions,
  type Inputs,
  type InspectOptions,
} from './program.js';
import { describeApi, describeNative, isQuestion, openText, problemLine, problemText } from './report.js';

/** Exit codes: done, problems, wrong usage. */
const EXIT = { done: 0, problems: 1, usage: 2 } as const;
type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A plan, and the specs as the user named them. */
interface Task {
  readonly plan: Plan;
  readonly specs: readonly string[];
}

/** Runs the command line. The only place that prints. */
export async function main(args: readonly string[]): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const ends =
    <Given extends unknown[]>(run: (...given: Given) => Promise<Exit>) =>
    async (...given: Given): Promise<void> => {
      exit = await run(...given);
    };
  const program = defineProgram(readVersion(), {
    inspect: ends(inspectSpecs),
    init: ends(initSpec),
    generate: ends((specs, options) => withTask(specs, options, (task) => generate(task, options))),
    check: ends((specs, options) => withTask(specs, options, (task) => check(task, options))),
    conformance: ends((providers, options) => withTask([], options, (task) => conform(task, providers, options))),
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    return cause.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

async function withTask(specs: readonly string[], options: Inputs, run: (task: Task) => Promise<Exit>): Promise<Exit> {
  if (specs.length > 0 && options.config !== undefined) return usage('Give specs or --config, not both.');
  if (specs.length > 0) return start(planSpecs(specs, options.output, process.cwd()), specs, run);
  const file = options.config ?? findConfig(process.cwd());
  if (file === undefined)
    return usage('Name a spec, or write refundgen.config.ts: refundgen generate <spec> [-o <folder>]');
  const plan = await loadConfig(file);
  if (!plan.ok || options.output === undefined) return start(plan, [], run);
  return start({ ...plan, value: { ...plan.value, output: path.resolve(options.output) } }, [], run);
}

async function start(plan: Result<Plan>, specs: readonly string[], run: (task: Task) => Promise<Exit>): Promise<Exit> {
  if (plan.ok) return run({ plan: plan.value, specs });
  report(plan.problems);
  return EXIT.problems;
}

async function generate(task: Task, options: GenerateOptions): Promise<Exit> {
  if (options.print !== undefined) return printIr(task, options);
  const compiled = await compileTask(task, options);
  if (!compiled.ok) return failed(task, compiled.problems, 'Nothing was written.');
  const { apis, files, natives, specs } = compiled.value;
  const written = await writeOutput(task.plan.output, files, specs);
  report(written.problems);
  // A part may have been written: the problems say so.
  if (!written.ok) return EXIT.problems;
  const { changed, created, removed, unchanged } = written.value;
  for (const native of natives) {
    const api = apis.find(({ provider }) => provider.id === native.provider.id);
    print(`${colors.green('✓')} ${api === undefined ? describeNative(native, colors) : describeApi(api, colors)}`);
  }
  for (const file of removed) print(`${colors.yellow('-')} removed ${file}, which is no longer generated`);
  const counts = `${created.length} created, ${changed.length} changed, ${unchanged.length} unchanged, ${removed.length} removed`;
  print(`${shownFolder(task)}: ${counts}`);
  return EXIT.done;
}

async function check(task: Task, options: GenerateOptions): Promise<Exit> {
  const compiled = await compileTask(task, options);
  if (!compiled.ok) return failed(task, compiled.problems, '');
  const exit = await requireFresh(task, compiled.value);
  if (exit === EXIT.done) print(`${colors.green('✓')} ${shownFolder(task)} is up to date`);
  return exit;
}

/** Says which files of the output are not what would be generated now. */
async function requireFresh(task: Task, { files, specs }: Compiled): Promise<Exit> {
  const checked = await checkOutput(task.plan.output, files, specs);
  report(checked.problems);
  if (!checked.ok) return EXIT.problems;
  const folder = shownFolder(task);
  const { changed, missing, orphaned } = checked.value;
  const stale = [
    ...missing.map((file) => `missing   ${folder}/${file}`),
    ...changed.map((file) => `changed   ${folder}/${file}`),
    ...orphaned.map((file) => `orphaned  ${folder}/${file}`),
  ];
  for (const line of stale) print(`${colors.red('✗')} ${line}`);
  return stale.length === 0 ? EXIT.done : failed(task, [], `${stale.length} files are stale: run refundgen generate.`);
}

/** Puts what is written to the test: what is stale proves nothing about what will be. */
async function conform(task: Task, providers: readonly string[], options: ConformanceOptions): Promise<Exit> {
  const compiled = await compileTask(task, options);
  if (!compiled.ok) return failed(task, compiled.problems, '');
  const { apis } = compiled.value;
  const unknown = providers.filter((id) => !apis.some(({ provider }) => provider.id === id));
  const known = apis.map(({ provider }) => provider.id).join(', ');
  if (unknown.length > 0) return usage(`There is no client of ${unknown.join(', ')}; there are ${known}.`);
  const fresh = await requireFresh(task, compiled.value);
  if (fresh !== EXIT.done) return fresh;
  const { testClients } = await import('./conformance/conformance.js');
  const { conformanceText, isConforming, junitText } = await import('./conformance/report.js');
  const wanted = apis.filter(({ provider }) => providers.length === 0 || providers.includes(provider.id));
  const tested = await testClients(wanted, task.plan.output, options.case);
  print(conformanceText(tested, colors));
  if (options.junit !== undefined) await writeFile(options.junit, junitText(tested));
  return tested.every(isConforming) ? EXIT.done : EXIT.problems;
}

async function printIr(task: Task, options: GenerateOptions): Promise<Exit> {
  if (options.print !== 'ir') return usage(`--print takes ir, not ${options.print}.`);
  const compiled = await compileTask(task, options);
  if (!compiled.ok) return failed(task, compiled.problems, '');
  const { apis, natives } = compiled.value;
  const printed = options.nativeOnly === true ? natives : apis;
  print(printableJson(Object.fromEntries(printed.map((api) => [api.provider.id, api]))));
  return EXIT.done;
}

/** Loads the pipeline, and with it the TypeScript compiler, only when it runs: help and mistakes are quick. */
async function compileTask({ plan }: Task, options: GenerateOptions): Promise<Result<Compiled>> {
  const nativeOnly = options.nativeOnly === true;
  const pinned = await pinSpecs(plan, options.refresh === true);
  const { compile } = await import('./generate.js');
  const compiled = pinned.ok ? await compile(pinned.value.inputs, { nativeOnly }) : pinned;
  if (nativeOnly) reportNative(compiled.problems);
  else report(compiled.problems);
  return compiled;
}

async function inspectSpecs(specs: readonly string[], options: InspectOptions): Promise<Exit> {
  const { inspect, isRead } = await import('./inspect/inspect.js');
  const { analyse } = await import('./analyse.js');
  const inspectAll = async ({ plan }: Task): Promise<Exit> => {
    const found: [string, Inspection][] = [];
    for (const input of plan.inputs) {
      const analysis = await analyse(input);
      if (isRead(analysis)) found.push([input.id, inspect(analysis, input.id)]);
      else report(analysis.problems);
    }
    const [only] = found;
    const isOne = specs.length === 1 && only !== undefined;
    if (options.json !== true) {
      const { printInspection } = await import('./inspect/print.js');
      if (found.length > 0) print(found.map(([, item]) => printInspection(item, colors)).join('\n\n\n'));
    } else if (isOne) print(printableJson(only[1]));
    else if (specs.length !== 1) print(printableJson(Object.fromEntries(found)));
    return found.length === plan.inputs.length ? EXIT.done : EXIT.problems;
  };
  if (specs.length === 0 || options.config !== undefined) return withTask(specs, options, inspectAll);
  return start(planEach(specs, process.cwd()), specs, inspectAll);
}

async function initSpec(spec: string, { overlay, yes }: InitOptions): Promise<Exit> {
  const { init } = await import('./init/init.js');
  const { initText } = await import('./init/report.js');
  const folder = process.cwd();
  const plan = planOne(spec, process.cwd());
  const [input] = plan.ok ? plan.value.inputs : [];
  if (!plan.ok || input === undefined) return failed(undefined, plan.problems, '');
  const config = await readConfig(input);
  const request = { spec, input, overlay: overlay === undefined ? undefined : path.resolve(overlay), folder, config };
  const isAsked = process.stdin.isTTY && process.stdout.isTTY && yes !== true && process.env['CI'] === undefined;
  const done = await withPerson(isAsked, (person) => init(request, person, today()));
  report(done.problems);
  if (!done.ok) return EXIT.problems;
  if (done.value === undefined) return failed(undefined, [], 'Nothing was written.');
  print(initText(done.value));
  report(done.value.obstacles);
  const isStuck = done.value.done === 'manual' || (done.value.added === 0 && done.value.obstacles.length > 0);
  return isStuck ? EXIT.problems : EXIT.done;
}

/** The configuration that is there, even if it cannot be loaded: then nobody knows what it has. */
async function readConfig(input: PlannedProvider) {
  const file = findConfig(process.cwd());
  if (file === undefined) return undefined;
  const plan = await loadConfig(file);
  return { file, input: plan.ok ? plan.value.inputs.find((known) => known.spec === input.spec) : undefined };
}

async function withPerson<T>(isAsked: boolean, run: (person: Person | undefined) => Promise<T>): Promise<T> {
  if (!isAsked) return run(undefined);
  const { terminal } = await import('./init/terminal.js');
  const person = terminal(process.stdin, process.stdout, true);
  try {
    return await run(person);
  } finally {
    person.close();
  }
}

/** The day where the user is. */
function today(): string {
  const now = new Date();
  const parts = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
  return [now.getFullYear(), ...parts].join('-');
}

function shownFolder({ plan }: Task): string {
  return path.relative(process.cwd(), plan.output) || '.';
}

function report(problems: readonly Problem[]): void {
  for (const problem of problems) printError(problemText(problem, colors));
}

/** Questions are many, and do not stop here: one line each. */
function reportNative(problems: readonly Problem[]): void {
  const open = problems.filter((problem) => isQuestion(problem) && problem.severity === 'warning');
  report(problems.filter((problem) => !open.includes(problem)));
  for (const problem of open) printError(problemLine(problem, colors));
  if (open.length > 0)
    printError('The clients have no refund() until these are answered: refundgen inspect shows them in full.');
}

function failed(task: Task | undefined, problems: readonly Problem[], message: string): Exit {
  const open = openText(problems, task?.specs ?? []);
  for (const text of [open, message]) if (text !== '') printError(text);
  if (task === undefined) report(problems);
  return EXIT.problems;
}

function usage(message: string): Exit {
  printError(`${printableLine(message)}\nRun refundgen --help for the commands.`);
  return EXIT.usage;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}
