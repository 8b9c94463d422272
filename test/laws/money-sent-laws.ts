import { expect } from 'vitest';
import type { Currency } from '../../templates/runtime/iso4217.js';
import { type Writing, wantedDigits } from './money-expected.js';
import type { Counter, Provider } from './money-sent.js';

/** What the overlay of each provider declares of amounts, and its spec of their type, written once more by hand. */
const FACTS: Readonly<Record<Provider, Omit<Writing, 'currency' | 'override'>>> = {
  chip: { format: { unit: 'minor', encoding: 'integer' } },
  medusa: { format: { unit: 'minor', encoding: 'integer' } },
  piriod: { format: { unit: 'major', encoding: 'number' } },
  wooshpay: { format: { unit: 'minor', encoding: 'string' } },
};

/** Medusa counts ariary whole, and nobody knows how it counts these. */
const MEDUSA_UNKNOWN: readonly Currency[] = [
  ...(['BHD', 'CLF', 'IQD', 'ISK', 'JOD', 'KWD', 'LYD', 'OMR', 'TND', 'UYI', 'UYW'] as const),
];

/** The digits that a provider has to get; `undefined` where it must not get anything. */
function wantedOf(provider: Provider, currency: Currency, minor: bigint): string | undefined {
  if (provider === 'medusa' && MEDUSA_UNKNOWN.includes(currency)) return undefined;
  const override = provider === 'medusa' && currency === 'MGA' ? 0 : undefined;
  return wantedDigits({ ...FACTS[provider], currency, override }, minor);
}

/** The digits of the amount in a body, as they stand there; a text with its quotes. */
function digitsIn(body: string): string | undefined {
  return /"amount":("[^"]*"|[^",}]*)/.exec(body)?.[1];
}

/** Refunds an amount, and holds what was sent and what was read of the answer to what they have to be. */
export async function expectExact(
  provider: Provider,
  counter: Counter,
  currency: Currency,
  minor: bigint,
): Promise<void> {
  const wanted = wantedOf(provider, currency, minor);
  const { body, kind, minor: read } = await counter.refund(currency, minor);
  const name = `${provider} ${minor} ${currency}`;
  if (wanted === undefined) {
    expect([name, kind, body]).toEqual([name, 'refused', undefined]);
    return;
  }
  const quoted = FACTS[provider].format.encoding === 'string' ? `"${wanted}"` : wanted;
  expect([name, kind, digitsIn(body ?? ''), read]).toEqual([name, 'accepted', quoted, minor]);
}
