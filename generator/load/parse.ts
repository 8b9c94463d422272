import { CORE_SCHEMA, loadAll, mergeTag, YAMLException } from 'js-yaml';
import type { JsonValue } from '../json.js';

/** A place in a text. Lines and columns count from 1. */
export interface Mark {
  readonly line: number;
  readonly column: number;
}

/** What a text says, or why it says nothing. */
export type Parsed =
  | { readonly ok: true; readonly value: JsonValue; readonly duplicate?: Mark }
  | { readonly ok: false; readonly reason: string; readonly mark?: Mark };

const MAX_NODES = 3_000_000;
export const MAX_DEPTH = 200;

// Dates stay text, keys such as 200 become text, and no tag makes anything that JSON does not have.
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);
const OPTIONS = { schema: SCHEMA, maxDepth: MAX_DEPTH + 10, maxTotalMergeKeys: 100_000 };

/** Parses JSON or YAML, whatever the file is called. Where a key stands twice, the last one counts, and the place is named. */
export function parseText(text: string): Parsed {
  const value = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
  if (value === undefined) return parseYaml(text);
  if (keysOf(text) === countKeys(value)) return { ok: true, value };
  // JSON.parse says nothing of a key that stands twice. The YAML parser does, and it says where.
  const checked = parseYaml(text);
  return { ok: true, value, ...(checked.ok && checked.duplicate !== undefined && { duplicate: checked.duplicate }) };
}

/** How large a document is. Counts with an explicit stack: a document of the attacker's depth must not overflow ours. */
export function measure(root: JsonValue): 'fits' | 'deep' | 'large' {
  const stack: { readonly value: JsonValue; readonly depth: number }[] = [{ value: root, depth: 0 }];
  let count = 0;
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, depth } = item;
    count += 1;
    if (depth > MAX_DEPTH) return 'deep';
    if (count + stack.length > MAX_NODES) return 'large';
    if (typeof value !== 'object' || value === null) continue;
    for (const child of Object.values(value)) stack.push({ value: child, depth: depth + 1 });
  }
  return 'fits';
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
    for (const child of children) stack.push(child);
  }
  return count;
}
