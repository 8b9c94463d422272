import { at, keyed, listAt, put } from '../../fixtures/json.js';
import { actionsOf, declare, factsWith, readPack } from '../../fixtures/pack.js';
import { firstCase, type PlaceGroup, schemasOf, segment, TEXT } from '../inject.js';

/** Texts of an overlay that are facts. */
export const IN_FACTS: readonly PlaceGroup[] = [
  {
    name: 'facts about answers',
    pack: () => readPack('wooshpay'),
    places: {
      'a code': (pack, text) =>
        listAt(factsWith(pack, 'errors'), 'errors', 'ambiguous').push({ status: 400, code: text }),
      'a kind': (pack, text) => put(at(factsWith(pack, 'errors'), 'errors'), 'kinds', keyed(text, 'declined')),
      'a status': (pack, text) => put(at(factsWith(pack, 'statuses'), 'statuses'), text, 'pending'),
      'a place of a code': (pack, text) => {
        const named = at(factsWith(pack, 'errors'), 'errors', 'body', 'named');
        Object.assign(named, {
          code: [`body.${segment(text)}`],
          message: `body.${segment(text)}.a`,
          field: `body.${segment(text)}.b`,
        });
      },
      'a key of metadata': (pack, text) => {
        put(at(factsWith(pack, 'request'), 'request'), 'reference', `body.metadata.${segment(text)}`);
        put(factsWith(pack, 'reconciliation'), 'reconciliation', {
          by: 'refund',
          reference: `body.metadata.${segment(text)}`,
        });
      },
      'a reason with an effect': (pack, text) =>
        actionsOf(pack).push(declare({ reasons: { sideEffects: keyed(text, text) } })),
      'a place of an answer': (pack, text) => {
        put(at(schemasOf(pack), 'Refund', 'properties'), segment(text), TEXT);
        put(firstCase(pack, '200'), 'note', `body.${segment(text)}`);
      },
    },
  },
  {
    name: 'facts about a payment',
    pack: () => readPack('chip'),
    places: {
      'a value that tells shapes apart': (pack, text) => put(at(firstCase(pack, '200'), 'when'), 'body.type', text),
      'a place that tells shapes apart': (pack, text) => {
        put(at(schemasOf(pack), 'Purchase', 'properties'), segment(text), TEXT);
        put(at(firstCase(pack, '200'), 'when'), `body.${segment(text)}`, text);
      },
      'a pending status': (pack, text) => listAt(factsWith(pack, 'payment'), 'payment', 'pending', 'values').push(text),
      'a definite failure': (pack, text) =>
        listAt(factsWith(pack, 'reconciliation'), 'reconciliation', 'definiteFailures').push(text),
      'the code of a failure': (pack, text) =>
        put(at(factsWith(pack, 'reconciliation'), 'reconciliation', 'failureAnswer'), 'code', text),
      'a key of errors': (pack, text) =>
        listAt(factsWith(pack, 'errors'), 'errors', 'body', 'keyed', 'general').push(text),
      'a total': (pack, text) => {
        put(at(schemasOf(pack), 'Purchase', 'properties'), `${segment(text)} total`, { type: 'integer' });
        put(at(factsWith(pack, 'payment'), 'payment'), 'total', `body.${segment(text)} total`);
      },
    },
  },
  {
    name: 'a listed status',
    pack: () => readPack('piriod'),
    places: {
      'with its class': (pack, text) => {
        listAt(schemasOf(pack), 'Refund', 'properties', 'status', 'enum').push(text);
        put(at(factsWith(pack, 'statuses'), 'statuses'), text, 'pending');
      },
    },
  },
];
