/**
 * Text of a spec on its way to a terminal. Terminals act on control characters, and bidirectional ones make a line read
 * differently than it is. Where a CI runs refundgen, its runner reads every line as well, and acts on lines that begin
 * with `::error::` and on `##[error]` or `##vso[…]` anywhere in them.
 */

/** Text without anything that a terminal or a runner would act on. Lines and tabs stay. */
export function printable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      character === '\n' || character === '\t' ? character : '�',
    )
    .replaceAll(COMMAND, (command) => command.replace(/[:#]/, '�'));
}

/** What a runner takes for a command. */
const COMMAND = /^[^\S\n]*::|##(?=[a-z]*\[)/gim;

/** Text on one line, without anything that a terminal would act on. */
export function printableLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ').trim());
}

/** JSON in which the same characters are escaped: it reads back as it was. */
export function printableJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  const visible = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(''),
  );
  // A line of JSON begins with a quote, so only what is acted on anywhere in a line is left.
  return visible.replaceAll(COMMAND, escapeUnit(HASH) + escapeUnit(HASH));
}

const HASH = 0x23;

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
