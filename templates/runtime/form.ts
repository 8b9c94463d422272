import { isObject } from './check.js';
import { checkDepth, describesItself, scalarToText, sortedFields, stringifyJson, UnwritableError } from './json.js';
import { bracketed, itemTexts, present, separable } from './parameter.js';
import type { BodyEncoding } from './request.js';

/**
 * How a field of a form that is no single value is written.
 *
 * `indices`: `a[0]=x&a[1]=y`. `brackets`: `a[]=x&a[]=y`, and as `indices` where a list holds objects or lists, which
 * could not be told apart. Both write objects as `a[b][c]=x`. `repeat`: `a=x&a=y`. `comma`: `a=x,y`. `json`: one JSON
 * text.
 */
export type FormStyle = 'indices' | 'brackets' | 'repeat' | 'comma' | 'json';

type Pair = [name: string, text: string];

/**
 * Writes a body as `application/x-www-form-urlencoded`, sorted by name, so that one request has one sequence of bytes.
 *
 * What would arrive as something else, or not at all, is a fault: null, an empty list, a name with a bracket. An object
 * without fields is left out, as `undefined` is: it asks for nothing. Two fields that would write the same name, which is
 * possible where a spec has names with brackets, are a fault too: the provider would choose one.
 *
 * @param styles - by the name of a top-level field. The others are written with `indices`.
 */
export function formBody(styles: Readonly<Record<string, FormStyle>> = {}): BodyEncoding {
  return {
    mediaType: 'application/x-www-form-urlencoded',
    write: (body) => {
      if (!isObject(body)) throw new UnwritableError('body', 'must be an object, as forms have fields');
      const taken = new Set<string>();
      const pairs = sortedFields(body, 'body').flatMap(([name, value]) => {
        const field = `body.${name}`;
        if (name === '' || /\p{Surrogate}/u.test(name)) {
          throw new UnwritableError(field, 'cannot be written: its name is empty or ill-formed');
        }
        const written = writeField(name, value, Object.hasOwn(styles, name) ? styles[name] : undefined, field);
        if (written.some(([inner]) => taken.has(inner))) {
          throw new UnwritableError(field, 'cannot be written: another field writes the same name');
        }
        for (const [inner] of written) taken.add(inner);
        return written;
      });
      return new URLSearchParams(pairs).toString();
    },
  };
}

function writeField(name: string, value: unknown, style: FormStyle = 'indices', field: string): Pair[] {
  if (style === 'json') return [[name, stringifyJson(value, field)]];
  if (style === 'indices' || style === 'brackets') return writeNested(name, value, style, field, 1);
  if (!Array.isArray(value)) return [[name, scalarToText(value, field)]];
  const items = itemTexts(value, field);
  if (style === 'comma') return [[name, separable(items, ',', field).join(',')]];
  return present(items, field).map((item): Pair => [name, item]);
}

function writeNested(
  name: string,
  value: unknown,
  style: 'indices' | 'brackets',
  field: string,
  depth: number,
): Pair[] {
  checkDepth(field, depth);
  if (Array.isArray(value)) return writeList(name, value, style, field, depth);
  if (!isObject(value)) return [[name, scalarToText(value, field)]];
  if (describesItself(value)) return writeNested(name, value.toJSON(), style, field, depth + 1);
  return sortedFields(value, field).flatMap(([key, item]) =>
    writeNested(bracketed(name, key, field), item, style, `${field}.${key}`, depth + 1),
  );
}

function writeList(
  name: string,
  list: readonly unknown[],
  style: 'indices' | 'brackets',
  field: string,
  depth: number,
): Pair[] {
  const indexed = style === 'indices' || list.some((item) => Array.isArray(item) || isObject(item));
  // Array.from: a hole of a sparse array would be left out.
  return present(Array.from(list), field).flatMap((item, index) => {
    const pairs = writeNested(`${name}[${indexed ? index : ''}]`, item, style, `${field}.${index}`, depth + 1);
    // Left out, it would change which item is which.
    if (pairs.length === 0) throw new UnwritableError(`${field}.${index}`, 'cannot be written: it is empty');
    return pairs;
  });
}
