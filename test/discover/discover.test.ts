import { describe, expect, test } from 'vitest';
import { type Discovery, discover } from '../../generator/discover/discover.js';
import type { SpecDocument } from '../../generator/load/spec-document.js';
import { documentWith } from '../fixtures/document.js';
import type { JsonMap } from '../fixtures/json.js';
import { action, where } from '../fixtures/pack.js';
import { loadFiles } from '../load/load-files.js';
import { valueFrom } from '../output/folder.js';
import { nameOf, takes } from './discovered.js';

const CREATE = { operationId: 'createRefund', summary: 'Create a refund' };

function found(document: SpecDocument): Discovery {
  return valueFrom(discover(document));
}

/** What is found as creating a refund: `POST /refunds`. */
function created(operations: Readonly<Record<string, JsonMap>>): string | undefined {
  return nameOf(found(documentWith(operations)).create);
}

function declared(operations: Readonly<Record<string, JsonMap>>, roles: JsonMap): SpecDocument {
  return documentWith(operations, {}, { 'x-refund': { operations: roles } });
}

describe('what creates a refund is found', () => {
  test.each([
    ['POST /refunds', { operationId: 'createRefund' }],
    ['POST /refunds/', { summary: 'Create refund', ...takes('payment_id') }],
    ['POST /v1/refunds', { operationId: 'PostRefunds' }],
    ['POST /payments/{id}/refund', { operationId: 'refund_payment' }],
    ['POST /payments/{id}/refunds', { summary: 'Refund a payment' }],
    ['POST /admin/payments/{id}/refund', { operationId: 'PostPaymentsPaymentRefunds' }],
    ['PUT /charges/{id}/refund', { operationId: 'putRefund', summary: 'Refund' }],
  ])('%s', (name, operation) => {
    const other = { operationId: 'createPayment', summary: 'Create a payment' };
    expect(created({ 'POST /payments': other, [name]: operation })).toBe(name);
  });

  test('it says why, with places in the document', () => {
    const { create } = found(documentWith({ 'POST /refunds': CREATE }));
    expect(create).toMatchObject({ role: 'create', basis: 'assumed', pointer: '/paths/~1refunds/post' });
    expect(create?.reasons.map(({ pointer, says, weight }) => [says, weight, pointer])).toEqual([
      ['the path says refunds', 5, '/paths/~1refunds/post'],
      ['the operationId speaks of a refund', 3, '/paths/~1refunds/post/operationId'],
      ['the summary speaks of a refund', 2, '/paths/~1refunds/post/summary'],
      ['its id or summary says so', 0, '/paths/~1refunds/post'],
      ['nothing in the request names what is refunded', -2, '/paths/~1refunds/post'],
      ['refunds are a resource of their own', 2, '/paths/~1refunds/post'],
    ]);
  });

  test('and what speaks against it', () => {
    const { all } = found(documentWith({ 'POST /fees/{id}/refunds': { ...CREATE, deprecated: true } }));
    expect(all[0]?.reasons.filter(({ weight }) => weight < 0).map(({ pointer, says }) => [says, pointer])).toEqual([
      ['what is refunded is of the kind fee', '/paths/~1fees~1{id}~1refunds/post'],
      ['nothing in the request names what is refunded', '/paths/~1fees~1{id}~1refunds/post'],
      ['it is deprecated', '/paths/~1fees~1{id}~1refunds/post/deprecated'],
    ]);
  });
});

describe('what does something else with refunds is not taken for creating one', () => {
  test.each([
    ['POST /refunds/{id}/cancel', { operationId: 'cancelRefund', summary: 'Cancel a refund' }],
    ['POST /refunds/cancel', { operationId: 'cancelRefunds' }],
    ['POST /refunds/search', { operationId: 'searchRefunds', summary: 'Search refunds' }],
    ['POST /refunds/list', { operationId: 'listRefunds', summary: 'List refunds' }],
    ['POST /listRefunds', { operationId: 'listRefunds' }],
    ['GET /refunds', { operationId: 'createRefund', summary: 'Refund' }],
    ['DELETE /refunds/{id}', { operationId: 'refund', summary: 'Refund' }],
    ['PATCH /refunds/{id}', { operationId: 'refund', summary: 'Refund' }],
    ['POST /refunds/{id}', { operationId: 'updateRefund', summary: 'Update a refund' }],
    ['POST /refunds/{id}', { operationId: 'modifyRefund', summary: 'Change a refund' }],
    ['PUT /refunds/{id}', { operationId: 'putRefund', summary: 'Refund' }],
    ['POST /payments', { summary: 'Create a payment that cannot be refunded' }],
  ])('%s %o', (name, operation) => {
    const result = discover(documentWith({ [name]: operation }));
    expect(result.problems.map(({ code }) => code)).toEqual(['R020']);
    expect(result.problems.map(where)).toEqual([expect.stringMatching(/^spec\.json:\d+:\d+$/)]);
    expect(result.ok && result.value.create).toBeUndefined();
    expect(result.problems[0]?.hint).toContain('Find out, and write to an overlay beside the spec');
    expect(result.problems[0]?.overlay).toMatch(
      /^- target: \$\n {2}update:\n {4}x-refund:\n {6}operations:\n {8}create: /,
    );
  });

  test('beside the one that does', () => {
    const others = {
      'POST /refunds/{id}/cancel': { operationId: 'cancelRefund', summary: 'Cancel a refund' },
      'POST /refunds/search': { operationId: 'searchRefunds', summary: 'Search refunds' },
      'POST /refunds/{id}': { operationId: 'updateRefund', summary: 'Update a refund' },
    };
    expect(created({ ...others, 'POST /refunds': CREATE })).toBe('POST /refunds');
  });
});

describe('what cannot be decided is asked', () => {
  test('two operations that look alike', () => {
    const result = discover(documentWith({ 'POST /v2/refunds': CREATE, 'POST /v1/refunds': CREATE }));
    const [problem] = result.problems;
    expect(result.problems.map(({ code }) => code)).toEqual(['R021']);
    expect(problem?.message).toContain('POST /v1/refunds, POST /v2/refunds');
    expect(problem?.location?.pointer).toBe('/paths/~1v1~1refunds/post');
    expect(problem?.overlay).toContain('POST /v1/refunds');
  });

  test.each([
    ['no paths', {}],
    ['paths that are a list', { paths: [] }],
    ['a path that is a text', { paths: { '/refunds': 'post' } }],
  ])('%s', (_, root) => {
    const document = documentWith({});
    const result = discover({ ...document, value: { openapi: '3.0.3', ...root } });
    expect(result.problems.map(({ code }) => code)).toEqual(['R020']);
  });
});

describe('what else is read', () => {
  test('one refund, below where they are created', () => {
    const document = documentWith({
      'POST /refunds': CREATE,
      'GET /refunds': { operationId: 'listRefunds' },
      'GET /refunds/{id}': { operationId: 'getRefund' },
      'GET /refunds/{id}/events': { operationId: 'listRefundEvents' },
      'GET /refundsummary/{id}': { operationId: 'getSummary' },
    });
    expect(found(document).retrieve).toMatchObject({ path: '/refunds/{id}', role: 'retrieve', basis: 'assumed' });
  });

  test('the payment, above where it is refunded', () => {
    const document = documentWith({
      'POST /payments/{id}/refund/': CREATE,
      'GET /payments/{id}/': { operationId: 'getPayment' },
      'GET /payments': { operationId: 'listPayments' },
    });
    expect(found(document).payment).toMatchObject({ path: '/payments/{id}/', role: 'payment', basis: 'assumed' });
    expect(found(document).retrieve).toBeUndefined();
  });

  test('nothing, where there is nothing', () => {
    const { payment, retrieve } = found(documentWith({ 'POST /refunds': CREATE, 'GET /payments/{id}': {} }));
    expect([payment, retrieve]).toEqual([undefined, undefined]);
  });
});

describe('what is declared counts', () => {
  const operations = {
    'POST /refunds': CREATE,
    'POST /money-back': { operationId: 'giveBack' },
    'GET /money-back/{id}': {},
    'GET /orders/{id}': {},
  };

  test('against all signs', () => {
    const roles = { create: 'POST /money-back', payment: 'GET /orders/{id}' };
    const { create, payment, retrieve } = found(declared(operations, roles));
    expect(create).toMatchObject({ path: '/money-back', basis: 'declared', reasons: [] });
    expect(payment).toMatchObject({ path: '/orders/{id}', basis: 'declared' });
    // Nothing says that it reads a refund: `POST /payments` may refund, too, and what it makes is no refund then.
    expect(retrieve).toBeUndefined();
  });

  test.each(['retrieve', 'list', 'cancel', 'update', 'payment'])('for the role %s', (role) => {
    const roles = { create: 'POST /money-back', [role]: 'GET /money-back/{id}' };
    const byRole = found(declared(operations, roles));
    expect(new Map(Object.entries(byRole)).get(role)).toMatchObject({
      path: '/money-back/{id}',
      role,
      basis: 'declared',
    });
  });

  test('and what it overrules is an alternative', () => {
    const { alternatives } = found(declared(operations, { create: 'POST /money-back' }));
    expect(alternatives.map(nameOf)).toEqual(['POST /refunds']);
  });

  test('and settles a tie', () => {
    const document = declared(
      { 'POST /v1/refunds': CREATE, 'POST /v2/refunds': CREATE },
      { create: 'POST /v2/refunds' },
    );
    expect(found(document).create?.path).toBe('/v2/refunds');
  });

  test.each([
    ['create', 'POST /refund'],
    ['create', 'post /refunds'],
    ['create', 'PUT /refunds'],
    ['retrieve', 'GET /refunds/{id}'],
    ['payment', 'GET /orders/{orderId}'],
    ['payment', 'GET /__proto__'],
  ])('%s: %s does not exist', (role, name) => {
    const result = discover(declared(operations, { [role]: name }));
    expect(result.problems.map(({ code }) => code)).toEqual(['R014']);
    expect(result.problems[0]?.message).toContain(name);
    expect(result.problems[0]?.location?.pointer).toBe(`/x-refund/operations/${role}`);
  });

  test('what does not exist is located in the overlay', async () => {
    const overlay = { overlay: '1.0.0', actions: [] as JsonMap[] };
    overlay.actions.push(action('$', { update: { 'x-refund': { operations: { create: 'POST /nowhere' } } } }));
    const spec = { openapi: '3.0.3', info: {}, paths: { '/refunds': { post: CREATE } } };
    const document = valueFrom(await loadFiles({ 'spec.yaml': spec, 'overlay.yaml': overlay }));
    const [problem] = discover(document).problems;
    expect(problem && where(problem)).toMatch(/^overlay\.yaml:\d+:\d+$/);
    expect(problem?.location?.frame).toContain('POST /nowhere');
  });
});

test('the order of paths decides nothing', () => {
  const operations = {
    'POST /refunds': CREATE,
    'GET /refunds/{id}': { operationId: 'getRefund' },
    'POST /refunds/{id}/cancel': { operationId: 'cancelRefund' },
  };
  const reversed = Object.fromEntries(Object.entries(operations).reverse());
  expect(discover(documentWith(reversed))).toEqual(discover(documentWith(operations)));
});

test('what it takes to call a retrieve is not asked here', () => {
  const result = discover(
    documentWith({ 'POST /payments/{id}/refunds': CREATE, 'GET /payments/{id}/refunds/{ref}': {} }),
  );
  expect(result.problems).toEqual([]);
  expect(result.ok && result.value.retrieve?.path).toBe('/payments/{id}/refunds/{ref}');
});
