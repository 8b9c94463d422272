import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testProvider } from '../../generator/conformance/conformance.js';
import { casesOf, nameOf } from '../../generator/conformance/matrix.js';
import { generateSubjects, OTHERS, type Subjects } from './subjects.js';

/** Every so many cases; `REFUNDGEN_PROOF_EVERY=1` runs all of them. */
const EVERY = Number(process.env['REFUNDGEN_PROOF_EVERY'] ?? 7);

describe(`every law holds, in one of ${EVERY} cases`, () => {
  let subjects: Subjects | undefined;
  beforeAll(async () => {
    subjects = await generateSubjects('conformance-proof', OTHERS);
  });
  afterAll(() => subjects?.remove());

  test.each(OTHERS.map(({ id }) => id))('for %s', async (id) => {
    const api = subjects?.apis.find(({ provider }) => provider.id === id);
    if (subjects === undefined || api === undefined) throw new Error(`${id} was not generated`);
    const wanted = new Set(
      casesOf(api)
        .map(nameOf)
        .filter((_, index) => index % EVERY === 0),
    );
    const { cases, violations } = await testProvider(api, subjects.clients, (name) => wanted.has(name));
    expect([...cases.filter((one) => one.violations.length > 0), ...violations]).toEqual([]);
    expect(cases.length).toBe(wanted.size);
  });
});
