import { describe, expect, test } from 'vitest';
import type { AuthScheme, FormStyle, RefundApi } from '../../generator/ir.js';
import { readForm } from '../../generator/simulate/form.js';
import { fact, inBody, JSON_BODY, operation, parameter, SAMPLE, sampleWith } from './sample-api.js';
import { providers, refund } from './wire.js';

const start = providers();

function formBody(styles: readonly { readonly field: string; readonly style: FormStyle }[] = []): typeof JSON_BODY {
  return { ...JSON_BODY, mediaType: 'application/x-www-form-urlencoded', encoding: { kind: 'form', styles } };
}

/** The sample with its create operation written in another way. */
function sampleAs(create: Partial<RefundApi['create']>, ...operations: RefundApi['operations']): RefundApi {
  return sampleWith(create, { operations });
}

const PAID = { id: 'pay_1', currency: 'EUR', minor: 1000n };

describe('a form', () => {
  test.each([
    ['a=1&b=', { a: '1', b: '' }],
    ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
    ['a[]=1&a[]=2', { a: ['1', '2'] }],
    ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
    ['a[1]=y&a[0]=x', { a: ['x', 'y'] }],
    ['a[0][id]=x&a[1][id]=y', { a: [{ id: 'x' }, { id: 'y' }] }],
    ['a[2026]=x&a[ref]=y', { a: { 2026: 'x', ref: 'y' } }],
    ['a[4000000000]=x', { a: { 4000000000: 'x' } }],
    ['a%5Bb%5D=%26+%2B', { a: { b: '& +' } }],
    ['a[b=1', { 'a[b': '1' }],
    ['', {}],
  ])('reads %s', (text, wanted) => expect(readForm(text, [])).toEqual(wanted));

  test('reads lists with commas, and texts of JSON, where a field is written so', () => {
    const styles = [
      { field: 'ids', style: 'comma' },
      { field: 'meta', style: 'json' },
    ] as const;
    expect(readForm('ids=a,b&meta=%7B%22ref%22%3A%22x%22%7D&note=a,b', styles)).toEqual({
      ...{ ids: ['a', 'b'], meta: { ref: 'x' }, note: 'a,b' },
    });
  });

  test('has a field named __proto__ like any other', () => {
    expect(Object.keys(readForm('__proto__[a]=1&b=2', []) ?? {})).toEqual(['__proto__', 'b']);
  });
});

describe('a request to refund', () => {
  test.each<[FormStyle, string]>([
    ['indices', 'payments[0]=pay_1'],
    ['brackets', 'payments[]=pay_1'],
    ['repeat', 'payments=pay_1'],
    ['comma', 'payments=pay_1'],
    ['json', 'payments=["pay_1"]'],
  ])('is read from a form whose lists are written with %s', async (style, written) => {
    const body = formBody([{ field: 'payments', style }]);
    const api = sampleAs(
      {
        payment: fact({ place: inBody('payments', '[]'), type: 'string', required: true }),
        reference: fact({ place: inBody('metadata', 'refund_ref'), maxLength: null }),
      },
      operation('create', 'createRefund', 'POST', '/refunds', { body }),
    );
    const provider = await start(api);
    provider.addPayment(PAID);
    await refund(provider, `amount=400&metadata[2026]=x&metadata[refund_ref]=r%261&${written}`);
    expect(provider.requests[0]?.asked).toMatchObject({ payment: 'pay_1', minor: 400n, reference: 'r&1' });
    expect(provider.ledger.refundedOf('pay_1')).toBe(400n);
  });

  test('is read from a path, a query, a header and the one item of a list', async () => {
    const api = sampleAs(
      {
        payment: fact({ place: { part: 'path', path: ['id'] }, type: 'string', required: true }),
        amount: { ...SAMPLE.create.amount, place: inBody('lines', '[]', 'amount') },
        reference: fact({ place: { part: 'query', path: ['ref'] }, maxLength: null }),
        reason: fact({ place: { part: 'header', path: ['X-Reason'] }, required: false, values: null, sideEffects: [] }),
        fixed: [fact({ place: inBody('action'), value: 'refund' })],
      },
      operation('create', 'createRefund', 'POST', '/v1.0/payments/{id}/refund', { body: JSON_BODY }),
    );
    const provider = await start(api);
    provider.addPayment({ ...PAID, id: 'a/b ü?' });
    const target = `/v1.0/payments/${encodeURIComponent('a/b ü?')}/refund?ref=what?%26`;
    const body = { action: 'refund', lines: [{ amount: 250 }] };
    expect((await refund(provider, body, { 'x-reason': 'late' }, target)).status).toBe(200);
    expect(provider.ledger.refunds).toMatchObject([
      { payment: 'a/b ü?', minor: 250n, reference: 'what?&', reason: 'late' },
    ]);
    // A dot of the path is a dot.
    expect((await refund(provider, body, {}, target.replace('v1.0', 'v1x0'))).status).toBe(404);
    const other = { ...body, action: 'capture' };
    expect((await refund(provider, other, {}, target)).body).toMatchObject({
      error: { message: 'this is no request to refund' },
    });
  });

  test('is read from a parameter that is JSON', async () => {
    const query = parameter('query', 'ref', { style: 'json' });
    const api = sampleAs(
      { reference: fact({ place: { part: 'query', path: ['ref'] }, maxLength: null }) },
      operation('create', 'createRefund', 'POST', '/refunds', { body: JSON_BODY, parameters: [query] }),
    );
    const provider = await start(api);
    provider.addPayment(PAID);
    await refund(provider, { payment: 'pay_1' }, {}, '/refunds?ref=%22r-1%22');
    expect(provider.requests[0]?.asked?.reference).toBe('r-1');
  });

  test.each([
    ['the amount as a text where it is a number', { payment: 'pay_1', amount: '400' }],
    ['the amount as a number with a fraction', '{"payment": "pay_1", "amount": 400.0}'],
    ['the amount as a list', { payment: 'pay_1', amount: [400] }],
    ['the amount as null', { payment: 'pay_1', amount: null }],
    ['the amount as true', { payment: 'pay_1', amount: true }],
    ['the payment as a number where it is a text', { payment: 1, amount: 400 }],
    ['no JSON', '{"payment": "pay_1", "amount": 400'],
  ])('is refused with %s', async (_, body) => {
    const provider = await start();
    provider.addPayment(PAID);
    provider.addPayment({ ...PAID, id: '1' });
    expect((await refund(provider, body)).status).toBeGreaterThanOrEqual(400);
    expect(provider.ledger.refunds).toEqual([]);
  });

  test('is for the path without parameters before one with them', async () => {
    const api: RefundApi = {
      ...SAMPLE,
      operations: [operation('payment', 'any', 'POST', '/{thing}'), ...SAMPLE.operations],
    };
    const provider = await start(api);
    provider.addPayment(PAID);
    expect((await refund(provider, { payment: 'pay_1' })).status).toBe(200);
  });
});

const KEY = { credential: 'key' } as const;
const HEADER: AuthScheme = {
  ...{ scheme: 'h', description: '' },
  kind: 'header',
  name: 'X-Key',
  prefix: 'Key ',
  value: KEY,
};
const QUERY: AuthScheme = { ...{ scheme: 'q', description: '' }, kind: 'query', name: 'key', value: KEY };
const COOKIE: AuthScheme = { scheme: 'c', description: '', kind: 'cookie', name: 'sid', value: { fixed: 'a=b==' } };
const BASIC: AuthScheme = { scheme: 'b', description: '', kind: 'basic', username: KEY, password: { fixed: '' } };

function basic(text: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(text).toString('base64')}` };
}

describe('credentials', () => {
  test.each<[string, RefundApi['auth'], Readonly<Record<string, string>>, string, boolean]>([
    ['none, where none are wanted', [], {}, '', true],
    ['none, where they may be left out', [[HEADER], []], {}, '', true],
    ['none', [[HEADER]], {}, '', false],
    ['a header', [[HEADER]], { 'x-key': 'Key 1' }, '', true],
    ['a header without its prefix', [[HEADER]], { 'x-key': '1' }, '', false],
    ['a header with nothing but its prefix', [[HEADER]], { 'x-key': 'Key' }, '', false],
    ['a query', [[QUERY]], {}, '?key=1', true],
    ['an empty query', [[QUERY]], {}, '?key=', false],
    ['a cookie with a fixed value', [[COOKIE]], { cookie: 'x=y; sid=a=b==' }, '', true],
    ['a cookie with another value', [[COOKIE]], { cookie: 'sid=a' }, '', false],
    ['basic, with a fixed password', [[BASIC]], basic('key:'), '', true],
    ['basic, with another password', [[BASIC]], basic('key:secret'), '', false],
    ['basic, without a user name', [[BASIC]], basic(':'), '', false],
    ['basic that is no base64', [[BASIC]], { authorization: 'Basic !' }, '', false],
    ['the second of two ways', [[HEADER], [BASIC]], basic('key:'), '', true],
    ['both of two together', [[HEADER, QUERY]], { 'x-key': 'Key 1' }, '?key=1', true],
    ['one of two together', [[HEADER, QUERY]], { 'x-key': 'Key 1' }, '', false],
  ])('%s', async (_, auth, headers, query, isTaken) => {
    const provider = await start({ ...SAMPLE, auth });
    provider.addPayment(PAID);
    const { status } = await refund(provider, { payment: 'pay_1', amount: 400 }, headers, `/refunds${query}`);
    expect(status).toBe(isTaken ? 200 : 401);
    expect(provider.ledger.refundedOf('pay_1')).toBe(isTaken ? 400n : 0n);
  });
});
