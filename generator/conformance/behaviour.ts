import { createHash } from 'node:crypto';
import type { SimulatedProvider } from '../simulate/provider.js';
import type { CallOptions, ClientUnderTest, RefundCall, SeenOutcome } from './client.js';
import { checkEvidence, checkOnce, checkTruth, type Violation, violation } from './laws.js';

/** One case while it runs: what the caller does, and what comes of it. */
export class Scene {
  readonly provider: SimulatedProvider;
  readonly violations: Violation[] = [];
  /** Everything that the client has given away. */
  readonly seen: unknown[] = [];
  readonly #request: RefundCall;
  readonly #isKeyless: boolean;
  readonly #name: string;
  #calls = 0;

  constructor(name: string, provider: SimulatedProvider, request: RefundCall, isKeyless: boolean) {
    this.#name = name;
    this.provider = provider;
    this.#request = request;
    this.#isKeyless = isKeyless;
  }

  /** Calls once, waits until nothing is under way, and holds the outcome against the ledger. */
  async call(client: ClientUnderTest, options?: CallOptions): Promise<SeenOutcome | undefined> {
    const [outcome] = await this.together([client], options);
    return outcome;
  }

  /** Calls with several clients at once. */
  async together(clients: readonly ClientUnderTest[], options?: CallOptions): Promise<readonly SeenOutcome[]> {
    const before = this.#sent();
    const outcomes = await Promise.all(clients.map((client) => this.#end(client.refund(this.#request, options))));
    await this.provider.idle();
    this.#calls += clients.length;
    if (this.#isKeyless && this.#sent() - before > clients.length) {
      this.violations.push(violation('single', `${clients.length} calls sent ${this.#sent() - before} requests`));
    }
    const ended = outcomes.flatMap((outcome) => outcome ?? []);
    this.seen.push(...ended);
    // Of calls at the same time, a late one may refund after an early one was refused: what that one said was true.
    const isSentTwice = this.#sent() - before > 1;
    const isRefundedByOther = (outcome: SeenOutcome): boolean =>
      isSentTwice && outcome.kind === 'refused' && ended.some((other) => other.kind !== 'refused');
    const judged = ended.filter((outcome) => !isRefundedByOther(outcome));
    this.violations.push(...judged.flatMap((outcome) => checkTruth(outcome, this.provider.ledger)));
    this.violations.push(...checkOnce(this.provider.ledger));
    return ended;
  }

  /** How many requests to refund have arrived. What was answered with 421 does not count: nothing was done. */
  #sent(): number {
    return this.provider.requests.filter(({ answered, role }) => role === 'create' && answered !== 421).length;
  }

  /** Frees the `refundRef`, as a person does who has looked. */
  async release(client: ClientUnderTest, { attempt }: SeenOutcome): Promise<void> {
    await this.#end(attempt === undefined ? Promise.resolve() : client.release(attempt));
  }

  /** A moment between 0 and `latest`: another one for each case, and the same whenever the case is run again. */
  moment(latest: number): number {
    return (createHash('sha256').update(this.#name).digest().readUInt32BE() / 2 ** 32) * latest;
  }

  async #end<T>(call: Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const never = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        this.violations.push(violation('ends', `a call has not ended within ${NEVER_MS} ms`));
        resolve(undefined);
      }, NEVER_MS);
    });
    try {
      return await Promise.race([call, never]);
    } catch (cause) {
      this.seen.push(cause);
      this.violations.push(
        violation('ends', `a call throws ${cause instanceof Error ? cause.message : String(cause)}`),
      );
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** What the client finds out about an attempt that may have refunded. */
  async reconcile(client: ClientUnderTest, { attempt }: SeenOutcome): Promise<string | undefined> {
    if (client.reconcile === undefined || attempt === undefined) return undefined;
    const newest = this.provider.ledger.refunds.at(-1);
    const seen = client.retrieve === undefined ? [] : [{ refundId: newest?.id ?? 'none' }];
    const verdict = await this.#end(client.reconcile(attempt, ...seen));
    if (verdict === undefined) return undefined;
    this.seen.push(verdict);
    this.violations.push(...checkEvidence(verdict, this.provider.ledger));
    return verdict.verdict;
  }
}

/** Far more than any client waits: a call that takes longer does not end. */
const NEVER_MS = 120_000;

/** What a caller does with one `refundRef`, by the documented interface. */
export interface Behaviour {
  readonly name: string;
  /** Whether the fault strikes every time. */
  readonly always?: boolean;
  readonly run: (scene: Scene, newClient: () => ClientUnderTest) => Promise<void>;
}

export const BEHAVIOURS: readonly Behaviour[] = [
  {
    name: 'once',
    run: async (scene, newClient) => {
      await scene.call(newClient());
    },
  },
  { name: 'again', run: callAgain },
  { name: 'again, and it fails again', always: true, run: callAgain },
  {
    name: 'three at once',
    run: async (scene, newClient) => {
      const client = newClient();
      await scene.together([client, client, client]);
    },
  },
  {
    name: 'two processes at once',
    run: async (scene, newClient) => {
      await scene.together([newClient(), newClient()]);
      await scene.call(newClient());
    },
  },
  {
    name: 'again after a restart',
    run: async (scene, newClient) => {
      await scene.call(newClient());
      await scene.call(newClient());
    },
  },
  { name: 'until it is known', run: recover },
  { name: 'aborted, then again', run: abortAndCallAgain },
];

async function callAgain(scene: Scene, newClient: () => ClientUnderTest): Promise<void> {
  const client = newClient();
  for (let call = 0; call < 3; call += 1) await scene.call(client);
}

/** As the documentation says: reconcile; where that does not settle it, a person looks, and releases what did not happen. */
async function recover(scene: Scene, newClient: () => ClientUnderTest): Promise<void> {
  const client = newClient();
  const outcome = await scene.call(client);
  if (outcome?.kind !== 'unknown') return;
  scene.provider.showLate(1);
  await scene.reconcile(client, outcome);
  const verdict = await scene.reconcile(client, outcome);
  if (verdict === 'happened') {
    await scene.call(client);
    return;
  }
  const isRefunded = scene.provider.ledger.refunds.some(({ status }) => status !== 'failed' && status !== 'canceled');
  if (isRefunded) return;
  if (verdict !== 'did_not_happen') await scene.release(client, outcome);
  await scene.call(client);
}

/** By then most calls have ended. */
const LAST_ABORT_MS = 12;

async function abortAndCallAgain(scene: Scene, newClient: () => ClientUnderTest): Promise<void> {
  const controller = new AbortController();
  const client = newClient();
  // Some in time, some too late: every moment is a good one.
  const timer = setTimeout(() => controller.abort(), scene.moment(LAST_ABORT_MS));
  await scene.call(client, { signal: controller.signal });
  clearTimeout(timer);
  await scene.call(client);
}
