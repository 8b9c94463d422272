import { inspect } from 'node:util';
import type { RefundApi } from '../ir.js';
import type { Ledger, LedgerRefund } from '../simulate/ledger.js';
import { moves } from '../simulate/ledger.js';
import type { SimulatedRequest } from '../simulate/provider.js';
import type { SeenOutcome, SeenVerdict } from './client.js';

/** What every client has to keep, whatever happens. The numbers are those of the documentation. */
export const LAWS = {
  once: 'money moves at most once for one refundRef',
  truth: 'never refused when money moved, never accepted when it did not',
  exact: 'what is sent is what was asked',
  single: 'without idempotency, one call sends at most one request to refund',
  evidence: 'reconcile never claims more than the ledger shows',
  ends: 'every call ends, and leaves nothing open',
  secrets: 'no secret shows in anything',
  certain: 'what is certain is said',
} as const;
export type Law = keyof typeof LAWS;

export const LAW_NAMES: readonly Law[] = ['once', 'truth', 'exact', 'single', 'evidence', 'ends', 'secrets', 'certain'];

/** A law that was not kept, and how. */
export interface Violation {
  readonly law: Law;
  readonly message: string;
}

export function violation(law: Law, message: string): Violation {
  return { law, message };
}

/** The refunds of this client that have moved money, or may still. */
function moved(ledger: Ledger): readonly LedgerRefund[] {
  return ledger.refunds.filter((refund) => !refund.elsewhere && moves(refund));
}

export function checkOnce(ledger: Ledger): Violation[] {
  const found = moved(ledger);
  return found.length <= 1
    ? []
    : [violation('once', `${found.length} refunds: ${found.map(({ id }) => id).join(', ')}`)];
}

/** Compares an outcome with what is in the ledger at that moment. */
export function checkTruth(outcome: SeenOutcome, ledger: Ledger): Violation[] {
  const hasMoved = moved(ledger).length > 0;
  if (outcome.kind === 'refused' && hasMoved) {
    return [violation('truth', `refused (${outcome.error?.kind}: ${outcome.error?.message}), but money moved`)];
  }
  if (outcome.kind !== 'accepted') return [];
  const made = ledger.refunds.filter(({ elsewhere }) => !elsewhere);
  const said = outcome.refund?.status;
  if (made.length === 0) return [violation('truth', `accepted as ${said}, but there is no refund`)];
  const isSo = said !== 'succeeded' || made.some(({ status }) => status === 'succeeded');
  const hasFailed = said === 'failed' || said === 'canceled';
  if (hasFailed && hasMoved) return [violation('truth', `said to be ${said}, but money moved`)];
  if (!hasFailed && said !== 'unrecognized' && !hasMoved)
    return [violation('truth', `accepted as ${said}, but no money moved`)];
  return isSo ? [] : [violation('truth', 'succeeded, but the ledger does not say so')];
}

/** What was asked of the client. */
export interface Wanted {
  readonly refundRef: string;
  readonly payment: string;
  readonly currency: string;
  /** `null`: all that is left. */
  readonly minor: bigint | null;
}

/** Compares every request to refund with what was asked for. */
export function checkExact(api: RefundApi, wanted: Wanted, requests: readonly SimulatedRequest[]): Violation[] {
  const { create } = api;
  return requests.flatMap(({ asked, role, target }) => {
    if (role === 'other') return [violation('exact', `something else was requested: ${target}`)];
    if (asked === undefined) return [];
    const { currency, minor, payment, reference } = asked;
    const differences = [
      payment === wanted.payment ? '' : `payment ${payment}`,
      minor === wanted.minor ? '' : `amount ${minor}`,
      currency === undefined || currency === wanted.currency ? '' : `currency ${currency}`,
      create.amount.currency?.required === true && currency === undefined && minor !== null ? 'no currency' : '',
      create.reference === null || reference === wanted.refundRef ? '' : `reference ${reference}`,
    ].filter((difference) => difference !== '');
    return differences.length === 0 ? [] : [violation('exact', `sent ${differences.join(', ')}`)];
  });
}

/** What a reconciliation says against what is in the ledger. */
export function checkEvidence({ evidence, verdict }: SeenVerdict, ledger: Ledger): Violation[] {
  const hasMoved = moved(ledger).length > 0;
  if (verdict === 'did_not_happen' && hasMoved) return [violation('evidence', 'did not happen, but money moved')];
  if (verdict !== 'happened') return [];
  // A refund that the provider has made may have failed since: then the evidence says so.
  const said = evidence?.status ?? 'moved';
  const isMade = ledger.refunds.some(({ elsewhere, status }) => !elsewhere && (hasMoved || status === said));
  return isMade ? [] : [violation('evidence', `happened (${said}), but no money moved`)];
}

/** Looks for secrets in what anybody can see. */
export function checkSecrets(secrets: readonly string[], seen: readonly unknown[]): Violation[] {
  const text = seen
    .map((value) => inspect(value, { depth: Infinity, showHidden: true, maxStringLength: null }))
    .join('\n');
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    ...[secret, `${secret}:`, `:${secret}`].map((part) => Buffer.from(part).toString('base64').replace(/=+$/, '')),
  ]);
  const found = forms.filter((form) => text.includes(form));
  return found.length === 0 ? [] : [violation('secrets', `a secret shows: …${around(text, found[0] ?? '')}…`)];
}

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 60), at) + '*'.repeat(8);
}
