import { analyse } from '../analyse.js';
import type { Plan } from '../config.js';
import { inspect as inspectAnalysis, isRead } from '../inspect/inspect.js';
import type { Inspection } from '../inspect/inspection.js';
import { planEach } from '../inspect/plan.js';
import { printInspection } from '../inspect/print.js';
import { printableJson } from '../printable.js';
import type { InspectOptions } from '../program.js';
import { problemText } from '../report/texts.js';
import { EXIT, type Exit, type Terminal } from '../terminal.js';
import { withTask } from './task.js';

/** `refundgen inspect`. */
export async function inspect(terminal: Terminal, specs: readonly string[], options: InspectOptions): Promise<Exit> {
  const isNamed = specs.length > 0 && options.config === undefined;
  if (!isNamed) return withTask(terminal, specs, options, ({ plan }) => inspectPlan(terminal, plan, specs, options));
  const plan = planEach(specs, process.cwd());
  if (plan.ok) return inspectPlan(terminal, plan.value, specs, options);
  for (const problem of plan.problems) terminal.printError(problemText(problem, terminal.paint));
  return EXIT.problems;
}

async function inspectPlan(
  terminal: Terminal,
  { inputs }: Pick<Plan, 'inputs'>,
  specs: readonly string[],
  { json = false }: InspectOptions,
): Promise<Exit> {
  const found: [string, Inspection][] = [];
  for (const input of inputs) {
    const analysis = await analyse(input);
    if (isRead(analysis)) found.push([input.id, inspectAnalysis(analysis, input.id)]);
    else for (const problem of analysis.problems) terminal.printError(problemText(problem, terminal.paint));
  }
  if (json) printAsJson(terminal, found, specs.length === 1);
  else if (found.length > 0) {
    terminal.print(found.map(([, item]) => printInspection(item, terminal.paint)).join('\n\n\n'));
  }
  return found.length === inputs.length ? EXIT.done : EXIT.problems;
}

/** Who names one spec gets that one alone. */
function printAsJson({ print }: Terminal, found: readonly [string, Inspection][], isOne: boolean): void {
  const [only] = found;
  if (!isOne) print(printableJson(Object.fromEntries(found)));
  else if (only !== undefined) print(printableJson(only[1]));
}
