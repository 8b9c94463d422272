/** What a frame is about: a place, and the offset behind what is marked. */
export interface Marked {
  readonly line: number;
  readonly column: number;
  readonly end: number;
}

const AROUND = 2;
const WIDTH = 120;

/** The offset at which each line of a text begins. */
export function linesOf(text: string): number[] {
  const starts = [0];
  for (const { index } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + (text.startsWith('\r\n', index) ? 2 : 1));
  return starts;
}

/** The lines around a place, with the place underlined. A long line is cut around it: a spec may be one single line. */
export function frameOf(text: string, starts: readonly number[], { line, column, end }: Marked): string {
  const from = Math.max(0, line - 1 - AROUND);
  const shown = starts.slice(from, line + AROUND).map((start, index) => {
    // Not the whole line: it may be the whole file.
    const begin = from + index === line - 1 ? start + cutOf(column) : start;
    const raw = text.slice(begin, Math.min(begin + WIDTH, starts[from + index + 1] ?? text.length));
    return raw.replace(/[\r\n]+$/, '');
  });
  const marked = shown[line - 1 - from] ?? '';
  const cut = cutOf(column);
  const indents = shown.filter((part) => part.trim() !== '').map((part) => part.search(/\S/));
  const indent = cut > 0 ? 0 : Math.min(...indents, column - 1);
  const offset = column - 1 - cut;
  const length = Math.max(1, Math.min(end - (starts[line - 1] ?? 0) - cut, marked.length) - offset);
  const width = String(from + shown.length).length;
  return shown
    .flatMap((part, index) => {
      const row = `${String(from + index + 1).padStart(width)} | ${part.slice(indent)}`.trimEnd();
      const underline = `${' '.repeat(width)} | ${' '.repeat(Math.max(0, offset - indent))}${'^'.repeat(length)}`;
      return from + index + 1 === line ? [row, underline] : [row];
    })
    .join('\n');
}

/** How much of a line is left out at its beginning. */
function cutOf(column: number): number {
  return column > WIDTH - 40 ? column - 41 : 0;
}
