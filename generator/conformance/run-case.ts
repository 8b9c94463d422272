import { randomUUID } from 'node:crypto';
import type { RefundApi } from '../ir.js';
import { type SimulatedProvider, startProvider } from '../simulate/provider.js';
import { Scene } from './behaviour.js';
import { mayRepeat, type NamedFault } from './catalogue.js';
import type { ClientUnderTest, SeenOutcome } from './client.js';
import { checkExact, checkSecrets, type Violation, violation, type Wanted } from './laws.js';
import { type AmountKind, type Case, nameOf } from './matrix.js';
import { armClient, requestOf, type Subject } from './subject.js';

const PAID = 5000n;
const PART = 1500n;

/** For faults after which no answer comes: long enough for a request to arrive on a busy machine. */
const SHORT_MS = 400;
/** For all others: an answer that comes is never missed. */
const LONG_MS = 60_000;

/** Runs one case on a provider of its own, and says which laws were not kept. */
export async function runCase(subject: Subject, one: Case): Promise<readonly Violation[]> {
  const provider = await startProvider(subject.api);
  try {
    return await play(subject, one, provider);
  } finally {
    await provider.close();
  }
}

async function play(subject: Subject, one: Case, provider: SimulatedProvider): Promise<readonly Violation[]> {
  const { api, clients, currency } = subject;
  const payment = provider.addPayment({ currency, minor: PAID });
  const minor = one.amount === 'part' ? PART : null;
  const wanted: Wanted = { refundRef: randomUUID(), payment: payment.id, currency, minor };
  const request = {
    ...requestOf(api, { ...wanted, amount: amountOf(subject, one.amount) }),
    ...expectationOf(subject),
  };
  const scene = new Scene(nameOf(one), provider, request, !mayRepeat(api));
  const journal = clients.memoryJournal();
  const secrets: string[] = [];
  const hooks = {
    onRequest: (event: unknown) => scene.seen.push(event),
    onAnswer: (event: unknown) => scene.seen.push(event),
  };
  const newClient = (): ClientUnderTest => {
    const timeoutMs = one.fault.hangs === true ? SHORT_MS : LONG_MS;
    const armed = armClient(subject, provider, journal, { timeoutMs, hooks });
    secrets.push(...armed.secrets);
    scene.seen.push(armed.client);
    return armed.client;
  };
  provider.acceptAs(one.acceptance);
  await prepareFault(provider, one);
  await one.behaviour.run(scene, newClient);
  const journaled = await journal.ofPayment(api.provider.id, payment.id);
  return [
    ...scene.violations,
    ...checkExact(api, wanted, provider.requests),
    ...checkSecrets(secrets, [...scene.seen, journaled]),
    ...checkCertain(subject, one, scene.seen.find(isOutcome)),
  ];
}

function amountOf({ clients, currency }: Subject, kind: AmountKind): unknown {
  if (kind === 'part') return clients.partial(clients.money(currency, PART));
  return clients.full(kind === 'full' ? undefined : clients.money(currency, PAID));
}

/** What the payment shows before it is refunded, where the provider shows it. */
function expectationOf({ api, clients, currency }: Subject): object {
  if (api.payment === null) return {};
  const { measure } = api.payment;
  return { expect: { [measure]: clients.money(currency, measure === 'refunded' ? 0n : PAID) } };
}

async function prepareFault(provider: SimulatedProvider, { behaviour, fault: { fault } }: Case): Promise<void> {
  if (fault === 'down') await provider.goDown();
  else if (fault !== null) provider.fail(fault, { times: behaviour.always === true ? Number.POSITIVE_INFINITY : 1 });
}

function isOutcome(value: unknown): value is SeenOutcome {
  return typeof value === 'object' && value !== null && 'kind' in value && 'recorded' in value;
}

/** A client that always says `unknown` would keep every other law. */
function checkCertain(
  { api }: Subject,
  { amount, behaviour, fault }: Case,
  outcome: SeenOutcome | undefined,
): Violation[] {
  if (behaviour.name !== 'once' || outcome === undefined) return [];
  return [...checkKind(api, amount, fault, outcome), ...checkRetryAfter(fault, outcome)];
}

function checkKind(api: RefundApi, amount: AmountKind, { field, must }: NamedFault, outcome: SeenOutcome): Violation[] {
  // Without an expectation nobody can tell what a full refund should have been.
  const isBlind = amount === 'full' && (field === 'amount' || field === 'currency');
  // Who may ask again finds out.
  const isFound = must === 'unknown' && outcome.kind === 'accepted' && field === undefined && mayRepeat(api);
  if (must === undefined || isBlind || isFound || outcome.kind === must) return [];
  return [violation('certain', `${outcome.kind} (${outcome.error?.kind}: ${outcome.error?.message}), not ${must}`)];
}

function checkRetryAfter({ retryAfterMs }: NamedFault, { error, kind }: SeenOutcome): Violation[] {
  if (retryAfterMs === undefined || kind === 'accepted') return [];
  const said = error?.retryAfterMs ?? null;
  return said === retryAfterMs ? [] : [violation('certain', `retryAfterMs is ${said}, not ${retryAfterMs}`)];
}
