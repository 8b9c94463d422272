import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import colors from 'picocolors';
import { findConfig, loadConfig, type Plan, planSpecs } from './config.js';
import type { RefundApi } from './ir.js';
import { checkOutput } from './output/check.js';
import { writeOutput } from './output/write.js';
import type { Problem, Result } from './problem.js';

/** Exit codes: done, problems, wrong usage. */
const EXIT = { done: 0, problems: 1, usage: 2 } as const;
type Exit = (typeof EXIT)[keyof typeof EXIT];

interface Options {
  readonly output?: string;
  readonly config?: string;
  readonly print?: string;
}

/** Runs the command line. The only place that prints. */
export async function main(args: readonly string[]): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const program = new Command('refundgen')
    .description("From a payment provider's OpenAPI document to a refund client that can be trusted with money.")
    .version(readVersion())
    .exitOverride()
    .showHelpAfterError('Run refundgen --help for the commands.');
  const inputs = (command: Command): Command =>
    command
      .argument('[spec...]', 'OpenAPI documents, or pack:<name>; without any, refundgen.config.ts says which')
      .option('-o, --output <folder>', 'the folder that is written (default: generated)')
      .option('-c, --config <file>', 'the configuration (default: refundgen.config.ts)');
  inputs(program.command('generate').description('Generate the clients, all or nothing.'))
    .option('--print <what>', 'print instead of writing: ir')
    .action(async (specs: string[], options: Options) => {
      exit = await withPlan(specs, options, options.print === undefined ? generate : printIr(options.print));
    });
  inputs(program.command('check').description('Compare the clients with what is written; write nothing.')).action(
    async (specs: string[], options: Options) => {
      exit = await withPlan(specs, options, check);
    },
  );
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

async function withPlan(specs: readonly string[], options: Options, run: (plan: Plan) => Promise<Exit>): Promise<Exit> {
  if (specs.length > 0 && options.config !== undefined) return usage('Give specs or --config, not both.');
  if (specs.length > 0) return start(planSpecs(specs, options.output, process.cwd()), run);
  const file = options.config ?? findConfig(process.cwd());
  if (file === undefined)
    return usage('Name a spec, or write refundgen.config.ts: refundgen generate <spec> [-o <folder>]');
  const plan = await loadConfig(file);
  if (!plan.ok || options.output === undefined) return start(plan, run);
  return start({ ...plan, value: { ...plan.value, output: path.resolve(options.output) } }, run);
}

async function start(plan: Result<Plan>, run: (plan: Plan) => Promise<Exit>): Promise<Exit> {
  if (plan.ok) return run(plan.value);
  report(plan.problems);
  return EXIT.problems;
}

async function generate(plan: Plan): Promise<Exit> {
  const compiled = await compileInputs(plan);
  report(compiled.problems);
  if (!compiled.ok) return failed('Nothing was written.');
  const written = await writeOutput(plan.output, compiled.value.files);
  report(written.problems);
  if (!written.ok) return failed('Nothing was written.');
  const { changed, created, removed, unchanged } = written.value;
  for (const api of compiled.value.apis) print(`${colors.green('✓')} ${describe(api)}`);
  for (const file of removed) print(`${colors.yellow('-')} removed ${file}, which is no longer generated`);
  const folder = path.relative(process.cwd(), plan.output) || '.';
  const counts = `${created.length} created, ${changed.length} changed, ${unchanged.length} unchanged, ${removed.length} removed`;
  print(`${folder}: ${counts}`);
  return EXIT.done;
}

async function check(plan: Plan): Promise<Exit> {
  const compiled = await compileInputs(plan);
  report(compiled.problems);
  if (!compiled.ok) return EXIT.problems;
  const checked = await checkOutput(plan.output, compiled.value.files);
  report(checked.problems);
  if (!checked.ok) return EXIT.problems;
  const folder = path.relative(process.cwd(), plan.output) || '.';
  const { changed, missing, orphaned } = checked.value;
  const stale = [
    ...missing.map((file) => `missing   ${folder}/${file}`),
    ...changed.map((file) => `changed   ${folder}/${file}`),
    ...orphaned.map((file) => `orphaned  ${folder}/${file}`),
  ];
  for (const line of stale) print(`${colors.red('✗')} ${line}`);
  if (stale.length > 0) return failed(`${stale.length} files are stale: run refundgen generate.`);
  print(`${colors.green('✓')} ${folder} is up to date`);
  return EXIT.done;
}

/** Loads the pipeline, and with it the TypeScript compiler, only when it runs: help and mistakes are quick. */
async function compileInputs(plan: Plan) {
  const { compile } = await import('./generate.js');
  return compile(plan.inputs);
}

function printIr(what: string): (plan: Plan) => Promise<Exit> {
  return async (plan) => {
    if (what !== 'ir') return usage(`--print takes ir, not ${what}.`);
    const compiled = await compileInputs(plan);
    report(compiled.problems);
    if (!compiled.ok) return EXIT.problems;
    const byName = Object.fromEntries(compiled.value.apis.map((api) => [api.provider.id, api]));
    print(JSON.stringify(byName, null, 2));
    return EXIT.done;
  };
}

function describe({ create, idempotency, operations, provider, reconciliation, retrieve }: RefundApi): string {
  const operation = operations.find(({ name }) => name === create.operation);
  const key = idempotency.value;
  const can = [
    create.amount.full.value === 'omitted' ? 'full and partial' : 'partial only',
    `${create.amount.unit.value} units`,
    ...(retrieve === null ? [] : ['retrieve']),
    key.kind === 'key' && key.replay !== false ? 'repeats with key' : 'sent at most once',
    reconciliation.value.kind === 'none' ? 'nothing to reconcile with' : `reconciles by ${reconciliation.value.kind}`,
  ];
  return `${colors.bold(provider.id)}  ${operation?.method} ${printable(operation?.path ?? '')}  ${colors.dim(can.join(', '))}`;
}

function report(problems: readonly Problem[]): void {
  for (const { code, hint, location, message, severity } of problems) {
    const paint = severity === 'error' ? colors.red : colors.yellow;
    const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column} `;
    const frame = location === undefined || location.frame === '' ? '' : `${indent(location.frame)}\n`;
    printError(`${paint(`${severity} ${code}`)} ${printable(`${place}${message}\n${frame}${indent(hint)}`)}\n`);
  }
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function failed(message: string): Exit {
  printError(message);
  return EXIT.problems;
}

function usage(message: string): Exit {
  printError(`${message}\nRun refundgen --help for the commands.`);
  return EXIT.usage;
}

/** Terminals act on control characters, and text of a spec may hold them. Also removes bidirectional ones. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '�',
  );
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}
