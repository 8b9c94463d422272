import type { Paint } from '../paint.js';
import { printable, printableLine } from '../printable.js';
import type { Basis, Evidence, Known, Site } from './inspection.js';

export const WIDTH = 100;
const LABEL = 12;
/** Where the basis of a fact begins. */
const BASIS = 58;

/** Text in lines of a width. A word that is wider than a line is cut: nothing may run out of the page. */
export function wrap(text: string, width: number): string[] {
  const words = printableLine(text)
    .split(' ')
    .flatMap((word) => word.match(new RegExp(`.{1,${Math.max(1, width)}}`, 'gu')) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  // A word that was harmless inside of a line may now begin one.
  return lines.length === 0 ? [''] : lines.map(printable);
}

export function indented(text: string, indent: number): string[] {
  return wrap(text, WIDTH - indent).map((line) => ' '.repeat(indent) + line);
}

/** Lines that are to be copied: as they are, save for what a terminal would act on. */
export function verbatim(text: string, indent: number): string[] {
  return printable(text)
    .split('\n')
    .map((line) => ' '.repeat(indent) + line);
}

/** Where declared facts come from. One document is the source of many: each gets a number, and is listed once. */
export class Sources {
  readonly #numbers = new Map<string, number>();

  /** ` [1]`, or nothing for a fact that the spec itself states. */
  mark({ date, source }: Evidence): string {
    if (source === undefined) return '';
    const text = date === undefined ? source : `${source} (read on ${date})`;
    const number = this.#numbers.get(text) ?? this.#numbers.size + 1;
    this.#numbers.set(text, number);
    return ` [${number}]`;
  }

  lines(): string[] {
    return [...this.#numbers].flatMap(([text, number]) => {
      const [first = '', ...rest] = indented(text, 7);
      return [`  ${`[${number}]`.padEnd(5)}${first.trimStart()}`, ...rest];
    });
  }
}

export function placeOf({ file, line }: Pick<Site, 'file' | 'line'>): string {
  return printableLine(`${file}:${line}`);
}

/** What a fact is: its name, its value, and what it rests on. */
export interface Row {
  readonly label: string;
  readonly value: string;
  /** `undefined` where there is nothing to rest on: a fact that is not known, or one that needs no proof. */
  readonly known?: Known | undefined;
  readonly isOpen?: boolean;
}

/** A fact, with its basis and its place at the right, and the words that state it below. */
export function factLines(
  { label, value, known, isOpen = false }: Row,
  paint: Paint,
  sources = new Sources(),
): string[] {
  const [first = '', ...more] = wrap(value, WIDTH - LABEL - 2);
  const begin = `  ${printable(label.replaceAll(/\s/g, ' '))
    .slice(0, LABEL - 1)
    .padEnd(LABEL)}`;
  const rest = more.map((line) => ' '.repeat(begin.length) + line);
  const shown = isOpen ? paint.yellow(first) : first;
  const head = `${paint.dim(begin)}${shown}`;
  if (known === undefined) return [head, ...rest];
  const place = placeOf(known.evidence) + sources.mark(known.evidence);
  const tail = `${known.basis.padEnd(9)} ${place}`;
  const painted = `${paintBasis(known.basis, paint)} ${paint.dim(place)}`;
  const width = begin.length + first.length;
  const at = more.length > 0 ? -1 : width < BASIS && BASIS + tail.length <= WIDTH ? BASIS : WIDTH - tail.length;
  const fits = at >= width + 2;
  const lines = fits
    ? [`${head}${' '.repeat(at - width)}${painted}`]
    : [head, ...rest, ' '.repeat(Math.max(begin.length, Math.min(BASIS, WIDTH - tail.length))) + painted];
  return [...lines, ...sayings(known, begin.length).map(paint.dim)];
}

/** The words that state a fact. */
function sayings({ evidence: { quote } }: Known, indent: number): string[] {
  return quote === undefined ? [] : indented(`“${quote.replaceAll(/\s+/g, ' ').trim()}”`, indent);
}

function paintBasis(basis: Basis, paint: Paint): string {
  const text = basis.padEnd(9);
  if (basis === 'stated') return paint.green(text);
  return basis === 'declared' ? paint.cyan(text) : paint.yellow(text);
}
