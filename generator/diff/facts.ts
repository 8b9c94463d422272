import type { Fact, Place } from '../ir.js';

/** One thing that code which refunds relies on. */
export interface ContractFact {
  /** What it is about, such as `amount unit` or `request body.amount maxLength`. Unique in its contract. */
  readonly subject: string;
  readonly value: string;
  readonly place: Place;
}

/** Collects facts. Of two about one subject, none is lost. */
export class Facts {
  readonly #place: Place;
  readonly #facts: ContractFact[];
  readonly #subjects: Set<string>;

  /** @param place - where a fact stands that has no place of its own: the operation that creates a refund. */
  constructor(place: Place, facts: ContractFact[] = [], subjects: Set<string> = new Set()) {
    this.#place = place;
    this.#facts = facts;
    this.#subjects = subjects;
  }

  /** The same facts; those that are added without a place stand at this one. */
  at(place: Place): Facts {
    return new Facts(place, this.#facts, this.#subjects);
  }

  get place(): Place {
    return this.#place;
  }

  add(wanted: string, value: string, place: Place = this.#place): void {
    let subject = wanted;
    for (let number = 2; this.#subjects.has(subject); number += 1) subject = `${wanted} (${number})`;
    this.#subjects.add(subject);
    this.#facts.push({ subject, value, place: { file: place.file, pointer: place.pointer } });
  }

  get list(): readonly ContractFact[] {
    return this.#facts;
  }
}

/** Where a list stands that a fact is an item of: a new item then does not move the others. */
export function listPlace({ evidence }: Fact<unknown>): Place {
  return { file: evidence.file, pointer: evidence.pointer.slice(0, Math.max(0, evidence.pointer.lastIndexOf('/'))) };
}
