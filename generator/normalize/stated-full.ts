import { type AmountText, inOrder, quoteAt, readPlain } from './evidence-text.js';

/** Where the spec says that leaving the amount out refunds all that is left. */
export interface StatedFull {
  readonly quote: string;
  readonly pointer: string;
}

const THING = 'amount|value|field|parameter|property|attribute|argument|object';
const IT = `(?:(?:(?:the|this|an?|any) )?(?:refund )?(?:${THING})(?: (?:${THING}))?|it|this|one)`;
const GIVEN =
  '(?:specified|provided|set|given|passed|supplied|present|sent|included|defined|filled(?: in)?|submitted|entered|indicated|stated)';
const LEFT_OUT = `(?:(?:is |are |was |has been )?(?:omitted|left (?:blank|empty|out|unset)|absent|missing|unspecified|blank|empty)|(?:(?:is |are |was |has been )?not |isn't |wasn't )(?:been )?${GIVEN})`;
const DO_NOT_GIVE =
  "(?:do not|don't|does not|doesn't) (?:specify|provide|set|pass|supply|send|include|submit|enter|give)";

/** "if omitted", "when no amount is given", "if you leave it blank", "without an amount". */
const OMISSION = new RegExp(
  [
    `\\b(?:if|when|in case) (?:no (?:refund )?(?:amount|value)(?: (?:is|was))? ${GIVEN}|(?:${IT} )?${LEFT_OUT})`,
    `\\b(?:if|when) (?:you|the merchant|the caller) (?:${DO_NOT_GIVE}|omit) ${IT}`,
    `\\b(?:if|when) you leave ${IT} (?:blank|empty|out|unset)`,
    '\\bwithout (?:specifying )?an amount',
  ].join('|'),
  'gu',
);

/** "omit this field", "leave blank". */
const LEAVE = new RegExp(
  `\\b(?:omit(?: ${IT})?|leave (?:${IT} )?(?:blank|empty|out|unset)|${DO_NOT_GIVE} ${IT})(?! \\w+ (?:field|parameter|property))`,
  'gu',
);

const OF_MONEY =
  'refundable|refund|available|captured|unrefunded|remaining|original|paid|payment|transaction|order|charged?|purchase|authori[sz]ed|settled';

/** "the full amount", "the whole remaining charge", "a full refund". */
const FULL = new RegExp(
  [
    `(?:\\ball of )?(?:\\b(?:the|an?|its|their) )?\\b(?:full|entire|whole|total|complete|remaining|outstanding|original|unrefunded)(?: (?:${OF_MONEY})){0,3} (?:refund|amount|balance|charge|payment|transaction|sum|value|order|capture|purchase)\\b(?! method)(?: that (?:has|have|was|is) not (?:yet )?(?:been )?refunded(?: yet)?)?`,
    '\\bcaptured amount - previous refunds\\b',
    '\\bthe (?:rest|remainder)\\b',
  ].join('|'),
  'gu',
);

const WHO =
  '(?:(?:this|it|we|the (?:amount|value|refund|refund amount|system|api|request|call|endpoint|gateway|operation)) )?';
const DO =
  '(?:(?:will )?(?:automatically )?(?:defaults? to|be set to|be(?: equal to)?|(?:is|are) equal to|refunds?|performs?|issues?|makes?|creates?|process(?:es)?|initiates?|executes?) )?';
const DONE =
  '(?:is|are|will be|gets|would be) (?:automatically )?(?:refunded|returned|issued|made|performed|processed|created|used|assumed|executed|initiated|credited)';
/** Of what all is refunded, and to whom: of the first capture, or to a wallet, it is something else. */
const OF =
  "(?: (?:of|for|on|from) (?:the|this|that|your|an?|its) (?:(?:original|initial|entire|whole|given|specified|corresponding|related|associated) )?(?:payment|charge|order|transaction|purchase|capture|invoice|sale)(?:'s)?(?: amount)?)?";
const TO =
  '(?: (?:back )?to (?:the|your|their|its) (?:customer|payer|buyer|shopper|consumer|cardholder|card|original payment method|payment method used|original card))?';
const AFTER = `${OF}(?: ${DONE})?(?: automatically)?${TO}$`;
/** What the sentence may say of the amount before it names the default. */
const BEFORE =
  '(?:(?:the|an?|this|it|which|that|and|optional|refund|amount|value|sum|field|parameter|to|be|refunded|return|returned|give|back|will|money)[ ,(:-]{1,3}){0,12}';
const LEAD = '(?:^|\\betc\\.,? )(?:optional[,:-]? |note:? |nb:? |- )?';
const TO_DO = '(?:for|to (?:refund|issue|make|perform|request|create|do|process|get|trigger))';

/** What a sentence has to be, once it is reduced to what is left out (OUT, LEAVE) and what is refunded then (FULL). */
const STATEMENTS = [
  `${LEAD}OUT ?,? ?(?:then )?${WHO}${DO}(?:an amount equal to (?:the )?)?FULL${AFTER}`,
  `${LEAD}OUT ?,? ?(?:then )?(?:the )?(?:payment|charge|transaction|order) (?:is|will be) (?:fully refunded|refunded (?:in full|fully|completely|entirely))(?: for FULL)?$`,
  `^${WHO}${DO}FULL${OF}(?: ${DONE})?,? OUT$`,
  `^${BEFORE}(?:defaults? to|default(?: value)?(?: is|:| =)|by default,?) FULL${AFTER}`,
  `${LEAD}(?:please )?LEAVE ${TO_DO} FULL${AFTER}`,
  `${LEAD}${TO_DO} FULL${OF},? (?:please |simply |just )?LEAVE(?: from the (?:request|body))?$`,
].map((statement) => new RegExp(statement, 'u'));

/** Words that take back, limit or turn round what a sentence with them says. */
const LIMITS =
  /\b(?:no|not|never|cannot|only|unless|except|but|must|should|may|might|can|could|needs?|has to|have to|manual\w*|errors?|fail\w*|reject\w*|invalid|even|items?|lines?|shipping|tax|fees?|cost|depend\w*|deprecated|previously|currency|record\w*|void\w*|cancel\w*|up to|minus|less)\b|n't\b/u;

/** What leaving the amount out does instead. */
const OTHERWISE = /OUT[^;]{0,40}\b(?:errors?|fail\w*|rejected|invalid|nothing|zero|0|declined|required)\b/u;

/** Another refund, and not what is left of the payment. */
const OF_A_REFUND = /\b(?:original|order|total) refund\b/u;

/** Whether the texts say that leaving the amount out refunds all that is left. */
export function readStatedFull(texts: readonly AmountText[]): StatedFull | null {
  const found: StatedFull[] = [];
  for (const { about, kind, pointer, text } of texts) {
    if (kind !== 'description' && kind !== 'title') continue;
    const read = readPlain(text);
    if (read === null) return null;
    for (const sentence of read.sentences) {
      const words = read.plain.slice(sentence.start, sentence.end);
      const reduced = reduce(words);
      if (OTHERWISE.test(reduced)) return null;
      if (!OF_A_REFUND.test(words) && isStatement(reduced) && (about === 'amount' || namesAmount(words)))
        found.push({ pointer, quote: quoteAt(read, sentence, sentence) });
    }
  }
  return inOrder(found)[0] ?? null;
}

/** Capitals are free for this: the text has none left. */
function reduce(sentence: string): string {
  return sentence
    .replace(OMISSION, 'OUT')
    .replace(LEAVE, 'LEAVE')
    .replace(FULL, 'FULL')
    .replace(/^[\s(]+|[\s).!;]+$/gu, '');
}

/** Of the object around the amount, "if omitted" may be about the object. */
function namesAmount(words: string): boolean {
  const leftOut = [...words.matchAll(OMISSION), ...words.replace(OMISSION, 'OUT').matchAll(LEAVE)];
  return leftOut.length > 0 && leftOut.every(([part]) => /\bamount\b/u.test(part));
}

function isStatement(reduced: string): boolean {
  return !LIMITS.test(reduced) && STATEMENTS.some((statement) => statement.test(reduced));
}
