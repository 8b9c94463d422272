import { type Subject, subjectOf, words } from './words.js';

/** A field or parameter, by the words of the names around it and of its own. */
export interface NamedField {
  readonly path: readonly string[];
  readonly type: string | undefined;
  readonly required: boolean;
}

const REFERS = new Set(
  'id ids reference ref key token number no uuid guid code psp intent identifier pk rrn stan original orig parent request session link attempt'.split(
    ' ',
  ),
);

const BY_SUBJECT: Readonly<Partial<Record<Subject, number>>> = { payment: 10, order: 7, invoice: 6, transfer: 5 };

/** Words for the one that was there before the refund. */
const ORIGINAL = new Set(['original', 'orig']);

/** They say so beside the name of a payment, and with anything else may say another thing: `source_account_id`. */
const RELATED = new Set('related linked source initial previous parent'.split(' '));

/** More than being required is worth: `transaction_id` beside `original_transaction_id` is the refund's own. */
const ORIGINAL_WEIGHT = 2;

/** The least weight with which a name is taken to name the payment. */
export const PAYMENT_THRESHOLD = 5;

/**
 * How strongly a field's name says that it names what is refunded: `payment_id`, `originalReference`, `charge`. Zero
 * where it says nothing, or something else, as `payment_method` does.
 */
export function paymentWeight({ path, required, type }: NamedField): number {
  if (type !== 'string' && type !== 'integer' && type !== 'number' && type !== undefined) return 0;
  const all = words(path.at(-1) ?? '');
  const own = all.filter((word) => !ORIGINAL.has(word) && !RELATED.has(word));
  const isOriginal = all.some((word) => ORIGINAL.has(word));
  const isRelated = all.some((word) => RELATED.has(word));
  const subjects = own.flatMap((word) => subjectOf(word) ?? []);
  const isForeign = own.some((word) => subjectOf(word) === undefined && !REFERS.has(word) && !OWNERS.has(word));
  if (isForeign && !isOriginal) return 0;
  // `transaction_fee` and `order_note` are about a payment, and no name of it.
  if (subjects.some((subject) => subject === 'fee' || subject === 'item' || subject === 'note')) return 0;
  const plain = Math.max(0, ...subjects.map((subject) => BY_SUBJECT[subject] ?? 0));
  const weight = plain > 0 && (isOriginal || isRelated) ? plain + ORIGINAL_WEIGHT : plain;
  const isNamed = own.some((word) => REFERS.has(word) || subjectOf(word) !== undefined);
  const original = !isNamed ? 0 : isOriginal ? 10 + ORIGINAL_WEIGHT : isRelated ? 10 : 0;
  const around = Math.max(
    0,
    ...path
      .slice(0, -1)
      .flatMap(words)
      .map((word) => BY_SUBJECT[subjectOf(word) ?? 'other'] ?? 0),
  );
  // `transaction.id`, `paymentRef.value`: the name around it says whose.
  const nested = own.every((word) => REFERS.has(word)) && path.length > 1 ? Math.max(0, around - 2) : 0;
  const found = Math.max(weight, original, nested);
  if (found === 0) return 0;
  const inList = path.includes('[]') ? 4 : 0;
  // Of `payment_intent_id` and `payment_attempt_id`, the payment is the first.
  const isPart = own.some((word) => /^(request|session|link|attempt)$/.test(word)) ? 0.5 : 0;
  return found + (required ? 1 : 0) - (path.length - 1) * 0.5 - inList - isPart;
}

/** Words that say whose a payment is, and change nothing else. */
const OWNERS = new Set('provider gateway acquirer network external'.split(' '));
