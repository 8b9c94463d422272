import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';
import { fromPointer, toPointer } from '../pointer.js';
import { error, Problems, type Result } from '../problem.js';
import type { InputFile } from './input-file.js';
import { locate } from './locate.js';
import { MAX_NODES, measure } from './parse.js';
import { tooLarge } from './read-file.js';
import { type Location, select } from './select.js';

/** Where a value of the merged document comes from: an action of the overlay. */
export interface OverlayOrigin {
  /** The overlay: there may be several. */
  readonly file: InputFile;
  /** In the overlay file. */
  readonly pointer: string;
  readonly source: string;
  readonly date: string;
}

/** A document with an overlay applied. */
export interface Overlaid {
  readonly value: JsonObject;
  /** By pointer in the merged document: every value that the overlay has put there. */
  readonly origins: ReadonlyMap<string, OverlayOrigin>;
}

type Mutable = { [key: string]: Mutable } | Mutable[] | string | number | boolean | null;

/**
 * Applies an overlay (OpenAPI Overlay Specification 1.x, JSONPath by RFC 9535). Every action has to say where its facts
 * come from: `x-refund: { source, date }`.
 *
 * @param before - what earlier overlays have put into the document.
 * @param unmatched - how a target that matches nothing is reported.
 */
export function applyOverlay(
  document: JsonObject,
  overlay: InputFile,
  before: ReadonlyMap<string, OverlayOrigin> = new Map(),
  unmatched: typeof error = error,
): Result<Overlaid> {
  const problems = new Problems();
  const version = ownText(overlay.value, 'overlay');
  if (version === undefined || !/^1\.\d+\.\d+$/.test(version)) {
    const hint = 'Begin the file with "overlay: 1.0.0".';
    problems.add(error('R010', `${overlay.file} is not an Overlay 1.x document`, hint, locate(overlay, '')));
  }
  const origins = new Map(before);
  const merged = copyObject(document);
  const actions = ownList(overlay.value, 'actions');
  if (actions.length === 0 && !problems.failed) {
    const hint = 'List them under actions: each has a target, and update or remove.';
    problems.add(error('R010', `${overlay.file} has no actions`, hint, locate(overlay, '')));
  }
  for (const [index, action] of actions.entries()) {
    const found = applyAction(merged, action, index, overlay, origins, unmatched);
    problems.add(...found);
    // What follows would only take time.
    if (found.some(({ code }) => code === 'R004')) break;
  }
  const size = measure(merged);
  if (!size.fits)
    problems.add(tooLarge(`the document with ${overlay.file}`, 'is too large or nested too deep', locate(overlay, '')));
  return problems.result<Overlaid>({ value: merged, origins });
}

function applyAction(
  document: { [key: string]: Mutable },
  action: JsonValue,
  index: number,
  overlay: InputFile,
  origins: Map<string, OverlayOrigin>,
  unmatched: typeof error,
) {
  const at = toPointer(['actions', index]);
  const invalid = (message: string, hint: string, where = at) => [error('R010', message, hint, locate(overlay, where))];
  const target = ownText(action, 'target');
  if (target === undefined) return invalid('an action has no target', 'Name it: target: $.paths…');
  const provenance = ownObject(action, 'x-refund');
  const source = ownText(provenance, 'source');
  const date = ownText(provenance, 'date');
  if (source === undefined || isBlank(source) || date === undefined || !isDay(date)) {
    const hint = 'Add x-refund: { source: <document or URL>, date: <YYYY-MM-DD, when it was read> } to the action.';
    return [error('R012', 'an action does not say where its fact comes from', hint, locate(overlay, at))];
  }
  const update = own(action, 'update');
  const remove = own(action, 'remove') === true;
  if (update === undefined && !remove) return invalid('an action neither updates nor removes', 'Add update or remove.');
  const selected = select(document, target);
  if (!selected.ok)
    return invalid(`target is not JSONPath (RFC 9535): ${selected.reason}`, 'Correct it.', `${at}/target`);
  const found = selected.locations;
  if (found.length === 0) {
    const hint = 'The spec has changed, or the path has a mistake: compare it with the spec.';
    return [unmatched('R011', `target ${target} matches nothing`, hint, locate(overlay, `${at}/target`))];
  }
  const misfit = found.map((location) => whyNotApplicable(valueAt(document, location), location, update)).find(Boolean);
  if (misfit !== undefined) {
    return invalid(misfit, 'Target the object or list around it.', `${at}/${remove ? 'remove' : 'update'}`);
  }
  if (update !== undefined && origins.size + found.length * countOf(update) > MAX_WRITTEN)
    return [tooLarge(`the document with ${overlay.file}`, 'would be too large', locate(overlay, `${at}/target`))];
  const origin = { file: overlay, source, date };
  for (const location of remove ? lastFirst(found) : found) {
    if (remove) removeAt(document, location, origins);
    else if (update !== undefined) mergeAt(document, location, update, `${at}/update`, { ...origin, origins });
  }
  return [];
}

/** Values that all overlays together may write: thirty actions that each double the document are a few lines. */
const MAX_WRITTEN = 100_000;

function countOf(update: JsonValue): number {
  const size = measure(update);
  return size.fits ? size.count : MAX_NODES;
}

/** Items of a list from its end: those before them keep their places, in whatever order they were named. */
function lastFirst(locations: readonly Location[]): readonly Location[] {
  return [...locations].sort((one, other) => {
    const at = one.findIndex((key, index) => key !== other[index]);
    const [a, b] = [one[at], other[at]];
    if (typeof a === 'number' && typeof b === 'number') return b - a;
    return other.length - one.length;
  });
}

function parentOf(document: { [key: string]: Mutable }, location: Location): Mutable {
  return valueAt(document, location.slice(0, -1));
}

function childOf(value: Mutable, key: string | number): Mutable {
  if (Array.isArray(value)) return value[Number(key)] ?? null;
  return isObject(value) && Object.hasOwn(value, key)
    ? ((value as { [key: string]: Mutable })[String(key)] ?? null)
    : null;
}

/** Nothing, or the hole of a line that was uncommented and not filled in. */
function isBlank(source: string): boolean {
  return source.trim() === '' || /^\s*<[^<>]*>\s*$/.test(source);
}

/** A calendar day that there is. */
function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function valueAt(document: { [key: string]: Mutable }, location: Location): Mutable {
  return location.reduce<Mutable>((value, key) => childOf(value, key), document);
}

/** @param update - `undefined` for an action that removes. */
function whyNotApplicable(target: Mutable, location: Location, update: JsonValue | undefined): string | undefined {
  if (update === undefined) return location.length === 0 ? 'the document itself cannot be removed' : undefined;
  if (Array.isArray(target)) return undefined;
  const wanted = isObject(target) ? 'an object' : 'a single value';
  const fits = isObject(target) ? isObject(update) : typeof update !== 'object' || update === null;
  return fits ? undefined : `the target is ${wanted}, and the update is not`;
}

function removeAt(document: { [key: string]: Mutable }, location: Location, origins: Map<string, OverlayOrigin>): void {
  const parent = parentOf(document, location);
  const key = location.at(-1);
  if (key === undefined) return;
  if (Array.isArray(parent)) {
    parent.splice(Number(key), 1);
    shiftOrigins(origins, toPointer(location.slice(0, -1)), Number(key));
  }
  if (isObject(parent)) delete (parent as { [key: string]: Mutable })[String(key)];
}

/** After an item of a list is gone, the ones behind it have other pointers. */
function shiftOrigins(origins: Map<string, OverlayOrigin>, list: string, removed: number): void {
  for (const [pointer, origin] of [...origins]) {
    if (!pointer.startsWith(`${list}/`)) continue;
    const [index = '', ...rest] = pointer.slice(list.length + 1).split('/');
    const position = Number(index);
    if (position < removed) continue;
    origins.delete(pointer);
    if (position > removed) origins.set([list, position - 1, ...rest].join('/'), origin);
  }
}

interface Provenance {
  readonly file: InputFile;
  readonly source: string;
  readonly date: string;
  readonly origins: Map<string, OverlayOrigin>;
}

function mergeAt(
  document: { [key: string]: Mutable },
  location: Location,
  update: JsonValue,
  from: string,
  provenance: Provenance,
): void {
  const current = valueAt(document, location);
  if (Array.isArray(current)) {
    // By the specification, a targeted list gets the update as one entry; lists inside an update are concatenated.
    current.push(fresh(update, toPointer([...location, current.length]), from, provenance));
    return;
  }
  const merged = merge(current, update, toPointer(location), from, provenance);
  const key = location.at(-1);
  const parent = parentOf(document, location);
  if (key === undefined) return;
  if (Array.isArray(parent)) parent[Number(key)] = merged;
  else if (isObject(parent)) defineOwn(parent as { [key: string]: Mutable }, String(key), merged);
}

/** Objects merge, lists grow, everything else is replaced. Changes `current` where that is an object or a list. */
function merge(current: Mutable, update: JsonValue, at: string, from: string, provenance: Provenance): Mutable {
  if (isObject(update) && isObject(current)) {
    const target = current as { [key: string]: Mutable };
    for (const [key, value] of Object.entries(update)) {
      const [inner, innerFrom] = [at + toPointer([key]), from + toPointer([key])];
      const merged = Object.hasOwn(target, key)
        ? merge(target[key] ?? null, value, inner, innerFrom, provenance)
        : fresh(value, inner, innerFrom, provenance);
      defineOwn(target, key, merged);
    }
    return target;
  }
  if (Array.isArray(current)) {
    const added = Array.isArray(update) ? update : [update];
    added.forEach((value, index) => {
      current.push(fresh(value, at + toPointer([current.length]), from + toPointer([index]), provenance));
    });
    return current;
  }
  return fresh(update, at, from, provenance);
}

/** A copy of a new value, with the origin of all that is in it. */
function fresh(value: JsonValue, at: string, from: string, provenance: Provenance): Mutable {
  const { file, source, date, origins } = provenance;
  origins.set(at, { file, pointer: from, source, date });
  if (Array.isArray(value)) {
    return value.map((item, index) => fresh(item, at + toPointer([index]), from + toPointer([index]), provenance));
  }
  if (!isObject(value)) return value as string | number | boolean | null;
  const copy: { [key: string]: Mutable } = {};
  for (const [key, item] of Object.entries(value)) {
    defineOwn(copy, key, fresh(item, at + toPointer([key]), from + toPointer([key]), provenance));
  }
  return copy;
}

/** A copy to be changed. It shares nothing, even where YAML aliases made one value stand in two places. */
function copyObject(value: JsonObject): { [key: string]: Mutable } {
  const copy: { [key: string]: Mutable } = {};
  for (const [key, child] of Object.entries(value)) defineOwn(copy, key, copyValue(child));
  return copy;
}

function copyValue(value: JsonValue): Mutable {
  if (Array.isArray(value)) return value.map(copyValue);
  return isObject(value) ? copyObject(value) : (value as string | number | boolean | null);
}

/** Assigning `__proto__` would change the object's prototype instead of setting a key. */
function defineOwn(target: { [key: string]: Mutable }, key: string, value: Mutable): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The origin of a value: its own, or that of the nearest value around it. */
export function originOf(origins: ReadonlyMap<string, OverlayOrigin>, pointer: string): OverlayOrigin | undefined {
  const keys = fromPointer(pointer);
  for (let length = keys.length; length > 0; length -= 1) {
    const found = origins.get(toPointer(keys.slice(0, length)));
    if (found !== undefined) return found;
  }
  return undefined;
}
