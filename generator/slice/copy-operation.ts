import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';
import { decodeRef, resolve, type SpecDocument } from '../load/spec-document.js';
import { fromPointer, toPointer } from '../pointer.js';
import { type ComponentKind, type Copying, copySchema } from './copy-schema.js';

/** Header parameters that OpenAPI 3 gives to the media types and security schemes: they are nobody's parameters. */
export const RESERVED_HEADERS: readonly string[] = ['accept', 'content-type', 'authorization'];

/** Summary and description of an operation, its parameters and its body. */
export function copyRequest(copying: Copying, document: SpecDocument, pointer: string): JsonObject {
  const operation = resolve(document, pointer);
  const body = own(operation?.value, 'requestBody');
  const copied =
    body === undefined || operation === undefined
      ? undefined
      : copyHolder(copying, 'requestBodies', body, `${operation.pointer}/requestBody`);
  return {
    ...texts(copying, operation?.value, ['summary', 'description']),
    parameters: copyParameters(copying, document, pointer),
    ...(copied === undefined ? {} : { requestBody: copied }),
  };
}

/** The answers of an operation. */
export function copyAnswers(copying: Copying, document: SpecDocument, pointer: string): JsonObject {
  const operation = resolve(document, pointer);
  const answers = Object.entries(ownObject(operation?.value, 'responses')).flatMap(
    ([status, value]): [string, JsonValue][] => {
      if (status.startsWith('x-')) return [];
      const at = `${operation?.pointer ?? pointer}/responses${toPointer([status])}`;
      const copied = copyHolder(copying, 'responses', value, at) ?? { description: '' };
      return [[status.toLowerCase() === 'default' ? 'default' : status, copied]];
    },
  );
  return Object.fromEntries(answers);
}

/** A component of the document, copied as what it is referred to for. */
export function copyComponent(copying: Copying, kind: ComponentKind, value: JsonValue, pointer: string): JsonValue {
  switch (kind) {
    case 'schemas':
      return copySchema(copying, value, pointer, true);
    case 'parameters':
      return copyParameter(copying, value, pointer);
    case 'headers':
      return copyHeader(copying, value, pointer);
    case 'responses':
      return {
        ...texts(copying, value, ['description']),
        ...copyHeaders(copying, value, pointer),
        ...copyContent(copying, value, pointer),
      };
    case 'requestBodies': {
      const required = own(value, 'required') === true ? { required: true } : {};
      return { ...texts(copying, value, ['description']), ...required, ...copyContent(copying, value, pointer) };
    }
  }
}

/** A part of an operation, or the reference to one. */
function copyHolder(copying: Copying, kind: ComponentKind, value: JsonValue, pointer: string): JsonValue | undefined {
  const text = ownText(value, '$ref');
  return text === undefined
    ? copyComponent(copying, kind, value, pointer)
    : copying.reference({ kind, text, holder: `${pointer}/$ref`, top: kind !== 'headers' });
}

/** The parameters of the path and of the operation; where both have one, the operation's counts. */
function copyParameters(copying: Copying, document: SpecDocument, pointer: string): JsonValue[] {
  const [, path = ''] = fromPointer(pointer);
  const copied = new Map<string, JsonValue>();
  for (const holder of [resolve(document, toPointer(['paths', path])), resolve(document, pointer)]) {
    if (holder === undefined) continue;
    for (const [index, value] of ownList(holder.value, 'parameters').entries()) {
      const at = `${holder.pointer}/parameters/${index}`;
      const text = ownText(value, '$ref');
      const meant = text === undefined ? value : resolve(document, decodeRef(text))?.value;
      if (meant !== undefined && !isOurs(meant)) continue;
      const parameter = copyHolder(copying, 'parameters', value, at);
      if (parameter !== undefined) copied.set(`${ownText(meant, 'in')} ${ownText(meant, 'name')}`, parameter);
    }
  }
  return [...copied.values()];
}

const PLACES: readonly string[] = ['cookie', 'header', 'path', 'query'];

/** Whether a parameter is one of the operation, and can be told from others. */
function isOurs(parameter: JsonValue): boolean {
  const place = ownText(parameter, 'in');
  const name = ownText(parameter, 'name');
  if (place === undefined || name === undefined || !PLACES.includes(place)) return false;
  return place !== 'header' || !RESERVED_HEADERS.includes(name.toLowerCase());
}

function copyParameter(copying: Copying, value: JsonValue, pointer: string): JsonObject {
  const place = ownText(value, 'in') ?? '';
  const required = own(value, 'required') === true ? { required: true } : {};
  const named = { name: ownText(value, 'name') ?? '', in: place };
  return {
    ...named,
    ...required,
    ...texts(copying, value, ['description']),
    ...copyOwnSchema(copying, value, pointer),
  };
}

function copyHeaders(copying: Copying, value: JsonValue, pointer: string): JsonObject {
  const headers = Object.entries(ownObject(value, 'headers')).flatMap(([name, header]): [string, JsonValue][] => {
    const copied = copyHolder(copying, 'headers', header, `${pointer}/headers${toPointer([name])}`);
    return copied === undefined ? [] : [[name, copied]];
  });
  return headers.length === 0 ? {} : { headers: Object.fromEntries(headers) };
}

function copyHeader(copying: Copying, value: JsonValue, pointer: string): JsonObject {
  const required = own(value, 'required') === true ? { required: true } : {};
  return { ...required, ...texts(copying, value, ['description']), ...copyOwnSchema(copying, value, pointer) };
}

function copyContent(copying: Copying, value: JsonValue, pointer: string): JsonObject {
  const content = own(value, 'content');
  if (!isObject(content)) return {};
  const types = Object.entries(content).map(([type, media]) => {
    return [type, copyOwnSchema(copying, media, `${pointer}/content${toPointer([type])}`)] as const;
  });
  return { content: Object.fromEntries(types) };
}

function copyOwnSchema(copying: Copying, holder: JsonValue, pointer: string): JsonObject {
  const schema = own(holder, 'schema');
  return schema === undefined ? {} : { schema: copySchema(copying, schema, `${pointer}/schema`, true) };
}

function texts(copying: Copying, value: JsonValue | undefined, keys: readonly string[]): JsonObject {
  const found = keys.flatMap((key): [string, JsonValue][] => {
    const text = ownText(value, key);
    return text === undefined ? [] : [[key, copying.text(text)]];
  });
  return Object.fromEntries(found);
}
