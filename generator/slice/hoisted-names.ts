import { own } from '../json.js';
import type { SpecDocument } from '../load/spec-document.js';
import { toIdentifier, uniqueName } from '../names.js';
import { fromPointer } from '../pointer.js';
import type { ComponentKind } from './copy-schema.js';
import type { Survey } from './survey.js';

/**
 * The names that everything referred to has as a component, by key: the own name of a component, and for what stands
 * elsewhere in the document a name made of where it stands.
 */
export function nameComponents(document: SpecDocument, survey: Survey): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, Set<string>>();
  const sorted = [...survey.values()].sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
  for (const { key, kind, pointer } of sorted) {
    if (kind === 'answers' || kind === 'inline' || kind === 'request') continue;
    const others = taken.get(kind) ?? new Set(Object.keys(own(own(document.value, 'components'), kind) ?? {}));
    taken.set(kind, others);
    const name = ownName(kind, pointer) ?? uniqueName(nameOf(pointer), others);
    others.add(name);
    names.set(key, name);
  }
  return names;
}

function ownName(kind: ComponentKind, pointer: string): string | undefined {
  const [root, section, name, ...inside] = fromPointer(pointer);
  return root === 'components' && section === kind && inside.length === 0 ? name : undefined;
}

/** Words of OpenAPI that say nothing about what a pointer names. */
const NOISE: ReadonlySet<string> = new Set(
  'components content definitions parameters paths properties requestBodies responses schema schemas'.split(' '),
);

function nameOf(pointer: string): string {
  const keys = fromPointer(pointer);
  const said = keys.filter((key) => !NOISE.has(key));
  return toIdentifier((said.length === 0 ? keys : said).join(' '), 'pascal');
}
