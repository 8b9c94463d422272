import type { Path, RequestPlace } from '../ir.js';

/** What a contract says where nobody has answered yet. No client is generated then. */
export const NOT_KNOWN = 'not known';

/** Words that can be written as they are: none of the signs that part a text of a contract is in them. */
const PLAIN = /^[^\s"\\|,;:=()[\]]+$/;

/** A word of a spec as a part of a text, so that two words never read as one and a changed word never reads the same. */
export function wordText(word: string): string {
  return PLAIN.test(word) ? word : JSON.stringify(word);
}

/** A key among others, which dots part. */
export function keyText(key: string): string {
  return key.includes('.') ? JSON.stringify(key) : wordText(key);
}

/** `body.refund.id`, as an overlay writes it. */
export function pathText(path: Path, part: RequestPlace['part'] = 'body'): string {
  return [part, ...path.map((key) => (key === '[]' ? key : keyText(key)))].join('.').replaceAll('.[]', '[]');
}

export function placeText({ part, path }: RequestPlace): string {
  return pathText(path, part);
}

/** Words in their order: `duplicate | "by customer"`. */
export function listText(words: readonly string[]): string {
  return words.length === 0 ? '(none)' : words.map(wordText).join(' | ');
}

/** The words of a {@link listText}, as it writes them. */
export function listOf(text: string): readonly string[] {
  return text === '(none)' ? [] : (text.match(/"(?:[^"\\]|\\.)*"|[^\s|]+/g) ?? []);
}
