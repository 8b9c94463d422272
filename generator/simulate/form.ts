import type { Body, FormStyle } from '../ir.js';
import { type Exact, parseExact } from './exact-json.js';

/** How the nested fields of a form are written, by name. */
type Styles = Extract<Body['encoding'], { kind: 'form' }>['styles'];

/** Fields inside of each other, by name. Lists are told from objects only when all of their items are there. */
interface Branch extends Map<string, string | Branch> {}

/**
 * The fields of a form: `a[b]=1` is `{ a: { b: '1' } }`; `a[0]=1`, `a[]=1` and `a=1&a=2` are lists.
 *
 * @param styles - of the top-level fields that are written in another way.
 */
export function readForm(text: string, styles: Styles): Exact {
  const form: Branch = new Map();
  for (const [name, value] of new URLSearchParams(text)) put(form, keysOf(name), value);
  return Object.fromEntries(
    [...form].map(([name, value]) => [
      name,
      withStyle(toExact(value), styles.find(({ field }) => field === name)?.style),
    ]),
  );
}

/** `a[b][]` is `a`, `b` and an empty key; a name with brackets that do not fit is a name. */
function keysOf(name: string): readonly [string, ...string[]] {
  const [, outer, inner = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  if (outer === undefined) return [name];
  return [outer, ...[...inner.matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => key)];
}

function put(branch: Branch, [key, next, ...rest]: readonly [string, ...string[]], value: string): void {
  const name = key === '' ? String(branch.size) : key;
  const old = branch.get(name);
  if (next === undefined && old === undefined) {
    branch.set(name, value);
    return;
  }
  // A name that comes again is a list of what it has been given.
  const inner: Branch = old instanceof Map ? old : new Map(old === undefined ? [] : [['0', old]]);
  branch.set(name, inner);
  put(inner, next === undefined ? [''] : [next, ...rest], value);
}

function toExact(value: string | Branch): Exact {
  if (typeof value === 'string') return value;
  const items = Array.from({ length: value.size }, (_, index) => value.get(String(index)));
  // Numbers may also be the names of fields: only a whole list is one.
  const list = items.flatMap((item) => (item === undefined ? [] : [toExact(item)]));
  if (list.length === value.size) return list;
  return Object.fromEntries([...value].map(([name, item]) => [name, toExact(item)]));
}

function withStyle(value: Exact, style: FormStyle | undefined): Exact {
  if (typeof value !== 'string') return value;
  if (style === 'json') return parseExact(value) ?? value;
  if (style === 'comma' && value.includes(',')) return value.split(',');
  return value;
}
