import type { Paint } from '../paint.js';
import { printableLine } from '../printable.js';
import type { InspectedOperation, Inspection, NamedOperation, OpenQuestion, Remark } from './inspection.js';
import { factLines, indented, placeOf, Sources, verbatim, WIDTH, wrap } from './layout.js';
import { askedOf } from './questions.js';
import { answerRows, capabilityRows, connectionRows, errorRows, requestRows } from './rows.js';

/** An inspection as a page for a person. */
export function printInspection(inspection: Inspection, paint: Paint): string {
  const { answers, create, operations, questions, statuses } = inspection;
  const sources = new Sources();
  const rows = (title: string, found: readonly (readonly string[])[]): string[] =>
    found.length === 0 ? [] : [heading(title, paint), ...found.flat()];
  const facts = (title: string, found: ReturnType<typeof requestRows>): string[] =>
    rows(
      title,
      found.map((row) => factLines(row, paint, sources)),
    );
  const sections = [
    header(inspection, paint),
    rows('Operations', operationLines(operations, paint)),
    rows('Alternatives', alternativeLines(inspection, paint)),
    ...(create === null
      ? []
      : [
          facts('Request', requestRows(inspection)),
          facts('Answers', answers.length + statuses.length === 0 ? [] : answerRows(inspection)),
          facts('Errors', errorRows(inspection)),
          facts('Client', capabilityRows(inspection)),
          facts('Connection', connectionRows(inspection)),
        ]),
    ...(create === null ? [] : [sourceLines(sources, paint)]),
    questionLines(questions, paint),
    rows(
      'To correct',
      inspection.obstacles.map((remark) => remarkLines(remark, paint.red, paint)),
    ),
    rows('Warnings', warningLines(inspection.warnings, paint)),
  ];
  return sections
    .filter((section) => section.length > 0)
    .map((section) => section.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n');
}

function sourceLines(sources: Sources, paint: Paint): string[] {
  const lines = sources.lines();
  return lines.length === 0 ? [] : [heading('Sources', paint), ...lines.map(paint.dim)];
}

function heading(title: string, paint: Paint): string {
  return paint.bold(title);
}

function header({ complete, obstacles, provider, questions, spec }: Inspection, paint: Paint): string[] {
  const { title, version } = provider;
  const open = questions.length === 1 ? '1 question is open' : `${questions.length} questions are open`;
  const wrong = obstacles.length === 0 ? '' : `, ${obstacles.length} to correct`;
  const state = complete ? paint.green('every fact that a client needs is known') : paint.yellow(`${open}${wrong}`);
  return [
    ...wrap(`${title} ${version}`, WIDTH).map(paint.bold),
    paint.dim(printableLine(spec.overlay === null ? spec.file : `${spec.file} with ${spec.overlay}`)),
    ...(spec.digest === null ? [] : [paint.dim(`SHA-256 ${spec.digest}`)]),
    state,
  ];
}

/** Signs are for the operations that are used; of the others, their role is enough. */
function operationLines(operations: readonly InspectedOperation[], paint: Paint): string[][] {
  return operations.map((found) => {
    const { basis, chosen, operationId, reasons, role } = found;
    const id = operationId === null ? '' : `  ${operationId}`;
    const value = `${nameOf(found)}${id}`;
    const mark = chosen ? '●' : '○';
    const known = { basis, evidence: found.at };
    const lines = factLines({ label: `${mark} ${role}`, value, known }, paint);
    return [...lines, ...(chosen ? reasons.map((reason) => reasonLine(reason, paint)) : [])];
  });
}

function reasonLine({ at, says, weight }: InspectedOperation['reasons'][number], paint: Paint): string {
  const text = printableLine(says);
  return paint.dim(`${' '.repeat(14)}${signed(weight).padStart(2)} ${text.padEnd(WIDTH - 17 - 30)} ${placeOf(at)}`);
}

function signed(weight: number): string {
  return weight === 0 ? '' : weight > 0 ? `+${weight}` : `−${-weight}`;
}

function nameOf({ method, path }: Pick<NamedOperation, 'method' | 'path'>): string {
  return printableLine(`${method} ${path}`);
}

/** What else looks as if it created a refund, and why. */
function alternativeLines({ alternatives, operations }: Inspection, paint: Paint): string[][] {
  return alternatives.map(({ method, operationId, path }) => {
    const found = operations.find((operation) => operation.method === method && operation.path === path);
    const signs = found?.reasons.map(({ says, weight }) => (weight === 0 ? says : `${says} ${signed(weight)}`)) ?? [];
    const name = operationId === null ? `${method} ${path}` : `${method} ${path} ${operationId}`;
    return [...indented(name, 2), ...indented(signs.join(', '), 14).map(paint.dim)];
  });
}

function questionLines(questions: readonly OpenQuestion[], paint: Paint): string[] {
  const lines: string[] = [];
  for (const [index, question] of questions.entries()) {
    const { about, code, overlay, says } = question;
    if (about !== questions[index - 1]?.about)
      lines.push(...(index > 0 ? [''] : []), heading(`Open: ${lowerFirst(about)}`, paint));
    else lines.push('');
    const [first = '', ...rest] = indented(askedOf(question), 8);
    lines.push(`  ${paint.yellow(code)}  ${first.trimStart()}`, ...rest);
    lines.push(paint.dim(`        ${placeOf(question)}`));
    for (const hint of says) {
      const [begin = '', ...more] = indented(`“${hint.text}”`, 10);
      lines.push(...[begin.replace(/^ {10}/, '        · '), ...more].map(paint.dim));
    }
    lines.push(...verbatim(overlay, 8).map(paint.cyan));
  }
  return lines;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function remarkLines({ at, code, hint, message }: Remark, colour: (text: string) => string, paint: Paint): string[] {
  const [first = '', ...rest] = indented(message, 8);
  return [
    `  ${colour(code)}  ${first.trimStart()}`,
    ...rest,
    ...(at === null ? [] : [paint.dim(`        ${placeOf(at)}`)]),
    ...hint.split('\n').flatMap((line) => indented(line, 8)),
  ];
}

/** A spec of several megabytes has hundreds of warnings: the first ones of each kind show what they are. */
const SHOWN = 3;

function warningLines(warnings: readonly Remark[], paint: Paint): string[][] {
  const codes = [...new Set(warnings.map(({ code }) => code))].sort();
  return codes.flatMap((code) => {
    const found = warnings.filter((warning) => warning.code === code);
    const shown = found.slice(0, SHOWN).map(({ at, message }) => {
      const place = at === null ? '' : ` (${placeOf(at)})`;
      const [first = '', ...rest] = indented(`${message}${place}`, 8);
      return [`  ${paint.yellow(code)}  ${first.trimStart()}`, ...rest];
    });
    const more = found.length - shown.length;
    return more <= 0 ? shown : [...shown, [paint.dim(`  ${code}  and ${more} more`)]];
  });
}
