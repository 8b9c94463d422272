import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProviderConformance, testProvider } from '../../generator/conformance/conformance.js';
import { casesOf, nameOf } from '../../generator/conformance/matrix.js';
import { isConforming } from '../../generator/conformance/report.js';
import type { RefundApi } from '../../generator/ir.js';
import { PACKS } from '../fixtures/pack.js';
import { committedClients, generateSubjects, OTHERS, readFirst, type Subjects } from './subjects.js';

/** Every so many cases: `npm run conformance` runs all of them. */
const OF_FIRST = 61;
const OF_OTHERS = 307;

function oneIn(api: RefundApi, every: number): (name: string) => boolean {
  const names = casesOf(api).map(nameOf);
  const wanted = new Set(names.filter((_, index) => index % every === 0));
  return (name) => wanted.has(name);
}

function brokenBy({ cases, violations }: ProviderConformance): readonly unknown[] {
  return [...cases.filter((one) => one.violations.length > 0), ...violations];
}

describe('every law holds', () => {
  test.each(PACKS)('for %s', async (id) => {
    const api = await readFirst(id);
    const tested = await testProvider(api, await committedClients(), oneIn(api, OF_FIRST));
    expect(brokenBy(tested)).toEqual([]);
    expect(isConforming(tested)).toBe(true);
    expect(tested.cases.length).toBeGreaterThan(50);
  });

  describe('for providers with keys, forms, major units and empty answers', () => {
    let subjects: Subjects | undefined;
    beforeAll(async () => {
      subjects = await generateSubjects('conformance', OTHERS);
    });
    afterAll(() => subjects?.remove());

    test.each(OTHERS.map(({ id }) => id))('%s', async (id) => {
      const api = subjects?.apis.find(({ provider }) => provider.id === id);
      if (subjects === undefined || api === undefined) throw new Error(`${id} was not generated`);
      const tested = await testProvider(api, subjects.clients, oneIn(api, OF_OTHERS));
      expect(brokenBy(tested)).toEqual([]);
      expect(tested.cases.length).toBeGreaterThan(20);
    });
  });
});

describe('the matrix', () => {
  test('has each case once', async () => {
    const names = casesOf(await readFirst('chip')).map(nameOf);
    expect(new Set(names).size).toBe(names.length);
  });

  test('is large, and has every kind of fault for every provider', async () => {
    for (const id of PACKS) {
      const faults = new Set(casesOf(await readFirst(id)).map(({ fault }) => fault.name));
      expect(faults.size).toBeGreaterThan(450);
      for (const name of ['connection refused', 'closed after acting', '503 html, acting', 'damaged: duplicate_key']) {
        expect(faults).toContain(name);
      }
    }
  });
});
