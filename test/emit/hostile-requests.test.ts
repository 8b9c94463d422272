import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../generator/generate.js';
import type { Result } from '../../generator/problem.js';
import { ANSWERS } from '../fixtures/invented/answers.js';
import { invent, listOf, object, TEXT } from '../fixtures/invented/build.js';
import { REQUESTS } from '../fixtures/invented/requests.js';
import { at, copyOf, type JsonMap, keyed, listAt, put } from '../fixtures/json.js';
import { actionsOf, compilePack, declare, type Pack } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';
import { FEW_PAYLOADS, PAYLOADS } from './hostile-text.js';
import { Complaints, Twin } from './hostile-twin.js';
import { INVISIBLE } from './syntax.js';

// What hostile.test.ts asks of the packs, of the places that only other providers have.

const HARMLESS = 'Harmless words';

type Injection = (pack: Pack, text: string) => void;

/** A key of an `x-refund` place, which dots and brackets would divide. */
function segment(text: string): string {
  return text.replaceAll('.', '_').replaceAll('[]', '_');
}

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

const CASES: readonly (readonly [string, Pack | undefined, Injection])[] = [
  [
    'the name of a form field with a style',
    REQUESTS['forms'],
    (pack, text) => {
      put(bodyOf(pack), text, listOf(TEXT));
      put(at(mediaOf(pack), 'encoding'), text, { style: 'form', explode: false });
    },
  ],
  [
    'the style of a form field',
    REQUESTS['forms'],
    (pack, text) => put(at(mediaOf(pack), 'encoding', 'expand'), 'style', text),
  ],
  [
    'the type of a form field',
    REQUESTS['forms'],
    (pack, text) => put(at(mediaOf(pack), 'encoding', 'expand'), 'contentType', text),
  ],
  [
    'a key of a nested field',
    REQUESTS['forms'],
    (pack, text) => put(bodyOf(pack), 'nested', object(keyed(text, listOf(object(keyed(text, TEXT)))))),
  ],
  [
    'a key of the reference',
    REQUESTS['forms'],
    (pack, text) => actionsOf(pack).push(declare({ request: { reference: `body.metadata.${segment(text)}` } })),
  ],
  [
    'a fixed value',
    REQUESTS['actions'],
    (pack, text) => actionsOf(pack).push(declare({ fixed: { 'body.action': text } })),
  ],
  [
    'a fixed field',
    REQUESTS['actions'],
    (pack, text) => {
      put(bodyOf(pack), segment(text), TEXT);
      actionsOf(pack).push(declare({ fixed: keyed(`body.${segment(text)}`, text) }));
    },
  ],
  [
    'the field of a currency',
    REQUESTS['paired'],
    (pack, text) => {
      const money = at(pack.spec, 'components', 'schemas', 'Money', 'properties');
      put(money, segment(text), TEXT);
      actionsOf(pack).push(declare({ request: { currency: `body.amount.${segment(text)}` } }));
    },
  ],
  [
    'the wrapper of the amount',
    invent({
      body: object({ payment_id: TEXT, wrapper: object({ amount: { type: 'integer' } }, 'amount') }, 'payment_id'),
    }),
    (pack, text) => {
      const properties = bodyOf(pack);
      put(properties, segment(text), properties['wrapper'] ?? null);
      actionsOf(pack).push(declare({ request: { amount: `body.${segment(text)}.amount` } }));
    },
  ],
  [
    'a field in the item of a list',
    REQUESTS['listed'],
    (pack, text) => put(at(bodyOf(pack), 'transactions', 'items', 'properties'), text, currencies(text)),
  ],
  [
    'the field of an idempotency key',
    REQUESTS['bodykey'],
    (pack, text) => {
      put(bodyOf(pack), segment(text), TEXT);
      actionsOf(pack).push(declare({ idempotency: { field: `body.${segment(text)}`, header: null, replay: false } }));
    },
  ],
  [
    'a long list of values, in several fields',
    REQUESTS['lowercase'],
    (pack, text) => {
      for (const name of ['first', 'second', 'third']) put(bodyOf(pack), name, currencies(text));
    },
  ],
  [
    'a value that tells an envelope apart',
    ANSWERS['envelope'],
    (pack, text) => {
      const facts = at(actionsOf(pack)[0] ?? null, 'update', 'x-refund');
      put(facts, 'answers', {
        '200': [{ when: { 'body.message': text }, id: 'body.data.id', status: { is: 'pending' } }],
      });
    },
  ],
  [
    'the value of a variable of a server',
    ANSWERS['regions'],
    (pack, text) => put(at(listAt(pack.spec, 'servers')[0] ?? null, 'variables', 'region'), 'enum', [text]),
  ],
  [
    'the name of a variable of a server',
    ANSWERS['regions'],
    (pack, text) => put(at(listAt(pack.spec, 'servers')[0] ?? null, 'variables'), text, { default: 'a', enum: ['a'] }),
  ],
  [
    'a field that errors are read from',
    ANSWERS['silent'],
    (pack, text) => {
      const schema = object({ ...keyed(text, object({ code: TEXT, message: TEXT })) });
      put(at(operationOf(pack), 'responses', '400', 'content', 'application/json'), 'schema', schema);
    },
  ],
  [
    'the words that state the unit',
    invent({ facts: { amount: { full: 'unsupported' } } }),
    (pack, text) => put(at(bodyOf(pack), 'amount'), 'description', `The amount in cents. ${text}`),
  ],
  [
    'what a scheme of OAuth is called',
    ANSWERS['tokens'],
    (pack, text) => {
      pack.spec['security'] = [keyed(text, [])];
      put(at(pack.spec, 'components', 'securitySchemes'), text, { type: 'oauth2', flows: {}, description: text });
    },
  ],
  [
    'the name of a parameter with a style',
    REQUESTS['forms'],
    (pack, text) => {
      operationOf(pack)['parameters'] = [{ name: text, in: 'query', style: text, schema: listOf(TEXT) }];
    },
  ],
];

function compileWith(
  original: Pack | undefined,
  text: string,
  inject: Injection,
  nativeOnly: boolean,
): Promise<Result<Compiled>> {
  if (original === undefined) throw new Error('there is no such provider');
  const pack = { spec: copyOf(original.spec), overlay: copyOf(original.overlay) };
  inject(pack, text);
  return compilePack(pack, 'acme', { nativeOnly });
}

describe.each([
  ['a client', false],
  ['a client without normalized refunds', true],
] as const)('%s', (_, nativeOnly) => {
  test.each(CASES)('%s', async (what, pack, inject) => {
    const harmless = await compileWith(pack, 'harmless', inject, nativeOnly);
    // Some places take only what the schema of x-refund lets through, or nothing at all.
    const twin = new Twin(harmless.ok ? harmless : await compileWith(pack, HARMLESS, () => {}, nativeOnly));
    const found = new Complaints();
    for (const payload of nativeOnly ? FEW_PAYLOADS : PAYLOADS) {
      found.add(payload, await twin.complaints(() => compileWith(pack, payload, inject, nativeOnly)), what);
    }
    expect(found.list()).toEqual([]);
  });

  test.each(CASES)('%s shows nothing that a person cannot see', async (_what, pack, inject) => {
    const found = new Complaints();
    for (const payload of PAYLOADS.filter((text) => INVISIBLE.test(text))) {
      const result = await compileWith(pack, payload, inject, nativeOnly);
      if (!result.ok) continue;
      const shown = valueFrom(result).files.filter(({ text }) => INVISIBLE.test(text));
      found.add(
        payload,
        shown.map(({ path }) => path),
      );
    }
    expect(found.list()).toEqual([]);
  });
});
