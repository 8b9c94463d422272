/**
 * `refundgen/testing`: simulated providers to test your own code with. Node only.
 *
 * ```ts
 * import { closedAfterActing, simulate } from 'refundgen/testing';
 * import { createAcme, money, partial } from './generated/index.js';
 *
 * await using provider = await simulate('acme');
 * const { id } = provider.addPayment({ currency: 'EUR', minor: 1000n });
 * const client = createAcme({ auth: { apiKey: 'sk_test' }, baseUrl: provider.url });
 *
 * provider.fail(closedAfterActing);
 * const outcome = await client.refund({ refundRef: 'order-1', payment: id, amount: partial(money('EUR', 400n)) });
 * // The outcome is unknown, and 4.00 EUR have moved.
 * export const seen = [outcome.kind, provider.ledger.refundedOf(id)];
 * ```
 */

import path from 'node:path';
import { analyse } from './analyse.js';
import { findConfig, loadConfig } from './config.js';
import type { RefundApi } from './ir.js';
import { pinSpecs } from './pins.js';
import type { Problem } from './problem.js';
import { type SimulatedProvider, startProvider } from './simulate/provider.js';

export type { RefundApi } from './ir.js';
export type { Acceptance } from './simulate/acceptance.js';
export type { Asked } from './simulate/act.js';
export { Digits, type Exact, type ExactMap } from './simulate/exact-json.js';
export {
  type AnswerField,
  type AnswerOptions,
  answers,
  answersAfterActing,
  changed,
  closedAfterActing,
  closedAfterReading,
  closedBeforeReading,
  closedInAnswer,
  DAMAGES,
  type Damage,
  damaged,
  dripping,
  type Fault,
  type FaultyReply,
  type ForeignAnswer,
  failsWith,
  interim,
  silent,
  silentAfterActing,
} from './simulate/fault.js';
export type { Ledger, LedgerPayment, LedgerRefund } from './simulate/ledger.js';
export {
  type FaultOptions,
  type NewPayment,
  type RequestRole,
  type SimulatedProvider,
  type SimulatedRequest,
  startProvider,
} from './simulate/provider.js';
export type { ReceivedRequest } from './simulate/request.js';

/** Where providers are described. */
export interface SimulateOptions {
  /** Default: the `refundgen.config.ts` of the working directory. */
  readonly config?: string;
}

/**
 * Simulates a provider of your configuration.
 *
 * @param provider - its name in the configuration.
 * @throws Error where there is no such provider, or its spec has open questions: see `refundgen inspect`.
 */
export async function simulate(provider: string, options: SimulateOptions = {}): Promise<SimulatedProvider> {
  return startProvider(await readApi(provider, options));
}

/**
 * All that refundgen knows about refunding at a provider of your configuration.
 *
 * @throws Error where there is no such provider, or its spec has open questions: see `refundgen inspect`.
 */
export async function readApi(provider: string, { config }: SimulateOptions = {}): Promise<RefundApi> {
  const file = config === undefined ? findConfig(process.cwd()) : path.resolve(config);
  if (file === undefined) throw new Error('there is no refundgen.config.ts here: name one with { config }');
  const loaded = await loadConfig(file);
  const pinned = loaded.ok ? pinSpecs(loaded.value, false) : loaded;
  if (!pinned.ok) throw new Error(told(pinned.problems));
  const input = pinned.value.inputs.find(({ id }) => id === provider);
  const known = pinned.value.inputs.map(({ id }) => id).join(', ');
  if (input === undefined) throw new Error(`${path.basename(file)} has no ${provider}; it has ${known}`);
  const { api, problems } = await analyse(input);
  if (api === undefined) throw new Error(told(problems.filter(({ severity }) => severity === 'error')));
  return api;
}

function told(problems: readonly Problem[]): string {
  return problems.map(({ code, hint, message }) => `${code} ${message}: ${hint}`).join('\n');
}
