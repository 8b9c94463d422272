import type { Operation } from '../ir.js';
import { isObject, ownList, ownObject, ownText } from '../json.js';
import { fromPointer, toPointer } from '../pointer.js';
import { bodySchemas, fieldsOf } from './fields.js';
import type { InputFile } from './input-file.js';
import { resolve, type SpecDocument } from './spec-document.js';

/** The files that parts of the document come from. */
export function filesOf(document: SpecDocument): readonly InputFile[] {
  const { origins, overlay, placeOf, spec, value } = document;
  const parts = ['paths', 'components'].flatMap((part) =>
    Object.entries(ownObject(value, part)).flatMap(([name, held]) => [
      toPointer([part, name]),
      ...Object.keys(isObject(held) ? held : {}).map((key) => toPointer([part, name, key])),
    ]),
  );
  const bundled = placeOf === undefined ? [] : parts.map((pointer) => placeOf(pointer).input);
  const overlays = [...origins.values()].map(({ file }) => file);
  return [...new Set([...bundled, ...overlays, ...(overlay === undefined ? [] : [overlay]), spec])];
}

/** By place in the request, as JSON, where the document describes it. */
export function fieldPointers(document: SpecDocument, operation: Operation): ReadonlyMap<string, string> {
  const { pointer } = operation.evidence;
  const [, path = ''] = fromPointer(pointer);
  const found = new Map<string, string>();
  for (const holder of [toPointer(['paths', path]), pointer]) {
    ownList(resolve(document, holder)?.value, 'parameters').forEach((_, index) => {
      const parameter = resolve(document, `${holder}/parameters/${index}`);
      const place = { part: ownText(parameter?.value, 'in'), path: [ownText(parameter?.value, 'name')] };
      if (parameter !== undefined) found.set(JSON.stringify(place), parameter.pointer);
    });
  }
  const body = bodySchemas(document, pointer).find(({ mediaType }) => mediaType === operation.body?.mediaType);
  for (const field of body === undefined ? [] : fieldsOf(document, body.pointer)) {
    const key = JSON.stringify({ part: 'body', path: field.path });
    if (!found.has(key)) found.set(key, field.property);
  }
  return found;
}
