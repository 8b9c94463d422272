import { own, ownList, ownText } from '../json.js';
import { bodySchemas, type Field, fieldsOf } from '../load/fields.js';
import type { OperationRef } from '../load/operations.js';
import { typeName } from '../load/schema-at.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';
import { AMOUNT_THRESHOLD, amountWeight } from './amount-field.js';
import { type NamedField, PAYMENT_THRESHOLD, paymentWeight } from './payment-field.js';
import { isKnown, isPrefix, isRefund, refersToNothing, type Subject, subjectOf, words } from './words.js';

/** A sign of what an operation is, and where it stands. */
export interface Reason {
  readonly says: string;
  readonly weight: number;
  readonly pointer: string;
}

/** A part of a path: a fixed text or a parameter. */
export interface Segment {
  readonly words: readonly string[];
  readonly isParameter: boolean;
}

/** The words of an operation, by where they stand. */
export interface OperationWords {
  readonly segments: readonly Segment[];
  readonly id: readonly string[];
  readonly summary: readonly string[];
  /** Of the first sentence of the description. */
  readonly description: readonly string[];
  readonly tags: readonly string[];
  readonly isDeprecated: boolean;
}

/** Reads the words of an operation. */
export function readWords(document: SpecDocument, { path, pointer }: OperationRef): OperationWords {
  const value = resolve(document, pointer)?.value;
  return {
    segments: splitPath(path),
    id: words(ownText(value, 'operationId') ?? ''),
    summary: words(firstSentence(ownText(value, 'summary') ?? '')),
    description: words(firstSentence(ownText(value, 'description') ?? '')),
    tags: ownList(value, 'tags').flatMap((tag) => (typeof tag === 'string' ? words(tag) : [])),
    isDeprecated: own(value, 'deprecated') === true,
  };
}

/** `/orders/{id}:refund` has three segments: a custom method stands behind a colon. */
function splitPath(path: string): readonly Segment[] {
  return path.split('/').flatMap((part) =>
    (part.match(/\{[^{}]*\}|[^{}]+/g) ?? []).flatMap((text): Segment[] => {
      const isParameter = text.startsWith('{');
      const own = words(text).filter((word) => isParameter || !/^(json|xml|php|aspx)$/.test(word));
      return own.length === 0 ? [] : [{ words: own, isParameter }];
    }),
  );
}

function firstSentence(text: string): string {
  const plain = text
    .slice(0, 600)
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\]\([^()]*\)/g, ' ')
    .trim();
  return plain.split(/\.(?:\s|$)|\n\s*\n/, 1)[0] ?? '';
}

/** Whether a fixed part of a path speaks of a refund. */
export function saysRefund({ isParameter, words: own }: Segment): boolean {
  return !isParameter && own.some(isRefund);
}

/** How much is said of refunds: in the path, the id, the summary. */
export function refundSigns({ pointer }: OperationRef, found: OperationWords): readonly Reason[] {
  const segment = found.segments.filter(saysRefund).at(-1);
  const signs: (Reason | false)[] = [
    segment !== undefined && {
      says: `the path says ${segment.words.join(' ')}`,
      weight: pathWeight(segment),
      pointer,
    },
    segment === undefined &&
      found.segments.some(saysReversal) && { says: 'the path says reversal', weight: 3, pointer },
    // `/transactions/{id}/credit`: weaker still, as accounts are credited, too.
    segment === undefined && found.segments.some(saysCredit) && { says: 'the path says credit', weight: 1, pointer },
    found.id.some(isRefund) && {
      says: 'the operationId speaks of a refund',
      weight: 3,
      pointer: `${pointer}/operationId`,
    },
    found.summary.some(isRefund) && {
      says: 'the summary speaks of a refund',
      // `Refund a transaction` says what the operation does; `Get details and refunds` mentions them.
      weight: found.summary.slice(0, 1).some(isRefund) ? 4 : 2,
      pointer: `${pointer}/summary`,
    },
    found.description.some(isRefundOrVerb) && {
      says: 'the description begins with a refund',
      weight: 1,
      pointer: `${pointer}/description`,
    },
    found.tags.some(isRefund) && { says: 'a tag speaks of refunds', weight: 1, pointer: `${pointer}/tags` },
  ];
  return signs.filter((sign) => sign !== false);
}

/** The refund alone, one among words that leave it one, or a name of something else: `refund-links`. */
function pathWeight({ words: own }: Segment): number {
  if (own.length === 1) return 5;
  return own.every(isKnown) ? 4 : 2;
}

function saysCredit({ isParameter, words: own }: Segment): boolean {
  return !isParameter && own.length === 1 && own[0] === 'credit';
}

/** A weak sign: what is reversed is as often an authorization. */
function saysReversal({ isParameter, words: own }: Segment): boolean {
  return !isParameter && own.some((word) => /^revers(e|al|als)$/.test(word));
}

function isRefundOrVerb(word: string): boolean {
  return isRefund(word) || word === 'refunded';
}

/** What the request is like: whether it names a payment and an amount. */
export function requestSigns(
  document: SpecDocument,
  operation: OperationRef,
  found: OperationWords,
): readonly Reason[] {
  const { pointer } = operation;
  const { hasAmount, named } = weighRequest(document, operation);
  const body = `${pointer}/requestBody`;
  const signs: (Reason | false)[] = [
    named >= 9 && { says: 'the request names a payment', weight: 2, pointer },
    named >= PAYMENT_THRESHOLD && named < 9 && { says: 'the request names what is refunded', weight: 1, pointer },
    named < PAYMENT_THRESHOLD && { says: UNNAMED, weight: -2, pointer },
    hasAmount && { says: 'the request has an amount', weight: 1, pointer: body },
    isResource(found) && { says: 'refunds are a resource of their own', weight: 2, pointer },
    found.isDeprecated && { says: 'it is deprecated', weight: -3, pointer: `${pointer}/deprecated` },
  ];
  return signs.filter((sign) => sign !== false);
}

/** Said of a request that may still refund: some name what is refunded in words that nobody knows. */
export const UNNAMED = 'nothing in the request names what is refunded';

/** `/v1/refunds`, and not `/bank-refunds`. */
function isResource({ segments }: OperationWords): boolean {
  const fixed = segments.filter(({ isParameter, words: own }) => !isParameter && !own.every(isPrefix));
  const [only] = fixed;
  return fixed.length === 1 && only?.words.length === 1 && only.words.every(isRefund);
}

/** What is done at a device needs one: no server can call it on its own. */
export function deviceSigns(document: SpecDocument, operation: OperationRef): readonly Reason[] {
  const { needsDevice } = weighRequest(document, operation);
  const pointer = `${operation.pointer}/requestBody`;
  return needsDevice ? [{ says: 'the request needs a device', weight: -3, pointer }] : [];
}

/** The names of path parameters, each with those around it: `/payments/{id}` says what it is the id of. */
export function pathNames(path: string): ReadonlyMap<string, readonly string[]> {
  const found = [...path.matchAll(/([^{}/]*)\/\{([^{}]*)\}/g)];
  return new Map(
    found.map(([, before = '', name = '']) => [
      name,
      words(name).some((word) => subjectOf(word) !== undefined) ? [name] : [before, name],
    ]),
  );
}

/** What the names in a request say. */
interface RequestWeight {
  /** How strongly one of them names the payment. */
  readonly named: number;
  readonly hasAmount: boolean;
  readonly needsDevice: boolean;
}

function weighRequest(document: SpecDocument, { path, pointer }: OperationRef): RequestWeight {
  const inPath = [...pathNames(path).values()].map((names) => ({ path: names, type: 'string', required: true }));
  const [body] = bodySchemas(document, pointer);
  const weights = [weigh(inPath), ...(body === undefined ? [] : [weighBody(fieldsOf(document, body.pointer))])];
  return {
    named: Math.max(...weights.map(({ named }) => named)),
    hasAmount: weights.some(({ hasAmount }) => hasAmount),
    needsDevice: weights.some(({ needsDevice }) => needsDevice),
  };
}

/** A thousand operations may share one body: its fields are listed once (`fieldsOf`), and so weighed once. */
const weighed = new WeakMap<readonly Field[], RequestWeight>();

function weighBody(fields: readonly Field[]): RequestWeight {
  const known = weighed.get(fields);
  if (known !== undefined) return known;
  const weight = weigh(fields.map((field) => ({ ...field, type: typeName(field.schema) ?? 'none' })));
  weighed.set(fields, weight);
  return weight;
}

function weigh(fields: readonly NamedField[]): RequestWeight {
  return {
    named: fields.reduce((most, field) => Math.max(most, paymentWeight(field)), 0),
    hasAmount: fields.some((field) => amountWeight(field) >= AMOUNT_THRESHOLD),
    needsDevice: fields.some(({ path, required }) => required && path.flatMap(words).includes('device')),
  };
}

const SUBJECT_WEIGHTS: Readonly<Record<Subject, number>> = {
  payment: 1,
  order: 0,
  invoice: 0,
  subscription: -2,
  fee: -5,
  terminal: -4,
  transfer: -2,
  note: -4,
  item: -2,
  other: -4,
};

/** What is refunded, by the words around the refund in the path, or else in the id. */
export function subjectSigns({ pointer }: OperationRef, found: OperationWords): readonly Reason[] {
  const fixed = found.segments.filter(({ isParameter }) => !isParameter);
  const subjects = fixed.flatMap(subjectIn);
  const all = subjects.length > 0 ? subjects : found.id.slice(0, 4).flatMap((word) => subjectOf(word) ?? []);
  const isUnreferenced = [...found.id, ...found.summary].some(refersToNothing);
  return [...new Set([...all, ...(isUnreferenced ? (['other'] as const) : [])])].map((subject) => ({
    says: `what is refunded is of the kind ${subject}`,
    weight: SUBJECT_WEIGHTS[subject],
    pointer,
  }));
}

/** `application_fees` is a fee, whatever its other words. `refund-account` is where refunds go, not what is refunded. */
function subjectIn(segment: Segment): readonly Subject[] {
  const known = segment.words.flatMap((word) => subjectOf(word) ?? []);
  return saysRefund(segment) && segment.words.some((word) => /^accounts?$/.test(word)) ? [...known, 'other'] : known;
}
