/** A text or example of the spec that speaks of the amount, and where it stands. */
export interface AmountText {
  readonly kind: 'description' | 'example' | 'pattern' | 'format' | 'title';
  /** `amount`: the schema that holds the number, or its property. `parent`: the object around it. */
  readonly about: 'amount' | 'parent';
  readonly text: string;
  readonly pointer: string;
  readonly type: 'integer' | 'number' | 'string';
}

/** A part of a text, from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text as people read it: without markup, quotes and accents, in lower case, with single spaces. */
export interface PlainText {
  readonly plain: string;
  /** The sentences and list items of `plain`, in order, without gaps. */
  readonly sentences: readonly Span[];
  /** What the spec itself says at a part of `plain`, verbatim but for white space. */
  readonly quote: (part: Span) => string;
}

/** No description of an amount that a person wrote is longer. What is longer is not read at all: its end could take back its beginning. */
const MAX_TEXT = 20_000;

const MAX_QUOTE = 200;

const TOKEN =
  /(?<space>\s+)|(?<block><\/?(?:[pP]|[bB][rR]|[lL][iI]|[uUoO][lL]|div|[hH][1-6]|t[rdh]|table)\b[^<>]{0,400}>)|(?<markup><[A-Za-z/!][^<>]{0,400}>|\]\([^()\s]{0,400}\)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[[\]"`“”„«»*]|\\(?=[^\w\s]))|(?<=[a-z])(?<hump>[A-Z])|&(?<entity>#?\w{1,8});|(?<other>.)/gsu;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  euro: '€',
  pound: '£',
  yen: '¥',
  apos: "'",
  '#39': "'",
  rsquo: "'",
};

const LETTERS: Readonly<Record<string, string>> = { '’': "'", '‘': "'", ø: 'o', '–': '-', '—': '-', '−': '-' };

/** A text as people read it; `null` where it is too long to be read. */
export function readPlain(text: string): PlainText | null {
  if (text.length > MAX_TEXT) return null;
  let collapsed = '';
  let plain = '';
  const origin: number[] = [];
  const write = (written: string) => {
    if (written === ' ' && (plain === '' || plain.endsWith(' ') || plain.endsWith('\n'))) return;
    plain += written;
    for (let index = 0; index < written.length; index += 1) origin.push(collapsed.length);
  };
  for (const { 0: token, groups = {}, index } of text.matchAll(TOKEN)) {
    write(plainOf(token, groups, text.slice(index + token.length, index + token.length + 4)));
    collapsed += groups['space'] === undefined ? token : ' ';
  }
  return {
    plain,
    sentences: sentencesOf(plain),
    quote: ({ start, end }) => collapsed.slice(origin[start] ?? 0, origin[end] ?? collapsed.length).trim(),
  };
}

function plainOf(token: string, groups: Readonly<Record<string, string | undefined>>, next: string): string {
  const { block, entity, hump, markup, other, space } = groups;
  if (block !== undefined) return '\n';
  if (space !== undefined) return isBreak(space, next) ? '\n' : ' ';
  if (markup !== undefined) return markup === '*' || markup.startsWith('<') ? ' ' : '';
  // A name in camel case is one word, as one in snake case is: it names a field, and not what its words say.
  if (hump !== undefined) return `_${hump.toLowerCase()}`;
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? ' ';
  const [letter = ''] = (other ?? token).normalize('NFD').toLowerCase();
  return LETTERS[letter] ?? letter;
}

/** A blank line, or a line break before an item of a list. */
function isBreak(space: string, next: string): boolean {
  return /\n[^\n]{0,40}\n/.test(space) || (space.includes('\n') && /^(?:[-*+•]\s|\d\.\s|\d\)\s)/.test(next));
}

const SENTENCE_END = /\n|[.!?;](?=[\s)]|$)/gu;
const ABBREVIATION = /(?:^|[\s(])(?:e\.?g|i\.?e|etc|ex|vs|incl|excl|max|min|approx|resp|cf)$/u;

function sentencesOf(plain: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const { 0: mark, index } of plain.matchAll(SENTENCE_END)) {
    if (mark === '.' && ABBREVIATION.test(plain.slice(Math.max(0, index - 8), index))) continue;
    spans.push({ start, end: index + 1 });
    start = index + 1;
  }
  if (start < plain.length) spans.push({ start, end: plain.length });
  return spans;
}

/** The sentence that decides, or, where it is long, the part of it around the words that do. */
export function quoteAt(text: PlainText, sentence: Span, match: Span): string {
  const whole = text.quote(sentence);
  if (whole.length <= MAX_QUOTE) return whole;
  const before = text.plain.slice(sentence.start, match.start);
  const clause =
    sentence.start + Math.max(before.lastIndexOf(', '), before.lastIndexOf('('), before.lastIndexOf(': ')) + 1;
  const start = text.quote({ start: clause, end: match.end }).length < MAX_QUOTE ? clause : match.start;
  return cut(text.quote({ start, end: sentence.end }));
}

/** At a space, where there is one. */
function cut(quote: string): string {
  if (quote.length <= MAX_QUOTE) return quote;
  const space = quote.lastIndexOf(' ', MAX_QUOTE);
  return quote.slice(0, space > 0 ? space : MAX_QUOTE);
}

/** The shortest quote first, and in the same order however the texts came. */
export function inOrder<T extends { readonly quote: string; readonly pointer: string }>(found: readonly T[]): T[] {
  const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  return [...found].sort(
    (a, b) => a.quote.length - b.quote.length || compare(a.quote, b.quote) || compare(a.pointer, b.pointer),
  );
}
