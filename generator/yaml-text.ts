/**
 * The one place where text becomes YAML: scalars of an overlay, and comments in it. Text of a spec cannot end a line, a
 * scalar or a comment.
 */

/** A scalar: as it is where it is harmless, else in double quotes. */
export function yamlText(text: string): string {
  return PLAIN.test(text) && !MEANS_ELSE.test(text) ? text : quoted(text);
}

/** Nothing that YAML reads as anything but a letter, inside of braces as well: no colon, comma or bracket. */
const PLAIN = /^[A-Za-z_$][\w$]*(?:[./-][\w$]+)*$/;

/** What YAML reads as null, a truth value or a number, in any of its versions. */
const MEANS_ELSE = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** A scalar in double quotes. JSON, in which what YAML does not print, or may take for the end of a line, is escaped. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

const WIDTH = 100;

/**
 * Text as the lines of a comment, wrapped.
 *
 * @param lead - what each line begins with: `#`, and what stands before and after it.
 * @param hang - by how much further the second line and all that follow are indented.
 */
export function yamlComment(text: string, lead = '# ', hang = 0): string[] {
  const words = commentText(text)
    .split(' ')
    .flatMap((word) => word.match(/.{1,80}/gu) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const width = WIDTH - lead.length - (lines.length > 1 ? hang : 0);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line, index) => `${lead}${index === 0 ? '' : ' '.repeat(hang)}${line}`);
}

/** Text that cannot leave a comment: one line, nothing invisible. */
export function commentText(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .trim();
}
