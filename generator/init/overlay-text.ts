import { askedOf } from '../inspect/questions.js';
import { own } from '../json.js';
import { parseText } from '../load/parse.js';
import { commentText, quoted, yamlComment, yamlText } from '../yaml-text.js';
import type { Form } from './form.js';

/** An answer of a person: the lines of a form, filled in, and where the fact comes from. */
export interface Answered {
  readonly form: Form;
  readonly lines: readonly string[];
  readonly source: string;
  readonly date: string;
}

/** What a new overlay begins with. */
export interface OverlayHead {
  /** For people. */
  readonly title: string;
  /** The spec, as a path from the overlay, or a URL. */
  readonly extends: string;
  readonly file: string;
  readonly date: string;
}

/**
 * A new overlay. Its one action says what the provider is called: an overlay without any action is none, and what is
 * open is all in comments.
 */
export function newOverlay(head: OverlayHead, forms: readonly Form[], answered: readonly Answered[]): string {
  const name = nameOf(head.title);
  const lines = [
    'overlay: 1.0.0',
    'info:',
    `  title: ${yamlText(`What the OpenAPI document of ${name} does not say about refunds`)}`,
    '  version: 1.0.0',
    `extends: ${quoted(head.extends)}`,
    'actions:',
    ...action(
      [
        '- target: $',
        '  description: The name for people.',
        '  update:',
        '    x-refund:',
        '      provider:',
        `        name: ${quoted(name)}`,
      ],
      `${head.file}, info.title`,
      head.date,
    ).map((line) => `  ${line}`),
  ];
  return `${[...lines, ...blocks(forms, answered, '  ')].join('\n')}\n`;
}

/** A display name of letters, digits and a few signs, as the schema of x-refund wants it. */
function nameOf(title: string): string {
  const plain = commentText(title)
    .replaceAll(/[^A-Za-z0-9 .&+-]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 60)
    .trim();
  return plain === '' ? 'The provider' : plain;
}

/** An overlay with further questions at its end; `undefined` where they cannot stand there. */
export function extendOverlay(text: string, forms: readonly Form[], answered: readonly Answered[]): string | undefined {
  const indent = indentOfActions(text);
  if (indent === undefined) return undefined;
  const end = text.endsWith('\n') ? '' : '\n';
  const extended = `${text}${end}${blocks(forms, answered, indent).join('\n')}\n`;
  const [before, after] = [parseText(text), parseText(extended)];
  if (!before.ok || !after.ok) return undefined;
  const [was, is] = [actionsIn(before.value), actionsIn(after.value)];
  const kept = JSON.stringify(was) === JSON.stringify(is.slice(0, was.length));
  return kept && is.length === was.length + answered.length ? extended : undefined;
}

function actionsIn(value: Parameters<typeof own>[0]): readonly unknown[] {
  const found = own(value, 'actions');
  return Array.isArray(found) ? found : [];
}

/** How far the actions at the end of an overlay in block style are indented. JSON takes no comments. */
function indentOfActions(text: string): string | undefined {
  const parsed = parseText(text);
  const value = parsed.ok ? parsed.value : null;
  const isLast = typeof value === 'object' && value !== null && Object.keys(value).at(-1) === 'actions';
  if (/^\s*[[{]/.test(text) || !isLast) return undefined;
  const [, rest = ''] = text.split(/^actions:[^\n]*\n/m);
  return /^( *)- /m.exec(rest)?.[1];
}

/** Whether an overlay already has the lines of a form, as a comment that nobody has filled in yet. */
export function hasForm(text: string, form: Form): boolean {
  const lines = form.lines.flatMap((line) => line.split('\n'));
  const commented = text.split('\n').map((line) => line.replace(/^ *# ?/, ''));
  return commented.some((_, index) => lines.every((line, offset) => commented[index + offset] === line));
}

/** Questions by what they are about, answered ones as actions and open ones as comments. */
function blocks(forms: readonly Form[], answered: readonly Answered[], indent: string): string[] {
  const lines: string[] = [];
  let about = '';
  for (const form of forms) {
    const { question } = form;
    if (question.about !== about) lines.push('', `${indent}## ---- ${question.about} ----`);
    about = question.about;
    const given = answered.find((item) => item.form === form);
    lines.push(
      '',
      ...prose(form, indent),
      ...(given === undefined ? open(form) : closed(given)).map((line) => indent + line),
    );
  }
  return lines;
}

/** What the question is, and what the spec says, in comments that stay comments when lines are uncommented. */
function prose({ advice, holes, question }: Form, indent: string): string[] {
  const { code, file, line, says } = question;
  const lead = `${indent}## `;
  const places = new Set(says.map((hint) => `${hint.file}:${hint.line}`));
  // Operations are among what the spec says.
  const choices = question.code === 'R040' ? holes.flatMap((hole) => hole.choices) : [];
  return [
    ...yamlComment(`${code} ${askedOf(question)}`, lead, 5),
    ...(places.has(`${file}:${line}`) ? [] : yamlComment(`${file}:${line}`, `${lead}     `)),
    ...says.flatMap((hint) => yamlComment(`${hint.file}:${hint.line} says: ${hint.text}`, `${lead}     `, 2)),
    ...(choices.length === 0 ? [] : [`${lead}     One of:`]),
    ...choices.flatMap(({ means, yaml }) => yamlComment(`${yaml}: ${means}`, `${lead}       `, 2)),
    ...(advice === '' ? [] : yamlComment(advice, `${lead}     `)),
  ];
}

function open({ lines }: Form): string[] {
  return [
    ...lines.flatMap((line) => line.split('\n')),
    '  x-refund:',
    '    source:   # the document that says so, and where in it',
    '    date:     # YYYY-MM-DD, the day on which you read it',
  ].map((line) => `# ${line}`);
}

function closed({ date, lines, source }: Answered): string[] {
  return action(
    lines.flatMap((line) => line.split('\n')),
    source,
    date,
  );
}

function action(lines: readonly string[], source: string, date: string): string[] {
  return [...lines, '  x-refund:', `    source: ${quoted(source)}`, `    date: ${date}`];
}
