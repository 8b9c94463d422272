import { type Build, build } from '../build/build.js';
import { checkOutput } from '../output/check.js';
import { writeOutput } from '../output/write.js';
import type { Problem } from '../problem.js';
import type { GenerateOptions } from '../program.js';
import { annotate } from '../report/annotations.js';
import { JsonReporter } from '../report/json.js';
import { PeopleReporter } from '../report/people.js';
import type { Reporter } from '../report/reporter.js';
import { EXIT, type Exit, type Terminal } from '../terminal.js';
import { readTask, type Task, UsageError } from './task.js';

/** What has become of a command, and what it was made from, for those who wait for a change. */
export interface Ended {
  readonly exit: Exit;
  readonly task: Task | undefined;
  readonly problems: readonly Problem[];
}

/** `refundgen generate`. */
export async function generate(terminal: Terminal, specs: readonly string[], options: GenerateOptions): Promise<Ended> {
  return run(terminal, specs, options, 'Nothing was written.', async (task, built, reporter) => {
    const { output } = task.plan;
    const written = await writeOutput(output, built.files, built.made);
    report(terminal, reporter, written.problems);
    // A part may have been written: the problems say so.
    if (written.ok) reporter.written({ output, providers: built.providers }, written.value);
    else reporter.failed({ problems: [], message: '', specs: task.specs });
    return { exit: written.ok ? EXIT.done : EXIT.problems, task, problems: written.problems };
  });
}

/** `refundgen check`. */
export async function check(terminal: Terminal, specs: readonly string[], options: GenerateOptions): Promise<Ended> {
  return run(terminal, specs, options, '', async (task, built, reporter) => {
    const { output } = task.plan;
    const checked = await checkOutput(output, built.files, built.made);
    report(terminal, reporter, checked.problems);
    if (!checked.ok) {
      reporter.failed({ problems: [], message: '', specs: task.specs });
      return { exit: EXIT.problems, task, problems: checked.problems };
    }
    reporter.checked({ output, providers: built.providers }, checked.value);
    const isFresh = Object.values(checked.value).every((files) => files.length === 0);
    return { exit: isFresh ? EXIT.done : EXIT.problems, task, problems: [] };
  });
}

async function run(
  terminal: Terminal,
  specs: readonly string[],
  options: GenerateOptions,
  failure: string,
  end: (task: Task, built: Build, reporter: Reporter) => Promise<Ended>,
): Promise<Ended> {
  const reporter = await reporterOf(terminal, options);
  const task = await readTask(specs, options);
  if (!task.ok) {
    report(terminal, reporter, task.problems);
    reporter.failed({ problems: [], message: '', specs: [] });
    return { exit: EXIT.problems, task: undefined, problems: task.problems };
  }
  const built = await build(task.value.plan, options, reporter.tell);
  report(terminal, reporter, built.problems);
  if (built.ok) {
    const ended = await end(task.value, built.value, reporter);
    return { ...ended, problems: [...built.problems, ...ended.problems] };
  }
  reporter.failed({ problems: built.problems, message: failure, specs: task.value.specs });
  return { exit: EXIT.problems, task: task.value, problems: built.problems };
}

function report(terminal: Terminal, reporter: Reporter, problems: readonly Problem[]): void {
  reporter.problems(problems);
  annotate(problems, terminal);
}

async function reporterOf(
  terminal: Terminal,
  { quiet = false, reporter = 'lines' }: GenerateOptions,
): Promise<Reporter> {
  if (reporter === 'json') return new JsonReporter(terminal);
  if (reporter !== 'lines') throw new UsageError(`--reporter takes lines or json, not ${reporter}.`);
  // A terminal only: who reads a log has no use for a spinner, and a quick run none for loading one.
  const progress =
    terminal.isWatched && !quiet ? (await import('../report/spinner.js')).spinner(terminal.streams.stderr) : undefined;
  return new PeopleReporter(terminal, progress, quiet);
}
