import { type WrittenAmount, writeAmount } from './amount.js';
import { canonicalId } from './answer.js';
import { check, isObject } from './check.js';
import type { CallOptions, Connection, Prepared, PreparedRequest } from './connection.js';
import type { AnyRefundRequest, RefundDefinition } from './definition.js';
import type { FieldError } from './errors.js';
import { expectedTotal } from './expectation.js';
import { fingerprint } from './fingerprint.js';
import type { RefundAttempt } from './journal.js';
import type { FullRefund, Money, PartialRefund } from './money.js';
import type { AnyRefund } from './outcome.js';
import { recordMoney } from './recorded.js';

type Definition<P extends string, Request extends AnyRefundRequest> = RefundDefinition<P, Request, AnyRefund>;

/** Checks what the caller asks for and writes it as the provider wants it. Sends nothing. */
export function prepare<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  connection: Connection,
  definition: RefundDefinition<P, Request, R>,
  request: Request,
  call: CallOptions,
): Prepared {
  if (!isObject(request)) return { faults: [{ field: 'request', message: 'must be an object' }] };
  const amount = writeAskedAmount(definition, request.amount);
  const faults = [
    ...check(request, definition.shape, ''),
    ...(amount.problem === undefined ? [] : [{ field: 'amount', message: amount.problem }]),
    ...checkExpected(definition, request),
  ];
  if (faults.length > 0) return { faults };
  const prepared = connection.prepare(
    definition.operation,
    definition.write(request, amount.wire, currencyOf(definition, request)),
    call,
  );
  if (prepared.faults === undefined) return prepared;
  return { faults: prepared.faults.map((fault) => inCallersNames(fault, definition.places)) };
}

/** The currency of the amount, as the provider writes it. */
function currencyOf<P extends string, Request extends AnyRefundRequest>(
  definition: Definition<P, Request>,
  { amount }: Request,
): string | undefined {
  if (amount.kind === 'full') return undefined;
  const { currency } = amount.money;
  return definition.amount.lowerCase ? currency.toLowerCase() : currency;
}

type AskedAmount = WrittenAmount | { readonly wire: undefined; readonly problem?: never };

function writeAskedAmount<P extends string, Request extends AnyRefundRequest>(
  definition: Definition<P, Request>,
  amount: FullRefund | PartialRefund,
): AskedAmount {
  if (!isObject(amount)) return refuse('is required: partial(money(…)), or full() where the provider has it');
  if (amount.kind === 'full') {
    const { expect } = amount;
    if (expect !== undefined && !isMoney(expect)) return refuse('full(expect) takes money(currency, minor)');
    if (expect !== undefined && expect.minor <= 0n) return refuse('full(expect) expects more than zero');
    if (definition.amount.full === 'omitted') return { wire: undefined };
    return refuse('full() is not something this provider can do: name the amount with partial(money(…))');
  }
  if (amount.kind !== 'partial') return refuse('must be made with full() or partial(money(…))');
  const { money } = amount;
  if (!isMoney(money)) return refuse('needs money(currency, minor) with a bigint of whole minor units');
  if (money.minor <= 0n) return refuse(`must be more than zero, not ${money.minor}; zero never means full`);
  return writeAmount(money, definition.amount, definition.amount.exponents);
}

function refuse(problem: string): AskedAmount {
  return { problem };
}

/** What the caller expects of the payment has to be money, and in the currency of the amount. */
function checkExpected<P extends string, Request extends AnyRefundRequest>(
  definition: Definition<P, Request>,
  request: Request,
): FieldError[] {
  const expected = expectedTotal(definition.payment, request);
  if (expected === undefined) return [];
  const field = `expect.${definition.payment?.measure}`;
  if (!isMoney(expected)) return [{ field, message: 'must be made with money(currency, minor)' }];
  const { amount } = request;
  const asked = amount?.kind === 'partial' ? amount.money : amount?.expect;
  if (!isMoney(asked) || asked.currency === expected.currency) return [];
  return [{ field, message: `is in ${expected.currency}, but the amount in ${asked.currency}` }];
}

function isMoney(value: unknown): value is Money {
  return isObject(value) && typeof value['minor'] === 'bigint' && typeof value['currency'] === 'string';
}

/** `body.receipt` is `refundRef` for the caller. The most exact place counts. */
function inCallersNames(fault: FieldError, places: Readonly<Record<string, string>>): FieldError {
  const [place, name] = Object.entries(places)
    .filter(([at]) => fault.field === at || fault.field.startsWith(`${at}.`))
    .reduce((best, entry) => (entry[0].length > best[0].length ? entry : best), ['', '']);
  return place === '' ? fault : { ...fault, field: name + fault.field.slice(place.length) };
}

/** What is recorded of a prepared request before it is sent. */
export async function describeAttempt<P extends string, Request extends AnyRefundRequest, R extends AnyRefund>(
  definition: RefundDefinition<P, Request, R>,
  { amount, payment, refundRef }: Request,
  { http }: PreparedRequest,
): Promise<RefundAttempt<P>> {
  return {
    provider: definition.provider,
    refundRef,
    attemptId: crypto.randomUUID(),
    payment: canonicalId(String(payment)),
    amount: amount.kind === 'full' ? null : recordMoney(amount.money),
    ...(amount.kind === 'full' && amount.expect !== undefined ? { expectedAmount: recordMoney(amount.expect) } : {}),
    fingerprint: await fingerprint(http),
    startedAt: new Date().toISOString(),
  };
}
