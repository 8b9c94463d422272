import type { Fact, Operation, Place, RequestPlace } from '../ir.js';
import { isObject, type JsonObject, type JsonValue, ownList, ownObject, ownText } from '../json.js';
import { bodySchemas, fieldsOf } from '../load/fields.js';
import type { InputFile } from '../load/input-file.js';
import { locate } from '../load/locate.js';
import { PACK_ENDING, PACKS_FOLDER } from '../load/pack-file.js';
import { locationOf, resolve, type SpecDocument } from '../load/spec-document.js';
import { fromPointer, resolvePointer, toPointer } from '../pointer.js';
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

/** The files that parts of the document come from. */
function filesOf(document: SpecDocument): readonly InputFile[] {
  const { origins, overlay, placeOf, spec, value } = document;
  const parts = ['paths', 'components'].flatMap((part) =>
    Object.entries(ownObject(value, part)).flatMap(([name, held]) => [
      toPointer([part, name]),
      ...Object.keys(isObject(held) ? held : {}).map((key) => toPointer([part, name, key])),
    ]),
  );
  const bundled = placeOf === undefined ? [] : parts.map((pointer) => placeOf(pointer).input);
  const overlays = [...origins.values()].map(({ file }) => file);
  return [...new Set([...bundled, ...overlays, ...(overlay === undefined ? [] : [overlay]), spec])];
}

/** By place in the request, where the document describes it. */
function fieldPointers(document: SpecDocument, create: Operation): ReadonlyMap<string, string> {
  const { pointer } = create.evidence;
  const [, path = ''] = fromPointer(pointer);
  const found = new Map<string, string>();
  for (const holder of [toPointer(['paths', path]), pointer]) {
    ownList(resolve(document, holder)?.value, 'parameters').forEach((_, index) => {
      const parameter = resolve(document, `${holder}/parameters/${index}`);
      const place = { part: ownText(parameter?.value, 'in'), path: [ownText(parameter?.value, 'name')] };
      if (parameter !== undefined) found.set(JSON.stringify(place), parameter.pointer);
    });
  }
  const body = bodySchemas(document, pointer).find(({ mediaType }) => mediaType === create.body?.mediaType);
  for (const field of body === undefined ? [] : fieldsOf(document, body.pointer)) {
    const key = JSON.stringify({ part: 'body', path: field.path });
    if (!found.has(key)) found.set(key, field.property);
  }
  return found;
}
