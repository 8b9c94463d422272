import { at, keyed, listAt, put } from '../../fixtures/json.js';
import { readPack } from '../../fixtures/pack.js';
import { type PlaceGroup, POST, refTo, schemasOf, TEXT } from '../inject.js';

/** Names and values of schemas. */
export const IN_SCHEMAS: readonly PlaceGroup[] = [
  {
    name: 'names in schemas',
    pack: () => readPack('wooshpay'),
    places: {
      'a request property': (pack, text) => put(at(schemasOf(pack), 'RefundCreate', 'properties'), text, { ...TEXT }),
      'a required request property': (pack, text) => {
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), `${text} too`, {
          type: 'object',
          properties: keyed(text, TEXT),
        });
        at(schemasOf(pack), 'RefundCreate')['required'] = [`${text} too`];
      },
      'an answer property': (pack, text) => put(at(schemasOf(pack), 'Refund', 'properties'), text, { ...TEXT }),
      'a required name': (pack, text) => put(at(schemasOf(pack), 'Refund'), 'required', [text]),
      'a pattern property': (pack, text) => put(at(schemasOf(pack), 'Refund'), 'patternProperties', keyed(text, TEXT)),
      'a schema': (pack, text) => {
        put(schemasOf(pack), text, { type: 'object', properties: { a: TEXT, b: { ...TEXT, readOnly: true } } });
        put(at(schemasOf(pack), 'Refund', 'properties'), 'named', refTo('schemas', text));
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'named', refTo('schemas', text));
      },
      'a response': (pack, text) => {
        put(at(pack.spec, 'components', 'responses'), text, { description: 'Failed' });
        put(at(pack.spec, ...POST, 'responses'), '404', refTo('responses', text));
      },
      'a response header': (pack, text) =>
        put(at(pack.spec, ...POST, 'responses'), '403', { description: 'No', headers: keyed(text, { schema: TEXT }) }),
      'a mapping': (pack, text) =>
        put(at(schemasOf(pack), 'Refund', 'properties'), 'choice', {
          oneOf: [{ $ref: '#/components/schemas/Error' }],
          discriminator: { propertyName: text, mapping: keyed(text, '#/components/schemas/Error') },
        }),
    },
  },
  {
    name: 'values in schemas',
    pack: () => readPack('wooshpay'),
    places: {
      'a reason of the request': (pack, text) =>
        listAt(schemasOf(pack), 'RefundCreate', 'properties', 'reason', 'enum').push(text),
      'a reason of the answer': (pack, text) =>
        listAt(schemasOf(pack), 'Refund', 'properties', 'reason', 'enum').push(text),
      'an enum of anything': (pack, text) =>
        put(at(schemasOf(pack), 'Refund', 'properties'), 'a', { enum: [text, 1, null, { [text]: text }] }),
      'a constant': (pack, text) =>
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'constant', { ...TEXT, const: text }),
      'a pattern': (pack, text) =>
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'pattern', { ...TEXT, pattern: text }),
      'a format': (pack, text) =>
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'format', { ...TEXT, format: text }),
      'a default': (pack, text) =>
        put(at(schemasOf(pack), 'Refund', 'properties'), 'standard', { ...TEXT, default: text }),
      'a type': (pack, text) => put(at(schemasOf(pack), 'Refund', 'properties'), 'typed', { type: text, enum: [text] }),
      'several types': (pack, text) =>
        put(at(schemasOf(pack), 'Refund', 'properties'), 'types', { type: [text, 'string'], enum: [text] }),
      'a limit': (pack, text) =>
        put(at(schemasOf(pack), 'RefundCreate', 'properties'), 'limit', {
          ...TEXT,
          minLength: text,
          maxLength: [text],
        }),
    },
  },
];
