import type { OpenQuestion } from '../inspect/inspection.js';
import { offeredOperations } from '../inspect/questions.js';
import { placeText } from '../normalize/context.js';
import type { PlacedShape } from '../normalize/place.js';
import { quoted, yamlText } from '../yaml-text.js';

/** Something in the lines of a question that a person has to decide. */
export interface Hole {
  /** What stands there until then. */
  readonly text: string;
  /** As YAML, each with what it means. None where only the person can know. */
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly yaml: string;
  readonly means: string;
}

/** A question as lines to fill in: an action of an overlay, save for where its fact comes from. */
export interface Form {
  readonly question: OpenQuestion;
  readonly lines: readonly string[];
  readonly holes: readonly Hole[];
  /** What a person should know before the lines are taken as they are. */
  readonly advice: string;
}

/**
 * Makes lines to fill in of a question. Where a value that is taken without thought could cost money, none is suggested:
 * the values that there are stand in its place, and do not load.
 *
 * @param places - every place of the request that refunds, for questions that ask for one.
 */
export function formOf(question: OpenQuestion, places: readonly PlacedShape[]): Form {
  // The last line is for where the fact comes from, which every action of a form has in a layout of its own.
  const lines = question.overlay.split('\n').slice(0, -1);
  const filled = lines.map((line) => openLine(line, question, places));
  return {
    question,
    lines: filled.map(({ line }) => line),
    holes: filled.flatMap(({ hole, line }) => [
      // A name that the spec does not list: only the person can know it.
      ...(line.includes(RAW.text) ? [RAW] : []),
      ...(hole === undefined ? [] : [hole]),
    ]),
    advice: ADVICE[question.code] ?? '',
  };
}

const ADVICE: Readonly<Partial<Record<OpenQuestion['code'], string>>> = {
  R031: 'The places below are suggested by their names: check each of them, and what the answer means.',
  R032: 'A status that is read as succeeded or failed too early is a refund lost, or made twice.',
  R033: 'Only a document that promises that a repeated key is acted on once allows replay.',
  R034: 'When in doubt: ambiguous.',
  R037: 'The places below are an example.',
};

interface OpenLine {
  readonly line: string;
  readonly hole?: Hole;
}

function openLine(whole: string, question: OpenQuestion, places: readonly PlacedShape[]): OpenLine {
  const { code: line, comment } = splitComment(whole);
  const { code } = question;
  const suggested = /^(.*: )(minor|omitted|pending)( \})?$/.exec(line);
  if (suggested !== null) {
    const [, before = '', value = '', after = ''] = suggested;
    const choices = VALUES[value] ?? [];
    const hole = { text: `<${choices.map(({ yaml }) => yaml).join(' | ')}>`, choices };
    const means = value === 'pending' ? '' : choices.map((choice) => `${choice.yaml}: ${choice.means}`).join('; ');
    return { line: withComment(`${before}${hole.text}${after}`, means), hole };
  }
  if ((code === 'R020' || code === 'R021') && /^ *create: /.test(line)) {
    const known = new Set(question.says.map(({ text }) => text));
    const names = offeredOperations(question.overlay);
    const choices = names.flatMap((name): Choice[] => {
      const means = [...known].find((text) => text.startsWith(`${name}: `))?.slice(name.length + 2);
      return means === undefined ? [] : [{ yaml: quoted(name), means }];
    });
    const hole = { text: '<METHOD /path>', choices };
    return { line: `${line.slice(0, line.indexOf(':'))}: ${hole.text}`, hole };
  }
  const example = code === 'R040' ? /^( *(payment|amount): )(.*)$/.exec(line) : null;
  if (example !== null && !places.some(({ place }) => yamlText(placeText(place)) === example[3])) {
    const hole = { text: '<path|query|header|body>.<name>', choices: placeChoices(places, example[2] === 'amount') };
    return { line: `${example[1]}${hole.text}`, hole };
  }
  if (code === 'R034' && /^ *ambiguous:$/.test(line)) return { line: withComment(line, comment), hole: AMBIGUOUS };
  return { line: withComment(line, comment) };
}

const STATUSES: readonly Choice[] = [
  { yaml: 'pending', means: 'the money is on its way, or will be' },
  { yaml: 'requires_action', means: 'somebody has to do something first' },
  { yaml: 'succeeded', means: 'final: the money is back' },
  { yaml: 'failed', means: 'final: it is not, and will not be' },
  { yaml: 'canceled', means: 'final: it was called off' },
];

/** By the value that a question suggests: all that may stand there. */
const VALUES: Readonly<Record<string, readonly Choice[]>> = {
  minor: [
    { yaml: 'minor', means: '1000 for $10.00' },
    { yaml: 'major', means: '10.00 for $10.00' },
  ],
  omitted: [
    { yaml: 'omitted', means: 'leaving it out refunds all that is left' },
    { yaml: 'unsupported', means: 'it has to be named' },
  ],
  pending: STATUSES,
};

/** The careful answer is the one that stands there. */
const AMBIGUOUS: Hole = {
  text: 'ambiguous',
  choices: [
    { yaml: 'ambiguous', means: 'money may have moved' },
    { yaml: 'refused', means: 'no money moved, and the document says so' },
  ],
};

const RAW: Hole = { text: '<raw status>', choices: [] };

/** More would not be read. */
const MOST = 20;

function placeChoices(places: readonly PlacedShape[], isAmount: boolean): readonly Choice[] {
  const kinds = isAmount ? ['integer', 'number', 'string'] : ['string', 'integer'];
  const fitting = places.filter(({ place, shape }) => place.part !== 'header' && kinds.includes(shape.kind));
  const ordered = [...fitting].sort((a, b) => kinds.indexOf(a.shape.kind) - kinds.indexOf(b.shape.kind));
  return ordered.slice(0, MOST).map(({ place, required, shape }) => ({
    yaml: yamlText(placeText(place)),
    means: [shape.kind, required ? 'required' : '', shape.description].filter((text) => text !== '').join(', '),
  }));
}

/** A line with its comment; on two lines where it would be too long. */
function withComment(line: string, comment: string): string {
  if (comment === '') return line;
  const inline = `${line}   # ${comment}`;
  return inline.length <= 92 ? inline : `${/^ */.exec(line)?.[0] ?? ''}# ${comment}\n${line}`;
}

/** Lines of a form once nothing in them is left to choose: their comments say what there was to choose. */
export function withoutComments(line: string): string {
  const lines = line.split('\n').filter((part) => !part.trimStart().startsWith('#'));
  return lines.map((part) => splitComment(part).code).join('\n');
}

/** The comment of a line of YAML begins at the first `#` after a space that stands in no quotes. */
function splitComment(line: string): { readonly code: string; readonly comment: string } {
  const found = /^((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'#]|(?<=\S)#)*?)\s+#\s*(.*)$/.exec(line);
  return found === null ? { code: line, comment: '' } : { code: found[1] ?? '', comment: found[2] ?? '' };
}
