import { createRequire } from 'node:module';
import type { Builder } from 'junit-report-builder';
import type { Paint } from '../paint.js';
import { printableLine } from '../printable.js';
import type { ProviderConformance } from './conformance.js';
import { LAW_NAMES, LAWS, type Law, type Violation } from './laws.js';

/** How many violations are told one by one. */
const TOLD = 20;
const COLUMN = 12;

/** What came of the laws, for people: a table, and the first violations. */
export function conformanceText(tested: readonly ProviderConformance[], paint: Paint): string {
  const label = Math.max(...LAW_NAMES.map((law) => LAWS[law].length));
  const row = (name: string, cells: readonly string[]): string => `${name.padEnd(label)}${cells.join('')}`;
  const cell = (text: string | number): string => `  ${String(text).padStart(COLUMN)}`;
  return [
    paint.bold(
      row(
        'violations',
        tested.map(({ provider }) => cell(provider)),
      ),
    ),
    ...LAW_NAMES.map((law) =>
      row(
        LAWS[law],
        tested.map((one) => {
          const count = countViolations(one, law);
          return count === 0 ? paint.green(cell(count)) : paint.red(cell(count));
        }),
      ),
    ),
    row(
      'cases',
      tested.map(({ cases }) => cell(cases.length)),
    ),
    row(
      'seconds',
      tested.map(({ milliseconds }) => cell((milliseconds / 1000).toFixed(1))),
    ),
    ...violationLines(tested, paint),
  ].join('\n');
}

function violationLines(tested: readonly ProviderConformance[], paint: Paint): readonly string[] {
  const lines = tested.flatMap(({ cases, provider, violations }) => [
    ...cases.flatMap(({ name, violations: found }) => found.map((one) => ({ name, ...one }))),
    ...violations.map((one) => ({ name: provider, ...one })),
  ]);
  const told = lines
    .slice(0, TOLD)
    .map(({ law, message, name }) => `${paint.red('✗')} ${printableLine(`${name}: ${LAWS[law]}: ${message}`)}`);
  const rest = lines.length - told.length;
  return lines.length === 0 ? [] : ['', ...told, ...(rest > 0 ? [`and ${rest} more`] : [])];
}

/** Its types name a default export; the module is the builder itself. */
const junit: Builder = createRequire(import.meta.url)('junit-report-builder');

/** The report that CI systems read: a suite for each provider, a test for each fault. */
export function junitText(providers: readonly ProviderConformance[]): string {
  const builder = junit.newBuilder();
  for (const { cases, milliseconds, provider, violations } of providers) {
    const suite = builder
      .testSuite()
      .name(provider)
      .time(milliseconds / 1000);
    for (const fault of new Set(cases.map((one) => one.fault))) {
      const failed = cases.filter((one) => one.fault === fault && one.violations.length > 0);
      const test = suite.testCase().className(provider).name(fault);
      if (failed.length === 0) continue;
      const lines = failed.flatMap((one) => one.violations.map((found) => `${one.name}: ${told(found)}`));
      test.failure(`${lines.length} violations`, 'violation').stacktrace(lines.join('\n'));
    }
    const whole = suite.testCase().className(provider).name('the process');
    if (violations.length > 0) whole.failure(violations.map(told).join('\n'), 'violation');
  }
  return builder.build();
}

function told({ law, message }: Violation): string {
  return `${LAWS[law]}: ${message}`;
}

/** In how many cases a law was not kept; the process as a whole counts as one. */
export function countViolations({ cases, violations }: ProviderConformance, law: Law): number {
  const breaks = (found: readonly Violation[]): boolean => found.some((one) => one.law === law);
  return cases.filter((one) => breaks(one.violations)).length + (breaks(violations) ? 1 : 0);
}

/** Whether every law was kept. */
export function isConforming(tested: ProviderConformance): boolean {
  return LAW_NAMES.every((law) => countViolations(tested, law) === 0);
}
