import { beforeAll, describe, expect, test } from 'vitest';
import type { ClientsUnderTest, ClientUnderTest, RefundCall, SeenOutcome } from '../../generator/conformance/client.js';
import { type ProviderConformance, testProvider } from '../../generator/conformance/conformance.js';
import type { Law } from '../../generator/conformance/laws.js';
import { casesOf, nameOf } from '../../generator/conformance/matrix.js';
import { conformanceText, countViolations, isConforming, junitText } from '../../generator/conformance/report.js';
import type { RefundApi } from '../../generator/ir.js';
import { committedClients, readFirst } from './subjects.js';

// A kit that finds nothing wrong proves nothing unless it finds what is wrong: each of these clients breaks a law.

let medusa: RefundApi;
let piriod: RefundApi;
let honest: ClientsUnderTest;
beforeAll(async () => {
  medusa = await readFirst('medusa');
  piriod = await readFirst('piriod');
  honest = await committedClients();
});

type Refund = ClientUnderTest['refund'];

/** Clients that differ from the honest ones in how they refund. */
function lying(
  change: (refund: Refund, auth: unknown, client: ClientUnderTest) => Partial<ClientUnderTest>,
): ClientsUnderTest {
  return {
    ...honest,
    create: (provider, config) => {
      const client = honest.create(provider, config);
      const auth = 'auth' in config ? config.auth : undefined;
      return { ...client, ...change((request, options) => client.refund(request, options), auth, client) };
    },
  };
}

/** All cases of some faults. */
async function tested(
  clients: ClientsUnderTest,
  faults: readonly string[],
  api: RefundApi = medusa,
): Promise<ProviderConformance> {
  const wanted = new Set(
    casesOf(api)
      .filter(({ fault }) => faults.includes(fault.name))
      .map(nameOf),
  );
  return testProvider(api, clients, (name) => wanted.has(name));
}

async function lawsBroken(
  clients: ClientsUnderTest,
  faults: readonly string[],
  api?: RefundApi,
): Promise<readonly Law[]> {
  const result = await tested(clients, faults, api);
  const laws: readonly Law[] = ['once', 'truth', 'exact', 'single', 'evidence', 'ends', 'secrets', 'certain'];
  return laws.filter((law) => countViolations(result, law) > 0);
}

const refusedInstead = (outcome: SeenOutcome): SeenOutcome => ({ ...outcome, kind: 'refused' });

describe('the kit finds', () => {
  test('nothing with an honest client', async () => {
    expect(await lawsBroken(honest, ['nothing', 'closed after acting', '503 html, acting'])).toEqual([]);
  });

  test('a client that sends twice', async () => {
    const twice = lying((refund) => ({
      refund: async (request) => {
        const both = [refund(request), refund({ ...request, refundRef: `${request.refundRef}-2` })];
        const [outcome] = await Promise.all(both);
        return outcome ?? { kind: 'unknown' };
      },
    }));
    expect(await lawsBroken(twice, ['nothing'])).toEqual(expect.arrayContaining(['once', 'single']));
  });

  test('a client that takes a lost connection for a refusal', async () => {
    const hasty = lying((refund) => ({
      refund: async (request) => {
        const outcome = await refund(request);
        return outcome.kind === 'unknown' ? refusedInstead(outcome) : outcome;
      },
    }));
    expect(await lawsBroken(hasty, ['closed after acting'])).toContain('truth');
  });

  test('a client that takes any 2XX for a refund', async () => {
    const trusting = lying((refund) => ({
      refund: async (request) => {
        const outcome = await refund(request);
        return outcome.kind === 'unknown' ? { ...outcome, kind: 'accepted', refund: { status: 'pending' } } : outcome;
      },
    }));
    expect(await lawsBroken(trusting, ['200 html, not acting'])).toContain('truth');
  });

  test('a client that reads a pending refund as done', async () => {
    const early = lying((refund) => ({
      refund: async (request) => {
        const outcome = await refund(request);
        return outcome.refund === undefined
          ? outcome
          : { ...outcome, refund: { ...outcome.refund, status: 'succeeded' } };
      },
    }));
    expect(await lawsBroken(early, ['nothing'])).toEqual(['truth']);
  });

  test('a client that is wrong by a factor of a hundred', async () => {
    const { money, partial } = honest;
    const hundredfold = lying((refund) => ({
      refund: (request: RefundCall) => refund({ ...request, amount: partial(money('EUR', 15n)) }),
    }));
    expect(await lawsBroken(hundredfold, ['nothing'])).toEqual(['exact']);
  });

  test('a client that refunds another payment', async () => {
    const astray = lying((refund) => ({ refund: (request) => refund({ ...request, payment: 7 }) }));
    expect(await lawsBroken(astray, ['closed after reading'], piriod)).toContain('exact');
  });

  test('a client whose error holds the credentials', async () => {
    const leaky = lying((refund, auth) => ({
      refund: async (request) => {
        const outcome = await refund(request);
        const message = `failed with ${JSON.stringify(auth)}`;
        return outcome.error === undefined ? outcome : { ...outcome, error: { ...outcome.error, message } };
      },
    }));
    expect(await lawsBroken(leaky, ['503 html, acting'])).toEqual(['secrets']);
  });

  test('a client that throws', async () => {
    const throwing = lying((refund) => ({
      refund: async (request) => {
        const outcome = await refund(request);
        if (outcome.kind === 'unknown') throw new Error('something went wrong');
        return outcome;
      },
    }));
    expect(await lawsBroken(throwing, ['closed after acting'])).toEqual(['ends']);
  });

  test('a client that leaves a timer behind', async () => {
    const timers: NodeJS.Timeout[] = [];
    const untidy = lying((refund) => ({
      refund: (request) => {
        timers.push(setInterval(() => undefined, 60_000));
        return refund(request);
      },
    }));
    try {
      expect(await lawsBroken(untidy, ['nothing'])).toEqual(['ends']);
    } finally {
      for (const timer of timers) clearInterval(timer);
    }
  });

  test('a client whose reconcile believes too early', async () => {
    const gullible = lying(() => ({ reconcile: async () => ({ verdict: 'happened' }) }));
    expect(await lawsBroken(gullible, ['closed after reading'])).toEqual(['evidence']);
  });

  test('a client that never commits itself', async () => {
    const shy = lying((refund) => ({
      refund: async (request) => ({ ...(await refund(request)), kind: 'unknown', recorded: true }),
    }));
    expect(await lawsBroken(shy, ['400 declared, not acting', 'nothing'])).toEqual(['certain']);
  });
});

test('a client that never sends anything is told of', async () => {
  const idle = lying(() => ({ refund: async () => ({ kind: 'unknown' }) }));
  await expect(tested(idle, ['nothing'])).rejects.toThrow(
    'no request could be made up that the client of medusa takes',
  );
});

test('a violation is in the table and in the report for CI, with the case that shows it', async () => {
  const plain = (text: string): string => text;
  const paint = { bold: plain, dim: plain, green: plain, yellow: plain, red: plain, cyan: plain };
  const early = lying((refund) => ({
    refund: async (request) => {
      const outcome = await refund(request);
      return { ...outcome, ...(outcome.refund ? { refund: { ...outcome.refund, status: 'succeeded' } } : {}) };
    },
  }));
  const result = await tested(early, ['nothing', '503 html, acting']);
  expect(isConforming(result)).toBe(false);
  const text = conformanceText([result], paint);
  expect(text).toMatch(/never refused when money moved, never accepted when it did not +8\n/);
  expect(text).toContain('✗ medusa / nothing / 200 pending / part / once: ');
  const junit = junitText([result]);
  expect(junit).toMatch(/<testsuites tests="3" failures="1"/);
  expect(junit).toContain('<testcase classname="medusa" name="503 html, acting"/>');
  expect(junit).toContain('succeeded, but the ledger does not say so');
});
