import type { AmountIn, AnswerCase, ErrorBody, Path, PaymentReading, RefundApi } from '../ir.js';
import { rawStatusOf } from './acceptance.js';
import { toWire } from './amounts.js';
import { Digits, type Exact, withExactAt, writeExact } from './exact-json.js';
import type { AnswerField } from './fault.js';
import { refundIdShape } from './ids.js';
import type { Ledger, LedgerPayment, LedgerRefund } from './ledger.js';

/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A value and where it goes. */
type Part = readonly [path: Path, value: Exact | undefined];

export function jsonAnswer(status: number, body: Exact, mediaType = 'application/json'): Answer {
  return { status, headers: { 'content-type': mediaType }, body: writeExact(body) };
}

export function emptyAnswer(status: number): Answer {
  return { status, headers: {}, body: '' };
}

/** The answer that tells of a refund, in one of the documented shapes. */
export function refundBody(api: RefundApi, answer: AnswerCase, refund: LedgerRefund, ledger: Ledger): Exact {
  const { amount, createdAt, failure, id, note, payment, reason, remaining, status } = answer;
  const money = (format: AmountIn | null, minor: bigint): Part[] => amountParts(api, format, minor, refund.currency);
  const seconds = Math.floor(refund.createdAt.getTime() / 1000);
  return together([
    ...part('path' in status ? status.path : null, statusWord(api, refund)),
    ...part(id, idAs(refundIdShape(api)?.kind === 'integer' ? 'integer' : 'string', refund.id)),
    ...(payment === null ? [] : [[payment.path, idAs(payment.type, refund.payment)] as const]),
    ...money(amount, refund.minor),
    ...money(remaining, ledger.refundableOf(refund.payment)),
    ...part(reason?.path, refund.reason),
    ...part(note, refund.note),
    ...part(refund.failure === undefined ? null : failure, refund.failure),
    ...part(
      createdAt?.path,
      createdAt?.format === 'unix-seconds' ? new Digits(String(seconds)) : refund.createdAt.toISOString(),
    ),
    ...part(reconciledReference(api), refund.reference),
    // Last: what tells this shape from the others must be there.
    ...answer.when.map(({ is, path }): Part => [path, typeof is === 'number' ? new Digits(String(is)) : is]),
  ]);
}

/** Statuses that are all numbers, or all truth values, are told as such: in the IR they are texts. */
function statusWord(api: RefundApi, refund: LedgerRefund): Exact {
  const raw = refund.raw ?? rawStatusOf(api, refund.status);
  const words = api.create.statuses?.value.map((one) => one.raw) ?? [];
  const areAll = (form: RegExp): boolean => words.length > 0 && [...words, raw].every((word) => form.test(word));
  if (areAll(/^(?:0|-?[1-9]\d*)$/)) return new Digits(raw);
  return areAll(/^(?:true|false)$/) ? raw === 'true' : raw;
}

function reconciledReference({ reconciliation }: RefundApi): Path | null {
  return reconciliation.value.kind === 'refund' ? reconciliation.value.reference : null;
}

/** What the provider shows of a payment; `undefined` where there is nothing to read payments with. */
export function paymentBody(
  api: RefundApi,
  payment: LedgerPayment,
  refunds: readonly LedgerRefund[],
  refunded: bigint,
): Exact | undefined {
  const reading = api.payment;
  if (reading === null) return undefined;
  const shown = reading.measure === 'refunded' ? refunded : payment.minor - refunded;
  const isPending = refunds.some(({ status }) => status === 'pending' || status === 'requires_action');
  return together([
    [reading.id.path, idAs(reading.id.type, payment.id)],
    ...part(reading.pending?.path, isPending ? reading.pending?.values[0] : 'paid'),
    ...amountParts(api, reading.total.value, shown, payment.currency),
    ...attemptParts(reading.failure, refunds),
  ]);
}

/** The attempts that moved money or tried to, the newest first; the first one of all is the payment itself. */
function attemptParts(
  places: { readonly attempts: Path; readonly code: Path } | null,
  refunds: readonly LedgerRefund[],
): Part[] {
  if (places === null) return [];
  const attempts = [...refunds.map(({ failure }) => failure).reverse(), undefined];
  return [
    [places.attempts, []],
    ...attempts.flatMap((failure, index): Part[] => [
      [[...places.attempts, String(index)], {}],
      ...(failure === undefined ? [] : [[atItem(places.code, places.attempts.length, index), failure] as const]),
    ]),
  ];
}

/** The path of the newest item, in another one. */
function atItem(path: Path, depth: number, index: number): Path {
  return path.map((key, at) => (at === depth ? String(index) : key));
}

function amountParts(api: RefundApi, format: AmountIn | null, minor: bigint, currency: string): Part[] {
  if (format === null) return [];
  const text = toWire(minor, currency, { ...format, exponents: api.create.amount.exponents.value });
  const asIs = text === undefined ? undefined : format.encoding === 'string' ? text : new Digits(text);
  const letters = api.create.amount.currency?.letters;
  return [[format.path, asIs], ...part(format.currency, letters === 'lower' ? currency.toLowerCase() : currency)];
}

/** The places of an answer where a part of it stands. */
export function placesOf(answer: AnswerCase, field: AnswerField): readonly Path[] {
  const { amount, id, payment, reason, status } = answer;
  const places: Readonly<Record<AnswerField, Path | null | undefined>> = {
    id,
    payment: payment?.path,
    amount: amount?.path,
    currency: amount?.currency,
    status: 'path' in status ? status.path : null,
    reason: reason?.path,
  };
  const place = places[field];
  return place === null || place === undefined ? [] : [place];
}

/** The places of a payment that is read where a part of it stands. */
export function paymentPlacesOf({ id, pending, total }: PaymentReading, field: AnswerField): readonly Path[] {
  const { currency, path } = total.value;
  const places: Readonly<Record<AnswerField, Path | null | undefined>> = {
    id: id.path,
    payment: id.path,
    amount: path,
    currency,
    status: pending?.path,
    reason: null,
  };
  const place = places[field];
  return place === null || place === undefined ? [] : [place];
}

/** An error in the form that the provider has for errors. */
export function errorBody(form: ErrorBody, status: number, code: string | undefined, message: string): Exact {
  if (form.kind === 'problem') {
    return {
      type: 'about:blank',
      title: message,
      status: new Digits(String(status)),
      ...(code === undefined ? {} : { code }),
    };
  }
  if (form.kind === 'keyed') {
    const [key = 'detail'] = form.general;
    return { [key]: [code === undefined ? message : { message, code }] };
  }
  const [codeAt] = form.code;
  const [messageAt] = form.message;
  return together([...part(messageAt, message), ...part(code === undefined ? null : codeAt, code)]);
}

function idAs(type: 'string' | 'integer', id: string): Exact {
  return type === 'integer' ? new Digits(id) : id;
}

function part(path: Path | null | undefined, value: Exact | undefined): Part[] {
  return path === null || path === undefined ? [] : [[path, value]];
}

function together(parts: readonly Part[]): Exact {
  return parts.reduce<Exact>(
    (whole, [path, value]) => (value === undefined ? whole : withExactAt(whole, path, value)),
    {},
  );
}
