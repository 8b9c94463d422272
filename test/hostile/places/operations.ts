import { at, keyed, listAt, put } from '../../fixtures/json.js';
import { factsWith, readPack } from '../../fixtures/pack.js';
import { type PlaceGroup, POST, refTo, TEXT } from '../inject.js';

/** Names of operations and of what is around them. */
export const IN_OPERATIONS: readonly PlaceGroup[] = [
  {
    name: 'names of an operation',
    pack: () => readPack('wooshpay'),
    places: {
      'the operation': (pack, text) => put(at(pack.spec, ...POST), 'operationId', text),
      'the other operation': (pack, text) =>
        put(at(pack.spec, 'paths', '/v1/refunds/{refund_id}', 'get'), 'operationId', text),
      'a query parameter': (pack, text) =>
        listAt(pack.spec, ...POST, 'parameters').push({ name: text, in: 'query', schema: TEXT }),
      'a parameter component': (pack, text) => {
        put(at(pack.spec, 'components', 'parameters'), text, { name: 'other', in: 'query', schema: TEXT });
        listAt(pack.spec, ...POST, 'parameters').push(refTo('parameters', text));
      },
      'a media type': (pack, text) =>
        put(at(pack.spec, ...POST, 'responses'), '404', { description: 'No', content: keyed(text, { schema: TEXT }) }),
      'a JSON media type': (pack, text) =>
        put(at(pack.spec, ...POST, 'responses'), '403', {
          description: 'No',
          content: keyed(`application/json;${text}`, { schema: TEXT }),
        }),
      'a callback and a link': (pack, text) => {
        put(at(pack.spec, ...POST), 'callbacks', keyed(text, keyed(text, { post: {} })));
        put(at(pack.spec, ...POST, 'responses'), '401', {
          description: 'No',
          links: keyed(text, { operationId: text }),
        });
      },
      'the other path': (pack, text) => {
        const paths = at(pack.spec, 'paths');
        put(paths, `/v1/refunds/{refund_id}/${text}`, { get: { operationId: 'other', responses: {} } });
      },
    },
  },
  {
    name: 'a connection',
    pack: () => readPack('wooshpay'),
    places: {
      'a server': (pack, text) =>
        listAt(pack.spec, 'servers').push({ url: `https://acme.example/${text}`, description: 'Third' }),
      'what is said of a server': (pack, text) =>
        listAt(pack.spec, 'servers').push({ url: 'https://fourth.example', description: text }),
      'a fixed password': (pack, text) =>
        put(at(factsWith(pack, 'auth'), 'auth', 'BasicAuth'), 'password', { fixed: text.slice(0, 200) }),
    },
  },
];
