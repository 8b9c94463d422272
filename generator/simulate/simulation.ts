import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation, Path, RefundApi, RefundStatus } from '../ir.js';
import { type Acceptance, acceptancesOf, type KnownAcceptance } from './acceptance.js';
import {
  type Acted,
  type Acting,
  type Asked,
  askedOf,
  DECLINED,
  noSuchPath,
  notSimulated,
  readPayment,
  readRefund,
  refundAsAsked,
  refuse,
} from './act.js';
import { type Answer, paymentPlacesOf, placesOf } from './answer.js';
import type { AnswerField, Fault } from './fault.js';
import type { Host } from './host.js';
import { Ids } from './ids.js';
import { Book, type LedgerPayment, type LedgerRefund, moves, requireMoney } from './ledger.js';
import { PlannedFaults } from './planned-faults.js';
import type { NewPayment, RequestRole, SimulatedProvider, SimulatedRequest } from './provider.js';
import { foreignAnswer, sendAnswer, sendFaulty } from './reply.js';
import { findOperation, isAuthorized, type ReadRequest, type ReceivedRequest, readRequest } from './request.js';

/** What goes on behind the server of a simulated provider. */
export class Simulation {
  readonly #api: RefundApi;
  readonly #book = new Book();
  readonly #requests: SimulatedRequest[] = [];
  readonly #faults: PlannedFaults;
  readonly #acceptances: readonly KnownAcceptance[];
  /** By idempotency key: what was asked first, and what became of it. */
  readonly #keys = new Map<string, { readonly request: string; readonly answer: Answer }>();
  #acceptance: KnownAcceptance;
  #lateReads = 0;
  #newest: LedgerRefund | undefined;
  readonly #ids: Ids;

  constructor(api: RefundApi) {
    this.#api = api;
    this.#ids = new Ids(api);
    this.#faults = new PlannedFaults(api);
    this.#acceptances = acceptancesOf(api);
    const first = this.#acceptances.find(({ status }) => status === 'succeeded') ?? this.#acceptances[0];
    if (first === undefined) throw new Error(`${api.provider.id} has no answer that takes a refund on`);
    this.#acceptance = first;
  }

  publish(host: Host): SimulatedProvider {
    const close = (): Promise<void> => host.close();
    return {
      provider: this.#api.provider.id,
      url: host.url,
      ledger: this.#book,
      requests: this.#requests,
      acceptances: this.#acceptances.map(({ answer, ...acceptance }) => acceptance),
      addPayment: (payment) => this.#addPayment(payment),
      acceptAs: (status) => this.#acceptAs(status),
      fail: (fault, options = {}) => this.#faults.add(fault, options),
      settle: (refundId, status, failure) => this.#settle(refundId, status, failure),
      refundElsewhere: (payment, minor) => this.#refundElsewhere(payment, minor),
      showLate: (reads) => {
        this.#lateReads = reads;
      },
      forgetKeys: () => this.#keys.clear(),
      idle: () => host.idle(),
      goDown: () => host.goDown(),
      recover: () => {
        this.#faults.clear();
        return host.open();
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  }

  receive(message: IncomingMessage, response: ServerResponse): void {
    const { method = '', url: target = '' } = message;
    const operation = findOperation(this.#api, { method, target });
    const role = operation?.role ?? 'other';
    const next = this.#faults.peek(role)?.reply;
    if (next?.kind === 'close' && next.when === 'before_reading') {
      this.#faults.take(role);
      message.socket.resetAndDestroy();
      return;
    }
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
      const body = Buffer.concat(chunks).toString('utf8');
      this.#answer(message, response, { method, target, headers, body }, operation);
    });
  }

  #answer(
    message: IncomingMessage,
    response: ServerResponse,
    request: ReceivedRequest,
    operation: Operation | undefined,
  ): void {
    const read = operation === undefined ? undefined : readRequest(operation, request);
    const role = operation?.role ?? 'other';
    const asked = read !== undefined && role === 'create' ? askedOf(this.#api, read, this.#book) : undefined;
    const fault = this.#faults.take(role);
    const answer = this.#act(request, read, role, fault);
    const answered = statusOf(answer, fault);
    this.#requests.push({
      ...request,
      role,
      ...(asked === undefined ? {} : { asked }),
      ...(answered === undefined ? {} : { answered }),
    });
    if (fault === undefined) sendAnswer(response, answer);
    else {
      const places = (field: AnswerField): readonly Path[] => this.#placesOf(role, field);
      sendFaulty(message, response, fault.reply, { api: this.#api, answer, request, placesOf: places });
    }
  }

  #act(request: ReceivedRequest, read: ReadRequest | undefined, role: RequestRole, fault: Fault | undefined): Answer {
    const api = this.#api;
    if (read === undefined) return noSuchPath(api, request);
    if (!isAuthorized(api, request)) return refuse(api, 401, 'the credentials are missing or wrong').answer;
    if (role === 'retrieve') return readRefund(api, read, this.#book, this.#shownNow());
    if (role === 'payment') return readPayment(api, read, this.#book, this.#shownNow());
    if (role !== 'create') return notSimulated();
    if (fault?.acts === false) return refuse(api, 400, 'the provider does not act on this').answer;
    return this.#refundOnce(request, read, fault);
  }

  #refundOnce(request: ReceivedRequest, read: ReadRequest, fault: Fault | undefined): Answer {
    const { idempotency } = this.#api;
    const asked = askedOf(this.#api, read, this.#book);
    const { key } = asked;
    const isKept = idempotency.value.kind === 'key' && idempotency.value.replay !== false && key !== undefined;
    const earlier = isKept ? this.#keys.get(key) : undefined;
    const same = sameAs(request, asked);
    if (earlier !== undefined) {
      return earlier.request === same ? earlier.answer : refuse(this.#api, 422, 'this key was used before').answer;
    }
    const { answer, refund } = refundAsAsked(this.#acting(request, fault), read);
    this.#newest = refund ?? this.#newest;
    // Where nothing was tried, there is nothing to repeat.
    if (isKept && refund !== undefined) this.#keys.set(key, { request: same, answer });
    return answer;
  }

  #acting(request: ReceivedRequest, fault: Fault | undefined): Acting {
    const { failure: code, reply } = fault ?? {};
    const answer = (): Answer =>
      reply?.kind === 'answer' ? foreignAnswer(this.#api, reply, request) : declined(this.#api).answer;
    return {
      api: this.#api,
      book: this.#book,
      acceptance: this.#acceptance,
      failure: code === undefined ? undefined : { code, answer: answer() },
      newId: () => this.#ids.refund(),
    };
  }

  /** Which refunds a read shows. */
  #shownNow(): (refund: LedgerRefund) => boolean {
    const hidden = this.#lateReads > 0 ? this.#newest?.id : undefined;
    this.#lateReads = Math.max(0, this.#lateReads - 1);
    return ({ id }) => id !== hidden;
  }

  #placesOf(role: RequestRole, field: AnswerField): readonly Path[] {
    const { payment, retrieve } = this.#api;
    if (role === 'payment') return payment === null ? [] : paymentPlacesOf(payment, field);
    const shape = role === 'retrieve' ? retrieve?.answer.value : this.#acceptance.answer;
    return shape === undefined || shape === null ? [] : placesOf(shape, field);
  }

  #addPayment({ currency, id, minor }: NewPayment): LedgerPayment {
    const isNumbered = this.#api.create.payment.value.type === 'integer';
    if (id !== undefined && !(isNumbered ? /^[1-9]\d*$/ : /./s).test(id)) {
      throw new RangeError(
        `a payment of ${this.#api.provider.id} has ${isNumbered ? 'a number' : 'a text'} for its id`,
      );
    }
    const payment = { id: id ?? this.#ids.payment(), currency, minor };
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

  #settle(refundId: string, status: RefundStatus, failure = DECLINED): void {
    const refund = this.#book.refund(refundId);
    if (refund === undefined) throw new RangeError(`there is no refund ${refundId}`);
    if (!STATUSES.includes(status)) throw new RangeError(`a refund is ${STATUSES.join(', ')}, not ${status}`);
    const { failure: earlier, raw, ...kept } = refund;
    const settled = { ...kept, status };
    if (moves(settled) && !moves(refund)) this.#requireLeft(refund.payment, refund.minor);
    this.#book.write(moves(settled) ? settled : { ...settled, failure });
  }

  #refundElsewhere(payment: string, minor: bigint): LedgerRefund {
    const { currency } = this.#book.knownPayment(payment);
    requireMoney(minor);
    this.#requireLeft(payment, minor);
    const id = this.#ids.refund();
    const refund: LedgerRefund = {
      ...{ id, payment, currency, minor },
      ...{ status: 'succeeded', elsewhere: true, createdAt: new Date() },
    };
    this.#book.write(refund);
    this.#newest = refund;
    return refund;
  }

  #requireLeft(payment: string, minor: bigint): void {
    const left = this.#book.refundableOf(payment);
    if (minor > left) throw new RangeError(`of payment ${payment}, ${left} can still be refunded, not ${minor}`);
  }
}

const STATUSES: readonly RefundStatus[] = ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'];

/** What a provider answers to an attempt that fails, where nobody has said what. */
function declined(api: RefundApi): Acted {
  return refuse(api, 402, 'the refund was declined');
}

/** What has to be the same where a key comes again. Other headers may differ, such as the id of a request. */
function sameAs({ body, method, target }: ReceivedRequest, { currency, minor, payment, reference }: Asked): string {
  return JSON.stringify([method, target, body, payment, String(minor), currency, reference]);
}

/** The status that goes out; `undefined` where none does. */
function statusOf({ body, status }: Answer, fault: Fault | undefined): number | undefined {
  const { reply } = fault ?? {};
  if (reply?.kind === 'answer') return reply.status;
  const isNothing = reply?.kind === 'close' || reply?.kind === 'silence' || (reply?.kind === 'half' && body === '');
  return isNothing ? undefined : status;
}
