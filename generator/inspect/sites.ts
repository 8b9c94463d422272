import type { Fact, Operation, Place, RequestPlace } from '../ir.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';
import type { InputFile } from '../load/input-file.js';
import { locate } from '../load/locate.js';
import { PACK_ENDING, PACKS_FOLDER } from '../load/pack-file.js';
import { fieldPointers, filesOf } from '../load/places.js';
import { locationOf, type SpecDocument } from '../load/spec-document.js';
import { resolvePointer } from '../pointer.js';
import type { Location } from '../problem.js';
import type { Evidence, Known, Site } from './inspection.js';

/** The way from a fact back to a line of a file, for one document. */
export interface Sites {
  /** Of a value of the merged document. */
  at(pointer: string): Site;
  /** Of a problem. */
  site(location: Location): Site;
  /** What a file is called. */
  nameOf(file: InputFile): string;
  evidence<T>(fact: Fact<T>): Evidence;
  /** Of a fact about a field: where the overlay says it, or where the spec describes the field. */
  known<T>(fact: Fact<T>, place: RequestPlace): Known;
  /** Where the spec describes a field of the create operation. */
  field(place: RequestPlace): Site;
  /** The value at a place of a file, and the root of that file. */
  value(site: Site): { readonly value: JsonValue | undefined; readonly root: JsonObject } | undefined;
}

/** Looks up places of a document, and of the operation that creates a refund. */
export function sitesOf(document: SpecDocument, create: Operation | undefined): Sites {
  const files = filesOf(document);
  const byName = new Map(files.map((file) => [file.name, file]));
  const byShownName = new Map(files.map((file) => [shownName(file), file]));
  // Where refundgen is installed is of no interest: a pack is called as a configuration names it.
  const shown = new Map(files.map((file) => [file.file, shownName(file)]));
  const site = ({ file, line, pointer }: Location): Site => ({ file: shown.get(file) ?? file, pointer, line });
  const fields = create === undefined ? new Map<string, string>() : fieldPointers(document, create);
  const evidence = <T>({ date, evidence: place, quote, source }: Fact<T>): Evidence => ({
    ...siteIn(byName, place, site),
    ...(quote !== undefined && { quote }),
    ...(source !== undefined && { source }),
    ...(date !== undefined && { date }),
  });
  const field = (place: RequestPlace): Site =>
    site(locationOf(document, fields.get(JSON.stringify(place)) ?? create?.evidence.pointer ?? ''));
  return {
    at: (pointer) => site(locationOf(document, pointer)),
    site,
    nameOf: shownName,
    evidence,
    known: (fact, place) => ({
      basis: fact.basis,
      evidence: fact.basis === 'assumed' ? field(place) : evidence(fact),
    }),
    field,
    value: ({ file, pointer }) => {
      const root = byShownName.get(file)?.value;
      return isObject(root) ? { value: resolvePointer(root, pointer), root } : undefined;
    },
  };
}

function siteIn(
  files: ReadonlyMap<string, InputFile>,
  { file, pointer }: Place,
  site: (location: Location) => Site,
): Site {
  const input = files.get(file);
  return input === undefined ? { file, pointer, line: 1 } : site(locate(input, pointer));
}

function shownName({ file, path }: InputFile): string {
  return path.startsWith(PACKS_FOLDER) && path.endsWith(PACK_ENDING)
    ? `pack:${path.slice(PACKS_FOLDER.length, -PACK_ENDING.length)}`
    : file;
}
