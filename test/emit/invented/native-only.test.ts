import { describe, expect, test } from 'vitest';
import { strictFaults } from '../../fixtures/generated-module.js';
import { ANSWERS } from '../../fixtures/invented/answers.js';
import { type Invention, invent, object, TEXT } from '../../fixtures/invented/build.js';
import { drive } from '../../fixtures/invented/drive.js';
import { REQUESTS } from '../../fixtures/invented/requests.js';
import { compilePack, errorCodes, type Pack, said } from '../../fixtures/pack.js';
import { json, listen } from '../../loopback.js';

// Clients that have the operations of a spec, and nothing else: no question about money has to be answered for them.

const UNKNOWN = { amount: undefined, answers: undefined, idempotency: undefined, reconciliation: undefined };

/** A provider that nobody has declared anything about. */
function undeclared(invention: Invention = {}): Pack {
  return invent({ ...invention, facts: { ...UNKNOWN, ...invention.facts } });
}

const PACKS: Readonly<Record<string, Pack>> = {
  bare: undeclared(),
  bareopen: undeclared({ security: {} }),
  bareforms: { ...(REQUESTS['forms'] ?? undeclared()), overlay: undeclared().overlay },
  barenumbers: { ...(ANSWERS['numbers'] ?? undeclared()), overlay: undeclared().overlay },
};

const { create, generated, start } = drive('native', PACKS, { nativeOnly: true });

test('what is generated fits the compiler options of this repository', () => {
  expect(strictFaults([generated().index])).toEqual([]);
});

test('a client has its native part, and no refund', async () => {
  const { client } = await start('bare', json(200, { id: 'r1' }));
  expect(Object.keys(client).sort()).toEqual(['native', 'provider']);
  const { apis, natives } = generated().compiled;
  expect([apis.length, natives.map(({ provider }) => provider.id)]).toEqual([0, Object.keys(PACKS).sort()]);
});

describe('an operation is called as the spec has it', () => {
  test('with JSON', async () => {
    const { client, server } = await start('bare', json(200, { id: 'r1' }));
    const answer = await client.native['createRefund']?.({ body: { payment_id: 'p1', amount: 1250 } });
    expect(answer).toMatchObject({ status: 200, body: { id: 'r1' } });
    expect(server.seen).toMatchObject([
      {
        line: 'POST /refunds HTTP/1.1',
        body: '{"amount":1250,"payment_id":"p1"}',
        headers: { authorization: 'Bearer sk_1' },
      },
    ]);
  });

  test('with a form', async () => {
    const { client, server } = await start('bareforms', json(200, { id: 'r1' }));
    await client.native['createRefund']?.({ body: { charge: 'c1', metadata: { a: 'b' }, expand: ['x', 'y'] } });
    expect(server.seen.map(({ body }) => body)).toEqual(['charge=c1&expand=x&expand=y&metadata%5Ba%5D=b']);
  });

  test('and what breaks the spec is not sent', async () => {
    const { client, server } = await start('bare', json(200, { id: 'r1' }));
    await expect(client.native['createRefund']?.({ body: { payment_id: 7, amount: 1250 } })).rejects.toThrow(
      'payment_id',
    );
    await expect(client.native['createRefund']?.({ body: {} })).rejects.toThrow('amount');
    expect(server.seen).toEqual([]);
  });

  test('an error of the provider is an answer', async () => {
    const { client } = await start('bare', json(400, { code: 'x', message: 'No' }));
    const answer = await client.native['createRefund']?.({ body: { payment_id: 'p1', amount: 1 } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'x' } });
  });
});

test('where the spec has no credentials, none are sent, and a warning says so', async () => {
  const server = await listen(json(200, { id: 'r1' }));
  try {
    const client = create('bareopen', { auth: {}, baseUrl: server.url });
    await client.native['createRefund']?.({ body: { payment_id: 'p1', amount: 1 } });
    expect(server.seen.map(({ headers }) => headers['authorization'])).toEqual([undefined]);
  } finally {
    await server.close();
  }
  const { problems } = await compilePack(undeclared({ security: {} }), 'acme', { nativeOnly: true });
  expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toContain('warning R041');
});

describe('questions', () => {
  test('are warnings, and keep their lines', async () => {
    const { ok, problems } = await compilePack(undeclared(), 'acme', { nativeOnly: true });
    expect(ok).toBe(true);
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      ['R030', 'R031', 'R033', 'R036'].map((code) => `warning ${code}`),
    );
    for (const { overlay } of problems) expect(overlay).toContain('x-refund:');
  });

  test('are errors for a whole client', async () => {
    const { ok, problems } = await compilePack(undeclared());
    expect(ok).toBe(false);
    expect([...errorCodes(problems)].sort()).toEqual(['R030', 'R031', 'R033', 'R036']);
  });

  test.each<readonly [string, Pack, string]>([
    [
      'what there is to call',
      undeclared({ create: 'POST /payments', operation: { operationId: 'pay', summary: 'Pay' } }),
      'R020',
    ],
    ['what it takes', undeclared({ bodyType: 'multipart/form-data' }), 'R042'],
    ['what is declared and does not exist', undeclared({ facts: { request: { payment: 'body.nowhere' } } }), 'R014'],
    ['what is declared and is not valid', undeclared({ facts: { amount: { unit: 'halves' } } }), 'R013'],
  ])('stand in the way where they are about %s', async (_, pack, code) => {
    const { ok, problems } = await compilePack(pack, 'acme', { nativeOnly: true });
    expect(ok).toBe(false);
    expect(errorCodes(problems)).toEqual([code]);
  });

  test('that are answered leave nothing to say', async () => {
    expect(said((await compilePack(invent(), 'acme', { nativeOnly: true })).problems)).toEqual([]);
  });
});

test('a spec that refers to itself in every way becomes a client', async () => {
  const node = { $ref: '#/components/schemas/Node' };
  const schemas = {
    Node: object({ a: node, b: { type: 'array', items: node }, c: { allOf: [node, object({ d: TEXT })] } }),
  };
  const pack = invent({
    schemas,
    body: object({ payment_id: TEXT, amount: { type: 'integer' }, tree: node }, 'payment_id', 'amount'),
    answers: { '200': object({ id: TEXT, tree: node }, 'id') },
  });
  for (const nativeOnly of [true, false]) {
    const result = await compilePack(pack, 'acme', { nativeOnly });
    expect(said(result.problems)).toEqual([]);
  }
});
