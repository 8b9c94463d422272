import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { AnswerCase, RefundApi, RefundStatus } from '../ir.js';
import { type Acceptance, acceptancesOf, type KnownAcceptance } from './acceptance.js';
import { type Acting, askedOf, notSimulated, readPayment, readRefund, refundAsAsked, refuse } from './act.js';
import type { Answer } from './answer.js';
import type { Fault } from './fault.js';
import { Ids } from './ids.js';
import { Book, type LedgerPayment, type LedgerRefund } from './ledger.js';
import type { NewPayment, RequestRole, SimulatedProvider, SimulatedRequest } from './provider.js';
import { sendAnswer, sendFaulty } from './reply.js';
import { isAuthorized, type ReadRequest, type ReceivedRequest, readRequest } from './request.js';

interface PlannedFault {
  readonly fault: Fault;
  readonly on: RequestRole;
  left: number;
}

/** What goes on behind the server of a simulated provider. */
export class Simulation {
  readonly #api: RefundApi;
  readonly #book = new Book();
  readonly #requests: SimulatedRequest[] = [];
  readonly #faults: PlannedFault[] = [];
  readonly #acceptances: readonly KnownAcceptance[];
  /** By idempotency key: what was asked first, and what became of it. */
  readonly #keys = new Map<string, { readonly request: string; readonly answer: Answer }>();
  #acceptance: KnownAcceptance | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #waiting: (() => void)[] = [];
  #lateReads = 0;
  #newest: LedgerRefund | undefined;
  readonly #ids: Ids;

  constructor(api: RefundApi) {
    this.#api = api;
    this.#ids = new Ids(api);
    this.#acceptances = acceptancesOf(api);
    const [first] = this.#acceptances;
    this.#acceptance = this.#acceptances.find(({ status }) => status === 'succeeded') ?? first;
  }

  publish(url: string, close: () => Promise<void>): SimulatedProvider {
    return {
      provider: this.#api.provider.id,
      url,
      ledger: this.#book,
      requests: this.#requests,
      acceptances: this.#acceptances.map(({ answer, ...acceptance }) => acceptance),
      addPayment: (payment) => this.#addPayment(payment),
      acceptAs: (status) => this.#acceptAs(status),
      fail: (fault, { on = 'create', times = 1 } = {}) => this.#faults.push({ fault, on, left: times }),
      settle: (refundId, status) => this.#settle(refundId, status),
      refundElsewhere: (payment, minor) => this.#refundElsewhere(payment, minor),
      showLate: (reads) => {
        this.#lateReads = reads;
      },
      forgetKeys: () => this.#keys.clear(),
      idle: () => this.#idle(),
      goDown: close,
      close,
      [Symbol.asyncDispose]: close,
    };
  }

  #idle(): Promise<void> {
    return this.#sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** A connection that ends before anything is read strikes whatever comes next. */
  connect(socket: Socket): void {
    // A client that goes away in the middle is a part of the game.
    socket.on('error', () => undefined);
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (this.#sockets.size === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    });
    const planned = this.#faults.find(({ left }) => left > 0);
    if (planned?.fault.reply.kind !== 'close' || planned.fault.reply.when !== 'before_reading') return;
    planned.left -= 1;
    socket.destroy();
  }

  receive(message: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
      const { method = '', url: target = '' } = message;
      this.#answer(message, response, { method, target, headers, body: Buffer.concat(chunks).toString('utf8') });
    });
  }

  #answer(message: IncomingMessage, response: ServerResponse, request: ReceivedRequest): void {
    const read = readRequest(this.#api, request);
    const role = read?.operation.role ?? 'other';
    const asked = read !== undefined && role === 'create' ? askedOf(this.#api, read, this.#book) : undefined;
    const planned = this.#faults.find(({ left, on }) => left > 0 && on === role);
    if (planned !== undefined) planned.left -= 1;
    const fault = planned?.fault;
    const answer = this.#act(request, read, role, fault);
    const answered = statusOf(answer, fault);
    this.#requests.push({
      ...request,
      role,
      ...(asked === undefined ? {} : { asked }),
      ...(answered === undefined ? {} : { answered }),
    });
    if (fault === undefined) sendAnswer(response, answer);
    else sendFaulty(message, response, fault.reply, { api: this.#api, answer, request, shape: this.#shapeOf(role) });
  }

  #act(request: ReceivedRequest, read: ReadRequest | undefined, role: RequestRole, fault: Fault | undefined): Answer {
    const api = this.#api;
    if (read === undefined) return notSimulated();
    if (!isAuthorized(api, request)) return refuse(api, 401, 'the credentials are missing or wrong').answer;
    if (role === 'retrieve') return readRefund(api, read, this.#book, this.#shownNow());
    if (role === 'payment') return readPayment(api, read, this.#book, this.#shownNow());
    if (role !== 'create' || this.#acceptance === undefined) return notSimulated();
    if (fault?.acts === false) return refuse(api, 400, 'the provider does not act on this').answer;
    return this.#refundOnce(request, read, fault?.failure);
  }

  #refundOnce(request: ReceivedRequest, read: ReadRequest, failure: string | undefined): Answer {
    const { idempotency } = this.#api;
    const { key } = askedOf(this.#api, read, this.#book);
    const isKept = idempotency.value.kind === 'key' && idempotency.value.replay !== false && key !== undefined;
    const earlier = isKept ? this.#keys.get(key) : undefined;
    const same = `${request.method} ${request.target} ${request.body}`;
    if (earlier !== undefined) {
      return earlier.request === same ? earlier.answer : refuse(this.#api, 409, 'this key was used before').answer;
    }
    const { answer, refund } = refundAsAsked(this.#acting(failure), read);
    this.#newest = refund ?? this.#newest;
    if (isKept && refund !== undefined) this.#keys.set(key, { request: same, answer });
    return answer;
  }

  #acting(failure: string | undefined): Acting {
    const [first] = this.#acceptances;
    const acceptance = this.#acceptance ?? first;
    if (acceptance === undefined) throw new Error('the API has no answer that takes a refund on');
    return { api: this.#api, book: this.#book, acceptance, failure, newId: () => this.#ids.refund() };
  }

  /** Which refunds a read shows. */
  #shownNow(): (refund: LedgerRefund) => boolean {
    const hidden = this.#lateReads > 0 ? this.#newest?.id : undefined;
    this.#lateReads = Math.max(0, this.#lateReads - 1);
    return ({ id }) => id !== hidden;
  }

  #shapeOf(role: RequestRole): AnswerCase | null {
    return role === 'retrieve' ? (this.#api.retrieve?.answer.value ?? null) : (this.#acceptance?.answer ?? null);
  }

  #addPayment({ currency, id, minor }: NewPayment): LedgerPayment {
    const payment = {
      id: id ?? this.#ids.payment(),
      currency,
      minor,
    };
    this.#book.addPayment(payment);
    return payment;
  }

  #acceptAs(wanted: RefundStatus | 'unrecognized' | Acceptance): void {
    const found = this.#acceptances.find((known) =>
      typeof wanted === 'string'
        ? known.status === wanted
        : known.httpStatus === wanted.httpStatus && known.shape === wanted.shape && known.raw === wanted.raw,
    );
    if (found === undefined) {
      const known = [...new Set(this.#acceptances.map(({ status }) => status))].join(', ');
      throw new RangeError(`${this.#api.provider.id} has no answer for that: a refund may be ${known}`);
    }
    this.#acceptance = found;
  }

  #settle(refundId: string, status: RefundStatus): void {
    const refund = this.#book.refund(refundId);
    if (refund === undefined) throw new RangeError(`there is no refund ${refundId}`);
    this.#book.write({ ...refund, status });
  }

  #refundElsewhere(payment: string, minor: bigint): LedgerRefund {
    const found = this.#book.payment(payment);
    if (found === undefined) throw new RangeError(`there is no payment ${payment}`);
    if (minor <= 0n || minor > this.#book.refundableOf(payment)) throw new RangeError('that cannot be refunded');
    const id = this.#ids.refund();
    const refund: LedgerRefund = {
      ...{ id, payment, currency: found.currency, minor },
      ...{ status: 'succeeded', elsewhere: true, createdAt: new Date() },
    };
    this.#book.write(refund);
    this.#newest = refund;
    return refund;
  }
}

/** The status that goes out; `undefined` where none does. */
function statusOf({ status }: Answer, fault: Fault | undefined): number | undefined {
  if (fault?.reply.kind === 'answer') return fault.reply.status;
  return fault?.reply.kind === 'close' || fault?.reply.kind === 'silence' ? undefined : status;
}
