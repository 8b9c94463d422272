import { describe, expect, test } from 'vitest';
import { discover } from '../../generator/discover/discover.js';
import { documentWith } from '../fixtures/document.js';
import { where } from '../fixtures/pack.js';

const CREATE = { operationId: 'createRefund', summary: 'Refund a payment' };
const PAYMENT = 'POST /payments/{paymentId}/refund';

describe('a path that would not call what it says', () => {
  test.each([
    '@evil.test/refunds',
    'refunds',
    '.evil.test/refunds',
    ':80@evil.test/refunds',
    '/refunds?a=b',
    '/x#refunds',
  ])('%s is left out, and a person is told', (path) => {
    const { problems, ...result } = discover(documentWith({ [`POST ${path}`]: CREATE, [PAYMENT]: CREATE }));
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['R044', 'warning']]);
    expect(problems[0]?.message).toBe(
      `path ${JSON.stringify(path)} cannot be called: it has to begin with / and hold no ? or #`,
    );
    expect(problems.map(where)).toEqual([expect.stringMatching(/^spec\.json:\d+:\d+$/)]);
    expect(result.ok && result.value.all.map((operation) => operation.path)).toEqual([PAYMENT.slice(5)]);
  });

  test('several are told of once', () => {
    const { problems } = discover(
      documentWith({ 'POST a/refunds': CREATE, 'POST b/refunds': CREATE, [PAYMENT]: CREATE }),
    );
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('"a/refunds" (and 1 more)')]);
  });

  test('nothing is told of what does not refund, or is no path', () => {
    const others = { 'POST customers': {}, 'POST x-refunds': CREATE };
    expect(discover(documentWith({ ...others, [PAYMENT]: CREATE })).problems).toEqual([]);
  });

  test('it cannot be declared either', () => {
    const root = { 'x-refund': { operations: { create: 'POST @evil.test/refunds' } } };
    const { problems } = discover(documentWith({ 'POST @evil.test/refunds': CREATE }, {}, root));
    expect(problems.map(({ code }) => code)).toEqual(['R044', 'R014']);
  });
});
