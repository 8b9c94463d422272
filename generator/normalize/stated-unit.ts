import { type AmountText, inOrder, type PlainText, quoteAt, readPlain, type Span } from './evidence-text.js';
import { readForm } from './stated-form.js';
import { isConditional, isPlain, takenBack } from './stated-plain.js';
import { sumsOf } from './stated-sums.js';
import { type Claim, claimsOf, isOpen } from './stated-words.js';

export type { AmountText } from './evidence-text.js';

/** The unit of an amount as the spec states it. `quote` is verbatim, but for white space. */
export interface StatedUnit {
  readonly unit: 'minor' | 'major';
  readonly quote: string;
  readonly pointer: string;
}

/** `conflict`: what was said where the texts contradict each other; then nothing is stated. */
export interface UnitReading {
  readonly stated: StatedUnit | null;
  readonly conflict: readonly StatedUnit[];
}

interface Evidence extends StatedUnit {
  readonly says: Claim['says'];
}

const NOTHING: UnitReading = { stated: null, conflict: [] };

/**
 * The unit that the texts about an amount state beyond doubt. A wrong one refunds a hundred times too much, so that any
 * word against it, in any of the texts, leaves it unstated.
 */
export function readStatedUnit(texts: readonly AmountText[]): UnitReading {
  const evidence: Evidence[] = [];
  for (const text of texts) {
    const found = evidenceOf(text);
    if (found === null) return NOTHING;
    evidence.push(...found);
  }
  const [first] = sorted(evidence.filter(({ says }) => says === 'is'));
  if (first === undefined) return NOTHING;
  const against = sorted(evidence.filter(({ says, unit }) => (says === 'is') !== (unit === first.unit)));
  if (against.length === 0) return { stated: statedBy(first), conflict: [] };
  const other = first.unit === 'minor' ? 'major' : 'minor';
  return { stated: null, conflict: [statedBy(first), { ...statedBy(against[0] ?? first), unit: other }] };
}

function statedBy({ pointer, quote, unit }: Evidence): StatedUnit {
  return { unit, quote, pointer };
}

/** Rules before examples; beyond that, the order in which the texts come does not matter. */
function sorted(evidence: readonly Evidence[]): Evidence[] {
  const isExample = ({ quote }: Evidence) => /\b(?:example|e\.?g)\b|\d/iu.test(quote);
  return inOrder([...evidence].sort((a, b) => (a.unit < b.unit ? -1 : Number(a.unit > b.unit)))).sort(
    (a, b) => Number(isExample(a)) - Number(isExample(b)),
  );
}

/** No person says as much of the unit in one text. */
const MAX_CLAIMS = 100;

/** What one text says; `null` where it cannot be read, so that it might say anything. */
function evidenceOf(text: AmountText): Evidence[] | null {
  const read = readPlain(text.text);
  if (read === null) return null;
  if (text.kind !== 'description' && text.kind !== 'title') {
    return text.about === 'amount' ? formEvidence(text, read) : [];
  }
  const claims = [...claimsOf(read, text.type), ...sumsOf(read, text.type), ...takenBack(read)];
  if (claims.length > MAX_CLAIMS) return null;
  return claims.flatMap((claim) => {
    const sentence = read.sentences.find(({ end }) => claim.start < end) ?? claim;
    const says = weigh(claim, sentence, { read, about: text.about, claims });
    if (says === null) return [];
    const quoted = { quote: quoteAt(read, sentence, claim), pointer: text.pointer };
    // What is not said plainly states nothing, but it still speaks against the other unit.
    if (says === 'doubts-other')
      return [{ unit: claim.unit === 'minor' ? 'major' : 'minor', says: 'is-not', ...quoted }];
    return [{ unit: claim.unit, says, ...quoted }];
  });
}

function formEvidence(text: AmountText, read: PlainText): Evidence[] {
  const form = readForm(text);
  if (form === null) return [];
  const quote = read.quote({ start: 0, end: read.plain.length });
  const says = form === 'major' ? 'is' : 'is-not';
  return [{ unit: form === 'not-minor' ? 'minor' : 'major', says, quote, pointer: text.pointer }];
}

interface Surroundings {
  readonly read: PlainText;
  readonly about: AmountText['about'];
  readonly claims: readonly Claim[];
}

/** Whether a claim is about this amount, and holds always. What speaks against a unit counts wherever it stands. */
function weigh(
  claim: Claim,
  sentence: Span,
  { about, claims, read }: Surroundings,
): Claim['says'] | 'doubts-other' | null {
  if (claim.says === 'is-not') return claim.says;
  const words = read.plain.slice(sentence.start, sentence.end);
  if (isOpen(words, claim.unit)) return 'is-not';
  if (about === 'parent' && !/\b(?:amounts?|values?|money|sums?)\b/u.test(words)) return null;
  if (isConditional(words)) return 'is-not';
  if (isOfAnother(read.plain, sentence, claim)) return null;
  return isPlain(read, sentence, claim, claims) ? 'is' : 'doubts-other';
}

const AMOUNT = 'amounts?|values?|sums?|totals?|money|price|prices';
const OTHER =
  'fees?|tax|taxes|vat|gst|tips?|gratuity|discounts?|commissions?|surcharges?|shipping|freight|interest|cashback|coupons?|bonus|penalty|points|quantity|weight|insurance|rates?|ratios?|odds|scores?';
const BOUND =
  'minimum|maximum|min|max|limits?|thresholds?|balances?|at least|at most|less than|more than|greater than|exceeds?|up to|round(?:s|ed|ing)?';

/** What an amount includes does not make it another one: "the total including tax". */
const BESIDE = '(?:including|excluding|before|after|without|plus|inclusive of|exclusive of|net of)';

/** The name of another field that holds an amount. One's own is rarely spelled out in what is said of it. */
const FIELD = '(?=\\w*(?:amount|value|price|fee|total|cost|balance))\\w+_\\w+';

/** A word for an amount, or with what is before it for another one: "the fee amount". */
const THING = new RegExp(
  [
    `(?<!\\b${BESIDE} (?:all |any |the )?)\\b(?<other>(?:${OTHER})(?: (?:${AMOUNT}))?|${FIELD})\\b`,
    `\\b(?<bound>(?:${BOUND})(?: (?:${AMOUNT}))?)\\b`,
    `\\b(?:${AMOUNT})\\b`,
  ].join('|'),
  'gu',
);
/** "as many decimals as there are digits in the minor unit" */
const PART = /\b(?:digits|decimals|places|separator|exponent|precision)(?: [a-z]+){0,2} $/u;

/** How far back what a claim is about may have been named. */
const REACH = 1000;

const BEHIND = new RegExp(`^[ )]{0,2}(?:of|for) (?:the |any |an? |this )?(?:\\w+ )?(?:${OTHER})\\b`, 'u');

/** "The fee, in cents", "in cents of the fee": the last thing named before, or what follows, is not this amount. */
function isOfAnother(plain: string, sentence: Span, claim: Span): boolean {
  if (PART.test(plain.slice(Math.max(0, claim.start - 40), claim.start))) return true;
  if (BEHIND.test(plain.slice(claim.end, claim.end + 60))) return true;
  let isOther = false;
  const from = Math.max(0, claim.start - REACH);
  for (const { groups = {}, index } of plain.slice(from, claim.start).matchAll(THING)) {
    const { bound, other } = groups;
    isOther = other !== undefined || (bound !== undefined && from + index >= sentence.start);
  }
  return isOther;
}
