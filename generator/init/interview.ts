import { askedOf } from '../inspect/questions.js';
import { printable, printableLine } from '../printable.js';
import { type Choice, type Form, type Hole, withoutComments } from './form.js';
import type { Answered } from './overlay-text.js';

/** A person at a terminal. */
export interface Person {
  /** Shows text. */
  say(text: string): void;
  /** Asks, and waits for a line. */
  ask(prompt: string): Promise<string>;
  /** Whether the person has broken off: then nothing that was said counts. */
  readonly interrupted: boolean;
}

/**
 * Asks a person each question in turn. An empty line leaves a question open, and so does an answer that is none of the
 * choices: nothing is taken for an answer that was not clearly given.
 *
 * @param today - the day on which what is answered was read.
 * @returns `undefined` where the person breaks off.
 */
export async function interview(
  forms: readonly Form[],
  person: Person,
  today: string,
): Promise<readonly Answered[] | undefined> {
  const answered: Answered[] = [];
  for (const [index, form] of forms.entries()) {
    person.say(questionText(form, `${index + 1} of ${forms.length}`));
    const lines = await fillIn(form, person);
    if (person.interrupted) return undefined;
    if (lines === undefined) continue;
    const source = (await person.ask('Which document says so, and where in it? ')).trim();
    if (person.interrupted) return undefined;
    if (source === '') person.say('A fact without a source is none: left open.\n');
    else answered.push({ form, lines, source, date: today });
  }
  return answered;
}

function questionText({ advice, question }: Form, count: string): string {
  const { code, file, line, says } = question;
  return [
    '',
    `${code} (${count}) ${printableLine(askedOf(question))}`,
    `    ${printableLine(`${file}:${line}`)}`,
    ...says.map((hint) => `    ${printableLine(`${hint.file}:${hint.line} says: ${hint.text}`)}`),
    ...(advice === '' ? [] : [`    ${advice}`]),
    '',
  ].join('\n');
}

/** The lines of a form, filled in; `undefined` where the person leaves it open. */
async function fillIn(form: Form, person: Person): Promise<readonly string[] | undefined> {
  let rest = form.holes;
  const lines: string[] = [];
  if (rest.length === 0) return (await takes(form, person)) ? form.lines : undefined;
  for (const line of form.lines) {
    const [hole, ...others] = rest;
    if (hole === undefined || !line.includes(hole.text)) {
      lines.push(line);
      continue;
    }
    rest = others;
    const chosen = await choose(hole, line, person);
    if (chosen === undefined) return undefined;
    lines.push(withoutComments(line.replace(hole.text, () => chosen)));
  }
  return lines;
}

/** Lines that leave nothing to choose can be right as they are; what is to be changed in them is for an editor. */
async function takes({ lines }: Form, person: Person): Promise<boolean> {
  person.say(printable(lines.map((line) => line.replaceAll(/^/gm, '    ')).join('\n')));
  const said = await person.ask('Is that so? y for yes, Enter to leave it open: ');
  return /^y(es)?$/i.test(said.trim());
}

async function choose({ choices }: Hole, line: string, person: Person): Promise<string | undefined> {
  person.say(printable(`    ${line.trim()}`));
  if (choices.length === 0) {
    person.say('    To be written into the file.');
    return undefined;
  }
  const options = choices.map(({ means, yaml }, index) => `      ${index + 1}  ${printableLine(`${yaml}  ${means}`)}`);
  person.say(options.join('\n'));
  const said = (await person.ask('Number, or Enter to leave it open: ')).trim();
  const chosen: Choice | undefined = choices.find(({ yaml }, index) => said === String(index + 1) || said === yaml);
  return chosen?.yaml;
}
