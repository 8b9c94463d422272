import { CORE_SCHEMA, loadAll, mergeTag, YAMLException } from 'js-yaml';
import type { JsonObject, JsonValue } from '../json.js';
import { toPointer } from '../pointer.js';

/** A place in a text. Lines and columns count from 1. */
export interface Mark {
  readonly line: number;
  readonly column: number;
}

/** What a text says, or why it says nothing. */
export type Parsed =
  | { readonly ok: true; readonly value: JsonValue; readonly duplicate?: Mark }
  | { readonly ok: false; readonly reason: string; readonly mark?: Mark };

/** Values of a document; YAML aliases count each time. */
export const MAX_NODES = 2_000_000;
/** Signs that a value of its own may stand behind: with more of them, parsing takes more than half a gigabyte. */
const MAX_SIGNS = 1_000_000;
export const MAX_DEPTH = 200;
/** How many levels of what is too deep are shown. */
const SHOWN_DEPTH = 3;
/** Fields of one object, or parameters of one operation: twenty times more than any known spec has. */
export const MAX_FIELDS = 5_000;

// Dates stay text, keys such as 200 become text, and no tag makes anything that JSON does not have.
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);
const OPTIONS = { schema: SCHEMA, maxDepth: MAX_DEPTH + 10, maxTotalMergeKeys: 100_000 };

/** Parses JSON or YAML, whatever the file is called. Where a key stands twice, the last one counts, and the place is named. */
export function parseText(text: string): Parsed {
  const value = isJson(text) ? parseJson(text) : undefined;
  if (value === undefined) return parseYaml(text);
  if (keysOf(text) === countKeys(value)) return { ok: true, value };
  // JSON.parse says nothing of a key that stands twice. The YAML parser does, and it says where.
  const checked = parseYaml(text);
  return { ok: true, value, ...(checked.ok && checked.duplicate !== undefined && { duplicate: checked.duplicate }) };
}

/** How large a document is, or where and in what it is too large. */
export type Size =
  | { readonly fits: true; readonly count: number }
  | { readonly fits: false; readonly what: 'deep' | 'large' | 'wide'; readonly pointer: string };

/**
 * Whether a text may be parsed: a file of nothing but brackets would take all memory before anything of it could be
 * counted. Signs inside of texts count as well, which no real spec comes near to.
 */
export function isParseable(text: string): boolean {
  if (text.length <= MAX_SIGNS) return true;
  const separator = isJson(text) ? COMMA : LINE_END;
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === BRACKET || code === BRACE || code === separator) count += 1;
  }
  return count <= MAX_SIGNS;
}

const [COMMA, BRACKET, BRACE, LINE_END] = [',', '[', '{', '\n'].map((sign) => sign.charCodeAt(0));

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

interface Measured {
  readonly value: JsonValue;
  readonly depth: number;
  readonly key: string;
  readonly holder: Measured | undefined;
}

/** Counts with an explicit stack: a document of the attacker's depth must not overflow ours. */
export function measure(root: JsonValue): Size {
  const stack: Measured[] = [{ value: root, depth: 0, key: '', holder: undefined }];
  let count = 1;
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, depth } = item;
    if (typeof value !== 'object' || value === null) continue;
    const keys = Object.keys(value);
    count += keys.length;
    if (count > MAX_NODES) return { fits: false, what: 'large', pointer: '' };
    if (depth === MAX_DEPTH && keys.length > 0)
      return { fits: false, what: 'deep', pointer: pointerOf(item, SHOWN_DEPTH) };
    if (keys.length > MAX_FIELDS && holdsFields(item)) return { fits: false, what: 'wide', pointer: pointerOf(item) };
    for (const key of keys) {
      // A list's keys are its indexes.
      const child = (value as JsonObject)[key];
      // Only what holds more is put on the stack: it would take as much memory as the document.
      if (typeof child === 'object' && child !== null)
        stack.push({ value: child, depth: depth + 1, key, holder: item });
    }
  }
  return { fits: true, count };
}

/** Each field of a request is compared with every other. */
function holdsFields({ key, value }: Measured): boolean {
  return key === 'properties' || (key === 'parameters' && Array.isArray(value));
}

function pointerOf(item: Measured, depth = MAX_DEPTH): string {
  const keys: string[] = [];
  for (let at = item; at.holder !== undefined; at = at.holder) if (at.depth <= depth) keys.unshift(at.key);
  return toPointer(keys);
}

function parseJson(text: string): JsonValue | undefined {
  try {
    // What JSON.parse makes is JSON.
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function parseYaml(text: string): Parsed {
  const strict = tryYaml(text, false);
  if (strict.ok || !strict.reason.startsWith('duplicated mapping key')) return strict;
  const lenient = tryYaml(text, true);
  return lenient.ok && strict.mark !== undefined ? { ...lenient, duplicate: strict.mark } : lenient;
}

function tryYaml(text: string, duplicates: boolean): Parsed {
  try {
    const documents = loadAll(text, { ...OPTIONS, json: duplicates });
    if (documents.length > 1) return { ok: false, reason: 'it holds several documents' };
    // The schema makes JSON, and numbers that JSON does not have.
    return { ok: true, value: (documents[0] ?? null) as JsonValue };
  } catch (cause) {
    if (!(cause instanceof YAMLException)) {
      return { ok: false, reason: cause instanceof Error ? firstLine(cause.message) : 'it cannot be parsed' };
    }
    const { mark } = cause;
    const place = mark === undefined || mark === null ? undefined : { line: mark.line + 1, column: mark.column + 1 };
    return { ok: false, reason: firstLine(cause.reason), ...(place !== undefined && { mark: place }) };
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

/**
 * How many keys a JSON text seems to have: inside of a string every quote is escaped, so a quote before a colon ends a
 * key, save for a string that begins with a colon. Too many only costs a second look.
 */
function keysOf(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/(?<!\\)"\s*:/g)) count += 1;
  return count;
}

function countKeys(root: JsonValue): number {
  const stack: JsonValue[] = [root];
  let count = 0;
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const children = Object.values(value);
    if (!Array.isArray(value)) count += children.length;
    for (const child of children) if (typeof child === 'object' && child !== null) stack.push(child);
  }
  return count;
}
