import { createHash } from 'node:crypto';

/**
 * The one place where text of a spec becomes a TypeScript identifier. Only ASCII letters and digits survive, so that
 * nothing in a spec can end up as anything but a name.
 */
export function toIdentifier(text: string, style: 'camel' | 'pascal'): string {
  const words = text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '');
  const joined = words
    .map((word, index) => (index === 0 && style === 'camel' ? lowerFirst(word) : upperFirst(word)))
    .join('')
    .slice(0, MAX_LENGTH);
  if (joined === '') return toIdentifier(`name ${createHash('sha256').update(text).digest('hex').slice(0, 8)}`, style);
  if (/^\d/.test(joined)) return `${style === 'camel' ? 'n' : 'N'}${joined}`.slice(0, MAX_LENGTH);
  return RESERVED.has(joined) ? `${joined}Value` : joined;
}

const MAX_LENGTH = 60;

function lowerFirst(word: string): string {
  // A first word in capitals is an abbreviation: HTTPRefund has been split into HTTPRefund, so keep it readable.
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Words that cannot name a variable in a module, and properties that every object has. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const constructor continue debugger default delete do else enum eval export ' +
    'extends false finally for function hasOwnProperty if implements import in instanceof interface let new null ' +
    'package private protected prototype public return static super switch this throw toJSON toString true try typeof ' +
    'valueOf var void while with yield'
  ).split(' '),
);

/**
 * A name that is not taken yet: the wanted one, or the first free one with a number. It is no longer than any other, so
 * that a name that is made of it keeps the number.
 */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const name = `${wanted.slice(0, MAX_LENGTH - String(number).length)}${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Whether a text may name a provider: its folder, and the `provider` field of its client. */
export function isProviderId(text: string): boolean {
  return /^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(text) && text.length <= 40 && !FOLDERS.has(text);
}

/** Folders of the output that are not a provider's, and names that Windows keeps for itself. */
const FOLDERS = new Set([
  'runtime',
  'index',
  'providers',
  ...['con', 'prn', 'aux', 'nul'],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((number) => [`com${number}`, `lpt${number}`]),
]);
