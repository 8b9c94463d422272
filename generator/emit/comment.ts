/**
 * The one place where text becomes a comment. Text of a spec cannot end the comment, become a tag of it, or make it
 * read differently than it is (control and bidirectional characters).
 */

const LINE_WIDTH = 116;
const MAX_LENGTH = 700;

/** Text of a spec, made fit for a comment: one line, no tags, nothing invisible. */
export function plainText(text: string): string {
  const flat = text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replaceAll('*/', '*\\/')
    .replaceAll('/*', '/\\*')
    .replaceAll(/[@{}]/g, '\\$&')
    .trim();
  const characters = [...flat];
  const cut = characters.length <= MAX_LENGTH ? flat : `${characters.slice(0, MAX_LENGTH).join('').trimEnd()}…`;
  // A cut, or the text itself, must not leave a backslash that would escape what follows.
  return cut.replace(/\\+$/, '');
}

/** Text of a spec as a sentence of its own. */
export function sentence(text: string): string {
  const plain = plainText(text);
  return plain === '' || /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}

/**
 * A TSDoc comment of paragraphs; empty where there is nothing to say.
 *
 * @param paragraphs - already plain: our own words, and text that went through {@link plainText}.
 */
export function docComment(paragraphs: readonly string[], indent = 0): string {
  const said = paragraphs.filter((paragraph) => paragraph !== '');
  if (said.length === 0) return '';
  const pad = ' '.repeat(indent);
  const [only] = said;
  if (said.length === 1 && only !== undefined && only.length + indent <= LINE_WIDTH - 8) return `${pad}/** ${only} */`;
  const lines = said.flatMap((paragraph, index) => [
    ...(index > 0 && !(paragraph.startsWith('@') && said[index - 1]?.startsWith('@')) ? [`${pad} *`] : []),
    ...wrap(paragraph, LINE_WIDTH - indent - 3).map((line) => `${pad} * ${line}`),
  ]);
  return [`${pad}/**`, ...lines, `${pad} */`].join('\n');
}

function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
