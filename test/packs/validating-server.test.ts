import { afterEach, expect, test } from 'vitest';
import { startValidatingServer, type ValidatingServer } from './validating-server.js';

// The harness itself: a request that its document does not want must not go by.

const FORM = { authorization: 'Bearer key', 'content-type': 'application/x-www-form-urlencoded' };
const JSON_BODY = { 'content-type': 'application/json', 'x-api-key': 'key' };

let server: ValidatingServer;

afterEach(() => server?.close());

async function send(document: string, path: string, init: RequestInit): Promise<readonly string[]> {
  server = await startValidatingServer({ document, answer: () => ({ status: 200, body: { ok: true } }) });
  const response = await fetch(server.url + path, init);
  expect(await response.json()).toEqual({ ok: true });
  return server.violations.map(({ place, message }) => `${place} ${message}`);
}

test.each<[string, RequestInit, readonly string[]]>([
  ['a form', { headers: FORM, body: 'amount=1250&metadata[a]=b&payment_intent=pi_1' }, []],
  ['a fraction', { headers: FORM, body: 'amount=12.5' }, ['/body/amount must be integer']],
  ['an unknown field', { headers: FORM, body: 'amout=1' }, ['/body/amout must NOT have additional properties']],
  ['text for an object', { headers: FORM, body: 'metadata=x' }, ['/body/metadata must be object']],
  ['no credentials', { headers: { ...FORM, authorization: '' } }, ['/v1/refunds Authorization header required']],
  [
    'JSON for a form',
    { headers: { ...FORM, 'content-type': 'application/json' }, body: '{"amount":1}' },
    ['/v1/refunds unsupported media type application/json'],
  ],
])('a form: %s', async (_, init, violations) => {
  const found = await send('test/packs/stripe.yaml', '/v1/refunds', { method: 'POST', ...init });
  expect(found.slice(0, 1)).toEqual(violations);
});

test.each<[string, string, object, readonly string[]]>([
  ['as it should be', 'pay_1/refunds', { value: 1250, currency: 'USD' }, []],
  ['text for a number', 'pay_1/refunds', { value: '1250', currency: 'USD' }, ['/body/amount/value must be integer']],
  [
    'a missing field',
    'pay_1/refunds',
    { value: 1250 },
    ["/body/amount/currency must have required property 'currency'"],
  ],
  ['another path', 'pay_1/refund', {}, ['/payments/pay_1/refund not found']],
])('JSON: %s', async (_, path, amount, violations) => {
  const body = JSON.stringify({ amount, merchantAccount: 'Shop' });
  const init = { method: 'POST', headers: JSON_BODY, body };
  expect(await send('test/packs/adyen-checkout.yaml', `/payments/${path}`, init)).toEqual(violations);
  expect(server.requests).toEqual([{ method: 'POST', path: `/payments/${path}`, headers: expect.anything(), body }]);
});

test('a header that is too long, a query that is not known', async () => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Acme', version: '1' },
    paths: {
      '/refunds': {
        get: {
          parameters: [{ name: 'Key', in: 'header', schema: { type: 'string', maxLength: 3 } }],
          responses: { '200': { description: 'All.' } },
        },
      },
    },
  };
  server = await startValidatingServer({ document, answer: () => ({ status: 204 }) });
  await fetch(`${server.url}/refunds?page=2`);
  await fetch(`${server.url}/refunds`, { headers: { key: 'long' } });
  expect(server.violations).toEqual([
    { request: 'GET /refunds', place: '/query/page', message: "Unknown query parameter 'page'" },
    { request: 'GET /refunds', place: '/headers/key', message: 'must NOT have more than 3 characters' },
  ]);
});

test('no answer at all', async () => {
  server = await startValidatingServer({ document: 'test/packs/stripe.yaml', answer: () => undefined });
  await expect(fetch(`${server.url}/v1/refunds/re_1`)).rejects.toThrow();
  expect(server.requests).toHaveLength(1);
});
