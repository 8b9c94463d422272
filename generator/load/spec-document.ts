import type { Fact, Place } from '../ir.js';
import type { JsonObject, JsonValue } from '../json.js';
import { isObject, own, ownText } from '../json.js';
import { fromPointer, resolvePointer, toPointer } from '../pointer.js';
import type { Location } from '../problem.js';
import type { FilePlace } from './bundle.js';
import type { InputDigests } from './digests.js';
import type { InputFile } from './input-file.js';
import { locate } from './locate.js';
import { type OverlayOrigin, originOf } from './overlay.js';

/** What came over the network, so that the lock can hold it to it. */
export interface SpecPin {
  readonly url: string;
  /** Of the bytes of the document; where it refers to further URLs, of the list of all digests. */
  readonly sha256: string;
}

/** A provider's OpenAPI document with its overlays applied, and the way back to the files. */
export interface SpecDocument {
  readonly value: JsonObject;
  readonly spec: InputFile;
  /** The last overlay: where a person would add a fact. */
  readonly overlay: InputFile | undefined;
  readonly origins: ReadonlyMap<string, OverlayOrigin>;
  /** Where a value stood before overlays, in a spec of several files or of Swagger 2.0; elsewhere it stands at its pointer. */
  readonly placeOf?: (pointer: string) => FilePlace;
  /** Of a spec that came over the network, in whole or in part. */
  readonly pin?: SpecPin;
  /** All that was read for it. */
  readonly digests: InputDigests;
}

/** Where a value of the merged document stands, for people. */
export function locationOf(document: SpecDocument, pointer: string): Location {
  const origin = originOf(document.origins, pointer);
  if (origin !== undefined) return locate(origin.file, origin.pointer);
  const place = placeOf(document, pointer);
  return locate(place.input, place.pointer);
}

/** The place in the user's own files. */
function placeOf(document: SpecDocument, pointer: string): FilePlace {
  return document.placeOf?.(pointer) ?? { input: document.spec, pointer };
}

function statedIn(document: SpecDocument, pointer: string): Place {
  const place = placeOf(document, pointer);
  return { file: place.input.name, pointer: place.pointer };
}

/** A fact with its evidence: declared where the overlay has put it, stated where the spec has. */
export function factAt<T>(document: SpecDocument, pointer: string, value: T): Fact<T> {
  const origin = originOf(document.origins, pointer);
  if (origin === undefined) return { value, basis: 'stated', evidence: statedIn(document, pointer) };
  const evidence: Place = { file: origin.file.name, pointer: origin.pointer };
  return { value, basis: 'declared', evidence, source: origin.source, date: origin.date };
}

/** A fact that names and shapes suggest. Never for what decides over money. */
export function assumedAt<T>(document: SpecDocument, pointer: string, value: T): Fact<T> {
  return { value, basis: 'assumed', evidence: statedIn(document, pointer) };
}

/** A value of the document and its pointer, after following references. */
export interface Resolved {
  readonly value: JsonValue;
  readonly pointer: string;
}

/** Follows `$ref`s, also those on the way; `undefined` where one leads nowhere, or in a circle. */
export function resolve(document: SpecDocument, pointer: string): Resolved | undefined {
  return follow(document, pointer, new Set());
}

/** More than any reference that somebody wrote on purpose: a chain of a hundred thousand would overflow the stack. */
const MAX_STEPS = 500;
const MAX_REF_LENGTH = 10_000;

function follow(document: SpecDocument, pointer: string, seen: Set<string>): Resolved | undefined {
  if (seen.has(pointer) || seen.size > MAX_STEPS) return undefined;
  seen.add(pointer);
  const value = resolvePointer(document.value, pointer);
  const target = refOf(value);
  if (target !== undefined) return follow(document, target, seen);
  if (value !== undefined) return isObject(value) && own(value, '$ref') !== undefined ? undefined : { value, pointer };
  // A part of the way may itself be a reference: a path item, say.
  const keys = fromPointer(pointer);
  const last = keys.at(-1);
  if (last === undefined) return undefined;
  const holder = follow(document, toPointer(keys.slice(0, -1)), seen);
  const inside = holder === undefined ? undefined : `${holder.pointer}${toPointer([last])}`;
  return inside === undefined || inside === pointer ? undefined : follow(document, inside, seen);
}

/** The pointer that a reference names, where a value is a local one. */
function refOf(value: JsonValue | undefined): string | undefined {
  const ref = isObject(value) ? ownText(value, '$ref') : undefined;
  return ref?.startsWith('#/') && ref.length <= MAX_REF_LENGTH ? decodeRef(ref) : undefined;
}

/** The pointer of a local reference, percent-decoded as a URI fragment is. */
export function decodeRef(ref: string): string {
  try {
    return decodeURIComponent(ref.slice(1));
  } catch {
    return ref.slice(1);
  }
}
