import { ANSWERS } from '../../fixtures/invented/answers.js';
import { invent, listOf, object, TEXT } from '../../fixtures/invented/build.js';
import { REQUESTS } from '../../fixtures/invented/requests.js';
import { at, copyOf, type JsonMap, keyed, listAt, put } from '../../fixtures/json.js';
import { actionsOf, declare, type Pack } from '../../fixtures/pack.js';
import { type Injection, type NarrowPlace, segment } from '../inject.js';

function operationOf(pack: Pack): JsonMap {
  const [path = ''] = Object.keys(at(pack.spec, 'paths')).filter((key) => 'post' in at(pack.spec, 'paths', key));
  return at(pack.spec, 'paths', path, 'post');
}

/** The one media type of the request. */
function mediaOf(pack: Pack): JsonMap {
  const content = at(operationOf(pack), 'requestBody', 'content');
  return at(content, Object.keys(content)[0] ?? '');
}

function bodyOf(pack: Pack): JsonMap {
  return at(mediaOf(pack), 'schema', 'properties');
}

/** A list that is long enough to be written once for several fields. */
function currencies(text: string): JsonMap {
  return { type: 'string', enum: [...Array.from({ length: 40 }, (_, index) => `currency${index}`), text] };
}

function place(name: string, pack: Pack | undefined, inject: Injection): NarrowPlace {
  if (pack === undefined) throw new Error('there is no such provider');
  const copy = (): Pack => ({ spec: copyOf(pack.spec), overlay: copyOf(pack.overlay) });
  return { name, pack: copy, harmless: ['harmless', 'Harmless words'], inject };
}

/** Places that the packs do not have. */
export const IN_REQUESTS: readonly NarrowPlace[] = [
  place('the name of a form field with a style', REQUESTS['forms'], (pack, text) => {
    put(bodyOf(pack), text, listOf(TEXT));
    put(at(mediaOf(pack), 'encoding'), text, { style: 'form', explode: false });
  }),
  place('the style of a form field', REQUESTS['forms'], (pack, text) =>
    put(at(mediaOf(pack), 'encoding', 'expand'), 'style', text),
  ),
  place('the type of a form field', REQUESTS['forms'], (pack, text) =>
    put(at(mediaOf(pack), 'encoding', 'expand'), 'contentType', text),
  ),
  place('a key of a nested field', REQUESTS['forms'], (pack, text) =>
    put(bodyOf(pack), 'nested', object(keyed(text, listOf(object(keyed(text, TEXT)))))),
  ),
  place('a key of the reference', REQUESTS['forms'], (pack, text) =>
    actionsOf(pack).push(declare({ request: { reference: `body.metadata.${segment(text)}` } })),
  ),
  place('a fixed value', REQUESTS['actions'], (pack, text) =>
    actionsOf(pack).push(declare({ fixed: { 'body.action': text } })),
  ),
  place('a fixed field', REQUESTS['actions'], (pack, text) => {
    put(bodyOf(pack), segment(text), TEXT);
    actionsOf(pack).push(declare({ fixed: keyed(`body.${segment(text)}`, text) }));
  }),
  place('the field of a currency', REQUESTS['paired'], (pack, text) => {
    const money = at(pack.spec, 'components', 'schemas', 'Money', 'properties');
    put(money, segment(text), TEXT);
    actionsOf(pack).push(declare({ request: { currency: `body.amount.${segment(text)}` } }));
  }),
  place(
    'the wrapper of the amount',
    invent({
      body: object({ payment_id: TEXT, wrapper: object({ amount: { type: 'integer' } }, 'amount') }, 'payment_id'),
    }),
    (pack, text) => {
      const properties = bodyOf(pack);
      put(properties, segment(text), properties['wrapper'] ?? null);
      actionsOf(pack).push(declare({ request: { amount: `body.${segment(text)}.amount` } }));
    },
  ),
  place('a field in the item of a list', REQUESTS['listed'], (pack, text) =>
    put(at(bodyOf(pack), 'transactions', 'items', 'properties'), text, currencies(text)),
  ),
  place('the field of an idempotency key', REQUESTS['bodykey'], (pack, text) => {
    put(bodyOf(pack), segment(text), TEXT);
    actionsOf(pack).push(declare({ idempotency: { field: `body.${segment(text)}`, header: null, replay: false } }));
  }),
  place('a long list of values, in several fields', REQUESTS['lowercase'], (pack, text) => {
    for (const name of ['first', 'second', 'third']) put(bodyOf(pack), name, currencies(text));
  }),
  place('a value that tells an envelope apart', ANSWERS['envelope'], (pack, text) => {
    const facts = at(actionsOf(pack)[0] ?? null, 'update', 'x-refund');
    put(facts, 'answers', {
      '200': [{ when: { 'body.message': text }, id: 'body.data.id', status: { is: 'pending' } }],
    });
  }),
  place('the value of a variable of a server', ANSWERS['regions'], (pack, text) =>
    put(at(listAt(pack.spec, 'servers')[0] ?? null, 'variables', 'region'), 'enum', [text]),
  ),
  place('the name of a variable of a server', ANSWERS['regions'], (pack, text) =>
    put(at(listAt(pack.spec, 'servers')[0] ?? null, 'variables'), text, { default: 'a', enum: ['a'] }),
  ),
  place('a field that errors are read from', ANSWERS['silent'], (pack, text) => {
    const schema = object({ ...keyed(text, object({ code: TEXT, message: TEXT })) });
    put(at(operationOf(pack), 'responses', '400', 'content', 'application/json'), 'schema', schema);
  }),
  place('the words that state the unit', invent({ facts: { amount: { full: 'unsupported' } } }), (pack, text) =>
    put(at(bodyOf(pack), 'amount'), 'description', `The amount in cents. ${text}`),
  ),
  place('what a scheme of OAuth is called', ANSWERS['tokens'], (pack, text) => {
    pack.spec['security'] = [keyed(text, [])];
    put(at(pack.spec, 'components', 'securitySchemes'), text, { type: 'oauth2', flows: {}, description: text });
  }),
  place('the name of a parameter with a style', REQUESTS['forms'], (pack, text) => {
    operationOf(pack)['parameters'] = [{ name: text, in: 'query', style: text, schema: listOf(TEXT) }];
  }),
];
