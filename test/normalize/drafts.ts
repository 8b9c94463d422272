import { discover } from '../../generator/discover/discover.js';
import { load } from '../../generator/load/load.js';
import { type Normalized, normalize } from '../../generator/normalize/normalize.js';
import { documentOf } from '../fixtures/document.js';
import type { Json, JsonMap } from '../fixtures/json.js';
import { factLines, problemLine, problemText } from './told.js';

/** The keys that lead to a place in a document. */
type Place = readonly string[];

/** What normalizing comes to for a document; `undefined` where nothing creates a refund. */
function normalized(document: JsonMap): Normalized | undefined {
  const loaded = documentOf(document);
  const found = discover(loaded);
  const create = found.ok ? found.value.create : undefined;
  if (!found.ok || create === undefined) return undefined;
  const names = new Map([[create.pointer, 'create']]);
  for (const role of ['retrieve', 'list', 'cancel', 'update', 'payment'] as const) {
    const operation = found.value[role];
    if (operation !== undefined && !names.has(operation.pointer)) names.set(operation.pointer, role);
  }
  return normalize(loaded, { ...found.value, create }, names, 'acme');
}

/** Everything that normalizing says of a document: problems as people read them, and every value of the draft. */
export function inFull(document: JsonMap): string {
  const { api, draft, problems, spine } = normalized(document) ?? {
    draft: undefined,
    api: undefined,
    problems: [],
    spine: [],
  };
  const asked = problems.flatMap(problemText);
  const known = [api === undefined ? 'open' : 'complete', ...spine.map((pointer) => `reads ${pointer}`)];
  return [...asked, ...known, ...leavesOf(draft ?? null)].join('\n');
}

/** In short: problems, and the facts of the contract. */
function inShort(document: JsonMap): readonly string[] {
  const { draft, problems } = normalized(document) ?? { draft: undefined, problems: [] };
  return [...problems.map(problemLine), ...factLines(draft)];
}

/** Lines and columns are those of a document that is written anew each time. */
function leavesOf(value: unknown, pointer = ''): readonly string[] {
  if (/\/(?:line|column|frame)$/.test(pointer)) return [];
  if (typeof value !== 'object' || value === null) return [`${pointer} = ${JSON.stringify(value)}`];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${pointer} = ${JSON.stringify(value)}`];
  return entries.flatMap(([key, item]) => leavesOf(item, `${pointer}/${key}`));
}

/** Every place in a value, without that of the value itself. */
function placesIn(value: Json, keys: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[...keys, key], ...placesIn(item, [...keys, key])]);
}

function without(value: Json, [key = '', ...rest]: Place): Json {
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => String(index) !== key)
      : value.map((item, index) => (String(index) === key ? without(item, rest) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, item]): [string, Json][] => {
    if (name !== key) return [[name, item]];
    return rest.length === 0 ? [] : [[name, without(item, rest)]];
  });
  return Object.fromEntries(entries);
}

/** The places of what is declared about refunds. */
export function declaredPlaces(document: JsonMap): readonly Place[] {
  return placesIn(document).filter(([root]) => root === 'x-refund');
}

/** The places of what the provider has written, as far as it can tell something about refunds. */
export function writtenPlaces(document: JsonMap): readonly Place[] {
  const roots = new Set(['paths', 'components', 'servers', 'security']);
  return placesIn(document).filter(([root = '']) => roots.has(root));
}

/** What is understood otherwise where a place is missing, place by place. */
export function missing(document: JsonMap, places: readonly Place[]): string {
  const whole = inShort(document);
  return places
    .flatMap((keys) => {
      const now = inShort(without(document, keys) as JsonMap);
      const come = now.filter((line) => !whole.includes(line)).map((line) => `  + ${line}`);
      return come.length === 0 ? [] : [`without /${keys.join('/')}`, ...come];
    })
    .join('\n');
}

const documents = new Map<string, Promise<JsonMap>>();

/** With its overlay or its pack. Read once. */
export function documentAt(spec: string): Promise<JsonMap> {
  const found = documents.get(spec) ?? readDocument(spec);
  documents.set(spec, found);
  return found;
}

async function readDocument(spec: string): Promise<JsonMap> {
  const overlay = spec.startsWith('test/packs') ? undefined : spec.replace(/\.yaml$/, '.overlay.yaml');
  const loaded = await load({ spec, overlay });
  if (!loaded.ok) throw new Error(`${spec} cannot be loaded`);
  return loaded.value.value as JsonMap;
}
