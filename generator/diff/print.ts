import { code, words } from '../markdown.js';
import type { Paint } from '../paint.js';
import { printable, printableJson, printableLine } from '../printable.js';
import { type Change, type ChangePlace, GRADES, type Grade } from './change.js';
import type { ProviderDiff, Stop } from './diff.js';

/** What `refundgen diff --json` prints. Fields are added, but never change their meaning while the version is the same. */
export interface DiffReport {
  readonly diffVersion: 1;
  readonly counts: Readonly<Record<Grade, number>>;
  readonly providers: readonly ProviderDiff[];
}

/** How many changes there are of each grade. */
export function countsOf(diffs: readonly ProviderDiff[]): Readonly<Record<Grade, number>> {
  const all = diffs.flatMap(({ changes }) => changes);
  const count = (grade: Grade): number => all.filter((change) => change.grade === grade).length;
  return { money: count('money'), breaking: count('breaking'), harmless: count('harmless') };
}

/** As JSON, by {@link DiffReport}. */
export function diffJson(diffs: readonly ProviderDiff[]): string {
  const report: DiffReport = { diffVersion: 1, counts: countsOf(diffs), providers: diffs };
  return printableJson(report);
}

/** For a terminal. */
export function diffText(diffs: readonly ProviderDiff[], paint: Paint): string {
  const sections = diffs.map((diff) => providerText(diff, paint));
  return [paint.bold(summaryOf(diffs)), ...sections, verdictOf(diffs)].join('\n\n');
}

function providerText(diff: ProviderDiff, paint: Paint): string {
  const head = `${paint.bold(printableLine(diff.id))}  ${paint.dim(printableLine(specsOf(diff)))}`;
  const lines = diff.changes.flatMap((change) => changeLines(change, paint));
  const nothing = diff.changes.length === 0 ? [`  ${paint.green(NOTHING)}`] : [];
  return [head, ...nothing, ...lines, ...diff.stops.map((stop) => stopLine(stop, paint))].join('\n');
}

const NOTHING = 'no change for refunds';
const GRADE_WIDTH = 10;

function changeLines(change: Change, paint: Paint): readonly string[] {
  const { grade, means, parts, question } = change;
  const colour = { money: paint.red, breaking: paint.yellow, harmless: paint.dim }[grade];
  const indent = ' '.repeat(GRADE_WIDTH + 2);
  const asked = question === null ? '' : ` (${question})`;
  const more = parts.length === 0 ? '' : `, with ${parts.length} more`;
  const lines = [
    `  ${colour(grade.padEnd(GRADE_WIDTH))}${line(change.subject)}: ${line(valuesOf(change))}${more}`,
    `${indent}${line(means)}${asked}`,
    `${indent}${paint.dim(line(placesOf(change)))}`,
  ];
  // Text that was harmless inside of a line may begin one now.
  return lines.map(printableLineStart);
}

function printableLineStart(text: string): string {
  return /^\s*::/.test(text) ? printable(text) : text;
}

function stopLine({ code: id, message, place }: Stop, paint: Paint): string {
  const at = place === null ? '' : `${line(placeOf(place))} `;
  return `  ${paint.red('stops'.padEnd(GRADE_WIDTH))}${id} ${at}${line(message)}`;
}

/** `minor → major`, `+ required string`, `- accepted`. */
function valuesOf({ after, before, kind }: Change): string {
  if (kind === 'added') return `+ ${after?.value ?? ''}`;
  return kind === 'removed' ? `- ${before?.value ?? ''}` : `${before?.value ?? ''} → ${after?.value ?? ''}`;
}

function placesOf({ after, before }: Change): string {
  const places = [before, after].flatMap((side) => (side === null ? [] : [placeOf(side.place)]));
  return [...new Set(places)].join(' → ');
}

/** The line where it is known, else the pointer. */
function placeOf({ column, file, line: row, pointer }: ChangePlace): string {
  return row === null ? `${file}#${pointer}` : `${file}:${row}:${column ?? 1}`;
}

function specsOf({ after, before }: ProviderDiff): string {
  if (before === after) return before ?? 'no refunds';
  return `${before ?? 'new'} → ${after ?? 'gone'}`;
}

function summaryOf(diffs: readonly ProviderDiff[]): string {
  const counts = countsOf(diffs);
  const total = GRADES.reduce((sum, grade) => sum + counts[grade], 0);
  if (total === 0) return 'No change for refunds.';
  const each = GRADES.map((grade) => `${counts[grade]} ${grade}`).join(', ');
  return `${total === 1 ? '1 change' : `${total} changes`} for refunds: ${each}.`;
}

/** What to do about all of it. */
function verdictOf(diffs: readonly ProviderDiff[]): string {
  const stopped = diffs.filter(({ stops }) => stops.length > 0).map(({ id }) => id);
  if (stopped.length > 0) return `generate stops for ${stopped.join(', ')}: refundgen inspect shows what is open.`;
  const { breaking, harmless, money } = countsOf(diffs);
  if (money > 0) return 'Money depends on these changes: look at each of them before you generate.';
  if (breaking > 0) return 'Callers have to change: generate, and let the compiler show where.';
  return harmless > 0 ? 'Nothing that callers rely on has changed.' : 'Nothing that a refund depends on has changed.';
}

const CELL = 160;

function line(text: string): string {
  const flat = printableLine(text);
  return clip(flat);
}

function clip(text: string): string {
  const characters = [...text];
  return characters.length <= CELL ? text : `${characters.slice(0, CELL - 1).join('')}…`;
}

/** For a comment on a pull request. */
export function diffMarkdown(diffs: readonly ProviderDiff[]): string {
  const sections = diffs.map((diff) => {
    const head = `#### ${words(diff.id)}: ${words(specsOf(diff))}`;
    const body = diff.changes.length === 0 ? `${NOTHING}.` : table(diff.changes);
    const stops = diff.stops.map(({ code: id, message, place }) => {
      const at = place === null ? '' : ` ${code(placeOf(place))}`;
      return `- generate stops: **${id}**${at} ${words(clip(message))}`;
    });
    return [head, body, ...(stops.length > 0 ? [stops.join('\n')] : [])].join('\n\n');
  });
  return [`### ${summaryOf(diffs)}`, ...sections, verdictOf(diffs)].join('\n\n');
}

function table(changes: readonly Change[]): string {
  const rows = changes.map((change) => {
    const { after, before, grade, means, question, subject } = change;
    const asked = question === null ? '' : ` **${question}**`;
    const name = grade === 'harmless' ? grade : `**${grade}**`;
    const values = [before, after].map((side) => (side === null ? '' : code(clip(side.value))));
    return `| ${[name, code(clip(subject)), ...values, `${words(means)}${asked}`, code(placesOf(change))].join(' | ')} |`;
  });
  return ['| grade | what | before | after | means | where |', '| --- | --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
