import type { AmountText, PlainText, Span } from './evidence-text.js';
import { type Claim, COINS, fractionOf, MINOR_UNITS } from './stated-words.js';

/** A number in a text, and the currency written at it. */
interface Sum extends Span {
  readonly whole: string;
  readonly fraction: string;
  /** Decimal digits of the currency; `null` where the text has a currency whose digits providers disagree on. */
  readonly digits: number | null;
  readonly hasCurrency: boolean;
}

const TWO_DIGITS = [
  'usd|eur|gbp|aud|cad|chf|sek|nok|dkk|pln|czk|inr|ngn|brl|mxn|zar|ghs|kes|sgd|hkd|nzd|myr|thb|php|try|aed|sar|cny|ron|bgn',
  'ils|egp|rub|dollars?|euros?|pounds?|rupees?|naira|rand|reais|zloty|kronor|kroner|krona|krone|ringgit|baht',
].join('|');
const NO_DIGITS = 'jpy|krw|vnd|xof|xaf|pyg|yen|yens|won';
const THREE_DIGITS = 'kwd|bhd|omr|jod|tnd';
const OTHERS = 'idr|huf|isk|clp|ugx|cop|ars|pen|twd|iqd|lyd|pesos?|dinars?|yuan';

const SIGN = '(?:us|ca|au|hk|nz|a|c|r)?\\$|[€£₹₦¥₩₱₫]';
const CURRENCY = `${SIGN}|(?:us |canadian |australian )?(?:${TWO_DIGITS}|${NO_DIGITS}|${THREE_DIGITS}|${OTHERS})`;

const SUM = new RegExp(
  `(?<![\\w.,$€£₹₦¥₩₱₫])(?:(?<before>${CURRENCY}) ?)?(?<whole>\\d{1,3}(?:,\\d{3}){1,4}|\\d{1,15})(?:[.,](?<fraction>\\d{1,3}))?(?![.,]?\\d)(?: ?(?<after>${CURRENCY})(?![\\w]))?(?<tail>[\\w%]?)`,
  'gu',
);

/** What makes two numbers the same sum: "1000 for $10.00", "10.50 EUR = 1050", "to refund $1, send 100". */
const SAME = new RegExp(
  `^(?:${[
    '==?>?|-+>|→|≙|:|for|as|is|means?|meaning|equals?|becomes|represents?|denotes|indicates|stands for|refers to|translates (?:in)?to',
    'corresponds? to|(?:is |are )?(?:equal|equivalent) to|(?:is )?the equivalent (?:of|to)|i\\.?e\\.?,?|which is|that is',
    '(?:would|will|should|must|shall|is|are) (?:be |to be )?(?:(?:sent|represented|specified|written|expressed|entered|passed|given|submitted|formatted|provided|stored|sent in) )?(?:as|by|is|be)?',
    '(?:in order )?to (?:charge|refund|represent|indicate|pay|mean|specify|request|capture|express)(?: an? (?:amount|payment|charge|refund) of)?',
    '(?:please )?(?:send|use|specify|enter|pass|submit|provide|set)(?: (?:a |the |an )?(?:value|amount)(?: (?:of|to|as))?)?',
    'an? (?:amount|value) of',
  ].join('|')})$`,
  'u',
);

/** What sums that are written twice, or as an example, show. */
export function sumsOf(text: PlainText, type: AmountText['type']): readonly Claim[] {
  const sums = readSums(text.plain);
  const pairs = sums.flatMap((left, index) => {
    const right = sums[index + 1];
    return right === undefined || !isSame(text.plain.slice(left.end, right.start))
      ? []
      : compare(left, right, text.plain);
  });
  const examples = sums.every(({ fraction }) => fraction !== '')
    ? sums.filter((sum) => isExample(text.plain, sum))
    : [];
  const shown = examples.map(({ start, end }): Claim => ({ unit: 'major', says: 'is', start, end }));
  return [...pairs, ...shown].map((claim) => (claim.unit === 'major' ? fractionOf(claim, type) : claim));
}

function readSums(plain: string): Sum[] {
  return [...plain.matchAll(SUM)].flatMap(({ 0: match, index, groups = {} }) => {
    const { before, after, fraction = '', tail, whole = '' } = groups;
    if (tail !== '' || (before !== undefined && after !== undefined && digitsOf(before) !== digitsOf(after))) return [];
    const currency = before ?? after;
    const digits = currency === undefined ? 2 : digitsOf(currency);
    const span = { start: index, end: index + match.length };
    return [{ ...span, whole: whole.replaceAll(',', ''), fraction, digits, hasCurrency: currency !== undefined }];
  });
}

function digitsOf(currency: string): number | null {
  const name = currency.replace(/^(?:us|canadian|australian) /u, '');
  if (new RegExp(`^(?:${TWO_DIGITS})$|[$€£₹₦]$`, 'u').test(name)) return 2;
  if (new RegExp(`^(?:${NO_DIGITS})$`, 'u').test(name)) return 0;
  return new RegExp(`^(?:${THREE_DIGITS})$`, 'u').test(name) ? 3 : null;
}

function isSame(between: string): boolean {
  if (between.length > 60) return false;
  const words = between
    .replace(/[()'"]/gu, ' ')
    .replace(/^[\s,]+|[\s,]+$/gu, '')
    .replace(/\s+/gu, ' ');
  return words === '' ? /^ ?\( ?$/u.test(between) : SAME.test(words);
}

/** "1 EUR = 100", "$10 = 1000 cents": what money is worth, and not how it is sent. */
const ONE = 1000n;
const COIN_BEHIND = new RegExp(`^ ?\\(?(?:in )?(?:us |usd |euro |eur |gbp )?(?:${MINOR_UNITS}|${COINS})\\b`, 'u');

/** One of the two is the bare number that is sent, the other one the money that is meant. */
function compare(left: Sum, right: Sum, plain: string): Claim[] {
  const span = { start: left.start, end: right.end };
  const [bare, money] = isMoney(right) && !isMoney(left) ? [left, right] : [right, left];
  if (bare.hasCurrency || !isMoney(money) || money.digits === null) return [];
  const meant = scaled(money);
  const sent = scaled(bare);
  if (meant === 0n || (money.digits === 0 && sent === meant)) return [];
  const isExchange = meant === ONE || COIN_BEHIND.test(plain.slice(bare.end, bare.end + 60));
  if (isExchange && (sent === meant || sent === meant * 10n ** BigInt(money.digits))) return [];
  if (money.digits > 0 && sent === meant) return [{ ...span, unit: 'major', says: 'is' }];
  if (money.digits > 0 && bare.fraction === '' && sent === meant * 10n ** BigInt(money.digits)) {
    return [{ ...span, unit: 'minor', says: 'is' }];
  }
  return [
    { ...span, unit: 'minor', says: 'is-not' },
    { ...span, unit: 'major', says: 'is-not' },
  ];
}

function isMoney({ fraction, hasCurrency }: Sum): boolean {
  return hasCurrency || fraction.length === 2;
}

function scaled({ fraction, whole }: Sum): bigint {
  return BigInt(whole + fraction.padEnd(3, '0'));
}

const EXAMPLE =
  /(?:\be\.?g\.?|\bfor (?:example|instance)|\bexamples?|\bex\.?|\bsuch as|\bformat|\bi\.?e\.?)[,:]? ?(?:is |are |as |an amount of )?[(']?-?$/u;

/** "e.g. 10.50": a sum of money as it is sent. With a currency at it, it may be what is meant rather than what is sent. */
function isExample(plain: string, { end, fraction, hasCurrency, start, whole }: Sum): boolean {
  if (hasCurrency || !plain.slice(start, end).includes('.') || fraction.length !== 2 || /^0*$/u.test(whole + fraction))
    return false;
  return EXAMPLE.test(plain.slice(Math.max(0, start - 40), start));
}
