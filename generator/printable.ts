/**
 * Text of a spec on its way to a terminal. Terminals act on control characters, and bidirectional ones make a line read
 * differently than it is.
 */

/** Text without anything that a terminal would act on. Lines and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '�',
  );
}

/** Text on one line, without anything that a terminal would act on. */
export function printableLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ').trim());
}

/** JSON in which the same characters are escaped: it reads back as it was. */
export function printableJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(''),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
