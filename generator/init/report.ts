import { printable, printableLine } from '../printable.js';
import type { InitReport } from './init.js';

/** What was done, and what comes next, for a person. */
export function initText(report: InitReport): string {
  return [...overlayLines(report), ...configLines(report), ...nextLines(report)].map(printable).join('\n');
}

function overlayLines({ added, answered, done, lines, overlay, waiting }: InitReport): string[] {
  const file = printableLine(overlay);
  const given = answered === 0 ? '' : `, ${answered} answered`;
  const had = waiting === 0 ? '' : `; ${count(waiting)} were there already`;
  switch (done) {
    case 'created':
      return [`✓ ${file} written: ${count(added)} to answer${given}`];
    case 'extended':
      return [`✓ ${count(added)} added at the end of ${file}${given}${had}`];
    case 'kept':
      return [
        waiting === 0
          ? `✓ ${file} answers every question`
          : `${file} has every open question already: ${count(waiting)}`,
      ];
    case 'not needed':
      return ['✓ no question is open: no overlay is needed'];
    case 'manual':
      return [`${file} cannot be added to safely. Add this to its actions:`, lines];
  }
}

function configLines({ config: { done, entry, file } }: InitReport): string[] {
  const shown = printableLine(file);
  if (done === 'created') return [`✓ ${shown} written`];
  if (done === 'known') return [];
  return [`Add to the providers of ${shown}:`, `    ${printableLine(entry)}`];
}

function nextLines({ added, again, done, waiting }: InitReport): string[] {
  const then = again
    ? 'npx refundgen init again: once the operation is known, more is asked'
    : 'npx refundgen generate';
  if (added + waiting === 0) return [`Next: ${then}`];
  if (done === 'manual') return [];
  return [
    'Next: find out, fill in what stands between < and >, give source and date, and take away the "# " before the lines.',
    `Then: ${then}`,
  ];
}

function count(questions: number): string {
  return questions === 1 ? '1 question' : `${questions} questions`;
}
