import { Observer } from './observer.js';

/** @import { Drive } from './drives.js' */
/** @import { Score } from './score.js' */

/**
 * Sends what the spec does not allow: a Prism that lets it pass would say nothing of a client either. What the spec
 * allows is sent too: a Prism that objects to everything would not do.
 *
 * @param {Drive} drive
 * @param {string} url
 * @param {string | number} payment
 * @param {Score} score
 */
export async function sendControls({ right, wrong }, url, payment, score) {
  const base = right(payment);
  score.control('a right request', await placesOf(url, base), 'nowhere');
  for (const [place, change] of wrong) {
    const places = await placesOf(url, { ...base, ...change });
    score.control(`a wrong request, ${place}`, places.split(', ').includes(place) ? place : places, place);
  }
}

/**
 * @param {string} url
 * @param {ReturnType<Drive['right']>} request
 */
async function placesOf(url, { body, headers, method, path }) {
  const observer = new Observer();
  await observer.fetch(`${url}${path}`, { method, headers: { ...headers }, body: JSON.stringify(body) });
  return (
    observer
      .violations('request')
      .map(({ place }) => place)
      .join(', ') || 'nowhere'
  );
}
