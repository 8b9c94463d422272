import type { BuildEvent, BuiltProvider } from '../build/build.js';
import type { CheckReport } from '../output/check.js';
import type { OutputReport } from '../output/write.js';
import { printableJson } from '../printable.js';
import type { Problem } from '../problem.js';
import type { Terminal } from '../terminal.js';
import type { Outcome, Reporter } from './reporter.js';
import { shownFolder } from './reporter.js';

/** What `--reporter json` prints: one document, once everything is done. */
export interface BuildReport {
  readonly reportVersion: 1;
  /** Whether the output is, or now is, what it has to be. */
  readonly ok: boolean;
  /** Relative to the working directory; `null` where nothing was generated. */
  readonly output: string | null;
  readonly providers: readonly {
    readonly id: string;
    /** `fresh`: nothing that it is made from has changed. `failed`: problems say why. */
    readonly state: 'fresh' | 'generated' | 'failed';
    readonly durationMs: number;
  }[];
  /** What was done to files; `null` where none were to be written. */
  readonly written: OutputReport | null;
  /** How files differ; `null` where none were to be compared. */
  readonly checked: CheckReport | null;
  readonly problems: readonly Problem[];
}

/** One JSON document for programs. */
export class JsonReporter implements Reporter {
  readonly #terminal: Terminal;
  readonly #ended = new Map<string, BuildReport['providers'][number]>();
  readonly #problems: Problem[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  readonly tell = (event: BuildEvent): void => {
    if (event.kind === 'started') return;
    const { durationMs, id, provider } = event;
    this.#ended.set(id, { id, state: stateOf(provider), durationMs: Math.round(durationMs) });
  };

  problems(problems: readonly Problem[]): void {
    this.#problems.push(...problems);
  }

  failed(): void {
    this.#end({ ok: false, output: null, written: null, checked: null });
  }

  written({ output }: Outcome, written: OutputReport): void {
    this.#end({ ok: true, output: shownFolder(output), written, checked: null });
  }

  checked({ output }: Outcome, checked: CheckReport): void {
    const ok = [checked.missing, checked.changed, checked.orphaned].every((files) => files.length === 0);
    this.#end({ ok, output: shownFolder(output), written: null, checked });
  }

  #end(report: Pick<BuildReport, 'ok' | 'output' | 'written' | 'checked'>): void {
    const { ok, output, written, checked } = report;
    const providers = [...this.#ended.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const whole: BuildReport = { reportVersion: 1, ok, output, providers, written, checked, problems: this.#problems };
    this.#terminal.print(printableJson(whole));
  }
}

function stateOf(provider: BuiltProvider | undefined): BuildReport['providers'][number]['state'] {
  return provider?.state ?? 'failed';
}
