import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Operation, RefundApi, RefundStatus } from '../ir.js';
import type { Acceptance } from './acceptance.js';
import type { Asked } from './act.js';
import type { Fault } from './fault.js';
import type { Ledger, LedgerPayment, LedgerRefund } from './ledger.js';
import type { ReceivedRequest } from './request.js';
import { Simulation } from './simulation.js';

/** What a request was for. `other`: nothing that the API has. */
export type RequestRole = Operation['role'] | 'other';

/** A request that has arrived. Its headers hold the credentials that came with it. */
export interface SimulatedRequest extends ReceivedRequest {
  readonly role: RequestRole;
  /** What is asked for, of a request to refund. */
  readonly asked?: Asked;
  /** The status that it is answered with; missing where there is no answer. */
  readonly answered?: number;
}

/** A payment to start with. */
export interface NewPayment {
  /** Default: a new one of the kind that the API takes. */
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
  /** How often. Default: once. */
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
  /** Every request that has arrived, the oldest first. */
  readonly requests: readonly SimulatedRequest[];
  /** Every way in which this provider can take a refund on. */
  readonly acceptances: readonly Acceptance[];
  /** Adds a payment that can be refunded. */
  readonly addPayment: (payment: NewPayment) => LedgerPayment;
  /**
   * Says how refunds are taken on from now on: by what they become, or one of `acceptances`.
   *
   * @throws RangeError where the provider has no answer that says so.
   */
  readonly acceptAs: (status: RefundStatus | 'unrecognized' | Acceptance) => void;
  /** Makes the next request go wrong. Several faults strike one after the other. */
  readonly fail: (fault: Fault, options?: FaultOptions) => void;
  /** Settles a refund that is under way. */
  readonly settle: (refundId: string, status: RefundStatus) => void;
  /** Refunds by another way than this client, such as a person at the dashboard. */
  readonly refundElsewhere: (payment: string, minor: bigint) => LedgerRefund;
  /** The next reads do not show the newest refund yet. */
  readonly showLate: (reads: number) => void;
  /** The provider forgets idempotency keys, as after the time that it keeps them. */
  readonly forgetKeys: () => void;
  /** Waits until no connection is open: then everything that was sent has been acted on. */
  readonly idle: () => Promise<void>;
  /** Connections are refused from now on. */
  readonly goDown: () => Promise<void>;
  /** Ends the simulation, and every connection with it. */
  readonly close: () => Promise<void>;
}

/** Starts a simulated provider on a free port of 127.0.0.1. */
export async function startProvider(api: RefundApi): Promise<SimulatedProvider> {
  const simulation = new Simulation(api);
  const server = createServer((request, response) => simulation.receive(request, response));
  server.on('connection', (socket: Socket) => simulation.connect(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return simulation.publish(`http://127.0.0.1:${port}`, () => closeServer(server));
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // It may be closed already.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
