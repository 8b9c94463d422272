import path from 'node:path';
import { loadJiti } from '../libraries.js';
import { toIdentifier } from '../names.js';

/** The part of a generated client that is put to the test. Its types are in the generated code; this is what they say. */
export interface ClientUnderTest {
  readonly refund: (request: RefundCall, options?: CallOptions) => Promise<SeenOutcome>;
  readonly reconcile?: (attempt: unknown, ...seen: readonly unknown[]) => Promise<SeenVerdict>;
  readonly retrieve?: (refundId: string) => Promise<unknown>;
  readonly release: (attempt: unknown) => Promise<void>;
}

/** A request to refund. What else it takes differs from provider to provider. */
export interface RefundCall {
  readonly refundRef: string;
  readonly payment: string | number;
  readonly amount: unknown;
  readonly [field: string]: unknown;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** How a call of `refund` has ended. */
export interface SeenOutcome {
  readonly kind: 'accepted' | 'refused' | 'unknown';
  readonly refund?: { readonly status: string; readonly money?: SeenMoney; readonly id?: string };
  readonly error?: { readonly kind: string; readonly retryAfterMs?: number; readonly message: string };
  readonly attempt?: unknown;
}

export interface SeenMoney {
  readonly currency: string;
  readonly minor: bigint;
}

export interface SeenVerdict {
  readonly verdict: 'happened' | 'did_not_happen' | 'still_unknown';
  /** Of a refund that was read: where it stands. */
  readonly evidence?: { readonly status?: string };
}

/** A generated folder, as far as the conformance kit uses it. */
export interface ClientsUnderTest {
  readonly create: (provider: string, config: object) => ClientUnderTest;
  readonly money: (currency: string, minor: bigint) => SeenMoney;
  readonly partial: (money: SeenMoney) => unknown;
  readonly full: (expect?: SeenMoney) => unknown;
  readonly memoryJournal: () => JournalUnderTest;
}

export interface JournalUnderTest {
  readonly ofPayment: (provider: string, payment: string) => Promise<readonly unknown[]>;
}

type Exported = (...given: readonly unknown[]) => unknown;

/**
 * Loads the generated clients of a folder as they stand there. TypeScript needs no build.
 *
 * @throws Error where the folder has no such module, or it cannot be loaded.
 */
export async function loadClients(folder: string): Promise<ClientsUnderTest> {
  const jiti = loadJiti().createJiti(import.meta.url, { fsCache: false });
  return clientsOf(await jiti.import(path.join(folder, 'index.ts')));
}

/** The clients of a generated module. What it does not export throws when it is used. */
export function clientsOf(generated: unknown): ClientsUnderTest {
  const exported = (name: string): Exported => {
    const all = typeof generated === 'object' && generated !== null ? Object.entries(generated) : [];
    const value: unknown = all.find(([key]) => key === name)?.[1];
    if (typeof value !== 'function') throw new Error(`the generated index.ts does not export ${name}`);
    return (...given) => Reflect.apply(value, undefined, given);
  };
  // The generator has written this module, and knows its types; the compiler does not see it.
  return {
    create: (provider, config) => exported(`create${toIdentifier(provider, 'pascal')}`)(config) as ClientUnderTest,
    money: (currency, minor) => exported('money')(currency, minor) as SeenMoney,
    partial: (money) => exported('partial')(money),
    full: (expect) => exported('full')(expect),
    memoryJournal: () => exported('memoryJournal')() as JournalUnderTest,
  };
}
