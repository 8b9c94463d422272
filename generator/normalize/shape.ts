import type { Shape } from '../ir.js';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  own,
  ownList,
  ownNumber,
  ownObject,
  ownText,
  sortedEntries,
} from '../json.js';
import { locationOf, resolve, type SpecDocument } from '../load/spec-document.js';
import { error, type Problems, warning } from '../problem.js';

/** Deeper request bodies are not checked any further; none of a refund is known to be. */
const MAX_DEPTH = 12;

/** Reads what a schema demands of a value that is sent. What cannot be checked is `any`, with a warning that says so. */
export function readShape(document: SpecDocument, pointer: string, problems: Problems, depth = 0): Shape {
  const found = resolve(document, pointer);
  if (found === undefined) {
    const hint = 'Correct the reference.';
    problems.add(error('R005', 'a $ref of the request leads nowhere', hint, locationOf(document, pointer)));
    return anyShape('');
  }
  const { value, pointer: at } = found;
  if (!isObject(value) || depth > MAX_DEPTH) return anyShape('');
  const description = ownText(value, 'description') ?? '';
  const type = typeOf(value);
  const nullable = own(value, 'nullable') === true || type.nullable;
  const base = { nullable, description };
  switch (type.name) {
    case 'string':
      return { ...base, kind: 'string', ...textRules(document, value, at, problems) };
    case 'integer':
    case 'number':
      return { ...base, kind: type.name, minimum: ownNumber(value, 'minimum'), maximum: ownNumber(value, 'maximum') };
    case 'boolean':
      return { ...base, kind: 'boolean' };
    case 'array':
      return {
        ...base,
        kind: 'array',
        items:
          own(value, 'items') === undefined ? anyShape('') : readShape(document, `${at}/items`, problems, depth + 1),
        minItems: ownNumber(value, 'minItems'),
        maxItems: ownNumber(value, 'maxItems'),
      };
    case 'object':
      return { ...base, kind: 'object', ...objectRules(document, value, at, problems, depth) };
    default: {
      const hint = 'Values of it are sent as they are given.';
      const message = 'this schema has no single type, so values are not checked before sending';
      if (Object.keys(value).some((key) => key !== 'description')) {
        problems.add(warning('R043', message, hint, locationOf(document, at)));
      }
      return { ...base, kind: 'any' };
    }
  }
}

function anyShape(description: string): Shape {
  return { kind: 'any', nullable: true, description };
}

/** The type of a schema: in words (3.0), in a list with `null` (3.1), or by what only that type can have. */
function typeOf(schema: JsonObject): { readonly name: string | undefined; readonly nullable: boolean } {
  const type = own(schema, 'type');
  if (typeof type === 'string') return { name: type, nullable: false };
  if (Array.isArray(type)) {
    const names = type.filter((name) => name !== 'null');
    const [name] = names;
    return { name: names.length === 1 ? String(name) : undefined, nullable: type.includes('null') };
  }
  return { name: isObject(own(schema, 'properties')) ? 'object' : undefined, nullable: false };
}

function textRules(document: SpecDocument, schema: JsonObject, at: string, problems: Problems) {
  const pattern = ownText(schema, 'pattern') ?? null;
  return {
    enum: readEnum(schema),
    minLength: ownNumber(schema, 'minLength'),
    maxLength: ownNumber(schema, 'maxLength'),
    pattern: pattern !== null && isPattern(pattern) ? pattern : reportPattern(document, at, pattern, problems),
    format: ownText(schema, 'format') ?? null,
  };
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function reportPattern(document: SpecDocument, at: string, pattern: string | null, problems: Problems): null {
  if (pattern !== null) {
    const hint = 'Correct it in the overlay, or remove it there.';
    problems.add(
      warning(
        'R043',
        'pattern is no regular expression (ECMA-262, u flag)',
        hint,
        locationOf(document, `${at}/pattern`),
      ),
    );
  }
  return null;
}

/** The text values of an enum; `null` where there is no enum. */
export function readEnum(schema: JsonValue): readonly string[] | null {
  const values = own(schema, 'enum');
  const single = own(schema, 'const');
  if (typeof single === 'string') return [single];
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : null;
}

function objectRules(document: SpecDocument, schema: JsonObject, at: string, problems: Problems, depth: number) {
  const required = ownList(schema, 'required');
  const fields = sortedEntries(ownObject(schema, 'properties')).flatMap(([name]) => {
    const pointer = `${at}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    // What only the provider writes is not part of a request, even where one schema serves both ways.
    const isReadOnly = own(own(ownObject(schema, 'properties'), name), 'readOnly') === true;
    if (isReadOnly || own(resolve(document, pointer)?.value, 'readOnly') === true) return [];
    const shape = readShape(document, pointer, problems, depth + 1);
    return [{ name, required: required.includes(name), shape }];
  });
  return { fields, closed: own(schema, 'additionalProperties') === false };
}
