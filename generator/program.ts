import type { Command } from 'commander';
import { loadCommander } from './libraries.js';

export interface Inputs {
  readonly output?: string;
  readonly config?: string;
}

export interface InspectOptions extends Inputs {
  readonly json?: boolean;
}

export interface InitOptions {
  readonly overlay?: string;
  readonly yes?: boolean;
}

export interface GenerateOptions extends Inputs {
  readonly nativeOnly?: boolean;
  readonly refresh?: boolean;
  readonly force?: boolean;
  readonly watch?: boolean;
  readonly print?: string;
  readonly quiet?: boolean;
  readonly reporter?: string;
}

export interface DiffOptions extends Inputs {
  readonly against?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly failOn?: string;
}

export interface ConformanceOptions extends Inputs {
  readonly case?: string;
  readonly junit?: string;
}

/** What the commands do. */
export interface Commands {
  readonly inspect: (specs: string[], options: InspectOptions) => Promise<void>;
  readonly init: (spec: string, options: InitOptions) => Promise<void>;
  readonly generate: (specs: string[], options: GenerateOptions) => Promise<void>;
  readonly check: (specs: string[], options: GenerateOptions) => Promise<void>;
  readonly diff: (specs: string[], options: DiffOptions) => Promise<void>;
  readonly conformance: (providers: string[], options: ConformanceOptions) => Promise<void>;
}

/** The command line: its commands, arguments, options and help. */
export function defineProgram(version: string, commands: Commands): Command {
  const { Command } = loadCommander();
  const program = new Command('refundgen')
    .description("From a payment provider's OpenAPI document to a refund client that can be trusted with money.")
    .version(version)
    .exitOverride()
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('Run refundgen --help for the commands.');
  withSpecs(program.command('inspect').description('Show what is understood of refunds in a spec, and what is not.'))
    .option('--json', 'as JSON, by refundgen/inspection.schema.json')
    .action(commands.inspect);
  program
    .command('init')
    .description('Write the open questions of a spec into an overlay, ready to be filled in.')
    .argument('<spec>', 'an OpenAPI document: a file or a URL')
    .option('-o, --overlay <file>', 'the overlay (default: <spec>.overlay.yaml beside the spec)')
    .option('-y, --yes', 'ask nothing, leave every question open')
    .action(commands.init);
  withOutput(program.command('generate').description('Generate the clients, all or nothing.'))
    .option('--refresh', 'take over specs that have changed at their URLs')
    .option('--watch', 'generate again whenever a spec, an overlay or the configuration changes')
    .option('--print <what>', 'print instead of writing: ir')
    .action(commands.generate);
  withOutput(program.command('check').description('Compare the clients with what is written; write nothing.')).action(
    commands.check,
  );
  withFolder(withSpecs(program.command('diff').description('Say what has changed for refunds, and how grave it is.')))
    .option('--against <what>', 'a git revision, or a file with an older version of the one spec (default: the lock)')
    .option('--json', 'as JSON')
    .option('--markdown', 'as a comment for a pull request')
    .option('--fail-on <grade>', 'money, breaking, harmless or none: what ends with exit code 1 (default: breaking)')
    .action(commands.diff);
  withConfig(
    program
      .command('conformance')
      .description('Put the clients to the test against simulated providers that do everything wrong.')
      .argument('[provider...]', 'their names in refundgen.config.ts; without any, all of them'),
  )
    .option('--case <text>', 'only the cases whose name contains it')
    .option('--junit <file>', 'write a JUnit report, too')
    .action(commands.conformance);
  return program;
}

function withConfig(command: Command): Command {
  return command.option('-c, --config <file>', 'the configuration (default: refundgen.config.ts)');
}

function withSpecs(command: Command): Command {
  const specs = 'OpenAPI documents: files, URLs or pack:<name>; without any, those of refundgen.config.ts';
  return withConfig(command.argument('[spec...]', specs));
}

function withFolder(command: Command): Command {
  return command.option('-o, --output <folder>', 'the folder that is written (default: generated)');
}

function withOutput(command: Command): Command {
  return withFolder(withSpecs(command))
    .option('--native-only', 'the operations of the spec, without refund(): open questions do not stop')
    .option('--force', 'also what has not changed since it was written')
    .option('--quiet', 'only what is wrong')
    .option('--reporter <name>', 'lines, or json: one document for programs');
}

const EXAMPLES = `
  refundgen inspect acme.yaml     what the spec says of refunds, and what it leaves open
  refundgen init acme.yaml        acme.overlay.yaml with the questions, and refundgen.config.ts
  refundgen generate              the clients
  refundgen check                 in CI: whether they are up to date
  refundgen diff --against main   what a new version of a spec changes for refunds
  refundgen conformance           whether they keep their promises, whatever the provider does

Exit codes: 0 done, 1 problems, 2 wrong usage.`;
