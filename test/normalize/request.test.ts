import { describe, expect, test } from 'vitest';
import { at, type Json, type JsonMap, listAt, put } from '../fixtures/json.js';
import {
  actionsOf,
  apiOf,
  compilePack,
  declare,
  errorCodes,
  factsWith,
  type Pack,
  readPack,
  said,
  where,
} from '../fixtures/pack.js';

/** Piriod's pack, with another body for the request and nothing declared about where things are in it. */
function withBody(schema: JsonMap): Pack {
  const pack = readPack('piriod');
  delete factsWith(pack, 'request')['request'];
  at(pack.spec, 'components', 'schemas')['Body'] = schema;
  const body = at(pack.spec, 'paths', '/refunds/', 'post', 'requestBody', 'content', 'application/json');
  body['schema'] = { $ref: '#/components/schemas/Body' };
  return pack;
}

function body(properties: JsonMap, ...required: readonly string[]): JsonMap {
  return { type: 'object', required: [...required], properties };
}

const AMOUNT = { type: 'integer' };
const TEXT = { type: 'string' };

describe('parts are found by their usual names', () => {
  test.each(['payment', 'payment_id', 'paymentId', 'payment_intent', 'charge', 'transaction_id'])(
    'payment as %s',
    async (name) => {
      const api = await apiOf(withBody(body({ [name]: TEXT, amount: AMOUNT }, name, 'amount')));
      expect(api.create.payment).toMatchObject({
        basis: 'assumed',
        value: { place: { part: 'body', path: [name] }, type: 'string' },
      });
    },
  );

  test('and by a declared place against them', async () => {
    const pack = withBody(
      body({ payment: TEXT, order: { type: 'integer' }, amount: AMOUNT }, 'payment', 'order', 'amount'),
    );
    actionsOf(pack).push(declare({ request: { payment: 'body.order' } }));
    const { create } = await apiOf(pack);
    expect(create.payment).toMatchObject({ basis: 'declared', value: { place: { path: ['order'] }, type: 'integer' } });
    // What was the payment by its name is a field like any other now, and its name is taken.
    expect(create.others.map(({ name, place }) => [name, place.path])).toEqual([['bodyPayment', ['payment']]]);
  });

  test('inside other fields', async () => {
    const money = body({ amount: AMOUNT, currency: TEXT }, 'amount');
    const pack = withBody(body({ payment: TEXT, money }, 'payment', 'money'));
    actionsOf(pack).push(declare({ request: { amount: 'body.money.amount' } }));
    expect((await apiOf(pack)).create.amount.place).toEqual({ part: 'body', path: ['money', 'amount'] });
  });

  test('the only parameter of the path names the payment', async () => {
    const { create } = await apiOf(readPack('chip'));
    expect(create.payment.value.place).toEqual({ part: 'path', path: ['id'] });
  });

  test('everything else is passed on', async () => {
    const fields = { payment: TEXT, amount: AMOUNT, 'order-lines': { type: 'array' }, dry_run: { type: 'boolean' } };
    const { create } = await apiOf(withBody(body(fields, 'payment', 'amount', 'dry_run')));
    expect(create.others.map(({ name, required, place }) => [name, required, place.path])).toEqual([
      ['dryRun', true, ['dry_run']],
      ['orderLines', false, ['order-lines']],
    ]);
  });

  test('what only the provider writes is not', async () => {
    const fields = { payment: TEXT, amount: AMOUNT, state: { ...TEXT, readOnly: true } };
    const { create } = await apiOf(withBody(body(fields, 'payment', 'amount', 'state')));
    expect(create.others).toEqual([]);
  });
});

describe('a request that cannot be a refund is a problem', () => {
  test.each([
    ['no payment', body({ amount: AMOUNT }, 'amount'), 'R040'],
    ['an optional payment', body({ payment: TEXT, amount: AMOUNT }, 'amount'), 'R040'],
    ['no amount', body({ payment: TEXT }, 'payment'), 'R040'],
    ['an amount that is an object', body({ payment: TEXT, amount: { type: 'object' } }, 'payment', 'amount'), 'R040'],
    [
      'an amount that is a truth value',
      body({ payment: TEXT, amount: { type: 'boolean' } }, 'payment', 'amount'),
      'R040',
    ],
    [
      'two fields of one name',
      body({ payment: TEXT, amount: AMOUNT, 'a-b': TEXT, a_b: TEXT }, 'payment', 'amount'),
      'R044',
    ],
  ])('%s', async (_, schema, code) => {
    const { ok, problems } = await compilePack(withBody(schema));
    expect(ok).toBe(false);
    expect(errorCodes(problems)).toEqual([code]);
    for (const problem of problems) expect(where(problem)).toMatch(/^acme(\.overlay)?\.yaml:\d+:\d+$/);
  });

  test.each(['multipart/form-data', 'application/xml', 'text/plain', 'application/x-www-form-urlencoded2'])(
    'a body of %s',
    async (mediaType) => {
      const pack = readPack('piriod');
      const requestBody = at(pack.spec, 'paths', '/refunds/', 'post', 'requestBody');
      requestBody['content'] = { [mediaType]: { schema: { $ref: '#/components/schemas/Refund' } } };
      const { ok, problems } = await compilePack(pack);
      expect(ok).toBe(false);
      expect(errorCodes(problems)).toContain('R042');
    },
  );

  test.each(['application/json; charset=utf-8', 'application/vnd.acme.v2+json', 'APPLICATION/JSON'])(
    'a body of %s is none',
    async (mediaType) => {
      const pack = readPack('piriod');
      const requestBody = at(pack.spec, 'paths', '/refunds/', 'post', 'requestBody');
      requestBody['content'] = { [mediaType]: { schema: { $ref: '#/components/schemas/Refund' } } };
      expect(said((await compilePack(pack)).problems)).toEqual([]);
    },
  );

  test('a header with a name that is none', async () => {
    const pack = readPack('piriod');
    const parameters = listAt(pack.spec, 'paths', '/refunds/', 'post', 'parameters');
    parameters.push({ name: 'X-A: b\r\nX-C', in: 'header', schema: TEXT });
    expect(errorCodes((await compilePack(pack)).problems)).toEqual(['R044']);
  });
});

test('the parameter of the operation counts, not the one of its path', async () => {
  const pack = readPack('chip');
  const item = at(pack.spec, 'paths', '/purchases/{id}/refund/');
  const own: Json = { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 7 } };
  item['parameters'] = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
  put(at(item, 'post'), 'parameters', [own]);
  const [operation] = (await apiOf(pack)).operations;
  expect(operation?.parameters).toMatchObject([{ name: 'id', shape: { kind: 'string', maxLength: 7 } }]);
});
