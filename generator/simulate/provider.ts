import type { Operation, RefundApi, RefundStatus } from '../ir.js';
import type { Acceptance } from './acceptance.js';
import type { Asked } from './act.js';
import type { Fault } from './fault.js';
import { Host } from './host.js';
import type { Ledger, LedgerPayment, LedgerRefund } from './ledger.js';
import type { ReceivedRequest } from './request.js';
import { Simulation } from './simulation.js';

/** What a request is for. `other`: nothing that the API has. */
export type RequestRole = Operation['role'] | 'other';

/** A request that has arrived as a whole. Its headers hold the credentials that came with it. */
export interface SimulatedRequest extends ReceivedRequest {
  readonly role: RequestRole;
  /** What is asked for, of a request to refund. */
  readonly asked?: Asked;
  /** The status that it is answered with; missing where there is no answer. */
  readonly answered?: number;
}

/** A payment to start with. */
export interface NewPayment {
  /** Default: a new one of the kind that the API takes. Digits, where its payments have numbers. */
  readonly id?: string;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** In whole minor units as ISO 4217 counts them: 1000n of USD is 10.00. */
  readonly minor: bigint;
}

/** When a fault strikes. */
export interface FaultOptions {
  /** Default: `create`, the request to refund. */
  readonly on?: RequestRole;
  /** How often: `Infinity` until `recover`. Default: once. */
  readonly times?: number;
}

/**
 * A provider on loopback: a real HTTP server that follows the IR of an API, keeps a ledger of what really happened to the
 * money, and does what you tell it to do wrong.
 */
export interface SimulatedProvider extends AsyncDisposable {
  readonly provider: string;
  /** The `baseUrl` for the client. */
  readonly url: string;
  readonly ledger: Ledger;
  /** Every request that has arrived as a whole, the oldest first. */
  readonly requests: readonly SimulatedRequest[];
  /** Every way in which this provider can take a refund on. */
  readonly acceptances: readonly Acceptance[];
  /**
   * Adds a payment that can be refunded.
   *
   * @throws RangeError where the amount is not above zero, the currency is none, or the API cannot have the id.
   */
  readonly addPayment: (payment: NewPayment) => LedgerPayment;
  /**
   * Says how refunds are taken on from now on: by what they become, or one of `acceptances`.
   *
   * @throws RangeError where the provider has no answer that says so.
   */
  readonly acceptAs: (status: RefundStatus | 'unrecognized' | Acceptance) => void;
  /**
   * Makes the next request of a role go wrong: the request to refund, unless `on` says another. Several faults strike
   * one after the other. A client that reads the payment first does so unharmed.
   *
   * @throws RangeError where the fault could never strike: the API has no such request, or its answers no such field.
   */
  readonly fail: (fault: Fault, options?: FaultOptions) => void;
  /**
   * Says what has become of a refund, as time or a bank does.
   *
   * @param failure - the provider's code for why it failed, where it did. Default: `declined`.
   * @throws RangeError where there is no such refund or status, or the payment has not that much left any more.
   */
  readonly settle: (refundId: string, status: RefundStatus, failure?: string) => void;
  /**
   * Refunds by another way than this client, such as a person at the dashboard.
   *
   * @throws RangeError where there is no such payment, or it has not that much left.
   */
  readonly refundElsewhere: (payment: string, minor: bigint) => LedgerRefund;
  /** The next reads, of a refund or of a payment, do not show the newest refund yet. */
  readonly showLate: (reads: number) => void;
  /** The provider forgets idempotency keys, as after the time that it keeps them. */
  readonly forgetKeys: () => void;
  /**
   * Waits until no connection is open: then everything that was sent has been acted on, also what its client has given up.
   * A connection that the provider keeps silent on stays open until its client closes it.
   */
  readonly idle: () => Promise<void>;
  /** Connections are refused from now on, and open ones end. */
  readonly goDown: () => Promise<void>;
  /** Takes connections again, at the same `url`, and forgets the faults that have not struck. */
  readonly recover: () => Promise<void>;
  /** Ends the simulation, and every connection with it. The ledger can still be read. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a simulated provider on a free port of 127.0.0.1.
 *
 * @param api - what is known of the provider: `simulate` reads it from your configuration.
 */
export async function startProvider(api: RefundApi): Promise<SimulatedProvider> {
  const simulation = new Simulation(api);
  const host = new Host((request, response) => simulation.receive(request, response));
  await host.open();
  return simulation.publish(host);
}
