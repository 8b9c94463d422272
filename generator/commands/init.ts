import path from 'node:path';
import { findConfig, loadConfig, type PlannedProvider } from '../config.js';
import { init as writeQuestions } from '../init/init.js';
import type { Person } from '../init/interview.js';
import { initText } from '../init/report.js';
import { planOne } from '../inspect/plan.js';
import type { Problem } from '../problem.js';
import type { InitOptions } from '../program.js';
import { problemText } from '../report/texts.js';
import { EXIT, type Exit, type Terminal } from '../terminal.js';

/** `refundgen init`. */
export async function init(terminal: Terminal, spec: string, { overlay, yes }: InitOptions): Promise<Exit> {
  const say = (problems: readonly Problem[]): void => {
    for (const problem of problems) terminal.printError(problemText(problem, terminal.paint));
  };
  const folder = process.cwd();
  const plan = planOne(spec, folder);
  const [input] = plan.ok ? plan.value.inputs : [];
  if (!plan.ok || input === undefined) {
    say(plan.problems);
    return EXIT.problems;
  }
  const config = await readConfig(input);
  const request = { spec, input, overlay: overlay === undefined ? undefined : path.resolve(overlay), folder, config };
  const { stdin, stdout } = terminal.streams;
  const isAsked = stdin.isTTY && stdout.isTTY && yes !== true && terminal.env['CI'] === undefined;
  const done = await withPerson(isAsked ? terminal : undefined, (person) => writeQuestions(request, person, today()));
  say(done.problems);
  if (!done.ok) return EXIT.problems;
  if (done.value === undefined) {
    terminal.printError('Nothing was written.');
    return EXIT.problems;
  }
  terminal.print(initText(done.value));
  say(done.value.obstacles);
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

/** @param terminal - where a person can be asked; `undefined`: nobody is. */
async function withPerson<T>(
  terminal: Terminal | undefined,
  run: (person: Person | undefined) => Promise<T>,
): Promise<T> {
  if (terminal === undefined) return run(undefined);
  const { terminal: personAt } = await import('../init/terminal.js');
  const person = personAt(terminal.streams.stdin, terminal.streams.stdout, true);
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
