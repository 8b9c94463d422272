import { randomBytes } from 'node:crypto';
import type { CredentialPart, RefundApi, Setting } from '../ir.js';
import type { SimulatedProvider } from '../simulate/provider.js';
import type { ClientsUnderTest, ClientUnderTest, JournalUnderTest, RefundCall } from './client.js';
import { sampleOf } from './sample.js';

/** A provider whose client is put to the test. */
export interface Subject {
  readonly api: RefundApi;
  readonly clients: ClientsUnderTest;
  /** A currency that the provider takes. */
  readonly currency: string;
}

/** A client, and the secrets that nothing may give away. */
export interface Armed {
  readonly client: ClientUnderTest;
  readonly secrets: readonly string[];
}

/** Makes a client of a provider that talks to its simulation. */
export function armClient(
  { api, clients }: Subject,
  provider: Pick<SimulatedProvider, 'url'>,
  journal: JournalUnderTest,
  config: object,
): Armed {
  const credentials = namesOf(api).map((name) => [name, `sk_live_${randomBytes(12).toString('hex')}`] as const);
  const { servers } = api;
  const client = clients.create(api.provider.id, {
    auth: Object.fromEntries(credentials),
    baseUrl: provider.url,
    ...(servers.kind === 'named' && servers.servers.length > 1 ? { server: servers.servers[0]?.name } : {}),
    ...Object.fromEntries(api.settings.filter(isNeeded).map(({ name, shape }) => [name, sampleOf(shape)])),
    journal,
    ...config,
  });
  return { client, secrets: credentials.map(([, secret]) => secret) };
}

function isNeeded({ required }: Setting): boolean {
  return required;
}

/** The credentials of the first way to authenticate. */
function namesOf({ auth }: RefundApi): readonly string[] {
  const parts = (auth[0] ?? []).flatMap((scheme): CredentialPart[] =>
    scheme.kind === 'basic' ? [scheme.username, scheme.password] : [scheme.value],
  );
  return [...new Set(parts.flatMap((part) => ('credential' in part ? [part.credential] : [])))];
}

/** What is asked for in one case. */
export interface Asking {
  readonly refundRef: string;
  readonly payment: string;
  readonly amount: unknown;
}

/** The request as this provider's client takes it: with all that it requires, and nothing else. */
export function requestOf({ create }: RefundApi, { amount, payment, refundRef }: Asking): RefundCall {
  const reason = create.reason?.value;
  const needed = [...create.others, ...(create.note === null ? [] : [{ ...create.note.value, name: 'note' }])];
  return {
    refundRef,
    payment: create.payment.value.type === 'integer' ? Number(payment) : payment,
    amount,
    ...(reason?.required === true ? { reason: reason.values?.[0] ?? 'sample' } : {}),
    ...Object.fromEntries(needed.filter(({ required }) => required).map(({ name, shape }) => [name, sampleOf(shape)])),
  };
}
