import { type Compiled, compile } from '../generate.js';
import { pinSpecs } from '../pins.js';
import { annotate } from '../report/annotations.js';
import { PeopleReporter } from '../report/people.js';
import type { Terminal } from '../terminal.js';
import type { Task } from './task.js';

/** Everything that comes out of the specs, whether or not it has changed; `undefined` where problems stand in the way. */
export async function compileTask(
  terminal: Terminal,
  { plan, specs }: Task,
  { nativeOnly = false, refresh = false }: { readonly nativeOnly?: boolean; readonly refresh?: boolean },
): Promise<Compiled | undefined> {
  const pinned = pinSpecs(plan, refresh);
  const compiled = pinned.ok
    ? await compile(pinned.value.inputs, { nativeOnly, conventions: plan.conventions })
    : pinned;
  const reporter = new PeopleReporter(terminal, undefined, false);
  reporter.problems(compiled.problems);
  annotate(compiled.problems, terminal);
  if (compiled.ok) return compiled.value;
  reporter.failed({ problems: compiled.problems, message: '', specs });
  return undefined;
}
