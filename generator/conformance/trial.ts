import type { RefundApi } from '../ir.js';
import { startProvider } from '../simulate/provider.js';
import type { ClientsUnderTest } from './client.js';
import { armClient, requestOf } from './subject.js';

/** Tried in this order: most providers take the first ones, a provider at home somewhere only its own. */
const CURRENCIES = [
  ...['EUR', 'USD', 'GBP', 'MYR', 'CLP', 'BRL', 'INR', 'NGN', 'ZAR', 'AUD', 'CAD', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN'],
  ...['MXN', 'COP', 'ARS', 'PEN', 'SGD', 'HKD', 'JPY', 'KRW', 'IDR', 'THB', 'PHP', 'VND', 'AED', 'SAR', 'KES', 'GHS'],
];

/**
 * A currency in which the client sends a refund.
 *
 * @throws Error where there is none: what the client says of the last try is in the message.
 */
export async function findCurrency(api: RefundApi, clients: ClientsUnderTest): Promise<string> {
  const faults: string[] = [];
  for (const currency of CURRENCIES) {
    const fault = await tryCurrency(api, clients, currency);
    if (fault === undefined) return currency;
    faults.push(fault);
  }
  throw new Error(`no request could be made up that the client of ${api.provider.id} takes: ${faults[0]}`);
}

/** Why a client sends nothing in a currency; `undefined` where it does. */
async function tryCurrency(api: RefundApi, clients: ClientsUnderTest, currency: string): Promise<string | undefined> {
  const provider = await startProvider(api);
  try {
    const { id } = provider.addPayment({ currency, minor: 5000n });
    const { client } = armClient({ api, clients, currency }, provider, clients.memoryJournal(), {});
    const amount = clients.partial(clients.money(currency, 1500n));
    const outcome = await client.refund(requestOf(api, { refundRef: 'trial', payment: id, amount }));
    const isSent = provider.requests.some(({ role }) => role === 'create');
    return isSent ? undefined : `${outcome.kind}: ${outcome.error?.message}`;
  } finally {
    await provider.close();
  }
}
