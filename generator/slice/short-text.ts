/**
 * A text of the spec, short enough for the comment of a type: as it is where it is short, else its first paragraph, as
 * many of its sentences as fit, or the words that fit. Some specs have pages of prose for each property.
 */
export function shortText(text: string, maxLength: number): string {
  if (maxLength === 0) return '';
  const whole = withoutMarkup(text);
  if (whole.length <= maxLength) return whole;
  const [first = ''] = whole.split(/\n[^\S\n]*\n/);
  const paragraph = first.trim();
  if (paragraph.length <= maxLength) return paragraph;
  const start = paragraph.slice(0, maxLength);
  const sentenceEnd = Math.max(...['. ', '.\n', '! ', '? '].map((end) => start.lastIndexOf(end)));
  if (sentenceEnd >= maxLength / 4) return start.slice(0, sentenceEnd + 1);
  const wordEnd = start.search(/\s\S*$/);
  return `${start.slice(0, wordEnd > 0 ? wordEnd : maxLength - 1).trimEnd()}…`;
}

/** HTML says nothing in a comment. Only tags that layout text are taken out: `<id>` may be a placeholder. */
function withoutMarkup(text: string): string {
  return text.replaceAll(PARAGRAPH_TAG, '\n\n').replaceAll(LAYOUT_TAG, '').trim();
}

const PARAGRAPH_TAG = /<(?:\/?(?:p|div|ul|ol|table|h[1-6])|br\s*\/?)(?:\s[^<>]{0,300})?>/gi;
const LAYOUT_TAG =
  /<\/?(?:a|b|i|u|em|strong|code|pre|span|small|sub|sup|li|hr|img|tr|td|th|tbody|thead|blockquote)(?:\s[^<>]{0,300})?\/?>/gi;
