import { SPECS } from '../fixtures/specs.js';
import { declaredPlaces, documentAt, inFull, missing, writtenPlaces } from '../normalize/drafts.js';
import { ODD, told } from '../normalize/odd.js';
import { TEXT_KINDS } from '../normalize/texts.js';

/** Something that normalizing says, in full. The golden files of `test/normalize/` hold the same, more of it in one file. */
interface Reading {
  readonly name: string;
  readonly text: () => string;
}

/** So few that a mutant need not wait for all places of a spec. */
const PLACES_AT_ONCE = 20;

function oddReadings(): readonly Reading[] {
  return ODD.flatMap(([kind, inventions]) =>
    Object.entries(inventions).map(([name, invention]) => ({
      name: `odd ${kind}: ${name}`,
      text: () => told(name, invention),
    })),
  );
}

async function readingsOf(spec: string): Promise<readonly Reading[]> {
  const document = await documentAt(spec);
  const places = [...declaredPlaces(document), ...(spec.startsWith('specs/') ? writtenPlaces(document) : [])];
  const parts = Array.from({ length: Math.ceil(places.length / PLACES_AT_ONCE) }, (_, index) =>
    places.slice(index * PLACES_AT_ONCE, (index + 1) * PLACES_AT_ONCE),
  );
  return [
    { name: `${spec}: whole`, text: () => inFull(document) },
    ...parts.map((part, index) => ({ name: `${spec}: missing parts, ${index}`, text: () => missing(document, part) })),
  ];
}

function textReadings(): readonly Reading[] {
  return TEXT_KINDS.flatMap(({ kind, texts, told: toldText }) =>
    texts.map((text, index) => ({ name: `text ${kind}: ${index}`, text: () => toldText(text) })),
  );
}

/** All readings, the quickest first. */
export async function readings(): Promise<readonly Reading[]> {
  const drafts = await Promise.all(SPECS.map(readingsOf));
  return [...oddReadings(), ...textReadings(), ...drafts.flat()];
}
