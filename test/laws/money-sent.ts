import {
  type Currency,
  createChip,
  createMedusa,
  createPiriod,
  createWooshpay,
  memoryJournal,
  money,
  partial,
} from '../../generated/index.js';
import { json, listen } from '../loopback.js';

/** What came of one refund, as far as it is money. */
export interface Sent {
  readonly kind: 'accepted' | 'refused' | 'unknown';
  /** The body as the provider got it; none where nothing was sent. */
  readonly body: string | undefined;
  /** What the client read of the answer, which says the amount in the provider's own digits. */
  readonly minor: bigint | undefined;
}

/** A provider that answers every refund with the amount that it was asked for, and a client of it. */
export interface Counter {
  refund(currency: Currency, minor: bigint): Promise<Sent>;
  close(): Promise<void>;
}

type Outcome =
  | { readonly kind: 'accepted'; readonly refund: { readonly money?: { readonly minor: bigint } | undefined } }
  | { readonly kind: 'refused' | 'unknown' };

interface Asked {
  readonly refundRef: string;
  readonly amount: ReturnType<typeof partial>;
}

/** How each provider is called, and what it answers to an amount: the text of its digits. */
const PROVIDERS = {
  chip: {
    connect: (baseUrl: string) => {
      const client = createChip({ auth: { apiKey: 'key' }, baseUrl, journal: memoryJournal() });
      return (asked: Asked): Promise<Outcome> =>
        client.refund({ ...asked, payment: '0b3f6c1a-9d2e-4f7a-8b5c-1e2d3c4b5a69' });
    },
    status: 200,
    answer: (amount: string, currency: string) =>
      `{"type":"payment","id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","created_on":1700000000,"payment":{"is_outgoing":true,"payment_type":"refund","amount":${amount},"currency":"${currency}"},"related_to":{"type":"purchase","id":"0b3f6c1a-9d2e-4f7a-8b5c-1e2d3c4b5a69"}}`,
  },
  medusa: {
    connect: (baseUrl: string) => {
      const client = createMedusa({ auth: { apiToken: 'key' }, baseUrl, journal: memoryJournal() });
      return (asked: Asked): Promise<Outcome> => client.refund({ ...asked, payment: 'pay_1', reason: 'return' });
    },
    status: 200,
    answer: (amount: string) =>
      `{"refund":{"id":"ref_1","amount":${amount},"order_id":"order_1","payment_id":"pay_1","reason":"return","note":null,"metadata":null,"idempotency_key":null,"created_at":"2026-03-04T05:06:07.000Z","updated_at":"2026-03-04T05:06:07.000Z"}}`,
  },
  piriod: {
    connect: (baseUrl: string) => {
      const config = { auth: { token: 'key' }, workspace: 'acme', baseUrl, journal: memoryJournal() };
      const client = createPiriod(config);
      return (asked: Asked): Promise<Outcome> =>
        client.refund({ ...asked, payment: 77, reason: 'requested_by_customer' });
    },
    status: 201,
    answer: (amount: string, _: string, reference: string) =>
      `{"id":"rf_1","payment":77,"amount":${amount},"receipt":"${reference}","reason":"requested_by_customer","note":null,"metadata":{},"status":"succeeded","created":"2026-03-04T05:06:07.000Z","updated":"2026-03-04T05:06:07.000Z"}`,
  },
  wooshpay: {
    connect: (baseUrl: string) => {
      const config = { auth: { secretKey: 'key' }, server: 'test', baseUrl, journal: memoryJournal() } as const;
      const client = createWooshpay(config);
      return (asked: Asked): Promise<Outcome> => client.refund({ ...asked, payment: 'pi_1' });
    },
    status: 200,
    answer: (amount: string, currency: string, reference: string) =>
      `{"id":"re_9","object":"refund","amount":${amount},"created":1700000000,"currency":"${currency.toLowerCase()}","metadata":{"refund_ref":"${reference}"},"payment_intent":"pi_1","status":"succeeded"}`,
  },
} as const;

export type Provider = keyof typeof PROVIDERS;

export async function openCounter(provider: Provider): Promise<Counter> {
  const { answer, connect, status } = PROVIDERS[provider];
  let asked = { currency: '', reference: '' };
  const server = await listen((response, request) => {
    const amount = /"amount":"?([^",}]*)/.exec(server.seen.at(-1)?.body ?? '')?.[1] ?? '';
    json(status, answer(amount, asked.currency, asked.reference))(response, request);
  });
  const refund = connect(server.url);
  let count = 0;
  return {
    close: () => server.close(),
    refund: async (currency, minor) => {
      count += 1;
      asked = { currency, reference: `order-${count}` };
      const before = server.seen.length;
      const outcome = await refund({ refundRef: asked.reference, amount: partial(money(currency, minor)) });
      const read = outcome.kind === 'accepted' ? outcome.refund.money?.minor : undefined;
      return { kind: outcome.kind, body: server.seen[before]?.body, minor: read };
    },
  };
}
