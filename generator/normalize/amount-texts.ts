import type { RequestPlace } from '../ir.js';
import { isObject, type JsonValue, own, ownList, ownObject, ownText, sortedEntries } from '../json.js';
import { bodySchemas, type Field, fieldsOf } from '../load/fields.js';
import { typeName } from '../load/schema-at.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';
import { resolvePointer, toPointer } from '../pointer.js';
import type { AmountText } from './stated-unit.js';

/** Every text and example of the spec that speaks of the amount, or of the object around it. */
export function amountTexts(
  document: SpecDocument,
  operation: string,
  place: RequestPlace,
  mediaType: string,
): readonly AmountText[] {
  if (place.part !== 'body') return [];
  const body = bodySchemas(document, operation).find((item) => item.mediaType === mediaType);
  if (body === undefined) return [];
  const fields = fieldsOf(document, body.pointer);
  const at = (path: readonly string[]): readonly Field[] =>
    fields.filter((field) => JSON.stringify(field.path) === JSON.stringify(path));
  const leaves = at(place.path);
  const type = leaves.map(({ schema }) => typeName(schema)).find(isAmountType) ?? 'integer';
  const around = place.path.slice(0, -1).filter((key) => key !== '[]');
  // Only an object made for the amount speaks for it: `amount: { value, currency }`, not the whole body.
  const parents = around.length === 0 ? [] : at(place.path.slice(0, -1));
  return [
    ...leaves.flatMap((field) => textsOf(document, field, 'amount', type)),
    ...parents.flatMap((field) => textsOf(document, field, 'parent', type)),
    ...examplesInBody(document, body.pointer, place, type),
  ];
}

function isAmountType(type: string | undefined): type is AmountText['type'] {
  return type === 'integer' || type === 'number' || type === 'string';
}

function textsOf(
  document: SpecDocument,
  field: Field,
  about: AmountText['about'],
  type: AmountText['type'],
): AmountText[] {
  const places = [...new Set([field.property, field.pointer])];
  return places.flatMap((pointer) => {
    const value = resolvePointer(document.value, pointer);
    const text = (kind: 'description' | 'title' | 'pattern' | 'format'): AmountText[] => {
      const found = ownText(value, kind);
      return found === undefined ? [] : [{ kind, about, text: found, pointer: `${pointer}/${kind}`, type }];
    };
    const examples = about === 'amount' ? exampleTexts(value, pointer, type) : [];
    const rules = about === 'amount' ? [...text('pattern'), ...text('format')] : [];
    return [...text('description'), ...text('title'), ...rules, ...examples];
  });
}

function exampleTexts(value: JsonValue | undefined, pointer: string, type: AmountText['type']): AmountText[] {
  const one = own(value, 'example');
  const several = ownList(value, 'examples').map((item, index) => ({ item, pointer: `${pointer}/examples/${index}` }));
  return [...(one === undefined ? [] : [{ item: one, pointer: `${pointer}/example` }]), ...several].flatMap(
    ({ item, pointer: at }) => exampleText(item, at, type),
  );
}

function exampleText(item: JsonValue, pointer: string, type: AmountText['type']): AmountText[] {
  if (typeof item !== 'string' && typeof item !== 'number') return [];
  return [{ kind: 'example', about: 'amount', text: String(item), pointer, type }];
}

/** What the examples of the whole body have at the place of the amount. */
function examplesInBody(
  document: SpecDocument,
  schema: string,
  place: RequestPlace,
  type: AmountText['type'],
): AmountText[] {
  const media = schema.slice(0, -'/schema'.length);
  const holder = resolve(document, media)?.value;
  const named = sortedEntries(ownObject(holder, 'examples')).map(
    ([name]) => `${media}${toPointer(['examples', name])}`,
  );
  const wholes = [
    `${media}/example`,
    `${resolve(document, schema)?.pointer ?? schema}/example`,
    ...named.map((pointer) => `${resolve(document, pointer)?.pointer ?? pointer}/value`),
  ];
  return wholes.flatMap((pointer) => {
    const inner = toPointer(place.path.map((key) => (key === '[]' ? 0 : key)));
    const value = resolvePointer(document.value, pointer);
    const item = isObject(value) ? resolvePointer(value, inner) : undefined;
    return item === undefined ? [] : exampleText(item, pointer + inner, type);
  });
}
