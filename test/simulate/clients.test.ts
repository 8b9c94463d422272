import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  createChip,
  createMedusa,
  createPiriod,
  createWooshpay,
  full,
  memoryJournal,
  money,
  type Outcome,
  partial,
} from '../../generated/index.js';
import type { AnyRefund } from '../../generated/runtime/outcome.js';
import { compile } from '../../generator/generate.js';
import type { RefundApi } from '../../generator/ir.js';
import {
  answers,
  answersAfterActing,
  changed,
  closedAfterActing,
  closedBeforeReading,
  closedInAnswer,
  Digits,
  damaged,
  type Fault,
  interim,
  readApi,
  type SimulatedProvider,
  silentAfterActing,
  simulate,
  startProvider,
} from '../../generator/testing.js';
import { inFolder, PACKS, type PackName, said } from '../fixtures/pack.js';

// The clients of the four packs, against the simulation of their own IR.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const apis = new Map<string, RefundApi>();
const open: SimulatedProvider[] = [];

beforeAll(async () => {
  const inputs = PACKS.map((id) => ({
    ...{ id, spec: path.join(ROOT, `specs/${id}.yaml`), overlay: path.join(ROOT, `specs/${id}.overlay.yaml`) },
  }));
  const result = await compile(inputs);
  if (!result.ok) throw new Error(said(result.problems).join('\n'));
  for (const api of result.value.apis) apis.set(api.provider.id, api);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(open.splice(0).map((provider) => provider.close()));
});

async function startPaid(id: PackName): Promise<{ readonly provider: SimulatedProvider; readonly payment: string }> {
  const api = apis.get(id);
  if (api === undefined) throw new Error(`there is no ${id}`);
  const provider = await startProvider(api);
  open.push(provider);
  return { provider, payment: provider.addPayment({ currency: 'EUR', minor: 1000n }).id };
}

type Refund = (provider: SimulatedProvider, payment: string) => Promise<Outcome<string, AnyRefund>>;

const AMOUNT = partial(money('EUR', 400n));
const NOW = { timeoutMs: 60_000 };

const REFUND: Readonly<Record<PackName, Refund>> = {
  chip: ({ url }, payment) =>
    createChip({ auth: { apiKey: 'k' }, baseUrl: url, journal: memoryJournal(), ...NOW }).refund({
      ...{ refundRef: 'r-1', payment, amount: AMOUNT },
    }),
  medusa: ({ url }, payment) =>
    createMedusa({ auth: { jwtToken: 'k' }, baseUrl: url, journal: memoryJournal(), ...NOW }).refund({
      ...{ refundRef: 'r-1', payment, amount: AMOUNT, reason: 'return' },
    }),
  piriod: ({ url }, payment) =>
    createPiriod({ auth: { token: 'k' }, baseUrl: url, workspace: 'w', journal: memoryJournal(), ...NOW }).refund({
      ...{ refundRef: 'r-1', payment: Number(payment), amount: AMOUNT, reason: 'duplicate' },
    }),
  wooshpay: ({ url }, payment) =>
    createWooshpay({
      auth: { secretKey: 'k' },
      server: 'test',
      baseUrl: url,
      journal: memoryJournal(),
      ...NOW,
    }).refund({
      ...{ refundRef: 'r-1', payment, amount: AMOUNT },
    }),
};

describe.each(PACKS)('the client of %s', (id) => {
  test('refunds, and the ledger has what was asked', async () => {
    const { payment, provider } = await startPaid(id);
    expect(await REFUND[id](provider, payment)).toMatchObject({ kind: 'accepted' });
    expect(provider.ledger.refunds).toMatchObject([{ payment, currency: 'EUR', minor: 400n, elsewhere: false }]);
  });

  test.each<[string, Fault, string, bigint]>([
    ['is reset', closedBeforeReading, 'unknown', 0n],
    ['is closed after acting', closedAfterActing, 'unknown', 400n],
    ['is closed in the answer', closedInAnswer, 'unknown', 400n],
    ['is answered with 401', answers(401), 'refused', 0n],
    ['is answered with 429', answers(429, { headers: { 'retry-after': '7' } }), 'refused', 0n],
    ['is answered with the 502 of a gateway', answersAfterActing(502, { body: 'html' }), 'unknown', 400n],
    ['is answered after a 103', interim(103), 'accepted', 400n],
    ['is answered with half of the JSON', damaged('truncated_json'), 'unknown', 400n],
    ['is answered with a key twice', damaged('duplicate_key'), 'unknown', 400n],
    ['is answered with another amount', changed('amount', new Digits('999')), 'unknown', 400n],
    ['is answered with another payment', changed('payment', new Digits('999')), 'unknown', 400n],
  ])('that %s knows what it knows', async (_, fault, kind, moved) => {
    const { payment, provider } = await startPaid(id);
    provider.fail(fault);
    const outcome = await REFUND[id](provider, payment);
    await provider.idle();
    expect([outcome.kind, provider.ledger.refundedOf(payment)]).toEqual([kind, moved]);
    expect(provider.requests.filter(({ role }) => role === 'create').length).toBeLessThanOrEqual(1);
  });

  test('that finds nobody has sent nothing', async () => {
    const { payment, provider } = await startPaid(id);
    await provider.goDown();
    expect(await REFUND[id](provider, payment)).toMatchObject({ kind: 'refused' });
    await provider.recover();
    expect(await REFUND[id](provider, payment)).toMatchObject({ kind: 'accepted' });
  });
});

describe('what a client reads', () => {
  test('is the refund as it stands', async () => {
    const { payment, provider } = await startPaid('wooshpay');
    const client = createWooshpay({
      auth: { secretKey: 'k' },
      server: 'test',
      baseUrl: provider.url,
      journal: memoryJournal(),
    });
    const outcome = await client.refund({ refundRef: 'r-1', payment, amount: full() });
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    expect(outcome.refund.money.minor).toBe(1000n);
    expect(await client.retrieve(outcome.refund.id)).toMatchObject({ value: { id: outcome.refund.id } });
    provider.showLate(1);
    expect(await client.retrieve(outcome.refund.id)).not.toHaveProperty('value');
  });

  test('settles an outcome that was not known', async () => {
    const { payment, provider } = await startPaid('chip');
    const journal = memoryJournal();
    const client = createChip({ auth: { apiKey: 'k' }, baseUrl: provider.url, journal, timeoutMs: 2000 });
    provider.fail(silentAfterActing);
    const expected = { refundable: money('EUR', 1000n) };
    const outcome = await client.refund({ refundRef: 'r-1', payment, amount: AMOUNT, expect: expected });
    if (outcome.kind !== 'unknown') throw new Error(outcome.kind);
    await provider.idle();
    provider.showLate(1);
    expect(await client.reconcile(outcome.attempt)).toMatchObject({ verdict: 'still_unknown' });
    expect(await client.reconcile(outcome.attempt)).toMatchObject({ verdict: 'happened' });
    expect(provider.ledger.refundedOf(payment)).toBe(400n);
  });
});

const CHIP = { chip: { spec: path.resolve('specs/chip.yaml') } };
const CONFIG = {
  'refundgen.config.ts': `export default ${JSON.stringify({ providers: CHIP, output: 'generated' })};\n`,
};

/** Lines of code in the words of a provider of this repository, its imports aside. */
function lines(text: string): readonly string[] {
  const code = text.replaceAll('acme', 'chip').replaceAll('Acme', 'Chip').split('\n');
  return code.map((line) => line.replace(/^ \*( |$)/, '')).filter((line) => !/^import |^$/.test(line));
}

describe('the entry of the package', () => {
  test('the example of the documentation does what it says', async () => {
    const [, documented = ''] = /```ts\n(.*?) \* ```/s.exec(readFileSync('generator/testing.ts', 'utf8')) ?? [];
    expect(lines(documented)).toEqual(lines(readFileSync('test/simulate/example.ts', 'utf8')));
    await inFolder(CONFIG, async (folder) => {
      vi.spyOn(process, 'cwd').mockReturnValue(folder);
      const { seen } = await import('./example.js');
      expect(seen).toEqual(['unknown', 400n]);
    });
  });

  test('a provider that cannot be simulated says why', async () => {
    await inFolder(CONFIG, async (folder) => {
      const config = path.join(folder, 'refundgen.config.ts');
      await expect(simulate('acme', { config })).rejects.toThrow('refundgen.config.ts has no acme; it has chip');
      vi.spyOn(process, 'cwd').mockReturnValue(path.parse(folder).root);
      await expect(readApi('chip')).rejects.toThrow('name one with { config }');
    });
  });
});
