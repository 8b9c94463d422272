import type { PlainText, Span } from './evidence-text.js';
import { type Claim, COINS, MINOR_UNITS } from './stated-words.js';

const MAJOR_COINS =
  'dollars|euros|pounds|sterling|reais|rupees|naira|rand|zloty|kronor|kroner|francs|rupiah|pesos|dirhams?|riyals?|dinars|shillings|ringgit|baht|yuan|lira|forint';

/** Currencies without two digits, or whose digits providers disagree on. */
const SPECIAL_CURRENCIES =
  'jpy|krw|vnd|xof|xaf|xpf|pyg|yens?|won|rwf|bif|gnf|kmf|djf|vuv|mga|kwd|bhd|omr|jod|tnd|idr|rupiah|huf|forint|isk|clp|ugx|cop|twd|iqd|lyd|mru|uyi|clf';

/** What explains minor units just as ISO 4217 counts them, and so takes nothing back. */
const AGREES = new RegExp(
  [
    '(?:,? or )?\\b(?<sent>\\d{1,9}) (?:to charge|for|=|means|is) (?:¥ ?|jpy )\\k<sent>(?![\\d.,]*\\d)(?:,? a zero-decimal currency)?',
    '\\b(?:zero|0)-decimal currencies: (?:the )?value for (?<yen>\\d{1,9}) (?:yen|jpy) = \\k<yen>(?![\\d.,]*\\d)',
    '\\bdecimal currencies: ?(?=value for \\d{1,9} (?:eur|usd|gbp) = )',
    '\\bin yen for jpy\\b',
    '\\bfils for kwd\\b',
    '\\b\\d{3,9} = \\d{1,6}\\.\\d{3} (?:kwd|bhd|omr|jod|tnd)\\b',
  ].join('|'),
  'gu',
);

/** Denials of the other unit: beside a claim they say the same once more. */
const DENIALS = new RegExp(
  `\\bnot (?:in )?(?:${MAJOR_COINS}|${COINS}|${MINOR_UNITS})\\b|\\bwhere the currency has one\\b`,
  'gu',
);

/** Blanks keep the places of what is left. */
function blank(text: string, words: RegExp): string {
  return text.replace(words, (match) => ' '.repeat(match.length));
}

/** Words that give some of the amounts another unit, wherever they stand. */
const TAKES_BACK_MINOR = new RegExp(
  [
    '\\bdecimals?\\b(?! (?:point|separator)s?\\b)',
    `\\b(?:${SPECIAL_CURRENCIES})\\b`,
    `(?<!\\d ?)(?<!\\d us )(?<!\\bnot )(?<!\\bnot in )\\b(?:${MAJOR_COINS})\\b`,
    `\\bin (?:usd|eur|gbp|brl|inr|ngn)\\b(?! (?:${COINS})\\b)`,
    '\\bwhole (?:amounts|units|currency)\\b',
  ].join('|'),
  'gu',
);
const TAKES_BACK_BOTH =
  /\bexcept\w*|\bapart from\b|\b(?:two|three|2|3|extra|additional|trailing|more) zeroe?s\b|\b(?:if|when|only|set|whether)\b[^.;\n]{0,40}\b(?:minor|major|units?)\b/gu;

/** A text, so that it may be sent without its point: then it counts minor units, whatever its decimals. */
const LEAVES_POINT_OUT =
  /\b(?:without|no|omit\w*|exclud\w*|remov\w*|drop\w*|strip\w*|skip\w*|ignor\w*)\b[^.;\n]{0,30}\b(?:commas?|separators?|dots?|points?|periods?|punctuation)\b|\b(?:commas?|separators?|dots?|points?|periods?)\b[^.;\n]{0,20}\b(?:omitted|removed|excluded|dropped|stripped|skipped|ignored|not|left out)\b|(?<![\d.,])0\d{2,}/gu;

/** What a text says against units that it, or another text, names. */
export function takenBack({ plain }: PlainText): Claim[] {
  const rest = blank(plain, AGREES);
  const against = (words: RegExp, unit: Claim['unit']): Claim[] =>
    [...rest.matchAll(words)].map(({ 0: match, index }) => {
      return { unit, says: 'is-not', start: index, end: index + match.length };
    });
  return [
    ...against(TAKES_BACK_MINOR, 'minor'),
    ...against(TAKES_BACK_BOTH, 'minor'),
    ...against(TAKES_BACK_BOTH, 'major'),
    ...against(LEAVES_POINT_OUT, 'major'),
  ];
}

const CURRENCY_CODES =
  'usd|eur|gbp|aud|cad|chf|sek|nok|dkk|pln|inr|ngn|brl|mxn|zar|sgd|nzd|us|australian|american|british';
const WORDS = [
  'the|a|an|its|this|their|your|of|for|in|as|is|are|be|to|and|e|g|i|etc|it|that|must|should|will|shall|always',
  "amounts?|values?|sums?|totals?|money|price|numbers?|integers?|numeric|int|positive|non-negative|whole|integral|refund|refunds|refunded|refunding|return|returned|charge|payment|transaction|transaction's|payment's|order|order's",
  'how|much|give|given|back|partial|full|expressed|specified|provided|represented|denominated|stated|sent|entered|passed|written|formatted|submitted|optional|required',
  "currency|currencies|currency's|currencies'|merchant's|customer|customer's|denominations?|local|code|iso|4217|iso4217|iso-4217|respective|relevant|applicable|corresponding|same|used",
  'example|examples|instance|such|ex|format|one|thing|about|including|excluding|inclusive|tax|taxes|vat|equal|equals',
  CURRENCY_CODES,
  COINS,
].join('|');
const MAJOR_WORDS =
  'major|main|decimals?|fraction|fractional|dollars|rupees|up|at|most|max|maximum|exactly|two|three|digits?|places?|point|points|positions?|separator|comma|dot|after|with|text|string|where|enter|has|rounded';

const MAY_STAND = new RegExp(`^(?:${WORDS}|[1-9]\\d*)$`, 'u');
const MAY_STAND_MAJOR = new RegExp(`^(?:${WORDS}|${MAJOR_WORDS}|[1-9])$`, 'u');
const MONEY =
  /(?:(?:us)?[$€£₹₦] ?|\b(?:usd|eur|gbp) )\d{1,9}(?:[.,]\d{1,3})*(?!\w)|(?<![\w.,])\d{1,9}(?:[.,]\d{1,3})* ?(?:usd|eur|gbp|dollars?|euros?|pounds?)\b/gu;
const PHRASES = new RegExp(
  [
    `\\bor (?:in )?(?:the )?(?:${MINOR_UNITS}|${COINS})\\b`,
    `\\b(?:${MINOR_UNITS})\\b`,
    '\\b(?:given|indicated|specified|defined|set) (?:by|in) (?:the )?currency\\b',
    '\\bsee (?:the )?currency codes\\b',
    '(?<![\\w.,])100(?: cents)? (?:=|is|means|equals|for|to charge) (?:\\$|usd |eur )?1(?:\\.00)?(?: usd| eur)?(?![\\w.,]*\\d)',
    '(?<![\\w.,])(?<same>\\d{1,9}\\.\\d{2}) (?:represents|means|=|for) \\$\\k<same>(?![\\d.,]*\\d)(?: usd)?',
  ].join('|'),
  'gu',
);
const WORD = /[\w'-]*\w(?:\.\d+)?|[%@#=<>\\/+~^|]/gu;

/**
 * Whether a sentence that claims a unit is made of words that belong to such a claim, and of nothing else. Any other word
 * may name another field, a condition or another API: what it does to the claim is not known.
 */
export function isPlain(text: PlainText, sentence: Span, claim: Claim, claims: readonly Claim[]): boolean {
  let plain = blank(text.plain, AGREES);
  for (const { end, says, start } of claims) {
    if (says === 'is' && start < sentence.end && end > sentence.start) {
      plain = plain.slice(0, start) + ' '.repeat(end - start) + plain.slice(end);
    }
  }
  const rest = [DENIALS, PHRASES, ...(claim.unit === 'major' ? [MONEY] : [])].reduce(
    blank,
    plain.slice(sentence.start, sentence.end),
  );
  const allowed = claim.unit === 'minor' ? MAY_STAND : MAY_STAND_MAJOR;
  return [...rest.matchAll(WORD)].every(([word]) => allowed.test(word.replace(/^['-]+|['-]+$/gu, '')));
}

const BY_CURRENCY = /\b(?:when|if) (?:the )?currency is (?:usd|eur|gbp)\b/gu;
const LEFT_OUT =
  /\b(?:if|when) (?:it is |the amount is |this is )?(?:not (?:provided|specified|given|set)|omitted)\b/gu;
const CONDITION =
  /\b(?:if|when|whenever|whether|while|can|could|may|might|only|before|until|since|once|provided that|as long as|enabled|configured|flag)\b/u;

/** Whether what a sentence says of a unit hangs on something. A currency picked as an example is no condition. */
export function isConditional(sentence: string): boolean {
  return CONDITION.test(sentence.replace(BY_CURRENCY, '').replace(LEFT_OUT, ''));
}
