import type { AmountText, PlainText, Span } from './evidence-text.js';

/** Words about a unit, and what they say: that it is this one, or that it is not. */
export interface Claim extends Span {
  readonly unit: 'minor' | 'major';
  readonly says: 'is' | 'is-not';
}

export const MINOR_UNITS = [
  'minor[- ]?(?:currency[- ]|monetary[- ])?(?:units?|denominations?)',
  'sub[- ]?units?',
  '(?:smallest|lowest|least|minimum|minimal)(?: (?:possible|available|applicable|common|indivisible|divisible|local)){0,2}(?: (?:currency|monetary|money))? (?:sub)?(?:units?|denominations?|denominators?)',
  'fractional (?:currency|monetary) units?',
].join('|');

export const COINS = [
  'cents?|eurocents?|pence|penny|pennies|kobo|pais[ae]s?|ore|centavos?|centimos?|centimes?|sen|satang|grosz|grosze|groszy',
  'fils|halalas?|pesewas?|piast(?:er|re)s?|kope[ck]k?s?|stotinki|bani|agorot|tiyin|tetri|fen',
].join('|');

const MINOR = `(?:${MINOR_UNITS}|${COINS})`;

const MAJOR_UNITS = '(?:major|main)[- ]?(?:currency |monetary )?(?:units?|denominations?)';

const OF_CURRENCY = '(?: of (?:the |its )?(?:local |relevant |respective |given )?currency)?';

/** What may stand between "in" and the unit without changing what is said. Anything else might. */
const BETWEEN = [
  "the|a|an|its|their|your|this|that|currency|currencies|currency's|currencies'|transaction's|payment's|order's|merchant's",
  'respective|corresponding|given|specified|applicable|relevant|appropriate|local|selected|same|transaction|payment|refund|order',
  'charge|account|merchant|iso|4217|iso4217|iso-4217|defined|positive|non-negative|whole|integer|integral|integers',
  'number of|terms of|units of|unit of|form of|us|usd|eur|euro|gbp|aud|australian|american|british|settlement|presentment',
].join('|');

const IN = `\\b(?:in|as|using) (?:(?:${BETWEEN}) ){0,6}`;

/** Behind the words for the unit: then they are about something that the unit has, or they are denied. */
const NOT_ITSELF =
  "(?![- ]?(?:digits?|decimals?|exponent|precision|places|conversion|is(?:n't| not)|are(?:n't| not)|(?:must|should|can|may|do|does|will) ?n[o']t|cannot|not (?:supported|allowed|accepted|permitted))\\b)";

/** "in the smallest currency unit", "Amount (cents)", "the number of cents", "Minor units." */
const SAYS_MINOR = new RegExp(
  [
    `${IN}${MINOR}\\b${NOT_ITSELF}`,
    `(?<!\\d ?)\\((?:us |euro )?${MINOR}${OF_CURRENCY}\\)`,
    `\\b(?:number|count) of (?:the )?(?:minor units|sub-?units|${COINS})\\b(?! (?:for|per|in|of) )${NOT_ITSELF}`,
    `\\bminor[- ]units? (?:amount|value|integer)\\b`,
    `\\b(?:amount|value|sum|total) ?[,:-] ?(?:${MINOR_UNITS})\\b${NOT_ITSELF}`,
    `^ ?(?:the )?(?:us )?${MINOR}${OF_CURRENCY} ?\\.?$`,
  ].join('|'),
  'gu',
);

const SAYS_MAJOR = new RegExp(
  [
    `${IN}${MAJOR_UNITS}\\b${NOT_ITSELF}`,
    `\\(${MAJOR_UNITS}${OF_CURRENCY}\\)`,
    `^ ?(?:the )?${MAJOR_UNITS}${OF_CURRENCY} ?\\.?$`,
  ].join('|'),
  'gu',
);

const TWO = '(?:two|2|three|3)(?: \\(\\d\\))?';
const AT_MOST = '(?:(?:up to|at most|no more than|(?:a )?max(?:imum)?(?: of)?|exactly) )?';

/**
 * A sum with a fraction is meant, so major units; on an integer it only makes minor units doubtful. "Decimal number" and
 * "decimal digits" say no more than "in base ten".
 */
const SAYS_FRACTION = new RegExp(
  [
    '\\bas (?:a )?decimals?\\b(?! \\w)',
    '\\bdecimal (?:amount|fraction)s?\\b',
    `\\b${AT_MOST}${TWO}[- ](?:decimal (?:places?|points?|positions?)|decimals)\\b`,
    `\\b${AT_MOST}${TWO} digits after the (?:decimal )?(?:point|separator|comma|dot|decimal)\\b`,
    '\\bin (?:whole )?(?:dollars|rupees)\\b',
  ].join('|'),
  'gu',
);

/** Any word for the unit: beside a claim of the other one, it makes that doubtful. */
const NAMES_MINOR = new RegExp(`\\b(?:${MINOR_UNITS}|cents?|eurocents?|pence|pennies|kobo|pais[ae])\\b`, 'gu');
const NAMES_MAJOR = new RegExp(`\\b${MAJOR_UNITS}\\b`, 'gu');

/** A decimal amount, not a decimal point to leave out, or a currency with decimals. */
const NAMES_DECIMALS =
  /(?<!\b(?:zero|non|no|implied|implicit|assumed)[- ])\bdecimals?\b(?! (?:point|separator|place|position|currenc|is implied|are implied|implied))/gu;

/** The fraction is left to an agreement, to arithmetic, or to a currency without one. */
const DENIES_FRACTION =
  /\b(?:zero|non|no|without(?: an?| any| the)?|0)[- ]decimals?\b|\b(?:omit\w*|exclud\w*|remov\w*|strip\w*|ignor\w*) (?:the |any )?decimals?\b|\b(?:implied|implicit|assumed)\b|\blast (?:two|2|three|3) digits\b|\bmultipl(?:y|ied)\b|\btimes 100\b|[x×] ?100\b|\b1\/100\b|\bhundredths?\b/gu;

/** Neither unit: rates, fractions of a cent, what is no money. */
const DENIES_BOTH =
  /%|\bper ?cent(?:age)?s?\b|\bbasis points?\b|\bbps\b|\bmicros?\b|\bmicro-?units?\b|\bmillicents?\b|\bmills\b|\bnanos?\b|\bthousandths? of\b|\btenths?\b|\bhundredths of (?:a )?cents?\b|\bfractions? of (?:a )?cents?\b|\bfractional cents?\b|\b(?:fractional|integer|whole|cents?) (?:part|portion|component)\b|\bsatoshis?\b|\bg?wei\b|\blamports\b|\b(?:loyalty|reward|bonus|\d+) points?\b|\bdivid\w*|\bby (?:a factor of )?100\b|\/ ?100\b|\b(?:[4-9]|1\d|four|five|six|eight|ten|twelve) (?:decimal places|decimals|digits after)\b/gu;

/** Whether what the sentence says holds for this request, always, is left open. */
const LEAVES_OPEN =
  /\b(?:unless|depend(?:s|ing) on|by default|deprecated|previously|formerly|legacy|used to|no longer|convert\w*|internally|stored|returned by|response|responses|webhooks?|either|otherwise|others?|elsewhere|contrary|whereas|versions?|v\d+|was|were)\b/u;

const NEGATION =
  /\b(?:not|never|no(?! more than)|nor|neither|without|instead of|rather than|avoid|unlike|except|cannot)\b|n't\b/u;

/** "$10.50 in dollars and cents" names both, and says neither. */
const BOTH_COINS = /\b(?:dollars?|euros?|pounds?) (?:and|&) (?:cents?|pence)\b/gu;

/** All that the words of a text say about the unit, in the order of the text. */
export function claimsOf(text: PlainText, type: AmountText['type']): readonly Claim[] {
  const plain = text.plain.replace(BOTH_COINS, (both) => '-'.repeat(both.length));
  return [
    ...found(plain, SAYS_MINOR, 'minor'),
    ...found(plain, SAYS_MAJOR, 'major'),
    ...found(plain, SAYS_FRACTION, 'major').map((claim) => fractionOf(claim, type)),
    ...found(plain, NAMES_MINOR, 'minor').map((claim) => against(claim, claim.says === 'is' ? 'major' : 'minor')),
    ...found(plain, NAMES_MAJOR, 'major').map((claim) => against(claim, claim.says === 'is' ? 'minor' : 'major')),
    ...found(plain, NAMES_DECIMALS, 'major').flatMap((claim) => (claim.says === 'is' ? [against(claim, 'minor')] : [])),
    ...found(plain, DENIES_FRACTION, 'major').map((claim) => against(claim, 'major')),
    ...found(plain, DENIES_BOTH, 'major').flatMap((claim) => [against(claim, 'major'), against(claim, 'minor')]),
  ];
}

/** An integer has no fraction: where a text gives it one, something else is not as it says. */
export function fractionOf(claim: Claim, type: AmountText['type']): Claim {
  return type === 'integer' && claim.says === 'is' ? against(claim, 'minor') : claim;
}

function against(claim: Claim, unit: Claim['unit']): Claim {
  return { ...claim, unit, says: 'is-not' };
}

function found(plain: string, words: RegExp, unit: Claim['unit']): Claim[] {
  return [...plain.matchAll(words)].map(({ 0: match, index }) => ({
    unit,
    says: isNegated(plain, index) ? 'is-not' : 'is',
    start: index,
    end: index + match.length,
  }));
}

/** Whether the clause before denies what follows: "not in cents", "rather than minor units". */
function isNegated(plain: string, index: number): boolean {
  const before = plain.slice(Math.max(0, index - 60), index + 1);
  const clause = before.slice(Math.max(before.search(/[,;:()\n.!?][^,;:()\n.!?]*$/u) + 1, 0));
  return NEGATION.test(clause);
}

/** An integer "with two decimals" has them implied, and so may count either unit. */
const INTEGER = /\b(?:integers?|fixed[- ]point|whole numbers?)\b/u;

/** Whether a sentence leaves open when, or how, a unit that it names holds. */
export function isOpen(sentence: string, unit: Claim['unit']): boolean {
  return LEAVES_OPEN.test(sentence) || (unit === 'major' && INTEGER.test(sentence));
}
