import type { RefundApi } from '../ir.js';
import { type ClientsUnderTest, loadClients } from './client.js';
import type { Violation } from './laws.js';
import { type Case, casesOf, nameOf } from './matrix.js';
import { runCase } from './run-case.js';
import type { Subject } from './subject.js';
import { findCurrency } from './trial.js';
import { watched } from './watch.js';

/** What came of putting the client of a provider to the test. */
export interface ProviderConformance {
  readonly provider: string;
  /** Every case, in the order of the matrix. */
  readonly cases: readonly CaseResult[];
  /** What is wrong with the process after all of them. */
  readonly violations: readonly Violation[];
  readonly milliseconds: number;
}

export interface CaseResult {
  readonly name: string;
  readonly fault: string;
  readonly violations: readonly Violation[];
}

/** How many cases run at a time: most of them wait for something. */
const AT_ONCE = 24;

/**
 * Puts clients to the test as they stand in a folder, one after the other.
 *
 * @param only - runs only the cases whose name contains it.
 * @throws Error where a client cannot be loaded or made, or takes no request that can be made up.
 */
export async function testClients(
  apis: readonly RefundApi[],
  folder: string,
  only = '',
): Promise<readonly ProviderConformance[]> {
  const clients = await loadClients(folder);
  const tested: ProviderConformance[] = [];
  for (const api of apis) tested.push(await testProvider(api, clients, (name) => name.includes(only)));
  return tested;
}

/**
 * Puts the client of a provider to the test, case by case.
 *
 * @param isWanted - runs only the cases of these names.
 * @throws Error where the client cannot be made, or takes no request that can be made up.
 */
export async function testProvider(
  api: RefundApi,
  clients: ClientsUnderTest,
  isWanted: (name: string) => boolean = () => true,
): Promise<ProviderConformance> {
  const begun = performance.now();
  const subject: Subject = { api, clients, currency: await findCurrency(api, clients) };
  const cases = casesOf(api).filter((one) => isWanted(nameOf(one)));
  const { value, violations } = await watched(() => runAll(subject, cases));
  return { provider: api.provider.id, cases: value, violations, milliseconds: performance.now() - begun };
}

async function runAll(subject: Subject, cases: readonly Case[]): Promise<readonly CaseResult[]> {
  const results = new Map<Case, CaseResult>();
  const work = async (queue: Iterable<Case>): Promise<void> => {
    for (const one of queue) {
      results.set(one, { name: nameOf(one), fault: one.fault.name, violations: await runCase(subject, one) });
    }
  };
  // Alone: another provider that started meanwhile might be given the port of the one that went down.
  await work(cases.filter(({ fault }) => fault.fault === 'down'));
  const queue = cases.filter(({ fault }) => fault.fault !== 'down').values();
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(queue)));
  return cases.flatMap((one) => results.get(one) ?? []);
}
