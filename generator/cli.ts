import { readFileSync } from 'node:fs';
import path from 'node:path';
import colors from 'picocolors';
import { UsageError, usage, withTask } from './commands/task.js';
import { PACKAGE } from './installation.js';
import { loadCommander } from './libraries.js';
import { type Commands, defineProgram } from './program.js';
import { EXIT, type Exit, type Terminal } from './terminal.js';

/** Runs the command line. The only place that prints. */
export async function main(args: readonly string[]): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const ends =
    <Given extends unknown[]>(run: (...given: Given) => Promise<Exit>) =>
    async (...given: Given): Promise<void> => {
      exit = await run(...given);
    };
  const terminal = terminalOf();
  const program = defineProgram(readVersion(), commandsOf(terminal, ends));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (cause) {
    if (cause instanceof UsageError) return usage(terminal, cause.message);
    if (!(cause instanceof loadCommander().CommanderError)) throw cause;
    return cause.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}

type Ends = <Given extends unknown[]>(run: (...given: Given) => Promise<Exit>) => (...given: Given) => Promise<void>;

/** Each command loads what it needs, and nothing before it runs: help, mistakes and runs without a change are quick. */
function commandsOf(terminal: Terminal, ends: Ends): Commands {
  return {
    inspect: ends(async (specs, options) => (await import('./commands/inspect.js')).inspect(terminal, specs, options)),
    init: ends(async (spec, options) => (await import('./commands/init.js')).init(terminal, spec, options)),
    generate: ends(async (specs, options) => {
      if (options.print !== undefined) {
        const { printIr } = await import('./commands/print-ir.js');
        return withTask(terminal, specs, options, (task) => printIr(terminal, task, options));
      }
      if (options.watch === true) return (await import('./commands/watch.js')).watch(terminal, specs, options);
      return (await (await import('./commands/generate.js')).generate(terminal, specs, options)).exit;
    }),
    check: ends(async (specs, options) => {
      const { check } = await import('./commands/generate.js');
      return (await check(terminal, specs, options)).exit;
    }),
    diff: ends(async (specs, options) => {
      const { diff } = await import('./commands/diff.js');
      return withTask(terminal, specs, options, (task) => diff(terminal, task, options));
    }),
    conformance: ends(async (providers, options) => {
      const { conformance } = await import('./commands/conformance.js');
      return withTask(terminal, [], options, (task) => conformance(terminal, task, providers, options));
    }),
  };
}

function terminalOf(): Terminal {
  const { env, stderr, stdin, stdout } = process;
  return {
    paint: colors,
    print: (text) => process.stdout.write(`${text}\n`),
    printError: (text) => process.stderr.write(`${text}\n`),
    isWatched: stderr.isTTY === true && env['CI'] === undefined,
    streams: { stderr, stdin, stdout },
    env,
  };
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}
