import { schemasAt } from '../load/schema-at.js';
import { locationOf, resolve } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error } from '../problem.js';
import { type CreateContext, placeText } from './context.js';
import { possibleTypes } from './possible-types.js';
import { type Writers, writtenBy } from './written.js';

/** What is written stands in objects and lists: where the spec contradicts itself about one, nothing can be written. */
export function checkHolders(context: CreateContext, writers: Writers): void {
  const { create, document, problems } = context;
  const body = resolve(document, `${create.evidence.pointer}/requestBody`);
  if (create.body === null || body === undefined) return;
  const root = body.pointer + toPointer(['content', create.body.mediaType, 'schema']);
  const written = writtenBy(writers).filter(({ place }) => place.part === 'body');
  const holders = written.flatMap(({ place: { path } }) => path.map((_, depth) => path.slice(0, depth)));
  // The body itself comes first: of one that is not even an object, no part is known.
  for (const holder of [[], ...holders]) {
    const path = holder.map((key) => (key === '[]' ? '0' : key));
    const impossible = schemasAt(document, root, path).find(
      ({ pointer }) => possibleTypes(document, pointer).length === 0,
    );
    if (impossible === undefined) continue;
    const message = `no value can be what ${placeText({ part: 'body', path: holder })} is in the spec`;
    const hint = 'Its parts ask for values of different types at once. Correct the schema in the overlay.';
    problems.add(error('R043', message, hint, locationOf(document, impossible.pointer)));
  }
}
