/** Text of a spec in Markdown: as words, and as code. Neither can end the cell it is in, or be a link, HTML or a mention. */

/** Text of a spec as words. */
export function words(text: string): string {
  return oneLine(text).replaceAll(/[^\p{L}\p{M}\p{N} .,;-]|\.(?=\S)/gu, (sign) =>
    HARMLESS.has(sign) ? sign : `&#${sign.codePointAt(0)};`,
  );
}

/** Signs that mean nothing between words. */
const HARMLESS: ReadonlySet<string> = new Set(['→', '’']);

/** Text of a spec as code. What would end the code or the cell is written as its number. */
export function code(text: string): string {
  const flat = oneLine(text);
  if (flat === '') return '';
  return /^[\w ./{}[\]:,=#~→-]+$/.test(flat) ? `\`${flat}\`` : `<code>${words(flat)}</code>`;
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .trim();
}
