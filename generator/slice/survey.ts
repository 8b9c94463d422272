import type { JsonValue } from '../json.js';
import type { SpecDocument } from '../load/spec-document.js';
import { fromPointer, resolvePointer, toPointer } from '../pointer.js';
import { copyAnswers, copyComponent, copyRequest } from './copy-operation.js';
import type { ComponentKind, Copying } from './copy-schema.js';
import type { FindTarget } from './reference.js';
import { sizeOfAnswers, sizeOfComponent, sizeOfField, sizeOfRequest, sizeOfSchema } from './size.js';

/** An operation that goes into the slice, under the name that it has in the generated code. */
export interface SliceOperation {
  readonly name: string;
  readonly pointer: string;
}

/** A component, an object schema without a name, or one side of an operation: what can be kept or cut off by itself. */
export interface Part {
  readonly key: string;
  readonly kind: ComponentKind | 'answers' | 'inline' | 'request';
  readonly pointer: string;
  /** What it refers to, or has inside. */
  readonly edges: Set<string>;
  /** Those of them that are what it is itself, as in `allOf`, and not one of its fields. */
  readonly tops: Set<string>;
  /** The lengths of its texts, which become comments. */
  readonly texts: number[];
  /** About how many characters of TypeScript it takes, without its comments and the parts inside of it. */
  size: number;
}

/** Everything that operations reach, by key. */
export type Survey = ReadonlyMap<string, Part>;

export function keyOf(kind: Part['kind'], pointer: string): string {
  return `${kind} ${pointer}`;
}

/** Looks at everything that the operations reach, before it is decided what of it is kept. */
export function takeSurvey(
  document: SpecDocument,
  operations: readonly SliceOperation[],
  find: FindTarget,
  siblings: boolean,
): Survey {
  const parts = new Map<string, Part>();
  const pending: Part[] = [];
  let current = newPart('request', '');
  const begin = (kind: Part['kind'], pointer: string): Part => {
    const part = newPart(kind, pointer);
    parts.set(part.key, part);
    return part;
  };
  const copying: Copying = {
    siblings,
    reference(reference) {
      const target = find(reference);
      if (target === undefined) return undefined;
      const key = keyOf(reference.kind, target);
      current.edges.add(key);
      if (reference.top) current.tops.add(key);
      if (!parts.has(key)) pending.push(begin(reference.kind, target));
      return { $ref: `#${toPointer(['components', reference.kind, fromPointer(target).at(-1) ?? ''])}` };
    },
    part(pointer, _schema, copy) {
      const holder = current;
      current = begin('inline', pointer);
      holder.edges.add(current.key);
      current.size = sizeOfSchema(copy(), depthOf(pointer));
      current = holder;
      return {};
    },
    text(text) {
      current.texts.push(text.length);
      return '';
    },
    strange() {},
  };
  for (const { pointer } of operations) {
    current = begin('request', pointer);
    current.size = sizeOfRequest(copyRequest(copying, document, pointer));
    current = begin('answers', pointer);
    current.size = sizeOfAnswers(copyAnswers(copying, document, pointer));
  }
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    current = part;
    part.size = sizeOf(part, copyPart(copying, document, part));
  }
  return parts;
}

function newPart(kind: Part['kind'], pointer: string): Part {
  return { key: keyOf(kind, pointer), kind, pointer, edges: new Set(), tops: new Set(), texts: [], size: 0 };
}

function copyPart(copying: Copying, document: SpecDocument, { kind, pointer }: Part): JsonValue {
  const value = resolvePointer(document.value, pointer) ?? null;
  return kind === 'inline' || kind === 'request' || kind === 'answers'
    ? null
    : copyComponent(copying, kind, value, pointer);
}

function sizeOf({ kind, pointer }: Part, copied: JsonValue): number {
  const name = fromPointer(pointer).at(-1)?.length ?? 0;
  return name + (kind === 'schemas' ? sizeOfField(copied, 2) : sizeOfComponent(copied, 2));
}

/** How deep the type of a schema inside of others is indented. */
function depthOf(pointer: string): number {
  return 2 + fromPointer(pointer).filter((key) => key === 'properties').length;
}

/** The keys of all parts of a kind. */
export function keysOf(survey: Survey, kind: Part['kind']): string[] {
  return [...survey.values()].filter((part) => part.kind === kind).map(({ key }) => key);
}

/** Everything that parts reach, themselves included. */
export function reach(survey: Survey, from: Iterable<string>, along: 'edges' | 'tops' = 'edges'): Set<string> {
  const seen = new Set(from);
  for (const key of seen) {
    for (const next of survey.get(key)?.[along] ?? []) seen.add(next);
  }
  return seen;
}
