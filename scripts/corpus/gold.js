import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * @typedef {object} Gold One file of a corpus, as its key has it.
 * @property {string} file
 * @property {'A' | 'hard' | 'trap' | 'negative'} tier
 * @property {{ method: string, path: string } | null} create
 * @property {readonly { method: string, path: string }[]} createAlternatives
 * @property {{ field: string, unit: string, unitBasis: string } | null} amount
 * @property {{ in: string, name: string } | null} paymentRef
 */

/**
 * @typedef {object} Marks What of an inspection is as the key has it; `undefined` where the key says nothing.
 * @property {boolean} create
 * @property {boolean | undefined} amount
 * @property {boolean | undefined} payment
 * @property {boolean} unit A unit that is stated is one that the key says is stated, and the same.
 * @property {boolean | undefined} unitFound
 */

/**
 * @param {string} folder
 * @returns {Promise<readonly Gold[]>}
 */
export async function readGold(folder) {
  return JSON.parse(await readFile(path.join(folder, 'gold.json'), 'utf8'));
}

/**
 * @param {Gold} gold
 * @param {any} found the object of `refundgen inspect --json`
 * @returns {Marks}
 */
export function mark(gold, found) {
  // What only records a refund, or reads one, is no answer: then none is right.
  const wanted = gold.tier === 'trap' || gold.tier === 'negative' ? null : gold.create;
  const right = [wanted, ...(mayBeEither(gold) ? gold.createAlternatives : [])];
  const create = right.some((one) => same(one, found.create));
  const asks = wanted !== null && create;
  const unit = found.amount?.basis === 'stated' ? found.amount.unit : undefined;
  const statedUnit = gold.amount?.unitBasis === 'spec' ? gold.amount.unit : undefined;
  return {
    create,
    amount: asks && gold.amount ? found.amount?.field === gold.amount.field : undefined,
    payment: asks && gold.paymentRef ? isPayment(gold.paymentRef, found.paymentRef) : undefined,
    unit: unit === undefined || unit === statedUnit,
    unitFound: asks && statedUnit !== undefined ? unit === statedUnit : undefined,
  };
}

/** @param {Gold} gold */
function mayBeEither(gold) {
  const { whyPrimary } = /** @type {{ whyPrimary?: string }} */ (gold.create ?? {});
  return /either (answer )?is (acceptable|right)/.test(whyPrimary ?? '');
}

/**
 * @param {{ method: string, path: string } | null} a
 * @param {{ method: string, path: string } | null} b
 */
function same(a, b) {
  return a?.method === b?.method && a?.path === b?.path;
}

/**
 * @param {{ in: string, name: string }} gold a name may be one of several: `payment_intent|charge`
 * @param {{ in: string, name: string } | null} found
 */
function isPayment(gold, found) {
  return gold.in === found?.in && gold.name.split('|').includes(found.name);
}
