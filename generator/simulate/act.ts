import type { AmountOut, Idempotency, RefundApi, RequestPlace } from '../ir.js';
import type { KnownAcceptance } from './acceptance.js';
import { fromWire, type WireFormat } from './amounts.js';
import { type Answer, emptyAnswer, errorBody, jsonAnswer, paymentBody, refundBody } from './answer.js';
import { Digits, type Exact, scalarOf } from './exact-json.js';
import { type Book, type LedgerPayment, type LedgerRefund, moves } from './ledger.js';
import type { ReadRequest, ReceivedRequest } from './request.js';

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
export function askedOf({ create, idempotency }: RefundApi, read: ReadRequest, book: Book): Asked {
  const { at } = read;
  const { place, type } = create.payment.value;
  const payment = isWrittenAs(type, place, read) ? scalarOf(at(place)) : undefined;
  const { currency: currencyOut } = create.amount;
  const currency = currencyOut === null ? undefined : scalarOf(at(currencyOut.place));
  const counted = currency ?? book.payment(payment ?? '')?.currency;
  return {
    payment,
    minor: amountOf(create.amount, read, counted),
    currency: currency?.toUpperCase(),
    reference: create.reference === null ? undefined : scalarOf(at(create.reference.value.place)),
    key: keyOf(idempotency.value, at),
  };
}

function amountOf(
  { encoding, exponents, full, place, unit }: AmountOut,
  read: ReadRequest,
  currency: string | undefined,
): Asked['minor'] {
  const { at } = read;
  if (at(place) === undefined && full.value === 'omitted') return null;
  const text = isWrittenAs(encoding, place, read) ? scalarOf(at(place)) : undefined;
  if (text === undefined || currency === undefined) return undefined;
  const format: WireFormat = { encoding, unit: unit.value, exponents: exponents.value };
  return fromWire(text, currency, format);
}

/** In JSON, "1000" is no integer. A form and a parameter have texts only. */
function isWrittenAs(
  type: 'string' | 'number' | 'integer',
  place: RequestPlace,
  { at, operation }: ReadRequest,
): boolean {
  if (place.part !== 'body' || operation.body?.encoding.kind !== 'json') return true;
  return type === 'string' ? typeof at(place) === 'string' : at(place) instanceof Digits;
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
  /** The attempt fails: why, and what is answered then. */
  readonly failure: { readonly code: string; readonly answer: Answer } | undefined;
}

/** Refunds, or refuses as the provider would. */
export function refundAsAsked({ acceptance, api, book, failure, newId }: Acting, read: ReadRequest): Acted {
  const asked = askedOf(api, read, book);
  const payment = book.payment(asked.payment ?? '');
  if (payment === undefined) return refuse(api, 404, 'there is no such payment');
  const why = whyNot(api, read, asked, payment);
  if (why !== undefined) return refuse(api, 400, why);
  const left = book.refundableOf(payment.id);
  const minor = asked.minor ?? left;
  if (minor <= 0n) return refuse(api, 400, asked.minor === null ? 'nothing is left to refund' : 'that is no amount');
  if (minor > left) return refuse(api, 400, 'that is more than can be refunded');
  const { note, reason } = api.create;
  const refund: LedgerRefund = {
    id: newId(),
    payment: payment.id,
    currency: payment.currency,
    minor,
    ...standing(acceptance, failure?.code),
    ...named('reference', asked.reference),
    ...named('reason', reason === null ? undefined : scalarOf(read.at(reason.value.place))),
    ...named('note', note === null ? undefined : scalarOf(read.at(note.value.place))),
    elsewhere: false,
    createdAt: new Date(),
  };
  book.write(refund);
  return { answer: failure?.answer ?? acceptedAnswer(api, acceptance, refund, book), refund };
}

/** What is wrong with a request, its amount aside. */
function whyNot(
  { create }: RefundApi,
  read: ReadRequest,
  asked: Asked,
  { currency }: LedgerPayment,
): string | undefined {
  const wrong = create.fixed.find(({ value }) => scalarOf(read.at(value.place)) !== String(value.value));
  if (wrong !== undefined) return 'this is no request to refund';
  if (asked.minor === undefined) return 'the amount cannot be read';
  if (asked.currency !== undefined && asked.currency !== currency) return 'the payment is in another currency';
  return undefined;
}

function standing(
  { raw, status }: KnownAcceptance,
  failure: string | undefined,
): Pick<LedgerRefund, 'status' | 'raw' | 'failure'> {
  if (failure !== undefined) return { status: 'failed', failure };
  const hasFailed = status === 'failed' || status === 'canceled';
  return { status, ...(raw === null ? {} : { raw }), ...(hasFailed ? { failure: DECLINED } : {}) };
}

/** Why a refund fails where nobody has said why. */
export const DECLINED = 'declined';

function named<K extends string>(key: K, value: string | undefined): { readonly [name in K]?: string } {
  // A computed key makes an index signature of the literal; the type says what it is.
  return value === undefined ? {} : ({ [key]: value } as { readonly [name in K]: string });
}

function acceptedAnswer(api: RefundApi, acceptance: KnownAcceptance, refund: LedgerRefund, book: Book): Answer {
  const { answer, httpStatus } = acceptance;
  return answer === null ? emptyAnswer(httpStatus) : jsonAnswer(httpStatus, refundBody(api, answer, refund, book));
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

/** What is answered where the API has no such path: most often the base URL is not that of the simulation. */
export function noSuchPath(api: RefundApi, { method, target }: ReceivedRequest): Answer {
  const known = api.operations.map((one) => `${one.method} ${one.path}`).join(', ');
  return refuse(api, 404, `there is no ${method} ${target.split('?')[0]} here, but ${known}`).answer;
}

/** A refusal with a status that proves that nothing was done: another one where the wanted one does not prove it. */
export function refuse(api: RefundApi, wanted: number, message: string): Acted {
  const { ambiguous, body } = api.errors;
  // Also where a code decides: a refusal of the simulation has none.
  const proves = (status: number): boolean => !ambiguous.some(({ value }) => value.status === status);
  const status = [wanted, 400, 422, 404, 403].find(proves) ?? wanted;
  const mediaType = body.value.kind === 'problem' ? 'application/problem+json' : 'application/json';
  return { answer: jsonAnswer(status, errorBody(body.value, status, undefined, message), mediaType) };
}
