import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
import { fromPointer } from '../pointer.js';
import type { Location } from '../problem.js';
import { frameOf, linesOf } from './frame.js';
import { MAX_DEPTH } from './parse.js';

/** What is needed to point into a file. */
export interface Locatable {
  readonly file: string;
  readonly source: { readonly body: string };
}

/** Where a value stands in its file, or else the nearest that would hold it, with the lines around it. */
export function locate(input: Locatable, pointer: string): Location {
  const text = indexOf(input.source);
  const [start, end] = text.events.length === 0 ? [0, 0] : rangeOf(text, find(text, fromPointer(pointer)));
  const line = lineOf(text.lines, start);
  const column = start - (text.lines[line - 1] ?? 0) + 1;
  const frame = frameOf(input.source.body, text.lines, { line, column, end });
  return { file: input.file, line, column, pointer, frame };
}

/** The structure of a text as a flat list of events with offsets: JSON is YAML, so that one index serves both. */
interface TextIndex {
  readonly body: string;
  readonly events: readonly Event[];
  /** For each event, the index of the one behind its value. */
  readonly next: Int32Array;
  readonly anchors: ReadonlyMap<string, number>;
  /** By the event that begins an object or a list: its values by key or position, once somebody has looked into it. */
  readonly values: Map<number, ReadonlyMap<string, number>>;
  /** The offset at which each line begins. */
  readonly lines: readonly number[];
}

/** Made for the first problem of a file, and kept as long as the file: a run without problems does not pay for it. */
const indexes = new WeakMap<object, TextIndex>();

function indexOf(source: { readonly body: string }): TextIndex {
  const known = indexes.get(source);
  if (known !== undefined) return known;
  const made = makeIndex(source.body);
  indexes.set(source, made);
  return made;
}

function makeIndex(body: string): TextIndex {
  const events = eventsOf(body);
  const next = new Int32Array(events.length);
  const anchors = new Map<string, number>();
  const open: number[] = [];
  for (const [index, event] of events.entries()) {
    next[index] = index + 1;
    if (event.type === EVENT_ID.POP) {
      const start = open.pop();
      if (start !== undefined) next[start] = index + 1;
      continue;
    }
    if (event.type === EVENT_ID.ALIAS) continue;
    if (event.type !== EVENT_ID.SCALAR) open.push(index);
    if (event.type !== EVENT_ID.DOCUMENT && event.anchorStart >= 0) {
      anchors.set(body.slice(event.anchorStart, event.anchorEnd), index);
    }
  }
  return { body, events, next, anchors, values: new Map(), lines: linesOf(body) };
}

/** A text that cannot be parsed has no places in it, and so does a JSON text with characters that YAML does not take. */
function eventsOf(body: string): Event[] {
  try {
    return parseEvents(body, { maxDepth: MAX_DEPTH + 10 });
  } catch {
    return [];
  }
}

/** The index of the event that begins a value, or the last one found on the way to it. */
function find(text: TextIndex, keys: readonly string[]): number {
  // Event 0 begins the document.
  let found = 1;
  for (const key of keys) {
    const child = childOf(text, found, key, 0);
    if (child === undefined) return found;
    found = child;
  }
  return found;
}

/** @param hops - how many aliases led here: they may lead in a circle. */
function childOf(text: TextIndex, holder: number, key: string, hops: number): number | undefined {
  const event = text.events[holder];
  if (event === undefined || hops > 20) return undefined;
  if (event.type === EVENT_ID.ALIAS) {
    const anchored = text.anchors.get(text.body.slice(event.anchorStart, event.anchorEnd));
    return anchored === undefined ? undefined : childOf(text, anchored, key, hops + 1);
  }
  if (event.type !== EVENT_ID.SEQUENCE && event.type !== EVENT_ID.MAPPING) return undefined;
  const values = valuesOf(text, holder);
  const merged = values.get('<<');
  return values.get(key) ?? (merged === undefined ? undefined : childOf(text, merged, key, hops + 1));
}

/** A document may have as many problems as fields: each of them must not read all the others again. */
function valuesOf(text: TextIndex, holder: number): ReadonlyMap<string, number> {
  const known = text.values.get(holder);
  if (known !== undefined) return known;
  const isList = text.events[holder]?.type === EVENT_ID.SEQUENCE;
  const values = new Map<string, number>();
  for (let at = holder + 1; text.events[at]?.type !== EVENT_ID.POP && at < text.events.length; ) {
    const value = isList ? at : (text.next[at] ?? text.events.length);
    const name = isList ? String(values.size) : nameAt(text, at);
    // Where a key stands twice, the last one counts.
    if (name !== undefined) values.set(name, value);
    at = text.next[value] ?? text.events.length;
  }
  text.values.set(holder, values);
  return values;
}

function nameAt(text: TextIndex, at: number): string | undefined {
  const event = text.events[at];
  return event?.type === EVENT_ID.SCALAR ? getScalarValue(text.body, event) : undefined;
}

/** From where to where a value stands. Of a container, only where it begins is of interest. */
function rangeOf(text: TextIndex, at: number): readonly [number, number] {
  const event = text.events[at];
  if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return [0, 0];
  if (event.type === EVENT_ID.ALIAS) return [event.anchorStart - 1, event.anchorEnd];
  if (event.type !== EVENT_ID.SCALAR) return [event.start, Number.POSITIVE_INFINITY];
  // A value that is left out stands at its key.
  if (event.valueStart < 0) return at > 1 ? rangeOf(text, at - 1) : [0, 0];
  const quoted = event.style === SCALAR_STYLE.DOUBLE_QUOTED || event.style === SCALAR_STYLE.SINGLE_QUOTED;
  return quoted ? [event.valueStart - 1, event.valueEnd + 1] : [event.valueStart, event.valueEnd];
}

/** The line, counted from 1, that an offset is in. */
function lineOf(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
