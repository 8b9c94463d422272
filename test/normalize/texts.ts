import { type AmountText, quoteAt, readPlain } from '../../generator/normalize/evidence-text.js';
import { readForm } from '../../generator/normalize/stated-form.js';
import { readStatedFull } from '../../generator/normalize/stated-full.js';
import { readStatedUnit } from '../../generator/normalize/stated-unit.js';
import { FORMS, MARKED, PROSE, SUMS } from './odd-texts.js';
import { FULL, NOT_FULL } from './stated-full-texts.js';
import { MAJOR, MINOR, OPEN, POINTLESS, SILENT } from './stated-unit-texts.js';

type Type = AmountText['type'];

const TYPES: readonly Type[] = ['integer', 'number', 'string'];

/** Texts of a kind, and how what is read from one of them is written down. */
export interface TextKind {
  readonly kind: string;
  readonly texts: readonly string[];
  readonly told: (text: string) => string;
}

export const TEXT_KINDS: readonly TextKind[] = [
  { kind: 'minor', texts: MINOR, told: toldUnit },
  { kind: 'major', texts: MAJOR, told: toldUnit },
  { kind: 'silent', texts: SILENT, told: toldUnit },
  { kind: 'open', texts: Object.values(OPEN).flat(), told: toldUnit },
  { kind: 'pointless', texts: POINTLESS, told: toldUnit },
  { kind: 'sums', texts: SUMS, told: toldUnit },
  { kind: 'prose', texts: PROSE, told: toldUnit },
  { kind: 'full', texts: FULL, told: toldFull },
  { kind: 'not-full', texts: NOT_FULL, told: toldFull },
  { kind: 'marked', texts: MARKED, told: toldPlain },
  { kind: 'forms', texts: FORMS, told: toldForm },
];

function says(text: string, type: Type, rest: Partial<AmountText> = {}): AmountText {
  return { kind: 'description', about: 'amount', type, pointer: '/amount', text, ...rest };
}

const CENTS = says('Amount in cents.', 'number', { pointer: '/cents' });
const EUROS = says('Amount in euros.', 'number', { pointer: '/euros' });

/** What a text states, alone and beside one that states the one unit or the other: doubts show beside them only. */
function unitOf(text: string, type: Type, about: AmountText['about'] = 'amount'): string {
  const own = says(text, type, { about });
  return [[own], [own, CENTS], [EUROS, own]].map((texts) => readStatedUnit(texts).stated?.unit ?? '-').join(' ');
}

function toldUnit(text: string): string {
  const { conflict, stated } = readStatedUnit([says(text, 'number')]);
  const quotes = [...(stated === null ? [] : [stated]), ...conflict].map(({ quote, unit }) => `  ${unit}: ${quote}`);
  const whole = unitOf(text, 'number');
  const types = TYPES.filter((type) => unitOf(text, type) !== whole).map((type) => `  ${type}: ${unitOf(text, type)}`);
  const around = unitOf(text, 'number', 'parent');
  return [
    `# ${text}`,
    `  ${whole}`,
    ...quotes,
    ...types,
    ...(around === whole ? [] : [`  around the amount: ${around}`]),
    ...otherwise(text, (other) => unitOf(other, 'number')),
  ].join('\n');
}

function toldFull(text: string): string {
  const read = (other: string, about: AmountText['about'] = 'amount'): string =>
    readStatedFull([says(other, 'integer', { about })])?.quote ?? '-';
  const isRead = (other: string): string => (read(other) === '-' ? '-' : 'full');
  const around = read(text, 'parent');
  return [
    `# ${text}`,
    `  ${read(text)}`,
    ...(around === read(text) ? [] : [`  around the amount: ${around}`]),
    ...otherwise(text, isRead),
  ].join('\n');
}

/** The words of a text without which it is read otherwise. */
function otherwise(text: string, read: (text: string) => string): readonly string[] {
  const whole = read(text);
  const words = [...text.matchAll(/\S+/g)];
  return words.flatMap(({ 0: word, index }) => {
    const now = read(`${text.slice(0, index)}${text.slice(index + word.length).trimStart()}`);
    return now === whole ? [] : [`  without ${word}: ${now}`];
  });
}

/** A text as it is read, and how it is quoted where its middle decides. */
function toldPlain(text: string): string {
  const read = readPlain(text);
  if (read === null) return `# ${text.length} characters\n  are not read`;
  const sentences = read.sentences.map((span) => {
    const middle = Math.floor((span.start + span.end) / 2);
    const match = { start: Math.max(span.start, middle - 5), end: Math.min(span.end, middle + 5) };
    const quote = quoteAt(read, span, match);
    return `  ${JSON.stringify(read.plain.slice(span.start, span.end))} from ${JSON.stringify(quote)}`;
  });
  return [`# ${JSON.stringify(text)}`, ...sentences].join('\n');
}

/** What an example and a pattern of these signs say. */
function toldForm(text: string): string {
  const lines = (['example', 'pattern', 'format'] as const).flatMap((kind) =>
    TYPES.flatMap((type) => {
      const form = readForm(says(text, type, { kind }));
      const beside = [CENTS, EUROS].map(
        (other) => readStatedUnit([says(text, type, { kind }), other]).stated?.unit ?? '-',
      );
      return form === null && beside.join(' ') === 'minor major'
        ? []
        : [`  ${kind}, ${type}: ${form}, ${beside.join(' ')}`];
    }),
  );
  return [`# ${JSON.stringify(text)}`, ...lines].join('\n');
}
