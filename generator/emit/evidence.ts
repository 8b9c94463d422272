import type { Fact, RequestPlace } from '../ir.js';
import { plainText } from './comment.js';

/** Where a fact comes from, as a sentence for a comment. */
export function evidence(fact: Fact<unknown>): string {
  const { basis, date, evidence: place, source } = fact;
  const file = plainText(place.file);
  if (basis === 'declared') return `Declared in ${file}: ${plainText(source ?? '')} (${plainText(date ?? '')}).`;
  if (basis === 'stated') {
    const said = fact.quote === undefined ? '' : `: "${plainText(fact.quote)}"`;
    return `Stated in ${file} at ${plainText(place.pointer)}${said}.`;
  }
  return `Assumed: nothing in ${file} says otherwise.`;
}

/** A place of the request for a comment: `body.amount`. */
export function placeText(place: RequestPlace): string {
  return `\`${plainText([place.part, ...place.path].join('.').replaceAll('.[]', '[]'))}\``;
}
