import type { Idempotency, RefundApi } from '../ir.js';
import type { KnownAcceptance } from './acceptance.js';
import { fromWire, type WireFormat } from './amounts.js';
import { type Answer, emptyAnswer, errorBody, jsonAnswer, paymentBody, refundBody } from './answer.js';
import { type Exact, scalarOf } from './exact-json.js';
import { type Book, type LedgerRefund, moves } from './ledger.js';
import type { ReadRequest } from './request.js';

/** What a request to refund asks for, as it was sent. */
export interface Asked {
  readonly payment: string | undefined;
  /** Whole minor units; `null` where all that is left is asked for, `undefined` where the amount cannot be read. */
  readonly minor: bigint | null | undefined;
  /** Where the request names one. */
  readonly currency: string | undefined;
  readonly reference: string | undefined;
  readonly key: string | undefined;
}

/** Takes a request to refund apart. The currency of the payment is that of the amount where the request has none. */
export function askedOf({ create, idempotency }: RefundApi, { at }: ReadRequest, book: Book): Asked {
  const payment = scalarOf(at(create.payment.value.place));
  const { currency: currencyOut, encoding, exponents, full, place, unit } = create.amount;
  const currency = currencyOut === null ? undefined : scalarOf(at(currencyOut.place));
  const counted = currency ?? book.payment(payment ?? '')?.currency;
  const amount = scalarOf(at(place));
  const isFull = amount === undefined && at(place) === undefined && full.value === 'omitted';
  const format: WireFormat = { encoding, unit: unit.value, exponents: exponents.value };
  return {
    payment,
    minor: isFull
      ? null
      : amount === undefined || counted === undefined
        ? undefined
        : fromWire(amount, counted, format),
    currency: currency?.toUpperCase(),
    reference: create.reference === null ? undefined : scalarOf(at(create.reference.value.place)),
    key: keyOf(idempotency.value, at),
  };
}

function keyOf(idempotency: Idempotency, at: ReadRequest['at']): string | undefined {
  return idempotency.kind === 'key' ? scalarOf(at(idempotency.place)) : undefined;
}

/** What became of a request to refund. */
export interface Acted {
  readonly answer: Answer;
  /** Missing where nothing was tried. */
  readonly refund?: LedgerRefund;
}

/** How a request is acted on. */
export interface Acting {
  readonly api: RefundApi;
  readonly book: Book;
  readonly acceptance: KnownAcceptance;
  readonly newId: () => string;
  /** Why the attempt fails, where it does. */
  readonly failure: string | undefined;
}

/** Refunds, or refuses as the provider would. */
export function refundAsAsked({ acceptance, api, book, failure, newId }: Acting, read: ReadRequest): Acted {
  const asked = askedOf(api, read, book);
  const payment = book.payment(asked.payment ?? '');
  if (payment === undefined) return refuse(api, 404, 'there is no such payment');
  const wrong = api.create.fixed.find(({ value }) => scalarOf(read.at(value.place)) !== String(value.value));
  if (wrong !== undefined) return refuse(api, 400, 'this is no request to refund');
  if (asked.minor === undefined) return refuse(api, 400, 'the amount cannot be read');
  if (asked.currency !== undefined && asked.currency !== payment.currency) {
    return refuse(api, 400, 'the payment is in another currency');
  }
  const left = book.refundableOf(payment.id);
  const minor = asked.minor ?? left;
  if (minor <= 0n || minor > left) return refuse(api, 400, 'that is more than can be refunded');
  const reason = api.create.reason === null ? undefined : scalarOf(read.at(api.create.reason.value.place));
  const refund: LedgerRefund = {
    id: newId(),
    payment: payment.id,
    currency: payment.currency,
    minor,
    status: failure === undefined ? acceptance.status : 'failed',
    ...(asked.reference === undefined ? {} : { reference: asked.reference }),
    ...(reason === undefined ? {} : { reason }),
    ...failureOf(failure, acceptance),
    elsewhere: false,
    createdAt: new Date(),
  };
  book.write(refund);
  return { answer: acceptedAnswer(api, acceptance, refund, book), refund };
}

function failureOf(failure: string | undefined, { status }: KnownAcceptance): Pick<LedgerRefund, 'failure'> {
  if (failure !== undefined) return { failure };
  return status === 'failed' || status === 'canceled' ? { failure: 'declined' } : {};
}

function acceptedAnswer(api: RefundApi, acceptance: KnownAcceptance, refund: LedgerRefund, book: Book): Answer {
  const { answer, httpStatus, raw } = acceptance;
  if (answer === null) return emptyAnswer(httpStatus);
  return jsonAnswer(httpStatus, refundBody(api, answer, refund, book, raw));
}

/** Answers a request to read a refund. */
export function readRefund(
  api: RefundApi,
  read: ReadRequest,
  book: Book,
  isShown: (refund: LedgerRefund) => boolean,
): Answer {
  const { retrieve } = api;
  const id = retrieve === null ? undefined : scalarOf(read.at({ part: 'path', path: [retrieve.parameter] }));
  const refund = id === undefined ? undefined : book.refund(id);
  if (retrieve === null || refund === undefined || !isShown(refund)) {
    return refuse(api, 404, 'there is no such refund').answer;
  }
  return jsonAnswer(200, refundBody(api, retrieve.answer.value, refund, book));
}

/** Answers a request to read a payment. */
export function readPayment(
  api: RefundApi,
  read: ReadRequest,
  book: Book,
  isShown: (refund: LedgerRefund) => boolean,
): Answer {
  const reading = api.payment;
  const id = reading === null ? undefined : scalarOf(read.at({ part: 'path', path: [reading.parameter] }));
  const payment = id === undefined ? undefined : book.payment(id);
  if (payment === undefined) return refuse(api, 404, 'there is no such payment').answer;
  const shown = book.refunds.filter((refund) => refund.payment === payment.id && isShown(refund));
  const refunded = shown.filter(moves).reduce((sum, { minor }) => sum + minor, 0n);
  const body: Exact | undefined = paymentBody(api, payment, shown, refunded);
  return body === undefined ? notSimulated() : jsonAnswer(200, body);
}

/** What an operation answers that is no part of refunding. */
export function notSimulated(): Answer {
  return jsonAnswer(501, { error: 'this operation is not simulated' });
}

/** A refusal with a status that proves that nothing was done: another one where the wanted one does not prove it. */
export function refuse(api: RefundApi, wanted: number, message: string): Acted {
  const { ambiguous, body } = api.errors;
  const proves = (status: number): boolean =>
    !ambiguous.some(({ value }) => value.status === status && value.code === null);
  const status = [wanted, 400, 422, 404, 403].find(proves) ?? wanted;
  const mediaType = body.value.kind === 'problem' ? 'application/problem+json' : 'application/json';
  return { answer: jsonAnswer(status, errorBody(body.value, status, undefined, message), mediaType) };
}
