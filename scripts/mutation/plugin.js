// A test runner for Stryker that asks first what is quick to ask. Most mutants of the normalizer change what it says of some
// spec, which takes milliseconds to find in one process; starting Vitest for each of them takes seconds. What golden
// readings do not notice, the tests have to.

import path from 'node:path';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';
import { strykerValidationSchema, strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner';
import { createJiti } from 'jiti';

/** Where instrumented code looks for the mutant that is active, and counts. */
const NAMESPACE = '__stryker__';

const PREPARING = 'preparing';

/** @typedef {{ name: string, text: () => string }} Reading */

class ReadingsFirst {
  /** @param {import('@stryker-mutator/api/test-runner').TestRunner} tests */
  constructor(tests) {
    this.tests = tests;
    this.switches = globalThis[NAMESPACE] ??= {};
  }

  capabilities() {
    return this.tests.capabilities();
  }

  async init() {
    await this.tests.init();
    const jiti = createJiti(path.join(process.cwd(), 'test/mutation/'));
    const { readings } = await jiti.import('./readings.ts');
    /** @type {readonly Reading[]} */
    this.readings = await readings();
    // What is covered in no test would be taken for what runs when modules are loaded, where no mutant is tried.
    this.switches.currentTestId = PREPARING;
    this.golden = new Map(this.readings.map(({ name, text }) => [name, text()]));
    this.switches.currentTestId = undefined;
  }

  async dryRun(options) {
    const results = this.readings.map(({ name, text }) => this.readOnce(name, text));
    this.switches.currentTestId = undefined;
    const tests = await this.tests.dryRun(options);
    if (tests.status !== DryRunStatus.Complete) return tests;
    return {
      ...tests,
      tests: [...results, ...tests.tests],
      mutantCoverage: this.coverageWith(tests.mutantCoverage),
    };
  }

  coverageWith({ perTest, static: whenLoaded }) {
    const { [PREPARING]: _, ...perReading } = this.switches.mutantCoverage.perTest;
    return {
      perTest: { ...perTest, ...perReading },
      static: { ...whenLoaded, ...this.switches.mutantCoverage.static },
    };
  }

  readOnce(name, text) {
    this.switches.currentTestId = name;
    const start = performance.now();
    const same = text() === this.golden.get(name);
    const result = { id: name, name, timeSpentMs: performance.now() - start };
    return same
      ? { ...result, status: TestStatus.Success }
      : { ...result, status: TestStatus.Failed, failureMessage: 'reads otherwise the second time' };
  }

  async mutantRun(options) {
    const asked = new Set(options.testFilter);
    const readings = this.readings.filter(({ name }) => asked.has(name));
    const noticed = this.noticed(readings, options);
    if (noticed !== undefined) return noticed;
    const testFilter = options.testFilter?.filter((id) => !this.golden.has(id));
    if (testFilter?.length === 0) return { status: MutantRunStatus.Survived, nrOfTests: readings.length };
    return this.tests.mutantRun({ ...options, testFilter });
  }

  noticed(readings, { activeMutant, hitLimit }) {
    Object.assign(this.switches, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    try {
      const index = readings.findIndex(({ name, text }) => differs(text, this.golden.get(name)));
      if (this.switches.hitCount > hitLimit) return { status: MutantRunStatus.Timeout, reason: 'Hit limit reached' };
      if (index < 0) return undefined;
      const { name } = readings[index];
      return {
        status: MutantRunStatus.Killed,
        killedBy: [name],
        failureMessage: 'says something else',
        nrOfTests: index + 1,
      };
    } finally {
      Object.assign(this.switches, { activeMutant: undefined, hitLimit: undefined });
    }
  }

  dispose() {
    return this.tests.dispose();
  }
}

function differs(text, golden) {
  try {
    return text() !== golden;
  } catch {
    return true;
  }
}

function createRunner(injector) {
  const [{ factory }] = vitestPlugins;
  return new ReadingsFirst(injector.injectFunction(factory));
}
createRunner.inject = ['$injector'];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'readings-first', createRunner)];
export { strykerValidationSchema };
