import type { Body, FormStyle } from '../ir.js';
import { type JsonObject, own, ownObject, ownText, sortedEntries } from '../json.js';
import { locationOf, resolve, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error, type Problems, warning } from '../problem.js';
import { isForm, isJson } from './media-type.js';
import { readShape } from './shape.js';

/** Reads the body that an operation takes. Where it takes JSON as well, JSON is what is sent. */
export function readBody(document: SpecDocument, operation: string, problems: Problems): Body | null {
  const body = resolve(document, `${operation}/requestBody`);
  if (body === undefined) return null;
  const content = ownObject(body.value, 'content');
  const types = Object.keys(content).sort();
  const mediaType = types.find(isJson) ?? types.find(isForm);
  if (mediaType === undefined) {
    const hint =
      'JSON and application/x-www-form-urlencoded can be sent. Correct it in the overlay if it takes one of them.';
    const message = `the request body is ${types.join(', ') || 'of no media type'}`;
    problems.add(error('R042', message, hint, locationOf(document, body.pointer)));
    return null;
  }
  const media = body.pointer + toPointer(['content', mediaType]);
  const shape = readShape(document, `${media}/schema`, problems);
  const required = own(body.value, 'required') === true;
  if (isJson(mediaType)) return { mediaType, required, shape, encoding: { kind: 'json' } };
  const encoding = ownObject(ownObject(content, mediaType), 'encoding');
  return {
    mediaType,
    required,
    shape,
    encoding: { kind: 'form', styles: formStyles(document, shape, encoding, media, problems) },
  };
}

function formStyles(
  document: SpecDocument,
  shape: Body['shape'],
  encoding: JsonObject,
  media: string,
  problems: Problems,
): { readonly field: string; readonly style: FormStyle }[] {
  const nested = shape.kind === 'object' ? shape.fields.filter(({ shape: { kind } }) => isNested(kind)) : [];
  const declared = new Map(sortedEntries(encoding));
  const silent = nested.filter(({ name }) => !declared.has(name)).map(({ name }) => name);
  if (silent.length > 0) {
    const message = `the spec does not say how ${silent.join(', ')} is written in a form: a[b] and a[0] is taken`;
    const hint = 'Say it in the overlay, in the encoding of the media type (OpenAPI, Encoding Object).';
    problems.add(warning('R046', message, hint, locationOf(document, media)));
  }
  return nested.flatMap(({ name, shape: { kind } }) => {
    const style = formStyle(declared.get(name), kind);
    if (style === undefined) {
      const message = `the form encoding that the spec declares for ${name} is not supported`;
      const hint =
        'Supported are deepObject, form for lists, and contentType: application/json. Correct it in the overlay if it is one.';
      const where = locationOf(document, media + toPointer(['encoding', name]));
      problems.add(error('R046', message, hint, where));
      return [];
    }
    return style === 'indices' ? [] : [{ field: name, style }];
  });
}

function isNested(kind: string): boolean {
  return kind === 'object' || kind === 'array' || kind === 'any';
}

/** By the Encoding Object. What it leaves open is `a[b]` and `a[0]`, as form APIs nearly all have it. */
function formStyle(encoding: JsonObject[string] | undefined, kind: string): FormStyle | undefined {
  const type = ownText(encoding, 'contentType');
  if (type !== undefined && isJson(type)) return 'json';
  const style = ownText(encoding, 'style') ?? (own(encoding, 'explode') === undefined ? undefined : 'form');
  if (style === 'deepObject' || (style === undefined && type === undefined)) return 'indices';
  // Written as something else than is declared, a provider may read nothing of it, and refund by its own default.
  if (kind !== 'array') return undefined;
  if (style === undefined) return 'indices';
  if (style !== 'form') return undefined;
  return own(encoding, 'explode') === false ? 'comma' : 'repeat';
}
