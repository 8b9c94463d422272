import type { Operation, RequestPlace } from '../ir.js';
import { type JsonValue, own, ownList, ownText } from '../json.js';
import { answerSchemas, bodySchemas, type Field, fieldsOf } from '../load/fields.js';
import { typeName } from '../load/schema-at.js';
import type { SpecDocument } from '../load/spec-document.js';
import { resolvePointer } from '../pointer.js';
import { answerBody } from './answer-body.js';
import type { AmountText } from './stated-unit.js';
import { suggestCase } from './suggest.js';

/**
 * Every text and example of the spec that speaks of the amount, or of the object around it. Examples of a whole body are
 * not among them: they show one call, and promise nothing.
 */
export function amountTexts(
  document: SpecDocument,
  operation: string,
  place: RequestPlace,
  mediaType: string,
): readonly AmountText[] {
  if (place.part !== 'body') return [];
  const body = bodySchemas(document, operation).find((item) => item.mediaType === mediaType);
  if (body === undefined) return [];
  return textsAt(document, body.pointer, place.path);
}

/** The texts of the field of the same name in the refund that an answer describes. */
export function answerTexts(document: SpecDocument, operation: Operation, place: RequestPlace): readonly AmountText[] {
  const bodies = operation.answers.filter(({ body, status }) => body === 'json' && /^2/.test(status));
  return bodies.flatMap(({ status }) => {
    const answer = answerBody(operation, status);
    const path = suggestCase(document, answer).amount?.split('.').slice(1) ?? [];
    const isSame = path.at(-1) === place.path.at(-1);
    const schema = answerSchemas(document, operation.evidence.pointer, status).find(
      ({ mediaType }) => mediaType === answer.mediaType,
    );
    return isSame && schema !== undefined ? textsAt(document, schema.pointer, path) : [];
  });
}

function textsAt(document: SpecDocument, schema: string, path: readonly string[]): readonly AmountText[] {
  const fields = fieldsOf(document, schema);
  const at = (keys: readonly string[]): readonly Field[] =>
    fields.filter((field) => JSON.stringify(field.path) === JSON.stringify(keys));
  const leaves = at(path);
  const type = typeAt(fields, path);
  const around = path.slice(0, -1).filter((key) => key !== '[]');
  // Only an object made for the amount speaks for it: `amount: { value, currency }`, not the whole body.
  const parents = around.length === 0 ? [] : at(path.slice(0, -1));
  return [
    ...leaves.flatMap((field) => textsOf(document, field, 'amount', type)),
    ...parents.flatMap((field) => textsOf(document, field, 'parent', type)),
  ];
}

function typeAt(fields: readonly Field[], path: readonly string[]): AmountText['type'] {
  const found = fields.filter((field) => JSON.stringify(field.path) === JSON.stringify(path));
  return found.map(({ schema }) => typeName(schema)).find(isAmountType) ?? 'integer';
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
