import { describe, expect, test } from 'vitest';
import { planConfig, planSpecs } from '../../generator/config.js';
import type { Compiled } from '../../generator/generate.js';
import { isProviderId } from '../../generator/names.js';
import { isOutputPath } from '../../generator/output/output-path.js';
import type { Result } from '../../generator/problem.js';
import { keyed } from '../fixtures/json.js';
import { compilePack, readPack, said } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';
import { PAYLOADS } from './payloads.js';
import { actionsIn, madeFiles } from './twin.js';

describe('provider ids', () => {
  const wrong = PAYLOADS.filter((payload) => !isProviderId(payload));

  test.each([...wrong, '', '.', '..', 'runtime', 'A', 'a/b', 'a b', 'nul'])('%j in a configuration', (id) => {
    const result = planConfig({ providers: keyed(id, { spec: 'acme.yaml' }) }, '.');
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ code }) => code)).toEqual(['R044']);
  });

  test.each(PAYLOADS)('%j as the name of a spec names a folder, or nothing', (payload) => {
    for (const spec of [payload, `${payload}.yaml`, `pack:${payload}`, `specs/${payload}.json`]) {
      const result = planSpecs([spec], undefined, '.');
      for (const { id } of result.ok ? result.value.inputs : []) {
        expect(isOutputPath(`${id}/client.ts`)).toBe(true);
        expect(id).toMatch(/^[a-z][a-z\d-]*$/);
      }
      if (result.ok) continue;
      expect(result.problems).not.toEqual([]);
      // `pack:…` may name no pack, and an address may be none for specs, beside a name that cannot be used.
      for (const problem of said(result.problems))
        expect(problem).toMatch(/^(?:pack|[a-z]{2,}):/.test(spec) ? /^R0(44|60) / : /^R044 /);
    }
  });

  test.each(['constructor', 'to-string', 'has-own-property', 'create', 'types'])(
    '%s names one like any other',
    async (id) => {
      const done = (result: Result<Compiled>): readonly string[] =>
        madeFiles(valueFrom(result)).flatMap(({ file }) => actionsIn(file));
      expect([...done(await compilePack(readPack('piriod'), id))].sort()).toEqual(
        [...done(await compilePack(readPack('piriod')))].sort(),
      );
    },
  );
});
