import { isObject, type JsonObject, own, ownText } from '../json.js';
import type { Contract, ContractFact } from './contract.js';

/**
 * A contract as the lock has it: by place, `file#pointer`, what holds there, one line for each fact. A person reads it
 * in a review; that facts move in their file is one line.
 */
export function recordOf({ facts, spec }: Contract): JsonObject {
  const places = new Map<string, [string, string][]>();
  for (const { place, subject, value } of facts) {
    const at = `${place.file}#${place.pointer}`;
    const held = places.get(at) ?? [];
    places.set(at, held);
    held.push([subject, value]);
  }
  return { spec, facts: Object.fromEntries([...places].map(([at, held]) => [at, Object.fromEntries(held)])) };
}

/** A contract out of a lock, whose text is not trusted; `undefined` where it is none. */
export function contractFrom(record: unknown): Contract | undefined {
  if (!isObject(record)) return undefined;
  const spec = ownText(record, 'spec');
  const places = own(record, 'facts');
  if (spec === undefined || !isObject(places)) return undefined;
  const facts: ContractFact[] = [];
  const subjects = new Set<string>();
  for (const [at, held] of Object.entries(places)) {
    const hash = at.indexOf('#');
    if (hash < 0 || !isObject(held)) return undefined;
    const place = { file: at.slice(0, hash), pointer: at.slice(hash + 1) };
    for (const [subject, value] of Object.entries(held)) {
      if (typeof value !== 'string' || subjects.has(subject)) return undefined;
      subjects.add(subject);
      facts.push({ subject, value, place });
    }
  }
  return { spec, facts };
}
