import { writeFile } from 'node:fs/promises';
import type { ConformanceOptions } from '../program.js';
import { EXIT, type Exit, type Terminal } from '../terminal.js';
import { compileTask } from './compile-task.js';
import { check } from './generate.js';
import { type Task, UsageError } from './task.js';

/** `refundgen conformance`: puts what is written to the test. What is stale proves nothing about what will be. */
export async function conformance(
  terminal: Terminal,
  task: Task,
  providers: readonly string[],
  options: ConformanceOptions,
): Promise<Exit> {
  const compiled = await compileTask(terminal, task, {});
  if (compiled === undefined) return EXIT.problems;
  const { apis } = compiled;
  const unknown = providers.filter((id) => !apis.some(({ provider }) => provider.id === id));
  const known = apis.map(({ provider }) => provider.id).join(', ');
  if (unknown.length > 0) throw new UsageError(`There is no client of ${unknown.join(', ')}; there are ${known}.`);
  const fresh = await check(terminal, task.specs, { ...options, quiet: true });
  if (fresh.exit !== EXIT.done) return fresh.exit;
  const { testClients } = await import('../conformance/conformance.js');
  const { conformanceText, isConforming, junitText } = await import('../conformance/report.js');
  const wanted = apis.filter(({ provider }) => providers.length === 0 || providers.includes(provider.id));
  const tested = await testClients(wanted, task.plan.output, options.case);
  terminal.print(conformanceText(tested, terminal.paint));
  if (options.junit !== undefined) await writeFile(options.junit, junitText(tested));
  return tested.every(isConforming) ? EXIT.done : EXIT.problems;
}
