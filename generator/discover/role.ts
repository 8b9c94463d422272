import type { OperationRef } from '../load/operations.js';
import { type OperationWords, type Reason, type Segment, saysRefund } from './signs.js';
import { type Action, actionOf, isQualifier, isRefund, subjectOf } from './words.js';

/** What an operation about refunds does. `other`: none of what a client of refunds needs. */
export type Role = 'create' | 'retrieve' | 'list' | 'cancel' | 'update' | 'other';

/** A role, and what it was taken from. */
export interface FoundRole {
  readonly role: Role;
  readonly reasons: readonly Reason[];
}

/**
 * Says what an operation does with refunds, by where its verbs stand: behind the refund in the path counts most.
 *
 * @param isRead - whether the path can also be read with GET.
 */
export function findRole(operation: OperationRef, found: OperationWords, isRead: boolean): FoundRole {
  const { pointer } = operation;
  const decided = (action: Action, says: string): FoundRole => ({
    role: action === 'record' ? 'other' : action,
    reasons: [
      { says: action === 'record' ? `it records a refund that was made elsewhere: ${says}` : says, weight: 0, pointer },
    ],
  });
  if (operation.method === 'DELETE') return decided('cancel', 'it is a DELETE');
  if (found.segments.some(({ words }) => words.some((word) => ASIDE.has(word)))) {
    return decided('other', 'the path is about something beside refunds');
  }
  if (recordsOnly(found)) return decided('record', 'its words say so');
  const at = found.segments.reduce((last, segment, index) => (saysRefund(segment) ? index : last), -1);
  const behind = at < 0 ? [] : found.segments.slice(at + 1);
  const tail = behind.filter(({ isParameter }) => !isParameter).flatMap(({ words }) => words);
  if (tail.length > 0 && !qualifies(behind)) {
    const action = tail.flatMap((word) => actionOf(word) ?? [])[0];
    return decided(action ?? 'other', `the path goes on with ${tail.join(' ')}`);
  }
  const segment = found.segments[at];
  const mixed = [segment?.words ?? [], found.id, found.summary].find(isMixed);
  if (operation.method === 'GET') return decided(readsOne(found, at, behind) ? 'retrieve' : 'list', 'it is a GET');
  if (mixed !== undefined) {
    const says = 'it cancels or refunds, whichever the provider can';
    return { role: 'create', reasons: [{ says, weight: -5, pointer }] };
  }
  const inPath = (segment?.words ?? []).flatMap((word) => actionOf(word) ?? [])[0];
  if (inPath !== undefined) return decided(inPath, `the path says ${segment?.words.join(' ')}`);
  const verb = verbOf(found);
  const isItem = behind.length > 0 && behind.every((part) => part.isParameter && namesRefund(part));
  const makes = operation.method === 'POST' && !isRead;
  if (isItem && goesOn(found)) return decided('other', 'it goes on with one refund that exists');
  if (isItem && !makes) return decided(verb ?? 'update', 'the path names one refund that exists');
  return verb === undefined
    ? decided('create', `it is a ${operation.method}`)
    : decided(verb, 'its id or summary says so');
}

/** `/refunds/full/{id}`, `/refund/payment`: what follows says which refund, not what else is done. */
function qualifies([first]: readonly Segment[]): boolean {
  return first?.isParameter === false && first.words.every((word) => isQualifier(word) || isPaid(word));
}

function isPaid(word: string): boolean {
  return subjectOf(word) === 'payment' || subjectOf(word) === 'order';
}

/** What stands beside refunds in a path, and never makes one. */
const ASIDE = new Set(
  (
    'simulate simulation simulations webhook webhooks callback callbacks notification notifications report reports ' +
    'metrics analytics settings rule rules ledger accounting testing helpers mock fake'
  ).split(' '),
);

/** `{id}` and `{refund_id}` behind refunds name one; `{paymentId}` names what is refunded. */
function namesRefund({ words }: Segment): boolean {
  if (words.some(isRefund)) return true;
  return !words.some((word) => subjectOf(word) !== undefined || /^(orig|original)$/.test(word));
}

/** What is done with a refund after it was made. `completeRefund` of a payment may well make one: only where one is named. */
const AFTERWARDS = new Set(
  'complete book settle close reopen accept decline authorize authorise acknowledge sign finish pay process'.split(' '),
);

function goesOn({ id, summary }: OperationWords): boolean {
  return [...id.slice(0, 2), ...summary.slice(0, 1)].some((word) => AFTERWARDS.has(word));
}

function readsOne(found: OperationWords, at: number, behind: readonly Segment[]): boolean {
  if (behind.length > 0) return behind.every((part) => part.isParameter && namesRefund(part));
  const last = found.segments.at(-1);
  if (at < 0) return last?.isParameter === true;
  // `GET /payments/{id}/refund` reads the one refund of a payment, `GET /refund` lists.
  const singular = last?.words.includes('refund') === true;
  return singular && found.segments.slice(0, at).some(({ isParameter }) => isParameter);
}

/** `cancel or refund`, `refundOrVoid`. */
function isMixed(own: readonly string[]): boolean {
  const at = own.findIndex((word) => word === 'or' || word === 'and');
  const [before, after] = [own[at - 1] ?? '', own[at + 1] ?? ''];
  const cancels = (word: string): boolean => /^(cancel|void|reverse|release)$/.test(word);
  return at > 0 && ((cancels(before) && isRefund(after)) || (isRefund(before) && cancels(after)));
}

/** `Records a refund …`, `/invoices/{id}/record_refund`, `/external_orders/…`: no money moves. */
function recordsOnly(found: OperationWords): boolean {
  const first = [found.summary[0], found.description[0], found.id[0]].map((word) => (word ?? '').replace(/s$/, ''));
  if (first.some((word) => word === 'record' || word === 'log' || word === 'mark')) return true;
  return found.segments.some(
    ({ isParameter, words }) => !isParameter && words.some((word) => /^(record|external|offline|manual)$/.test(word)),
  );
}

/** The verb of the id or the summary. `refund` itself is the verb of creating, and the method's name is none. */
function verbOf({ id, summary }: OperationWords): Action | undefined {
  const own = id.filter((word, index) => index > 0 || !/^(post|put|patch)$/.test(word));
  const inId = own.filter((word) => word !== 'all').flatMap((word) => actionOf(word) ?? []);
  // `Refund all transactions` refunds; `Refunds - List` lists.
  const ends = summary[0] === 'refund' ? [] : [...summary.slice(0, 2), ...summary.slice(-1)];
  const inSummary = ends.filter((word) => word !== 'all').flatMap((word) => actionOf(word) ?? []);
  return [...inId, ...inSummary][0];
}
