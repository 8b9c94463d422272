import type { AmountText } from './evidence-text.js';

/** What an example, a pattern or a format of the amount says about its unit. */
type FormSays = 'major' | 'not-minor' | 'not-major' | null;

/**
 * What the form of the values shows. Only a text with a fraction is written that way on purpose: numbers like 27.5 are
 * found as examples of amounts "in cents", and the format "decimal" on amounts in fractions of a cent.
 */
export function readForm({ kind, text, type }: AmountText): FormSays {
  if (kind === 'pattern') return type === 'string' ? readPattern(text) : null;
  if (kind !== 'example') return null;
  if (type === 'string') {
    // A text of digits alone may be one whose point is left out.
    if (/^\d{3,}$/u.test(text.trim())) return 'not-major';
    return /^\d{1,12}\.\d{2}$/u.test(text.trim()) ? 'major' : null;
  }
  return /^\d{1,12}\.\d*[1-9]/u.test(text.trim()) ? 'not-minor' : null;
}

const DIGIT = '(?:\\\\d|\\[0-9\\]|\\[1-9\\])';
const POINT = '(?:\\\\\\.|\\[\\\\?\\.\\])';

/** A point, then one to three digits, or as many as one likes: a pattern for sums with a fraction. */
const FRACTION = new RegExp(`${POINT}\\(?(?:\\?:)?${DIGIT}(?:\\+|\\*|\\{(?:[0-3],)?[1-3]\\})?(?!\\{)`, 'u');
const ANY_FRACTION = /\\?\.|,/u;

/** What is left of a pattern for numbers once all that may stand in one is gone: nothing. */
const PARTS = new RegExp(`${DIGIT}|${POINT}|\\{\\d{1,2}(?:,\\d{0,2})?\\}|\\?:|[()^$|?*+0-9-]`, 'gu');

/** Reads a pattern rather than running it: it is a stranger's, and may run for ever. */
function readPattern(pattern: string): FormSays {
  if (pattern.length > 200 || pattern.replace(PARTS, '') !== '') return null;
  if (FRACTION.test(pattern)) return 'major';
  const isWhole =
    pattern.startsWith('^') && pattern.endsWith('$') && !ANY_FRACTION.test(pattern.replace(/\{[^}]*\}/gu, ''));
  return isWhole ? 'not-major' : null;
}
