import type { BuildEvent, BuiltProvider } from '../build/build.js';
import type { CheckReport } from '../output/check.js';
import type { OutputReport } from '../output/write.js';
import type { Problem } from '../problem.js';
import type { Terminal } from '../terminal.js';
import { type Failure, type Outcome, type Reporter, shownFolder } from './reporter.js';
import type { Progress } from './spinner.js';
import { describeApi, describeNative, isQuestion, openText, problemLine, problemText } from './texts.js';

/** Lines for people: what is wrong as it comes, what was done at the end. */
export class PeopleReporter implements Reporter {
  readonly #terminal: Terminal;
  readonly #progress: Progress | undefined;
  readonly #isQuiet: boolean;
  readonly #durations = new Map<string, number>();

  /** @param progress - what shows that it works; `undefined` where nobody looks on. */
  constructor(terminal: Terminal, progress: Progress | undefined, isQuiet: boolean) {
    this.#terminal = terminal;
    this.#progress = progress;
    this.#isQuiet = isQuiet;
  }

  readonly tell = (event: BuildEvent): void => {
    if (event.kind === 'started') this.#progress?.started(event.id);
    else {
      this.#durations.set(event.id, event.durationMs);
      this.#progress?.ended(event.id);
    }
  };

  /** Questions that do not stop anything are many: one line each. */
  problems(problems: readonly Problem[]): void {
    this.#progress?.stop();
    const { paint, printError } = this.#terminal;
    const open = problems.filter((problem) => isQuestion(problem) && problem.severity === 'warning');
    for (const problem of problems) if (!open.includes(problem)) printError(problemText(problem, paint));
    for (const problem of open) printError(problemLine(problem, paint));
    if (open.length > 0) {
      printError('The clients have no refund() until these are answered: refundgen inspect shows them in full.');
    }
  }

  failed({ message, problems, specs }: Failure): void {
    this.#progress?.stop();
    for (const text of [openText(problems, specs), message]) if (text !== '') this.#terminal.printError(text);
  }

  written({ output, providers }: Outcome, { changed, created, removed, unchanged }: OutputReport): void {
    const { paint } = this.#terminal;
    for (const provider of providers) this.#say(`${paint.green('✓')} ${this.#describe(provider)}`);
    for (const file of removed) this.#say(`${paint.yellow('-')} removed ${file}, which is no longer generated`);
    const counts = `${created.length} created, ${changed.length} changed, ${unchanged.length} unchanged, ${removed.length} removed`;
    this.#say(`${shownFolder(output)}: ${counts}`);
  }

  checked({ output }: Outcome, { changed, missing, orphaned }: CheckReport): void {
    this.#progress?.stop();
    const { paint, print, printError } = this.#terminal;
    const folder = shownFolder(output);
    const stale = [
      ...missing.map((file) => `missing   ${folder}/${file}`),
      ...changed.map((file) => `changed   ${folder}/${file}`),
      ...orphaned.map((file) => `orphaned  ${folder}/${file}`),
    ];
    for (const line of stale) print(`${paint.red('✗')} ${line}`);
    if (stale.length === 0) this.#say(`${paint.green('✓')} ${folder} is up to date`);
    else printError(`${stale.length} files are stale: run refundgen generate.`);
  }

  #describe(provider: BuiltProvider): string {
    const { paint } = this.#terminal;
    if (provider.state === 'fresh') {
      const said = provider.warnings === 1 ? '1 warning' : `${provider.warnings} warnings`;
      const warned = provider.warnings === 0 ? '' : ` (${said}: --force says them again)`;
      return `${paint.bold(provider.id)}  ${paint.dim(`unchanged${warned}`)}`;
    }
    const { api, native } = provider.compiled;
    const described = api === undefined ? describeNative(native, paint) : describeApi(api, paint);
    const took = Math.round(this.#durations.get(provider.id) ?? 0);
    return `${described}  ${paint.dim(`${took} ms`)}`;
  }

  #say(text: string): void {
    this.#progress?.stop();
    if (!this.#isQuiet) this.#terminal.print(text);
  }
}
